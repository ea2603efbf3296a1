"""Whether the confidence of replies shifts: the day from which on it is another, found, not guessed.

A mean shift is looked for at every day (CUSUM of the question-weighted daily means) and judged by permutation with a
fixed seed: how often would days in any order show a shift as large?
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from bot.turn import Decision, Exchange

FEWEST_DAYS = 4
SHUFFLES = 999
UNLIKELY = 0.05  # the share of shuffles that may show as much for it still to count as a shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Confidence before and from `on`; `chance` (0-1) that days in no order at all show as large a shift."""

    on: date
    before: float
    after: float
    chance: float


def find_drift(exchanges: Iterable[Exchange]) -> Drift | None:
    """The day on which the confidence of replies shifted, None where it did not or the days are too few to say."""
    days = daily_confidence(exchanges)
    if len(days) < FEWEST_DAYS:
        return None
    values = [mean for _, mean in days]
    at, size = largest_shift(values)
    shuffler = random.Random(0)
    as_large = sum(largest_shift(shuffler.sample(values, len(values)))[1] >= size - 1e-12 for _ in range(SHUFFLES))
    chance = (as_large + 1) / (SHUFFLES + 1)
    if size == 0 or chance > UNLIKELY:
        return None
    return Drift(on=days[at][0], before=mean_of(values[:at]), after=mean_of(values[at:]), chance=chance)


def daily_confidence(exchanges: Iterable[Exchange]) -> list[tuple[date, float]]:
    """The mean confidence of each day on which something was asked, in order of days (UTC)."""
    by_day: dict[date, list[float]] = defaultdict(list)
    for one in exchanges:
        if one.reply.text and one.reply.decision is not Decision.ASK:
            by_day[one.at.date()].append(one.reply.confidence)
    return [(day, mean_of(by_day[day])) for day in sorted(by_day)]


def largest_shift(values: Sequence[float]) -> tuple[int, float]:
    """Where the values are best cut in two, and how strongly the halves differ (the largest excursion of the CUSUM)."""
    mean = mean_of(values)
    sums = list(accumulate(value - mean for value in values))[:-1]
    at = max(range(len(sums)), key=lambda place: (abs(sums[place]), -place))
    return at + 1, abs(sums[at])


def mean_of(values: Sequence[float]) -> float:
    return sum(values) / len(values)
