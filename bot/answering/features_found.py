"""What a decision rests on: plain measures of what was found for a question.

Shares, ratios and probabilities, so that they mean the same for fifty passages as for a million; never the engine's own
scale.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from bot.answering.asked import Asked, rarity_of, read_question, share
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Ranked
from bot.words import STOP_WORDS, content_terms, stem, terms_of, tokenize

READ = 5  # passages whose text is read
READ_CLOSELY = 3  # passages whose sentences are
SHAPE = 10  # passages whose scores are compared
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
Features = dict[str, float]


def measure_found(asked: Asked, query: EnrichedQuery, ranked: Sequence[Ranked], phrases: Sequence[str]) -> Features:
    """How much of what was asked, and of the things it points at without their having been named, was found."""
    found = [terms_of(one.passage.title) | terms_of(one.passage.text) for one in ranked[:READ]]
    first = found[0] if found else frozenset()
    together = frozenset[str]().union(*found)
    sentences = (terms for one in ranked[:READ_CLOSELY] for terms in read_sentences(one.passage.text))
    wanted = weigh_query(query)
    told = read_question(query.text).rarity.keys() - asked.rarity.keys()  # what the person says beside the question
    sought = {one: rare for one, rare in read_question(query.enriched).rarity.items() if one not in told} or wanted
    length = len(tokenize(ranked[0].passage.text)) if ranked else 0
    return {
        "covered by first": share(sought, first),
        "covered by best": max((share(sought, terms) for terms in found), default=0.0),
        "covered by all": share(sought, together),
        "covered by a sentence": max((share(sought, terms) for terms in sentences), default=0.0),
        "context covered by first": share(wanted, first),
        "context covered by all": share(wanted, together),
        "familiar": min((tell_familiar(one, ranked) for one in phrases), default=1.0),
        "rarest word missing": float(asked.rarest not in together),
        "rarest word in first": float(asked.rarest in first),
        "first passage length": math.log1p(length),
    }


def tell_familiar(phrase: str, ranked: Sequence[Ranked]) -> float:
    """The share of the first passages that speak of "the …" in the same words, so that it needs no introduction."""
    named = "the " + " ".join([word for word in tokenize(phrase) if word not in STOP_WORDS][:1])
    texts = [one.passage.text for one in ranked[:READ] if named in one.passage.text.lower()]
    if not texts:  # as mostly; making the pattern takes longer than all else here
        return 0.0
    said = re.compile(rf"\b{re.escape(named)}\b", re.IGNORECASE)
    return sum(bool(said.search(text)) for text in texts) / READ


@lru_cache(maxsize=1024)
def read_sentences(text: str) -> tuple[frozenset[str], ...]:
    """The stems of each sentence of a passage, read once."""
    return tuple(frozenset(content_terms(one)) for one in SENTENCE.split(text))


def share_words(one: frozenset[str], other: frozenset[str]) -> float:
    """The share (0-1) of the words of either that stand in both."""
    both = len(one & other)
    return both / max(1, len(one) + len(other) - both)


def weigh_query(query: EnrichedQuery) -> dict[str, float]:
    """Stem -> the weight retrieval gave it times its rarity."""
    words = [(word, weight) for word, weight in query.weights if word not in STOP_WORDS]
    return {term: weight * rarity_of(word) for word, weight in words for term in stem([word])}


def measure_shape(ranked: Sequence[Ranked]) -> Features:
    """Whether one passage stands out or many look alike: ratios of scores, and how alike the first ones are."""
    scores = [one.score for one in ranked[:SHAPE] if one.score > 0]
    if not scores:
        return {
            "second to first": 1.0,
            "fifth to first": 1.0,
            "spread": 1.0,
            "alike": 0.0,
            "relevance": 0.0,
            "any relevant": 0.0,
        }
    shares = [one / sum(scores) for one in scores]
    texts = [terms_of(one.passage.text) for one in ranked[:READ]]
    pairs = [share_words(one, other) for one, other in combinations(texts, 2)]
    return {
        "second to first": scores[1] / scores[0] if len(scores) > 1 else 0.0,
        "fifth to first": scores[4] / scores[0] if len(scores) > 4 else 0.0,
        "spread": -sum(one * math.log(one) for one in shares) / math.log(max(2, len(scores))),
        "alike": sum(pairs) / len(pairs) if pairs else 0.0,
        "relevance": ranked[0].relevance,
        "any relevant": 1 - math.prod(1 - one.relevance for one in ranked[:READ]),
    }
