"""What every outbox keeps to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from storage_samples import CHANNEL, make_digest, make_outgoing, make_reply

from bot.errors import Unavailable
from bot.ports import Content, Delivery, Effects, Notice, Outgoing, Pace, Sending, Stores
from bot.reviews.card import ReviewCard
from bot.turn import Place
from storage.memory import open_memory
from storage.sql import open_sql

LAPSED = -1.0
ELSEWHERE = Place("W1", "C2")


async def queue(stores: Stores, *outgoing: Outgoing) -> None:
    await stores.journal.commit(Effects(outgoing=outgoing))


async def take(stores: Stores, seconds: float = 60.0) -> Sending:
    sending = await stores.outbox.next("worker", seconds)
    assert sending is not None
    return sending


CARD = ReviewCard(id="wrong/C1:1", title="An answer was called wrong", question="How long?", is_cut=True)


@pytest.mark.parametrize("content", [make_reply(), make_digest(), Notice("Done.", ("yes", "no")), CARD])
async def test_what_is_queued_comes_out_as_it_went_in(stores: Stores, content: Content) -> None:
    await queue(stores, make_outgoing("k1", content=content))
    assert await take(stores) == Sending(outgoing=make_outgoing("k1", content=content), attempt=1, uncertain=False)


async def test_a_known_key_is_dropped_in_every_state(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k1"))
    await queue(stores, make_outgoing("k1"))
    await take(stores)
    await queue(stores, make_outgoing("k1"))
    await stores.outbox.sent("k1", "1700.2")
    await queue(stores, make_outgoing("k1"))
    assert await stores.outbox.next("worker", 60) is None
    assert await stores.outbox.depths() == {"waiting": 0, "sending": 0, "sent": 1, "failed": 0, "unknown": 0}


async def test_a_place_is_served_in_order_and_others_beside_it(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k2"), make_outgoing("k3", ELSEWHERE))
    assert {(await take(stores)).outgoing.key, (await take(stores)).outgoing.key} == {"k1", "k3"}
    assert await stores.outbox.next("worker", 60) is None
    await stores.outbox.sent("k1", "1")
    assert (await take(stores)).outgoing.key == "k2"


async def test_the_platforms_id_of_a_delivered_message_is_kept(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"))
    assert await stores.outbox.message("k1") == ""
    await take(stores)
    await stores.outbox.sent("k1", "1700.2")
    assert await stores.outbox.message("k1") == "1700.2"
    assert await stores.outbox.message("unknown") == ""


async def test_a_send_that_was_never_marked_is_uncertain_from_then_on(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"))
    await take(stores, LAPSED)
    second = await take(stores)
    assert (second.attempt, second.uncertain) == (2, True)
    await stores.outbox.failed("k1", "429", 0.0)
    assert (await take(stores)).uncertain


async def test_a_send_that_failed_for_sure_is_not_uncertain(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"))
    await take(stores)
    await stores.outbox.failed("k1", "429", 0.0)
    second = await take(stores)
    assert (second.attempt, second.uncertain) == (2, False)


async def test_a_send_that_got_no_answer_is_uncertain(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"))
    await take(stores)
    await stores.outbox.failed("k1", "no answer", 0.0, uncertain=True)
    second = await take(stores)
    assert (second.attempt, second.uncertain) == (2, True)


async def test_a_retry_waits_and_holds_up_its_place_alone(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k2"), make_outgoing("k3", ELSEWHERE))
    for _ in range(2):
        sending = await take(stores)
        await stores.outbox.failed(sending.outgoing.key, "429", 3600)
    assert await stores.outbox.next("worker", 60) is None
    assert (await stores.outbox.depths())["waiting"] == 3


async def test_what_failed_for_good_lets_the_next_one_go(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k2"))
    await take(stores)
    await stores.outbox.failed("k1", "channel_not_found", None)
    assert (await take(stores)).outgoing.key == "k2"
    assert (await stores.outbox.depths())["failed"] == 1


async def test_what_ten_senders_were_not_heard_of_after_is_given_up(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k2"))
    for _ in range(10):
        assert (await take(stores, -1.0)).outgoing.key == "k1"
    assert (await take(stores)).outgoing.key == "k2"
    assert (await stores.outbox.depths())["unknown"] == 1


async def test_an_outage_is_not_held_against_a_message(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k2"))
    for _ in range(30):
        await take(stores)
        await stores.outbox.failed("k1", "503", 0.0)
    assert (await take(stores, -1.0)).attempt == 31  # one that dies in the end changes nothing
    assert (await take(stores)).outgoing.key == "k1"


async def test_a_late_word_on_an_attempt_that_was_replaced_changes_nothing(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k2"))
    await take(stores, LAPSED)
    await take(stores)
    await stores.outbox.sent("k1", "first")
    assert (await take(stores)).outgoing.key == "k2"
    await stores.outbox.sent("k1", "second")
    await stores.outbox.failed("k1", "late", 0.0)
    assert await stores.outbox.message("k1") == "first"
    assert await stores.outbox.next("worker", 60) is None  # k2 is still in hand


async def test_workers_at_once_send_each_once_and_in_order(stores: Stores) -> None:
    places = [Place("W1", f"C{n}") for n in range(4)]
    await queue(stores, *(make_outgoing(f"k{n:02}", places[n % 4]) for n in range(20)))
    sent: dict[str, list[str]] = {place.channel: [] for place in places}

    async def work(name: str) -> None:
        while sending := await stores.outbox.next(name, 60):
            sent[sending.outgoing.place.channel].append(sending.outgoing.key)
            await stores.outbox.sent(sending.outgoing.key, "x")

    await asyncio.gather(*(work(f"w{n}") for n in range(5)))
    assert sent == {f"C{c}": [f"k{n:02}" for n in range(c, 20, 4)] for c in range(4)}


async def test_threads_of_a_channel_are_places_of_their_own(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1", CHANNEL), make_outgoing("k2", Place("W1", "C1", "1700.2")))
    assert {(await take(stores)).outgoing.key, (await take(stores)).outgoing.key} == {"k1", "k2"}


async def test_what_a_delivered_message_was_is_found_by_channel_and_id(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k2"))
    for key in ("k1", "k2"):  # the second changes the message that the first was
        await take(stores)
        await stores.outbox.sent(key, "1700.2")
    await queue(stores, make_outgoing("k3"))
    assert await stores.outbox.key_of(Place("W1", "C1", "any"), "1700.2") == "k2"
    assert await stores.outbox.key_of(Place("W1", "C2"), "1700.2") == ""
    assert await stores.outbox.key_of(Place("W2", "C1"), "1700.2") == ""
    assert await stores.outbox.key_of(CHANNEL, "") == ""


async def test_while_something_is_being_sent_nobody_can_say_whose_message_that_is(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1", Place("W1", "C1", "1700.1")))
    assert await stores.outbox.key_of(CHANNEL, "1700.2") == ""  # nothing was posted yet
    await take(stores)
    with pytest.raises(Unavailable):
        await stores.outbox.key_of(CHANNEL, "1700.2")
    assert await stores.outbox.key_of(Place("W1", "C2"), "1700.2") == ""
    assert await stores.outbox.key_of(Place("W2", "C1"), "1700.2") == ""
    await stores.outbox.sent("k1", "1700.2")
    assert await stores.outbox.key_of(CHANNEL, "1700.2") == "k1"
    assert await stores.outbox.key_of(CHANNEL, "1700.3") == ""


async def test_a_part_is_known_before_the_others_are_there(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"))
    await take(stores)
    await stores.outbox.posted("k1", ["1700.2"])
    assert await stores.outbox.key_of(CHANNEL, "1700.2") == "k1"
    await stores.outbox.failed("k1", "busy", 60.0)
    assert await stores.outbox.key_of(CHANNEL, "1700.2") == "k1"
    assert await stores.outbox.key_of(CHANNEL, "1700.3") == ""


async def test_what_was_begun_is_told_to_the_next_attempt(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"))
    await stores.outbox.begun("k1", "too early")  # nobody is sending it yet
    assert (await take(stores, LAPSED)).begun == ""
    await stores.outbox.begun("k1", "1700.3")
    assert await stores.outbox.message("k1") == "1700.3"
    taken = await take(stores)
    assert (taken.begun, taken.uncertain, taken.attempt) == ("1700.3", True, 2)
    await stores.outbox.sent("k1", "1700.3")
    await stores.outbox.begun("k1", "too late")
    assert await stores.outbox.message("k1") == "1700.3"


async def test_what_may_have_gone_through_for_good_is_unknown_and_lets_the_next_one_go(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k2"))
    await take(stores)
    await stores.outbox.failed("k1", "no answer", None, uncertain=True)
    assert (await take(stores)).outgoing.key == "k2"
    assert (await stores.outbox.depths())["unknown"] == 1
    assert await stores.outbox.message("k1") == ""


async def test_what_killed_its_senders_ten_times_is_unknown(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k2"))
    for _ in range(10):
        assert (await take(stores, LAPSED)).outgoing.key == "k1"
    assert (await take(stores)).outgoing.key == "k2"
    assert (await stores.outbox.depths())["unknown"] == 1


async def test_parts_that_are_there_are_known_to_the_next_attempt(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"))
    assert (await take(stores)).posted == ()
    await stores.outbox.posted("k1", ["1700.2", "1700.3"])
    await stores.outbox.failed("k1", "429", 0.0)
    again = await take(stores)
    assert (again.posted, again.uncertain) == (("1700.2", "1700.3"), False)
    await stores.outbox.posted("unknown", ["1"])


async def test_turns_come_at_a_steady_pace_after_a_burst(stores: Stores, paced: Stores) -> None:
    pace = Pace(every=100.0, burst=2)
    assert [await stores.outbox.wait_for("slack", "W1", "chat.update", pace) for _ in range(4)] == [0.0] * 4
    waits = [await paced.outbox.wait_for("slack", "W1", "chat.update", pace) for _ in range(4)]
    assert waits[:2] == [0.0, 0.0]
    assert waits[2:] == pytest.approx([100.0, 200.0], abs=20.0)
    for other in (("slack", "W2", "chat.update"), ("slack", "W1", "chat.delete"), ("teams", "W1", "chat.update")):
        assert await paced.outbox.wait_for(*other, pace) == 0.0


PACES = {"slack": Pace(every=0.6, burst=2, by_channel=True), "teams": Pace(every=3600.0, burst=1)}


async def test_a_channel_is_spoken_in_no_faster_than_its_platform_takes_it(paced: Stores) -> None:
    threads = [make_outgoing(f"k{n}", Place("W1", "C1", f"1700.{n}")) for n in range(4)]
    await queue(paced, *threads, make_outgoing("elsewhere", ELSEWHERE))
    started, taken = time.monotonic(), []
    while len(taken) < 5:
        if sending := await paced.outbox.next("worker", 60):
            assert sending.attempt == 1  # to wait for its turn is no attempt
            taken.append((sending.outgoing.key, time.monotonic() - started))
        await asyncio.sleep(0.005)
    at = dict(taken)
    assert {key for key, _ in taken[:3]} == {"k0", "k1", "elsewhere"}
    assert at["k2"] >= 0.5
    assert at["k3"] >= 1.1


async def test_a_whole_workspace_has_one_pace_where_the_platform_counts_so(paced: Stores) -> None:
    outgoing = [replace(make_outgoing(f"k{n}", Place(f"W{n % 2}", f"C{n}")), platform="teams") for n in range(4)]
    await queue(paced, *outgoing)
    assert {(await take(paced)).outgoing.place.workspace for _ in range(2)} == {"W0", "W1"}
    assert await paced.outbox.next("worker", 60) is None
    assert (await paced.outbox.depths())["waiting"] == 2


async def test_replicas_share_a_pace(address: str, paced: Stores) -> None:
    if not address:
        pytest.skip("memory is not shared")
    async with open_sql(address, migrate=False, paces=PACES) as other:
        outgoing = [replace(make_outgoing(f"k{n}", Place("W1", f"C{n}")), platform="teams") for n in range(2)]
        await queue(paced, *outgoing)
        assert await other.outbox.next("worker", 60) is not None
        assert await paced.outbox.next("worker", 60) is None


@pytest.fixture
async def paced(address: str) -> AsyncIterator[Stores]:
    """Empty stores, of each form, that hold a pace."""
    if not address:
        yield open_memory(paces=PACES)
        return
    async with open_sql(address, migrate=False, paces=PACES) as opened:
        yield opened


async def test_how_far_each_is_can_be_told(stores: Stores) -> None:
    await queue(stores, *(make_outgoing(f"k{n}", Place("W1", f"C{n}")) for n in range(5)))
    for _ in range(4):
        await take(stores)
    await stores.outbox.sent("k0", "17.1")
    await stores.outbox.failed("k1", "no such channel", None)
    await stores.outbox.failed("k2", "no answer", None, uncertain=True)
    assert await stores.outbox.deliveries(["k0", "k1", "k2", "k3", "k4", "k9"]) == {
        "k0": Delivery(platform="slack", place=Place("W1", "C0"), state="sent", message="17.1"),
        "k1": Delivery(platform="slack", place=Place("W1", "C1"), state="failed", error="no such channel"),
        "k2": Delivery(platform="slack", place=Place("W1", "C2"), state="unknown", error="no answer"),
        "k3": Delivery(platform="slack", place=Place("W1", "C3"), state="sending"),
        "k4": Delivery(platform="slack", place=Place("W1", "C4"), state="waiting"),
    }
    assert await stores.outbox.deliveries([]) == {}


async def test_only_what_is_not_on_its_way_can_be_taken_back_and_its_key_used_anew(stores: Stores) -> None:
    await queue(stores, *(make_outgoing(f"k{n}", Place("W1", f"C{n}")) for n in range(5)))
    for _ in range(4):
        await take(stores)
    await stores.outbox.sent("k0", "17.1")
    await stores.outbox.failed("k1", "no such channel", None)
    await stores.outbox.failed("k2", "no answer", None, uncertain=True)
    taken = [await stores.outbox.take_back(f"k{n}") for n in range(6)]
    assert taken == [False, True, False, False, True, False]
    assert await stores.outbox.next("worker", 60) is None
    await queue(stores, *(make_outgoing(f"k{n}", ELSEWHERE) for n in range(5)))
    assert (await take(stores)).outgoing == make_outgoing("k1", ELSEWHERE)
    await stores.outbox.sent("k1", "17.2")
    assert (await take(stores)).outgoing == make_outgoing("k4", ELSEWHERE)
    await stores.outbox.sent("k4", "17.3")
    assert await stores.outbox.depths() == {"waiting": 0, "sending": 1, "sent": 3, "failed": 0, "unknown": 1}


async def test_what_waits_behind_something_taken_back_goes_on(stores: Stores) -> None:
    await queue(stores, make_outgoing("k1"), make_outgoing("k2"), make_outgoing("k3"))
    await take(stores)
    assert await stores.outbox.take_back("k2")
    await stores.outbox.sent("k1", "17.1")
    assert (await take(stores)).outgoing.key == "k3"
