"""How common a word is in everyday English, from a small bundled list. Names are not in it, nor any word's meaning."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights" / "frequency.json"
WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
ENDINGS = (
    ("", "s"),
    ("", "es"),
    ("y", "ies"),
    ("", "ed"),
    ("", "d"),
    ("", "ing"),
    ("e", "ing"),
    ("", "'s"),
    ("", "’s"),
)


@lru_cache(maxsize=50_000)
def commonness(word: str) -> float:
    """Zipf value of a lower-case word: log10 of its occurrences per billion words (the: 7.7, unseen: 2.7).

    A regular form counts as its base where that is the more common; a hyphenated word as its rarest part.
    """
    zipf, unseen = _load()
    if "-" in word and word not in zipf:
        return min((commonness(part) for part in word.split("-") if part), default=unseen)
    bases = (word[: -len(end)] + start for start, end in ENDINGS if word.endswith(end) and len(word) > len(end) + 2)
    return max(zipf.get(form, unseen) for form in (word, *bases))


@lru_cache(maxsize=1)
def _load() -> tuple[dict[str, float], float]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {word: float(band) for band, words in stored["bands"].items() for word in words.split()}, stored["unseen"]
