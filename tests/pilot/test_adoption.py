"""Use by week, and the reviews after 30, 60 and 90 days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from pilot_samples import BEGINS, PILOT, Person, act

from bot.pilot.adoption import Adoption, measure_adoption
from bot.pilot.model import Pilot


def adopt(people: Sequence[Person], day: int, pilot: Pilot = PILOT) -> Adoption:
    """How these people took it up, as of the pilot's day."""
    asked = sorted((one for person in people for one in act(person)[0]), key=lambda one: one.at)
    on = BEGINS + timedelta(days=day - 1)
    return measure_adoption(pilot, asked, people=[one.member for one in people], on=on)


def test_weeks_are_counted_from_the_start_and_the_last_may_be_cut_short() -> None:
    held = adopt([Person("CTO", questions=[1, 1, 8]), Person("Analyst", questions=[2])], 10)
    assert [(one.number, one.questions, one.active.of, one.whole) for one in held.weeks] == [
        (1, 3, 2, True),
        (2, 1, 1, False),
    ]
    assert held.weeks[-1].ends == BEGINS + timedelta(days=9)


def test_who_is_not_counted_and_what_came_later_is_in_no_week() -> None:
    people = [Person("CTO", questions=[1, 9]), Person("Analyst", questions=[1])]
    asked = [one for person in people for one in act(person)[0]]
    held = measure_adoption(PILOT, asked, people=[people[0].member], on=BEGINS)
    assert [(one.questions, one.active.of, one.active.n) for one in held.weeks] == [(1, 1, 1)]


@pytest.mark.parametrize(
    ("users", "last_day", "hard"),
    [(10, 29, False), (2, 29, False), (1, 29, True), (10, 5, True), (0, 1, True)],
)
def test_a_review_is_hard_where_under_a_fifth_used_it_in_the_month_or_the_week(
    users: int, last_day: int, hard: bool
) -> None:
    """Having asked once on day 1 is in the month of day 30, but no use."""
    people = [Person(f"P{i}", questions=[1, last_day] if i < users else []) for i in range(10)]
    first, second, third = adopt(people, 31).checkpoints
    assert first.on == BEGINS + timedelta(days=29)
    assert first.hard is hard
    assert (second.month, second.hard) == (None, False)
    assert third.day == 90
