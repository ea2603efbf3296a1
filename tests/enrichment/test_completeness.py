"""Whether a question stands by itself: pronouns that it answers itself ask for nothing."""

from __future__ import annotations

import pytest
from enrichment_samples import talk

from bot.enrichment.carry import LEANS, carry
from bot.enrichment.completeness import count_pronouns, read_completeness

BEFORE = talk("What is Prosciutto di Parma?", "Prosciutto di Parma is a dry-cured ham.", "How is it made?")


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("Where is it from?", (1, 0)),
        ("What is mortadella and where is it from?", (0, 1)),
        ("Does organic farming reduce warming, and if so, how?", (0, 0)),
        ("If you don't eat any meat, is it bad for you?", (0, 1)),
        ("How do those traditions affect them?", (1, 1)),
        ("Why is mortadella better than these hams?", (1, 0)),
        ("Okay, what are they?", (1, 0)),
        ("", (0, 0)),
        ("?!", (0, 0)),
    ],
)
def test_a_pronoun_is_bound_by_a_noun_before_it_in_its_sentence(sentence: str, counts: tuple[int, int]) -> None:
    assert count_pronouns([sentence]) == counts


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("Where is it from?", True),
        ("And how is it served?", True),
        ("What is ketosis?", False),
        ("Tell me about feijoada.", False),
        ("Describe the traditional process for making balsamic vinegar.", False),
    ],
)
def test_what_names_its_own_matter_does_not_lean_on_earlier_turns(text: str, leans: bool) -> None:
    assert (carry(text, BEFORE).leans >= LEANS) == leans


@pytest.mark.parametrize("text", ["", "?", "that's nice.", "It", "THE the of", "Ça va? 你好"])
def test_every_text_is_measured_alike(text: str) -> None:
    measured = read_completeness(text, BEFORE)
    assert measured.keys() == read_completeness("What is ketosis?", ()).keys()
    assert all(one >= 0 for one in measured.values())
