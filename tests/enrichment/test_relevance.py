"""A belief is used only where it bears on the question."""

from __future__ import annotations

import pytest
from enrichment_samples import ENGINEER, believe

from bot.enrichment.relevance import FORM, bearing


def content_of(text: str) -> set[str]:
    return {one.address for one in bearing(text, ENGINEER) if one.kind not in FORM}


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("how do kafka topics get in", {"expertise:kafka", "tool:streaming"}),
        ("is there a snowflake connector", {"tool:warehouse", "project"}),
        ("how is onboarding made faster, can it be cut?", {"goal"}),
        ("is the data kept in the EU", {"constraint"}),
        ("how many times a day is it sent", set()),
        ("what data is stored", set()),
        ("is it the right time", set()),
        ("who made this", set()),
        ("", set()),
    ],
)
def test_only_what_the_question_is_about(text: str, addresses: set[str]) -> None:
    assert content_of(text) == addresses


def test_role_and_preferences_always_may_shape_the_form() -> None:
    assert {one.address for one in bearing("what is it", ENGINEER)} == {"role", "preference:depth"}


def test_surest_first_and_none_under_the_floor() -> None:
    beliefs = [believe("tool:a", "Kafka", 0.5), believe("tool:b", "Kafka", 0.9), believe("tool:c", "Kafka", 0.1)]
    assert [one.address for one in bearing("kafka", beliefs)] == ["tool:b", "tool:a"]
