"""The tick: at once, again and again, one at a time, and never ended by an error."""

from __future__ import annotations

import asyncio
import logging

import pytest

from adapters.scheduler import ticking
from bot.errors import Unavailable


async def test_it_works_at_once_and_again() -> None:
    done, twice = [], asyncio.Event()

    async def work() -> None:
        done.append(len(done))
        if len(done) >= 2:
            twice.set()

    async with ticking(work, seconds=0.01):
        await asyncio.wait_for(twice.wait(), timeout=10)


async def test_it_ends_with_its_context_and_lets_work_under_way_finish() -> None:
    begun, done = asyncio.Event(), []

    async def work() -> None:
        begun.set()
        await asyncio.sleep(0.05)
        done.append(1)

    async with ticking(work, seconds=0.01):
        await asyncio.wait_for(begun.wait(), timeout=10)
    assert done
    seen = len(done)
    await asyncio.sleep(0.05)
    assert len(done) == seen


@pytest.mark.parametrize(
    ("error", "level"), [(Unavailable("the store is away"), logging.WARNING), (KeyError("bug"), logging.ERROR)]
)
async def test_an_error_is_logged_and_the_next_tick_comes(
    error: Exception, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    again = asyncio.Event()
    tries = []

    async def work() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise error
        again.set()

    async with ticking(work, seconds=0.01):
        await asyncio.wait_for(again.wait(), timeout=10)
    assert [one.levelno for one in caplog.records if one.name == "adapters.scheduler"] == [level]


async def test_work_that_takes_long_is_not_started_twice() -> None:
    running, counts, thrice = 0, [], asyncio.Event()

    async def work() -> None:
        nonlocal running
        running += 1
        counts.append(running)
        await asyncio.sleep(0.05)
        running -= 1
        if len(counts) >= 3:
            thrice.set()

    async with ticking(work, seconds=0.01):
        await asyncio.wait_for(thrice.wait(), timeout=10)
    assert max(counts) == 1
