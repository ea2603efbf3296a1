"""Satisfaction: estimates that shrink, trends that are claimed no more often than stated, shifts that are found."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pilot.inference import Prior, follow, margin, probability_above, sum_up
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource, Trend
from bot.pilot.satisfaction import Course, estimate, fit_prior, pool, trace
from bot.turn import Member

BEGINS = datetime(2026, 10, 5, 12, tzinfo=UTC)
WHO = Member("W", "U1")


def vote(rating: float, day: int, number: int = 0, member: Member = WHO, weight: float = 1.0) -> Feedback:
    """A vote on an answer of its own, on a day counted from 1."""
    name = f"{member.id}/{day}/{number}"
    at = BEGINS + timedelta(days=day - 1, minutes=number)
    source, kind = FeedbackSource.THUMBS, FeedbackKind.NONE
    return Feedback(
        id=name, exchange=name, member=member, at=at, source=source, kind=kind, satisfaction=rating, weight=weight
    )


def date_of(at: datetime) -> date:
    return at.date()


def day(number: int) -> date:
    return (BEGINS + timedelta(days=number - 1)).date()


def votes(*days: Sequence[float]) -> list[Feedback]:
    """Votes by day: the first argument is day 1."""
    return [vote(rating, on, i) for on, ratings in enumerate(days, start=1) for i, rating in enumerate(ratings)]


def test_nobody_heard_is_the_prior_with_all_its_doubt() -> None:
    said = estimate([], date_of, day(3))
    assert said.n == 0
    assert said.trend is Trend.TOO_FEW
    assert said.high - said.low > 2


def test_three_votes_are_no_trend() -> None:
    assert estimate(votes([1], [3], [5]), date_of, day(3)).trend is Trend.TOO_FEW


def test_many_votes_of_one_day_are_no_trend() -> None:
    assert estimate(votes([1, 2, 3, 4, 5, 5, 5]), date_of, day(1)).trend is Trend.TOO_FEW


def test_few_votes_are_pulled_to_what_the_pilot_teaches() -> None:
    one, many = votes([5]), votes([5] * 12)
    prior = Prior(mean=3.0)
    alone, sure = (estimate(said, date_of, day(1), prior=prior) for said in (one, many))
    assert 3.0 < alone.estimate < sure.estimate < 5.0
    assert alone.high - alone.low > sure.high - sure.low


def test_a_clear_rise_is_told_with_its_day() -> None:
    said = estimate(votes([2, 2.5, 2], [2, 2, 2.5], [4, 4.5, 4], [4.5, 4, 4.5]), date_of, day(4))
    assert said.trend is Trend.IMPROVING
    assert said.probability
    assert said.probability > 0.95
    assert said.shifted_on == day(3)


def test_the_day_of_the_largest_shift_is_named_however_sure_it_is() -> None:
    """Also where several days are beyond any doubt."""
    said = estimate(votes([4.5] * 9, [4.2] * 9, [2.2] * 9, [2.0] * 9), date_of, day(4))
    assert said.shifted_on == day(3)


def test_a_clear_fall_is_told() -> None:
    said = estimate(votes([4.5, 4, 4.5], [4, 4.5], [2, 2.5, 2], [2, 1.5]), date_of, day(4))
    assert said.trend is Trend.WORSENING


def test_the_same_all_along_is_steady() -> None:
    assert estimate(votes(*[[4, 4, 3.5, 4]] * 6), date_of, day(6)).trend is Trend.STEADY


def test_later_words_do_not_change_what_was_estimated_then() -> None:
    early, late = votes([2, 3], [3]), votes([2, 3], [3], [5, 5, 5], [5, 5])
    assert estimate(early, date_of, day(2)) == estimate(late, date_of, day(2))


def test_silence_does_not_carry_a_trend_on() -> None:
    course = trace(votes([2, 2], [3, 3], [4, 4]), date_of, day(1), day(20))
    values = [value for _, value in course.trajectory]
    assert max(values[3:]) - min(values[3:]) < 0.01


@given(
    ratings=st.lists(st.tuples(st.integers(1, 9), st.floats(1, 5), st.floats(0.05, 1)), max_size=25),
    order=st.randoms(use_true_random=False),
)
def test_any_votes_in_any_order_give_one_estimate_in_range(
    ratings: list[tuple[int, float, float]], order: random.Random
) -> None:
    said = [vote(rating, on, i, weight=weight) for i, (on, rating, weight) in enumerate(ratings)]
    shuffled = order.sample(said, len(said))
    one, other = estimate(said, date_of, day(9)), estimate(shuffled, date_of, day(9))
    assert one == other
    assert 1 <= one.low <= one.estimate <= one.high <= 5
    assert one.n == len(ratings)


@given(st.lists(st.floats(1, 5), min_size=2, max_size=12), st.floats(0.1, 3))
def test_more_praise_never_lowers_the_estimate(ratings: list[float], by: float) -> None:
    """On one day, raising a rating raises the estimate, up to what its scatter tells of the doubt."""
    prior = Prior(known=1e6)  # scatter known, so that only the mean moves
    low, high = (
        follow(sum_up([(0, value, 1.0) for value in [*ratings, last]]), 0, prior)[0] for last in (1.0, 1.0 + by)
    )
    assert high.level > low.level


@pytest.mark.parametrize(
    ("t", "freedom", "expected"), [(2.0, 8, 0.9597), (1.0, 4, 0.8130), (0.0, 5, 0.5), (-2.571, 5, 0.025)]
)
def test_the_probability_is_students(t: float, freedom: float, expected: float) -> None:
    assert probability_above(t, 1.0, freedom) == pytest.approx(expected, abs=0.003)


def test_the_margin_is_students() -> None:
    assert margin(1.0, 10) == pytest.approx(1.812, abs=0.01)


def simulate(
    pilots: int, effect: float, *, people: int = 1, scatter: float = 0.5, shape: str = "step", seed: int = 1
) -> Mapping[str, float]:
    """Shares of claims in made-up pilots of five days, four whole-number votes a person and day, between 1 and 5."""
    dice = random.Random(seed)
    claims = {"improving": 0, "worsening": 0, "pooled up": 0, "pooled down": 0}
    for _ in range(pilots):
        said: dict[Member, list[Feedback]] = {}
        for number in range(people):
            member, base = Member("W", f"U{number}"), dice.gauss(3.4, 0.5) - effect / 2
            moves = [effect * (on / 4 if shape == "line" else on >= 2) for on in range(5)]
            rated = [(on + 1, i, dice.gauss(base + moves[on], scatter)) for on in range(5) for i in range(4)]
            said[member] = [vote(min(5, max(1, round(value))), on, i, member) for on, i, value in rated]
        courses = [trace(votes, date_of, day(1), day(5), prior=fit_prior(said, date_of)) for votes in said.values()]
        count(courses, claims)
    single = pilots * people
    return {name: n / (pilots if "pooled" in name else single) for name, n in claims.items()}


def count(courses: Sequence[Course], claims: dict[str, int]) -> None:
    """Add what is claimed of these people, one by one and together."""
    for course in courses:
        for trend in (Trend.IMPROVING, Trend.WORSENING):
            claims[trend.value] += course.estimate.trend is trend
    if pooled := pool(courses):
        claims["pooled up"] += pooled.rising >= 0.95
        claims["pooled down"] += pooled.rising <= 0.05


@pytest.mark.parametrize("scatter", [0.5, 1.0])
def test_noise_is_not_called_improvement(scatter: float) -> None:
    """1,000 evaluators without any effect: "improving" at most 5 times in 100, and so "worsening"."""
    claims = simulate(1000, 0.0, scatter=scatter)
    assert claims["improving"] <= 0.05
    assert claims["worsening"] <= 0.05


def test_noise_is_not_called_improvement_of_a_pilot() -> None:
    """The same for pilots of five evaluators, taken together."""
    claims = simulate(200, 0.0, people=5, scatter=0.8)
    assert claims["pooled up"] <= 0.05
    assert claims["pooled down"] <= 0.05


def test_a_real_effect_of_one_point_is_found_for_one_evaluator() -> None:
    """One point from the third day on, four votes a day: found in 80 of 100 where votes scatter by half a point."""
    assert simulate(500, 1.0)["improving"] >= 0.8


def test_a_slow_rise_of_one_point_is_found_for_one_evaluator() -> None:
    """The same spread evenly over five days; a t test on the slope at 5 % false alarms finds 83 of 100 at the best."""
    assert simulate(4000, 1.0, shape="line")["improving"] >= 0.8


@pytest.mark.parametrize("shape", ["line", "step"])
def test_a_real_effect_is_found_for_a_pilot_even_in_noisy_votes(shape: str) -> None:
    """Five evaluators whose votes scatter by a whole point: together the effect is found, be it sudden or slow."""
    assert simulate(150, 1.0, people=5, scatter=1.0, shape=shape)["pooled up"] >= 0.8


@pytest.mark.parametrize(("effect", "shape"), [(0.0, "line"), (1.0, "line"), (1.0, "step"), (-1.0, "step")])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(effect: float, shape: str) -> None:
    """The 90 % interval of today's level, over 400 people: in 85 to 100 of 100, whether they change or not."""
    dice, held = random.Random(7), 0
    for _ in range(400):
        base = dice.gauss(3.2, 0.4) - effect / 2
        moves = [effect * (on / 4 if shape == "line" else on >= 2) for on in range(5)]
        said = votes(*([min(5.0, max(1.0, dice.gauss(base + move, 0.6))) for _ in range(4)] for move in moves))
        told = estimate(said, date_of, day(5))
        held += told.low <= base + moves[-1] <= told.high
    assert held / 400 >= 0.85
