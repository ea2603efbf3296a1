"""Working through a queue goes on whatever a step raises."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.errors import Refused, Superseded, Unavailable
from bot.flows.work import work_next, work_until
from bot.ports import Event, Lease
from storage.memory import open_memory

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("error", [Unavailable(), Superseded(), RuntimeError("a fault of ours")])
async def test_a_step_that_fails_is_tried_again(error: Exception) -> None:
    stop, tried = asyncio.Event(), 0

    async def step() -> bool:
        nonlocal tried
        tried += 1
        if tried < 3:
            raise error
        stop.set()
        return True

    await work_until(stop, step, idle=0.001)
    assert tried == 3


@pytest.mark.parametrize("error", [Refused(), RuntimeError("after the lease had ended")])
async def test_a_failure_after_the_lease_has_ended_stops_nobody(error: Exception) -> None:
    stores, stop = open_memory(), asyncio.Event()
    for name in ("1", "2"):
        body: dict[str, object] = {}
        await stores.inbox.receive(
            Event(platform="p", id=name, workspace="W", conversation=name, body=body, received_at=AT)
        )

    async def handle(lease: Lease) -> None:
        await stores.inbox.finish(lease)
        if lease.event.id == "2":
            stop.set()
        raise error

    await work_until(stop, lambda: work_next(stores, handle, "worker", lambda: AT), idle=0.001)
    assert (await stores.inbox.depths())["done"] == 2
