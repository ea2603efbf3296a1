"""Who uses it, week by week, and the reviews after 30, 60 and 90 days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from bot.pilot.calendar import local_date
from bot.pilot.model import Pilot
from bot.pilot.outcomes import count_active
from bot.pilot.share import Share
from bot.pilot.verdict import REVIEW_WINDOW, REVIEW_WINDOWS, is_hard_review
from bot.turn import Exchange, Member

REVIEWS: Final = (30, 60, 90)  # days after the start
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a pilot, counted from its start: its first and last date, questions, and who asked."""

    number: int
    begins: date
    ends: date
    questions: int
    active: Share

    @property
    def whole(self) -> bool:
        return (self.ends - self.begins).days == WEEK - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A review so many days after the start: on which date, and active use in the month and the week up to it; None
    where that date has not come within the pilot. `hard`: so few used it that the pilot itself is in question."""

    day: int
    on: date
    month: Share | None = None
    week: Share | None = None
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Adoption:
    """How a pilot was taken up: every week so far, and its reviews."""

    weeks: tuple[Week, ...]
    checkpoints: tuple[Checkpoint, ...]


def measure_adoption(pilot: Pilot, exchanges: Sequence[Exchange], *, people: Collection[Member], on: date) -> Adoption:
    """The weeks and reviews of these people up to a local date."""
    days: dict[Member, set[date]] = {}
    asked: list[date] = []
    day_of = partial(local_date, pilot)
    for one in exchanges:
        if one.asker in people and (day := day_of(one.at)) <= on:
            days.setdefault(one.asker, set()).add(day)
            asked.append(day)
    count = partial(count_active, days, people)
    weeks = []
    for i in range(max(0, (on - pilot.starts).days) // WEEK + 1):
        begins = pilot.starts + timedelta(days=WEEK * i)
        ends = min(on, begins + timedelta(days=WEEK - 1))
        active = count(ends, (ends - begins).days + 1)
        weeks.append(Week(i + 1, begins, ends, sum(begins <= day <= ends for day in asked), active))
    return Adoption(tuple(weeks), tuple(check(pilot, day, on, count) for day in REVIEWS))


def check(pilot: Pilot, day: int, on: date, count: partial[Share]) -> Checkpoint:
    """The review on a pilot's day, counted from 1."""
    due = pilot.starts + timedelta(days=day - 1)
    if due > on:
        return Checkpoint(day, due)
    month, week = count(due, REVIEW_WINDOW), count(due, WEEK)
    hard = any(is_hard_review(day, count(due, window)) for window in REVIEW_WINDOWS)
    return Checkpoint(day, due, month, week, hard)
