"""The pace of sending, shared by all replicas: whose turn it is to speak in a channel, or to call a method.

The generic cell rate algorithm: one moment for each thing that has a pace, moved on by every turn that is taken.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Double, bindparam, case, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Pace
from storage.engine import seconds_now
from storage.sql.lanes import Lane, let_go
from storage.sql.statements import insert
from storage.tables import LaneRow, PaceRow, table_of

LANES = table_of(LaneRow)
PACES = table_of(PaceRow)


async def take_turn(connection: AsyncConnection, platform: str, workspace: str, scope: str, pace: Pace) -> float:
    """Take the next turn; the seconds until it comes, 0 where it is now."""
    turn = {"platform": platform, "workspace": workspace, "scope": scope, "every": pace.every}
    statement = _take_turn(insert(connection, PACES))
    wait: float = (await connection.execute(statement, turn | {"ahead": pace.every * pace.burst})).scalar_one()
    return max(0.0, wait)


async def must_wait(connection: AsyncConnection, lane: Lane, pace: Pace) -> bool:
    """Whether a lane in hand has to wait for its turn to send; it is let go then until its turn comes, once."""
    if lane.slot:
        await connection.execute(update(LANES).where(LANES.c.id == lane.id).values(slot=0.0))
        return False
    scope = lane.conversation.partition(" ")[0] if pace.by_channel else ""
    wait = await take_turn(connection, lane.platform, lane.workspace, scope, pace)
    if wait:
        await let_go(connection, lane.id)
        turn = seconds_now() + bindparam("wait", type_=Double)
        waits = update(LANES).where(LANES.c.id == lane.id).values(ready_at=turn, slot=turn)
        await connection.execute(waits, {"wait": wait})
    return bool(wait)


@cache
def _take_turn(into_paces: Any) -> Any:
    every, ahead = bindparam("every", type_=Double), bindparam("ahead", type_=Double)
    keys: dict[str, Any] = {name: bindparam(name) for name in ("platform", "workspace", "scope")}
    due = case((PACES.c.free_at > seconds_now(), PACES.c.free_at), else_=seconds_now())
    statement = into_paces.values(**keys, free_at=seconds_now() + every)
    moved_on = statement.on_conflict_do_update(index_elements=list(keys), set_={"free_at": due + every})
    return moved_on.returning(PACES.c.free_at - ahead - seconds_now())
