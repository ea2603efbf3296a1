"""Whose doing a sentence tells, and what is told of work: by table."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.self_model.observe import observe_rules
from bot.self_model.scope import has_other_subject
from bot.turn import Member, Message


def addresses(text: str) -> set[str]:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return {one.address for one in observe_rules(Message(id="m", author=Member("w", "u"), text=text, at=at))}


@pytest.mark.parametrize(
    "text",
    [
        "half the sales team is new to ",
        "the candidate has ten years of ",
        "the team in the north is migrating to ",
        "marketing moved to ",
        "nobody here uses ",
        "the professor I studied with invented ",
        "I was late, but our customer never used ",
    ],
)
def test_somebody_else_is_the_subject(text: str) -> None:
    assert has_other_subject(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm new to ",
        "our team is new to ",
        "the customer is happy, but we moved to ",
        "the database here runs on ",
        "new to ",
        "the data engineer on the platform team here",
    ],
)
def test_the_writer_is_the_subject(text: str) -> None:
    assert not has_other_subject(text)


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("I'm new to Kafka", "My flatmate is new to Kafka"),
        ("We moved to Snowflake", "Marketing moved to Snowflake"),
        ("I'm a data analyst", "I hired a data analyst yesterday"),
        ("I'm a data analyst", "when I'm a data analyst one day"),
        ("my goal is to halve the backlog", "my goal is to eat less pizza"),
        ("we use Redis", "I was going to use Redis"),
        ("I know nothing about Kafka", "I know nothing about football"),
    ],
)
def test_only_what_is_the_writers_own_is_observed(own: str, others: str) -> None:
    assert addresses(own)
    assert addresses(others) <= {"other:manager"}
