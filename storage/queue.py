"""The operator's view of inbox and outbox: what was given up and why, trying it again, dropping what is long done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import open_database, seconds_now
from storage.sql.lanes import LANES, set_ready
from storage.tables import EventRow, OutgoingRow, PaceRow, table_of

EVENTS = table_of(EventRow)
OUTGOING = table_of(OutgoingRow)
PACES = table_of(PaceRow)
GIVEN_UP = ("failed", "unknown")
KEPT = timedelta(days=7)  # for which what is done is recognised; platforms repeat themselves for hours
A_DAY = 86_400.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """An event or a message that was tried too often or refused for good. `box` is "in" or "out"; `id` is the
    platform's for an event, the key for a message; `uncertain`: the message may have been delivered after all."""

    box: str
    workspace: str
    platform: str
    id: str
    attempts: int
    error: str
    uncertain: bool = False


async def list_given_up(url: str) -> tuple[GivenUp, ...]:
    """All that was given up, oldest first, events before messages."""
    database = open_database(url)
    try:
        async with database.read(snapshot=True) as connection:
            dead = select(EVENTS).where(EVENTS.c.state == "dead").order_by(EVENTS.c.sequence)
            failed = select(OUTGOING).where(OUTGOING.c.state.in_(GIVEN_UP)).order_by(OUTGOING.c.sequence)
            events = (await connection.execute(dead)).all()
            messages = (await connection.execute(failed)).all()
    finally:
        await database.close()
    return (
        *(_to_given_up("in", row, row.id, uncertain=False) for row in events),
        *(_to_given_up("out", row, row.key, uncertain=row.uncertain) for row in messages),
    )


async def try_again(url: str, ids: frozenset[str] | None = None, *, unknown: bool = False) -> int:
    """Put what was given up (all of it, or those ids) back in line, as if never tried; how many. A message that may
    have been delivered stays marked uncertain, and one whose words were erased stays given up. `unknown`: also what
    nobody can say of whether it was delivered, so that it may come twice."""
    database = open_database(url)

    async def put_back(connection: AsyncConnection) -> int:
        events = await _put_back(connection, EVENTS, EVENTS.c.state == "dead", EVENTS.c.id, ids)
        states = GIVEN_UP if unknown else ("failed",)
        deliverable = OUTGOING.c.state.in_(states) & (OUTGOING.c.content != "")
        return events + await _put_back(connection, OUTGOING, deliverable, OUTGOING.c.key, ids)

    try:
        return await database.apply(put_back)
    finally:
        await database.close()


async def drop_done(url: str, before: datetime) -> int:
    """Delete events that are done and came before `before`, lanes nothing is left in, and paces of yesterday; how many
    events. A platform that delivers such an event once more is not recognised: keep them for longer than platforms
    repeat themselves."""
    database = open_database(url)

    async def drop(connection: AsyncConnection) -> int:
        done = delete(EVENTS).where(EVENTS.c.state == "done", EVENTS.c.received_at < before)
        dropped = (await connection.execute(done)).rowcount
        in_use = exists().where(EVENTS.c.lane == LANES.c.id) | exists().where(OUTGOING.c.lane == LANES.c.id)
        await connection.execute(delete(LANES).where(LANES.c.ready_at.is_(None), LANES.c.lease_until == 0.0, ~in_use))
        await connection.execute(delete(PACES).where(PACES.c.free_at < seconds_now() - A_DAY))
        return dropped

    try:
        return await database.apply(drop)
    finally:
        await database.close()


async def _put_back(
    connection: AsyncConnection,
    queue: Table,
    given_up: ColumnElement[bool],
    key: ColumnElement[str],
    ids: frozenset[str] | None,
) -> int:
    chosen = given_up if ids is None else given_up & key.in_(ids)
    query = select(LANES.c.id).where(LANES.c.id.in_(select(queue.c.lane).where(chosen))).order_by(LANES.c.id)
    lanes = (await connection.execute(query.with_for_update())).scalars().all()  # a lane is locked before its rows
    anew = {name: 0 for name in ("attempt", "lost") if name in queue.c}
    put_back = await connection.execute(update(queue).where(chosen).values(state="waiting", error="", **anew))
    for lane in lanes:
        await set_ready(connection, lane, queue)
    return put_back.rowcount


def _to_given_up(box: str, row: Any, id: str, *, uncertain: bool) -> GivenUp:
    return GivenUp(
        box=box,
        workspace=row.workspace,
        platform=row.platform,
        id=id,
        attempts=row.attempt,
        error=row.error,
        uncertain=uncertain,
    )
