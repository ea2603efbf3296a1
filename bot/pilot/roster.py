"""Who of a pilot may be named to its champion, and who is counted in a group or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Final

from bot.pilot.groups import members_on
from bot.pilot.model import Feedback, Pilot, Ring
from bot.turn import Exchange, Member

GROUP: Final = 3  # so many people who would not be named make a group that may be shown
CELL: Final = 5  # in the aggregate mode, no figure rests on fewer people


@dataclass(frozen=True, slots=True)
class Roster:
    """The evaluators to tell about: `named` one by one, `grouped` as one, `unshown` not at all, not even in totals."""

    named: tuple[Member, ...]
    grouped: tuple[Member, ...] = ()
    unshown: tuple[Member, ...] = ()

    @property
    def counted(self) -> frozenset[Member]:
        return frozenset((*self.named, *self.grouped))


def evaluators_of(pilot: Pilot, asked: Iterable[Exchange], on: date) -> tuple[Member, ...]:
    """The pilot's evaluators on a local date: those listed, those of the rings that are open, and whoever asked in one
    of their channels; not who has left. Where none are listed, everyone who asked in its workspace but the champions.
    """
    channels = open_channels(pilot, on)
    askers = sorted({one.asker for one in asked if not lists_people(pilot) or one.turn.place.channel in channels})
    others = [one for one in askers if one.workspace == pilot.workspace and one not in pilot.champions]
    gone = {member for member, since in pilot.left if since <= on}
    return tuple(one for one in dict.fromkeys((*listed_on(pilot, on), *others)) if one not in gone)


def is_evaluator(pilot: Pilot, member: Member, on: date, channel: str = "") -> bool:
    """Whether a member who asks in that channel on a local date is one of the pilot's evaluators then."""
    if member.workspace != pilot.workspace or any(one == member and since <= on for one, since in pilot.left):
        return False
    if not lists_people(pilot) or channel in open_channels(pilot, on):
        return member not in pilot.champions
    return member in listed_on(pilot, on)


def lists_people(pilot: Pilot) -> bool:
    """Whether a pilot says who its evaluators are, now or later."""
    return bool(pilot.evaluators or pilot.rings or pilot.groups)


def listed_on(pilot: Pilot, on: date) -> tuple[Member, ...]:
    """The people named as evaluators by a local date, in the order they came in, and then those in its groups on that
    date, but its champions, who may well be in a group with their people."""
    rings = (one for one in sorted(pilot.rings, key=lambda ring: ring.opens) if one.opens <= on)
    grouped = (one for group in pilot.groups for one in members_on(group, on) if one not in pilot.champions)
    return tuple(dict.fromkeys((*pilot.evaluators, *(person for ring in rings for person in ring.people), *grouped)))


def open_channels(pilot: Pilot, on: date) -> frozenset[str]:
    """The channels in which whoever asks is an evaluator by a local date."""
    return frozenset(channel for ring in pilot.rings if ring.opens <= on for channel in ring.channels)


def let_in(pilot: Pilot, people: Sequence[Member], on: date) -> Pilot:
    """The pilot with these people as evaluators from a date on, also where they had left."""
    left = tuple((one, since) for one, since in pilot.left if one not in people)
    rings = {one.opens: one for one in pilot.rings if not one.channels}
    ring = rings.get(on, Ring(opens=on))
    others = tuple(one for one in pilot.rings if one is not ring)
    joined = replace(ring, people=tuple(dict.fromkeys((*ring.people, *people))))
    return replace(pilot, left=left, rings=tuple(sorted((*others, joined), key=lambda one: one.opens)))


def let_out(pilot: Pilot, people: Sequence[Member], on: date) -> Pilot:
    """The pilot without these people from a date on."""
    left = dict(pilot.left) | dict.fromkeys(people, on)
    return replace(pilot, left=tuple(left.items()))


def split_roster(pilot: Pilot, people: Collection[Member], named: frozenset[Member]) -> Roster:
    """Who is shown how; `named` are those who agreed to be. In the aggregate mode nobody is."""
    shown = () if pilot.aggregate_only else tuple(one for one in people if one in named)
    rest = tuple(one for one in people if one not in shown)
    return Roster(shown, grouped=rest) if len(rest) >= least_people(pilot) else Roster(shown, unshown=rest)


def least_people(pilot: Pilot) -> int:
    """How many people a figure about a group must rest on."""
    return CELL if pilot.aggregate_only else GROUP


def let_out_days(exchanges: Sequence[Exchange], day_of: Callable[[datetime], date]) -> list[Exchange]:
    """The exchanges that may be told of in the aggregate mode: those of days on which five people asked. What a day
    adds to any figure then rests on five people, whatever span of days a digest or a report covers."""
    askers: dict[date, set[Member]] = {}
    for one in exchanges:
        askers.setdefault(day_of(one.at), set()).add(one.asker)
    return [one for one in exchanges if len(askers[day_of(one.at)]) >= CELL]


def release(feedback: Iterable[Feedback], day_of: Callable[[datetime], date]) -> tuple[Feedback, ...]:
    """The feedback that may be told of in the aggregate mode: it is let out a whole day at a time, and only once five
    people have spoken since it was last let out.

    So whatever two digests differ by rests on five people at least, and neither can be subtracted from the other to
    learn what one person thinks. What is let out once stays out.
    """
    out: list[Feedback] = []
    held: list[Feedback] = []
    for _, said in groupby(sorted(feedback, key=lambda one: (one.at, one.id)), key=lambda one: day_of(one.at)):
        held += said
        if len({one.member for one in held}) >= CELL:
            out, held = [*out, *held], []
    return tuple(out)
