"""The journal in a database: all that one piece of work changes, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.operations.model import Cost
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource
from bot.ports import Effects
from bot.trust.model import AuditEntry, AuditKind, Review
from bot.turn import Exchange, Member, Place
from storage.codec import decode, encode, from_json, to_json
from storage.engine import Database
from storage.sql.inbox import finish_event
from storage.sql.outbox import insert_outgoing
from storage.sql.reviews import close_reviews, open_reviews, read_open, read_review
from storage.sql.statements import add, put
from storage.tables import AuditRow, CostRow, ExchangeRow, FeedbackRow, table_of

EXCHANGES = table_of(ExchangeRow)
FEEDBACK = table_of(FeedbackRow)
COSTS = table_of(CostRow)
AUDIT = table_of(AuditRow)
SOURCES = {one.value: one for one in FeedbackSource}  # looked up: a pilot's whole feedback is read for each digest
KINDS = {one.value: one for one in FeedbackKind}


class SqlJournal:
    """What happened: exchanges, feedback, audit, cost, reviews."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def commit(self, effects: Effects) -> None:
        await self._database.apply(lambda connection: _write(connection, effects))

    async def exchange(self, workspace: str, id: str) -> Exchange | None:
        query = select(EXCHANGES.c.body).where(EXCHANGES.c.workspace == workspace, EXCHANGES.c.id == id)
        async with self._database.look() as connection:
            body = (await connection.execute(query)).scalar_one_or_none()
        return decode(Exchange, body) if body else None

    async def exchanges(
        self, workspace: str, since: datetime, until: datetime, member: Member | None = None
    ) -> tuple[Exchange, ...]:
        query = select(EXCHANGES.c.body).where(*_between(EXCHANGES, workspace, since, until))
        if member:
            query = query.where(EXCHANGES.c.member == member.id)
        async with self._database.read() as connection:
            bodies = (await connection.execute(query.order_by(EXCHANGES.c.at, EXCHANGES.c.id))).scalars().all()
        return tuple(decode(Exchange, body) for body in bodies)

    async def last_in(self, place: Place, limit: int) -> tuple[Exchange, ...]:
        whose = {"in_workspace": place.workspace, "in_channel": place.channel, "in_thread": place.thread}
        return await self._last(_select_last_in(), whose | {"most": limit})

    async def last_by(
        self, member: Member, channel: str, span: tuple[datetime, datetime], limit: int
    ) -> tuple[Exchange, ...]:
        whose = {"in_workspace": member.workspace, "by_member": member.id, "in_channel": channel}
        return await self._last(_select_last_by(), whose | {"since": span[0], "until": span[1], "most": limit})

    async def _last(self, query: Any, parameters: dict[str, Any]) -> tuple[Exchange, ...]:
        async with self._database.look() as connection:
            bodies = (await connection.execute(query, parameters)).scalars().all()
        return tuple(decode(Exchange, body) for body in reversed(bodies))

    async def feedback(self, workspace: str, since: datetime, until: datetime) -> tuple[Feedback, ...]:
        return tuple(map(_to_feedback, await self._rows(FEEDBACK, "id", workspace, since, until)))

    async def costs(self, workspace: str, since: datetime, until: datetime) -> tuple[Cost, ...]:
        return tuple(map(_to_cost, await self._rows(COSTS, "id", workspace, since, until)))

    async def audit(self, workspace: str, since: datetime, until: datetime) -> tuple[AuditEntry, ...]:
        return tuple(map(_to_entry, await self._rows(AUDIT, "n", workspace, since, until)))

    async def drop_before(self, workspace: str, until: datetime) -> Mapping[str, int]:
        return await self._database.apply(lambda connection: _drop(connection, workspace, until))

    async def reviews(self, workspace: str) -> tuple[Review, ...]:
        async with self._database.read() as connection:
            return await read_open(connection, workspace)

    async def review(self, workspace: str, id: str) -> Review | None:
        async with self._database.read() as connection:
            return await read_review(connection, workspace, id)

    async def _rows(self, table: Table, tie: str, workspace: str, since: datetime, until: datetime) -> Any:
        query = select(table).where(*_between(table, workspace, since, until)).order_by(table.c.at, table.c[tie])
        async with self._database.read() as connection:
            return (await connection.execute(query)).all()


