"""Working through the inbox: lease the next event, handle it, mark it done; a failure is retried, then set aside."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial

from bot.errors import Garbled, Refused, Superseded, Unavailable
from bot.flows.deliver import deliver_next
from bot.flows.inspect_reviews import count_reviews
from bot.ports import Clock, Effects, Inbox, Lease, Messenger, Stores
from bot.reviews.kinds import of_event

LEASE_SECONDS = 90.0  # longer than a model may take
RETRY_SECONDS = (2.0, 10.0, 60.0, 300.0)

WORKERS = 8  # events handled side by side; most of their time a model is waited for
SENDERS = 4  # messages delivered side by side

Handle = Callable[[Lease], Awaitable[None]]
log = logging.getLogger(__name__)


async def work_next(stores: Stores, handle: Handle, worker: str, clock: Clock) -> bool:
    """Handle the next event; False where none is due. An error of one never stops the others."""
    lease = await stores.inbox.lease(worker, LEASE_SECONDS)
    if lease is None:
        return False
    try:
        await handle(lease)
    except Superseded:
        log.warning("%s was taken over while it was being handled here", lease.event.id)
    except (Refused, Garbled) as error:
        await set_aside(stores, lease, str(error), clock())
    except Unavailable as error:
        log.warning("%s is handled later: %s", lease.event.id, error)
        await give_back(stores.inbox, lease, error)
    except Exception as error:
        log.exception("handling %s failed", lease.event.id)
        if lease.answered:  # to learn nothing must not hold up what is said next
            await set_aside(stores, lease, f"{type(error).__name__}: {error}", clock())
        else:
            await give_back(stores.inbox, lease, error)
    return True


async def give_back(inbox: Inbox, lease: Lease, error: Exception) -> None:
    """Retry later; after the last attempt it is dead, and a review asks someone to look."""
    wait = RETRY_SECONDS[min(lease.attempt, len(RETRY_SECONDS)) - 1]
    await inbox.release(lease, f"{type(error).__name__}: {error}", wait)


async def set_aside(stores: Stores, lease: Lease, why: str, now: datetime) -> None:
    """Done with, without an answer: a person should look at it."""
    event = lease.event
    review = of_event(event.platform, event.id, event.workspace, why, now)
    await stores.journal.commit(Effects(reviews=(review,), done=lease))


async def work_through(
    stores: Stores,
    handlers: Mapping[str, Handle],
    messengers: Mapping[str, Messenger],
    stop: asyncio.Event,
    clock: Clock,
) -> None:
    """Several workers on the inbox and on the outbox, until told to stop; what is in hand is finished first."""

    async def handle_any(lease: Lease) -> None:
        await handlers[lease.event.platform](lease)

    async with asyncio.TaskGroup() as group:
        for number in range(WORKERS):
            name = f"{os.getpid()}/{number}"
            group.create_task(work_until(stop, partial(work_next, stores, handle_any, name, clock)))
        for number in range(SENDERS):
            name = f"{os.getpid()}/out/{number}"
            group.create_task(work_until(stop, partial(deliver_next, stores.outbox, messengers, name)))


async def work_until(stop: asyncio.Event, step: Callable[[], Awaitable[bool]], idle: float = 0.2) -> None:
    """Repeat a step until told to stop; rest a little whenever there was nothing to do, or it failed."""
    while not stop.is_set():
        if not await attempt(step):
            try:
                await asyncio.wait_for(stop.wait(), idle)
            except TimeoutError:
                continue


async def attempt(step: Callable[[], Awaitable[bool]]) -> bool:
    """What a step says; False where it failed: that is logged and tried again, and never ends the work of others. What
    was in hand comes back by itself when its lease lapses."""
    try:
        return await step()
    except Unavailable as error:
        log.warning("a step of the work could not be done, and is tried again: %s", error)
    except Exception:
        log.exception("a step of the work failed, and is tried again")
    return False


async def find_depths(stores: Stores) -> Mapping[str, Mapping[str, int]]:
    """How much is in each state in the queues, and for how many seconds the oldest of what is due has waited; and what
    is to be reviewed: for the health page and the operator."""
    depths = {
        name: {**await box.depths(), "oldest due, seconds": round(await box.waited())}
        for name, box in (("inbox", stores.inbox), ("outbox", stores.outbox))
    }
    return {**depths, "reviews": await count_reviews(stores)}
