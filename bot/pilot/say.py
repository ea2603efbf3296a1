"""Numbers and kinds of complaint in plain words: what alerts and digests are written with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

_NUMBERS: Final = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_THEMES: Final = {
    "not_specific": "too generic",
    "ignored_question": "beside the question",
    "repeated": "had to ask again",
    "other": "thumbs down",
}
_LEARNED: Final = {
    "role": "roles",
    "expertise": "what they know well",
    "preference": "how they like answers",
    "tool": "tools they run",
    "goal": "goals",
    "project": "projects",
    "constraint": "constraints",
    "criterion": "what they will judge by",
    "other": "other things",
}


def say_number(n: int) -> str:
    """A number as a word up to twelve."""
    return _NUMBERS[n] if 0 <= n < len(_NUMBERS) else str(n)


def say_count(n: int, one: str, many: str = "") -> str:
    """A number with its noun: one answer, two answers, 40 answers."""
    return f"{say_number(n)} {one if n == 1 else many or one + 's'}"


def count(n: int, one: str, many: str = "") -> str:
    """The same in figures, for tables and evidence: 1 answer, 2 answers."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def say_times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{say_number(n)} times")


def say_of(n: int, total: int) -> str:
    """A part of people: all five, three of five, none of five."""
    if n == total:
        return f"all {say_number(total)}" if total > 2 else {1: "the one", 2: "both"}.get(total, "none")
    return f"{say_number(n) if n else 'none'} of {say_number(total)}"


def say_all(names: Sequence[str]) -> str:
    """Names in a row: A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def say_names(names: Sequence[str], most: int = 5) -> str:
    """Names in a row; more than so many as a number."""
    return say_all(names) if len(names) <= most else f"{say_number(len(names))} evaluators"


def say_theme(kind: str) -> str:
    """A kind of complaint in plain words."""
    return _THEMES.get(kind, kind.replace("_", " "))


def say_themes(themes: Mapping[str, int]) -> str:
    """Complaints, most frequent first: too generic ×2, wrong ×1."""
    return ", ".join(f"{say_theme(kind)} ×{n}" for kind, n in rank(themes))


def say_learned(kinds: Mapping[str, int]) -> str:
    """Kinds of what was learned, in counts: roles (5), goals (2)."""
    return ", ".join(f"{_LEARNED.get(kind, kind)} ({n})" for kind, n in rank(kinds))


def say_share(share: float) -> str:
    """A share in percent."""
    return f"{share * 100:.0f} %"


def say_sure(probability: float) -> str:
    """A probability as certainty; never a hundred percent."""
    return "over 99 % sure" if probability > 0.99 else f"{probability * 100:.0f} % sure"


def say_date(on: date) -> str:
    """Wed 7 Oct."""
    return f"{on:%a} {on.day} {on:%b}"


def rank(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Counts, most frequent first, then by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def cap(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
