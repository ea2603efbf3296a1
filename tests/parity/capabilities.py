"""What a person can do, and which test proves it on which platform; `python tests/parity/capabilities.py` writes the
table."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TABLE = ROOT / "PARITY.md"
PLATFORMS = ("Slack", "Teams", "Terminal")
Test = TypeVar("Test", bound=Callable[..., None])

ONE_READER = "one person, one conversation"
NO_BUTTONS = "said in words there"
NO_SURFACE = "a terminal has none"


@dataclass(frozen=True, slots=True)
class Capability:
    """One row: what can be done, and each platform's proof (a test) or reason why not."""

    name: str
    proofs: Mapping[str, str]
    reasons: Mapping[str, str]


def capability(name: str, **missing: str) -> Callable[[Test], Test]:
    """Say what a dialog proves; `missing`: platform -> why it cannot be held there."""

    def mark(test: Test) -> Test:
        test.capability, test.missing = name, {one.title(): why for one, why in missing.items()}  # type: ignore[attr-defined]
        return test

    return mark


def missing_of(test: Callable[..., None]) -> Mapping[str, str]:
    """Where a dialog cannot be held, and why."""
    found: Mapping[str, str] = getattr(test, "missing", {})
    return found


def read_dialogs() -> list[Capability]:
    """The rows that the shared dialogs prove."""
    sys.path[:0] = [str(HERE), *(str(HERE.parent / "adapters" / one) for one in ("slack", "teams"))]
    rows = []
    for file in sorted(HERE.glob("test_parity_*.py")):
        for name, test in vars(importlib.import_module(file.stem)).items():
            if hasattr(test, "capability"):
                missing = missing_of(test)
                proof = f"{file.relative_to(ROOT)}::{name}"
                proofs = {one: f"{proof}[{one}]" for one in PLATFORMS if one not in missing}
                rows.append(Capability(test.capability, proofs, missing))
    return rows


def find_tests(file: Path) -> set[str]:
    """The names of the tests in a file."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {one.name for one in nodes if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}


def find_unproven(rows: Sequence[Capability]) -> list[str]:
    """Cells that name neither a test that is there nor a reason."""
    wrong = []
    for row in rows:
        for platform in PLATFORMS:
            file, _, name = row.proofs.get(platform, "").partition("::")
            there = bool(file) and (ROOT / file).is_file() and name.partition("[")[0] in find_tests(ROOT / file)
            if not there and not row.reasons.get(platform):
                wrong.append(f"{row.name}: {platform}")
    return wrong


def write_table(rows: Sequence[Capability]) -> str:
    """The table as Markdown."""
    lines = [
        "# What works where",
        "",
        "Every capability on each platform, with the test that proves it; where there is none, why. Made by",
        "`python tests/parity/capabilities.py` from the tests, which `make test` runs over real connections.",
        "",
        f"| capability | {' | '.join(PLATFORMS)} |",
        f"| --- | {' | '.join('---' for _ in PLATFORMS)} |",
    ]
    for row in rows:
        cells = [show(row, platform) for platform in PLATFORMS]
        lines.append(f"| {row.name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def show(row: Capability, platform: str) -> str:
    """A cell: a mark that leads to its test, or the reason why there is none."""
    proof = row.proofs.get(platform)
    if proof is None:
        return f"– {row.reasons[platform]}"
    file, _, name = proof.partition("::")
    return f'[✓]({file} "{name}")'


if __name__ == "__main__":
    from own_ways import OWN_WAYS

    TABLE.write_text(write_table([*read_dialogs(), *OWN_WAYS]), encoding="utf-8")
    print(f"Written: {TABLE.name}")
