"""What the operator sees and does about what was given up."""

from __future__ import annotations

from datetime import timedelta

from storage_samples import AT, make_outgoing

from bot.ports import Effects, Event, Stores
from bot.turn import Place
from storage.queue import GivenUp, drop_done, list_given_up, try_again
from storage.sql import open_sql


def make_event(id: str, conversation: str = "C1") -> Event:
    return Event(
        platform="slack", id=id, workspace="W1", conversation=conversation, body={"text": "zebra"}, received_at=AT
    )


async def give_up_one_of_each(stores: Stores) -> None:
    await stores.inbox.receive(make_event("e1"))
    for _ in range(5):
        lease = await stores.inbox.lease("worker", 60)
        assert lease is not None
        await stores.inbox.release(lease, "no model", 0.0)
    await stores.journal.commit(Effects(outgoing=(make_outgoing("k1"), make_outgoing("k2", Place("W1", "C2")))))
    for lapses in (True, False):
        for _ in range(2):
            await stores.outbox.next("worker", -1.0 if lapses else 60.0)
    await stores.outbox.failed("k1", "channel_not_found", None)
    await stores.outbox.sent("k2", "1")


async def test_what_was_given_up_is_listed_with_its_reason(url: str) -> None:
    async with open_sql(url) as stores:
        await give_up_one_of_each(stores)
    event = GivenUp(box="in", workspace="W1", platform="slack", id="e1", attempts=5, error="no model")
    message = GivenUp(
        box="out",
        workspace="W1",
        platform="slack",
        id="k1",
        attempts=2,
        error="channel_not_found",
        uncertain=True,
    )
    assert await list_given_up(url) == (event, message)


async def test_what_is_tried_again_comes_out_as_at_first(url: str) -> None:
    async with open_sql(url) as stores:
        await give_up_one_of_each(stores)
        assert await stores.inbox.lease("worker", 60) is None
        assert await try_again(url) == 2
        lease = await stores.inbox.lease("worker", 60)
        assert lease is not None
        assert (lease.event, lease.attempt) == (make_event("e1"), 1)
        sending = await stores.outbox.next("worker", 60)
        assert sending is not None
        assert (sending.outgoing, sending.uncertain) == (make_outgoing("k1"), True)
        assert await list_given_up(url) == ()


async def test_only_the_named_are_tried_again(url: str) -> None:
    async with open_sql(url) as stores:
        await give_up_one_of_each(stores)
        assert await try_again(url, frozenset({"k1", "unknown"})) == 1
        assert [one.id for one in await list_given_up(url)] == ["e1"]
        assert await stores.inbox.lease("worker", 60) is None


async def test_only_what_is_done_and_old_is_dropped(url: str) -> None:
    async with open_sql(url) as stores:
        await give_up_one_of_each(stores)
        await stores.inbox.receive(make_event("done", "C3"))
        lease = await stores.inbox.lease("worker", 60)
        assert lease is not None
        await stores.inbox.finish(lease)
        await stores.inbox.receive(make_event("waiting", "C4"))
        assert await drop_done(url, AT) == 0
        assert await drop_done(url, AT + timedelta(days=1)) == 1
        assert await stores.inbox.depths() == {"waiting": 1, "leased": 0, "done": 0, "dead": 1}
        assert await stores.inbox.receive(make_event("after", "C3"))
        assert await stores.outbox.message("k2") == "1"


async def test_what_is_unknown_is_tried_again_only_where_that_is_said(url: str) -> None:
    async with open_sql(url) as stores:
        await stores.journal.commit(Effects(outgoing=(make_outgoing("k1"),)))
        await stores.outbox.next("worker", 60)
        await stores.outbox.failed("k1", "no answer", None, uncertain=True)
        assert [(one.id, one.uncertain) for one in await list_given_up(url)] == [("k1", True)]
        assert await try_again(url) == 0
        assert await try_again(url, unknown=True) == 1
        sending = await stores.outbox.next("worker", 60)
        assert sending is not None
        assert (sending.attempt, sending.uncertain) == (1, True)
