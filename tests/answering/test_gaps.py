"""What a question names and no passage mentions is said; everyday words and slips of the pen are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.gaps import find_gaps, tell_gaps
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Ranked


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("How long are messages kept?", ()),
        ("Does it read from Snowflake?", ("Snowflake",)),
        ("does it read from snowflake?", ("snowflake",)),
        ("can the outbox write to kafka and RabbitMQ?", ("kafka", "RabbitMQ")),
        ("What about SQLite?", ()),
        ("Hi, thanks! What does it cost?", ()),
        ("how long are mesages kept?", ()),
        ("Could you possibly elaborate?", ()),
    ],
)
def test_names_that_no_passage_mentions(
    search: Callable[[str], tuple[Ranked, ...]], text: str, gaps: tuple[str, ...]
) -> None:
    assert find_gaps(EnrichedQuery(text=text), search("messages outbox cost retention receipt")) == gaps


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ((), []),
        (("A",), ["The documents do not say anything about A."]),
        (("A", "B", "C"), ["The documents do not say anything about A, B or C."]),
    ],
)
def test_they_are_said_in_one_sentence(gaps: tuple[str, ...], said: list[str]) -> None:
    assert tell_gaps(gaps) == said
