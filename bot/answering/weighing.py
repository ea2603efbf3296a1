"""How much words weigh among the passages at hand, and passages read once: their units, words and hardness.

A word weighs by its rarity among these passages, so that no list of words of any one knowledge base is needed.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from bot.answering.frequency import commonness
from bot.answering.reading import hardness
from bot.answering.sentences import Unit, split_units
from bot.enrichment.kin import kin_of
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.parts import take_apart
from bot.knowledge.model import Passage, Ranked
from bot.words import STOP_WORDS, content_terms, stem, terms_of, tokenize

QUOTED_QUESTION = re.compile(r"[\"“][^\"“”]{3,200}\?[\"”]")  # an example of asking is no answer
FAINT = 0.25  # passages whose score is below this share of the best are left out
ADDED_WEIGHT = 0.6  # of words that enrichment added, against the person's own
KIN_COVERS = 0.6  # how much of a word is covered by one used for the same matter
EVERYDAY, SPAN, LEAST = 7.0, 3.5, 0.15  # Zipf value from which a word says nothing; over how much it grows; its least
COMMON = 0.5  # what even a word that all passages hold weighs: they were found by it
TOLD_WEIGHT = 0.4  # of a sentence that tells something beside one that asks
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage's units with the words (stems) of each, those of its headings, and all of them. Hardness (0-1) is
    measured when it is asked for: most passages found are never looked at so closely."""

    units: tuple[Unit, ...]
    words: tuple[frozenset[str], ...]
    title: frozenset[str]
    all_words: frozenset[str]

    @property
    def hardness(self) -> tuple[float, ...]:
        return tuple(hardness(one.text) for one in self.units)

    @property
    def mean_hardness(self) -> float:
        measured = self.hardness
        return sum(measured) / len(measured) if measured else 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """A passage at hand: its place among the ranked ones, its relevance against the best (0-1), and what it says."""

    rank: int
    near: float
    passage: Passage
    reading: Reading

    @property
    def heading(self) -> str:
        """The passage's own heading."""
        return self.headings[-1]

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings above it, its own last."""
        return split_title(self.passage.title)


@dataclass(frozen=True, slots=True)
class Aspect:
    """A part of the question: its words (stems) with weights that sum to 1, and its own weight, the weightiest's 1.
    `kin`: for each of those words the ones used for the same matter; `reach`: all of them; what holds none of these
    covers nothing."""

    words: Weights
    weight: float
    kin: Mapping[str, frozenset[str]]
    reach: frozenset[str]


@lru_cache(maxsize=4096)
def split_title(title: str) -> tuple[str, ...]:
    """The headings that a title path is made of, the passage's own last."""
    return tuple(one.strip() for one in title.split("›"))


@lru_cache(maxsize=4096)
def read_passage(title: str, text: str) -> Reading:
    """Read a passage, once."""
    units = split_units(text)
    words = tuple(frozenset(content_terms(without_questions(f"{one.lead} {one.text}"))) for one in units)
    title_words = terms_of(title)
    return Reading(units, words, title_words, title_words.union(*words))


def without_questions(text: str) -> str:
    """The text without the questions that it quotes."""
    return QUOTED_QUESTION.sub(" ", text) if "?" in text else text


def read_pages(ranked: Sequence[Ranked]) -> tuple[Page, ...]:
    """The ranked passages that are near enough to be read, read."""
    best = max((one.score for one in ranked), default=0.0) or 1.0
    return tuple(
        Page(rank, one.score / best, one.passage, read_passage(one.passage.title, one.passage.text))
        for rank, one in enumerate(ranked)
        if one.score / best >= FAINT
    )


def weigh_rarity(pages: Sequence[Page]) -> Weights:
    """Every word of the pages, weighted by how few of them hold it; a word that all hold weighs next to nothing."""
    held = Counter(chain.from_iterable(page.reading.all_words for page in pages))
    weights = [math.log(1 + (len(pages) - count + 0.5) / (count + 0.5)) for count in range(len(pages) + 1)]
    return {word: weights[count] for word, count in held.items()}


def find_aspects(query: EnrichedQuery, rarity: Weights) -> tuple[Aspect, ...]:
    """The parts of a question ("how is it kept safe, and what does it take to run?"), what only tells of the person
    after what asks. Words that no page holds weigh nothing; a part without any word left is no part; one of everyday
    words alone weighs little."""
    added = weigh_words(" ".join(query.added), ADDED_WEIGHT)
    parts = take_apart(query.text)
    weighed = [weigh_words(part) for part in parts.aspects] + [weigh_words(one, TOLD_WEIGHT) for one in parts.telling]
    found = [make_aspect({**added, **words}, rarity) for words in weighed if words]
    found = [one for one in found if one.words] or [make_aspect(added, rarity)]
    most = max(one.weight for one in found)
    return tuple(replace(one, weight=one.weight / most) for one in found if one.words)


def make_aspect(words: Weights, rarity: Weights) -> Aspect:
    """The words that the pages hold or speak of in other words; `weight` is not yet relative to the others'."""
    held = {word: [one for one in (word, *kin_of(word)) if one in rarity] for word in words}
    weighed = {
        word: words[word] * (COMMON + max(rarity[one] for one in found)) for word, found in held.items() if found
    }
    total = sum(weighed.values())
    shares = {word: weight / total for word, weight in weighed.items()} if total else {}
    kin = {word: kin_of(word) for word in shares}
    return Aspect(shares, total, kin, frozenset(shares).union(*kin.values()))


def cover(aspect: Aspect, words: frozenset[str]) -> float:
    """How much of a part of the question these words cover, against its weight; kin of a word cover it in part."""
    if aspect.reach.isdisjoint(words):
        return 0.0
    shares = [
        weight if word in words else KIN_COVERS * weight
        for word, weight in aspect.words.items()
        if word in words or not aspect.kin[word].isdisjoint(words)
    ]
    return aspect.weight * sum(shares)


def weigh_words(text: str, weight: float = 1.0) -> dict[str, float]:
    """The stems of a text's content words; everyday words ("take", "keep") and bare numbers weigh less than
    rare ones."""
    words = [word for word in tokenize(text) if word not in STOP_WORDS]
    return {
        stemmed: weight * (LEAST if word.isdigit() else min(1.0, max(LEAST, (EVERYDAY - commonness(word)) / SPAN)))
        for stemmed, word in zip(stem(words), words, strict=True)
    }


def weigh_wanted(wanted: Iterable[str], rarity: Weights) -> Weights:
    """The words that make a sentence worth choosing, by rarity."""
    return {word: rarity[word] for word in content_terms(" ".join(wanted)) if word in rarity}


def covered(weights: Weights, words: frozenset[str]) -> float:
    """The weight of those words that have one."""
    if len(words) < len(weights):
        return sum([weights[word] for word in words if word in weights])
    return sum([weight for word, weight in weights.items() if word in words])


def place_in(values: Sequence[float], value: float) -> float:
    """The share (0-1) of the sorted values that lie below: where a value stands among its like."""
    return bisect_left(values, value) / max(1, len(values) - 1) if values else 0.5
