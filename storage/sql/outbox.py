"""The outbox in a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, delete, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import Unavailable
from bot.ports import Delivery, Outgoing, Pace, Sending
from bot.turn import Member, Place
from storage.codec import FORMS, decode, encode, form_of, from_json, to_json
from storage.engine import Database
from storage.limits import MAX_LOST, UNDER_WAY
from storage.sql.lanes import Lane, find_wait, let_go, mark_ready, set_ready, take
from storage.sql.paces import must_wait, take_turn
from storage.sql.statements import add_missing
from storage.tables import LaneRow, OutgoingRow, table_of

LANES = table_of(LaneRow)
OUTGOING = table_of(OutgoingRow)
AT_ONCE = 500  # keys that are looked up in one statement
STATES = ("waiting", "sending", "sent", "failed", "unknown")


class SqlOutbox:
    """What is to be delivered, in order within a place; `paces` by platform."""

    def __init__(self, database: Database, paces: Mapping[str, Pace]) -> None:
        self._database, self._paces = database, paces

    async def next(self, worker: str, seconds: float) -> Sending | None:
        async def take_next(connection: AsyncConnection) -> Sending | None:
            while lane := await take(connection, "out", worker, seconds):
                pace = self._paces.get(lane.platform)
                if pace and await must_wait(connection, lane, pace):
                    continue
                if sending := await _take_head(connection, lane):
                    return sending
            return None

        return await self._database.apply(take_next)

    async def wait_for(self, platform: str, workspace: str, what: str, pace: Pace) -> float:
        if platform not in self._paces:
            return 0.0
        return await self._database.apply(lambda connection: take_turn(connection, platform, workspace, what, pace))

    async def posted(self, key: str, messages: Sequence[str]) -> None:
        await self._note(key, posted=to_json(list(messages)))

    async def begun(self, key: str, message: str) -> None:
        await self._note(key, message=message)

    async def sent(self, key: str, message: str) -> None:
        # What is delivered keeps no words here: the exchange or the kept digest has them.
        await self._close(key, 0.0, state="sent", message=message, content="", error="")

    async def failed(self, key: str, error: str, retry_in: float | None, *, uncertain: bool = False) -> None:
        given_up = "unknown" if uncertain else "failed"
        state = given_up if retry_in is None else "waiting"
        changes = {"uncertain": True} if uncertain else {}
        heard_of = OUTGOING.c.lost - 1
        await self._close(key, retry_in or 0.0, state=state, error=error, lost=heard_of, **changes)

    async def _note(self, key: str, **changes: object) -> None:
        """Keep something about what is being sent."""

        async def keep(connection: AsyncConnection) -> None:
            in_hand = (OUTGOING.c.key == key, OUTGOING.c.state == "sending")
            await connection.execute(update(OUTGOING).where(*in_hand).values(**changes))

        await self._database.apply(keep)

    async def _close(self, key: str, delay: float, **changes: object) -> None:
        """End an attempt; where it had ended before (a late word of a worker that was replaced), change nothing."""

        async def close(connection: AsyncConnection) -> None:
            in_hand = (OUTGOING.c.key == key, OUTGOING.c.state == "sending")
            locked = select(LANES.c.id).join(OUTGOING, OUTGOING.c.lane == LANES.c.id).where(*in_hand)
            lane = (await connection.execute(locked.with_for_update(of=LANES))).scalar_one_or_none()
            if lane is None:
                return
            closed = await connection.execute(update(OUTGOING).where(*in_hand).values(**changes))
            if closed.rowcount == 1:
                await let_go(connection, lane)
                await set_ready(connection, lane, OUTGOING, delay)

        await self._database.apply(close)

    async def message(self, key: str) -> str:
        async with self._database.read() as connection:
            found = await connection.execute(select(OUTGOING.c.message).where(OUTGOING.c.key == key))
            return found.scalar_one_or_none() or ""

    async def deliveries(self, keys: Collection[str]) -> Mapping[str, Delivery]:
        wanted, found = sorted(keys), dict[str, Delivery]()
        async with self._database.read() as connection:
            for start in range(0, len(wanted), AT_ONCE):
                some = OUTGOING.c.key.in_(wanted[start : start + AT_ONCE])
                found |= {row.key: _to_delivery(row) for row in await connection.execute(select(OUTGOING).where(some))}
        return found

    async def take_back(self, key: str) -> bool:
        async def let_go_of(connection: AsyncConnection) -> bool:
            locked = select(LANES.c.id).join(OUTGOING, OUTGOING.c.lane == LANES.c.id).where(OUTGOING.c.key == key)
            lane = (await connection.execute(locked.with_for_update(of=LANES))).scalar_one_or_none()
            if lane is None:
                return False
            doubtful = update(OUTGOING).where(OUTGOING.c.key == key, OUTGOING.c.state == "unknown")
            await connection.execute(doubtful.values(content=""))
            idle = or_(OUTGOING.c.state == "waiting", OUTGOING.c.state == "failed")
            gone = await connection.execute(delete(OUTGOING).where(OUTGOING.c.key == key, idle))
            if gone.rowcount == 1:
                await set_ready(connection, lane, OUTGOING)
            return bool(gone.rowcount == 1)

        return await self._database.apply(let_go_of)

    async def key_of(self, place: Place, message: str) -> str:
        if not message:
            return ""
        async with self._database.read() as connection:
            # First what is open: what is sent between the two looks is found by the second.
            under_way = (await connection.execute(_open(), {"of": place.workspace, "at": place.channel})).all()
            known = {"of": place.workspace, "at": place.channel, "as": message}
            delivered = (await connection.execute(_delivered(), known)).scalar_one_or_none()
        begun = next((row.key for row in under_way if message in from_json(row.posted)), None)
        if delivered is None and begun is None and any(row.state == "sending" for row in under_way):
            raise Unavailable(UNDER_WAY)
        return delivered or begun or ""

    async def depths(self) -> Mapping[str, int]:
        async with self._database.read() as connection:
            rows = await connection.execute(select(OUTGOING.c.state, func.count()).group_by(OUTGOING.c.state))
            return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in rows}

    async def waited(self) -> float:
        async with self._database.read() as connection:
            return await find_wait(connection, "out")


async def insert_outgoing(connection: AsyncConnection, outgoing: Outgoing) -> None:
    """Queue something to deliver; dropped where its key is known."""
    place = outgoing.place
    there = (place.workspace, outgoing.platform, f"{place.channel} {place.thread}")
    lane = await mark_ready(connection, "out", there)
    row = {
        "key": outgoing.key,
        "workspace": place.workspace,
        "platform": outgoing.platform,
        "channel": place.channel,
        "thread": place.thread,
        "lane": lane,
        "form": form_of(outgoing.content),
        "content": encode(outgoing.content),
        "only_to": outgoing.only_to.id if outgoing.only_to else "",
        "alone": outgoing.alone,
        "exchange": outgoing.exchange,
        "replaces": outgoing.replaces,
        "state": "waiting",
        "attempt": 0,
        "lost": 0,
        "uncertain": False,
        "posted": "[]",
        "message": "",
        "error": "",
    }
    await add_missing(connection, OUTGOING, row)


async def _take_head(connection: AsyncConnection, lane: Lane) -> Sending | None:
    """Take a lane's lowest; None, and the lane put right, where it has none or one that was tried too often."""
    row = (await connection.execute(_take(), {"of_lane": lane.id})).one_or_none()
    if row and row.lost <= MAX_LOST:
        return Sending(
            outgoing=_to_outgoing(row),
            attempt=row.attempt,
            uncertain=row.uncertain,
            begun=row.message,
            posted=tuple(from_json(row.posted)),
        )
    if row:
        failed = update(OUTGOING).where(OUTGOING.c.sequence == row.sequence)
        state = "unknown" if row.uncertain else "failed"
        await connection.execute(failed.values(state=state, error=row.error or "its workers died while sending"))
    await let_go(connection, lane.id)
    await set_ready(connection, lane.id, OUTGOING)
    return None


