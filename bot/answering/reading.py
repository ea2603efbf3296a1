"""How hard a sentence is, and how well that suits a depth: easy for newcomers, dense and exact for experts."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.answering.level import level
from bot.turn import Depth

TARGETS = {Depth.FOUNDATIONAL: 0.0, Depth.WORKING: 0.4, Depth.ADVANCED: 0.75, Depth.EXPERT: 1.0}
EXACT = re.compile(r"`[^`]+`|\b(?:\d[\d.,]*|[A-Z]{2,}s?|\w+_\w+|[a-z]+[A-Z]\w*)\b")


@lru_cache(maxsize=8192)
def hardness(text: str) -> float:
    """0-1: how hard to read (`level`) and how full of figures, code and acronyms."""
    exact = len(EXACT.findall(text)) / max(6, len(text.split()))
    return 0.6 * level(text).level + 0.4 * min(1.0, 4 * exact)


def fit_depth(place: float, depth: Depth) -> float:
    """1 where a text stands, among its like, just as hard as the depth calls for; less with the distance. `place` is 0
    for the easiest of the texts at hand and 1 for the hardest."""
    return 1.0 - abs(min(1.0, place) - TARGETS[depth])
