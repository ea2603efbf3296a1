"""Cost in production: scaled from the pilot's own use, with what is planned told apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pilot_samples import BEGINS, PILOT, Person, act

from bot.pilot.adoption import measure_adoption
from bot.pilot.outcomes import Outcomes, sum_up_outcomes
from bot.pilot.production import Production, project, size_machine


def produce(people: list[Person], *, to: int, day: int = 7, cost: float = 0.0) -> tuple[Production | None, Outcomes]:
    """What these people's use comes to for so many."""
    members = [one.member for one in people]
    asked = [one for person in people for one in act(person)[0]]
    on = BEGINS + timedelta(days=day - 1)
    outcomes = sum_up_outcomes(PILOT, asked, (), people=members, on=on, cost=cost)
    return project(to, measure_adoption(PILOT, asked, people=members, on=on), outcomes), outcomes


def test_use_is_scaled_by_people_and_working_days() -> None:
    """Two of four people, five questions each in a week: 400 people make 200 a week, 22 questions each a month."""
    daily = [1, 2, 3, 4, 5]
    people = [Person("A", questions=daily), Person("B", questions=daily), Person("C"), Person("D")]
    held, _ = produce(people, to=400, cost=0.1)
    assert held
    assert held.a_week == 5
    cautious, expected, everybody = held.scenarios
    assert (expected.active, expected.questions) == (200, 4400)
    assert expected.dollars == pytest.approx(44)
    assert (everybody.share, everybody.questions) == (1.0, 8800)
    assert cautious.questions < expected.questions


def test_a_week_cut_short_is_taken_by_its_working_days() -> None:
    held, _ = produce([Person("A", questions=[1, 2])], to=10, day=2)
    assert held
    assert held.a_week == 5


def test_list_prices_are_those_of_a_typical_question() -> None:
    held, _ = produce([Person("A", questions=[1])], to=1000)
    assert held
    assert [round(one.a_question, 3) for one in held.prices] == [0.007, 0.02, 0.034]
    assert all(one.dollars == pytest.approx(one.a_question * held.scenarios[1].questions) for one in held.prices)


def test_nothing_is_projected_from_nothing() -> None:
    assert produce([Person("A")], to=100)[0] is None


@given(people=st.integers(1, 10**6), more=st.integers(0, 10**6))
def test_more_people_never_cost_less(people: int, more: int) -> None:
    held, _ = produce([Person("A", questions=[1, 2]), Person("B")], to=people, cost=0.2)
    larger, _ = produce([Person("A", questions=[1, 2]), Person("B")], to=people + more, cost=0.2)
    assert held
    assert larger
    assert all(a.dollars <= b.dollars * 1.01 for a, b in zip(held.scenarios, larger.scenarios, strict=True))
    assert size_machine(people) <= size_machine(people + more)
