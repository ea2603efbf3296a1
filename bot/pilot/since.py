"""What was changed since someone complained of an answer, where the records show it: told to that person, once.

Facts only: something since learned of them that the answer lacked and that later answers used; a correction of theirs
that is followed; another depth, and a better word on it; a document changed since that answers the question now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.pilot.alerts import ASKED_FOR
from bot.pilot.feedback import NEUTRAL
from bot.pilot.model import Feedback, FeedbackKind
from bot.pilot.say import count, say_all, say_date, say_times
from bot.self_model.model import SelfModel, Source
from bot.turn import Decision, Exchange, Reply

LONGEST: Final = 120  # characters of their own question that are said back
MOST_VALUES: Final = 3
DEPTHS: Final = frozenset({FeedbackKind.TOO_BASIC, FeedbackKind.TOO_DEEP})
OF_DOCUMENTS: Final = frozenset(
    {FeedbackKind.WRONG, FeedbackKind.IGNORED_QUESTION, FeedbackKind.REPEATED, FeedbackKind.NOT_SPECIFIC}
)
KNOWN: Final = {
    "project": "what you are working on",
    "tool": "which systems you run",
    "goal": "what you want from this",
    "role": "what your role is",
}
SAID: Final = {
    FeedbackKind.TOO_BASIC: "was too basic",
    FeedbackKind.TOO_DEEP: "was too deep",
    FeedbackKind.NOT_SPECIFIC: "was too generic",
    FeedbackKind.WRONG: "was wrong",
    FeedbackKind.IGNORED_QUESTION: "was not what you asked",
    FeedbackKind.REPEATED: "did not do, so that you had to ask again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Complained:
    """A complaint with what came after it: the answer it was about, the person's later answers, their later feedback,
    and their self-model as of then and as of now."""

    complaint: Feedback
    exchange: Exchange
    later: Sequence[Exchange]
    said: Sequence[Feedback]
    then: SelfModel
    now: SelfModel


@dataclass(frozen=True, slots=True)
class Renewed:
    """The same question answered today: the reply, and when the documents it cites were last changed, by title."""

    reply: Reply
    updated: Mapping[str, datetime]


def is_open(complaint: Feedback) -> bool:
    """Whether it is a complaint of a kind that something can be done about."""
    return complaint.satisfaction < NEUTRAL and complaint.kind in SAID


def tell_change(case: Complained, renewed: Renewed | None) -> str:
    """What changed since, in words to the person themself; "" where nothing is known to have."""
    kind = case.complaint.kind
    change = ""
    if kind is FeedbackKind.NOT_SPECIFIC:
        change = tell_learned(case)
    elif kind in DEPTHS:
        change = tell_depth(case)
    elif kind is FeedbackKind.WRONG:
        change = tell_corrected(case)
    if not change and renewed and kind in OF_DOCUMENTS:
        change = tell_documents(case, renewed)
    return f"{quote(case)} {change}" if change else ""


def quote(case: Complained) -> str:
    """What they said, and of which answer."""
    asked = " ".join(case.exchange.turn.message.text.split())
    shown = asked if len(asked) <= LONGEST else asked[: LONGEST - 1] + "…"
    on = say_date(case.exchange.at.date())
    return f"On {on} you said that an answer {SAID[case.complaint.kind]} (“{shown}”)."


def tell_learned(case: Complained) -> str:
    """A kind of thing that was not known then, is now, and was used since."""
    for kind in ASKED_FOR:
        if any(one.kind == kind for one in case.then.beliefs):
            continue
        known = [one for one in case.now.beliefs if one.kind == kind and one.usable]
        used = sum(any(one.address in reply.beliefs_used for one in known) for reply in map(reply_of, case.later))
        if known and used:
            values = say_all([one.value for one in known[:MOST_VALUES]])
            return f"Since then I know {KNOWN[kind]} ({values}), and have used it in {count(used, 'answer')}."
    return ""


def tell_depth(case: Complained) -> str:
    """Another depth than then in most answers since, and a better word on one of them."""
    before, deeper = case.exchange.reply.depth, case.complaint.kind is FeedbackKind.TOO_BASIC
    since = [one for one in case.later if is_answer(one.reply)]
    moved = [one for one in since if one.reply.depth != before and (one.reply.depth.rank > before.rank) == deeper]
    ids = {one.id for one in moved}
    rated = [one for one in case.said if one.exchange in ids]
    fine = len({one.exchange for one in rated if one.satisfaction >= NEUTRAL})
    again = any(one.kind is case.complaint.kind for one in case.said)
    if len(moved) * 2 <= len(since) or not fine or again:
        return ""
    depth = moved[-1].reply.depth.value
    how = "deeper" if deeper else "more simply"
    answers = f"{len(moved)} of {count(len(since), 'answer')}"
    return (
        f"Since then I have answered you {how} ({depth} rather than {before.value}) in {answers}, and you were content "
        f"with it {say_times(fine)}."
    )


def tell_corrected(case: Complained) -> str:
    """Something about the person that the answer used, that they put right since, and that was used since."""
    used = case.exchange.reply.beliefs_used
    at = case.complaint.at
    right = {one.address for one in case.now.observations if one.source is Source.CORRECTION and one.at >= at}
    held = [one for one in case.now.beliefs if one.address in used and one.address in right]
    followed = sum(any(one.address in reply.beliefs_used for one in held) for reply in map(reply_of, case.later))
    if not held or not followed:
        return ""
    values = say_all([one.value for one in held[:MOST_VALUES]])
    return f"Since then I follow what you put right ({values}), so far in {count(followed, 'answer')}."


def tell_documents(case: Complained, renewed: Renewed) -> str:
    """A document changed since on which the answer of today rests."""
    changed = sorted(title for title, at in renewed.updated.items() if at > case.complaint.at)
    if not changed or not is_answer(renewed.reply):
        return ""
    names = say_all([f"“{one}”" for one in changed[:MOST_VALUES]])
    were = "has" if len(changed[:MOST_VALUES]) == 1 else "have"
    now = "answered from it" if is_answer(case.exchange.reply) else "answered, which it could not be then"
    return f"Since then {names} {were} been changed or added, and the question is now {now}. Ask me again to see it."


def is_answer(reply: Reply) -> bool:
    return reply.decision in (Decision.ANSWER, Decision.HEDGE)


def reply_of(exchange: Exchange) -> Reply:
    return exchange.reply
