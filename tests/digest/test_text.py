"""A digest as text, held against golden files: delete one and it is written anew, to be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.digest.text import to_text

GOLDEN = Path(__file__).parent / "golden"


def test_a_digest_reads_as_agreed(case: Any) -> None:
    """Every word the champion reads is reviewed once, in its golden file; a missing file is written and fails."""
    path, text = GOLDEN / f"{case.name}.txt", to_text(case.digest)
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        raise AssertionError(f"{path.name} was missing and has been written: read it, then run again")
    assert text == path.read_text(encoding="utf-8")
