"""From evidence to confidence: how much a clear statement is worth, what caps what, and how evidence ages.

A value's evidence adds up to a mass (1: one clear statement). Confidence is a softmax over the values at the address
and "unknown", so that contrary evidence lowers it and fading evidence leads back to unknown, never to false. GAIN and
UNKNOWN are fitted: see docs/self-model.md for data, method and the reliability table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import timedelta

from bot.self_model.model import Observation, Source

GAIN = 3.9  # log-odds of one clear statement
UNKNOWN = 1.5  # log-odds of "unknown", against which every value stands
NOTHING_KNOWN = math.exp(UNKNOWN)
LEAST_MASS = 0.04  # below it a value is not held at all
SPREAD = (1.0, 0.25, -0.3, -0.6)  # what evidence for one depth is worth at depths 0, 1, 2, 3 steps away
FEWEST_SIGNS = 3  # different phrases that must point to a role for it to be held at all
FEWEST_IN_ONE = 5  # and as many where all of them stand in one message
LEAST_DENSITY = 2.5  # signs a message that has any; people of other roles scatter them thinly (see docs)
DENSITY_FROM = 10  # messages with signs before their density can be judged
OUTRIGHT = 0.35  # mass from which it is said what someone is, and not only what they do (a duty counts 0.3)
BESIDE_A_STATEMENT = 0.2  # the most that inference about who someone is counts where they said it themselves

HALF_LIFE = {
    "role": timedelta(days=240),
    "seniority": timedelta(days=365),
    "expertise": timedelta(days=180),
    "tool": timedelta(days=180),
    "project": timedelta(days=42),
    "goal": timedelta(days=42),
    "constraint": timedelta(days=90),
    "criterion": timedelta(days=120),
    "preference": timedelta(days=120),
    "background": timedelta(days=3650),
    "other": timedelta(days=90),
}
ONE_MESSAGE = {  # the most that a belief can be worth that rests on one message
    Source.CORRECTION: 0.95,
    Source.STATED: 0.92,
    Source.FEEDBACK: 0.6,
    Source.ASKED: 0.6,
    Source.BEHAVIOUR: 0.5,
    Source.DIRECTORY: 0.5,
}
MANY_MESSAGES = {  # and one that rests on many
    Source.CORRECTION: 0.98,
    Source.STATED: 0.97,
    Source.FEEDBACK: 0.85,
    Source.ASKED: 0.8,
    Source.BEHAVIOUR: 0.9,
    Source.DIRECTORY: 0.5,
}


def find_cap(evidence: Iterable[Observation]) -> float:
    """The most that these observations together can be worth: by kind of source and how many messages say so."""
    messages: dict[Source, set[str]] = {}
    for one in evidence:
        if one.weight > 0:
            messages.setdefault(one.source, set()).add(one.message)
    return max((cap_of(source, len(said)) for source, said in messages.items()), default=0.0)


def cap_of(source: Source, messages: int) -> float:
    """The cap of one kind of source after so many messages; it rises towards the cap of many."""
    return MANY_MESSAGES[source] - (MANY_MESSAGES[source] - ONE_MESSAGE[source]) / messages


def to_confidence(mass: float, rivals: Iterable[float] = ()) -> float:
    """How sure a value of this mass is, against those of its rivals at the address and against "unknown"."""
    own = math.exp(GAIN * mass)
    return own / (own + NOTHING_KNOWN + sum([math.exp(GAIN * rival) for rival in rivals if rival > LEAST_MASS]))
