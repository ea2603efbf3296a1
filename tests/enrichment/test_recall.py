"""Earlier turns that bear on the text come back, best first."""

from __future__ import annotations

import pytest

from bot.enrichment.recall import recall
from bot.turn import Said

TURNS = [
    ("t1", Said("user", "We run Kafka in three regions")),
    ("t2", Said("agent", "Understood, three regions.")),
    ("t3", Said("user", "The digest goes out at eight")),
    ("t4", Said("user", "Lunch?")),
]


@pytest.mark.parametrize(
    ("text", "first"), [("which kafka regions", "t1"), ("when is the digest sent", "t3"), ("Regions", "t2")]
)
def test_the_turn_that_shares_most_comes_first(text: str, first: str) -> None:
    assert recall(text, TURNS)[0] == first


@pytest.mark.parametrize("text", ["", "zebra", "the of"])
def test_what_shares_nothing_stays_out(text: str) -> None:
    assert recall(text, TURNS) == ()


def test_the_turn_after_a_match_comes_along() -> None:
    assert recall("kafka", TURNS) == ("t1", "t2")


def test_no_turns_no_recall() -> None:
    assert recall("kafka", []) == ()
