"""The statistics under `satisfaction`: a level that drifts and may improve as it is learned, filtered day by day.

Model of one person: a day's level is `b(t) + a·g(t)`. `b` starts near the pilot's mean and drifts as a random walk, `a`
is how far a lasting change has gone, `g(t) = 1 - exp(-t/4 days)` its course. Ratings scatter around the day's level.
It is a linear Gaussian state, so a Kalman filter (Kalman 1960) gives the exact posterior; the state carries `b` of the
first day along, so that the change since then comes with its own uncertainty. Scatter is estimated from ratings of the
same day, and its uncertainty turns the normal into Student's t (quantiles by Wallace 1959).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import copysign, exp, expm1, log, log1p, sqrt
from statistics import NormalDist
from typing import Final

_NORMAL: Final = NormalDist()
LEARNING_DAYS: Final = 4.0  # a lasting change is two thirds done after so many days
SCATTER: Final = 0.7  # ratings scatter so much until the person's own say otherwise …
SCATTER_KNOWN: Final = 1.0  # … which counts like so many ratings
STEP: Final = 1.0  # prior standard deviation of a level, before and after a change point


@dataclass(frozen=True, slots=True)
class Pace:
    """What is expected of change: prior standard deviations of a day's drift, and of a lasting change, on the scale of
    1-5."""

    drift: float
    lasting: float


# Where someone stands is told with a prior that keeps it near what was rated; whether they changed is judged with
# hardly any idea of a change's size, so that a real one is not played down. One prior for both either overshoots after
# a sudden change (its 90 % interval held the truth in 78 of 100) or misses slow ones; `benchmarks/trends.py` prints
# what these come to.
STANDING: Final = Pace(drift=0.2, lasting=2.5)
CHANGING: Final = Pace(drift=0.1, lasting=9.0)


@dataclass(frozen=True, slots=True)
class DayVotes:
    """A day's ratings summed up: `day` counts from 0, `weight` is their total weight, `mean` their weighted mean,
    `spread` the weighted sum of squares around it, `n` how many there are."""

    day: int
    n: int
    weight: float
    mean: float
    spread: float


@dataclass(frozen=True, slots=True)
class Prior:
    """What is expected of someone before their first rating: the pilot's mean, how much people differ (1 sd), and how
    much one's ratings scatter (1 sd), which counts like `known` ratings."""

    mean: float = 3.5
    between: float = 1.0
    scatter: float = SCATTER
    known: float = SCATTER_KNOWN


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the ratings up to a day say: level then, change since the first day, each with its sd; `freedom` of t.
    `change_before` is the sd of the change before any rating was seen."""

    level: float
    level_sd: float
    change: float
    change_sd: float
    freedom: float
    change_before: float = 0.0

    @property
    def rising(self) -> float:
        """The probability that the level went up."""
        return probability_above(self.change, self.change_sd, self.freedom)


def sum_up(votes: Sequence[tuple[int, float, float]]) -> tuple[DayVotes, ...]:
    """(day, rating, weight) triples as one row a day, in order."""
    by_day: dict[int, list[tuple[float, float]]] = {}
    for day, rating, weight in votes:
        by_day.setdefault(day, []).append((rating, weight))
    return tuple(_sum_day(day, by_day[day]) for day in sorted(by_day))


def _sum_day(day: int, votes: Sequence[tuple[float, float]]) -> DayVotes:
    total = sum(weight for _, weight in votes)
    mean = sum(rating * weight for rating, weight in votes) / total
    spread = sum(weight * (rating - mean) ** 2 for rating, weight in votes)
    return DayVotes(day=day, n=len(votes), weight=total, mean=mean, spread=spread)


def scatter_of(rows: Sequence[DayVotes], prior: Prior) -> tuple[float, float]:
    """The variance of a rating of weight 1 around its day's level, and the degrees of freedom it is known with."""
    freedom = sum(row.n - 1 for row in rows)
    spread = sum(row.spread for row in rows)
    return (prior.known * prior.scatter**2 + spread) / (prior.known + freedom), prior.known + freedom