@cache
def _delivered() -> Any:
    there = (OUTGOING.c.workspace == bindparam("of"), OUTGOING.c.channel == bindparam("at"))
    latest = OUTGOING.c.sequence.desc()
    return select(OUTGOING.c.key).where(*there, OUTGOING.c.message == bindparam("as")).order_by(latest).limit(1)


@cache
def _open() -> Any:
    """What is not done with in a channel, by the lanes that have work."""
    busy = (LANES.c.box == "out", LANES.c.workspace == bindparam("of"), LANES.c.ready_at.is_not(None))
    is_open = or_(OUTGOING.c.state == "waiting", OUTGOING.c.state == "sending")
    there = (OUTGOING.c.channel == bindparam("at"), is_open)
    columns = (OUTGOING.c.key, OUTGOING.c.state, OUTGOING.c.posted)
    return select(*columns).join(LANES, LANES.c.id == OUTGOING.c.lane).where(*busy, *there)


@cache
def _take() -> Any:
    is_open = or_(OUTGOING.c.state == "waiting", OUTGOING.c.state == "sending")
    open_ones = (OUTGOING.c.lane == bindparam("of_lane"), is_open)
    lowest = select(func.min(OUTGOING.c.sequence)).where(*open_ones).scalar_subquery()
    was_sending = case((OUTGOING.c.state == "sending", true()), else_=OUTGOING.c.uncertain)
    changed = update(OUTGOING).where(OUTGOING.c.sequence == lowest)
    counts = {"attempt": OUTGOING.c.attempt + 1, "lost": OUTGOING.c.lost + 1}  # until it is heard of again
    change = {"state": "sending", "uncertain": was_sending, **counts}
    return changed.values(change).returning(OUTGOING)


def _to_delivery(row: Any) -> Delivery:
    place = Place(row.workspace, row.channel, row.thread)
    return Delivery(platform=row.platform, place=place, state=row.state, message=row.message, error=row.error)


def _to_outgoing(row: Any) -> Outgoing:
    return Outgoing(
        key=row.key,
        platform=row.platform,
        place=Place(row.workspace, row.channel, row.thread),
        content=decode(FORMS[row.form], row.content),
        only_to=Member(row.workspace, row.only_to) if row.only_to else None,
        alone=row.alone,
        exchange=row.exchange,
        replaces=row.replaces,
    )
