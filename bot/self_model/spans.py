"""Runs of words in a message that the learned reader found: the sentence around them, and what they state."""

from __future__ import annotations

from bot.self_model.model import Observation, Source
from bot.self_model.sensitive import is_sensitive
from bot.turn import Message

SENTENCE_ENDS = ".!?\n"


def sentence_around(own: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that words stand in begins and ends."""
    first = max(own.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    first += len(own[first:start]) - len(own[first:start].lstrip())
    return first, min((place for mark in SENTENCE_ENDS if (place := own.find(mark, end)) >= 0), default=len(own))


def may_keep(own: str, start: int, end: int, *, whole: bool = False) -> bool:
    """Whether words stand on one line, and their sentence up to them, or the `whole` of it, touches nothing that is
    never kept."""
    first, last = sentence_around(own, start, end)
    return "\n" not in own[start:end] and not is_sensitive(own[first : last if whole else end])


def observe_span(
    message: Message, start: int, end: int, *, address: str, value: str, weight: float, ends: bool = False
) -> Observation:
    """What the words there state, as an observation."""
    return Observation(
        address=address,
        value=value,
        weight=weight,
        source=Source.STATED,
        quote=message.text[start:end],
        message=message.id,
        at=message.at,
        permalink=message.permalink,
        private=message.private,
        ends=ends,
    )
