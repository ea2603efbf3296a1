"""How much each observation counts beside the others: repetition within a sitting is not independent evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from operator import attrgetter

from bot.self_model.model import Observation, Source

SITTING = timedelta(minutes=30)  # a statement repeated within it is the same statement
SAME_MOMENT = timedelta(minutes=1)
OLDEST, NEWEST = 4, 16  # observations kept of one value and kind of source
NEWEST_SIGNS = 68  # of the manner of writing, where each says little
FEW_SIGNS = 4  # and where someone said themselves what they are, so that it counts for nothing

BEHAVIOUR = Source.BEHAVIOUR  # looked up once: they are compared with often
SAID = frozenset({Source.STATED, Source.CORRECTION})
WHEN = attrgetter("at")
IN_FULL = attrgetter("at", "message", "address", "value", "quote", "source", "weight")

Identity = tuple[str, str, str, str, str, bool, bool]


def identify(one: Observation) -> Identity:
    """What makes an observation the same one when its message is learned again."""
    return (one.address, one.value, one.source, one.message, one.quote, one.ends, one.weight > 0)


def in_order(observations: Sequence[Observation]) -> list[Observation]:
    """Observations in the one order that does not depend on when they arrived."""
    ordered = sorted(observations, key=WHEN)
    apart = all(one.at < other.at for one, other in pairwise(ordered))
    return ordered if apart else sorted(ordered, key=IN_FULL)


def weigh(ordered: Sequence[Observation]) -> list[float]:
    """The weight of each observation, given those before it: signed, 1 for one clear, independent statement."""
    sittings: dict[tuple[str, Source, bool], tuple[datetime, int]] = {}
    heard: dict[tuple[str, str], int] = {}
    weights = []
    for one in ordered:
        key = (one.value.lower(), one.source, one.weight > 0)
        last, count = sittings.get(key, (None, 0))
        if one.source is BEHAVIOUR:
            said = (key[0], one.quote.lower())
            again = heard.get(said, 0)
            heard[said] = again + 1
            novelty = (0.5 if last is not None and one.at - last < SAME_MOMENT else 1.0) / (1 + again)
        else:
            count = count + 1 if last is not None and one.at - last <= SITTING else 0
            novelty = 1.0 / (1 + count)
        sittings[key] = (one.at, count)
        weights.append(one.weight * novelty)
    return weights


def keep_few(ordered: Sequence[Observation]) -> list[Observation]:
    """The oldest and the newest observations of each value and kind of source: what bounds a self-model's size."""
    if len(ordered) <= OLDEST + NEWEST:
        return list(ordered)
    groups: dict[tuple[str, Source, bool], list[int]] = {}
    for place, one in enumerate(ordered):
        groups.setdefault((one.value.lower(), one.source, one.weight > 0), []).append(place)
    told = any(one.source in SAID and one.weight > 0 for one in ordered)
    signs = NEWEST if ordered[0].address != "role" else FEW_SIGNS if told else NEWEST_SIGNS
    kept: set[int] = set()
    for (_, source, _), places in groups.items():
        newest = signs if source is BEHAVIOUR else NEWEST
        kept.update(places[:OLDEST], places[-newest:])
    return [one for place, one in enumerate(ordered) if place in kept]
