"""Lanes: one conversation's queue in a box, of which one worker at a time takes the lowest sequence.

A lane's row is locked before its events are looked at, so two workers never hold one conversation, also where an event
with a lower sequence becomes visible late. Lanes take turns: those whose workspace has least work in hand go first, of
these those whose person has, and of these the one that has been ready for longest. Only the oldest are looked at, and
each workspace's oldest, so that a long queue is not read through for every lease. The statements are built once:
building one takes longer than running it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    CompoundSelect,
    Double,
    FromClause,
    Subquery,
    Table,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import seconds_now
from storage.sql.statements import insert
from storage.tables import LaneRow, table_of

LANES = table_of(LaneRow)
OPEN = ("waiting", "leased", "sending")
OF_LANE = ("conversation", "workspace", "platform", "slot")
NEVER = 1e18
LOOKED_AT = 64  # lanes that one lease is chosen from, beside each workspace's oldest


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane in hand."""

    id: int
    fence: int
    conversation: str
    workspace: str
    platform: str
    slot: float


async def mark_ready(connection: AsyncConnection, box: str, at: tuple[str, str, str], *, person: str = "") -> int:
    """Say that a conversation (its workspace, its platform, itself) has work; give its lane's id and hold its lock
    until the end of the transaction."""
    workspace, platform, conversation = at
    lane = {
        "box": box,
        "workspace": workspace,
        "platform": platform,
        "conversation": conversation,
        "person": person,
        "lease_until": 0.0,
        "worker": "",
        "fence": 0,
    }
    return int((await connection.execute(_mark_ready(insert(connection, LANES)), lane)).scalar_one())


async def take(connection: AsyncConnection, box: str, worker: str, seconds: float) -> Lane | None:
    """Lease the next lane that has work and is in nobody's hands."""
    row = (await connection.execute(_take(), {"of": box, "by": worker, "seconds": seconds})).one_or_none()
    return Lane(row.id, row.fence, row.conversation, row.workspace, row.platform, row.slot) if row else None


async def find_wait(connection: AsyncConnection, box: str) -> float:
    """Seconds for which the oldest lane that could be taken has been ready."""
    waited = select(seconds_now() - func.min(LANES.c.ready_at)).where(*_is_due(LANES))
    return (await connection.execute(waited, {"of": box})).scalar_one_or_none() or 0.0


async def let_go(connection: AsyncConnection, lane: int) -> None:
    """End the lease on a lane and hold its lock."""
    await connection.execute(_let_go(), {"lane": lane})


async def set_ready(connection: AsyncConnection, lane: int, queue: Table, delay: float = 0.0) -> None:
    """Say when a lane's next work may start: after `delay` seconds, or never where `queue` holds none for it."""
    await connection.execute(_set_ready(queue), {"lane": lane, "delay": delay})


@cache
def _mark_ready(into_lanes: Any) -> Any:
    statement = into_lanes.values(ready_at=seconds_now())
    return statement.on_conflict_do_update(
        index_elements=["box", "workspace", "platform", "conversation"],
        set_={
            "ready_at": func.coalesce(LANES.c.ready_at, statement.excluded.ready_at),
            "person": statement.excluded.person,
        },
    ).returning(LANES.c.id)


@cache
def _take() -> Any:
    near, by_workspace, by_person = _find_near(), _count_in_hand("workspace"), _count_in_hand("workspace", "person")
    following = (
        select(LANES.c.id)
        .join(near, near.c.id == LANES.c.id)
        .outerjoin(by_workspace, by_workspace.c.workspace == LANES.c.workspace)
        .outerjoin(by_person, (by_person.c.workspace == LANES.c.workspace) & (by_person.c.person == LANES.c.person))
        .where(func.coalesce(LANES.c.ready_at, NEVER) <= seconds_now(), _is_free(LANES))
        .order_by(
            func.coalesce(by_workspace.c.leases, 0), func.coalesce(by_person.c.leases, 0), LANES.c.ready_at, LANES.c.id
        )
        .limit(1)
        .with_for_update(skip_locked=True, of=LANES)
        .scalar_subquery()
    )
    lease = {
        "fence": LANES.c.fence + 1,
        "worker": bindparam("by"),
        "ready_at": seconds_now(),  # where its worker dies, it goes behind those that have waited since
        "lease_until": seconds_now() + bindparam("seconds", type_=Double),
    }
    changed = update(LANES).where(LANES.c.id == following).values(lease)
    return changed.returning(LANES.c.id, LANES.c.fence, *(LANES.c[name] for name in OF_LANE))


def _is_due(lanes: FromClause) -> tuple[Any, ...]:
    """What a lane must be to be taken."""
    return lanes.c.box == bindparam("of"), lanes.c.ready_at <= seconds_now(), _is_free(lanes)


def _is_free(lanes: FromClause) -> Any:
    """Whether nobody has it. coalesce() keeps the planner off an index that finds most lanes."""
    return func.coalesce(lanes.c.lease_until, 0.0) <= seconds_now()


def _find_near() -> Subquery:
    """The lanes that have been ready for longest, of all and of each workspace."""
    oldest, own, workspaces = LANES.alias("oldest"), LANES.alias("own"), _list_workspaces()
    first = (
        select(own.c.id)
        .where(*_is_due(own), own.c.workspace == workspaces.c.workspace)
        .order_by(own.c.ready_at)
        .limit(1)
        .correlate(workspaces)
        .scalar_subquery()
    )
    all_oldest = select(oldest.c.id).where(*_is_due(oldest)).order_by(oldest.c.ready_at).limit(LOOKED_AT).subquery()
    both: CompoundSelect[Any] = union(select(all_oldest.c.id), select(first.label("id")).select_from(workspaces))
    return both.subquery("near")


def _list_workspaces() -> CTE:
    """Every workspace with a lane in the box, by one step in the index each."""
    lanes = LANES.alias("any")
    found = select(func.min(lanes.c.workspace).label("workspace")).where(lanes.c.box == bindparam("of"))
    known = found.cte("workspaces", recursive=True)
    further = select(func.min(lanes.c.workspace)).where(
        lanes.c.box == bindparam("of"), lanes.c.workspace > known.c.workspace
    )
    return known.union_all(select(further.correlate(known).scalar_subquery()).where(known.c.workspace.is_not(None)))


def _count_in_hand(*by: str) -> Subquery:
    """How many lanes are leased, by workspace, or by workspace and person."""
    held = LANES.alias("held")
    columns = [held.c[name] for name in by]
    leased = (held.c.box == bindparam("of"), held.c.lease_until > seconds_now())
    return select(*columns, func.count().label("leases")).where(*leased).group_by(*columns).subquery()


@cache
def _let_go() -> Any:
    return update(LANES).where(LANES.c.id == bindparam("lane")).values(lease_until=0.0, worker="")


@cache
def _set_ready(queue: Table) -> Any:
    waiting = exists().where(queue.c.lane == bindparam("lane"), or_(*(queue.c.state == one for one in OPEN)))
    ready_at = case((waiting, seconds_now() + bindparam("delay", type_=Double)), else_=None)
    return update(LANES).where(LANES.c.id == bindparam("lane")).values(ready_at=ready_at)
