"""The clock's tick: one APScheduler job in each replica that calls a coroutine at a steady pace.

It triggers and nothing else. What is due, and who may do it, is decided by tables that all replicas share; the
scheduler itself keeps nothing, since APScheduler 3 must not share a store.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import DaytwoError

log = logging.getLogger(__name__)

SECONDS_TO_FINISH: Final = 20.0  # for work under way when ticking ends


@asynccontextmanager
async def ticking(work: Callable[[], Awaitable[object]], *, seconds: float = 60.0) -> AsyncIterator[None]:
    """Call `work` at once and then every so many seconds while the context is open; never twice at the same time.

    What it raises is logged and the next tick tries again: an error must never end the ticking. On leaving, work under
    way may come to its end first.
    """
    busy = asyncio.Lock()

    async def tick() -> None:
        if not busy.locked():
            async with busy:
                await guard(work)

    scheduler = AsyncIOScheduler(timezone=UTC)
    at_once = datetime.now(UTC)
    scheduler.add_job(tick, "interval", seconds=seconds, next_run_time=at_once, max_instances=2, coalesce=True)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        await let_finish(busy)
        scheduler.shutdown(wait=False)


async def let_finish(busy: asyncio.Lock) -> None:
    """Wait for work under way, but not for ever."""
    try:
        await asyncio.wait_for(busy.acquire(), SECONDS_TO_FINISH)
    except TimeoutError:
        log.warning("The tick's work was cut off: it did not end within %.0f seconds.", SECONDS_TO_FINISH)


async def guard(work: Callable[[], Awaitable[object]]) -> None:
    """Do the work; log what it raises."""
    try:
        await work()
    except DaytwoError as error:
        log.warning("The tick could not do its work, and will try again: %s", error)
    except Exception:
        log.exception("The tick failed, and will try again.")
