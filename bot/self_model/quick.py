"""Patterns that ignore case, found quickly: what they find is what `re` finds with IGNORECASE, in a third of the time.

Two cheap looks come before the pattern itself, and both are read off it, so that they cannot fall behind it when it
grows: which letters a text must hold for it to be found at all, and where in the text in small letters its small-letter
form is found. Python's engine tries every wording of an alternation at every place when it ignores case, and skips all
but those that begin with the letter there when it does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, reduce
from itertools import count
from operator import or_
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from sys import maxsize
from typing import Any

FEWEST = 2  # letters that are worth looking for
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
LONG = 2_000  # letters of a pattern whose wordings are worth telling apart
SHORTEST = 2  # letters by which they are looked up
CAPITALS = (ord("A"), ord("Z"))


class Quick:
    """A pattern that ignores case, used like one that `re.compile` makes."""

    def __init__(self, pattern: str) -> None:
        self.source = pattern
        parsed = parser.parse(pattern, re.IGNORECASE)
        self.may_be_empty: bool = parsed.getwidth()[0] == 0
        self.ways = tuple(map(Way, split_ways(parsed) if len(pattern) >= LONG else [parsed]))
        self.sign = reduce(or_, (way.sign for way in self.ways))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself, made when it is first found."""
        return re.compile(self.source, re.IGNORECASE)

    def search(self, text: str, pos: int = 0, endpos: int = maxsize) -> re.Match[str] | None:
        """What `re.Pattern.search` finds."""
        lower, signs = look_at(text)
        if not signs & self.sign:
            return None
        if not lower:
            return self.pattern.search(text, pos, endpos)
        while (start := self._find_start(lower, signs, pos, endpos)) >= 0:
            found = self.pattern.match(text, start, endpos)
            if found is not None:
                return found
            pos = start + 1  # where capitals are asked for
        return None

    def _find_start(self, lower: str, signs: int, pos: int, endpos: int) -> int:
        """Where a wording that can be there is found first; -1 where none is."""
        first = -1
        for way in self.ways:
            if way.sign & signs and (found := way.small.search(lower, pos, endpos)) is not None:
                start = found.start()
                if first < 0 or start < first:
                    first = start
        return first

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """What `re.Pattern.finditer` finds."""
        found = self.search(text)
        if self.may_be_empty and found is not None:
            yield from self.pattern.finditer(text)
            return
        while found is not None:
            yield found
            found = self.search(text, found.end())

    def match(self, text: str, pos: int = 0, endpos: int = maxsize) -> re.Match[str] | None:
        """What `re.Pattern.match` finds."""
        lower, signs = look_at(text)
        if not signs & self.sign:
            return None
        for way in self.ways:
            if way.sign & signs and (not lower or way.small.match(lower, pos, endpos) is not None):
                return self.pattern.match(text, pos, endpos)
        return None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """What `re.Pattern.fullmatch` finds."""
        return None if self.match(text) is None else self.pattern.fullmatch(text)

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """What `re.Pattern.split` makes of it."""
        return [text] if self.search(text) is None else self.pattern.split(text, maxsplit)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """What `re.Pattern.sub` makes of it."""
        return text if self.search(text) is None else self.pattern.sub(new, text)


class Way:
    """One of the wordings that a pattern is made of: the signs of what it needs, and its small-letter form."""

    def __init__(self, parsed: Any) -> None:
        self.needed = find_needed(parsed)
        self.sign = _register(self.needed)
        self._parsed = parsed

    @cached_property
    def small(self) -> re.Pattern[str]:
        """For texts in small letters; made when it is first needed."""
        made: re.Pattern[str] = compiler.compile(in_small_letters(self._parsed), re.UNICODE)
        return made


def split_ways(parsed: Any) -> list[Any]:
    """The wordings of a pattern, each parsed: one for every branch of the longest alternation at its top."""
    places = [(len(branches), place) for place, part in enumerate(parsed) if (branches := _branches_of(*part))]
    if not places:
        return [parsed]
    _, place = max(places)
    before, after = list(parsed)[:place], list(parsed)[place + 1 :]
    return [parser.SubPattern(parsed.state, [*before, *branch, *after]) for branch in _branches_of(*parsed.data[place])]


def _branches_of(code: Any, value: Any) -> list[Any]:
    if code is codes.SUBPATTERN and value[:3] == (None, 0, 0) and len(value[3]) == 1:
        return _branches_of(*value[3].data[0])
    return value[1] if code is codes.BRANCH else []


