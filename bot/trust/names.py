"""Names of people in a text: a list of given names, the look of a word's letters, and what stands around it.

A small linear model over clues, fitted by `training/names.py`; it leans towards finding (F2), for a name that is
redacted from a log by mistake costs little. No answer depends on it: questions are answered from the words as written.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from bot.trust.clues import Lists, Word, find_clues, read_lists, split_words
from bot.trust.model import Span

PARTICLES = frozenset("de da van von der den ten di la le del dos bin al el ter".split())
LONGEST_GAP = 3  # words such as "van der" or "J ." within a name
ABBREVIATION = 5  # letters
LONGEST_TEXT = 20_000  # characters looked at


@lru_cache(maxsize=1)
def bundled() -> Lists:
    """The bundled lists, read when first needed."""
    return read_lists()


def find_names(text: str) -> tuple[Span, ...]:
    """Names of people, by position, each as one span with its initials and particles."""
    text = text[:LONGEST_TEXT]
    lists = bundled()
    words = split_words(text)
    candidates = find_candidates(words, lists)
    return join(words, {at for at in candidates if probability(words, at, lists) >= lists.threshold}, text)


def find_candidates(words: Sequence[Word], lists: Lists) -> list[int]:
    """Where a name may stand: capitals, and in a text without any the given names. An ordinary word only beside another
    capital or after a title; short words all in capitals are abbreviations where not all is in capitals."""
    capitals = [at for at, word in enumerate(words) if word.capital]
    if not capitals:
        return [at for at, word in enumerate(words) if word.low in lists.given and word.low not in lists.common]
    shouting = all(word.text.isupper() for word in words if word.text[0].isalpha())
    return [at for at in capitals if may_be_name(words, at, lists, shouting)]


def may_be_name(words: Sequence[Word], at: int, lists: Lists, shouting: bool) -> bool:
    """Whether a capitalised word is worth a closer look."""
    word = words[at]
    if len(word.text) < 2 or (not shouting and len(word.text) <= ABBREVIATION and word.text.isupper()):
        return False
    return word.low not in lists.common or any(
        one.capital or one.text == "." for one in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
    )


def probability(words: Sequence[Word], at: int, lists: Lists) -> float:
    """The probability (0-1) that a word is part of a person's name."""
    weights = lists.clues
    total = lists.bias + sum(weights.get(name, 0.0) * value for name, value in find_clues(words, at, lists).items())
    return 1.0 / (1.0 + math.exp(-total))


def join(words: Sequence[Word], named: set[int], text: str) -> tuple[Span, ...]:
    """The named words as spans: neighbours, and those with only initials or particles between, are one name."""
    spans: list[Span] = []
    at = 0
    while at < len(words):
        if at not in named:
            at += 1
            continue
        last = find_last(words, named, at, text)
        spans.append(Span(words[at].start, trim(words[last]), "PERSON"))
        at = last + 1
    return tuple(spans)


def find_last(words: Sequence[Word], named: set[int], at: int, text: str) -> int:
    """The last word of the name that begins at `at`; a name ends with its line."""
    last, place = at, at + 1
    while place < len(words) and place - last <= LONGEST_GAP + 1:
        if place in named:
            if "\n" in text[words[last].end : words[place].start]:
                break
            last = place
        elif not is_inside(words[place]):
            break
        place += 1
    return last


def is_inside(word: Word) -> bool:
    """Whether a word can stand within a name though it is none: an initial, its dot, a particle."""
    return word.low in PARTICLES or word.text == "." or (len(word.text) == 1 and word.text.isalpha())


def trim(word: Word) -> int:
    """Where a word ends without a possessive."""
    return word.end - 2 if word.text.endswith(("'s", "’s")) else word.end
