"""A person's beliefs and short conversations to test with."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.self_model.model import Belief
from bot.turn import Said

START = datetime(2026, 1, 1, tzinfo=UTC)


def believe(address: str, value: str, confidence: float = 0.8) -> Belief:
    return Belief(
        address=address,
        value=value,
        confidence=confidence,
        mass=1.0,
        evidence=(),
        valid_from=START,
        recorded_at=START,
    )


def talk(*lines: str) -> tuple[Said, ...]:
    """Lines spoken in turn, the person first."""
    return tuple(Said("agent" if at % 2 else "user", line) for at, line in enumerate(lines))


ENGINEER = (
    believe("role", "data engineer", 0.9),
    believe("project", "billing migration to Snowflake"),
    believe("project", "fraud model", 0.5),
    believe("tool:warehouse", "Snowflake"),
    believe("tool:streaming", "Kafka", 0.7),
    believe("expertise:kafka", "advanced"),
    believe("goal", "cut onboarding time by half"),
    believe("constraint", "data must stay in the EU"),
    believe("criterion", "answers must be right the first time"),
    believe("preference:depth", "advanced"),
)
