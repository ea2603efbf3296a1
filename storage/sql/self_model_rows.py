"""Self-models as rows: reading one, and writing only what differs from what is stored.

Observations and beliefs are numbered per person; the head row lists the beliefs' numbers in order, and a belief the
numbers of its observations, so that a belief that moves up in order moves no row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import Superseded
from bot.self_model.model import Belief, Observation, SelfModel, Source, Status, Tombstone
from bot.turn import Member
from storage.codec import encode, from_json, make_all, to_json
from storage.sql.statements import add, add_missing, put
from storage.tables import BeliefRow, ObservationRow, SelfModelRow, TombstoneRow, table_of

MODELS = table_of(SelfModelRow)
OBSERVATIONS = table_of(ObservationRow)
BELIEFS = table_of(BeliefRow)
TOMBSTONES = table_of(TombstoneRow)
SOURCES = {str(source): source for source in Source}

Moment = Callable[[Any], datetime]  # from what the driver gives


def _without(table: Table, *names: str) -> tuple[Column[Any], ...]:
    return tuple(column for column in table.c if column.name not in ("workspace", "member", *names))


OBSERVATION_COLUMNS = _without(OBSERVATIONS, "digest")
BELIEF_COLUMNS = _without(BELIEFS)


@dataclass(frozen=True, slots=True)
class Stored:
    """A self-model as it is stored: observations and beliefs by their numbers, and the highest number given."""

    model: SelfModel
    observations: Mapping[int, Observation]
    beliefs: Mapping[int, Belief]
    numbered: int


def of(table: Table, member: Member) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The condition for a member's rows."""
    return (table.c.workspace == member.workspace, table.c.member == member.id)


async def read_version(connection: AsyncConnection, member: Member) -> int | None:
    """The stored version; None where there is no self-model."""
    return (await connection.execute(_select(MODELS.c.version), _whose(member))).scalar_one_or_none()


@cache  # building a statement takes longer than running it
def _select(*columns: Column[Any]) -> Any:
    """These columns of one member's rows."""
    return select(*columns).where(*_of_bound(columns[0].table))


@cache
def _update_head() -> Any:
    return update(MODELS).where(*_of_bound(MODELS), MODELS.c.version == bindparam("seen_version"))


