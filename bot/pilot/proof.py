"""Proof of improvement by measures that need no judge: replay (day 1 against today) and holdback (with and without).

The replay itself, answering a question twice, is a flow; here two replies to one question are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean
from typing import Final

from bot.pilot.feedback import latest
from bot.pilot.inference import margin
from bot.pilot.model import Feedback, Lift, Replayed
from bot.self_model.model import Belief, Source
from bot.turn import Decision, Depth, Exchange, Reply

STATED: Final = frozenset({Source.STATED, Source.CORRECTION, Source.FEEDBACK})
ENOUGH: Final = 5  # rated answers on each side, below which no lift is told
_MARKER: Final = re.compile(r"\[\d+\]")
_CODE: Final = re.compile(r"```.*?(```|\Z)", re.DOTALL)
_BLOCK: Final = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d+\.)\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """One question answered twice over the same documents by the same engine: with the self-model as of day 1, and as
    of today. `beliefs` are those of today that bear on the question: what could have been used."""

    first: Reply
    now: Reply
    beliefs: tuple[Belief, ...] = ()


def compare(reruns: Sequence[Rerun]) -> Replayed | None:
    """The mean of each measure on both sides; None with nothing to compare."""
    if not reruns:
        return None
    pairs = [
        (
            (context_used(one.beliefs, one.first), context_used(one.beliefs, one.now)),
            (depth_match(one.beliefs, one.first), depth_match(one.beliefs, one.now)),
            resolved_pair(one.first, one.now),
            (cited(one.first), cited(one.now)),
        )
        for one in reruns
    ]
    used, depth, resolved, kept = (_mean_pair([row[i] for row in pairs]) for i in range(4))
    return Replayed(n=len(reruns), context_used=used, depth_match=depth, resolved=resolved, cited=kept)


def join(replays: Iterable[Replayed]) -> Replayed | None:
    """Several people's replays as one, each question counting the same."""
    given = [one for one in replays if one.n]
    if not given:
        return None
    total = sum(one.n for one in given)

    def weigh(name: str) -> tuple[float, float]:
        pairs = [(getattr(one, name), one.n) for one in given]
        return (
            round(sum(pair[0] * n for pair, n in pairs) / total, 4),
            round(sum(pair[1] * n for pair, n in pairs) / total, 4),
        )

    return Replayed(
        n=total,
        context_used=weigh("context_used"),
        depth_match=weigh("depth_match"),
        resolved=weigh("resolved"),
        cited=weigh("cited"),
    )


def context_used(beliefs: Sequence[Belief], reply: Reply) -> float:
    """The share of what is known and bears on the question that shaped the reply; 1 where nothing bears on it."""
    known = {one.address for one in beliefs}
    return len(known & set(reply.beliefs_used)) / len(known) if known else 1.0


def depth_match(beliefs: Sequence[Belief], reply: Reply) -> float:
    """How near (0-1) the reply's depth is to what the person said of their knowledge or wish; 1 where they did not.

    Only what they stated, corrected or clicked counts, so that an inference of ours is not its own yardstick.
    """
    wanted = wanted_depth(beliefs)
    return 1.0 if wanted is None else 1 - abs(wanted.rank - reply.depth.rank) / 3


def wanted_depth(beliefs: Sequence[Belief]) -> Depth | None:
    """The depth someone asked for, else the mean of what they said they know of the question's topics."""
    said = [one for one in beliefs if any(o.source in STATED and o.weight > 0 for o in one.evidence)]
    wish = next((one for one in said if one.address == "preference:depth" and one.value in set(Depth)), None)
    if wish:
        return Depth(wish.value)
    known = [Depth(one.value).rank for one in said if one.kind == "expertise" and one.value in set(Depth)]
    return list(Depth)[round(mean(known))] if known else None


def resolved_pair(first: Reply, now: Reply) -> tuple[float, float]:
    """Of the mentions that either reply had to take to mean something, the share each resolved; 1 where none had to.
    Asking back resolves nothing."""
    mentions = {one.mention for reply in (first, now) for one in reply.assumptions}
    if not mentions and Decision.ASK not in (first.decision, now.decision):
        return 1.0, 1.0
    return _resolved(mentions, first), _resolved(mentions, now)


def _resolved(mentions: set[str], reply: Reply) -> float:
    if reply.decision is Decision.ASK:
        return 0.0
    return len({one.mention for one in reply.assumptions}) / len(mentions) if mentions else 1.0


def cited(reply: Reply) -> float:
    """The share of an answer's paragraphs and list items that carry a citation; 1 for a reply that claims nothing.

    Headings, code, tables, what is too short to claim anything, and what leads in to a list are left out.
    """
    if reply.decision in (Decision.ASK, Decision.DECLINE):
        return 1.0
    blocks = _BLOCK.split(_CODE.sub("", reply.text))
    claims = [
        one for one in blocks if len(one.split()) >= 5 and one.lstrip()[0] not in "#|" and one.rstrip()[-1] != ":"
    ]
    return mean(1.0 if _MARKER.search(one) else 0.0 for one in claims) if claims else 1.0


def measure_lift(exchanges: Iterable[Exchange], feedback: Iterable[Feedback], *, people: int = 1) -> Lift | None:
    """Satisfaction with the self-model minus without it (Welch's interval, 90 %); None with too few answers, or too few
    people, on either side."""
    held = {one.id: one.held_back for one in exchanges}
    rated = [one for one in latest(feedback) if one.exchange in held]
    sides = [[one for one in rated if held[one.exchange] == is_held] for is_held in (False, True)]
    if any(len(side) < ENOUGH or len({one.member for one in side}) < people for side in sides):
        return None
    with_model, without = ([one.satisfaction for one in side] for side in sides)
    parts = [_square_error(side) for side in (with_model, without)]
    error = sum(parts)
    freedom = error**2 / sum(p**2 / (len(s) - 1) for p, s in zip(parts, (with_model, without), strict=True))
    difference = mean(with_model) - mean(without)
    half = margin(sqrt(error), freedom)
    return Lift(
        difference=round(difference, 3),
        low=round(difference - half, 3),
        high=round(difference + half, 3),
        with_model=len(with_model),
        held_back=len(without),
    )


def _square_error(values: Sequence[float]) -> float:
    """The squared standard error of a mean; never quite 0, so that equal ratings do not claim certainty."""
    centre = mean(values)
    spread = sum((value - centre) ** 2 for value in values) + 0.25
    return spread / (len(values) - 1) / len(values)


def _mean_pair(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return round(mean(pair[0] for pair in pairs), 4), round(mean(pair[1] for pair in pairs), 4)
