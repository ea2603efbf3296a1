"""What every inbox keeps to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from storage_samples import ANA, make_model, make_receipt

from bot.errors import Superseded
from bot.ports import Effects, Event, Lease, Stores

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LAPSED = -1.0  # a lease of this many seconds has lapsed at once


def make_event(id: str, conversation: str = "C1", workspace: str = "W1", person: str = "") -> Event:
    return Event(
        platform="slack",
        id=id,
        workspace=workspace,
        conversation=conversation,
        body={"text": "hello", "nested": {"n": [1, 2.5, None, "ü"]}},
        received_at=AT,
        person=person,
    )


async def take(stores: Stores, seconds: float = 60.0) -> Lease:
    lease = await stores.inbox.lease("worker", seconds)
    assert lease is not None
    return lease


async def test_an_event_comes_out_as_it_went_in(stores: Stores) -> None:
    assert await stores.inbox.receive(make_event("e1"))
    lease = await take(stores)
    assert lease.event == make_event("e1")
    assert lease.attempt == 1


async def test_a_redelivery_is_recognised_in_every_state(stores: Stores) -> None:
    assert await stores.inbox.receive(make_event("e1"))
    assert not await stores.inbox.receive(make_event("e1"))
    lease = await take(stores)
    assert not await stores.inbox.receive(make_event("e1"))
    await stores.inbox.finish(lease)
    assert not await stores.inbox.receive(make_event("e1"))
    assert await stores.inbox.lease("worker", 60) is None


async def test_the_same_id_of_another_workspace_is_another_event(stores: Stores) -> None:
    assert await stores.inbox.receive(make_event("e1", workspace="W1"))
    assert await stores.inbox.receive(make_event("e1", workspace="W2"))


async def test_a_conversation_is_worked_on_in_order_and_by_one_worker(stores: Stores) -> None:
    for name in ("e1", "e2", "e3"):
        await stores.inbox.receive(make_event(name))
    order = []
    while lease := await stores.inbox.lease("worker", 60):
        assert await stores.inbox.lease("other", 60) is None
        order.append(lease.event.id)
        await stores.inbox.finish(lease)
    assert order == ["e1", "e2", "e3"]


async def test_conversations_are_worked_on_side_by_side(stores: Stores) -> None:
    await stores.inbox.receive(make_event("e1", "C1"))
    await stores.inbox.receive(make_event("e2", "C2"))
    taken = {(await take(stores)).event.id, (await take(stores)).event.id}
    assert taken == {"e1", "e2"}


async def test_a_long_queue_does_not_starve_another_conversation(stores: Stores) -> None:
    for n in range(5):
        await stores.inbox.receive(make_event(f"busy{n}", "busy"))
    await stores.inbox.receive(make_event("quiet", "quiet"))
    first = await take(stores)
    await stores.inbox.finish(first)
    second = await take(stores)
    assert {first.event.conversation, second.event.conversation} == {"busy", "quiet"}


async def test_a_workspace_with_nothing_in_hand_goes_first(stores: Stores) -> None:
    for n in range(3):
        await stores.inbox.receive(make_event(f"big{n}", f"C{n}", workspace="big"))
    await stores.inbox.receive(make_event("small", "C1", workspace="small"))
    assert {(await take(stores)).event.workspace, (await take(stores)).event.workspace} == {"big", "small"}


async def test_a_lapsed_lease_is_taken_over_and_the_late_writer_refused(stores: Stores) -> None:
    await stores.inbox.receive(make_event("e1"))
    late = await take(stores, LAPSED)
    await stores.inbox.check(late)
    again = await take(stores)
    await stores.inbox.check(again)
    with pytest.raises(Superseded):
        await stores.inbox.check(late)
    assert again.event == late.event
    assert again.fence > late.fence
    assert again.attempt == 2
    with pytest.raises(Superseded):
        await stores.inbox.finish(late)
    with pytest.raises(Superseded):
        await stores.inbox.release(late, "late", 0.0)
    await stores.inbox.finish(again)


async def test_a_lapsed_lease_that_nobody_took_over_may_still_finish(stores: Stores) -> None:
    await stores.inbox.receive(make_event("e1"))
    await stores.inbox.finish(await take(stores, LAPSED))
    assert (await stores.inbox.depths())["done"] == 1


async def test_what_is_finished_cannot_be_finished_again(stores: Stores) -> None:
    await stores.inbox.receive(make_event("e1"))
    lease = await take(stores)
    await stores.inbox.finish(lease)
    with pytest.raises(Superseded):
        await stores.inbox.finish(lease)
    with pytest.raises(Superseded):
        await stores.inbox.check(lease)


async def test_what_is_given_back_waits_and_holds_up_its_conversation_alone(stores: Stores) -> None:
    await stores.inbox.receive(make_event("e1", "C1"))
    await stores.inbox.receive(make_event("e2", "C1"))
    lease = await take(stores)
    assert await stores.inbox.release(lease, "no model", retry_in=3600)
    await stores.inbox.receive(make_event("e3", "C2"))
    assert (await take(stores)).event.id == "e3"
    assert await stores.inbox.lease("worker", 60) is None


async def test_what_fails_five_times_is_dead_and_the_next_one_goes_on(stores: Stores) -> None:
    await stores.inbox.receive(make_event("poison"))
    await stores.inbox.receive(make_event("fine"))
    given_back = [await stores.inbox.release(await take(stores), "boom", 0.0) for _ in range(5)]
    assert given_back == [True, True, True, True, False]
    assert (await take(stores)).event.id == "fine"
    assert (await stores.inbox.depths())["dead"] == 1


async def test_what_kills_its_worker_five_times_is_dead(stores: Stores) -> None:
    await stores.inbox.receive(make_event("poison"))
    await stores.inbox.receive(make_event("fine"))
    for _ in range(5):
        assert (await take(stores, LAPSED)).event.id == "poison"
    assert (await take(stores)).event.id == "fine"
    assert await stores.inbox.depths() == {"waiting": 0, "leased": 1, "done": 0, "dead": 1}


async def test_workers_at_once_share_the_work_without_overlap(stores: Stores) -> None:
    for n in range(24):
        await stores.inbox.receive(make_event(f"e{n:02}", f"C{n % 4}"))
    order: dict[str, list[str]] = {f"C{n}": [] for n in range(4)}

    async def work(name: str) -> None:
        while lease := await stores.inbox.lease(name, 60):
            order[lease.event.conversation].append(lease.event.id)
            await stores.inbox.finish(lease)

    await asyncio.gather(*(work(f"w{n}") for n in range(5)))
    assert order == {f"C{c}": [f"e{n:02}" for n in range(c, 24, 4)] for c in range(4)}


async def test_events_received_at_once_are_kept_once_each(stores: Stores) -> None:
    names = [f"e{n % 20}" for n in range(60)]
    kept = await asyncio.gather(*(stores.inbox.receive(make_event(name, f"C{name}")) for name in names))
    assert sum(kept) == 20
    assert (await stores.inbox.depths())["waiting"] == 20


async def test_a_person_with_many_conversations_does_not_starve_another(stores: Stores) -> None:
    for n in range(5):
        await stores.inbox.receive(make_event(f"loud{n}", f"C{n}", person="U1"))
    await stores.inbox.receive(make_event("quiet", "C9", person="U2"))
    assert [(await take(stores)).event.person for _ in range(3)] == ["U1", "U2", "U1"]


async def test_conversations_take_turns_by_how_long_they_have_waited(stores: Stores) -> None:
    await stores.inbox.receive(make_event("a1", "A"))
    await stores.inbox.receive(make_event("a2", "A"))
    await stores.inbox.finish(await take(stores))
    await stores.inbox.receive(make_event("new", "new"))
    assert [(await take(stores)).event.id for _ in range(2)] == ["a2", "new"]


async def test_a_workspace_far_behind_a_long_queue_of_another_is_served_at_once(stores: Stores) -> None:
    for n in range(80):
        await stores.inbox.receive(make_event(f"big{n}", f"C{n}", workspace="big"))
    await stores.inbox.receive(make_event("small", "C1", workspace="small"))
    assert [(await take(stores)).event.workspace for _ in range(2)] == ["big", "small"]


async def test_what_is_still_to_be_learned_from_comes_next_and_once(stores: Stores) -> None:
    for name in ("e1", "e2"):
        await stores.inbox.receive(make_event(name))
    first = await take(stores)
    assert not first.answered
    await stores.journal.commit(Effects(done=replace(first, teaches=True)))
    assert not await stores.inbox.receive(make_event("e1"))
    again = await take(stores)
    assert (again.event, again.answered, again.attempt) == (make_event("e1"), True, 1)
    assert again.fence > first.fence
    with pytest.raises(Superseded):
        await stores.inbox.finish(first)
    await stores.inbox.finish(replace(again, teaches=True))
    assert (await take(stores)).event.id == "e2"
    assert (await stores.inbox.depths())["done"] == 1


async def test_what_is_given_up_asks_someone_to_look(stores: Stores) -> None:
    for name, conversation in (("poison", "C1"), ("deadly", "C2")):
        await stores.inbox.receive(make_event(name, conversation))
    for _ in range(10):
        lease = await take(stores, LAPSED)
        if lease.event.id == "poison":
            await stores.inbox.release(lease, "boom", 0.0)
    assert await stores.inbox.lease("worker", 60) is None
    reviews = {one.id: one for one in await stores.journal.reviews("W1")}
    assert {name: one.sample for name, one in reviews.items()} == {
        "event/slack/poison": "boom",
        "event/slack/deadly": "its workers died",
    }
    assert {one.kind for one in reviews.values()} == {"not handled"}


@pytest.mark.parametrize("in_hand", [True, False])
async def test_what_is_still_to_be_learned_from_goes_with_everything_of_its_person(
    stores: Stores, *, in_hand: bool
) -> None:
    for name, person in (("mine", ANA.id), ("later", ANA.id), ("theirs", "U9")):
        await stores.inbox.receive(make_event(name, "C1" if person == ANA.id else "C2", person=person))
    for _ in range(2):
        await stores.inbox.finish(replace(await take(stores), teaches=True))
    learning = await take(stores) if in_hand else None
    await stores.self_models.erase(make_model(), make_receipt())
    if learning:
        with pytest.raises(Superseded):
            await stores.inbox.finish(learning)
    left = {(await take(stores)).event.id for _ in range(2)}
    assert left == {"later", "theirs"}
    assert (await stores.inbox.depths())["done"] == 1


async def test_how_long_the_oldest_has_waited_is_told(stores: Stores) -> None:
    assert await stores.inbox.waited() == 0.0
    await stores.inbox.receive(make_event("e1"))
    assert 0.0 <= await stores.inbox.waited() < 30.0
    await take(stores)
    assert await stores.inbox.waited() == 0.0
