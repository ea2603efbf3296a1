"""Feedback: what a person's next words, a reaction or a button say of a reply.

`judge` weighs the signs found by `signals` with weights fitted in `training/feedback.py`; complaints that people make
at work ("too generic", "tl;dr please") hold by rule, since the fitted data has few of them. What is judged is the
reply, never the person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from math import exp
from typing import Final

from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource
from bot.pilot.signals import (
    asks_of_the_world,
    asks_the_same,
    contradicts,
    find_complaints,
    find_signs,
    is_asked_again,
    is_flatly_wrong,
    is_praise,
    repeats,
)
from bot.turn import Member, Said

NEUTRAL: Final = 3.5  # neither praise nor complaint: answers that pass without a word are mostly fine
PRAISED: Final = 4.6
COMPLAINED: Final = 1.6
TELLING: Final = 0.5  # from here on a judgement counts as a complaint
IMPLICIT_WEIGHT: Final = 0.5  # an implied sign tells half as much as a vote

# How sure a plain complaint makes us by itself; where a kind is missing, only the fitted weights speak.
BY_RULE: Final[Mapping[str, float]] = {
    "too_basic": 0.85,
    "too_deep": 0.8,
    "not_specific": 0.8,
    "slow": 0.75,
    "other": 0.65,
}
FLATLY_WRONG: Final = 0.8
ASKED_AGAIN: Final = 0.6
SAID_BEFORE: Final = 0.6  # share of a message's content said before, from which it says the same again

# Emoji by Slack's and Teams' names: (satisfaction, kind).
REACTIONS: Final[Mapping[str, tuple[float, FeedbackKind]]] = {
    **dict.fromkeys(("+1", "thumbsup", "like", "heart", "100", "tada", "raised_hands"), (4.6, FeedbackKind.NONE)),
    **dict.fromkeys(
        ("white_check_mark", "clap", "pray", "star", "rocket", "fire", "ok_hand"), (4.4, FeedbackKind.NONE)
    ),
    **dict.fromkeys(("-1", "thumbsdown", "x", "angry", "rage", "no_entry"), (1.6, FeedbackKind.OTHER)),
    **dict.fromkeys(("confused", "thinking_face", "face_with_raised_eyebrow", "sad"), (2.4, FeedbackKind.OTHER)),
    **dict.fromkeys(("sleeping", "yawning_face", "baby"), (2.2, FeedbackKind.TOO_BASIC)),
    **dict.fromkeys(("exploding_head", "dizzy_face"), (2.4, FeedbackKind.TOO_DEEP)),
    **dict.fromkeys(("hourglass", "snail", "turtle"), (2.4, FeedbackKind.SLOW)),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What was made of someone's words: how likely (0-1) they are dissatisfied, with what, and 1-5 in one number."""

    dissatisfied: float
    kind: FeedbackKind
    satisfaction: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted weights: sign -> weight on the log-odds of dissatisfaction."""

    intercept: float
    signs: Mapping[str, float]


@cache
def load_weights() -> Weights:
    """The bundled weights."""
    held = json.loads(resources.files("bot.pilot").joinpath("weights/feedback.json").read_text(encoding="utf-8"))
    return Weights(intercept=held["intercept"], signs=held["signs"])


def judge(history: Sequence[Said], text: str | None, weights: Weights | None = None) -> Judged:
    """What `text`, said after `history` (which ends with the reply), says of that reply.

    With `text` None the history alone speaks: only whether the last question repeated an earlier one.
    """
    if text is None:
        return judge_silence(history)
    if not text.strip():
        return Judged(0.0, FeedbackKind.NONE, NEUTRAL)
    complaints = find_complaints(text)
    likely = weigh(find_signs(history, text), weights or load_weights())
    likely = max(likely, hold_by_rule(history, text, complaints))
    kind = find_kind(history, text, complaints) if likely >= TELLING else FeedbackKind.NONE
    best = PRAISED if is_praise(text) else NEUTRAL
    return Judged(round(likely, 4), kind, round(best - likely * (best - COMPLAINED), 3))


def hold_by_rule(history: Sequence[Said], text: str, complaints: Sequence[str]) -> float:
    """How sure plain complaints, or the same question again, make us by themselves."""
    if asks_the_same(history, text):
        return ASKED_AGAIN
    if is_flatly_wrong(text):
        return FLATLY_WRONG
    if is_asked_again(text):
        return ASKED_AGAIN
    if not complaints or asks_of_the_world(text):
        return 0.0
    return max(BY_RULE.get(kind, 0.0) for kind in complaints)


def judge_silence(history: Sequence[Said]) -> Judged:
    """A reply that nobody has answered yet: asking the same twice in a row tells a little, else nothing does."""
    asked = [said for said in history if not said.by_bot]
    again = bool(asked) and asks_the_same(asked[:-1], asked[-1].text)
    likely = 0.4 if again else 0.1
    return Judged(likely, FeedbackKind.NONE, round(NEUTRAL - likely, 3))


def weigh(signs: Mapping[str, float], weights: Weights) -> float:
    """The probability of dissatisfaction, from signs and weights."""
    total = weights.intercept + sum(value * weights.signs.get(sign, 0.0) for sign, value in signs.items())
    return 1 / (1 + exp(-total))


def find_kind(history: Sequence[Said], text: str, complaints: Sequence[str]) -> FeedbackKind:
    """What a complaint is about: the same question again; what the words say; a contradiction; the same thing said
    again; else a reply beside the point."""
    if asks_the_same(history, text):
        return FeedbackKind.REPEATED
    if complaints:
        return FeedbackKind(complaints[0])
    if contradicts(history, text):
        return FeedbackKind.WRONG
    return FeedbackKind.REPEATED if repeats(history, text) >= SAID_BEFORE else FeedbackKind.IGNORED_QUESTION


def from_reaction(name: str) -> Judged | None:
    """What an emoji on a reply says; None where it says nothing about the reply (eyes, laughing …)."""
    plain = name.strip(":").lower().split("::")[0]
    if plain not in REACTIONS:
        return None
    satisfaction, kind = REACTIONS[plain]
    dissatisfied = 0.9 if satisfaction < 2 else 0.6 if satisfaction < 3 else 0.02
    return Judged(dissatisfied, kind, satisfaction)


def imply(judged: Judged, *, message: str, exchange: str, member: Member, at: datetime) -> Feedback | None:
    """The record of what the next words said of a reply; None where they said nothing either way."""
    correction = judged.kind is FeedbackKind.WRONG
    if judged.dissatisfied < TELLING and judged.satisfaction <= NEUTRAL:
        return None
    return Feedback(
        id=f"{message}:implied",
        exchange=exchange,
        member=member,
        at=at,
        source=FeedbackSource.CORRECTION if correction else FeedbackSource.IMPLICIT,
        kind=judged.kind,
        satisfaction=judged.satisfaction,
        weight=IMPLICIT_WEIGHT * max(judged.dissatisfied, 1 - judged.dissatisfied),
    )


def latest(feedback: Iterable[Feedback]) -> tuple[Feedback, ...]:
    """The latest word per exchange, member and source, oldest first: a changed vote replaces the earlier one."""
    kept: dict[tuple[str, Member, FeedbackSource], Feedback] = {}
    for one in sorted(feedback, key=lambda word: (word.at, word.id)):
        kept[one.exchange, one.member, one.source] = one
    return tuple(sorted(kept.values(), key=lambda word: (word.at, word.id)))
