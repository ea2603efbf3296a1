"""What a pilot came to so far: completion, override, time to value, active use, cost. Shares carry their intervals."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from statistics import median
from typing import Final

from bot.pilot.calendar import local_date
from bot.pilot.feedback import NEUTRAL, latest
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource, Pilot
from bot.pilot.share import NONE, Share
from bot.turn import Decision, Exchange, Member

WINDOWS: Final = (7, 30, 60, 90)  # days back over which active use is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """The figures of a pilot up to a date.

    `completed`: questions answered and not complained of. `overridden`: answers that their asker corrected.
    `decisions`: how questions were dealt with. `active`: days back -> evaluators who asked within them.
    `days_to_value`: days from someone's first question to their first completed one, the median.
    `habit`: evaluators who asked on three working days in a row. `assumptions`: enrichment's own
    figures, by what they count. Costs are in US dollars.
    """

    on: date
    questions: int
    completed: Share
    overridden: Share
    fallen_back: Share
    decisions: Mapping[str, Share] = field(default_factory=dict)
    active: Mapping[int, Share] = field(default_factory=dict)
    habit: Share = NONE
    days_to_value: float | None = None
    assumptions: Mapping[str, Share] = field(default_factory=dict)
    cost: float = 0.0
    cost_a_question: float | None = None
    cost_a_completed: float | None = None


def sum_up_outcomes(
    pilot: Pilot,
    exchanges: Sequence[Exchange],
    feedback: Sequence[Feedback],
    *,
    people: Collection[Member],
    on: date,
    cost: float = 0.0,
) -> Outcomes:
    """The figures over these people's questions up to a local date."""
    day_of = partial(local_date, pilot)
    asked = [one for one in exchanges if one.asker in people and day_of(one.at) <= on]
    said = latest(one for one in feedback if one.member in people)
    failed = {one.exchange for one in said if one.satisfaction < NEUTRAL}
    done = [one for one in asked if is_answer(one) and one.id not in failed]
    answers = [one for one in asked if is_answer(one)]
    corrected = {one.exchange for one in said if is_correction(one)}
    days: dict[Member, set[date]] = {}
    for one in asked:
        days.setdefault(one.asker, set()).add(day_of(one.at))
    return Outcomes(
        on=on,
        questions=len(asked),
        completed=Share(len(done), len(asked)),
        overridden=Share(sum(one.id in corrected for one in answers), len(answers)),
        fallen_back=Share(sum(bool(one.reply.fallback) for one in asked), len(asked)),
        decisions={
            kind.value: Share(sum(one.reply.decision is kind for one in asked), len(asked)) for kind in Decision
        },
        active={window: count_active(days, people, on, window) for window in WINDOWS},
        habit=Share(sum(has_habit(days.get(one, set())) for one in people), len(people)),
        days_to_value=measure_time_to_value(asked, done, pilot),
        cost=cost,
        cost_a_question=cost / len(asked) if asked else None,
        cost_a_completed=cost / len(done) if done else None,
    )


def is_answer(exchange: Exchange) -> bool:
    return exchange.reply.decision in (Decision.ANSWER, Decision.HEDGE)


def is_correction(feedback: Feedback) -> bool:
    return feedback.source is FeedbackSource.CORRECTION or feedback.kind is FeedbackKind.WRONG


def count_active(days: Mapping[Member, set[date]], people: Collection[Member], on: date, window: int) -> Share:
    """Who asked within the last `window` days, the date itself included."""
    since = on - timedelta(days=window - 1)
    return Share(sum(any(since <= day <= on for day in days.get(one, ())) for one in people), len(people))


def has_habit(days: Collection[date], running: int = 3) -> bool:
    """Whether someone asked on so many working days in a row; a weekend does not break the row."""
    return any(all(day in days for day in next_working_days(start, running)) for start in days if start.weekday() < 5)


def next_working_days(start: date, n: int) -> list[date]:
    """`start` and the working days after it, n in all."""
    found, day = [start], start
    while len(found) < n:
        day += timedelta(days=1)
        if day.weekday() < 5:
            found.append(day)
    return found


def measure_time_to_value(asked: Sequence[Exchange], done: Sequence[Exchange], pilot: Pilot) -> float | None:
    """Days from someone's first question to their first completed one: the median over those who had one."""
    first_asked: dict[Member, Exchange] = {}
    first_done: dict[Member, Exchange] = {}
    for one in asked:
        first_asked.setdefault(one.asker, one)
    for one in done:
        first_done.setdefault(one.asker, one)
    waits = [
        (local_date(pilot, one.at) - local_date(pilot, first_asked[member].at)).days
        for member, one in first_done.items()
    ]
    return float(median(waits)) if waits else None
