"""How hard a text reads: order on versions of one text, range, and what does not count."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.frequency import commonness
from bot.answering.level import level

PAIRS = [
    (
        "We keep your messages for 90 days. Then we delete them.",
        "Messages are retained for 90 days, after which they are irrevocably expunged by the retention scheduler.",
    ),
    (
        "The bot reads your documents. It finds the part that answers your question and shows where it found it.",
        "Retrieval is grounded: passages, ranked lexically, are concatenated with provenance annotations, whose "
        "verification precedes generation.",
    ),
    (
        "A queue holds work until someone can do it.",
        "Durable queueing decouples ingestion from asynchronous processing, guaranteeing at-least-once delivery.",
    ),
    ("It may cost more if you use it a lot.", "Expenditure is contingent upon aggregate utilisation."),
]


@pytest.mark.parametrize(("easier", "harder"), PAIRS)
def test_the_easier_version_of_a_text_scores_below_the_harder(easier: str, harder: str) -> None:
    assert level(easier).level < level(harder).level


@pytest.mark.parametrize(
    ("bare", "dressed"),
    [
        ("The bot answers in the thread.", "The **bot** answers in the `thread` [1]."),
        (
            "See the setup guide first.",
            "See the [setup guide](https://example.com/very/long/installation-guide) first.",
        ),
        ("Run this.", "Run this.\n```python\nasynchronous_configuration(parametrisation)\n```"),
    ],
)
def test_markup_code_addresses_and_citation_markers_do_not_count(bare: str, dressed: str) -> None:
    assert level(dressed).level == pytest.approx(level(bare).level)


@pytest.mark.parametrize("text", ["", "   ", "123 456", "[1]", "```\ncode\n```", "?!"])
def test_a_text_without_words_is_as_easy_as_can_be(text: str) -> None:
    assert level(text).level == 0
    assert level(text).features == {}


@given(st.text(max_size=400))
def test_any_text_has_a_level_between_0_and_1_and_finite_features(text: str) -> None:
    measured = level(text)
    assert 0 <= measured.level <= 1
    assert all(math.isfinite(one) for one in measured.features.values())


@given(st.lists(st.sampled_from([pair[0] for pair in PAIRS]), min_size=1, max_size=5))
def test_saying_the_same_again_is_not_harder(texts: list[str]) -> None:
    once = max(level(one).level for one in texts)
    assert level(" ".join(texts)).level <= once + 0.15


@pytest.mark.parametrize(
    ("common", "rare"),
    [("house", "idempotent"), ("use", "utilise"), ("questions", "provenance"), ("well", "well-orchestrated")],
)
def test_everyday_words_are_more_common_than_the_words_of_a_trade(common: str, rare: str) -> None:
    assert commonness(common) > commonness(rare)


def test_a_regular_form_is_at_least_as_common_as_its_base() -> None:
    assert commonness("passages") >= commonness("passage") - 0.5
    assert commonness("zzzzqx") == commonness("qqqqzw")
