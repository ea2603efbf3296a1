"""Made-up pilots at their review, for tests of the go / no-go report and of every form it is written in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "pilot"))

from pilot_samples import BEGINS, NAMES, PILOT, Person, act, measure_people

from bot.digest.report_model import Standing
from bot.pilot.adoption import measure_adoption
from bot.pilot.model import Criterion, FeedbackKind, Lift, Pilot
from bot.pilot.outcomes import sum_up_outcomes
from bot.pilot.production import project
from bot.pilot.readiness import PLAN
from bot.pilot.service import Service
from bot.pilot.share import Share
from bot.pilot.verdict import decide_verdict

CRITERIA = (
    Criterion(metric="satisfaction", target=3.8, baseline=3.0, owner="head of support"),
    Criterion(metric="questions completed", target=0.7, baseline=0.5, owner="head of support"),
    Criterion(metric="active use", target=0.6, baseline=0.0, owner="head of support"),
    Criterion(metric="cost a question", target=0.05, baseline=0.2, owner="finance"),
)
READY = replace(
    PILOT,
    name="Support answers",
    hypothesis="Answers that fit each person are still used after four weeks.",
    owner="head of support",
    criteria=CRITERIA,
    ends=BEGINS + timedelta(days=39),
    review_on=BEGINS + timedelta(days=42),
    holdback=0.1,
    plan={name: f"Agreed: {what}." for name, (what, _) in PLAN.items()},
)
SERVICE = Service(
    documents=18,
    passages=240,
    stale=Share(0, 18),
    told=40,
    told_on=BEGINS + timedelta(days=39),
    steps=Share(9, 12),
    asked_consent=Share(5, 5),
    agreed=Share(5, 5),
    person_limit=2.0,
    pilot_limit=50.0,
)
LIFT = Lift(difference=0.6, low=0.2, high=1.0, with_model=140, held_back=16)


def rise(low: float, high: float, days: int) -> list[tuple[float, ...]]:
    """Ratings that go from low to high over so many days, none at weekends."""
    steps = [low + (high - low) * i / (days - 1) for i in range(days)]
    return [() if i % 7 > 4 else (min(5.0, one), min(5.0, one + 0.5)) for i, one in enumerate(steps)]


def stand(people: Sequence[Person], day: int, *, pilot: Pilot = READY, cost: float = 4.0) -> Standing:
    """The pilot of these people at its review on a day, counted from 1."""
    members = tuple(one.member for one in people)
    pilot = replace(pilot, evaluators=members)
    on = BEGINS + timedelta(days=day - 1)
    exchanges = sorted((one for person in people for one in act(person)[0]), key=lambda one: one.at)
    feedback = [one for person in people for one in act(person)[1]]
    measured = replace(measure_people(people, day, covers=1, pilot=pilot, cost=cost), pilot=pilot)
    outcomes = sum_up_outcomes(pilot, exchanges, feedback, people=members, on=on, cost=cost)
    adoption = measure_adoption(pilot, exchanges, people=members, on=on)
    return Standing(
        day=measured,
        outcomes=outcomes,
        verdict=decide_verdict(pilot, measured, outcomes),
        adoption=adoption,
        production=project(500, adoption, outcomes),
        service=SERVICE,
    )


def ready_pilot() -> Standing:
    """Everything agreed before, everything reached, a control group that shows it."""
    people = [Person(name, rise(3.0, 4.6, 40), learned_on=2) for name in NAMES]
    held = stand(people, 40)
    return replace(held, day=replace(held.day, lift=LIFT))


def mixed_pilot() -> Standing:
    """Some better, one worse, half the plan unwritten, one criterion nobody measures here."""
    generic = [(12, FeedbackKind.NOT_SPECIFIC), (13, FeedbackKind.NOT_SPECIFIC), (19, FeedbackKind.WRONG)]
    people = [
        Person(NAMES[0], rise(2.5, 4.6, 26), learned_on=2),
        Person(NAMES[1], rise(4.5, 2.2, 26), generic),
        Person(NAMES[2], rise(3.5, 4.0, 26), learned_on=3),
        Person(NAMES[3], rise(3.0, 4.4, 26), learned_on=3),
        Person(NAMES[4], [(3.5,), (), (4.0,)]),
    ]
    plan = {"data sources": "The handbook, synced nightly.", "budget": "300 dollars a month"}
    criteria = (*CRITERIA, Criterion(metric="tickets closed a week", target=120, baseline=90, owner="service desk"))
    return stand(people, 26, pilot=replace(READY, plan=plan, criteria=criteria, holdback=0.0))


def abandoned_pilot() -> Standing:
    """Tried in the first days, then left."""
    people = [Person(f"Evaluator {i:02}", rise(3.5, 3.0, 4)) for i in range(1, 11)]
    return stand(people, 45, pilot=replace(READY, ends=None), cost=0.0)


def first_day() -> Standing:
    """One day, nothing agreed."""
    people = [Person(name, [(3.0, 4.0)]) for name in NAMES[:3]]
    return stand(people, 1, pilot=PILOT, cost=0.0)


def nameless_pilot() -> Standing:
    """The aggregate mode."""
    people = [Person(f"Evaluator {i:02}", rise(3.0, 4.5, 12)) for i in range(1, 13)]
    return stand(people, 12, pilot=replace(READY, aggregate_only=True))


def crowded_pilot() -> Standing:
    """Thirty evaluators over ninety days."""
    people = [Person(f"Evaluator {i:02}", rise(2.5 + i % 3, 4.5 - i % 2, 90)) for i in range(1, 31)]
    return stand(people, 90, pilot=replace(READY, ends=BEGINS + timedelta(days=89)), cost=60.0)


STANDINGS = {
    "ready": ready_pilot,
    "mixed": mixed_pilot,
    "abandoned": abandoned_pilot,
    "first_day": first_day,
    "nameless": nameless_pilot,
    "crowded": crowded_pilot,
}
