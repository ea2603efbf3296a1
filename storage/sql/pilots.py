"""Pilots, their digests, the claims on them and their champions' rhythms, in a database."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, func, select

from bot.digest.model import Digest
from bot.pilot.model import Pilot, PilotKey, Rhythm
from bot.turn import Member
from storage.codec import decode, encode
from storage.engine import Database
from storage.sql.statements import add_missing, put
from storage.tables import ClaimRow, DigestRow, PilotRow, RhythmRow, StepRow, table_of

PILOTS = table_of(PilotRow)
CLAIMS = table_of(ClaimRow)
DIGESTS = table_of(DigestRow)
STEPS = table_of(StepRow)
RHYTHMS = table_of(RhythmRow)


class SqlPilots:
    """The pilots of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, pilot: Pilot) -> None:
        row = {"id": pilot.id, "workspace": pilot.workspace, "body": encode(pilot)}
        await self._database.apply(lambda connection: put(connection, PILOTS, [row]))

    async def all(self, workspace: str | None = None) -> tuple[Pilot, ...]:
        query, of = (select(PILOTS.c.body), {}) if workspace is None else (_select_of(), {"of_workspace": workspace})
        async with self._database.look() as connection:
            bodies = (await connection.execute(query, of)).scalars().all()
        return tuple(sorted((decode(Pilot, body) for body in bodies), key=lambda one: (one.id, one.workspace)))

    async def claim(self, pilot: PilotKey, champion: Member, day: date, at: datetime) -> bool:
        row = {**_of(pilot), "member": champion.id, "day": day, "at": at}
        return await self._database.apply(lambda connection: add_missing(connection, CLAIMS, row))

    async def last_claimed(self, pilot: PilotKey, champion: Member) -> date | None:
        query = select(func.max(CLAIMS.c.day)).where(*_where(CLAIMS, pilot), CLAIMS.c.member == champion.id)
        async with self._database.read() as connection:
            day: date | None = (await connection.execute(query)).scalar_one_or_none()
        return day

    async def keep_digest(self, digest: Digest) -> None:
        member = digest.champion.id if digest.champion else ""
        row = {**_of(digest.key), "member": member, "day": digest.on, "body": encode(digest)}
        await self._database.apply(lambda connection: put(connection, DIGESTS, [row]))

    async def digests(self, pilot: PilotKey, champion: Member | None = None) -> tuple[Digest, ...]:
        query = select(DIGESTS.c.body).where(*_where(DIGESTS, pilot)).order_by(DIGESTS.c.day, DIGESTS.c.member)
        if champion:
            query = query.where(DIGESTS.c.member.in_(("", champion.id)))
        async with self._database.read() as connection:
            bodies = (await connection.execute(query)).scalars().all()
        return tuple(decode(Digest, body) for body in bodies)

    async def last_digest(self, pilot: PilotKey, champion: Member) -> Digest | None:
        theirs = select(DIGESTS.c.body).where(*_where(DIGESTS, pilot), DIGESTS.c.member.in_(("", champion.id)))
        latest = theirs.order_by(DIGESTS.c.day.desc(), DIGESTS.c.member.desc()).limit(1)
        async with self._database.read() as connection:
            body = (await connection.execute(latest)).scalar_one_or_none()
        return decode(Digest, body) if body else None

    async def mark_done(self, pilot: PilotKey, step: str, at: datetime) -> None:
        row = {**_of(pilot), "step": step, "at": at}
        await self._database.apply(lambda connection: add_missing(connection, STEPS, row))

    async def done_steps(self, pilot: PilotKey) -> frozenset[str]:
        async with self._database.read() as connection:
            steps = (await connection.execute(select(STEPS.c.step).where(*_where(STEPS, pilot)))).scalars()
            return frozenset(steps)

    async def set_rhythm(self, pilot: PilotKey, champion: Member, rhythm: Rhythm) -> None:
        kept = {"weekly": rhythm.weekly, "snoozed_until": rhythm.snoozed_until}
        row = {**_of(pilot), "member": champion.id, **kept}
        await self._database.apply(lambda connection: put(connection, RHYTHMS, [row]))

    async def rhythm(self, pilot: PilotKey, champion: Member) -> Rhythm:
        query = select(RHYTHMS.c.weekly, RHYTHMS.c.snoozed_until)
        query = query.where(*_where(RHYTHMS, pilot), RHYTHMS.c.member == champion.id)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return Rhythm(weekly=row.weekly, snoozed_until=row.snoozed_until) if row else Rhythm()


@cache  # building a statement takes longer than running it
def _select_of() -> Any:
    return select(PILOTS.c.body).where(PILOTS.c.workspace == bindparam("of_workspace"))


def _of(pilot: PilotKey) -> dict[str, object]:
    return {"workspace": pilot.workspace, "pilot": pilot.id}


def _where(table: Table, pilot: PilotKey) -> tuple[Any, Any]:
    return table.c.workspace == pilot.workspace, table.c.pilot == pilot.id
