"""Deciding what to do with a question: what must always hold, and what is expected on the product's own documents."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import decide as decide_module
from bot.answering import features
from bot.answering.decide import choose, decide, find_barred, load, measure_pace
from bot.answering.model import Judgement
from bot.enrichment.enrich import enrich
from bot.knowledge.index import Index
from bot.knowledge.model import Document, Passage, Ranked
from bot.knowledge.split import split
from bot.self_model.model import Belief
from bot.turn import EVERYONE, Decision, Said

DOCS = Path(__file__).parents[2] / "docs"
DATABASES = (
    Said("user", "Which databases can it keep its data in?"),
    Said("agent", "It keeps everything in SQLite by default, and in PostgreSQL where several workers run [1]."),
)
ASKED_BACK = (Said("user", "what about it?"), Said("agent", "What do you mean by “it”: Slack limits or Costs?"))

texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from("what is the it my project kept how messages limits slack ? other who".split())).map(
        " ".join
    ),
)
histories = st.lists(st.builds(Said, st.sampled_from(["user", "agent"]), texts), max_size=4).map(tuple)


@cache
def documents() -> Index:
    """The product's own documents as a knowledge base: some hundred and fifty passages."""
    passages = [
        passage
        for path in sorted(DOCS.rglob("*.md"))
        for passage in split(Document(path=path.name, title=path.stem, text=path.read_text("utf-8"), digest=""))
    ]
    return Index(passages)


def judge(text: str, history: tuple[Said, ...] = (), beliefs: tuple[Belief, ...] = ()) -> Judgement:
    query = enrich(text, history, beliefs)
    return decide(query, documents().search(query, frozenset({EVERYONE}), 20), history)


@pytest.mark.parametrize(
    "text",
    [
        "How long are messages kept?",
        "How long do you keep my data?",
        "What is a self-model?",
        "Where is data stored?",
        "How do I install it in Slack?",
        "cost per question",
    ],
)
def test_a_clear_question_that_the_documents_answer_is_answered(text: str) -> None:
    assert judge(text).decision in (Decision.ANSWER, Decision.HEDGE)


@pytest.mark.parametrize(
    "text",
    ["what about it?", "help me with my project", "help", "it doesn't work", "tell me more", "and the other one?"],
)
def test_what_means_nothing_by_itself_is_asked_back(text: str) -> None:
    judged = judge(text)
    assert judged.decision is Decision.ASK
    assert judged.question.endswith("?") or "?" in judged.question


@pytest.mark.parametrize(
    "text",
    [
        "Who won the 2018 world cup?",
        "How do I tune a carburettor?",
        "What is the best recipe for lasagne?",
        "What is the population of Iceland?",
    ],
)
def test_what_the_documents_do_not_hold_is_declined(text: str) -> None:
    assert judge(text).decision is Decision.DECLINE


@pytest.mark.parametrize("text", ["and the other one?", "why?", "tell me more", "how does that work?"])
def test_after_an_answer_a_follow_up_is_less_in_need_of_a_question_back(text: str) -> None:
    assert judge(text, DATABASES).p_ask < judge(text).p_ask
    assert judge(text, DATABASES).decision is not Decision.ASK


@pytest.mark.parametrize("text", ["what about it?", "help me with my project", "it doesn't work", "hm?"])
def test_it_never_asks_twice_in_a_row(text: str) -> None:
    assert judge(text).decision is Decision.ASK
    assert judge(text, ASKED_BACK).decision is not Decision.ASK


@settings(deadline=None, max_examples=60)
@given(texts, histories)
def test_probabilities_are_probabilities_and_asking_comes_with_a_question(text: str, history: tuple[Said, ...]) -> None:
    judged = judge(text, history)
    for chance in (judged.confidence, judged.p_ask, judged.p_decline):
        assert 0 <= chance <= 1
    assert judged.confidence + judged.p_ask + judged.p_decline <= 1 + 1e-9
    assert bool(judged.question) == (judged.decision is Decision.ASK)
    assert judged == judge(text, history)


@settings(deadline=None, max_examples=60)
@given(texts, histories)
def test_without_a_knowledge_base_nothing_is_declined(text: str, history: tuple[Said, ...]) -> None:
    judged = decide(enrich(text, history, ()), (), history, has_knowledge=False)
    assert judged.p_decline == 0
    assert judged.decision is not Decision.DECLINE


@given(texts, histories)
def test_where_nothing_was_found_nothing_is_answered(text: str, history: tuple[Said, ...]) -> None:
    judged = decide(enrich(text, history, ()), (), history)
    assert judged.decision in (Decision.ASK, Decision.DECLINE)


def test_a_question_back_after_nothing_found_leaves_declining() -> None:
    measured = features.measure(enrich("what about it?", ASKED_BACK, ()), (), ASKED_BACK)
    assert find_barred(measured, (), ASKED_BACK, has_knowledge=True) == set(Decision) - {Decision.DECLINE}


def test_a_passage_that_holds_every_word_asked_makes_declining_less_likely() -> None:
    query = enrich("Which retention period applies to audit entries?", (), ())
    holds = rank("The retention period that applies to audit entries is 400 days.")
    lacks = rank("Slack workspaces have channels in which people write.")
    assert decide(query, holds, ()).p_decline < decide(query, lacks, ()).p_decline


def rank(text: str) -> tuple[Ranked, ...]:
    return (Ranked(Passage(id="p", document="d", title="", text=text), 5.0, 0.5),)


def test_a_rare_decision_needs_less_to_be_chosen() -> None:
    even = {Decision.ANSWER: 0.3, Decision.HEDGE: 0.2, Decision.ASK: 0.25, Decision.DECLINE: 0.25}
    assert choose(even, load()) is not Decision.ANSWER
    sure = {Decision.ANSWER: 0.94, Decision.HEDGE: 0.02, Decision.ASK: 0.02, Decision.DECLINE: 0.02}
    assert choose(sure, load()) is Decision.ANSWER


@pytest.mark.parametrize(
    ("replies", "low", "high"),
    [([], 0.0, 0.0), (["yes"], 0.9, 1.0), (["It is kept for ninety days, and then deleted for good. " * 4], 0.0, 0.1)],
)
def test_pace_is_quick_where_replies_are_one_line(replies: list[str], low: float, high: float) -> None:
    assert low <= measure_pace([Said("agent", one) for one in replies]) <= high


def test_the_bundled_weights_are_small_finite_and_whole() -> None:
    model = load()
    assert decide_module.WEIGHTS.stat().st_size < 300_000
    assert set(model.shares) == set(model.lean) == set(Decision)
    assert sum(model.shares.values()) == pytest.approx(1, abs=1e-3)
    talks = (model.opening, model.later)
    for linear in (model.quick, *(part for one in talks for part in (one.ask, one.lacking, one.partial))):
        assert all(math.isfinite(one) for weights in linear.features.values() for one in weights)
