"""Keeping what arrives: all events that wait for the same transaction are inserted by one statement each for lanes and
events, so that a burst costs little more than its first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import Unavailable
from bot.ports import Event
from storage.codec import to_json
from storage.engine import Database, seconds_now
from storage.sql.statements import insert
from storage.tables import EventRow, LaneRow, table_of

EVENTS = table_of(EventRow)
LANES = table_of(LaneRow)
MOST = 500  # events in one statement


@dataclass(frozen=True, slots=True)
class Arrived:
    """An event, and who waits for it to be kept."""

    event: Event
    kept: asyncio.Future[bool]


class Arrivals:
    """What has arrived waits for the next transaction, and goes into it together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[Arrived] = []
        self._keeping: set[asyncio.Task[None]] = set()

    async def keep(self, event: Event) -> bool:
        """Keep an event, committed on return; False where it had come before."""
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(Arrived(event, kept))
        if len(self._waiting) == 1:
            self._start()
        return await kept

    def _start(self) -> None:
        task = asyncio.create_task(self._keep_waiting())
        self._keeping.add(task)  # a task that nobody holds may be collected
        task.add_done_callback(self._keeping.discard)

    async def _keep_waiting(self) -> None:
        taken: list[Arrived] = []

        async def insert_taken(connection: AsyncConnection) -> list[bool]:
            if not taken:  # only now, so that it is all that arrived meanwhile; the same again where it is run again
                taken.extend(self._waiting[:MOST])
                del self._waiting[:MOST]
                if self._waiting:
                    self._start()
            return await insert_events(connection, [one.event for one in taken])

        try:
            results: Sequence[bool | Exception] = await self._database.apply(insert_taken)
        except Exception as error:
            taken = taken or self._take_all()
            alone = len(taken) > 1 and not isinstance(error, Unavailable)
            results = [await self._keep_alone(one) for one in taken] if alone else [error] * len(taken)
        for one, result in zip(taken, results, strict=True):
            _tell(one.kept, result)

    def _take_all(self) -> list[Arrived]:
        taken, self._waiting = self._waiting, []
        return taken

    async def _keep_alone(self, one: Arrived) -> bool | Exception:
        """One that cannot be written does not take the others along."""
        try:
            return (await self._database.apply(lambda connection: insert_events(connection, [one.event])))[0]
        except Exception as error:
            return error


def _tell(kept: asyncio.Future[bool], result: bool | Exception) -> None:
    if kept.done():  # nobody waits any more
        return
    if isinstance(result, Exception):
        kept.set_exception(result)
    else:
        kept.set_result(result)


async def insert_events(connection: AsyncConnection, events: Sequence[Event]) -> list[bool]:
    """Keep events; False for each that had come before. Their lanes are locked first, in one order."""
    lanes = {(one.workspace, one.platform, one.conversation): one.person for one in events}
    rows = [
        {"workspace": workspace, "platform": platform, "conversation": conversation, "person": person}
        for (workspace, platform, conversation), person in sorted(lanes.items())
    ]
    await connection.execute(_ready_lanes(insert(connection, LANES)), rows)
    known = await _find_known(connection, events)
    new = []
    for one in events:
        new.append(_key(one) not in known)
        known.add(_key(one))
    if any(new):
        kept = [_to_row(one) for one, is_new in zip(events, new, strict=True) if is_new]
        await connection.execute(_insert(insert(connection, EVENTS)), kept)
    return new


async def _find_known(connection: AsyncConnection, events: Sequence[Event]) -> set[tuple[str, str, str]]:
    known: set[tuple[str, str, str]] = set()
    for (platform, workspace), some in groupby(sorted(map(_key, events)), key=lambda key: key[:2]):
        theirs = (EVENTS.c.platform == platform, EVENTS.c.workspace == workspace)
        query = select(EVENTS.c.id).where(*theirs, EVENTS.c.id.in_([key[2] for key in some]))
        known |= {(platform, workspace, name) for name in (await connection.execute(query)).scalars()}
    return known


def _key(event: Event) -> tuple[str, str, str]:
    return event.platform, event.workspace, event.id


def _to_row(event: Event) -> dict[str, Any]:
    return {
        "platform": event.platform,
        "workspace": event.workspace,
        "id": event.id,
        "of_conversation": event.conversation,
        "body": to_json(event.body),
        "received_at": event.received_at,
        "person": event.person,
    }


@cache
def _ready_lanes(into_lanes: Any) -> Any:
    given: dict[str, Any] = {name: bindparam(name) for name in ("workspace", "platform", "conversation", "person")}
    new = {"box": "in", "lease_until": 0.0, "worker": "", "fence": 0, "ready_at": seconds_now()}
    statement = into_lanes.values(**given, **new)
    return statement.on_conflict_do_update(
        index_elements=["box", "workspace", "platform", "conversation"],
        set_={
            "ready_at": func.coalesce(LANES.c.ready_at, statement.excluded.ready_at),
            "person": statement.excluded.person,
        },
    )


@cache
def _insert(into_events: Any) -> Any:
    given: dict[str, Any] = {
        name: bindparam(name) for name in ("platform", "workspace", "id", "body", "received_at", "person")
    }
    lane = (
        select(LANES.c.id)
        .where(LANES.c.box == "in", LANES.c.workspace == bindparam("workspace"))
        .where(LANES.c.platform == bindparam("platform"), LANES.c.conversation == bindparam("of_conversation"))
        .scalar_subquery()
    )
    new = {"lane": lane, "step": "", "state": "waiting", "attempt": 0, "error": ""}
    return into_events.values(**given, **new).on_conflict_do_nothing()
