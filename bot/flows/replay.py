"""A recorded pilot, day by day, through the flows that serve Slack and Teams; each day ends with the digest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from bot.digest.model import Digest
from bot.flows.converse import converse, overhear
from bot.flows.introduce import take_entry
from bot.flows.means import Means
from bot.flows.prove import prove
from bot.flows.rate import rate_reaction
from bot.flows.recording import Posting, Reaction, Recording
from bot.flows.send_digest import measure_pilot, send_digest
from bot.pilot.calendar import telling_time
from bot.pilot.model import Pilot, PilotDay
from bot.ports import Notice
from bot.self_model.model import SelfModel
from bot.self_model.revise import read
from bot.trust.model import Consent
from bot.turn import Decision, Exchange, Member, Reply, Turn

SECONDS_TO_REACT = 60  # an export does not say when a reaction came: a minute after the reply

Progress = Callable[[str], None]


class Way(Protocol):
    """How what was recorded comes to the flows: straight, or through a platform that it is done on again."""

    async def say(self, posting: Posting) -> Exchange | None:
        """Someone writes a message; what was said to it, if anything was, once all that comes of it is done."""
        ...

    async def react(self, reaction: Reaction) -> None:
        """Someone puts an emoji on the reply to a message; one that was not answered is passed by."""
        ...

    async def tell(self) -> None:
        """Deliver what waits to be told at the end of a day."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedDay:
    """What a day came to: its exchanges, everyone's self-model at its end, the day measured, and the digest."""

    day: date
    exchanges: tuple[Exchange, ...]
    self_models: Mapping[str, SelfModel]
    measured: PilotDay
    digest: Digest | None


async def agree(means: Means, recording: Recording, consented: frozenset[str] | None) -> None:
    """Record the consents of a replay: everyone who writes, or only those named, by id or by name."""
    writers = sorted({one.message.author for one in recording.postings})
    first = recording.postings[0].message.at if recording.postings else None
    for member in writers:
        agreed = consented is None or not consented.isdisjoint({member.id, recording.name(member)})
        await means.stores.consents.save(Consent(member=member, modelling=agreed, at=first))


async def introduce(means: Means, recording: Recording) -> None:
    """Let the directory's titles seed the self-models of those who agreed, before the first message."""
    if not recording.postings:
        return
    at = recording.postings[0].message.at - timedelta(seconds=1)
    for member in sorted({one.message.author for one in recording.postings}):
        if entry := recording.people.get(member.id):
            await take_entry(means.stores, entry, at)


async def replay(
    means: Means, recording: Recording, pilot: Pilot, on_posting: Progress, way: Way | None = None
) -> tuple[ReplayedDay, ...]:
    """Replay all of it, straight into the flows where no other way is given; `on_posting` hears of each message as it
    is done with."""
    way = way or Straight(means)
    days = []
    for number, day in enumerate(recording.days):
        postings = [one for one in recording.postings if one.day == day]
        exchanges = []
        for posting in postings:
            exchanges.append(await way.say(posting))
            on_posting(posting.message.id)
        for reaction in recording.reactions:
            if reaction.day == day:
                await way.react(reaction)
        ended = await end_day(means, recording, pilot, recording.days[: number + 1])
        await way.tell()
        days.append(replace(ended, exchanges=tuple(one for one in exchanges if one)))
    return tuple(days)


@dataclass(frozen=True, slots=True)
class Straight:
    """Into the flows that serve every platform, without one."""

    means: Means

    async def say(self, posting: Posting) -> Exchange | None:
        """One message: answered where it was to the bot, learned from in any case."""
        exchange = None
        message = posting.message
        if posting.addressed:
            turn = Turn(
                message=message,
                place=posting.place,
                audience=posting.audience,
                mentioned=posting.mentioned,
                platform="replay",
            )
            said = await converse(self.means, turn, message.at)
            exchange = said if isinstance(said, Exchange) else as_exchange(turn, said)
        await overhear(self.means, message, message.at)
        return exchange

    async def react(self, reaction: Reaction) -> None:
        """An emoji on one of the bot's replies."""
        journal = self.means.stores.journal
        exchange = await journal.exchange(reaction.member.workspace, reaction.exchange)
        if exchange and exchange.reply.text:
            await rate_reaction(journal, exchange, reaction.member, reaction.name, time_of_reaction(exchange))

    async def tell(self) -> None:
        """Nobody is there to be told."""


def time_of_reaction(exchange: Exchange) -> datetime:
    """When an emoji is taken to have been put on the reply."""
    return exchange.at + timedelta(seconds=SECONDS_TO_REACT)


def as_exchange(turn: Turn, notice: Notice) -> Exchange:
    """A command and what it was answered with; nothing was looked up, so nothing is enriched."""
    reply = Reply(decision=Decision.ANSWER, text=notice.text, confidence=1.0, choices=notice.choices, engine="")
    return Exchange(id=turn.message.id, turn=turn, enriched="", reply=reply, at=turn.message.at)


async def end_day(means: Means, recording: Recording, pilot: Pilot, days: Sequence[date]) -> ReplayedDay:
    """Close a day: who has taken part by now, what came of it, and the digest."""
    stores, today = means.stores, days[-1]
    ends = end_of(today)
    so_far = await stores.journal.exchanges(recording.workspace, start_of(days[0]), ends)
    pilot = replace(pilot, evaluators=find_evaluators(so_far, pilot))
    await stores.pilots.save(pilot)
    names = {member: recording.name(member) for member in pilot.evaluators}
    replays = {
        member: proven
        for member in pilot.evaluators
        if (proven := await prove(means, member, start_of(today), ends, day_one=end_of(days[0])))
    }
    measured = await measure_pilot(stores, pilot, today, ends, names=names, replays=replays)
    told_at = max(ends, telling_time(pilot, today))
    digest = await send_digest(stores, pilot, told_at, names=names, replays=replays)
    models = {member.id: read(await stores.self_models.load(member), ends) for member in writers_of(recording, days)}
    return ReplayedDay(
        day=today,
        exchanges=(),
        self_models=models,
        measured=measured,
        digest=digest,
    )


def find_evaluators(exchanges: Sequence[Exchange], pilot: Pilot) -> tuple[Member, ...]:
    """Everyone who asked something by now and is not a champion, in the order they came."""
    askers = dict.fromkeys(one.asker for one in exchanges if one.asked)
    return tuple(one for one in askers if one not in pilot.champions)


def writers_of(recording: Recording, days: Sequence[date]) -> tuple[Member, ...]:
    """Everyone who wrote anything by now."""
    return tuple(sorted({one.message.author for one in recording.postings if one.day <= days[-1]}))


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def end_of(day: date) -> datetime:
    return start_of(day) + timedelta(days=1)
