"""The inbox in a database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import Superseded
from bot.ports import Event, Lease
from bot.reviews.kinds import of_event
from bot.turn import Member
from storage.codec import from_json
from storage.engine import Database, seconds_now
from storage.limits import MAX_ATTEMPTS
from storage.sql.arrivals import Arrivals
from storage.sql.lanes import Lane, find_wait, let_go, set_ready, take
from storage.sql.reviews import open_reviews
from storage.tables import EventRow, LaneRow, table_of

EVENTS = table_of(EventRow)
LANES = table_of(LaneRow)
THEY_DIED = "its workers died"
STATES = ("waiting", "leased", "done", "dead")


class SqlInbox:
    """What was received and not yet worked on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._arrivals = Arrivals(database)

    async def receive(self, event: Event) -> bool:
        return await self._arrivals.keep(event)

    async def lease(self, worker: str, seconds: float) -> Lease | None:
        async def lease_next(connection: AsyncConnection) -> Lease | None:
            while lane := await take(connection, "in", worker, seconds):
                if lease := await _lease_head(connection, lane):
                    return lease
            return None

        return await self._database.apply(lease_next)

    async def check(self, lease: Lease) -> None:
        event = lease.event
        there = (LANES.c.box == "in", LANES.c.workspace == event.workspace, LANES.c.platform == event.platform)
        held = (LANES.c.conversation == event.conversation, LANES.c.fence == lease.fence, LANES.c.lease_until > 0.0)
        async with self._database.read() as connection:
            if (await connection.execute(select(LANES.c.id).where(*there, *held))).first() is None:
                raise Superseded

    async def release(self, lease: Lease, error: str, retry_in: float) -> bool:
        dead = lease.attempt >= MAX_ATTEMPTS

        async def give_back(connection: AsyncConnection) -> None:
            lane = await close_event(connection, lease, {"state": "dead" if dead else "waiting", "error": error})
            await set_ready(connection, lane, EVENTS, 0.0 if dead else retry_in)
            if dead:
                await ask_to_look(connection, lease.event, error)

        await self._database.apply(give_back)
        return not dead

    async def finish(self, lease: Lease) -> None:
        await self._database.apply(lambda connection: finish_event(connection, lease))

    async def depths(self) -> Mapping[str, int]:
        async with self._database.read() as connection:
            rows = await connection.execute(select(EVENTS.c.state, func.count()).group_by(EVENTS.c.state))
            return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in rows}

    async def waited(self) -> float:
        async with self._database.read() as connection:
            return await find_wait(connection, "in")


async def finish_event(connection: AsyncConnection, lease: Lease) -> None:
    """Mark a leased event done, or answered where there is still something to learn from it; raises Superseded where
    the lease was taken over. What is done keeps no words."""
    answered = {"state": "waiting", "step": "answered", "attempt": 0, "error": ""}
    done = {"state": "done", "body": "{}", "person": "", "error": ""}
    lane = await close_event(connection, lease, answered if lease.teaches and not lease.answered else done)
    await set_ready(connection, lane, EVENTS)


async def close_event(connection: AsyncConnection, lease: Lease, changes: Mapping[str, object]) -> int:
    """End a lease, leaving its event with these changes; give its lane."""
    event = lease.event
    whose = {"of_platform": event.platform, "of_workspace": event.workspace}
    held = whose | {"of_conversation": event.conversation, "held_fence": lease.fence}
    lane = (await connection.execute(_let_go(), held)).scalar_one_or_none()
    if lane is None:
        raise Superseded
    new = {f"new_{name}": value for name, value in changes.items()}
    if (await connection.execute(_close(tuple(changes)), whose | {"event_id": event.id} | new)).rowcount != 1:
        raise Superseded
    return int(lane)


