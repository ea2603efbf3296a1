"""How words behave in English at large: how rare they are, and whether they stand where names of things stand.

Counts come from a bundled table of common stems; a stem that is not in it is taken to be rare and of average behaviour.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "weights" / "vocabulary.json"
DETERMINERS = frozenset("the a an this these those its his her their my our your some any each every no".split())
PREPOSITIONS = frozenset("of in for on about with from at by into over".split())
BEFORE_VERBS = frozenset("to can could will would should did does do don i you they we he she it who not never".split())
BEING = frozenset("is are was were be been being".split())
USUAL = (0.25, 0.15, 0.06, 0.08, 0.3)  # shares of an average word, as below
PRIOR = 4.0  # how many average occurrences each word is given, so that few say little


@dataclass(frozen=True, slots=True)
class Word:
    """A stem at large. `rarity` is log inverse document frequency; the others are shares (0-1) of its occurrences:
    after a determiner, after a preposition, after what comes before verbs, before "of" or a form of "be", capitalised.
    """

    rarity: float
    determined: float
    placed: float
    verbal: float
    headed: float
    capital: float


@lru_cache(maxsize=50_000)
def look_up(stem: str) -> Word:
    """What is known of a stem."""
    documents, table = load_table()
    seen, found, *counts = table.get(stem, (0,) * 7)
    shares = ((count + usual * PRIOR) / (seen + PRIOR) for count, usual in zip(counts, USUAL, strict=True))
    return Word(math.log((documents + 1) / (found + 1)), *shares)


@cache
def load_table() -> tuple[int, dict[str, Sequence[int]]]:
    """How many documents were counted, and stem -> occurrences, documents, and the five counts of `Word`."""
    stored = json.loads(TABLE.read_text(encoding="utf-8"))
    rows = (row.split() for row in stored["stems"])
    return stored["documents"], {name: tuple(map(int, counts)) for name, *counts in rows}
