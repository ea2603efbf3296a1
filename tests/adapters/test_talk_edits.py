"""What a message taught follows its words: edited away or deleted, it is believed no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from adapters.did import Deleted, Did, Edited, Heard
from adapters.talk import handle
from bot.flows.means import Means
from bot.ports import Event, Stores
from bot.trust.model import Consent
from bot.turn import Member, Message, Place, audience_at
from storage.memory import open_memory

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANA = Member("T1", "U1")
PLACE = Place("T1", "C1", "1.0")


def heard(text: str, at: datetime = AT, author: Member = ANA) -> Heard:
    message = Message(id="C1:1.0", author=author, text=text, at=at)
    return Heard(message=message, place=PLACE, audience=audience_at(PLACE, author, alone=False), mentioned=False)


async def do(stores: Stores, did: Did, number: int) -> None:
    event = Event(platform="slack", id=str(number), workspace="T1", conversation="C1", body={}, received_at=AT)
    await stores.inbox.receive(event)
    lease = await stores.inbox.lease("w", 60)
    assert lease
    await handle(Means(stores=stores), "slack", did, lease, lambda: AT + timedelta(minutes=number))


async def roles(stores: Stores) -> set[str]:
    return {one.value for one in (await stores.self_models.load(ANA)).beliefs if one.address == "role"}


async def opened() -> Stores:
    stores = open_memory()
    await stores.consents.save(Consent(member=ANA, modelling=True, at=AT))
    await do(stores, heard("I'm a data engineer here."), 1)
    assert await roles(stores) == {"data engineer"}
    return stores


async def test_what_a_deleted_message_taught_is_forgotten() -> None:
    stores = await opened()
    await do(stores, Deleted(member=ANA, message="C1:1.0"), 2)
    assert await roles(stores) == set()


async def test_what_an_edited_message_says_now_is_what_it_taught() -> None:
    stores = await opened()
    await do(stores, Edited(heard=heard("I'm a product manager here.", AT + timedelta(minutes=2))), 2)
    assert await roles(stores) == {"product manager"}


async def test_the_deletion_of_someone_elses_message_forgets_nothing_of_mine() -> None:
    stores = await opened()
    await do(stores, Deleted(member=Member("T1", "U2"), message="C1:1.0"), 2)
    assert await roles(stores) == {"data engineer"}


async def test_an_erasure_by_edit_or_deletion_is_in_the_audit() -> None:
    stores = await opened()
    await do(stores, Deleted(member=ANA, message="C1:1.0"), 2)
    kinds = [one.kind for one in await stores.journal.audit("T1", AT, AT + timedelta(days=1))]
    assert kinds == ["learned", "erased"]


async def test_an_edited_command_is_not_carried_out_twice() -> None:
    stores = await opened()
    direct = Place("T1", "D1", "2.0")

    def said(text: str, at: datetime) -> Heard:
        message = Message(id="D1:2.0", author=ANA, text=text, at=at, private=True)
        return Heard(message=message, place=direct, audience=audience_at(direct, ANA, alone=True), mentioned=True)

    await do(stores, said("pause", AT), 2)
    sending = await stores.outbox.next("w", 60)
    assert sending
    await stores.outbox.sent(sending.outgoing.key, "3.0")
    await do(stores, Edited(heard=said("forget everything", AT + timedelta(minutes=2))), 3)
    assert await roles(stores) == {"data engineer"}