async def _drop(connection: AsyncConnection, workspace: str, until: datetime) -> dict[str, int]:
    counts = {}
    for name, table in (("feedback", FEEDBACK), ("audit", AUDIT)):
        old = delete(table).where(table.c.workspace == workspace, table.c.at < until)
        counts[name] = (await connection.execute(old)).rowcount
    return counts


@cache  # building a statement takes longer than running it
def _select_last_in() -> Any:
    return _select_last(EXCHANGES.c.thread == bindparam("in_thread"))


@cache
def _select_last_by() -> Any:
    in_span = (EXCHANGES.c.at >= bindparam("since"), EXCHANGES.c.at < bindparam("until"))
    return _select_last(EXCHANGES.c.member == bindparam("by_member"), *in_span)


def _select_last(*conditions: ColumnElement[bool]) -> Any:
    where = (EXCHANGES.c.workspace == bindparam("in_workspace"), EXCHANGES.c.channel == bindparam("in_channel"))
    newest = (EXCHANGES.c.at.desc(), EXCHANGES.c.id.desc())
    return select(EXCHANGES.c.body).where(*where, *conditions).order_by(*newest).limit(bindparam("most"))


async def _write(connection: AsyncConnection, effects: Effects) -> None:
    if effects.done:  # first, so that a late writer is refused before it writes, and locks fall in one order
        await finish_event(connection, effects.done)
    await put(connection, EXCHANGES, [_from_exchange(effects.exchange)] if effects.exchange else [])
    await put(connection, FEEDBACK, [_from_feedback(one) for one in effects.feedback])
    await put(connection, COSTS, [_from_cost(one) for one in effects.costs])
    await open_reviews(connection, effects.reviews)
    await close_reviews(connection, effects.closed)
    await add(connection, AUDIT, [_from_entry(one) for one in effects.audit])
    for outgoing in sorted(effects.outgoing, key=lambda one: one.place):  # lanes are locked in one order
        await insert_outgoing(connection, outgoing)


def _between(table: Table, workspace: str, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (table.c.workspace == workspace, table.c.at >= since, table.c.at < until)


def _from_exchange(exchange: Exchange) -> dict[str, Any]:
    place = exchange.turn.place
    return {
        "workspace": place.workspace,
        "id": exchange.id,
        "member": exchange.asker.id,
        "channel": place.channel,
        "thread": place.thread,
        "at": exchange.at,
        "body": encode(exchange),
    }


def _from_feedback(one: Feedback) -> dict[str, Any]:
    return {
        "workspace": one.member.workspace,
        "id": one.id,
        "member": one.member.id,
        "exchange": one.exchange,
        "at": one.at,
        "source": one.source,
        "kind": one.kind,
        "satisfaction": one.satisfaction,
        "weight": one.weight,
        "private": one.private,
    }


def _to_feedback(row: Any) -> Feedback:
    return Feedback(
        id=row.id,
        exchange=row.exchange,
        member=Member(row.workspace, row.member),
        at=row.at,
        source=SOURCES[row.source],
        kind=KINDS[row.kind],
        satisfaction=row.satisfaction,
        weight=row.weight,
        private=row.private,
    )


def _from_cost(cost: Cost) -> dict[str, Any]:
    return {
        "workspace": cost.member.workspace,
        "id": cost.id,
        "member": cost.member.id,
        "purpose": cost.purpose,
        "model": cost.model,
        "input_tokens": cost.input_tokens,
        "cached_tokens": cost.cached_tokens,
        "cache_writes": cost.cache_writes,
        "output_tokens": cost.output_tokens,
        "dollars": cost.dollars,
        "at": cost.at,
    }


def _to_cost(row: Any) -> Cost:
    return Cost(
        id=row.id,
        member=Member(row.workspace, row.member),
        purpose=row.purpose,
        model=row.model,
        input_tokens=row.input_tokens,
        cached_tokens=row.cached_tokens,
        cache_writes=row.cache_writes,
        output_tokens=row.output_tokens,
        dollars=row.dollars,
        at=row.at,
    )


def _from_entry(entry: AuditEntry) -> dict[str, Any]:
    return {
        "workspace": entry.workspace,
        "kind": entry.kind,
        "actor": entry.actor,
        "subject": entry.subject,
        "at": entry.at,
        "detail": to_json(dict(entry.detail)),
    }


def _to_entry(row: Any) -> AuditEntry:
    return AuditEntry(
        workspace=row.workspace,
        kind=AuditKind(row.kind),
        actor=row.actor,
        subject=row.subject,
        at=row.at,
        detail=from_json(row.detail),
    )
