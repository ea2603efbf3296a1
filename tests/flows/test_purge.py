"""Words go when their time is up; that there was an exchange, and how it ended, stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.flows.purge import purge
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource
from bot.ports import Effects, Stores
from bot.trust.model import AuditEntry, AuditKind
from bot.turn import Audience, Decision, Exchange, Member, Message, Place, Reply, Said, Turn
from storage.memory import open_memory

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


async def open_with(*ages: int) -> Stores:
    """Stores with one exchange of each of these ages in days, its id being its age."""
    stores = open_memory()
    for age in ages:
        at = NOW - timedelta(days=age)
        message = Message(id=str(age), author=Member("acme", "a"), text="what is our billing plan", at=at)
        history = (Said("user", "billing, please"),)
        turn = Turn(message=message, place=Place("acme", "pilot"), audience=Audience(False), history=history)
        reply = Reply(decision=Decision.HEDGE, text="Perhaps this billing plan.", confidence=0.4)
        exchange = Exchange(id=str(age), turn=turn, enriched="billing plan", reply=reply, at=at)
        await stores.journal.commit(Effects(exchange=exchange))
    return stores


async def words_of(stores: Stores, id: str) -> str:
    return str(await stores.journal.exchange("acme", id))


async def test_words_beyond_their_age_are_wiped_and_the_rest_is_kept() -> None:
    stores = await open_with(29, 30, 31)
    assert await purge(stores.journal, "acme", 30, NOW) == 1
    assert "billing" not in await words_of(stores, "31")
    assert "billing" in await words_of(stores, "30")
    assert "billing" in await words_of(stores, "29")


async def test_that_it_took_place_and_how_it_was_decided_stays() -> None:
    stores = await open_with(31)
    await purge(stores.journal, "acme", 30, NOW)
    exchange = await stores.journal.exchange("acme", "31")
    assert exchange is not None
    assert exchange.reply.decision is Decision.HEDGE
    assert exchange.asker == Member("acme", "a")


async def test_a_purge_is_audited_once_and_repeating_it_does_nothing() -> None:
    stores = await open_with(31, 90)
    assert await purge(stores.journal, "acme", 30, NOW) == 2
    assert await purge(stores.journal, "acme", 30, NOW) == 0
    (entry,) = await stores.journal.audit("acme", NOW, NOW + timedelta(seconds=1))
    assert (entry.kind, entry.detail["exchanges"]) == (AuditKind.ERASED, 2)


async def test_feedback_and_audit_entries_of_that_age_go_too() -> None:
    stores = await open_with(10)
    for age in (29, 31):
        at, name = NOW - timedelta(days=age), str(age)
        said = Feedback(
            id=name,
            exchange=name,
            member=Member("acme", "a"),
            at=at,
            source=FeedbackSource.THUMBS,
            kind=FeedbackKind.WRONG,
            satisfaction=1.6,
        )
        entry = AuditEntry(workspace="acme", kind=AuditKind.ANSWERED, actor="daytwo", subject="a", at=at)
        await stores.journal.commit(Effects(feedback=(said,), audit=(entry,)))
    assert await purge(stores.journal, "acme", 30, NOW) == 2
    start = NOW - timedelta(days=90)
    assert [one.id for one in await stores.journal.feedback("acme", start, NOW)] == ["29"]
    kept = await stores.journal.audit("acme", start, NOW + timedelta(seconds=1))
    assert [one.kind for one in kept] == [AuditKind.ANSWERED, AuditKind.ERASED]
    assert (kept[1].detail["feedback"], kept[1].detail["audit"]) == (1, 1)