async def erase_events(connection: AsyncConnection, member: Member) -> None:
    """Drop what was given up, or was still to be learned from, of one person's."""
    named = EVENTS.c.body.contains(f'"{member.id}"', autoescape=True)  # what was kept before it was told whose it is
    theirs = (EVENTS.c.person == member.id) | ((EVENTS.c.person == "") & named)
    kept = or_(EVENTS.c.state == "dead", (EVENTS.c.step == "answered") & (EVENTS.c.state != "done"))
    chosen = (EVENTS.c.workspace == member.workspace, theirs, kept)
    of_theirs = select(LANES.c.id).where(LANES.c.id.in_(select(EVENTS.c.lane).where(*chosen))).order_by(LANES.c.id)
    lanes = (await connection.execute(of_theirs.with_for_update())).scalars().all()  # a lane is locked before its rows
    in_hand = select(EVENTS.c.lane).where(*chosen, EVENTS.c.state == "leased")
    for lane in (await connection.execute(in_hand)).scalars().all():  # whoever learns from it just now is refused
        await let_go(connection, lane)
    await connection.execute(update(EVENTS).where(*chosen).values(body="{}", person="", state="done"))
    for lane in lanes:
        await set_ready(connection, lane, EVENTS)


async def ask_to_look(connection: AsyncConnection, event: Event, why: str) -> None:
    """A review of an event that was given up, beside what became of it: which and why, not its words."""
    now = (await connection.execute(select(seconds_now()))).scalar_one()
    at = datetime.fromtimestamp(now, UTC)
    await open_reviews(connection, [of_event(event.platform, event.id, event.workspace, why, at)])


async def _lease_head(connection: AsyncConnection, lane: Lane) -> Lease | None:
    """Lease a lane's lowest event; None, and the lane put right, where it has none or one that died of its attempts."""
    row = (await connection.execute(_lease(), {"of_lane": lane.id})).one_or_none()
    if row and row.attempt <= MAX_ATTEMPTS:
        return _to_lease(row, lane)
    if row:  # it took its worker down with it each time, so nobody could give it back
        dead = update(EVENTS).where(EVENTS.c.sequence == row.sequence)
        await connection.execute(dead.values(state="dead", error=THEY_DIED))
        await ask_to_look(connection, _to_lease(row, lane).event, THEY_DIED)
    await let_go(connection, lane.id)
    await set_ready(connection, lane.id, EVENTS)
    return None


@cache
def _let_go() -> Any:
    return (
        update(LANES)
        .where(LANES.c.box == "in", LANES.c.workspace == bindparam("of_workspace"))
        .where(LANES.c.platform == bindparam("of_platform"), LANES.c.conversation == bindparam("of_conversation"))
        .where(LANES.c.fence == bindparam("held_fence"))
        .values(lease_until=0.0, worker="")
        .returning(LANES.c.id)
    )


@cache
def _close(changed: tuple[str, ...]) -> Any:
    return (
        update(EVENTS)
        .where(EVENTS.c.platform == bindparam("of_platform"), EVENTS.c.workspace == bindparam("of_workspace"))
        .where(EVENTS.c.id == bindparam("event_id"), EVENTS.c.state == "leased")
        .values({name: bindparam(f"new_{name}") for name in changed})
    )


@cache
def _lease() -> Any:
    is_open = or_(EVENTS.c.state == "waiting", EVENTS.c.state == "leased")  # as IN it is compiled anew every time
    open_events = (EVENTS.c.lane == bindparam("of_lane"), is_open)
    lowest = select(func.min(EVENTS.c.sequence)).where(*open_events).scalar_subquery()
    changed = update(EVENTS).where(EVENTS.c.sequence == lowest)
    return changed.values(state="leased", attempt=EVENTS.c.attempt + 1).returning(EVENTS)


def _to_lease(row: Any, lane: Lane) -> Lease:
    event = Event(
        platform=row.platform,
        id=row.id,
        workspace=row.workspace,
        conversation=lane.conversation,
        body=from_json(row.body),
        received_at=row.received_at,
        person=row.person,
    )
    return Lease(event=event, fence=lane.fence, attempt=row.attempt, answered=row.step == "answered")
