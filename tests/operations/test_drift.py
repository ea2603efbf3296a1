"""The day confidence shifted is found; noise is not called a shift."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.operations.drift import find_drift
from bot.turn import Audience, Decision, Exchange, Member, Message, Place, Reply, Turn

START = datetime(2026, 10, 1, 12, tzinfo=UTC)


def exchanges(days: Sequence[Sequence[float]], decision: Decision = Decision.ANSWER) -> list[Exchange]:
    """One exchange for each confidence, day by day."""
    return [
        Exchange(
            id=f"{day}/{number}",
            turn=Turn(
                message=Message(
                    id=f"{day}/{number}", author=Member("w", "me"), text="?", at=START + timedelta(days=day)
                ),
                place=Place("w", "c"),
                audience=Audience(alone=True),
            ),
            enriched="?",
            reply=Reply(decision=decision, text="Yes.", confidence=confidence),
            at=START + timedelta(days=day),
        )
        for day, confidences in enumerate(days)
        for number, confidence in enumerate(confidences)
    ]


def test_a_shift_is_found_on_its_day() -> None:
    found = find_drift(exchanges([[0.8, 0.82]] * 6 + [[0.5, 0.52]] * 6))
    assert found is not None
    assert found.on == (START + timedelta(days=6)).date()
    assert (found.before, found.after) == (pytest.approx(0.81), pytest.approx(0.51))


@pytest.mark.parametrize("days", [[], [[0.9]] * 3, [[0.7]] * 20])
def test_too_few_days_or_no_change_is_no_shift(days: list[list[float]]) -> None:
    assert find_drift(exchanges(days)) is None


def test_noise_is_seldom_called_a_shift() -> None:
    """At most about one series in twenty, by construction."""
    chance = random.Random(1)
    series = [[[chance.gauss(0.7, 0.1)] for _ in range(14)] for _ in range(60)]
    assert sum(find_drift(exchanges(days)) is not None for days in series) <= 6


def test_questions_asked_back_do_not_count() -> None:
    assert find_drift(exchanges([[0.8]] * 6 + [[0.2]] * 6, Decision.ASK)) is None
