"""Whether a message may say anything of its writer: a look at its words that costs far less than reading it.

A logistic regression over words and pairs of words, learned by `training/gate.py`. Most messages at work say nothing of
their writer; those that surely do not are not read.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?!]")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
LEAST = 0.15  # of messages that say something, about 1 in 65 is less likely than this to (cross-validated)


@cache
def load_weights() -> Mapping[str, float]:
    """The weights as shipped; "" is the bias."""
    table = json.loads(files("bot.self_model.weights").joinpath("gate.json").read_text("utf-8"))
    weights: dict[str, float] = table["weights"]
    return weights


def likely_states(own: str) -> float:
    """How likely any sentence of someone's own words states anything of them, from 0 to 1."""
    known = load_weights()
    scores = [
        known[""] + sum([known.get(term, 0.0) for term in terms])
        for sentence in SENTENCE.findall(own)
        if (terms := terms_of(sentence))
    ]
    return 1 / (1 + math.exp(-max(scores))) if scores else 0.0


def terms_of(own: str) -> set[str]:
    """The words of a text and the pairs of neighbouring ones, in lower case."""
    words = WORD.findall(own.lower())
    return {*words, *map(" ".join, pairwise(words))}
