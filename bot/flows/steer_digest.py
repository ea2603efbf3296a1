"""A champion's wishes for their digest: open an evaluator, mark a step as done, snooze it, have it weekly or daily."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.digest.model import Digest, DigestLine
from bot.digest.own import tell_evaluator
from bot.digest.steering import MOST_DAYS, Steer, Steering
from bot.flows.tell_pilot import tell_pilot
from bot.pilot.calendar import local_date
from bot.pilot.model import Pilot, Rhythm
from bot.pilot.say import say_all, say_date
from bot.ports import Notice, Stores
from bot.turn import Member

NOT_YOURS = "Only a champion of the pilot can do that: the digest is theirs."
NOT_YOUR_STEP = "Only a champion of the pilot can mark a step as done."
NOTED = "Noted as done. The next digest says so."
NONE_YET = "No digest has been sent yet."
MOST_NAMED = 12  # names offered where none fits


async def steer_digest(stores: Stores, member: Member, what: Steering, now: datetime) -> Notice:
    """Do what is wanted for every pilot that is meant, and say what was done; only for its champions."""
    if what.do is Steer.SHOW:
        return await tell_pilot(stores, member)
    pilots = await stores.pilots.all(member.workspace)
    mine = [one for one in pilots if member in one.champions and what.pilot in ("", one.id)]
    if not mine:
        return Notice(NOT_YOUR_STEP if what.do is Steer.DONE else NOT_YOURS)
    match what.do:
        case Steer.OPEN:
            said = [await open_evaluator(stores, one, member, what.subject) for one in mine]
        case Steer.DONE:
            said = [await mark_done(stores, one, member, what.subject, now) for one in mine]
        case _:
            said = [await set_rhythm(stores, one, member, what, now) for one in mine]
    return Notice("\n\n".join(dict.fromkeys(said)))


async def open_evaluator(stores: Stores, pilot: Pilot, champion: Member, subject: str) -> str:
    """All that the last digest holds on one evaluator; whom it names, where nobody fits."""
    last = await stores.pilots.last_digest(pilot.key, champion)
    if last is None:
        return NONE_YET
    line = find_line(last, subject)
    return tell_evaluator(last, line) if line else tell_whom(last, subject)


def find_line(digest: Digest, subject: str) -> DigestLine | None:
    """The line of a person by id, by name, or by the beginning of a name that fits but one."""
    named = [one for one in digest.lines if one.person.id]
    wanted = subject.casefold().removeprefix("the ")
    exact = [one for one in named if subject == one.person.id or one.name.casefold().removeprefix("the ") == wanted]
    close = [one for one in named if one.name.casefold().removeprefix("the ").startswith(wanted)]
    return exact[0] if exact else close[0] if len(close) == 1 else None


def tell_whom(digest: Digest, subject: str) -> str:
    """Whom the last digest names."""
    names = [one.name for one in digest.lines if one.person.id]
    if not names:
        return "The last digest names nobody, so there is nobody to open."
    rest = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"The last digest names nobody called “{subject}”. It names {say_all(names[:MOST_NAMED])}{rest}."


async def mark_done(stores: Stores, pilot: Pilot, champion: Member, subject: str, now: datetime) -> str:
    """Mark a step as done, by its id or its number in the last digest; all of its steps where none is named."""
    last = await stores.pilots.last_digest(pilot.key, champion)
    steps = [one.id for one in last.attention] if last else []
    meant = pick_steps(steps, subject)
    for step in meant:
        await stores.pilots.mark_done(pilot.key, step, now)
    return NOTED if meant else f"The last digest of “{pilot.name}” has no such step."


def pick_steps(steps: Sequence[str], subject: str) -> Sequence[str]:
    """The steps that are meant: all, the one of that number, or the one of that id, also where it is an older one."""
    if not subject:
        return steps
    return (
        [step for number, step in enumerate(steps, 1) if subject == str(number)] if subject.isdecimal() else [subject]
    )


async def set_rhythm(stores: Stores, pilot: Pilot, champion: Member, what: Steering, now: datetime) -> str:
    """Change how a champion is told, and say when the next digest comes."""
    old, today = await stores.pilots.rhythm(pilot.key, champion), local_date(pilot, now)
    new = change_rhythm(old, what, today)
    await stores.pilots.set_rhythm(pilot.key, champion, new)
    return f"**{pilot.name}**: {tell_rhythm(pilot, new, today)}"


def change_rhythm(old: Rhythm, what: Steering, today: date) -> Rhythm:
    """The rhythm after a wish."""
    if what.do is Steer.SNOOZE:
        return replace(old, snoozed_until=today + timedelta(days=min(what.days, MOST_DAYS)))
    if what.do is Steer.RESUME:
        return replace(old, snoozed_until=None)
    return Rhythm(weekly=what.do is Steer.WEEKLY)


def tell_rhythm(pilot: Pilot, rhythm: Rhythm, today: date) -> str:
    """When the digest comes from now on."""
    hour = f"{pilot.digest_hour}:00 ({pilot.time_zone})"
    often = (
        f"each Monday at {hour}, for the week before" if rhythm.weekly else f"each day at {hour}, for the day before"
    )
    if rhythm.snoozed_until and rhythm.snoozed_until > today:
        return f"no digest before {say_date(rhythm.snoozed_until)}; then one that covers the days between, and {often}."
    return f"the digest comes {often}."
