"""What speaks for and against a word being a person's name: the word itself, its neighbours, where it stands.

Used alike when the weights are fitted (`training/names.py`) and when names are looked for.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights" / "names.json"
BUCKETS = 4096  # letter groups are counted in so many
LIKENESS_LIMIT = 3.0
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[^\s\w]|\n")
TITLES = frozenset("mr mrs ms dr prof sir madam miss lady lord herr frau".split())
CUES = frozenset(
    """name named called call dear hi hello hey by from with under thanks cheers regards add and starring featuring
    singer producer author director""".split()
)
PLACE_CUES = frozenset("in at near to of the on street city from via".split())
ACTS = frozenset(
    """said says shouted was is has had will wrote asked told lives retired lived replied version works worked who kid
    novel began did does could can would and""".split()
)
NO_PERSONS = frozenset(
    """inc ltd llc group corp company gmbh ag plc partners consulting university orchestra bank street st avenue road rd
    lane place terrace apt suite box""".split()
)
BREAKS = frozenset('.!?\n"”:>*-')


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters or digits, or one sign, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """In lower case, without a possessive ending."""
        return self.text.lower().partition("'")[0].partition("’")[0]

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


NOTHING = Word("\n", 0, 0)


@dataclass(frozen=True)
class Lists:
    """Given names; words that are ordinary in lower case or name tools, languages and days; how name-like letter groups
    are (per bucket, scaled), and the weights of the clues."""

    given: frozenset[str]
    common: frozenset[str]
    letters: Sequence[int]
    scale: float
    offset: float
    clues: dict[str, float]
    bias: float
    threshold: float

    @cached_property
    def _likenesses(self) -> dict[str, float]:
        return {}

    def likeness(self, word: str) -> float:
        """How much a word's letters look like a name's, as log-odds within ±LIKENESS_LIMIT."""
        known = self._likenesses.get(word)
        if known is None:
            total = self.offset + self.scale * sum(self.letters[one] for one in buckets_of(word))
            known = max(-LIKENESS_LIMIT, min(LIKENESS_LIMIT, total))
            if len(self._likenesses) < 20_000:
                self._likenesses[word] = known
        return known


def read_lists(path: Path = WEIGHTS) -> Lists:
    """The bundled lists and weights."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return Lists(
        given=frozenset(held["given"].split()),
        common=frozenset(held["common"].split()),
        letters=held["letters"],
        scale=held["scale"],
        offset=held["offset"],
        clues=held["clues"],
        bias=held["bias"],
        threshold=held["threshold"],
    )


def buckets_of(word: str) -> set[int]:
    """The buckets of a word's groups of two to four letters, its ends marked."""
    marked = f"^{word}$"
    return {
        zlib.crc32(marked[at : at + size].encode()) % BUCKETS
        for size in (2, 3, 4)
        for at in range(len(marked) - size + 1)
    }


def split_words(text: str) -> list[Word]:
    return [Word(match.group(), *match.span()) for match in WORD.finditer(text)]


def find_clues(words: Sequence[Word], at: int, lists: Lists) -> dict[str, float]:
    """The clues at a word, by name; absent ones are left out."""
    word = words[at]
    low = word.low
    given, common = low in lists.given, low in lists.common
    found = {"like": lists.likeness(low)}
    if not given and not common:
        found["like, unknown"] = found["like"]
    clues = {
        "given": given,
        "common": common,
        "unknown": not given and not common,
        "all capitals": len(word.text) > 1 and word.text.isupper(),
        "no capital": not word.capital,
        "possessive": low != word.text.lower(),
        "short": len(low) <= 2,
    }
    clues |= clues_before(words, at, lists) | clues_after(words, at, lists)
    if clues["start"]:
        clues |= {"start, given": given, "start, common": common, "start, unknown": not given and not common}
    return found | {name: 1.0 for name, holds in clues.items() if holds}


def clues_before(words: Sequence[Word], at: int, lists: Lists) -> dict[str, bool]:
    """What the words before say."""
    one = words[at - 1] if at > 0 else NOTHING
    two = words[at - 2] if at > 1 else NOTHING
    after_dot = two if one.text == "." else one
    return {
        "start": one.text in BREAKS,
        "line start": one.text == "\n",
        "after capital": one.capital,
        "after given": one.capital and one.low in lists.given,
        "after initial": len(after_dot.text) == 1 and after_dot.capital,
        "after title": after_dot.low in TITLES,
        "after cue": one.low in CUES,
        "after place cue": one.low in PLACE_CUES,
        "after number": one.text.isdigit(),
        "after comma": one.text == ",",
        "after question": one.text == "?",
    }


def clues_after(words: Sequence[Word], at: int, lists: Lists) -> dict[str, bool]:
    """What the words after say."""
    one = words[at + 1] if at + 1 < len(words) else NOTHING
    two = words[at + 2] if at + 2 < len(words) else NOTHING
    return {
        "before capital": one.capital,
        "before name": one.capital and lists.likeness(one.low) > 0.5,
        "before initial": len(one.text) == 1 and one.capital,
        "before act": one.low in ACTS,
        "before no person": one.low in NO_PERSONS or two.low in NO_PERSONS,
        "before number": one.text.isdigit(),
        "before comma": one.text == ",",
        "before question": one.text == "?",
        "line end": one.text == "\n",
    }
