"""Delivering: what waits for how long, and what is given up as what."""

from __future__ import annotations

import pytest

from bot.errors import Refused, Unavailable, Unknown, Unsure
from bot.flows.deliver import MOST_ATTEMPTS, deliver_all, deliver_next
from bot.ports import Effects, Notice, Outgoing, Sending, Stores
from bot.turn import Place
from storage.memory import open_memory

NOTE = Outgoing(key="k1", platform="p", place=Place("W1", "C1"), content=Notice("hello"))


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Failing:
    """A messenger that fails as told, then delivers."""

    platform = "p"

    def __init__(self, *errors: Exception) -> None:
        self.errors, self.sent = list(errors), 0

    async def send(self, sending: Sending) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.sent += 1
        return f"message {self.sent}"


async def queue(clock: Clock) -> Stores:
    stores = open_memory(clock)
    await stores.journal.commit(Effects(outgoing=(NOTE,)))
    return stores


async def find_state(stores: Stores) -> str:
    return next(state for state, number in (await stores.outbox.depths()).items() if number)


@pytest.mark.parametrize(("asked", "waits"), [(None, 1.0), (0.2, 1.0), (90.0, 90.0)])
async def test_a_message_waits_for_as_long_as_the_platform_says_and_not_before(
    asked: float | None, waits: float
) -> None:
    clock = Clock()
    stores, messenger = await queue(clock), Failing(Unavailable("429", retry_in=asked))
    assert await deliver_all(stores.outbox, {"p": messenger}) == 1
    clock.now += waits - 0.1
    assert not await deliver_next(stores.outbox, {"p": messenger}, "worker")
    clock.now += 0.2
    assert await deliver_next(stores.outbox, {"p": messenger}, "worker")
    assert (messenger.sent, await stores.outbox.message("k1")) == (1, "message 1")


@pytest.mark.parametrize(
    ("error", "state"),
    [(Refused("channel_not_found"), "failed"), (Unknown(), "unknown"), (RuntimeError("a fault of ours"), "sending")],
)
async def test_what_becomes_of_a_message_is_told_by_its_error(error: Exception, state: str) -> None:
    stores, messenger = await queue(Clock()), Failing(error)
    if isinstance(error, RuntimeError):  # nobody knows whether it went through: it is looked at when its lease lapses
        with pytest.raises(RuntimeError):
            await deliver_next(stores.outbox, {"p": messenger}, "worker")
    else:
        await deliver_next(stores.outbox, {"p": messenger}, "worker")
    assert await find_state(stores) == state
    assert messenger.sent == 0


@pytest.mark.parametrize(("error", "state"), [(Unavailable(), "failed"), (Unsure(), "unknown")])
async def test_after_many_attempts_it_is_given_up_as_what_is_known_of_it(error: Exception, state: str) -> None:
    clock = Clock()
    stores, messenger = await queue(clock), Failing(*[error] * MOST_ATTEMPTS)
    for _ in range(MOST_ATTEMPTS):
        assert await deliver_next(stores.outbox, {"p": messenger}, "worker")
        clock.now += 1000.0
    assert not await deliver_next(stores.outbox, {"p": messenger}, "worker")
    assert await find_state(stores) == state
