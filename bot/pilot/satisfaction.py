"""Satisfaction with answers, per evaluator and day: an estimate with an interval, and a trend only where data can say.

Estimated is what people said of answers, never mood or performance. The model is in `inference`; what was measured of
it (false and found trends) in `tests/pilot/test_satisfaction.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import sqrt
from typing import Final

from bot.pilot.feedback import latest
from bot.pilot.inference import Posterior, Prior, find_shift, follow, margin, probability_above, sum_up
from bot.pilot.model import Estimate, Feedback, Trend
from bot.turn import Member

SURE: Final = 0.95  # a trend is claimed from this probability on
SHIFT_SURE: Final = 0.9  # a change point is named from this probability on
FEW: Final = 5  # with fewer rated answers, or all on one day, there is no trend to speak of
SMALL: Final = 0.75  # a change that surely is smaller than this is no change: steady
HOPE: Final = Prior()
PEOPLE_KNOWN: Final = 4.0  # the pilot's own figures outweigh what is expected of any pilot from so many on
LEAST_BETWEEN: Final = 0.45  # people differ at least so much (1 sd), however alike a few look
MOST_KNOWN: Final = 12.0  # the pilot's scatter counts like so many of one's own ratings at the most

DayOf = Callable[[datetime], date]


@dataclass(frozen=True, slots=True)
class Course:
    """An evaluator's satisfaction over a pilot: today's estimate, and the estimate as of each day so far with half the
    width of its 90 % interval."""

    estimate: Estimate
    trajectory: tuple[tuple[date, float], ...]
    posterior: Posterior
    halves: tuple[float, ...] = ()

    @property
    def band(self) -> tuple[tuple[float, float], ...]:
        """The interval on each day of the trajectory."""
        return tuple(
            (_within(value - half), _within(value + half))
            for (_, value), half in zip(self.trajectory, self.halves, strict=True)
        )


def estimate(feedback: Sequence[Feedback], day_of: DayOf, on: date, *, prior: Prior = HOPE) -> Estimate:
    """One evaluator's satisfaction on a local date, from their feedback up to it."""
    counted = [one for one in feedback if day_of(one.at) <= on]
    begins = min((day_of(one.at) for one in counted), default=on)
    return trace(feedback, day_of, begins, on, prior=prior).estimate


def trace(feedback: Sequence[Feedback], day_of: DayOf, begins: date, on: date, *, prior: Prior = HOPE) -> Course:
    """The same with its trajectory: a point for each date from `begins`, as it was known that day."""
    told = merge(one for one in feedback if begins <= day_of(one.at) <= on)
    rows = sum_up([((day_of(at) - begins).days, rating, weight) for at, rating, weight in told])
    known = follow(rows, max(0, (on - begins).days), prior)
    heard = rows[0].day if rows else len(known)
    points = tuple((begins + timedelta(days=i), _within(known[i].level)) for i in range(heard, len(known)))
    shift = find_shift(rows, prior) if len(told) >= FEW else None
    day = begins + timedelta(days=shift[0]) if shift and shift[1] >= SHIFT_SURE else None
    said = describe(known[-1], n=len(told), days=len(rows), shifted_on=day)
    first = points[0][1] if points else None
    halves = tuple(margin(one.level_sd, one.freedom) for one in known[heard:])
    return Course(replace(said, first=first), trajectory=points, posterior=known[-1], halves=halves)


def retell(course: Course, told: Mapping[date, float]) -> Course:
    """The same with what was told on earlier dates in place of what today's prior makes of them, so that a figure once
    told does not change afterwards."""
    earlier, last = course.trajectory[:-1], course.trajectory[-1:]
    points = (*((on, told.get(on, value)) for on, value in earlier), *last)
    return replace(course, trajectory=points, estimate=replace(course.estimate, first=points[0][1] if points else None))


def merge(feedback: Iterable[Feedback]) -> list[tuple[datetime, float, float]]:
    """One rating per answer, as (time, rating, weight): a thumb and a remark on the same answer are one opinion, so
    they are averaged and weigh no more than a vote."""
    by_answer: dict[str, list[Feedback]] = {}
    for one in latest(feedback):
        if one.weight > 0:
            by_answer.setdefault(one.exchange, []).append(one)
    told = []
    for said in by_answer.values():
        weight = sum(one.weight for one in said)
        rating = sum(one.satisfaction * one.weight for one in said) / weight
        told.append((said[0].at, rating, min(1.0, weight)))
    return sorted(told)


def describe(posterior: Posterior, *, n: int, days: int, shifted_on: date | None = None) -> Estimate:
    """A posterior in the words and figures of an estimate."""
    half = margin(posterior.level_sd, posterior.freedom)
    trend, probability = tell_trend(posterior) if n >= FEW and days >= 2 else (Trend.TOO_FEW, None)
    return Estimate(
        estimate=_within(posterior.level),
        low=_within(posterior.level - half),
        high=_within(posterior.level + half),
        n=n,
        trend=trend,
        first=_within(posterior.level - posterior.change) if n else None,
        probability=probability,
        shifted_on=shifted_on if trend in (Trend.IMPROVING, Trend.WORSENING) else None,
    )


