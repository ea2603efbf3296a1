"""Which of the exchanges before a message it goes on from: by the platform's own times, whatever our clock says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.flows.respond import recent
from bot.ports import Effects, Stores
from bot.turn import Audience, Decision, Exchange, Member, Message, Place, Reply, Turn
from storage.memory import open_memory

ANA = Member("W1", "ana")
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def make_turn(minute: float, thread: str) -> Turn:
    """Something said alone with the bot, each in a thread of its own."""
    message = Message(id=f"m{thread}", author=ANA, text="hello", at=NINE + timedelta(minutes=minute))
    place = Place("W1", "D1", thread)
    return Turn(message=message, place=place, audience=Audience(alone=True, grants=frozenset()))


async def answer(stores: Stores, turn: Turn, kept_at: datetime) -> None:
    reply = Reply(decision=Decision.ANSWER, text="yes", confidence=0.9)
    exchange = Exchange(id=turn.message.id, turn=turn, enriched="hello", reply=reply, at=kept_at)
    await stores.journal.commit(Effects(exchange=exchange))


@pytest.mark.parametrize("ahead", [-5, 0, 5], ids="behind right ahead".split())
async def test_a_clock_that_goes_wrong_hides_nothing_that_was_said(ahead: float) -> None:
    stores = open_memory()
    for minute, thread in ((0, "1"), (1, "2"), (3, "4")):
        await answer(stores, make_turn(minute, thread), NINE + timedelta(minutes=minute + ahead))
    (before,) = await recent(stores.journal, make_turn(2, "3"))
    assert before.id == "m2"


async def test_what_was_said_over_an_hour_ago_is_another_talk() -> None:
    stores = open_memory()
    await answer(stores, make_turn(0, "1"), NINE)
    assert await recent(stores.journal, make_turn(61, "2")) == ()
    assert len(await recent(stores.journal, make_turn(59, "2"))) == 1
