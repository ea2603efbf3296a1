"""The checklist and the risks: each from evidence, nothing ticked that was not shown."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "digest"))

from report_samples import READY, SERVICE, STANDINGS, abandoned_pilot, mixed_pilot, ready_pilot

from bot.digest.report_model import Standing
from bot.pilot.checklist import AREAS, Check, check_off
from bot.pilot.risks import Level, Risk, find_risks
from bot.pilot.service import Service
from bot.pilot.share import Share


def checks_of(held: Standing) -> tuple[Check, ...]:
    return check_off(held.day, held.outcomes, held.verdict, held.service)


def risks_of(held: Standing) -> tuple[Risk, ...]:
    return find_risks(held.day, held.outcomes, held.adoption, held.service)


def test_a_pilot_that_shows_everything_has_every_point_ticked_and_no_risk() -> None:
    assert [one for one in checks_of(ready_pilot()) if not one.done] == []
    assert risks_of(ready_pilot()) == ()


@pytest.mark.parametrize("name", sorted(STANDINGS))
def test_every_point_has_an_area_evidence_and_someone_who_can_close_it(name: str) -> None:
    checks = checks_of(STANDINGS[name]())
    assert [one.area for one in checks] == sorted((one.area for one in checks), key=AREAS.index)
    assert all(one.what and one.evidence and one.who for one in checks)
    assert all(one.what and one.evidence and one.step for one in risks_of(STANDINGS[name]()))


def test_a_service_of_which_nothing_is_known_ticks_no_document_digest_limit_or_consent() -> None:
    held = replace(ready_pilot(), service=Service())
    opened = {one.what for one in checks_of(held) if not one.done}
    for what in ("Documents taken in", "The champion is told daily", "Spending is capped"):
        assert what in opened
    assert "Every evaluator was asked for consent" in opened


@pytest.mark.parametrize(
    ("change", "point", "risk"),
    [
        ({"unread": 2}, "Documents taken in", "documents cannot be read"),
        ({"stale": Share(3, 18)}, "Documents current", "no longer true"),
        ({"given_up": 1}, "No message lost", "unanswered"),
        ({"agreed": Share(2, 5)}, "", "do not adapt"),
        ({"to_review": 4}, "Nothing waits", ""),
        ({"steps": Share(1, 9)}, "Next steps", ""),
        ({"told_on": READY.starts}, "The champion is told daily", ""),
    ],
)
def test_what_is_wrong_with_the_service_opens_a_point_and_is_a_risk(
    change: dict[str, Any], point: str, risk: str
) -> None:
    held = replace(ready_pilot(), service=replace(SERVICE, **change))
    opened = [one.what for one in checks_of(held) if not one.done]
    assert len(opened) == bool(point)
    assert all(one.startswith(point) for one in opened)
    assert len(risks_of(held)) == bool(risk)
    assert all(risk in f"{one.what} {one.evidence}" for one in risks_of(held))


def test_risks_are_told_the_heaviest_first() -> None:
    levels = [list(Level).index(one.level) for one in risks_of(mixed_pilot())]
    assert levels == sorted(levels)
    assert risks_of(mixed_pilot())[0].what == "Answers get worse for some"


def test_use_that_fades_is_a_risk() -> None:
    assert any(one.what == "Use fades" for one in risks_of(abandoned_pilot()))


def test_one_person_who_asks_most_is_a_risk_but_not_where_nobody_may_be_pointed_at() -> None:
    held = ready_pilot()
    first, *rest = held.day.people
    asked = (replace(first, questions=200), *(replace(one, questions=5) for one in rest))
    day = replace(held.day, people=asked, questions=220)
    assert [one.what for one in risks_of(replace(held, day=day))] == ["Use hangs on one person"]
    nobody = replace(day, people=(), pilot=replace(day.pilot, aggregate_only=True), group_size=5)
    assert risks_of(replace(held, day=nobody)) == ()


def test_the_corrected_the_declined_and_the_fallen_back_are_risks() -> None:
    held = ready_pilot()
    outcomes = replace(
        held.outcomes,
        overridden=Share(30, 100),
        fallen_back=Share(30, 100),
        decisions={"decline": Share(30, 100)},
    )
    risky = replace(held, outcomes=outcomes)
    assert len(risks_of(risky)) == 3
    assert len([one for one in checks_of(risky) if not one.done]) == 2


def test_a_short_pilot_of_few_says_so() -> None:
    told = {one.what for one in risks_of(STANDINGS["first_day"]())}
    assert "The result rests on little and may not hold for others" in told
    assert "Use may drop once it is no longer new" in told


def test_a_lift_whose_interval_holds_zero_proves_nothing() -> None:
    held = ready_pilot()
    assert held.day.lift
    day = replace(held.day, lift=replace(held.day.lift, low=-0.1))
    unsure = replace(held, day=day)
    assert [one.level for one in risks_of(unsure)] == [Level.LOW]
    assert [one.what for one in checks_of(unsure) if not one.done] == ["Improvement is shown against a control group"]
