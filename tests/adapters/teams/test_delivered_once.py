"""What a connector does to a call, and what of it stands in the chat at the end: each message at most once, and nothing
that may be missing goes untold."""

from __future__ import annotations

from itertools import count

import pytest
from teams_server import fetch
from test_messenger import all_posted, make_messenger, reference

from adapters.teams.reference import PERSON, own_place
from bot.flows.deliver import deliver_all
from bot.ports import Effects, Notice, Outgoing, Stores
from bot.turn import Citation, Decision, Member, Place, Reply
from storage.memory import open_memory

HANG_UP, GARBLE = 0, -1
UNCLEAR = (HANG_UP, GARBLE, 408, 500)
CLEAR = (412, 429, 502, 503, 504)
NUMBERS = count()
NOTE = Notice("14 days")
CITED = Citation(number=1, passage="p1", document="relay.md", title="Relay", excerpt="Kept.")
ANSWER = Reply(decision=Decision.ANSWER, text="15 days [1]", confidence=0.8, engine="claude", citations=(CITED,))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another attempt comes without a wait."""
    monkeypatch.setattr("bot.flows.deliver.wait_after", lambda _attempt: 0.0)


async def know_chat(stores: Stores, standin: str) -> tuple[Member, Place]:
    """A person whose own chat is known."""
    member = Member("the-tenant", f"once-{next(NUMBERS)}")
    place = Place("the-tenant", f"a:29:{member.id}", "17")
    known = reference(standin, conversation=place.channel, kind="personal", user=f"29:{member.id}")
    await stores.conversations.remember(place, "teams", known, member)
    return member, place


async def deliver(stores: Stores, standin: str, *outgoing: Outgoing) -> int:
    """Queue it and deliver until nothing is due; how many attempts that took."""
    await stores.journal.commit(Effects(outgoing=outgoing))
    tried = await deliver_all(stores.outbox, {"teams": make_messenger(standin, stores)})
    return tried + await deliver_all(stores.outbox, {"teams": make_messenger(standin, stores)})


def outgoing(place: Place, content: Notice | Reply, key: str = "k") -> Outgoing:
    return Outgoing(key=key, platform="teams", place=place, content=content, alone=True, exchange="e1")


def texts(standin: str, place: Place) -> list[str]:
    """The messages that stand in a chat."""
    there = (one for one in all_posted(standin) if one["at"] == place.channel and one["type"] == "message")
    return [str(one.get("text") or "a card") for one in there]


@pytest.mark.parametrize("status", UNCLEAR)
@pytest.mark.parametrize("done", [True, False])
async def test_what_may_be_there_is_not_posted_again_and_told_as_unknown(
    standin: str, status: int, *, done: bool
) -> None:
    stores = open_memory()
    _, place = await know_chat(stores, standin)
    await deliver(stores, standin, outgoing(place, Notice("before"), "first"))
    fetch(f"{standin}/told", {"status": status, "times": 1, "done": done})
    assert await deliver(stores, standin, outgoing(place, NOTE), outgoing(place, Notice("after"), "last")) == 2
    assert texts(standin, place) == ["before", *["14 days"] * done, "after"]
    depths = await stores.outbox.depths()
    assert (depths["unknown"], depths["sent"]) == (1, 2)


@pytest.mark.parametrize("status", CLEAR)
async def test_what_is_known_not_to_be_there_is_posted_by_another_attempt(standin: str, status: int) -> None:
    stores = open_memory()
    _, place = await know_chat(stores, standin)
    await deliver(stores, standin, outgoing(place, Notice("before"), "first"))
    fetch(f"{standin}/told", {"status": status, "times": 1})
    assert await deliver(stores, standin, outgoing(place, NOTE)) == 2
    assert texts(standin, place) == ["before", "14 days"]
    assert (await stores.outbox.depths())["sent"] == 2


@pytest.mark.parametrize("status", [*UNCLEAR, *CLEAR])
async def test_opening_a_chat_can_be_tried_again_whatever_became_of_it(standin: str, status: int) -> None:
    """There is one chat with a person, however often it is opened."""
    stores = open_memory()
    member = Member("the-tenant", f"opened-{next(NUMBERS)}")
    known = reference(standin, kind=PERSON, user=f"29:{member.id}", person=member.id)
    await stores.conversations.remember(own_place(member), "teams", known)
    fetch(f"{standin}/told", {"status": status, "times": 1})
    assert await deliver(stores, standin, outgoing(own_place(member), NOTE)) == 2
    assert texts(standin, Place("the-tenant", f"a:29:{member.id}")) == ["14 days"]


@pytest.mark.parametrize("status", UNCLEAR)
@pytest.mark.parametrize("done", [True, False])
async def test_the_message_that_ends_a_stream_is_not_posted_again_where_it_may_be_there(
    standin: str, status: int, *, done: bool
) -> None:
    stores = open_memory()
    _, place = await know_chat(stores, standin)
    await deliver(stores, standin, outgoing(place, Notice("before"), "first"))
    fetch(f"{standin}/told", {"status": status, "times": 1, "after": 1, "done": done})
    await deliver(stores, standin, outgoing(place, ANSWER))
    assert texts(standin, place) == ["before", *["15 days [1]"] * done]
    assert (await stores.outbox.depths())["unknown"] == 1


@pytest.mark.parametrize("status", CLEAR)
async def test_what_was_streamed_is_not_written_again_for_the_card_below_it(standin: str, status: int) -> None:
    stores = open_memory()
    _, place = await know_chat(stores, standin)
    await deliver(stores, standin, outgoing(place, Notice("before"), "first"))
    fetch(f"{standin}/told", {"status": status, "times": 1, "after": 2})
    assert await deliver(stores, standin, outgoing(place, ANSWER)) == 2
    assert texts(standin, place) == ["before", "15 days [1]", "a card"]
    assert (await stores.outbox.depths())["sent"] == 2
