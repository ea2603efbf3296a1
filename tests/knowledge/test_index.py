"""Search finds by stems, ranks the fitting first, follows changes, and never shows what the asker may not read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.enrichment.model import EnrichedQuery
from bot.knowledge.index import Index
from bot.knowledge.model import Passage
from bot.turn import EVERYONE

ANYONE = frozenset({EVERYONE})


def passage(name: str, text: str, *readers: str, title: str = "", document: str = "") -> Passage:
    return Passage(
        id=name, document=document or name, title=title, text=text, readers=frozenset(readers) if readers else ANYONE
    )


BASE = (
    passage("limits", "At most five queries run at once. More wait in line.", title="Guide › Limits"),
    passage("kafka", "Kafka topics are read by a connector.", title="Guide › Streams"),
    passage("price", "A seat costs 20 dollars a month.", title="Guide › Cost"),
    passage("salary", "A seat of the board costs a salary.", "finance", title="Board"),
)


def find(index: Index, text: str, grants: frozenset[str] = ANYONE, limit: int = 10) -> list[str]:
    return [one.passage.id for one in index.search(EnrichedQuery(text=text), grants, limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("how many QUERIES can I run?", "limits"),
        ("connecting to a kafka topic", "kafka"),
        ("what are the limits", "limits"),  # only its heading says so
        ("what does a seat cost", "price"),
    ],
)
def test_the_fitting_passage_comes_first(text: str, first: str) -> None:
    assert find(Index(BASE), text)[0] == first


@pytest.mark.parametrize("text", ["", "the of and", "zebra", "???"])
def test_nothing_is_found_for_nothing(text: str) -> None:
    assert find(Index(BASE), text) == []


def test_an_empty_base_finds_nothing() -> None:
    assert find(Index(), "limits") == []


@pytest.mark.parametrize(
    ("grants", "found"),
    [
        (ANYONE, ["price"]),
        (ANYONE | {"finance"}, ["price", "salary"]),
        (frozenset({"finance"}), ["salary"]),
        (frozenset({"people"}), []),
        (frozenset(), []),
    ],
)
def test_only_what_the_asker_may_read_is_found(grants: frozenset[str], found: list[str]) -> None:
    assert sorted(find(Index(BASE), "seat costs", grants)) == found


def test_what_may_not_be_read_takes_no_place() -> None:
    """Access comes before ranking: better matches that are shut do not crowd out a readable one."""
    shut = [passage(f"shut{at}", "secret plan plan plan", "board") for at in range(30)]
    assert find(Index([*shut, passage("open", "a plan among many other words")]), "secret plan", limit=3) == ["open"]


def test_weights_decide_over_words() -> None:
    query = EnrichedQuery(text="kafka price", weights=(("kafka", 0.05), ("seat", 1.0)))
    assert [one.passage.id for one in Index(BASE).search(query, ANYONE, 10)] == ["price", "kafka"]


def test_changes_are_followed() -> None:
    index = Index(BASE)
    index.replace("kafka", [passage("kafka2", "Pulsar is read now.", document="kafka")])
    assert find(index, "kafka topics") == []
    assert find(index, "pulsar") == ["kafka2"]
    index.replace("kafka", [])
    assert find(index, "pulsar") == []
    assert len(index) == len(index.passages) == 3


def test_relevance_is_a_probability_and_falls_with_what_is_missing() -> None:
    index = Index(BASE)
    whole = index.search(EnrichedQuery(text="how many queries run at once"), ANYONE, 5)[0].relevance
    part = index.search(EnrichedQuery(text="how many queries does the oracle adapter allow"), ANYONE, 5)[0].relevance
    assert 0 < part < whole < 1


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(alphabet="abcd ", min_size=1, max_size=20), st.sets(st.sampled_from("xyz"), min_size=1, max_size=2)
        ),
        max_size=12,
    ),
    st.sets(st.sampled_from("xyz")),
)
def test_no_search_ever_shows_what_may_not_be_read(
    given_passages: list[tuple[str, set[str]]], grants: set[str]
) -> None:
    index = Index(passage(f"p{at}", text, *readers) for at, (text, readers) in enumerate(given_passages))
    found = index.search(EnrichedQuery(text="a b c d ab bc aa"), frozenset(grants), 20)
    assert all(not one.passage.readers.isdisjoint(grants) for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
