"""A role reads from an angle; one we do not know takes none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.lens import addressed_to, choose_lens
from bot.self_model.model import Belief
from bot.turn import Lens

Believe = Callable[..., Belief]


@pytest.mark.parametrize(
    ("role", "seniority", "lens"),
    [
        ("CTO", "", Lens.EXECUTIVE),
        ("CFO", "executive", Lens.EXECUTIVE),
        ("head of sales", "", Lens.EXECUTIVE),
        ("VP engineering", "executive", Lens.ARCHITECT),
        ("solution architect", "", Lens.ARCHITECT),
        ("data engineer", "", Lens.ENGINEER),
        ("data engineer", "junior", Lens.ENGINEER),
        ("DBA", "", Lens.ENGINEER),
        ("product manager", "", Lens.PRODUCT),
        ("product owner", "", Lens.PRODUCT),
        ("analyst", "", Lens.PRODUCT),
        ("analyst", "junior", Lens.NEWCOMER),
        ("junior analyst", "", Lens.NEWCOMER),
        ("intern", "", Lens.NEWCOMER),
        ("beekeeper", "", Lens.GENERAL),
        ("beekeeper", "executive", Lens.EXECUTIVE),
        ("", "", Lens.GENERAL),
    ],
)
def test_role_and_seniority_choose_the_lens(believe: Believe, role: str, seniority: str, lens: Lens) -> None:
    held = [believe(address, value) for address, value in (("role", role), ("seniority", seniority)) if value]
    assert choose_lens(held)[0] is lens


def test_the_surest_role_counts_and_a_doubtful_one_does_not(believe: Believe) -> None:
    sure, doubtful = believe("role", "CTO", confidence=0.9), believe("role", "data engineer", confidence=0.5)
    assert choose_lens([doubtful, sure]) == (Lens.EXECUTIVE, "role")
    assert choose_lens([believe("role", "CTO", confidence=0.2)]) == (Lens.GENERAL, "")


@pytest.mark.parametrize(
    ("heading", "lens"),
    [
        ("For an engineer: run it", Lens.ENGINEER),
        ("Notes for product managers", Lens.PRODUCT),
        ("For someone new: the idea", Lens.NEWCOMER),
        ("Search for documents", Lens.GENERAL),
        ("Limits", Lens.GENERAL),
    ],
)
def test_a_heading_may_name_its_readers(heading: str, lens: Lens) -> None:
    assert addressed_to(heading) is lens
