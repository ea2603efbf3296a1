"""A budget stops the next call, for the person and for the pilot."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.operations.budget import within_budget
from bot.operations.model import Cost
from bot.turn import Member

ME, OTHER = Member("w", "me"), Member("w", "other")


def cost(member: Member, dollars: float) -> Cost:
    return Cost(
        id=f"{member.id}/{dollars}",
        member=member,
        purpose="answer",
        model="m",
        input_tokens=0,
        cached_tokens=0,
        cache_writes=0,
        output_tokens=0,
        dollars=dollars,
        at=datetime(2026, 10, 7, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("mine", "others", "person", "pilot", "allowed"),
    [
        (0.0, 0.0, 2.0, 50.0, True),
        (1.99, 0.0, 2.0, 50.0, True),
        (2.0, 0.0, 2.0, 50.0, False),
        (0.0, 50.0, 2.0, 50.0, False),
        (0.0, 49.0, 2.0, 50.0, True),
        (0.0, 0.0, 0.0, 50.0, False),
        (0.0, 0.0, 2.0, 0.0, False),
    ],
)
def test_limits(mine: float, others: float, person: float, pilot: float, allowed: bool) -> None:
    spent = [cost(ME, mine), cost(OTHER, others)]
    assert within_budget(spent, ME, person=person, pilot=pilot) is allowed


def test_a_call_that_would_pass_the_limit_is_not_made() -> None:
    assert not within_budget([cost(ME, 1.9)], ME, person=2.0, pilot=50.0, next_call=0.2)
    assert within_budget([cost(ME, 1.9)], ME, person=2.0, pilot=50.0, next_call=0.05)
