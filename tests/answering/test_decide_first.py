"""The first message of a conversation: what in it is clear from what was found, and what is still open."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.answering.decide import is_clear, load, weigh
from bot.answering.features import Features, find_pointed, measure
from bot.enrichment.enrich import enrich
from bot.knowledge.index import Index
from bot.knowledge.model import Passage
from bot.turn import EVERYONE, Decision, Said

QUESTIONS = Path(__file__).parents[2] / "training" / "first_questions.jsonl"
TALK = (Said("user", "Where are backups kept?"), Said("agent", "In a bucket of your own, beside the database itself."))
PASSAGES = (
    ("Delivery › Failures", "If the process dies, the message stays in the inbox and the worker takes it up again."),
    ("Costs › What it costs", "The cost per question is small, and the risk is low."),
    ("Backups › Schedule", "A backup is taken every night and kept for ninety days."),
)


def read(text: str, history: tuple[Said, ...] = ()) -> Features:
    index = Index(
        Passage(id=str(place), document=title, title=title, text=told) for place, (title, told) in enumerate(PASSAGES)
    )
    query = enrich(text, history, ())
    return measure(query, index.search(query, frozenset({EVERYONE}), 5), history)


@pytest.mark.parametrize(
    ("text", "pointed"),
    [
        ("What does this cost us?", []),
        ("does this work?", []),
        ("how is this priced?", []),
        ("can this run on a laptop?", []),
        ("does this plan cover backups?", [("this", "plan cover backups")]),
        ("what does that error mean?", [("that", "error mean")]),
        ("which images that are old may go?", []),
    ],
)
def test_this_as_the_doer_points_at_no_name(text: str, pointed: list[tuple[str, str]]) -> None:
    assert find_pointed(text) == pointed


def test_what_the_documents_speak_of_needs_no_introduction_in_a_first_message() -> None:
    text = "what happens if the process dies?"
    assert read(text)["loose the"] == 0
    assert read(text, TALK)["loose the"] == 1


def test_what_the_documents_do_not_speak_of_stays_open() -> None:
    assert read("what happens if the giraffe dies?")["loose the"] == 1


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("should i sell it?", True),
        ("how do i turn that off?", True),
        ("how much is it?", True),
        ("the backup failed, can i run it again?", False),
        ("how is a backup taken?", False),
    ],
)
def test_the_verb_that_a_pronoun_stands_with_does_not_name_it(text: str, lost: bool) -> None:
    measured = read(text)
    assert measured["pronoun out of nowhere"] == lost
    assert not (lost and is_clear(measured))


def test_a_first_message_without_a_topic_is_asked_back_whatever_was_found() -> None:
    measured = read("how much is it?")
    assert measured["nothing to go by"]
    chances = weigh(measured, frozenset(), 0.0, load())
    assert max(chances, key=lambda one: chances[one]) is Decision.ASK


def test_the_questions_written_for_the_fit_are_whole_and_each_there_once() -> None:
    records = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    bases = {one["base"]: set(one["holds"]) for one in records if "holds" in one}
    asked = [one for one in records if "question" in one]
    assert max(Counter((one["base"], one["question"].casefold()) for one in asked).values()) == 1
    for one in asked:
        assert set(one["passages"]) <= bases[one["base"]]
        assert bool(one["passages"]) == (one["label"] in ("ANSWERABLE", "PARTIAL"))
