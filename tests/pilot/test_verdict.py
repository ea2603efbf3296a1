"""Readiness before, outcomes during, verdict after: each from evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pilot_samples import BEGINS, PILOT, Person, act, measure_people

from bot.pilot.model import Criterion, Pilot
from bot.pilot.outcomes import Outcomes, has_habit, sum_up_outcomes
from bot.pilot.readiness import PLAN, missing
from bot.pilot.share import Share
from bot.pilot.verdict import Met, Recommendation, decide_verdict

READY = replace(
    PILOT,
    hypothesis="People ask less often twice.",
    owner="head of support",
    ends=BEGINS + timedelta(days=20),
    review_on=BEGINS + timedelta(days=25),
    evaluators=(Person("CTO").member,),
    criteria=(Criterion(metric="satisfaction", target=4.0, baseline=3.0, owner="head of support"),),
    plan=dict.fromkeys(PLAN, "written down"),
)
GOOD, POOR = [(5, 5, 4.5, 5)] * 5, [(2, 2, 1.5, 2)] * 5


def test_a_ready_pilot_lacks_nothing() -> None:
    assert missing(READY) == ()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"hypothesis": " "}, "a hypothesis"),
        ({"owner": ""}, "an owner"),
        ({"champions": ()}, "a champion"),
        ({"evaluators": ()}, "evaluators"),
        ({"ends": None}, "an end date"),
        ({"review_on": None}, "a review date"),
        ({"ends": BEGINS - timedelta(days=1)}, "an end date after its start"),
        ({"review_on": BEGINS}, "a review date after its end"),
        ({"criteria": ()}, "success criteria"),
        ({"criteria": (Criterion(metric="active use", target=0.5, owner="x"),)}, "a baseline for “active use”"),
        ({"criteria": (Criterion(metric="active use", target=0.5, baseline=0.1),)}, "an owner for “active use”"),
        ({"plan": {**READY.plan, "budget": ""}}, "the production plan: budget"),
    ],
)
def test_what_is_missing_is_named_with_who_should_supply_it(change: dict[str, object], what: str) -> None:
    gaps = missing(replace(READY, **change))  # type: ignore[arg-type]
    assert what in [one.what for one in gaps]
    assert all(one.who and one.why for one in gaps)


def outcomes_of(people: list[Person], pilot: Pilot = READY, day: int = 5) -> Outcomes:
    acts = [act(one) for one in people]
    return sum_up_outcomes(
        pilot,
        sorted((one for done, _ in acts for one in done), key=lambda one: one.at),
        [one for _, said in acts for one in said],
        people=[one.member for one in people],
        on=BEGINS + timedelta(days=day - 1),
        cost=2.0,
    )


def test_a_question_is_completed_when_answered_and_not_complained_of() -> None:
    held = outcomes_of([Person("CTO", [(5, 5, 1.6, 5)])])
    assert (held.completed.of, held.completed.n) == (3, 4)
    assert held.cost_a_question == 0.5
    assert held.cost_a_completed == pytest.approx(2 / 3)


def test_active_use_is_counted_over_each_window() -> None:
    held = outcomes_of([Person("CTO", GOOD), Person("Analyst", [(4,)])], day=12)
    assert [(held.active[days].of, held.active[days].n) for days in (7, 30)] == [(0, 2), (2, 2)]


def test_time_to_value_is_the_wait_for_the_first_completed_question() -> None:
    assert outcomes_of([Person("CTO", [(1.5,), (1.5,), (5,)])]).days_to_value == 2
    assert outcomes_of([Person("CTO", [(1.5,)])]).days_to_value is None


def test_a_habit_is_three_working_days_in_a_row_over_a_weekend_too() -> None:
    thursday = date(2026, 10, 8)
    assert has_habit({thursday, thursday + timedelta(days=1), thursday + timedelta(days=4)})
    assert not has_habit({thursday, thursday + timedelta(days=1), thursday + timedelta(days=5)})


@pytest.mark.parametrize(("of", "n", "low", "high"), [(0, 10, 0.0, 0.21), (5, 10, 0.27, 0.73), (10, 10, 0.79, 1.0)])
def test_a_share_carries_its_interval(of: int, n: int, low: float, high: float) -> None:
    assert Share(of, n).interval == pytest.approx((low, high), abs=0.01)


def test_a_share_of_nothing_is_unknown() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval is None


def test_all_criteria_surely_met_and_a_complete_plan_is_go() -> None:
    people = [Person("CTO", GOOD), Person("Analyst", GOOD)]
    verdict = decide_verdict(READY, measure_people(people, 5), outcomes_of(people))
    assert verdict.recommendation is Recommendation.GO
    assert verdict.findings[0].met is Met.YES


def test_an_incomplete_plan_makes_it_conditional() -> None:
    people = [Person("CTO", GOOD), Person("Analyst", GOOD)]
    pilot = replace(READY, plan={})
    verdict = decide_verdict(pilot, measure_people(people, 5), outcomes_of(people))
    assert verdict.recommendation is Recommendation.CONDITIONS
    assert len(verdict.conditions) == len(PLAN)


def test_most_criteria_failed_is_stop() -> None:
    people = [Person("CTO", POOR), Person("Analyst", POOR)]
    verdict = decide_verdict(READY, measure_people(people, 5), outcomes_of(people))
    assert verdict.recommendation is Recommendation.STOP
    assert "not met" in verdict.reasons[0]


@pytest.mark.parametrize(("pilot", "ratings"), [(replace(READY, criteria=()), GOOD), (READY, [(5, 5)])])
def test_without_criteria_or_enough_questions_it_is_extended(pilot: Pilot, ratings: list[tuple[float, ...]]) -> None:
    people = [Person("CTO", ratings), Person("Analyst", ratings)]
    verdict = decide_verdict(pilot, measure_people(people, 5), outcomes_of(people))
    assert verdict.recommendation is Recommendation.EXTEND


def test_a_pilot_shorter_than_a_working_week_is_extended_however_good_it_is() -> None:
    people = [Person(f"P{i}", GOOD[:4]) for i in range(5)]
    verdict = decide_verdict(READY, measure_people(people, 4), outcomes_of(people, day=4))
    assert verdict.recommendation is Recommendation.EXTEND
    assert verdict.reasons == ("The pilot has run for 4 days: too short to tell use from curiosity.",)


@pytest.mark.parametrize(("target", "baseline"), [(0.7, 0.5), (70, 50)])
def test_a_share_may_be_written_in_percent(target: float, baseline: float) -> None:
    people = [Person("CTO", GOOD), Person("Analyst", GOOD)]
    criteria = (Criterion(metric="questions completed", target=target, baseline=baseline, owner="head of support"),)
    verdict = decide_verdict(replace(READY, criteria=criteria), measure_people(people, 5), outcomes_of(people))
    assert verdict.findings[0].met is Met.YES
    assert verdict.findings[0].criterion.target == 0.7


def test_having_asked_once_on_the_first_day_is_no_use_after_a_month() -> None:
    """Day 1 is in the month of day 30, but nobody asked in its last week."""
    people = [Person(f"P{i}", GOOD) for i in range(10)]
    verdict = decide_verdict(READY, measure_people(people, 30), outcomes_of(people, day=30))
    assert verdict.recommendation is Recommendation.STOP
    assert "none of 10 evaluators used it in the last 7 days" in verdict.reasons[0]


def test_a_metric_nobody_measures_here_is_open_and_never_met() -> None:
    people = [Person("CTO", GOOD), Person("Analyst", GOOD)]
    pilot = replace(READY, criteria=(*READY.criteria, Criterion(metric="revenue", target=1e6, owner="sales")))
    verdict = decide_verdict(pilot, measure_people(people, 5), outcomes_of(people))
    assert [one.met for one in verdict.findings] == [Met.YES, Met.OPEN]
    assert verdict.recommendation is Recommendation.CONDITIONS


def test_little_use_after_a_month_calls_for_a_hard_review() -> None:
    people = [Person(f"P{i}", GOOD) for i in range(2)] + [Person(f"Q{i}") for i in range(18)]
    day, held = measure_people(people, 40), outcomes_of(people, day=40)
    verdict = decide_verdict(READY, day, held)
    assert verdict.recommendation is Recommendation.STOP
    assert verdict.reasons[0].startswith("Hard review")
