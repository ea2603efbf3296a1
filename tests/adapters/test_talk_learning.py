"""A message is learned from by a lease of its own, after its answer and before the next: no kill loses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.did import Deleted, Did, Heard
from adapters.talk import handle
from bot.errors import Superseded, Unavailable
from bot.flows.means import Means
from bot.flows.work import work_next
from bot.ports import Effects, Event, Lease, Stores
from bot.trust.model import AuditKind, Consent
from bot.turn import Member, Message, Place, audience_at
from storage.memory import open_memory

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANA = Member("T1", "U1")
PLACE = Place("T1", "C1", "1.0")
TOLD = "I'm a data engineer here. How long is the retention of messages?"


def heard(stamp: str, text: str = TOLD) -> Heard:
    message = Message(id=f"C1:{stamp}", author=ANA, text=text, at=AT)
    return Heard(message=message, place=PLACE, audience=audience_at(PLACE, ANA, alone=False), mentioned=True)


class Office:
    """Stores with a consent, what was received, and a worker."""

    def __init__(self) -> None:
        self.stores = open_memory()
        self.did: dict[str, Did] = {}

    async def receive(self, *did: Did) -> None:
        await self.stores.consents.save(Consent(member=ANA, modelling=True, at=AT))
        for one in did:
            name = str(len(self.did))
            self.did[name] = one
            event = Event(platform="slack", id=name, workspace="T1", conversation="C1", body={}, received_at=AT)
            await self.stores.inbox.receive(event)

    async def work(self, stores: Stores | None = None) -> bool:
        """Handle the next event."""
        means = Means(stores=stores or self.stores)

        async def handle_it(lease: Lease) -> None:
            await handle(means, "slack", self.did[lease.event.id], lease, lambda: AT + timedelta(minutes=1))

        return await work_next(means.stores, handle_it, "worker", lambda: AT)

    async def roles(self) -> set[str]:
        return {one.value for one in (await self.stores.self_models.load(ANA)).beliefs if one.address == "role"}

    async def audit(self) -> list[AuditKind]:
        return [one.kind for one in await self.stores.journal.audit("T1", AT, AT + timedelta(days=1))]


async def test_what_a_message_teaches_is_learned_after_its_answer_and_before_the_next() -> None:
    office = Office()
    await office.receive(heard("1.0"), heard("1.1", "And how long at the longest?"))
    assert await office.work()
    assert await office.stores.journal.exchange("T1", "C1:1.0")
    assert await office.roles() == set()
    assert await office.work()
    assert await office.roles() == {"data engineer"}
    assert await office.stores.journal.exchange("T1", "C1:1.1") is None
    while await office.work():
        pass
    assert await office.stores.journal.exchange("T1", "C1:1.1")
    assert (await office.stores.inbox.depths())["done"] == 2


async def test_a_worker_that_dies_between_an_answer_and_its_learning_loses_nothing() -> None:
    office = Office()
    await office.receive(heard("1.0"))
    await office.work()
    dead = await office.stores.inbox.lease("worker that dies", -1.0)
    assert dead
    assert dead.answered
    while await office.work():
        pass
    assert await office.roles() == {"data engineer"}
    assert await office.audit() == [AuditKind.ANSWERED, AuditKind.LEARNED]
    with pytest.raises(Superseded):
        await office.stores.inbox.finish(dead)


class Dying:
    """A journal whose database is gone for one commit."""

    def __init__(self, journal: Any) -> None:
        self._journal, self._dies = journal, True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)

    async def commit(self, effects: Effects) -> None:
        if self._dies:
            self._dies = False
            raise Unavailable
        await self._journal.commit(effects)


@pytest.mark.parametrize("mentioned", [True, False])
async def test_what_was_saved_before_the_worker_died_is_recorded_once(
    mentioned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.flows.work.RETRY_SECONDS", (0.0,))
    office = Office()
    await office.receive(replace(heard("1.0"), mentioned=mentioned))
    if mentioned:
        await office.work()
    dying = replace(office.stores, journal=Dying(office.stores.journal))
    await office.work(dying)
    assert await office.roles() == {"data engineer"}  # saved, and not yet done with
    assert (await office.stores.inbox.depths())["waiting"] == 1
    await office.work(dying)
    assert (await office.stores.inbox.depths())["done"] == 1
    assert (await office.audit()).count(AuditKind.LEARNED) == 1


async def test_a_message_that_was_deleted_meanwhile_teaches_nothing() -> None:
    office = Office()
    await office.receive(heard("1.0"))
    await office.work()
    await office.receive(Deleted(member=ANA, message="C1:1.0"))
    for _ in range(2):
        await office.work()
    assert await office.roles() == set()


async def test_what_cannot_be_learned_from_is_set_aside_and_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("bot.flows.converse.absorb", fail)
    office = Office()
    await office.receive(heard("1.0"), heard("1.1", "And how long at the longest?"))
    for _ in range(3):
        await office.work()
    assert await office.stores.journal.exchange("T1", "C1:1.1")
    reviews = await office.stores.journal.reviews("T1")
    assert [(one.kind, one.sample) for one in reviews] == [("not handled", "RuntimeError: a fault of ours")]