def follow(rows: Sequence[DayVotes], until: int, prior: Prior) -> tuple[Posterior, ...]:
    """The posterior at the end of each day from 0 to `until`, each from that day's and earlier ratings only.

    On days without a rating only drift adds doubt: a lasting change is not carried on into silence.
    """
    standing, changing = (_filter(rows, until, prior, pace) for pace in (STANDING, CHANGING))
    return tuple(
        replace(told, level=at.level, level_sd=at.level_sd) for told, at in zip(changing, standing, strict=True)
    )


def _filter(rows: Sequence[DayVotes], until: int, prior: Prior, pace: Pace) -> list[Posterior]:
    """The same at one pace."""
    variance, freedom = scatter_of(rows, prior)
    at = {row.day: row for row in rows}
    first = min((row.day for row in rows), default=0)
    state = [prior.mean, 0.0, prior.mean]
    cov = [
        [prior.between**2, 0.0, prior.between**2],
        [0.0, pace.lasting**2, 0.0],
        [prior.between**2, 0.0, prior.between**2],
    ]
    told, course = [], 0.0
    for day in range(until + 1):
        cov[0][0] += pace.drift**2 if day > first else 0.0
        if day in at:
            course = -expm1(-(day - first) / LEARNING_DAYS)
            _update(state, cov, course, at[day].mean, variance / at[day].weight)
        before = sqrt((pace.lasting * course) ** 2 + pace.drift**2 * max(0, day - first))
        told.append(replace(_read(state, cov, course, freedom), change_before=before))
    return told


def _update(state: list[float], cov: list[list[float]], course: float, seen: float, noise: float) -> None:
    """One observation of `b + a·course`, in place."""
    toward = [row[0] + course * row[1] for row in cov]
    total = toward[0] + course * toward[1] + noise
    surprise = (seen - state[0] - course * state[1]) / total
    for i in range(3):
        state[i] += toward[i] * surprise
    for i in range(3):
        for j in range(3):
            cov[i][j] -= toward[i] * toward[j] / total


def _read(state: Sequence[float], cov: Sequence[Sequence[float]], course: float, freedom: float) -> Posterior:
    level, change = (1.0, course, 0.0), (1.0, course, -1.0)
    return Posterior(
        level=state[0] + course * state[1],
        level_sd=sqrt(max(0.0, _form(cov, level))),
        change=state[0] + course * state[1] - state[2],
        change_sd=sqrt(max(0.0, _form(cov, change))),
        freedom=freedom,
    )


def _form(cov: Sequence[Sequence[float]], by: Sequence[float]) -> float:
    return sum(by[i] * cov[i][j] * by[j] for i in range(3) for j in range(3))


def find_shift(rows: Sequence[DayVotes], prior: Prior) -> tuple[int, float] | None:
    """The day on which the level most likely changed for good, and the probability that it changed at all.

    Bayes factors of "one level until k, another from k on" against "one level", k equally likely, even odds.
    """
    if len(rows) < 2:
        return None
    variance, _ = scatter_of(rows, prior)
    whole = _evidence(rows, variance, prior)
    splits = range(1, len(rows))
    factors = [_evidence(rows[:k], variance, prior) + _evidence(rows[k:], variance, prior) - whole for k in splits]
    mean_odds = sum(exp(min(50.0, one)) for one in factors) / len(factors)
    return rows[1 + factors.index(max(factors))].day, mean_odds / (1 + mean_odds)


def _evidence(rows: Sequence[DayVotes], variance: float, prior: Prior) -> float:
    """Log marginal likelihood of one level behind these rows, up to what is common to all splits."""
    precision = sum(row.weight for row in rows) / variance
    pull = sum(row.weight * (row.mean - prior.mean) for row in rows) / variance
    return 0.5 * pull**2 / (precision + STEP**-2) - 0.5 * log1p(precision * STEP**2)


def probability_above(mean: float, sd: float, freedom: float) -> float:
    """P(x > 0) for x ~ mean + sd·t(freedom)."""
    if sd <= 0:
        return 0.5
    t = mean / sd
    z = (8 * freedom + 1) / (8 * freedom + 3) * sqrt(freedom * log(1 + t * t / freedom))
    return _NORMAL.cdf(copysign(z, t))


def margin(sd: float, freedom: float, level: float = 0.9) -> float:
    """Half the width of the central interval of sd·t(freedom)."""
    z = _NORMAL.inv_cdf(0.5 + level / 2) * (8 * freedom + 3) / (8 * freedom + 1)
    return sd * sqrt(freedom * expm1(z * z / freedom))
