"""What runs the bot, told to an administrator of the workspace: its pilots, its health, and the set-up left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import DaytwoError
from bot.flows.inspect_reviews import find_unreached
from bot.flows.means import Means
from bot.pilot.calendar import day_number, local_date
from bot.pilot.model import Pilot
from bot.pilot.readiness import missing
from bot.pilot.say import count, say_all, say_date
from bot.turn import Member

MOST_GAPS = 3  # of what a pilot lacks, named; the rest is a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """`pilots` as (id, sentence); `health` and `todo` as sentences, `todo` most urgent first and empty where all is set
    up."""

    pilots: tuple[tuple[str, str], ...]
    health: tuple[str, ...]
    todo: tuple[str, ...]


async def read_office(means: Means, member: Member, now: datetime) -> Office | None:
    """What an administrator sees; None for anyone else."""
    if not await is_admin(means, member):
        return None
    stores, workspace = means.stores, member.workspace
    pilots = await stores.pilots.all(workspace)
    documents = await stores.knowledge.digests(workspace)
    unreached = await find_unreached(stores, workspace)
    unread = [one.path for one in await stores.knowledge.failures(workspace)]
    return Office(
        pilots=tuple((one.id, tell_pilot(one, now)) for one in pilots),
        health=(
            f"{tell_documents(len(documents), unread)}{tell_synced(means.synced.get(workspace), now)}",
            *await tell_queues(means),
            await tell_budget(means, member, now),
        ),
        todo=(*find_todo(pilots, len(documents), unread), *(one.tell() for one in unreached)),
    )


async def is_admin(means: Means, member: Member) -> bool:
    """Whether the operator or the workspace itself made someone an administrator."""
    if member.id in means.admins:
        return True
    if means.directory is None:
        return False
    try:
        entry = await means.directory.look_up(member)
    except DaytwoError:
        return False
    return entry is not None and entry.is_admin


def tell_pilot(pilot: Pilot, now: datetime) -> str:
    """Which day it is in a pilot."""
    today = local_date(pilot, now)
    if today < pilot.starts:
        return f"{pilot.name}: starts on {say_date(pilot.starts)}"
    if pilot.ends and today > pilot.ends:
        return f"{pilot.name}: ended on {say_date(pilot.ends)}"
    last = f", ends on {say_date(pilot.ends)}" if pilot.ends else ", no end set"
    return f"{pilot.name}: day {day_number(pilot, today)}{last}"


def tell_documents(held: int, unread: list[str]) -> str:
    """How many documents are answered from, and which could not be read."""
    named = f"; {count(len(unread), 'file')} could not be read: {say_all(unread[:MOST_GAPS])}" if unread else ""
    return f"Documents: {held}{named}"


def tell_synced(at: datetime | None, now: datetime) -> str:
    """How long ago the documents were last looked at; "" where this process has not looked yet."""
    if at is None:
        return ""
    minutes = max(0, int((now - at).total_seconds() // 60))
    return f"; looked at {count(minutes, 'minute')} ago" if minutes else "; looked at just now"


async def tell_queues(means: Means) -> tuple[str, str]:
    """What waits and what was given up."""
    inbox, outbox = await means.stores.inbox.depths(), await means.stores.outbox.depths()
    waits = inbox.get("waiting", 0) + inbox.get("leased", 0)
    leaves = outbox.get("waiting", 0) + outbox.get("sending", 0)
    unknown = outbox.get("unknown", 0)
    lost = inbox.get("dead", 0) + outbox.get("failed", 0) + unknown
    doubt = f", of which {unknown} may have been delivered" if unknown else ""
    given_up = f"Given up: {lost}{doubt} (`daytwo queue` names them)" if lost else "Given up: nothing"
    return f"Queue: {waits} to answer, {leaves} to deliver", given_up


async def tell_budget(means: Means, member: Member, now: datetime) -> str:
    """What models cost today, of what they may."""
    if means.engine is None:
        return "Model: none, the built-in engine answers"
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    spent = await means.stores.journal.costs(member.workspace, today, now + timedelta(seconds=1))
    return (
        f"Model: {means.model}, ${sum(one.dollars for one in spent):.2f} of ${means.budget_pilot_day:.2f} spent today"
    )


def find_todo(pilots: tuple[Pilot, ...], documents: int, unread: list[str]) -> list[str]:
    """What is left to set up."""
    todo = [] if documents else ["No documents are read yet: name their folder in DAYTWO_DOCS."]
    todo += [f"Mend {count(len(unread), 'file')} that could not be read."] if unread else []
    todo += [] if pilots else ["No pilot is set up yet."]
    for pilot in pilots:
        gaps = [one.what for one in missing(pilot)]
        more = f" and {len(gaps) - MOST_GAPS} more" if len(gaps) > MOST_GAPS else ""
        todo += [f"{pilot.name} still lacks {', '.join(gaps[:MOST_GAPS])}{more}."] if gaps else []
    return todo
