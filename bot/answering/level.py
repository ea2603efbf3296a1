"""How hard a text is to read for someone new to its field: one number, and what it rests on.

A linear model over plain counts (sentences, words, how common the words are, clauses), every weight turned so that more
of a feature never reads easier. Fitted pairwise on easier and harder versions of one text by training/level.py. What
the text says is not judged, nor whether it is right.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from bot.answering.frequency import WORD, commonness
from bot.words import STOP_WORDS

WEIGHTS = Path(__file__).parent / "weights" / "level.json"
MARKUP = re.compile(r"```.*?```|\[\d+\]|!?\[(?P<label>[^\]]*)\]\([^)]*\)|https?://\S+|[*_`#>|]+", re.DOTALL)
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")
CLAUSE_WORDS = frozenset(
    """although though because since while whereas unless until if when after before that which who whom whose where
    whether as despite""".split()
)
PREPOSITIONS = frozenset(
    """of in on at by for with from to into through during against between among under over about within without across
    upon toward towards via per""".split()
)
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en)\b")  # of a text in lower case
PERFECT = re.compile(r"\b(?:has|have|had)\s+(?:\w+ly\s+)?(?:been|\w+(?:ed|en))\b")  # the same
ABSTRACT = re.compile(r"(?:tion|sion|ment|ness|ity|ance|ence|ism|ship|cy)s?$")
BREAKS = (";", ":", "–", "—", " - ", "(")
VOWELS = re.compile(r"[aeiouy]+")
RARE, SELDOM, UNUSUAL = 3.5, 4.0, 5.0  # Zipf values: seen a few times, tens and a hundred times in a million words
LONG, VERY_LONG = 7, 10  # letters


SIGNS: Mapping[str, Callable[[str], bool]] = {
    "clauses": lambda word: word in CLAUSE_WORDS,
    "prepositions": lambda word: word in PREPOSITIONS,
    "participles": lambda word: word.endswith("ing") and len(word) > 5,
    "adverbs": lambda word: word.endswith("ly") and len(word) > 4,
    "compounds": lambda word: "-" in word,
    "abstract nouns": lambda word: len(word) > 5 and bool(ABSTRACT.search(word)),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word's letters and syllables, which of SIGNS it shows, and whether it is one of the small words."""

    letters: int
    syllables: int
    signs: tuple[bool, ...]
    small: bool


@dataclass(frozen=True, slots=True)
class Level:
    """`level` (0-1): how hard the text is to read for someone new to the field. `features`: what that rests on, as
    measured and in plain units (words a sentence, shares, Zipf values)."""

    level: float
    features: Mapping[str, float] = field(default_factory=dict)


def level(text: str) -> Level:
    """How hard a text (Markdown or plain) reads; code, links' addresses and citation markers do not count.

    A text without words is as easy as can be: 0.
    """
    plain = strip_markup(text)
    if not WORD.search(plain):
        return Level(0.0)
    features = measure(plain)
    return Level(1 / (1 + math.exp(-score(features))), features)


def strip_markup(text: str) -> str:
    return MARKUP.sub(lambda found: found["label"] or " ", text)


def score(features: Mapping[str, float]) -> float:
    """The log-odds behind the level: unbounded, the larger the harder."""
    weights, bias = _load()
    return bias + sum(weight * features[name] for name, weight in weights.items())


def measure(plain: str) -> dict[str, float]:
    """The features of a text without markup, each one turned so that more of it is harder."""
    sentences = [words for one in SENTENCE_END.split(plain) if (words := WORD.findall(one))]
    words = [look_at(word.lower()) for sentence in sentences for word in sentence]
    return (
        measure_length(sentences, words) | measure_rarity(sentences) | measure_structure(plain, words, len(sentences))
    )


def measure_length(sentences: Sequence[Sequence[str]], words: Sequence[Word]) -> dict[str, float]:
    """Lengths of sentences (log of words) and of words (letters, syllables)."""
    count = len(words)
    letters = [one.letters for one in words]
    return {
        "sentence length": math.log(count / len(sentences)),
        "longest sentence": math.log(max(map(len, sentences))),
        "letters a word": sum(letters) / count,
        "syllables a word": sum([one.syllables for one in words]) / count,
        "share of long words": sum([one >= LONG for one in letters]) / count,
        "share of very long words": sum([one >= VERY_LONG for one in letters]) / count,
        "long words a sentence": math.log1p(sum([one > LONG for one in letters]) / len(sentences)),
    }


def measure_rarity(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """How far the words are from everyday ones (9 less their Zipf value); names, as far as capitals tell, left out."""
    inner = [word for sentence in sentences for word in sentence[1:] if word[0].islower()]
    zipf = sorted([commonness(word) for word in inner if word not in STOP_WORDS]) or [UNUSUAL]
    hardest = zipf[:3]
    rare, seldom, unusual = (bisect_left(zipf, least) for least in (RARE, SELDOM, UNUSUAL))
    return {
        "rarity": 9 - sum(zipf) / len(zipf),
        "rarest word": 9 - zipf[0],
        "rarest three words": 9 - sum(hardest) / len(hardest),
        "rarest quarter": 9 - zipf[len(zipf) // 4],
        "rare words a sentence": rare / len(sentences),
        "seldom words a sentence": seldom / len(sentences),
        "unusual words a sentence": unusual / len(sentences),
        "share of rare words": rare / len(zipf),
        "share of seldom words": seldom / len(zipf),
        "share of unusual words": unusual / len(zipf),
    }


def measure_structure(plain: str, words: Sequence[Word], sentences: int) -> dict[str, float]:
    """What makes a sentence hold much at once: clauses, passives, abstract nouns, asides; counts a sentence."""
    counts = map(sum, zip(*(one.signs for one in words), strict=True))
    low = plain.lower()
    return {name: count / sentences for name, count in zip(SIGNS, counts, strict=True)} | {
        "commas": plain.count(",") / sentences,
        "breaks": sum(map(plain.count, BREAKS)) / sentences,
        "passives": len(PASSIVE.findall(low)) / sentences,
        "perfects": len(PERFECT.findall(low)) / sentences,
        "few small words": 1 - sum([one.small for one in words]) / len(words),
    }


@lru_cache(maxsize=50_000)
def look_at(word: str) -> Word:
    """What a lower-case word adds to a text's measures; words recur, so each is looked at once."""
    return Word(
        letters=len(word),
        syllables=count_syllables(word),
        signs=tuple(bool(holds(word)) for holds in SIGNS.values()),
        small=word in STOP_WORDS,
    )


def count_syllables(word: str) -> int:
    """Groups of vowels, a silent final e not counted; at least one."""
    groups = len(VOWELS.findall(word)) - (word.endswith("e") and not word.endswith("le"))
    return max(1, groups)


@lru_cache(maxsize=1)
def _load() -> tuple[dict[str, float], float]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return stored["weights"], stored["bias"]
