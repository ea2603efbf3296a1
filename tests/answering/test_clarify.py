"""The clarifying question: what it names, what it offers, and how one is recognised."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.clarify import FEWEST, MOST, is_clarifying, make_question
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Passage, Ranked
from bot.self_model.model import Belief

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


TEXT = "Of Slack, of Kafka, of retention and of the limits."


def ranked(*titles: str, text: str = TEXT) -> tuple[Ranked, ...]:
    """Passages with these heading paths and this text, best first."""
    return tuple(
        Ranked(Passage(id=str(place), document=title, title=title, text=text), 9.0 - place, 0.5)
        for place, title in enumerate(titles)
    )


def belief(address: str, value: str, confidence: float = 0.8) -> Belief:
    return Belief(
        address=address, value=value, confidence=confidence, mass=1, evidence=(), valid_from=NOW, recorded_at=NOW
    )


def ask(text: str, found: tuple[Ranked, ...] = (), beliefs: tuple[Belief, ...] = ()) -> tuple[str, tuple[str, ...]]:
    return make_question(EnrichedQuery(text=text), found, (), beliefs)


def test_it_names_what_was_found_as_readings() -> None:
    question, choices = ask("what about it on Slack?", ranked("Limits › Slack limits", "Costs › Cost per question"))
    assert choices == ("Slack limits", "Cost per question")
    assert question == "What do you mean by “it”: Slack limits or Cost per question?"


def test_what_the_person_works_on_comes_before_what_was_found() -> None:
    beliefs = (belief("project", "billing migration"), belief("project", "data catalogue", 0.6))
    _, choices = ask("help me with my project", ranked("Limits › Slack limits", "Costs"), beliefs)
    assert choices == ("billing migration", "data catalogue")


def test_a_belief_too_weak_to_use_is_not_offered() -> None:
    beliefs = (belief("project", "billing migration", 0.2), belief("project", "data catalogue", 0.2))
    _, choices = ask("help me with my project", (), beliefs)
    assert choices == ()


def test_one_project_known_is_offered_beside_what_was_found() -> None:
    _, choices = ask(
        "how does my project use Kafka?", ranked("Setup › Slack", "Costs"), (belief("project", "billing"),)
    )
    assert choices == ("billing", "Slack", "Costs")


def test_where_no_topic_was_named_nothing_found_by_chance_is_offered() -> None:
    question, choices = ask("help me with my project", ranked("Setup › Slack", "Costs"))
    assert choices == ()
    assert "my project" in question


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("What are the limits?", "the limits"),
        ("and the other one?", "the other one"),
        ("how does the bot decide?", "the bot"),
        ("what does this cost us?", "this"),
        ("can we still change that?", "that"),
        ("what about the other model?", "the other model"),
        ("what is the other called?", "the other"),
    ],
)
def test_it_quotes_what_was_pointed_at_and_no_verb_after_it(text: str, mention: str) -> None:
    assert f"“{mention}”" in ask(text, ranked("Slack limits", "Costs"))[0]


@pytest.mark.parametrize(
    ("titles", "choices"),
    [
        (("Guide › 1. Slack setup", "Guide › 2.3 Teams setup"), ("Slack setup", "Teams setup")),
        (("A › Backups", "B › Backups", "C › Restores"), ("Backups", "Restores")),
        (("Only one",), ()),
        ((), ()),
        (("", "", "Slack", "Teams"), ("Slack", "Teams")),
    ],
)
def test_readings_are_headings_each_once_and_never_a_single_one(
    titles: tuple[str, ...], choices: tuple[str, ...]
) -> None:
    assert ask("tell me about retention", ranked(*titles))[1] == choices


def test_a_heading_under_which_nothing_asked_is_spoken_of_is_no_reading() -> None:
    found = (*ranked("Setup › Slack", "Costs"), *ranked("Backups", text="How copies are kept."))
    assert ask("how long is the retention?", found)[1] == ("Slack", "Costs")


def test_a_heading_that_any_page_has_gives_way_to_the_one_above() -> None:
    assert ask("tell me about retention", ranked("Backups › Overview", "FAQ", "Restores › Before you begin"))[1] == (
        "Backups",
        "Restores",
    )


@given(
    st.text(max_size=80),
    st.lists(st.text(max_size=30), max_size=8),
    st.lists(st.text(min_size=1, max_size=20), max_size=6),
)
def test_a_question_is_never_empty_and_offers_none_or_two_to_four(
    text: str, titles: list[str], projects: list[str]
) -> None:
    question, choices = ask(text, ranked(*titles), tuple(belief("project", one) for one in projects))
    assert question.strip()
    assert "?" in question
    assert not choices or FEWEST <= len(choices) <= MOST
    assert len(set(choices)) == len(choices)


@pytest.mark.parametrize(
    "text", ["what about it?", "help me with my project", "tell me more", "which one?", "the limits"]
)
@pytest.mark.parametrize("titles", [(), ("Slack limits", "Costs"), ("A", "B", "C", "D", "E")])
def test_what_it_asks_is_recognised_as_a_clarifying_question(text: str, titles: tuple[str, ...]) -> None:
    assert is_clarifying(ask(text, ranked(*titles))[0])


@pytest.mark.parametrize(
    ("reply", "clarifying"),
    [
        ("Which one do you mean?", True),
        ("Do you mean the Slack app or the Teams app?", True),
        ("Could you say what you are referring to?", True),
        ("Messages are kept for 90 days [1].", False),
        ("Messages are kept for 90 days [1]. Anything else?", False),
        ("", False),
        ("It does. " * 60 + "Which one do you mean?", False),
    ],
)
def test_a_clarifying_question_is_short_and_asks_what_was_meant(reply: str, clarifying: bool) -> None:
    assert is_clarifying(reply) == clarifying
