"""What could go wrong in production, as the pilot's own evidence shows it; the heaviest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.pilot.adoption import Adoption
from bot.pilot.checklist import ENOUGH_PEOPLE, MOST_DECLINED, MOST_FALLEN_BACK, say_control, say_of
from bot.pilot.model import PilotDay, Trend
from bot.pilot.outcomes import Outcomes
from bot.pilot.say import cap, count, rank, say_names, say_theme
from bot.pilot.service import Service
from bot.pilot.share import Share
from bot.pilot.verdict import ENOUGH_QUESTIONS

SHORT: Final = 10  # days, below which interest in what is new cannot be told from use
MOST_CORRECTED: Final = 0.05
FADED: Final = 0.5  # the last whole week's use against the first one's


class Level(StrEnum):
    """How heavily a risk weighs on the decision."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Risk:
    """What may happen, on what evidence, and what to do about it."""

    level: Level
    what: str
    evidence: str
    step: str


def find_risks(day: PilotDay, outcomes: Outcomes, adoption: Adoption, service: Service) -> tuple[Risk, ...]:
    """Every risk that the evidence shows."""
    found = (
        *find_thin(day, outcomes),
        *find_discontent(day),
        *find_answer_risks(outcomes),
        *find_fading(day, adoption),
        *find_unproven(day, outcomes),
        *find_service_risks(service),
    )
    return tuple(sorted(found, key=lambda one: list(Level).index(one.level)))


def find_thin(day: PilotDay, outcomes: Outcomes) -> Iterator[Risk]:
    """A result that rests on little."""
    people = len(day.people) + day.group_size
    if people < ENOUGH_PEOPLE or outcomes.questions < ENOUGH_QUESTIONS:
        yield Risk(
            Level.HIGH,
            "The result rests on little and may not hold for others",
            f"{count(people, 'evaluator')}, {count(outcomes.questions, 'question')}",
            "Extend, with more evaluators of other kinds.",
        )
    if day.day < SHORT:
        yield Risk(
            Level.MEDIUM,
            "Use may drop once it is no longer new",
            f"the pilot has run for {count(day.day, 'day')}",
            "Look again after 30 days, before seats are bought.",
        )


def find_discontent(day: PilotDay) -> Iterator[Risk]:
    """People for whom answers got worse, and what people complain of most."""
    worse = [one.name for one in day.people if one.satisfaction.trend is Trend.WORSENING]
    if worse:
        yield Risk(
            Level.HIGH,
            "Answers get worse for some",
            f"worse since day 1 for {say_names(worse)}",
            "Talk to them, and look at their declined questions.",
        )
    themes = Counter[str]()
    for person in (*day.people, *([day.group] if day.group else [])):
        themes.update(person.themes)
    if themes:
        listed = ", ".join(f"{say_theme(kind)} ({n})" for kind, n in rank(themes)[:3])
        most = rank(themes)[0][0]
        yield Risk(Level.MEDIUM, "The same complaints return in production", listed, answer_complaint(most))


def answer_complaint(kind: str) -> str:
    """What to do about a kind of complaint."""
    return {
        "not_specific": "Ask people to name their project and systems; add documents about your own set-up.",
        "wrong": "Have the owner check the documents that were cited.",
        "too_basic": "Point people to Deeper, once for each topic.",
        "too_deep": "Point people to Simpler, once for each topic.",
    }.get(kind, "Read the questions behind the complaints with the people who asked them.")


def find_answer_risks(outcomes: Outcomes) -> Iterator[Risk]:
    """Answers that were wrong, missing, or not the model's own."""
    over, declined = outcomes.overridden, outcomes.decisions.get("decline", Share(0, 0))
    if (over.value or 0.0) > MOST_CORRECTED:
        yield Risk(
            Level.HIGH,
            "Wrong answers are acted on",
            f"corrected: {say_of(over)}",
            "Name an owner for documents; let the owner see each correction.",
        )
    if (declined.value or 0.0) > MOST_DECLINED:
        yield Risk(
            Level.MEDIUM,
            "People give up because the documents lack the answer",
            f"declined: {say_of(declined)}",
            "Add documents for the declined questions.",
        )
    if (outcomes.fallen_back.value or 0.0) > MOST_FALLEN_BACK:
        yield Risk(
            Level.MEDIUM,
            "Answers are plainer than planned, when the model is down or over its limit",
            f"fallen back: {say_of(outcomes.fallen_back)}",
            "Look at the limits and at the provider's outages.",
        )


def find_fading(day: PilotDay, adoption: Adoption) -> Iterator[Risk]:
    """Use that falls, or that hangs on one person."""
    whole = [one for one in adoption.weeks if one.whole]
    if len(whole) > 1 and whole[-1].active.of <= FADED * whole[0].active.of:
        yield Risk(
            Level.HIGH,
            "Use fades",
            f"{whole[-1].active.of} of {whole[-1].active.n} asked in week {whole[-1].number}, "
            f"{whole[0].active.of} in week 1",
            "Ask those who stopped why, in person.",
        )
    asked = sorted((one.questions for one in day.people), reverse=True)
    if len(asked) > 2 and day.questions >= ENOUGH_QUESTIONS and asked[0] > day.questions / 2:
        yield Risk(
            Level.MEDIUM,
            "Use hangs on one person",
            f"one evaluator asked {asked[0]} of {day.questions} questions",
            "Find the second and third team that has such questions.",
        )


def find_unproven(day: PilotDay, outcomes: Outcomes) -> Iterator[Risk]:
    """What has not been shown yet."""
    if day.lift is None or day.lift.low <= 0:
        yield Risk(
            Level.LOW,
            "People may like it for other reasons than its fit to them",
            say_control(day),
            "Hold back a tenth of the questions in the next phase.",
        )
    if not outcomes.cost:
        yield Risk(
            Level.LOW,
            "The bill with a model is estimated, not measured",
            "no model was called in the pilot",
            "Run a week with the model that production will use.",
        )


def find_service_risks(service: Service) -> Sequence[Risk]:
    """Documents that age or cannot be read, messages given up, people who did not agree."""
    agreed = service.agreed
    shown = (
        (
            service.unread > 0,
            Level.MEDIUM,
            "Questions go unanswered because documents cannot be read",
            f"{count(service.unread, 'document')} could not be read",
            "Convert them, or replace them with text.",
        ),
        (
            service.stale.of > 0,
            Level.MEDIUM,
            "Old documents give confident answers that are no longer true",
            f"{service.stale.of} of {service.stale.n} documents unchanged for half a year",
            "Have their owner confirm or retire them.",
        ),
        (
            service.given_up > 0,
            Level.HIGH,
            "Messages stay unanswered",
            f"{count(service.given_up, 'message')} given up",
            "Look at them with `daytwo queue`, and try again.",
        ),
        (
            agreed.n > 0 and agreed.of * 4 < agreed.n * 3,
            Level.MEDIUM,
            "Without consent, answers do not adapt",
            f"{agreed.of} of {agreed.n} evaluators agreed",
            "Explain what is kept, and who sees what.",
        ),
    )
    return [Risk(level, cap(what), evidence, step) for held, level, what, evidence, step in shown if held]
