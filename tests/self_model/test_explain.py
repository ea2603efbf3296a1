"""What someone is told of what is believed about them."""

from __future__ import annotations

import pytest

from bot.self_model.explain import describe, label_of, name_confidence
from tests.self_model.conftest import Believe


@pytest.mark.parametrize(
    ("confidence", "words"), [(0.95, "sure"), (0.8, "sure"), (0.6, "fairly sure"), (0.3, "a guess")]
)
def test_confidence_has_words(confidence: float, words: str) -> None:
    assert name_confidence(confidence) == words


def test_beliefs_are_grouped_with_the_words_they_rest_on_and_a_link(believe: Believe) -> None:
    groups = describe(believe("I'm a data engineer and I'm new to Kafka"))
    assert [group.title for group in groups] == ["Who you are", "What you know"]
    (role,) = groups[0].entries
    assert (role.value, role.sureness) == ("data engineer", "sure")
    assert [(quote.text, quote.how, quote.permalink) for quote in role.quotes] == [
        ("I'm a data engineer", "you said", "https://chat/0")
    ]


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("role", "role"),
        ("expertise:data-pipelines", "how well you know data pipelines"),
        ("tool:warehouse", "warehouse"),
    ],
)
def test_addresses_have_plain_names(address: str, label: str) -> None:
    assert label_of(address) == label
