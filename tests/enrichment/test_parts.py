"""What asks is told from what tells, the way people write in a chat."""

from __future__ import annotations

import pytest

from bot.enrichment.parts import take_apart


@pytest.mark.parametrize(
    ("text", "aspects", "telling"),
    [
        ("How is it kept safe, and what does it take to run?", ("How is it kept safe", "what does it take to run"), ()),
        (
            "i am new here. what is a token and why should I care",
            ("what is a token", "why should I care"),
            ("i am new here.",),
        ),
        ("data retention", ("data retention",), ()),
        ("We run Kafka. Can it read from that?", ("Can it read from that",), ("We run Kafka.",)),
        ("> what did they say?\nHow much is it?", ("How much is it",), ()),
        ("Why does this fail? ```is it? me```", ("Why does this fail",), ()),
        ("I want to know the limits. Thanks", ("I want to know the limits.",), ("Thanks",)),
        ("Compare salt and pepper", ("Compare salt and pepper",), ()),
        (
            "As CTO of a bank I need to know: is it safe?",
            ("is it safe",),
            ("As CTO of a bank I need to know:",),
        ),
        ("What does it do? please with an example", ("What does it do",), ("please with an example",)),
        ("tell me what these are:\n- salt", ("tell me what these are:",), ("- salt",)),
        ("", (), ()),
    ],
)
def test_the_parts_of_a_message(text: str, aspects: tuple[str, ...], telling: tuple[str, ...]) -> None:
    parts = take_apart(text)
    assert (parts.aspects, parts.telling) == (aspects, telling)
