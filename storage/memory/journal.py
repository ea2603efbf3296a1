"""The journal in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from bot.operations.model import Cost
from bot.pilot.model import Feedback
from bot.ports import Effects
from bot.trust.model import AuditEntry, Review
from bot.trust.retention import without_words
from bot.turn import Exchange, Member, Place
from storage.memory.inbox import MemoryInbox
from storage.memory.outbox import MemoryOutbox
from storage.memory.reviews import close_reviews, open_reviews


class Dated(Protocol):
    """Something that happened at a moment."""

    @property
    def at(self) -> datetime: ...


Record = TypeVar("Record", bound=Dated)


class MemoryJournal:
    """What happened: exchanges, feedback, audit, cost, reviews."""

    def __init__(self, inbox: MemoryInbox, outbox: MemoryOutbox) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._exchanges: dict[tuple[str, str], Exchange] = {}
        self._feedback: dict[tuple[str, str], Feedback] = {}
        self._costs: dict[tuple[str, str], Cost] = {}
        self._audit: list[AuditEntry] = []

    async def commit(self, effects: Effects) -> None:
        if effects.done:
            self._inbox.mark_done(effects.done)  # may refuse; nothing is written before it
        if effects.exchange:
            exchange = effects.exchange
            self._exchanges[exchange.turn.place.workspace, exchange.id] = exchange
        self._feedback |= {(one.member.workspace, one.id): one for one in effects.feedback}
        self._costs |= {(one.member.workspace, one.id): one for one in effects.costs}
        open_reviews(self._inbox.reviews, effects.reviews)
        close_reviews(self._inbox.reviews, effects.closed)
        self._audit.extend(effects.audit)
        for outgoing in effects.outgoing:
            self._outbox.insert(outgoing)

    async def exchange(self, workspace: str, id: str) -> Exchange | None:
        return self._exchanges.get((workspace, id))

    async def exchanges(
        self, workspace: str, since: datetime, until: datetime, member: Member | None = None
    ) -> tuple[Exchange, ...]:
        found = (one for key, one in sorted(self._exchanges.items(), key=_by_key) if key[0] == workspace)
        return _between((one for one in found if member in (None, one.asker)), since, until)

    async def last_in(self, place: Place, limit: int) -> tuple[Exchange, ...]:
        there = [one for one in self._exchanges.values() if one.turn.place == place]
        return tuple(sorted(there, key=lambda one: (one.at, one.id))[-limit:]) if limit > 0 else ()

    async def last_by(
        self, member: Member, channel: str, span: tuple[datetime, datetime], limit: int
    ) -> tuple[Exchange, ...]:
        theirs = await self.exchanges(member.workspace, *span, member)
        return tuple(one for one in theirs if one.turn.place.channel == channel)[-limit:] if limit > 0 else ()

    async def feedback(self, workspace: str, since: datetime, until: datetime) -> tuple[Feedback, ...]:
        found = (one for key, one in sorted(self._feedback.items(), key=_by_key) if key[0] == workspace)
        return _between(found, since, until)

    async def costs(self, workspace: str, since: datetime, until: datetime) -> tuple[Cost, ...]:
        found = (one for key, one in sorted(self._costs.items(), key=_by_key) if key[0] == workspace)
        return _between(found, since, until)

    async def audit(self, workspace: str, since: datetime, until: datetime) -> tuple[AuditEntry, ...]:
        return _between((one for one in self._audit if one.workspace == workspace), since, until)

    async def drop_before(self, workspace: str, until: datetime) -> Mapping[str, int]:
        kept = {key: one for key, one in self._feedback.items() if key[0] != workspace or one.at >= until}
        audit = [one for one in self._audit if one.workspace != workspace or one.at >= until]
        counts = {"feedback": len(self._feedback) - len(kept), "audit": len(self._audit) - len(audit)}
        self._feedback, self._audit = kept, audit
        return counts

    async def reviews(self, workspace: str) -> tuple[Review, ...]:
        open_ones = (one for one in self._inbox.reviews.values() if one.workspace == workspace and not one.resolved)
        return tuple(sorted(open_ones, key=lambda one: (one.at, one.id)))

    async def review(self, workspace: str, id: str) -> Review | None:
        return self._inbox.reviews.get((workspace, id))

    def wipe_words(self, member: Member) -> None:
        """Take the words out of a member's exchanges, and drop what was still to be learned from them."""
        self._inbox.erase(member)
        for key, exchange in self._exchanges.items():
            if exchange.asker == member:
                self._exchanges[key] = without_words(exchange)


def _by_key(item: tuple[tuple[str, str], object]) -> tuple[str, str]:
    return item[0]


def _between(records: Iterable[Record], since: datetime, until: datetime) -> tuple[Record, ...]:
    return tuple(sorted((one for one in records if since <= one.at < until), key=lambda one: one.at))
