"""What running it in production would cost a month, for so many people: scaled from what the pilot used and paid.

Only what a model is paid can be measured here. A machine and the hours of people are planning figures, and said to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.operations.cost import PRICED_ON, price
from bot.pilot.adoption import Adoption, Week
from bot.pilot.figures import round_off
from bot.pilot.outcomes import Outcomes
from bot.pilot.share import Share

WORKING_DAYS: Final = 22  # a month
TYPICAL_INPUT, TYPICAL_OUTPUT = 5000, 350  # tokens of an answered question: the planning figures of docs/cost.md
MODELS: Final = ("claude-haiku", "claude-sonnet", "claude-opus")
# The machines that carry so many people, in US dollars a month, low to high: planning figures of docs/cost.md.
MACHINES: Final = ((100, 10, 30), (1000, 50, 150), (10_000, 200, 600))
DOCUMENT_HOURS: Final = 4  # hours a month to keep the documents current: an hour a week


@dataclass(frozen=True, slots=True)
class Scenario:
    """One guess at production use: the share of people who ask in a week, the questions and dollars a month."""

    name: str
    share: float
    active: int
    questions: int
    dollars: float


@dataclass(frozen=True, slots=True)
class Price:
    """What the expected use would cost a month if this model wrote every answer, at list price."""

    model: str
    a_question: float
    dollars: float


@dataclass(frozen=True, slots=True)
class Production:
    """Costs for `people` a month. `a_week`: questions of an active person in a week, as measured; `a_question`: what
    one cost in the pilot; `prices`: the same use by model; `machine`: dollars from low to high; `hours`: of people."""

    people: int
    a_week: float
    a_question: float
    scenarios: tuple[Scenario, ...]
    prices: tuple[Price, ...]
    machine: tuple[int, int]
    hours: int = DOCUMENT_HOURS
    priced_on: date = PRICED_ON


def project(people: int, adoption: Adoption, outcomes: Outcomes) -> Production | None:
    """Scale the pilot's use and cost to so many people; None where nobody asked anything.

    Cautious is the lower end of the interval of those who asked in a week.
    """
    weeks = [one for one in adoption.weeks if one.whole] or list(adoption.weeks)
    active = sum(one.active.of for one in weeks)
    if not active:
        return None
    a_week = sum(scale_up(one) for one in weeks) / active
    a_question = outcomes.cost_a_question or 0.0
    share = Share(active, sum(one.active.n for one in weeks))
    low, _ = share.interval or (0.0, 1.0)
    shares = (("cautious", low), ("as in the pilot", share.value or 0.0), ("everybody", 1.0))
    scenarios = tuple(guess(name, people, part, a_week, a_question) for name, part in shares)
    expected = scenarios[1].questions
    return Production(
        people=people,
        a_week=a_week,
        a_question=a_question,
        scenarios=scenarios,
        prices=tuple(price_model(name, expected) for name in MODELS),
        machine=size_machine(people),
    )


def scale_up(week: Week) -> float:
    """The questions of a week, one that was cut short taken by its working days."""
    days = (week.ends - week.begins).days + 1
    working = sum((week.begins.weekday() + i) % 7 < 5 for i in range(days))
    return week.questions * 5 / working if 0 < working < 5 else float(week.questions)


def guess(name: str, people: int, share: float, a_week: float, a_question: float) -> Scenario:
    """One scenario, its questions rounded to what can be known."""
    questions = round_off(people * share * a_week * WORKING_DAYS / 5)
    return Scenario(name, share, round(people * share), questions, questions * a_question)


def price_model(model: str, questions: int) -> Price:
    """A typical question's list price, and so many of them."""
    each = price(model, TYPICAL_INPUT, 0, 0, TYPICAL_OUTPUT)
    return Price(model, each, each * questions)


def size_machine(people: int) -> tuple[int, int]:
    """Dollars a month for the machines that carry so many people, low to high; beyond the table, in proportion."""
    for most, low, high in MACHINES:
        if people <= most:
            return low, high
    most, low, high = MACHINES[-1]
    return round(low * people / most), round(high * people / most)
