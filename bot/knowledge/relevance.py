"""How likely a passage that was found helps: from its score and what of the question it holds, by a small linear model.

Fitted and checked by `training/relevance.py`. Scores count only beside each other and beside the most there could be:
as such they grow with the knowledge base and the length of the question.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.enrichment.linear import Linear, load_models

WEIGHTS = Path(__file__).parent / "weights" / "relevance.json"
OWN = 1.0  # the weight from which a term counts as one of the question's own
SATURATION = 2.2  # most that BM25 gives a term, in units of its rarity (k1 + 1)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage as found: the engine's score, and the stems of its text and of its headings."""

    id: str
    score: float
    terms: frozenset[str]
    title: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A search's hits, best first, with what they were found by: the query's weighted stems, in how many passages each
    stem stands, and how many passages there are."""

    hits: tuple[Hit, ...]
    weights: Mapping[str, float]
    counts: Mapping[str, int]
    passages: int


def judge(found: Found) -> list[float]:
    """The probability that each hit helps."""
    model = load()
    return [model.chance(one) for one in measure(found)]


def measure(found: Found) -> list[dict[str, float]]:
    """What the probability of each hit rests on."""
    hits, weights, counts, passages = found.hits, found.weights, found.counts, found.passages
    rarity = {term: math.log(1 + (passages - count + 0.5) / (count + 0.5)) for term, count in counts.items()}
    own = {term: rarity[term] for term, weight in weights.items() if weight >= OWN}
    most = SATURATION * sum(weight * rarity[term] for term, weight in weights.items()) or 1.0
    scores = [one.score for one in hits] or [0.0]
    shared = {
        "own terms": math.log1p(len(own)),
        "unknown": sum(counts[term] == 0 for term in own) / max(len(own), 1),
        "lead": scores[0] / (scores[1] if len(scores) > 1 else 1.0 + scores[0]),
    }
    return [
        shared
        | {
            "share of most": hit.score / most,
            "to best": hit.score / scores[0],
            "place": math.log1p(place),
            "own held": share_held(own, hit),
        }
        for place, hit in enumerate(hits)
    ]


def share_held(own: Mapping[str, float], hit: Hit) -> float:
    """The share of the question's own terms, by rarity, that a passage or its headings hold."""
    total = sum(own.values())
    held = [rarity for term, rarity in own.items() if term in hit.terms or term in hit.title]
    return sum(held) / total if total else 0.0


@cache
def load() -> Linear:
    """The bundled model."""
    return load_models(WEIGHTS)["relevance"]
