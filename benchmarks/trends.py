"""How often a trend is claimed that is not there, and found where it is, in made-up pilots.

    python benchmarks/trends.py [--pilots 1000]

Five days, four votes a person and day, whole numbers from 1 to 5 that scatter around each person's level by the given
standard deviation, or thumbs up and down only. "slow" is a rise of one point spread over the days, "sudden" one from
the third day on. Single evaluators, and pilots of five taken together.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource, Trend
from bot.pilot.satisfaction import SURE, fit_prior, pool, trace
from bot.turn import Member

BEGINS = datetime(2026, 10, 5, 12, tzinfo=UTC)
DAYS, VOTES = 5, 4
Ratings = Sequence[tuple[int, int, float]]


def date_of(at: datetime) -> date:
    return at.date()


def make_votes(member: Member, ratings: Ratings) -> list[Feedback]:
    """(day, number, rating) as votes, each on an answer of its own."""
    return [
        Feedback(
            id=f"{member.id}/{day}/{number}",
            exchange=f"{member.id}/{day}/{number}",
            member=member,
            at=BEGINS + timedelta(days=day, minutes=number),
            source=FeedbackSource.THUMBS,
            kind=FeedbackKind.NONE,
            satisfaction=rating,
        )
        for day, number, rating in ratings
    ]


def rate(level: float, scatter: float | None, dice: random.Random) -> float:
    """One vote of someone at this level: a whole number, or a thumb where no scatter is given."""
    if scatter is None:
        return 4.6 if dice.random() < (level - 1.6) / 3 else 1.6
    return float(min(5, max(1, round(dice.gauss(level, scatter)))))


def simulate(pilots: int, effect: float, scatter: float | None, *, people: int, shape: str) -> tuple[float, float]:
    """The shares of "improving" among single evaluators, and of pilots called better taken together."""
    dice, single, together = random.Random(1), 0, 0
    for _ in range(pilots):
        said = {}
        for number in range(people):
            member, base = Member("W", f"U{number}"), dice.gauss(3.4, 0.5) - effect / 2
            moves = [effect * (day / (DAYS - 1) if shape == "slow" else day >= 2) for day in range(DAYS)]
            ratings = [(d, i, rate(base + moves[d], scatter, dice)) for d in range(DAYS) for i in range(VOTES)]
            said[member] = make_votes(member, ratings)
        prior, last = fit_prior(said, date_of), date_of(BEGINS) + timedelta(days=DAYS - 1)
        courses = [trace(votes, date_of, date_of(BEGINS), last, prior=prior) for votes in said.values()]
        single += sum(one.estimate.trend is Trend.IMPROVING for one in courses)
        pooled = pool(courses)
        together += pooled is not None and pooled.rising >= SURE
    return single / pilots / people, together / pilots


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pilots", type=int, default=1000)
    pilots = parser.parse_args().pilots
    print("| votes | false, one | false, five | slow, one | slow, five | sudden, one | sudden, five |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, scatter in (("scatter 0.5", 0.5), ("scatter 0.8", 0.8), ("scatter 1.0", 1.0), ("thumbs only", None)):
        cells = []
        for effect, shape in ((0.0, "slow"), (1.0, "slow"), (1.0, "sudden")):
            one, _ = simulate(pilots, effect, scatter, people=1, shape=shape)
            _, five = simulate(max(1, pilots // 5), effect, scatter, people=5, shape=shape)
            cells += [one, five]
        print(f"| {name} | {' | '.join(f'{cell * 100:.0f} %' for cell in cells)} |", flush=True)


if __name__ == "__main__":
    main()
