"""The daily digest: is one due → measure → compose → outbox to the champions → keep.

Exactly one per pilot, champion and local date, each in the champion's own rhythm, whatever restarts and however many
replicas run: the claim makes all but one of them stand back, and the outbox's unique key drops what a second would
send. The digest is kept last, so a replica that dies on the way is made up for by the next one, a grace period later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from bot.digest.compose import compose_digest
from bot.digest.model import Digest
from bot.errors import DaytwoError, Refused, Unavailable
from bot.pilot.calendar import Due, begin_of, day_number, due, telling_time
from bot.pilot.metrics import Record, measure
from bot.pilot.model import Pilot, PilotDay, Replayed, Rhythm
from bot.pilot.roster import evaluators_of
from bot.ports import Directory, Effects, Journal, Outgoing, Stores
from bot.trust.model import AuditEntry, AuditKind, Consent
from bot.turn import Member, Place

GRACE: Final = timedelta(minutes=15)  # so long another replica may be at it before its claim is taken for dead

Names = Mapping[Member, str]
Replays = Mapping[Member, Replayed]


class Prove(Protocol):
    """Answers a member's questions of since <= at < until again, as of the end of day one and as of `until`."""

    async def __call__(
        self, member: Member, since: datetime, until: datetime, *, day_one: datetime
    ) -> Replayed | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the stores do not hold: what people are called, and replays of their questions; each given outright, or by
    who can tell."""

    names: Names = field(default_factory=dict)
    directory: Directory | None = None
    replays: Replays = field(default_factory=dict)
    prove: Prove | None = None


async def send_digest(
    stores: Stores,
    pilot: Pilot,
    now: datetime,
    sources: Sources | None = None,
    *,
    names: Names | None = None,
    replays: Replays | None = None,
) -> Digest | None:
    """Send each champion the digest that is due to them at `now`, unless somebody else is at it; returns the first that
    was told, None where none was.

    After downtime, a snooze or a week it is one digest that covers the gap. `names` and `replays` stand for sources
    that hold just them.
    """
    sources = sources or Sources(names=names or {}, replays=replays or {})
    turns = [turn for one in pilot.champions if (turn := await take_turn(stores, pilot, one, now))]
    days: dict[Due, PilotDay] = {}
    told = []
    for turn in turns:
        if turn.this not in days:
            days[turn.this] = await measure_days(stores, pilot, turn.this, sources)
        told.append(await tell(stores, days[turn.this], turn, now))
    return told[0] if told else None


@dataclass(frozen=True, slots=True)
class DigestTurn:
    """A digest that is due to a champion and ours to send: for which days, what they were last told, their rhythm."""

    champion: Member
    this: Due
    last: Digest | None
    rhythm: Rhythm


async def take_turn(stores: Stores, pilot: Pilot, champion: Member, now: datetime) -> DigestTurn | None:
    """Claim what is due to a champion in their rhythm; None where nothing is, or another replica is at it."""
    last = await stores.pilots.last_digest(pilot.key, champion)
    rhythm = await stores.pilots.rhythm(pilot.key, champion)
    this = due(pilot, last.on if last else None, now, rhythm)
    if this is None:
        return None
    won = await stores.pilots.claim(pilot.key, champion, this.on, now)
    return DigestTurn(champion, this, last, rhythm) if won or now >= telling_time(pilot, this.on) + GRACE else None


async def tell(stores: Stores, day: PilotDay, turn: DigestTurn, now: datetime) -> Digest:
    """Compose a measured day for a champion, put it in the outbox, and keep it."""
    done = await stores.pilots.done_steps(day.pilot.key)
    digest = compose_digest(day, (turn.last,) if turn.last else (), done)
    digest = replace(digest, champion=turn.champion, weekly=turn.rhythm.weekly)
    await stores.journal.commit(address(day.pilot, digest, turn.champion, now))
    await stores.pilots.keep_digest(digest)
    return digest


async def send_due_digests(
    stores: Stores, now: datetime, directories: Mapping[str, Directory] | None = None, prove: Prove | None = None
) -> tuple[Digest, ...]:
    """Every pilot's digest that is due: what a scheduler's tick calls. `directories`, by platform, know what people
    are called; `prove` replays questions. One pilot's trouble keeps no other waiting; it is raised at the end."""
    known = directories or {}
    sent: list[Digest] = []
    trouble: DaytwoError | None = None
    for pilot in await stores.pilots.all():
        try:
            digest = await send_digest(stores, pilot, now, Sources(directory=known.get(pilot.platform), prove=prove))
        except DaytwoError as error:
            trouble = trouble or error
        else:
            sent += [digest] if digest else []
    if trouble:
        raise trouble
    return tuple(sent)