def tell_trend(posterior: Posterior) -> tuple[Trend, float | None]:
    """The trend that can be claimed, with its probability; too few to say where neither a change nor its absence is
    sure."""
    rising = posterior.rising
    if rising >= SURE:
        return Trend.IMPROVING, round(rising, 3)
    if 1 - rising >= SURE:
        return Trend.WORSENING, round(1 - rising, 3)
    above = probability_above(posterior.change - SMALL, posterior.change_sd, posterior.freedom)
    below = probability_above(-posterior.change - SMALL, posterior.change_sd, posterior.freedom)
    small = 1 - above - below
    return (Trend.STEADY, round(small, 3)) if small >= 0.8 else (Trend.TOO_FEW, None)


def fit_prior(feedback: Mapping[Member, Sequence[Feedback]], day_of: DayOf) -> Prior:
    """What this pilot teaches to expect of one more person: its mean rating, how much its people differ, and how much
    one's ratings scatter."""
    rated = [told for said in feedback.values() if (told := merge(said))]
    people = [sum_up([(0, rating, weight) for _, rating, weight in told])[0] for told in rated]
    weight = sum(one.weight for one in people)
    mean = (sum(one.weight * one.mean for one in people) + PEOPLE_KNOWN * HOPE.mean) / (weight + PEOPLE_KNOWN)
    scatter, known = fit_scatter([[(day_of(at), rating, weight) for at, rating, weight in told] for told in rated])
    apart = sum((one.mean - mean) ** 2 - scatter / one.weight for one in people)
    between = (PEOPLE_KNOWN * HOPE.between**2 + apart) / (PEOPLE_KNOWN + len(people))
    return Prior(mean=mean, between=sqrt(max(LEAST_BETWEEN**2, between)), scatter=sqrt(scatter), known=known)


def fit_scatter(rated: Sequence[Sequence[tuple[date, float, float]]]) -> tuple[float, float]:
    """The variance of a rating, and how many ratings it is known from: by differences of one person's successive
    ratings, which a trend hardly touches (von Neumann 1941). Differences between days count only where a day has but
    one rating, so that a change from one day to the next is not taken for scatter."""
    steps = []
    for told in rated:
        on = Counter(day for day, _, _ in told)
        steps += [(a, b) for a, b in pairwise(told) if a[0] == b[0] or 1 in (on[a[0]], on[b[0]])]
    squares = sum((b[1] - a[1]) ** 2 / (1 / a[2] + 1 / b[2]) for a, b in steps)
    others = 1 - 1 / max(1, len(rated))  # a person's own ratings are counted where their scatter is, not twice
    freedom = len(steps) * 2 / 3 * others  # differences that share a rating are not independent
    variance = (HOPE.known * HOPE.scatter**2 + squares * 2 / 3 * others) / (HOPE.known + freedom)
    return variance, min(MOST_KNOWN, HOPE.known + freedom)


def pool(courses: Sequence[Course], *, least: int = 2) -> Posterior | None:
    """The change of the pilot as a whole: what each evaluator's own ratings say of it, weighed by how sure that is,
    with room for people to differ (DerSimonian and Laird 1986). None with fewer than `least` evaluators heard on two
    days."""
    heard = [one.posterior for one in courses if one.estimate.n]
    seen = [(change, sd**2) for one in heard if (change_sd := own_change(one)) for change, sd in [change_sd]]
    if len(seen) < max(2, least):
        return None
    weights = [1 / variance for _, variance in seen]
    mean = weigh([change for change, _ in seen], weights)
    excess = sum(w * (change - mean) ** 2 for w, (change, _) in zip(weights, seen, strict=True)) - (len(seen) - 1)
    apart = max(0.0, excess / (sum(weights) - sum(w * w for w in weights) / sum(weights)))
    weights = [1 / (variance + apart) for _, variance in seen]
    return Posterior(
        level=sum(one.level for one in heard) / len(heard),
        level_sd=sqrt(sum(one.level_sd**2 for one in heard)) / len(heard),
        change=weigh([change for change, _ in seen], weights),
        change_sd=sum(weights) ** -0.5,
        freedom=sum(one.freedom for one in heard),
    )


def own_change(posterior: Posterior) -> tuple[float, float] | None:
    """The change as the ratings alone tell it, without what was expected before, and its sd; None where they tell
    nothing of it."""
    if not posterior.change_sd or not posterior.change_before:
        return None
    precision = posterior.change_sd**-2 - posterior.change_before**-2
    if precision < 1e-6:
        return None
    return posterior.change / posterior.change_sd**2 / precision, precision**-0.5


def weigh(values: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted mean."""
    return sum(w * value for w, value in zip(weights, values, strict=True)) / sum(weights)


def _within(value: float) -> float:
    return round(min(5.0, max(1.0, value)), 3)
