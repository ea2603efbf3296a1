"""A question, read once: its words, and how much each one weighs when we look whether a text holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.frequency import commonness
from bot.words import STOP_WORDS, content_terms, stem, tokenize

ABOUT_ASKING = frozenset(
    """tell give explain describe show list help find compare know want need like wonder understand see say mean talk
    question information info details detail anyone someone hi hello hey thank""".split()
)  # words that speak of asking, not of what is asked about
EVERYDAY = 6.5  # Zipf value from which a word hardly tells what a question is about
LEAST, NUMBER = 0.3, 1.5  # weights of an everyday word and of a number; a word never seen has 3.8


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's text, its words in order, and what it is about: the stem of each content word -> its rarity."""

    text: str
    words: tuple[str, ...]
    rarity: Mapping[str, float]

    @property
    def rarest(self) -> str:
        """The stem that is furthest from everyday, "" where nothing but small words was said."""
        return max(self.rarity, key=lambda term: self.rarity[term], default="")

    def share_in(self, text: str) -> float:
        """The share of the content words that stand in a text."""
        return hold(self.rarity, text)


@lru_cache(maxsize=256)
def read_question(text: str) -> Asked:
    words = tuple(tokenize(text))
    content = [word for word in words if word not in STOP_WORDS and word not in ABOUT_ASKING]
    return Asked(text, words, dict(zip(stem(content), map(rarity_of, content), strict=True)))


def rarity_of(word: str) -> float:
    """How far from everyday a word is, in powers of ten."""
    return NUMBER if word[0].isdigit() else max(LEAST, EVERYDAY - commonness(word))


def hold(weights: Mapping[str, float], text: str) -> float:
    """The share of the whole weight that falls on terms which stand in a text."""
    return share(weights, frozenset(content_terms(text)))


def share(weights: Mapping[str, float], terms: frozenset[str]) -> float:
    """The share of the whole weight that falls on these terms; 0 where there is none."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in terms) / total if total else 0.0