async def find_names(sources: Sources, people: Iterable[Member]) -> Names:
    """What people are called; whoever the directory cannot tell of, or not just now, goes by their id."""
    names, directory = dict(sources.names), sources.directory
    for member in people:
        if directory and member not in names:
            with suppress(Unavailable, Refused):
                entry = await directory.look_up(member)
                names |= {member: entry.name} if entry and entry.name else {}
    return names


async def find_replays(sources: Sources, pilot: Pilot, this: Due, people: Iterable[Member]) -> Replays:
    """Everyone's questions of the days told of, replayed; on the first day there is nothing to compare."""
    if sources.prove is None or this.day <= 1:
        return sources.replays
    since, until = begin_of(pilot, this.covers_from), begin_of(pilot, this.on + timedelta(days=1))
    day_one = begin_of(pilot, pilot.starts + timedelta(days=1))
    replays = {one: await sources.prove(one, since, until, day_one=day_one) for one in people}
    return {member: replayed for member, replayed in replays.items() if replayed}


async def measure_pilot(
    stores: Stores, pilot: Pilot, on: date, now: datetime, *, names: Names | None = None, replays: Replays | None = None
) -> PilotDay:
    """One local date of a pilot, measured from what was known at `now`, whether or not a digest is due."""
    this = Due(on=on, day=day_number(pilot, on), covers_from=on)
    return await measure_days(stores, pilot, this, Sources(names=names or {}, replays=replays or {}), until=now)


async def measure_days(
    stores: Stores, pilot: Pilot, this: Due, sources: Sources, *, until: datetime | None = None
) -> PilotDay:
    """Read the pilot's record up to the end of the days told of, and measure it."""
    begins, ends = begin_of(pilot, pilot.starts), begin_of(pilot, this.on + timedelta(days=1))
    ends = min(ends, until) if until else ends
    journal, workspace = stores.journal, pilot.workspace
    exchanges = tuple(one for one in await journal.exchanges(workspace, begins, ends) if one.asked)
    people = evaluators_of(pilot, exchanges, this.on)
    spenders = {*people, *pilot.champions}
    spent = await journal.costs(workspace, begin_of(pilot, this.covers_from), ends)
    costs = [one for one in spent if one.member in spenders]
    record = Record(
        exchanges=exchanges,
        feedback=await journal.feedback(workspace, begins, ends),
        models={one: await stores.self_models.load(one) for one in people},
        named=frozenset([one for one in people if may_be_named(await stores.consents.load(one))]),
        names=await find_names(sources, people),
        replays=await find_replays(sources, pilot, this, people),
        cost=sum(one.dollars for one in costs),
        model_calls=len(costs),
        changed={path: at.date() for path, at in (await stores.knowledge.changed(workspace)).items()},
        told_since=await count_told_since(journal, pilot, this, ends),
        told=await recall_told(stores, pilot),
    )
    return measure(pilot, this, record)


async def count_told_since(journal: Journal, pilot: Pilot, this: Due, ends: datetime) -> int:
    """How many complaints were followed by a change that their writers were told of, on the days told of."""
    audit = await journal.audit(pilot.workspace, begin_of(pilot, this.covers_from), ends)
    return sum(one.kind is AuditKind.TOLD_SINCE for one in audit)


async def recall_told(stores: Stores, pilot: Pilot) -> Mapping[Member, Mapping[date, float]]:
    """The estimates that earlier digests told, by person and date: the latest of them tells all, as its courses hold
    what was told before."""
    last = [await stores.pilots.last_digest(pilot.key, one) for one in pilot.champions]
    latest = max((one for one in last if one), key=lambda one: one.on, default=None)
    lines = [line for line in latest.lines if line.n] if latest else []
    return {line.person: {on: round(value, 1) for on, value in line.trajectory} for line in lines}


def may_be_named(consent: Consent) -> bool:
    """Whether someone was told what the champion sees, and did not ask to be counted only in the aggregate."""
    return consent.named_to_champion and (consent.modelling or consent.at is not None)


def address(pilot: Pilot, digest: Digest, champion: Member, now: datetime) -> Effects:
    """The digest to a champion's own conversation, and the audit of it."""
    outgoing = Outgoing(
        key=f"digest/{pilot.id}/{champion.workspace}/{champion.id}/{digest.on.isoformat()}",
        platform=pilot.platform,
        place=Place(champion.workspace, champion.id),
        content=digest,
        only_to=champion,
        alone=True,
    )
    entry = AuditEntry(
        workspace=pilot.workspace,
        kind=AuditKind.DIGEST_SENT,
        actor="daytwo",
        subject=pilot.id,
        at=now,
        detail={"on": digest.on.isoformat(), "champion": champion.id, "lines": len(digest.lines)},
    )
    return Effects(outgoing=(outgoing,), audit=(entry,))
