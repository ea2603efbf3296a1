"""What was assumed can be taken back: by a word, for one mention or all, and it stays taken back."""

from __future__ import annotations

import pytest
from enrichment_samples import ENGINEER, talk

from bot.enrichment.enrich import enrich
from bot.enrichment.undo import find_undone, is_undo, own_words
from bot.turn import Assumption

PROJECT = Assumption("my project", "billing migration to Snowflake", "project")
STACK = Assumption("our stack", "Kafka", "tool:streaming")
DATABASES = talk("Should we use SQLite or PostgreSQL?", "PostgreSQL is for several replicas [1].")


@pytest.mark.parametrize(
    ("text", "undone"),
    [
        ("change", ("my project", "our stack")),
        ("Change that, please.", ("my project", "our stack")),
        ("undo", ("my project", "our stack")),
        ("change my project", ("my project",)),
        ("I didn't mean the billing migration", ("my project",)),
        ("i did not mean Kafka!", ("our stack",)),
        ("change my password", ()),
        ("I didn't mean that", ("my project", "our stack")),
    ],
)
def test_a_word_takes_back_what_it_names_else_everything(text: str, undone: tuple[str, ...]) -> None:
    assert is_undo(text)
    assert find_undone(text, (PROJECT, STACK)) == undone


@pytest.mark.parametrize(
    "text",
    [
        "How do I change my project?",
        "change my role to CTO",
        "What changes with Kafka?",
        "We change that every week and it costs us a lot of time.",
        "exchange",
    ],
)
def test_other_messages_take_nothing_back(text: str) -> None:
    assert not is_undo(text)
    assert find_undone(text, (PROJECT,)) == ()


@pytest.mark.parametrize("text", ["help me with my project", "Does our stack fit my project?", "my billing project"])
def test_a_mention_taken_back_is_left_as_it_is(text: str) -> None:
    before = enrich(text, (), ENGINEER)
    mentions = [one.mention for one in before.assumptions]
    after = enrich(text, (), ENGINEER, without=mentions)
    assert before.added
    assert (after.assumptions, after.added, after.enriched) == ((), (), text)


def test_only_the_mention_named_is_taken_back() -> None:
    after = enrich("Does our stack fit my project?", (), ENGINEER, without=["our stack"])
    assert [one.mention for one in after.assumptions] == ["my project"]


def test_what_the_conversation_gave_can_be_taken_back_too() -> None:
    text = "What about the other one?"
    assert enrich(text, DATABASES, ()).assumptions
    after = enrich(text, DATABASES, (), without=["the other one"])
    assert (after.assumptions, after.added, after.understanding) == ((), (), 1.0)


@pytest.mark.parametrize(
    ("text", "history"),
    [
        ("help me with my project", ()),
        ("what does my billing project need", ()),
        ("Does our stack fit my project?", ()),
        ("is Snowflake in our stack for the migration", ()),
        ("What about the other one?", DATABASES),
        ("What does Relay cost?", ()),
    ],
)
def test_ones_own_words_are_found_again_in_what_was_searched(text: str, history: tuple) -> None:
    query = enrich(text, history, ENGINEER)
    assert own_words(query.enriched, query.assumptions) == text
