"""A pilot set up and changed from the chat: by a form that was filled in, or by words; and evaluators in and out.

Who may: the workspace's administrators, whom the operator names, and the champions of the pilot that is changed. Anyone
may leave a pilot themself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import Refused, Unavailable
from bot.pilot.calendar import local_date
from bot.pilot.commands import PilotCommand, PilotDo
from bot.pilot.form import Filled, Form, make_form, write_group
from bot.pilot.form_reading import read_form
from bot.pilot.groups import FoundGroup, close_group, find_group, follow, open_group, open_groups, swap_group
from bot.pilot.guide import describe, guide, tell_problems, tell_roster
from bot.pilot.model import Pilot
from bot.pilot.roster import let_in, let_out, lists_people
from bot.pilot.say import count, say_all, say_date
from bot.ports import Directory, Notice, Pilots
from bot.turn import Member

NOT_YOURS: Final = "Only an administrator of the workspace, or a champion of the pilot, can do that."
WHICH: Final = "There are several pilots; name one in brackets: {ids}."
NO_GROUP: Final = "There is no group {name} that I can read here; name people or channels instead."
NO_PILOT: Final = "No pilot is set up here yet. Say *pilot set up* to begin."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who wants something done, on which platform, and when; `admins` are the ids the operator named."""

    member: Member
    platform: str
    now: datetime
    directory: Directory | None = None
    admins: Collection[str] = ()


async def open_form(pilots: Pilots, asked: Asked, id: str = "") -> Form:
    """The form for this person: of the pilot that is meant, or for a first one. Raises Refused where they may not."""
    pilot = await find_pilot(pilots, asked.member, id)
    await require_right(asked, pilot)
    return make_form(pilot)


async def set_up_pilot(pilots: Pilots, asked: Asked, values: Mapping[str, str], id: str = "") -> tuple[Filled, Notice]:
    """Save the pilot that the values describe, where nothing is wrong with them, and say what it still lacks. What is
    wrong is told by field, and as words. Raises Refused where the person may not."""
    old = await find_pilot(pilots, asked.member, id)
    await require_right(asked, old)
    workspace = asked.member.workspace
    taken = {one.id for one in await pilots.all(workspace)}
    filled = read_form(values, workspace=workspace, platform=asked.platform, id=free_id(taken), old=old)
    if filled.pilot:
        strangers = await find_strangers(asked, filled.pilot, old)
        filled = await read_groups(asked, filled.pilot)
        filled = Filled(problems={**filled.problems, **strangers}) if strangers else filled
    if filled.pilot is None:
        return filled, Notice(tell_problems(filled.problems))
    await pilots.save(filled.pilot)
    return filled, Notice(
        f"{'Changed' if old else 'Set up'}: {describe(filled.pilot, local_date(filled.pilot, asked.now))}"
    )


async def carry_out(pilots: Pilots, asked: Asked, command: PilotCommand) -> Notice:
    """Do what a command says. What may not be done is said, not raised."""
    try:
        if command.do is PilotDo.LEAVE:
            return await leave(pilots, asked, command.pilot)
        if command.do is PilotDo.SET_UP and command.values:
            _, notice = await set_up_pilot(pilots, asked, command.values, command.pilot)
            stray = f"\n\nI could not place: {'; '.join(command.unknown)}." if command.unknown else ""
            return Notice(f"{notice.text}{stray}")
        pilot = await find_pilot(pilots, asked.member, command.pilot)
        await require_right(asked, pilot)
        if pilot is None:
            return Notice(guide() if command.do is PilotDo.SET_UP else NO_PILOT)
        if command.do in (PilotDo.SET_UP, PilotDo.MISSING):
            return Notice(describe(pilot, local_date(pilot, asked.now)))
        return await change_people(pilots, asked, pilot, command)
    except Refused as refused:
        return Notice(str(refused))


async def find_pilot(pilots: Pilots, member: Member, id: str) -> Pilot | None:
    """The pilot that is meant; None where there is none yet. Raises Refused where that is not clear."""
    held = await pilots.all(member.workspace)
    meant = [one for one in held if id in ("", one.id)]
    if id and not meant:
        raise Refused(f"There is no pilot “{id}” here.")
    if len(meant) > 1:
        mine = [one for one in meant if member in one.champions]
        if len(mine) != 1:
            raise Refused(WHICH.format(ids=", ".join(f"[{one.id}] {one.name}" for one in meant)))
        meant = mine
    return meant[0] if meant else None


