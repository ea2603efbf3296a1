"""Someone's word on a reply: a thumb, an emoji, a button, or what their next message lets on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.pilot.feedback import Judged, from_reaction, imply, judge
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource
from bot.ports import Effects, Journal
from bot.reviews.kinds import of_wrong
from bot.trust.model import Review
from bot.turn import Exchange, Member, Said, Turn


async def rate_reaction(journal: Journal, exchange: Exchange, member: Member, name: str, at: datetime) -> None:
    """Record an emoji on a reply, where it says anything about the reply."""
    if judged := from_reaction(name):
        await record_vote(journal, exchange, member, judged, FeedbackSource.REACTION, at=at)


async def record_vote(
    journal: Journal, exchange: Exchange, member: Member, judged: Judged, source: FeedbackSource, *, at: datetime
) -> None:
    """Record an explicit word on a reply; a later one of the same person and source takes its place."""
    feedback = Feedback(
        id=f"{exchange.id}/{member.id}/{source}",
        exchange=exchange.id,
        member=member,
        at=at,
        source=source,
        kind=judged.kind,
        satisfaction=judged.satisfaction,
        private=exchange.turn.message.private,
    )
    await journal.commit(Effects(feedback=(feedback,), reviews=ask_to_look(exchange, judged.kind, at)))


async def rate_by_words(journal: Journal, previous: Exchange, turn: Turn) -> None:
    """Record what a person's next message says of the reply before it; only on a reply to themself."""
    if previous.asker != turn.asker:
        return
    history = (*previous.turn.history, Said("user", previous.turn.message.text), Said("agent", previous.reply.text))
    message = turn.message
    implied = imply(
        judge(history, message.text), message=message.id, exchange=previous.id, member=turn.asker, at=message.at
    )
    if implied:
        feedback = replace(implied, private=message.private)
        reviews = ask_to_look(previous, implied.kind, message.at)
        await journal.commit(Effects(feedback=(feedback,), reviews=reviews))


def ask_to_look(exchange: Exchange, kind: FeedbackKind, at: datetime) -> tuple[Review, ...]:
    """A review of an answer that was called wrong; of nothing else that is said of one."""
    wrong = kind is FeedbackKind.WRONG and exchange.asked
    return (of_wrong(exchange.turn.place.workspace, exchange.id, at),) if wrong else ()
