"""Depth goes by topic first; role is only a prior, and a stated preference moves either."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.depth import choose_depth
from bot.enrichment.model import EnrichedQuery
from bot.self_model.model import Belief
from bot.turn import Depth

Believe = Callable[..., Belief]
KAFKA = EnrichedQuery(text="How does it read from Kafka?")


@pytest.mark.parametrize(
    ("held", "depth", "deciding"),
    [
        ({}, Depth.WORKING, ""),
        ({"role": "CTO"}, Depth.WORKING, "role"),
        ({"role": "data engineer"}, Depth.ADVANCED, "role"),
        ({"role": "data engineer", "seniority": "junior"}, Depth.FOUNDATIONAL, "seniority"),
        ({"role": "CTO", "expertise:kafka": "foundational"}, Depth.FOUNDATIONAL, "expertise:kafka"),
        ({"role": "analyst", "expertise:kafka": "expert"}, Depth.EXPERT, "expertise:kafka"),
        ({"role": "CTO", "expertise:cooking": "expert"}, Depth.WORKING, "role"),
        ({"preference:depth": "expert"}, Depth.EXPERT, "preference:depth"),
        ({"role": "data engineer", "preference:depth": "foundational"}, Depth.FOUNDATIONAL, "preference:depth"),
    ],
)
def test_what_decides_the_depth(believe: Believe, held: dict[str, str], depth: Depth, deciding: str) -> None:
    chosen, used = choose_depth(KAFKA, [believe(address, value) for address, value in held.items()])
    assert chosen is depth
    assert (used[0] if used else "") == deciding


@pytest.mark.parametrize(("confidence", "depth"), [(0.5, Depth.WORKING), (0.8, Depth.ADVANCED)])
def test_a_preference_moves_known_expertise_only_so_far(believe: Believe, confidence: float, depth: Depth) -> None:
    """What someone knows of the topic itself is not overridden by a general wish."""
    held = [
        believe("expertise:kafka", "foundational"),
        believe("preference:depth", "expert", confidence=confidence),
    ]
    assert choose_depth(KAFKA, held)[0] is depth


def test_half_a_topic_is_no_match(believe: Believe) -> None:
    """Expertise in data pipelines says nothing on a question about data retention."""
    query = EnrichedQuery(text="How long is data kept?")
    assert choose_depth(query, [believe("expertise:data-pipelines", "expert")]) == (Depth.WORKING, ())
