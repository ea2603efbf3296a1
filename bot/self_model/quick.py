"""A cheap look before a dear pattern: which letters a text must hold for the pattern to be found in it at all.

The letters are read off the pattern itself, so that they cannot fall behind it when it grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

FEWEST = 3  # letters that are worth looking for


class Quick:
    """A pattern, searched for only where letters that it cannot do without are there; case does not count."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern, re.IGNORECASE)
        needed = find_needed(parser.parse(pattern, re.IGNORECASE))
        self.needed = tuple(one for one in sorted(needed) if not any(other in one for other in needed - {one}))

    def search(self, text: str) -> re.Match[str] | None:
        """What `re.search` finds."""
        return self.pattern.search(text) if self._may_be_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """What `re.finditer` finds."""
        return self.pattern.finditer(text) if self._may_be_in(text) else iter(())

    def _may_be_in(self, text: str) -> bool:
        lower = text.lower()
        for one in self.needed:  # written out: any() takes twice as long
            if one in lower:
                return True
        return not self.needed


def find_needed(sequence: Iterable[tuple[Any, Any]], before: str = "") -> frozenset[str]:
    """A few letters of each wording, of which some stand in whatever a parsed pattern matches; none where that cannot
    be said of every wording. `before`: the letters right before it."""
    found: list[frozenset[str]] = []
    run = before
    for code, value in (*sequence, (None, None)):
        if code is codes.LITERAL:
            run += chr(value).lower()
        elif code is not codes.AT:
            found += [_find_inside(code, value, run), frozenset({run} if len(run) >= FEWEST else ())]
            run = ""
    return max((one for one in found if one), key=lambda one: min(map(len, one)), default=frozenset())


def _find_inside(code: Any, value: Any, before: str) -> frozenset[str]:
    """The same for one part of a pattern."""
    if code is codes.SUBPATTERN:
        return find_needed(value[3], before)
    if code is codes.BRANCH:
        return _unite([find_needed(one, before) for one in value[1]])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] > 0:
        return find_needed(value[2])
    return frozenset()


def _unite(found: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*found) if all(found) else frozenset()