async def require_right(asked: Asked, pilot: Pilot | None) -> None:
    """Raise Refused where the person may neither set pilots up nor change this one. Where no directory is connected
    the bot serves one terminal, whose user may do everything."""
    if asked.directory is None or asked.member.id in asked.admins or (pilot and asked.member in pilot.champions):
        return
    with suppress(Unavailable):
        entry = await asked.directory.look_up(asked.member)
        if entry and entry.is_admin:
            return
    raise Refused(NOT_YOURS)


async def find_strangers(asked: Asked, pilot: Pilot, old: Pilot | None) -> dict[str, str]:
    """By field, the ids that nobody in the workspace has; people who were in the pilot before are not looked up."""
    if asked.directory is None:
        return {}
    known = {*old.champions, *old.evaluators} if old else set()
    found = {}
    for field, people in (("champions", pilot.champions), ("evaluators", pilot.evaluators)):
        strangers = [one.id for one in people if one not in known and not await exists(asked.directory, one)]
        if strangers:
            found[field] = f"Nobody here has the id {say_all(strangers)}; pick people, or write their ids."
    return found


async def read_groups(asked: Asked, pilot: Pilot) -> Filled:
    """The pilot with whoever is in its groups, or what is wrong with one that is new. One that cannot be read just now
    is read later."""
    today = local_date(pilot, asked.now)
    for group in [one for one in open_groups(pilot) if not one.name]:
        try:
            found = await asked.directory.read_group(pilot.workspace, group.id) if asked.directory else None
        except Unavailable:
            continue
        except Refused as refused:
            return Filled(problems={"groups": str(refused)})
        if found is None:
            return Filled(problems={"groups": NO_GROUP.format(name=write_group(group))})
        pilot = swap_group(pilot, group, follow(group, found, today))
    return Filled(pilot=pilot)


async def exists(directory: Directory, member: Member) -> bool:
    """Whether the directory knows someone; where it cannot say, they may."""
    try:
        entry = await directory.look_up(member)
    except Refused:
        return False
    except Unavailable:
        return True
    return entry is None or not entry.is_bot


async def change_people(pilots: Pilots, asked: Asked, pilot: Pilot, command: PilotCommand) -> Notice:
    """Let people in, as a ring that opens on a date, or out from a date on; and whoever is in a group. Raises Refused,
    Unavailable."""
    today = local_date(pilot, asked.now)
    on = max(command.on or today, pilot.starts)
    people, groups, strangers = await sort_out(asked, command.people)
    if strangers:
        return Notice(f"Nobody here has the id {say_all(strangers)}; mention them, or write their ids.")
    if command.do is PilotDo.ADD:
        changed = let_in(pilot, people, on) if people else pilot
        for group in groups:
            changed = open_group(changed, group, on, today)
    else:
        changed = let_out(pilot, people, on)
        for known in (find_group(open_groups(pilot), group.id) for group in groups):
            changed = close_group(changed, known, on) if known else changed
    await pilots.save(changed)
    way = "in" if command.do is PilotDo.ADD else "out"
    note = "" if lists_people(pilot) else " From now on only those who are listed count as evaluators."
    named = [count(len(people), "person", "people")] if people else []
    whom = say_all((*named, *(f"@{one.name}" for one in groups)))
    return Notice(f"{whom} {way} from {say_date(on)}.{note if way == 'in' else ''} {tell_roster(changed, today)}")


async def sort_out(asked: Asked, named: Sequence[str]) -> tuple[list[Member], list[FoundGroup], list[str]]:
    """Of ids that were written, whose people are here, which are groups, and which are neither. Raises Refused where
    groups cannot be read, Unavailable where not just now."""
    people: list[Member] = []
    groups: list[FoundGroup] = []
    strangers: list[str] = []
    for one in named:
        member = Member(asked.member.workspace, one)
        if asked.directory is None or await exists(asked.directory, member):
            people.append(member)
        elif group := await asked.directory.read_group(asked.member.workspace, one):
            groups.append(group)
        else:
            strangers.append(one)
    return people, groups, strangers


async def leave(pilots: Pilots, asked: Asked, id: str) -> Notice:
    """Let someone out of the pilots they are in, by their own wish."""
    left = []
    for pilot in await pilots.all(asked.member.workspace):
        on = local_date(pilot, asked.now)
        if id in ("", pilot.id) and asked.member not in pilot.champions:
            await pilots.save(let_out(pilot, [asked.member], on))
            left.append(pilot.name)
    if not left:
        return Notice("You are not an evaluator of any pilot here.")
    return Notice(f"You have left {say_all(left)}: no digest tells of you from today on. You can go on asking me.")


def free_id(taken: Collection[str]) -> str:
    """An id that no pilot of the workspace has."""
    ids = ("pilot", *(f"pilot-{n}" for n in range(2, len(taken) + 2)))
    return next(one for one in ids if one not in taken)