ANY = 1  # the sign of every text
_numbers = count(1)
_signs: dict[str, dict[tuple[str, bool, bool], int]] = {}  # by their first letters: what is looked for, and its signs


def _register(needed: Iterable[str]) -> int:
    """The sign, a bit, of a wording that needs one of these; the longest word of each is what is looked for."""
    parts = {_longest_word(one) for one in needed}
    if not parts or min(len(part) for part, _, _ in parts) < SHORTEST:
        return ANY
    _signs_of.cache_clear()
    look_at.cache_clear()
    sign: int = 1 << next(_numbers)
    for part in parts:
        of_part = _signs.setdefault(part[0][:SHORTEST], {})
        of_part[part] = of_part.get(part, 0) | sign
    return sign


def _longest_word(letters: str) -> tuple[str, bool, bool]:
    """The longest word among letters with spaces, and whether a space stands before it and behind it."""
    words = letters.split(" ")
    place = max(range(len(words)), key=lambda at: len(words[at]))
    return words[place], place > 0, place < len(words) - 1


@lru_cache(maxsize=500)  # every pattern asks of the same sentence
def look_at(text: str) -> tuple[str, int]:
    """A text in small letters ("" where these are of another length), and the signs of all that stands in it."""
    lower, signs = text.lower(), ANY
    for word in lower.split():
        signs |= _signs_of(word)
    return (lower if len(lower) == len(text) else ""), signs


@lru_cache(maxsize=20_000)  # the same words come up in every message
def _signs_of(word: str) -> int:
    signs = 0
    for place in range(len(word) - SHORTEST + 1):
        for (part, begins, ends), sign in _signs.get(word[place : place + SHORTEST], {}).items():
            whole = (not begins or place == 0) and (not ends or place + len(part) == len(word))
            if whole and word.startswith(part, place):
                signs |= sign
    return signs


def in_small_letters(parsed: Any) -> Any:
    """A parsed pattern for texts in small letters: found wherever it is found in the text as it is written. Where it
    asks for capitals, it may be found in more places."""
    parsed.data = [_lower(code, value) for code, value in parsed if not _forbids_capitals(code, value)]
    parsed.state.flags &= ~re.IGNORECASE
    return parsed


def _lower(code: Any, value: Any) -> tuple[Any, Any]:
    """One part of a pattern, for texts in small letters."""
    if code in (codes.LITERAL, codes.NOT_LITERAL):
        return code, ord(chr(value).lower())
    if code is codes.IN:
        return code, [one for part in value for one in _lower_set(*part)]
    if code is codes.SUBPATTERN:
        group, _, _, inner = value
        return code, (group, 0, 0, in_small_letters(inner))
    if code is codes.BRANCH:
        return code, (value[0], [in_small_letters(one) for one in value[1]])
    if code in REPEATS:
        return code, (*value[:2], in_small_letters(value[2]))
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return code, (value[0], in_small_letters(value[1]))
    if code in (codes.AT, codes.ANY):
        return code, value
    raise ValueError(f"no small-letter form of {code}")


def _lower_set(code: Any, value: Any) -> list[tuple[Any, Any]]:
    """A part of a set of characters, with the small letters of its capitals."""
    if code is codes.LITERAL:
        return [(code, ord(chr(value).lower()))]
    if code is codes.RANGE:
        low, high = max(value[0], CAPITALS[0]), min(value[1], CAPITALS[1])
        small = [(code, (low + 32, high + 32))] if low <= high else []
        return [(code, value), *small]
    return [(code, value)]


def _forbids_capitals(code: Any, value: Any) -> bool:
    """Whether something must not stand here in capitals, which cannot be told in small letters."""
    return code is codes.ASSERT_NOT and _minds_case(value[1])


def _minds_case(parsed: Any) -> bool:
    for code, value in parsed:
        if code is codes.SUBPATTERN and (value[2] & re.IGNORECASE or _minds_case(value[3])):
            return True
        if code is codes.BRANCH and any(map(_minds_case, value[1])):
            return True
        if code in REPEATS and _minds_case(value[2]):
            return True
    return False


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
    if code is codes.ASSERT and value[0] > 0:
        return find_needed(value[1])
    return frozenset()


def _unite(found: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*found) if all(found) else frozenset()
