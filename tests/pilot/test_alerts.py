"""What the champion is told of an evaluator, on what evidence, and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pilot_samples import PILOT, Person, ask, measure_people, moment

from bot.pilot.alerts import find_alerts, find_cost, working_days
from bot.pilot.model import Alert, FeedbackKind, PilotDay
from bot.turn import Decision, Exchange

FALLING = ((4.5, 4.5, 5), (4, 4), (2, 1.5, 2))
LEVEL = ((4, 4), (4, 4), (4, 4))


def alerts_of(day: PilotDay, kind: str) -> list[Alert]:
    return [one for one in day.alerts if one.kind == kind]


def test_a_decline_is_told_with_how_sure_it_is() -> None:
    day = measure_people([Person("CTO", FALLING), Person("Analyst", LEVEL)], 3)
    (alert,) = alerts_of(day, "decline")
    assert alert.person.id == "cto"
    assert "sure" in alert.evidence[0]
    assert alert.next_step


@pytest.mark.parametrize(
    ("complaint", "kind"),
    [
        (FeedbackKind.NOT_SPECIFIC, "generic"),
        (FeedbackKind.TOO_BASIC, "too basic"),
        (FeedbackKind.TOO_DEEP, "too deep"),
        (FeedbackKind.WRONG, "wrong"),
        (FeedbackKind.REPEATED, "repeated asks"),
        (FeedbackKind.IGNORED_QUESTION, "repeated asks"),
    ],
)
def test_each_kind_of_complaint_has_its_alert_and_step(complaint: FeedbackKind, kind: str) -> None:
    day = measure_people([Person("CTO", LEVEL, [(3, complaint)]), Person("Analyst", LEVEL)], 3)
    (alert,) = day.alerts
    assert alert.kind == kind
    assert alert.next_step


def test_a_complaint_of_an_earlier_day_is_not_told_again() -> None:
    assert measure_people([Person("CTO", LEVEL, [(2, FeedbackKind.WRONG)])], 3).alerts == ()


@pytest.mark.parametrize(("learned_on", "missing"), [(None, "project"), (1, "project")])
def test_a_generic_answer_is_tied_to_what_is_not_known_of_the_person(learned_on: int | None, missing: str) -> None:
    day = measure_people([Person("CTO", LEVEL, [(3, FeedbackKind.NOT_SPECIFIC)], learned_on)], 3)
    (alert,) = alerts_of(day, "generic")
    assert alert.missing == missing
    assert "working on" in alert.next_step


def test_what_is_believed_is_never_in_an_alert() -> None:
    day = measure_people([Person("Evaluator", FALLING, [(3, FeedbackKind.NOT_SPECIFIC)], learned_on=3)], 3)
    assert day.alerts
    assert "I am the CTO" not in repr(day.alerts)


@pytest.mark.parametrize(("day", "told"), [(3, False), (4, True), (5, False)])
def test_going_quiet_is_told_once_after_three_working_days(day: int, told: bool) -> None:
    """The pilot begins on a Monday; someone asked on that day only."""
    measured = measure_people([Person("CTO", ((4, 4),)), Person("Analyst", [(4,)] * 5)], day)
    assert bool(alerts_of(measured, "quiet")) == told


def test_a_weekend_is_not_silence() -> None:
    assert working_days(date(2026, 10, 9), date(2026, 10, 12)) == 1
    assert working_days(date(2026, 10, 9), date(2026, 10, 9)) == 0


def test_questions_that_the_documents_hardly_cover_are_told_from_two_on() -> None:
    person = Person("CTO", LEVEL)
    day = measure_people([person], 3)

    def tell(asked: list[Exchange]) -> list[str]:
        return [one.kind for one in find_alerts(day, {person.member: asked}, {})]

    declined = [ask(person, 3, number, Decision.DECLINE) for number in range(2)]
    assert tell(declined) == ["low confidence"]
    assert tell(declined[:1]) == []
    asked = [ask(person, 3, number) for number in range(2)]
    assert tell([replace(one, reply=replace(one.reply, confidence=0.2)) for one in asked]) == ["low confidence"]
    assert tell(asked) == []


def test_a_dear_day_is_told() -> None:
    day = measure_people([Person("CTO", LEVEL)], 3, cost=4.0)
    assert find_cost(day)
    assert find_cost(replace(day, cost=0.02)) is None


def test_the_most_pressing_comes_first() -> None:
    people = [
        Person("Analyst", LEVEL, [(3, FeedbackKind.TOO_DEEP)]),
        Person("Engineer", LEVEL, [(3, FeedbackKind.WRONG)]),
        Person("CTO", FALLING),
    ]
    assert [one.kind for one in measure_people(people, 3).alerts] == ["decline", "wrong", "too deep"]


def test_nothing_wrong_is_no_alert() -> None:
    assert measure_people([Person("CTO", LEVEL), Person("Analyst", LEVEL)], 3).alerts == ()
    assert PILOT.starts == moment(1).date()
