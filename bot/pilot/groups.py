"""Groups of the platform's people whose members are evaluators: who is in one by when, followed as that changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.pilot.model import Pilot, Stay, UserGroup
from bot.turn import Member


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """A group as the platform tells it just now: its id, what people call it, who is in it."""

    id: str
    name: str
    people: tuple[Member, ...]


def members_on(group: UserGroup, on: date) -> tuple[Member, ...]:
    """Who is an evaluator by a group on a local date, in the order they came in."""
    here = (one.person for one in group.stays if one.since <= on and (one.until is None or on < one.until))
    return tuple(dict.fromkeys(here))


def follow(group: UserGroup, found: FoundGroup, on: date) -> UserGroup:
    """The group with who is in it on a local date: whoever came is an evaluator from then on, whoever went is none from
    then on, and the days before stay as they were. Who is in it when it is first read is in from its opening."""
    since = max(on, group.opens) if group.name else group.opens
    went = [one for one in group.stays if one.until is None and one.person not in found.people]
    here = {one.person for one in group.stays if one.until is None and one not in went}
    came = tuple(Stay(person=one, since=since) for one in dict.fromkeys(found.people) if one not in here)
    stays = (replace(one, until=max(on, one.since)) if one in went else one for one in group.stays)
    return replace(group, id=found.id, name=found.name, read_on=on, stays=(*stays, *came))


def open_group(pilot: Pilot, found: FoundGroup, on: date, today: date) -> Pilot:
    """The pilot with a group's members as evaluators from a date on, also where it had been let out."""
    known = find_group(pilot.groups, found.id) or UserGroup(id=found.id, opens=on)
    if known.closed:
        known = replace(known, closed=False, opens=on)
    return swap_group(pilot, known, follow(known, found, today))


def close_group(pilot: Pilot, group: UserGroup, on: date) -> Pilot:
    """The pilot without a group's members as evaluators from a date on; it is followed no longer."""
    stays = tuple(replace(one, until=max(on, one.since)) if one.until is None else one for one in group.stays)
    return swap_group(pilot, group, replace(group, stays=stays, closed=True))


def swap_group(pilot: Pilot, before: UserGroup, after: UserGroup) -> Pilot:
    """The pilot with a group in place of what was known of it, which may have been its name alone."""
    others = tuple(one for one in pilot.groups if one.id not in (before.id, after.id))
    return replace(pilot, groups=(*others, after))


def find_group(groups: Iterable[UserGroup], named: str) -> UserGroup | None:
    """The group that is called so, by its id or its name."""
    return next((one for one in groups if is_called(one.id, named) or is_called(one.name, named)), None)


def keep_known(named: Iterable[UserGroup], pilot: Pilot) -> tuple[UserGroup, ...]:
    """The groups that are named, as the pilot knows them where it does; what took part before stays told of."""
    known = (find_group(open_groups(pilot), one.id) or one for one in named)
    return (*(one for one in pilot.groups if one.closed), *dict.fromkeys(known))


def is_called(name: str, named: str) -> bool:
    """Whether two ways to write a group's name mean the same one."""
    return bool(named) and name.lstrip("@").casefold() == named.lstrip("@").casefold()


def open_groups(pilot: Pilot) -> tuple[UserGroup, ...]:
    """The groups that take part."""
    return tuple(one for one in pilot.groups if not one.closed)


def stale_groups(pilot: Pilot, today: date) -> tuple[UserGroup, ...]:
    """The groups of which it is time to see who is in them: once a local date, as long as the pilot runs."""
    over = pilot.ends is not None and today > pilot.ends
    return () if over else tuple(one for one in open_groups(pilot) if one.read_on is None or one.read_on < today)
