"""Days of every kind, measured from made-up records and composed: the same for every rendering of a digest."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pilot_samples import BEGINS, NAMES, PILOT, Person, measure_people

from bot.digest.compose import compose_digest
from bot.digest.model import Digest
from bot.pilot.model import FeedbackKind, PilotDay

RISING = ((2, 2, 2.5, 2), (2.5, 3, 3, 2.5), (4, 4, 4.5, 4), (4.5, 5, 4.5, 4.5))
FALLING = ((4.5, 4.5, 5, 4), (4, 4, 3.5, 4), (2.5, 2, 2.5, 2), (2, 1.5, 2, 2))
LEVEL = ((3.5, 4), (4, 3.5), (3.5, 4), (4, 3.5))
FEW = ((3.5,), (), (4,), ())


def first_day() -> PilotDay:
    generic = [(1, FeedbackKind.NOT_SPECIFIC)]
    people = [Person(name, ratings=[(3.0, 4.0)], learned_on=1) for name in NAMES[1:]]
    return measure_people([Person(NAMES[0], ratings=[(2.0,)], complaints=generic), *people], 1)


def good_day() -> PilotDay:
    better = [Person(name, RISING, learned_on=4) for name in NAMES[:3]]
    return measure_people([*better, *(Person(name, LEVEL) for name in NAMES[3:])], 4, cost=0.42)


def bad_day() -> PilotDay:
    wrong = [(4, FeedbackKind.WRONG), (4, FeedbackKind.TOO_BASIC), (4, FeedbackKind.TOO_BASIC)]
    people = [Person(NAMES[0], FALLING, wrong), Person(NAMES[1], FALLING)]
    return measure_people([*people, *(Person(name, LEVEL) for name in NAMES[2:])], 4)


def mixed_day() -> PilotDay:
    generic = [(4, FeedbackKind.NOT_SPECIFIC), (4, FeedbackKind.NOT_SPECIFIC)]
    people = [Person(NAMES[0], RISING), Person(NAMES[1], FALLING, generic), Person(NAMES[2], LEVEL)]
    return measure_people([*people, Person(NAMES[3], FEW), Person(NAMES[4])], 4)


def silent_day() -> PilotDay:
    people = [Person(name, LEVEL[:2]) for name in NAMES[:3]]
    return measure_people([*people, Person(NAMES[3]), Person(NAMES[4])], 8, covers=6)


def one_evaluator() -> PilotDay:
    return measure_people([Person(NAMES[0], RISING, learned_on=4)], 4)


def thirty_evaluators() -> PilotDay:
    courses = (RISING, LEVEL, LEVEL, FEW, FALLING)
    return measure_people([Person(f"Evaluator {i:02}", courses[i % 5]) for i in range(1, 31)], 4, cost=1.2)


def aggregate_only() -> PilotDay:
    people = [Person(f"Evaluator {i:02}", RISING) for i in range(1, 13)]
    return measure_people(people, 4, pilot=replace(PILOT, aggregate_only=True))


DAYS = {
    "first_day": first_day,
    "good_day": good_day,
    "bad_day": bad_day,
    "silent_day": silent_day,
    "one_evaluator": one_evaluator,
    "thirty_evaluators": thirty_evaluators,
    "mixed_day": mixed_day,
    "aggregate_only": aggregate_only,
}


@dataclass(frozen=True)
class Case:
    """A named day, measured and composed."""

    name: str
    day: PilotDay
    digest: Digest


def make_case(name: str) -> Case:
    """The day, told after the mixed day's steps, the first of which was done."""
    day = DAYS[name]()
    earlier = () if day.day == 1 else (replace(compose_digest(bad_day(), (), frozenset()), on=BEGINS),)
    done = frozenset(one.attention[0].id for one in earlier)
    return Case(name, day, compose_digest(day, earlier, done))
