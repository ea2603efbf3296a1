"""A word on an answer that comes while the answer is still being sent: it is kept, and counts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.did import Did, Rated, Reacted
from adapters.talk import SETTLED, handle
from bot.flows.means import Means
from bot.flows.work import work_next
from bot.ports import Effects, Event, Lease, Outgoing, Stores
from bot.turn import Decision, Exchange, Member, Message, Place, Reply, Turn, audience_at
from storage.memory import open_memory

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANA = Member("T1", "U1")
PLACE = Place("T1", "C1", "1.0")
THUMB = Rated(member=ANA, place=Place("T1", "C1"), up=True, message="2.0")
EMOJI = Reacted(member=ANA, place=Place("T1", "C1"), message="2.0", name="thumbsup")


class Clock:
    """Seconds that pass when told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


async def answer_on_its_way(clock: Clock) -> Stores:
    """An answer that somebody has in hand."""
    stores = open_memory(clock)
    turn = Turn(
        message=Message(id="C1:1.0", author=ANA, text="how long?", at=AT),
        place=PLACE,
        audience=audience_at(PLACE, ANA, alone=False),
    )
    reply = Reply(decision=Decision.ANSWER, text="14 days", confidence=0.9)
    exchange = Exchange(id="C1:1.0", turn=turn, enriched="how long?", reply=reply, at=AT)
    outgoing = Outgoing(key="reply/C1:1.0", platform="p", place=PLACE, content=reply, exchange=exchange.id)
    await stores.journal.commit(Effects(exchange=exchange, outgoing=(outgoing,)))
    assert await stores.outbox.next("sender", 60)
    return stores


async def work(stores: Stores, did: Did) -> bool:
    """Work on what is due."""

    async def handle_it(lease: Lease) -> None:
        await handle(Means(stores=stores), "p", did, lease, lambda: AT)

    return await work_next(stores, handle_it, "worker", lambda: AT)


async def receive(stores: Stores) -> None:
    await stores.inbox.receive(
        Event(platform="p", id="vote", workspace="T1", conversation="C1", body={}, received_at=AT)
    )


async def votes(stores: Stores) -> list[str]:
    return [one.exchange for one in await stores.journal.feedback("T1", AT, AT.replace(hour=10))]


@pytest.mark.parametrize("did", [THUMB, EMOJI])
async def test_a_word_that_comes_too_early_counts_once_the_answer_is_known(did: Did) -> None:
    clock = Clock()
    stores = await answer_on_its_way(clock)
    await receive(stores)
    assert await work(stores, did)
    assert (await stores.inbox.depths())["waiting"] == 1
    await stores.outbox.sent("reply/C1:1.0", "2.0")
    assert not await work(stores, did)  # not before its time
    clock.now += 2.0
    assert await work(stores, did)
    assert await votes(stores) == ["C1:1.0"]
    assert (await stores.inbox.depths())["done"] == 1


@pytest.mark.parametrize("did", [THUMB, EMOJI])
async def test_a_word_on_what_is_not_ours_is_let_go_however_busy_the_channel(did: Did) -> None:
    clock = Clock()
    stores = await answer_on_its_way(clock)
    await receive(stores)
    for _ in range(SETTLED):
        assert await work(stores, did)
        clock.now += 60.0
    assert (await stores.inbox.depths())["done"] == 1
    assert await votes(stores) == []
