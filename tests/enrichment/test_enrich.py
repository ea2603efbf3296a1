"""What is meant is resolved from the conversation and the self-model; own words stay; nothing is added without need."""

from __future__ import annotations

import pytest
from enrichment_samples import ENGINEER, believe, talk
from hypothesis import given
from hypothesis import strategies as st

from bot.enrichment.choices import resolve_choice
from bot.enrichment.enrich import enrich
from bot.enrichment.weigh import weigh
from bot.turn import Assumption, Said

LINES = st.text(alphabet="abcde .?!,'", max_size=60)
DATABASES = talk("Should we use SQLite or PostgreSQL?", "PostgreSQL is for several replicas [1].")
WAYS = talk(
    "How can I install it?",
    "There are three ways:\n1. **Docker**: an image.\n2. **Helm**: a chart.\n3. pip install it.",
)
DIGEST = talk("What is the champion digest?", "The digest is a daily direct message to the champion [1].")


@pytest.mark.parametrize(
    ("text", "assumption"),
    [
        ("help me with my project", Assumption("my project", "billing migration to Snowflake", "project")),
        ("what does my fraud project need", Assumption("my fraud project", "fraud model", "project")),
        ("Does it work with our stack?", Assumption("our stack", "Snowflake", "tool:warehouse")),
        ("explain it for someone like me", Assumption("for someone like me", "data engineer", "role")),
        ("does that meet our requirements?", Assumption("our requirements", "data must stay in the EU", "constraint")),
        ("Is this in line with my goals", Assumption("my goals", "cut onboarding time by half", "goal")),
    ],
)
def test_own_things_are_read_from_the_self_model(text: str, assumption: Assumption) -> None:
    query = enrich(text, (), ENGINEER)
    assert query.assumptions[0] == assumption
    assert assumption.origin in [one.address for one in query.beliefs]
    assert set(query.added) & set(assumption.reading.lower().split())


def test_one_mention_may_mean_several_tools() -> None:
    query = enrich("does it work with our stack", (), ENGINEER)
    assert [one.reading for one in query.assumptions] == ["Snowflake", "Kafka"]


@pytest.mark.parametrize(
    ("history", "text", "reading"),
    [
        (DATABASES, "What about the other one?", "SQLite"),
        (
            talk("Compare SQLite and PostgreSQL for us please. We run PostgreSQL 16 on Kubernetes already.", "They …"),
            "and what about the other one, can we start there and move later?",
            "SQLite",
        ),
        (WAYS, "what about the second one?", "Helm"),
        (WAYS, "Tell me more about the last one.", "pip install it"),
        (WAYS, "the first?", "Docker"),
        (talk("Compare Slack, Teams and email.", "They differ."), "is the third one supported?", "email"),
    ],
)
def test_things_named_side_by_side_are_chosen_from(history: tuple[Said, ...], text: str, reading: str) -> None:
    assert enrich(text, history, ()).assumptions[0].reading == reading


@pytest.mark.parametrize(("text", "history"), [("the fourth one?", WAYS), ("What about the other one?", ())])
def test_what_was_not_named_is_not_chosen(text: str, history: tuple[Said, ...]) -> None:
    assert resolve_choice(text, history) is None


@pytest.mark.parametrize("text", ["and how much does it cost?", "Who gets it?", "When is it sent?"])
def test_a_follow_up_takes_its_topic_along(text: str) -> None:
    query = enrich(text, DIGEST, ())
    assert "digest" in query.added
    assert query.assumptions[0].mention == "it"
    assert query.assumptions[0].origin == "history"


@pytest.mark.parametrize(
    ("history", "text"),
    [
        ((), "Where is it stored?"),
        ((), "What is PostgreSQL used for?"),
        (DIGEST, "What is the retention period of Slack messages?"),
        (DIGEST, "How does Kafka compare with Kinesis?"),
        (DIGEST, "thanks, got it"),
        (DIGEST, "ok"),
        (DIGEST, "Thanks, that helps!"),
        (DIGEST, "that's really helpful"),
        (DIGEST, ""),
    ],
)
def test_nothing_is_added_where_nothing_needs_resolving(history: tuple[Said, ...], text: str) -> None:
    query = enrich(text, history, ENGINEER)
    assert query.added == ()
    assert query.assumptions == ()
    assert query.enriched == text


def test_beliefs_under_the_floor_or_of_others_things_are_not_used() -> None:
    weak = believe("project", "secret plan", 0.2)
    assert enrich("help me with my project", (), [weak]).added == ()
    assert enrich("what is their project", (), ENGINEER).assumptions == ()


def test_doubt_between_two_projects_shows_in_the_understanding() -> None:
    clear = [believe("project", "billing migration", 0.8), believe("project", "fraud model", 0.5)]
    close = [believe("project", "billing migration", 0.8), believe("project", "fraud model", 0.75)]
    ask = "help me with my project"
    assert enrich(ask, (), close).understanding < enrich(ask, (), clear).understanding < 1
    assert enrich("What is PostgreSQL?", (), clear).understanding == 1


@given(LINES, st.lists(LINES, max_size=5))
def test_own_words_are_kept_whole_and_additions_listed(text: str, lines: list[str]) -> None:
    query = enrich(text, talk(*lines), ENGINEER)
    assert query.text == text
    assert query.enriched.startswith(text)
    assert query.enriched == " ".join((text, *query.added)) if query.added else query.enriched == text
    assert 0 <= query.understanding <= 1
    assert query == enrich(text, talk(*lines), ENGINEER)


def test_own_words_weigh_most_and_older_words_less() -> None:
    history = talk("Tell me of Kafka", "Fine.", "And of the digest", "Sent today.")
    weights = dict(weigh("and how much does it cost?", {"champion": 0.4}, history, 1.0))
    order = ["cost", "digest", "champion", "kafka", "today"]
    assert sorted(order, key=lambda word: -weights[word]) == order
    assert weights["cost"] == 1.0


def test_a_question_that_stands_alone_is_not_pulled_back_to_an_earlier_topic() -> None:
    history = talk("What is the champion digest?", "A message.")
    leaning = dict(enrich("when is it sent?", history, ()).weights)
    alone = dict(enrich("What does PostgreSQL need to run with several replicas?", history, ()).weights)
    assert alone["champion"] < leaning["champion"]
