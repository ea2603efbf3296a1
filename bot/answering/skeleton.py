"""The shape of a question's wording: its small and everyday words as they stand, all others as placeholders.

So a model learns how people ask ("which W", "did it get any"), not what the questions of one collection are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.answering.frequency import commonness
from bot.words import STOP_WORDS

PIECE = re.compile(r"[A-Za-z0-9][\w'’]*|[?.,!]")
EVERYDAY = 6.0  # Zipf value from which a word stays itself: a thousand in a million words
ENDINGS = ("ing", "ed", "s")
START, END, NAME, NUMBER, OTHER = "<", ">", "N", "D", "W"


def grams(text: str, names: frozenset[str] = frozenset()) -> frozenset[str]:
    """The pieces of a question's shape and each two in a row; the words in `names` stand for a name."""
    pieces = [START, *(NAME if one in names else one for one in map_pieces(text)), END]
    return frozenset([*pieces, *(f"{one} {other}" for one, other in pairwise(pieces))])


def map_pieces(text: str) -> Iterator[str]:
    for found in PIECE.finditer(text):
        yield map_word(found.group(), first=found.start() == 0)


def map_word(word: str, *, first: bool) -> str:
    """A small or everyday word as it is; else its kind: name, number, or other with its ending."""
    lower = word.lower()
    if lower in STOP_WORDS or not lower[0].isalnum():
        return lower
    if lower[0].isdigit():
        return NUMBER
    if word[0].isupper() and not first:
        return NAME
    if commonness(lower) >= EVERYDAY:
        return lower
    return OTHER + next((end for end in ENDINGS if lower.endswith(end)), "")
