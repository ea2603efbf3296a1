"""What every journal keeps to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from storage_samples import (
    ANA,
    AT,
    BEN,
    CHANNEL,
    later,
    make_cost,
    make_entry,
    make_exchange,
    make_feedback,
    make_outgoing,
    make_review,
)

from bot.errors import Superseded
from bot.ports import Effects, Event, Stores
from bot.trust.model import Outcome
from bot.turn import Place

UNTIL = AT + timedelta(days=1)
EVENT = Event(platform="slack", id="e1", workspace="W1", conversation="C1", body={"text": "hi"}, received_at=AT)
ALL = Effects(
    exchange=make_exchange(),
    feedback=(make_feedback(),),
    audit=(make_entry(),),
    costs=(make_cost(),),
    outgoing=(make_outgoing("k1"),),
    reviews=(make_review(),),
)


async def count_all(stores: Stores) -> list[int]:
    journal = stores.journal
    return [
        len(await journal.exchanges("W1", AT, UNTIL)),
        len(await journal.feedback("W1", AT, UNTIL)),
        len(await journal.audit("W1", AT, UNTIL)),
        len(await journal.costs("W1", AT, UNTIL)),
        len(await journal.reviews("W1")),
        sum((await stores.outbox.depths()).values()),
    ]


async def test_everything_comes_out_as_it_went_in(stores: Stores) -> None:
    await stores.journal.commit(ALL)
    assert await stores.journal.exchange("W1", "C1:1") == make_exchange()
    assert await stores.journal.exchanges("W1", AT, UNTIL) == (make_exchange(),)
    assert await stores.journal.feedback("W1", AT, UNTIL) == (make_feedback(),)
    assert await stores.journal.audit("W1", AT, UNTIL) == (make_entry(),)
    assert await stores.journal.costs("W1", AT, UNTIL) == (make_cost(),)
    assert await stores.journal.reviews("W1") == (make_review(),)


async def test_effects_and_the_end_of_their_event_are_one(stores: Stores) -> None:
    await stores.inbox.receive(EVENT)
    lease = await stores.inbox.lease("worker", 60)
    await stores.journal.commit(replace(ALL, done=lease))
    assert await count_all(stores) == [1] * 6
    assert (await stores.inbox.depths())["done"] == 1


async def test_a_late_writer_changes_nothing_at_all(stores: Stores) -> None:
    await stores.inbox.receive(EVENT)
    late = await stores.inbox.lease("late", -1)
    assert await stores.inbox.lease("worker", 60)
    with pytest.raises(Superseded):
        await stores.journal.commit(replace(ALL, done=late))
    assert await count_all(stores) == [0] * 6
    assert (await stores.inbox.depths())["leased"] == 1


async def test_the_same_id_replaces_and_a_known_outgoing_is_dropped(stores: Stores) -> None:
    await stores.journal.commit(ALL)
    await stores.journal.commit(
        Effects(
            exchange=replace(make_exchange(), enriched="anew"),
            feedback=(make_feedback(satisfaction=5.0),),
            costs=(make_cost(),),
            outgoing=(make_outgoing("k1"),),
            reviews=(replace(make_review(), sample="anew"),),
        )
    )
    assert await stores.journal.reviews("W1") == (make_review(),)
    assert [one.enriched for one in await stores.journal.exchanges("W1", AT, UNTIL)] == ["anew"]
    assert [one.satisfaction for one in await stores.journal.feedback("W1", AT, UNTIL)] == [5.0]
    assert await count_all(stores) == [1] * 6


async def test_a_review_is_open_until_it_is_closed_once_and_open_again_when_it_comes_up_again(stores: Stores) -> None:
    first = replace(make_review(), exchange="C1:1")
    await stores.journal.commit(Effects(reviews=(first, make_review("r2"))))
    assert await stores.journal.review("W1", "r1") == first
    assert await stores.journal.review("W2", "r1") is None
    done = first.close(Outcome.DONE, "U2", later(1))
    await stores.journal.commit(Effects(closed=(done,)))
    await stores.journal.commit(Effects(closed=(first.close(Outcome.DISMISSED, "U3", later(2)),)))
    assert await stores.journal.review("W1", "r1") == done
    assert await stores.journal.reviews("W1") == (make_review("r2"),)
    again = replace(first, at=later(3))
    await stores.journal.commit(Effects(reviews=(again,)))
    assert await stores.journal.reviews("W1") == (make_review("r2"), again)


async def test_closing_what_is_not_there_makes_nothing(stores: Stores) -> None:
    await stores.journal.commit(Effects(closed=(make_review().close(Outcome.DONE, "U2", later(1)),)))
    assert await stores.journal.review("W1", "r1") is None


async def test_a_span_holds_its_start_and_not_its_end_oldest_first(stores: Stores) -> None:
    for n in (2, 0, 1, 3):
        await stores.journal.commit(
            Effects(
                exchange=make_exchange(f"C1:{n}", at=later(n)),
                feedback=(make_feedback(f"f{n}", at=later(n)),),
                costs=(make_cost(f"c{n}", at=later(n)),),
                audit=(make_entry(later(n)),),
            )
        )
    span = ("W1", later(1), later(3))
    assert [one.id for one in await stores.journal.exchanges(*span)] == ["C1:1", "C1:2"]
    assert [one.id for one in await stores.journal.feedback(*span)] == ["f1", "f2"]
    assert [one.id for one in await stores.journal.costs(*span)] == ["c1", "c2"]
    assert [one.at for one in await stores.journal.audit(*span)] == [later(1), later(2)]


async def test_a_workspace_sees_only_its_own(stores: Stores) -> None:
    await stores.journal.commit(ALL)
    assert await stores.journal.exchange("W2", "C1:1") is None
    assert await stores.journal.exchanges("W2", AT, UNTIL) == ()
    assert await stores.journal.reviews("W2") == ()


async def test_exchanges_of_one_member(stores: Stores) -> None:
    await stores.journal.commit(Effects(exchange=make_exchange("C1:1", asker=ANA)))
    await stores.journal.commit(Effects(exchange=make_exchange("C1:2", asker=BEN)))
    assert [one.id for one in await stores.journal.exchanges("W1", AT, UNTIL, BEN)] == ["C1:2"]


async def test_the_last_at_a_place_are_of_that_thread_alone(stores: Stores) -> None:
    for n in range(4):
        await stores.journal.commit(Effects(exchange=make_exchange(f"C1:{n}", at=later(n))))
    elsewhere = Place("W1", "C1", "another thread")
    await stores.journal.commit(Effects(exchange=make_exchange("C1:9", at=later(9), place=elsewhere)))
    assert [one.id for one in await stores.journal.last_in(CHANNEL, 2)] == ["C1:2", "C1:3"]
    assert await stores.journal.last_in(CHANNEL, 0) == ()


async def test_the_last_of_a_member_are_of_that_channel_and_span_alone(stores: Stores) -> None:
    places = [CHANNEL, Place("W1", "C1", "another thread"), CHANNEL, Place("W1", "C2", ""), CHANNEL]
    for n, place in enumerate(places):
        asker = BEN if n == 2 else ANA
        await stores.journal.commit(Effects(exchange=make_exchange(f"C1:{n}", asker=asker, at=later(n), place=place)))
    found = [
        await stores.journal.last_by(ANA, "C1", span, limit)
        for span, limit in (((AT, later(4)), 6), ((AT, later(5)), 2), ((later(1), later(4)), 6), ((AT, later(9)), 0))
    ]
    assert [[one.id for one in some] for some in found] == [["C1:0", "C1:1"], ["C1:1", "C1:4"], ["C1:1"], []]
    assert await stores.journal.last_by(BEN, "C2", (AT, later(9)), 6) == ()


async def test_feedback_and_audit_of_before_are_dropped_and_nothing_else(stores: Stores) -> None:
    for n in range(3):
        await stores.journal.commit(
            Effects(
                exchange=make_exchange(f"C1:{n}", at=later(n)),
                feedback=(make_feedback(f"f{n}", at=later(n)),),
                costs=(make_cost(f"c{n}", at=later(n)),),
                audit=(make_entry(later(n)),),
            )
        )
    assert await stores.journal.drop_before("W2", UNTIL) == {"feedback": 0, "audit": 0}
    assert await stores.journal.drop_before("W1", later(2)) == {"feedback": 2, "audit": 2}
    assert [one.id for one in await stores.journal.feedback("W1", AT, UNTIL)] == ["f2"]
    assert [one.at for one in await stores.journal.audit("W1", AT, UNTIL)] == [later(2)]
    assert len(await stores.journal.exchanges("W1", AT, UNTIL)) == 3
    assert len(await stores.journal.costs("W1", AT, UNTIL)) == 3
