"""The offline engine's answers: whole sentences, cited, the bottom line first, and fitted to the person."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.answering.compose import compose
from bot.answering.plan import adjust, make_plan
from bot.answering.sentences import split_sentences
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.index import Index
from bot.knowledge.model import Ranked, Term
from bot.self_model.model import Belief

Believe = Callable[..., Belief]
Search = Callable[[str], tuple[Ranked, ...]]
Write = Callable[..., str]
QUESTIONS = [
    "How long are messages kept?",
    "What does it cost to run?",
    "How do I change the retention?",
    "What happens to a message in a crash?",
]
PEOPLE: dict[str, dict[str, str]] = {
    "nobody": {},
    "CTO": {"role": "CTO", "preference:length": "short"},
    "architect": {"role": "VP engineering"},
    "engineer": {"role": "data engineer", "preference:depth": "expert"},
    "newcomer": {"role": "analyst", "seniority": "junior"},
}


@pytest.fixture
def write(search: Search, glossary: tuple[Term, ...], believe: Believe) -> Write:
    """write(question, who, how="") -> the answer's text."""

    def answer(question: str, who: str, how: str = "") -> str:
        beliefs = [believe(address, value) for address, value in PEOPLE[who].items()]
        query, ranked = EnrichedQuery(text=question), search(question)
        plan = adjust(make_plan(query, beliefs, glossary, ranked), how, glossary)
        return compose(query, ranked, plan, glossary).text

    return answer


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_sentence_is_the_documents_own(write: Write, index: Index, question: str, who: str) -> None:
    """Nothing is said that does not stand in a passage, word for word, save headings and definitions."""
    source = " ".join(" ".join(one.text.split()) for one in index.passages).lower()
    for sentence in sentences_of(write(question, who)):
        assert sentence.rstrip(".:").lower() in source


def sentences_of(text: str) -> list[str]:
    """The prose of an answer, sentence by sentence, without markers, headings, tables and code."""
    bare = re.sub(r"```.*?```|^\|[^\n]*$|^\d+\. [^\n]*$", "", text, flags=re.DOTALL | re.MULTILINE)
    bare = re.sub(r" ?\[\d+\]|\*\*[^*]+\*\*:?|^In plain words:$|^- ", "", bare, flags=re.MULTILINE)
    lines = [" ".join(line.split()) for line in bare.splitlines()]
    return [one for line in lines for one in split_sentences(line) if one.strip(": ")]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("question", QUESTIONS)
def test_markers_count_up_from_one_and_every_block_has_one(write: Write, question: str, who: str) -> None:
    text = write(question, who)
    numbers = list(dict.fromkeys(int(one) for one in re.findall(r"\[(\d+)\]", text)))
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert re.search(r"\[\d+\]", text.split("\n\n")[0])


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("How long are messages kept?", "Messages are kept for 365 days and then deleted."),
        ("What does it cost to run?", "Running it costs about 40 dollars a month for a team of twenty."),
        ("What is an outbox?", "**outbox**: the table that keeps each message to be sent until it is delivered."),
    ],
)
def test_the_bottom_line_comes_first(write: Write, question: str, opening: str) -> None:
    assert write(question, "nobody").startswith(opening)


def test_the_engineer_gets_steps_and_code_whole(write: Write) -> None:
    text = write("How do I change the retention?", "engineer")
    assert "1. Open the `.env` file.\n2. Write `RETENTION_DAYS=30`.\n3. Restart the process." in text
    assert "systemctl restart bot\n```" in text


def test_the_newcomer_gets_terms_defined_and_no_code(write: Write) -> None:
    text = write("What happens to a message in a crash?", "newcomer")
    assert "**outbox**: the table that keeps each message" in text
    assert "```" not in text


def test_the_architect_gets_the_trade_off(write: Write) -> None:
    assert "trade-off" in write("What happens to a message in a crash?", "architect")


def test_five_people_get_five_answers(write: Write) -> None:
    question = "How long are messages kept, and how do I change the retention?"
    assert len({write(question, who) for who in PEOPLE}) == len(PEOPLE)


def test_those_of_whom_nothing_is_known_get_the_same(search: Search, glossary: tuple[Term, ...]) -> None:
    query, ranked = EnrichedQuery(text=QUESTIONS[0]), search(QUESTIONS[0])
    plans = [make_plan(query, (), glossary, ranked) for _ in range(2)]
    assert compose(query, ranked, plans[0], glossary) == compose(query, ranked, plans[1], glossary)


def test_shorter_is_shorter_and_deeper_is_longer(write: Write) -> None:
    words = {
        how: len(write("How long are messages kept?", "architect", how).split()) for how in ("shorter", "", "deeper")
    }
    assert words["shorter"] < words[""] <= words["deeper"]


def test_what_the_documents_do_not_mention_is_said(write: Write) -> None:
    text = write("How long are messages from Snowflake kept?", "nobody")
    assert text.endswith("The documents do not say anything about Snowflake.")


def test_no_passages_no_answer(glossary: tuple[Term, ...]) -> None:
    query = EnrichedQuery(text="How long?")
    assert compose(query, (), make_plan(query, (), glossary, ()), glossary).text == ""


def test_no_sentence_is_said_twice(write: Write) -> None:
    for who in PEOPLE:
        sentences = sentences_of(write("How long are messages kept?", who))
        assert len(sentences) == len(set(sentences))