def _of_bound(table: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (table.c.workspace == bindparam("of_workspace"), table.c.member == bindparam("of_member"))


def _whose(member: Member) -> dict[str, str]:
    return {"of_workspace": member.workspace, "of_member": member.id}


async def _fetch(connection: AsyncConnection, columns: tuple[Column[Any], ...], member: Member) -> Sequence[Any]:
    """One member's rows as the driver has them where that is the faster way, with moments as text and flags as 0 or 1;
    as many as there are, what is done for each of them counts."""
    result = await connection.execute(_select(*columns), _whose(member))
    return result.cursor.fetchall() if connection.dialect.name == "sqlite" else result.all()


async def read_stored(connection: AsyncConnection, member: Member) -> Stored:
    """The stored self-model, or an empty one; in a transaction, so that its rows belong together."""
    head = (await connection.execute(_select(*MODELS.c), _whose(member))).one_or_none()
    if head is None:
        return Stored(SelfModel(member=member), {}, {}, 0)
    moment = datetime.fromisoformat if connection.dialect.name == "sqlite" else _as_is
    by_number = _to_observations(await _fetch(connection, OBSERVATION_COLUMNS, member), moment)
    beliefs = _to_beliefs(await _fetch(connection, BELIEF_COLUMNS, member), by_number, moment)
    model = SelfModel(
        member=member,
        beliefs=tuple(beliefs[n] for n in from_json(head.held)),
        past=tuple(beliefs[n] for n in from_json(head.past)),
        tombstones=await _read_tombstones(connection, member) if head.tombstones else (),
        status=Status(head.status),
        version=head.version,
    )
    return Stored(model, by_number, beliefs, head.numbered)


async def write_difference(connection: AsyncConnection, stored: Stored, model: SelfModel) -> Stored:
    """Store `model` in place of what is stored, writing the rows that differ; give what is stored then. Raises
    Superseded where another version was stored meanwhile."""
    numbered, changed, count = _number_beliefs(stored, model)
    numbers = _number_observations(stored, changed.values(), count)
    fresh = {n: one for one, n in numbers.items() if n > count}
    count += len(fresh)
    model = model.stored_as(model.version + 1)
    await _write_head(connection, model, list(numbered), count)  # first: its lock and version guard the rest
    await add(connection, OBSERVATIONS, [_from_observation(model.member, n, one) for n, one in fresh.items()])
    await put(connection, BELIEFS, [_from_belief(model.member, n, one, numbers) for n, one in changed.items()])
    await _delete(connection, BELIEFS, model.member, [n for n in stored.beliefs if n not in numbered])
    await _write_tombstones(connection, model.member, stored.model.tombstones, model.tombstones)
    return Stored(model, {**stored.observations, **fresh}, numbered, count)


async def drop_unheld(connection: AsyncConnection, stored: Stored) -> None:
    """Delete for good the observations on which no belief of the self-model rests."""
    kept = set(stored.model.observations)
    gone = [n for n, one in stored.observations.items() if one not in kept]
    await _delete(connection, OBSERVATIONS, stored.model.member, gone)


def _number_beliefs(stored: Stored, model: SelfModel) -> tuple[dict[int, Belief], dict[int, Belief], int]:
    """Number -> belief for all, in order, and for those that differ from their row; and the highest number given.

    A belief keeps its number while address, value and beginning stay the same.
    """
    told = (*model.beliefs, *model.past)
    there = set(map(id, told))
    untouched: dict[int, int] = {}  # nearly all: revising leaves them the very objects that they were
    same: defaultdict[tuple[str, str, datetime], list[int]] = defaultdict(list)
    for n, belief in stored.beliefs.items():
        if id(belief) in there:
            untouched[id(belief)] = n
        else:
            same[belief.address, belief.value, belief.valid_from].append(n)
    numbered: dict[int, Belief] = {}
    changed: dict[int, Belief] = {}
    count = stored.numbered
    for belief in told:
        if kept := untouched.pop(id(belief), 0):
            numbered[kept] = belief
            continue
        earlier = same[belief.address, belief.value, belief.valid_from]
        n = next((n for n in earlier if stored.beliefs[n] == belief), earlier[0] if earlier else count + 1)
        if n in earlier:
            earlier.remove(n)
        count = max(count, n)
        numbered[n] = belief
        if stored.beliefs.get(n) != belief:
            changed[n] = belief
    return numbered, changed, count


def _number_observations(stored: Stored, changed: Iterable[Belief], count: int) -> dict[Observation, int]:
    """Observation -> number for those the changed beliefs rest on; those above `count` are not stored yet."""
    wanted = dict.fromkeys(one for belief in changed for one in belief.evidence)
    if not wanted:
        return {}
    messages = {one.message for one in wanted}  # only these can be equal: hashing all that is stored takes longer
    known = {one: n for n, one in stored.observations.items() if one.message in messages}
    new = (one for one in wanted if one not in known)
    return known | {one: n for n, one in enumerate(new, start=count + 1)}


async def _write_head(connection: AsyncConnection, model: SelfModel, order: Sequence[int], count: int) -> None:
    head = {
        "version": model.version,
        "status": model.status,
        "numbered": count,
        "held": to_json(order[: len(model.beliefs)]),
        "past": to_json(order[len(model.beliefs) :]),
        "tombstones": len(model.tombstones),
    }
    if model.version > 1:
        seen = {"seen_version": model.version - 1}
        stored = (await connection.execute(_update_head(), _whose(model.member) | seen | head)).rowcount == 1
    else:
        whose = {"workspace": model.member.workspace, "member": model.member.id}
        stored = await add_missing(connection, MODELS, whose | head)
    if not stored:
        raise Superseded


async def _write_tombstones(
    connection: AsyncConnection, member: Member, stored: Sequence[Tombstone], wanted: Sequence[Tombstone]
) -> None:
    """Add those at the end; where others changed, write them all anew."""
    if stored == wanted[: len(stored)]:
        start = len(stored)
    else:
        start = 0
        await connection.execute(delete(TOMBSTONES).where(*of(TOMBSTONES, member)))
    await add(
        connection,
        TOMBSTONES,
        [
            {"workspace": member.workspace, "member": member.id, "n": n}
            | {"address": one.address, "value": one.value, "at": one.at}
            for n, one in enumerate(wanted[start:], start=start)
        ],
    )


async def _read_tombstones(connection: AsyncConnection, member: Member) -> tuple[Tombstone, ...]:
    query = select(TOMBSTONES).where(*of(TOMBSTONES, member)).order_by(TOMBSTONES.c.n)
    return tuple(Tombstone(address=row.address, value=row.value, at=row.at) for row in await connection.execute(query))


async def _delete(connection: AsyncConnection, table: Table, member: Member, numbers: Sequence[int]) -> None:
    if numbers:
        statement = delete(table).where(*of(table, member), table.c.n == bindparam("number"))
        await connection.execute(statement, [{"number": n} for n in numbers])


def _from_observation(member: Member, n: int, one: Observation) -> dict[str, Any]:
    return {
        "workspace": member.workspace,
        "member": member.id,
        "n": n,
        "digest": sha256(encode(one).encode()).hexdigest()[:32],
        "address": one.address,
        "value": one.value,
        "weight": one.weight,
        "source": one.source,
        "quote": one.quote,
        "message": one.message,
        "at": one.at,
        "permalink": one.permalink,
        "private": one.private,
        "ends": one.ends,
    }


def _to_observations(rows: Sequence[Any], moment: Moment) -> dict[int, Observation]:
    """By their numbers."""
    if not rows:
        return {}
    numbers, address, value, weight, source, quote, message, at, permalink, *flags = zip(*rows, strict=True)
    told = (address, value, weight, map(SOURCES.__getitem__, source), quote, message, map(moment, at), permalink)
    made = make_all(Observation, len(rows), *told, *(map(bool, one) for one in flags))
    return dict(zip(numbers, made, strict=True))


def _as_is(stored: datetime) -> datetime:
    return stored


def _from_belief(member: Member, n: int, one: Belief, numbers: Mapping[Observation, int]) -> dict[str, Any]:
    return {
        "workspace": member.workspace,
        "member": member.id,
        "n": n,
        "address": one.address,
        "value": one.value,
        "confidence": one.confidence,
        "mass": one.mass,
        "evidence": to_json([numbers[observation] for observation in one.evidence]),
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "superseded_by": one.superseded_by,
        "recorded_at": one.recorded_at,
    }


def _to_beliefs(rows: Sequence[Any], observations: Mapping[int, Observation], moment: Moment) -> dict[int, Belief]:
    """By their numbers."""
    if not rows:
        return {}
    numbers, address, value, confidence, mass, evidence, start, end, superseded_by, recorded = zip(*rows, strict=True)
    grounds = (tuple([observations[n] for n in from_json(one)]) for one in evidence)
    span = (map(moment, start), (one and moment(one) for one in end))
    told = (address, value, confidence, mass, grounds, *span, superseded_by, map(moment, recorded))
    return dict(zip(numbers, make_all(Belief, len(rows), *told), strict=True))
