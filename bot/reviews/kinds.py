"""What comes up for review, and how each kind is told: what happened, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.trust.model import Review

FALLBACK, WRONG, NOT_HANDLED, DROPPED = "fallback", "called wrong", "not handled", "events dropped by Slack"
LONGEST_SAMPLE: Final = 300  # characters kept of why


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What happened, in a few words; how it is counted, one and several; what it means, and what to do about it."""

    title: str
    counted: tuple[str, str]
    why: str = ""
    step: str = ""


KINDS: Final = {  # most urgent first
    DROPPED: Kind(
        title="Slack dropped events",
        counted=("time that Slack dropped events", "times that Slack dropped events"),
        step="Let people know that what they asked meanwhile has to be asked again.",
    ),
    NOT_HANDLED: Kind(
        title="A message could not be handled",
        counted=("message that could not be handled", "messages that could not be handled"),
        step="Whoever runs the bot sees it with `daytwo queue`, and has it tried again with `daytwo queue --retry`.",
    ),
    WRONG: Kind(
        title="An answer was called wrong",
        counted=("answer called wrong", "answers called wrong"),
        why="Somebody marked it as wrong or out of date, or said so.",
        step="Compare it with its sources, and put the document right where it is wrong, old or unclear.",
    ),
    FALLBACK: Kind(
        title="An answer was written without the model",
        counted=("answer written without the model", "answers written without the model"),
        step="See whether the answer serves. Where this goes on, look at the model's key, its limits and the budget.",
    ),
}


def kind_of(review: Review) -> Kind:
    """How its kind is told; one that is not known by its own name."""
    return KINDS.get(review.kind) or Kind(title=review.kind.capitalize(), counted=(review.kind, review.kind))


def urgency(review: Review) -> tuple[int, datetime, str]:
    """What sorts the most urgent first, and of one kind the oldest."""
    kinds = list(KINDS)
    return kinds.index(review.kind) if review.kind in KINDS else len(kinds), review.at, review.id


def of_event(platform: str, event: str, workspace: str, why: str, at: datetime) -> Review:
    """An event that could not be handled: which and why, not its words."""
    name, why = f"event/{platform}/{event}", why[:LONGEST_SAMPLE]
    return Review(id=name, workspace=workspace, kind=NOT_HANDLED, sample=why, at=at)


def of_fallback(workspace: str, exchange: str, why: str, at: datetime) -> Review:
    """An answer that the model should have written and the offline engine wrote."""
    name, why = f"fallback/{exchange}", why[:LONGEST_SAMPLE]
    return Review(id=name, workspace=workspace, kind=FALLBACK, sample=why, at=at, exchange=exchange)


def of_wrong(workspace: str, exchange: str, at: datetime) -> Review:
    """An answer that somebody called wrong."""
    return Review(id=f"wrong/{exchange}", workspace=workspace, kind=WRONG, sample="", at=at, exchange=exchange)
