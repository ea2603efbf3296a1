"""Deciding on a pilot's own documents, which is what people use it for: clear questions are answered, not doubted or
asked back; what the documents lack is declined; what nobody could know the meaning of is asked back.

About half of the questions are the bundled pilot's own, whose decisions had been seen; two thresholds of `decide`
were set by hand with these in sight. So this holds what is there, and measures nothing about other documents.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import pytest

from bot.answering.decide import decide
from bot.enrichment.enrich import enrich
from bot.knowledge.index import Index
from bot.knowledge.model import Document
from bot.knowledge.split import split
from bot.turn import EVERYONE, Decision

DOCS = Path(__file__).parents[2] / "docs"
CLEAR = (
    "How does Daytwo keep our data safe, and what would it take to run it here?",
    "what does this cost us?",
    "what would 400 people cost us per month?",
    "how do you store messages and what happens if the process dies between ack and answer?",
    "How does it behave with two replicas and one database?",
    "What latency should I expect with Claude, and where does the time go?",
    "what can people see of what you think about them?",
    "show me the backup and restore commands for postgres",
    "what does the champion see about each evaluator?",
    "how do you measure whether people are happier with the answers than last week?",
    "Who gets paged when the model provider is down?",
    "What happens when a secret is pasted into chat?",
    "Can I run it without sending anything to a language model?",
    "How long are messages kept?",
    "how do I install it in Slack",
    "Does it work with Kafka?",
    "Which databases are supported?",
    "What is a self-model?",
    "How does it decide when to decline?",
    "Is it GDPR compliant, what about the works council?",
    "What happens when the budget is used up?",
    "How is it different from a plain RAG bot?",
    "can it read SharePoint or Google Drive?",
    "how many votes are needed before something is called a trend?",
)
LACKING = (
    "What is the capital of Mongolia?",
    "do we get the days between Christmas and New Year free?",
    "who won the football world cup in 2014?",
    "can you recommend a good restaurant near the office?",
    "What is the boiling point of ethanol?",
    "how do I renew my passport",
    "what's the wifi password in the berlin office?",
    "Which horses run in the derby on Saturday?",
)
VAGUE = (
    "what about it?",
    "how does it handle that?",
    "and the other one?",
    "is that better?",
    "help me with my project",
    "can you do that again for the second thing?",
)


@cache
def read_documents() -> Index:
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(DOCS.glob("*.md"))]
    documents = [
        Document(path=name, title=name, text=text, digest=hashlib.sha256(text.encode()).hexdigest())
        for name, text in texts
    ]
    return Index([passage for document in documents for passage in split(document)])


def decide_on(question: str) -> Decision:
    query = enrich(question, (), ())
    return decide(query, read_documents().search(query, frozenset({EVERYONE}), 12), ()).decision


def share(questions: tuple[str, ...], *wanted: Decision) -> float:
    return sum(decide_on(one) in wanted for one in questions) / len(questions)


def test_clear_questions_are_answered() -> None:
    assert share(CLEAR, Decision.ANSWER) >= 0.75
    assert share(CLEAR, Decision.ANSWER, Decision.HEDGE) >= 0.85


def test_clear_questions_are_not_asked_back() -> None:
    assert share(CLEAR, Decision.ASK) <= 0.1


@pytest.mark.parametrize("question", CLEAR[:1])
def test_the_question_everyone_asks_is_answered(question: str) -> None:
    assert decide_on(question) in (Decision.ANSWER, Decision.HEDGE)


def test_what_the_documents_lack_is_declined() -> None:
    assert share(LACKING, Decision.DECLINE) >= 0.75


def test_what_nobody_could_know_the_meaning_of_is_asked_back() -> None:
    assert share(VAGUE, Decision.ASK) >= 0.8
