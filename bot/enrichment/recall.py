"""Recall: which earlier turns of a conversation bear on what is said now."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from bot.turn import Said
from bot.words import content_terms

K1, B = 1.2, 0.6  # BM25's usual saturation, and a milder length penalty: turns are short
NEIGHBOUR = 0.3  # share of its neighbours' score that a turn gets: an answer need not repeat its question's words


def recall(text: str, turns: Sequence[tuple[str, Said]]) -> tuple[str, ...]:
    """The ids of the turns that bear on the text, best first; those that share nothing with it are left out."""
    wanted = Counter(content_terms(text))
    counted = [Counter(content_terms(said.text)) for _, said in turns]
    own = score(wanted, counted)
    near = [own[at] + NEIGHBOUR * (at and own[at - 1]) for at in range(len(turns))]
    order = sorted(range(len(turns)), key=lambda at: (-near[at], -at))
    return tuple(turns[at][0] for at in order if near[at] > 0)


def score(wanted: Counter[str], counted: Sequence[Counter[str]]) -> list[float]:
    """BM25 of each bag of terms (Robertson & Zaragoza 2009), its statistics taken from these bags alone."""
    frequency = Counter(term for bag in counted for term in bag)
    mean = sum(bag.total() for bag in counted) / max(len(counted), 1) or 1.0
    rarity = {term: math.log(1 + (len(counted) - frequency[term] + 0.5) / (frequency[term] + 0.5)) for term in wanted}
    return [sum(rarity[term] * saturate(bag[term], bag.total() / mean) for term in wanted) for bag in counted]


def saturate(count: int, length: float) -> float:
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length)) if count else 0.0
