"""The prompt is a value: stable parts first, no more of the person than the plan needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering.model import Plan, Prompt
from bot.answering.prompt import make_prompt
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Ranked, Term
from bot.turn import Assumption, Decision, Depth, Lens, Said

GOLDEN = Path(__file__).parents[1] / "golden" / "prompt.txt"
PLAN = Plan(
    depth=Depth.FOUNDATIONAL,
    lens=Lens.NEWCOMER,
    sentences=4,
    define=(Term("outbox", "the table that keeps each message to be sent."),),
    relate_to=("Kafka",),
    example=True,
    beliefs_used=("seniority", "tool:streaming"),
    why=("You wrote “I started three weeks ago”, so the foundations come first.",),
)
QUERY = EnrichedQuery(
    text="how does my project's outbox work?",
    added=("billing migration",),
    assumptions=(Assumption("my project", "the billing migration", "project"),),
)
HISTORY = (Said("someone", "hello"), Said("agent", "Hi, ask me anything."))
Search = Callable[[str], tuple[Ranked, ...]]


def show(prompt: Prompt) -> str:
    """A prompt as text, in the order in which it is sent."""
    documents = "\n\n".join(f"<{title}>\n{text}" for _, title, text in prompt.documents)
    said = "\n".join(f"{speaker}: {text}" for speaker, text in prompt.history)
    parts = [
        prompt.version,
        prompt.instructions,
        documents,
        said,
        prompt.person,
        prompt.question,
        str(prompt.max_tokens),
    ]
    return "\n\n--------\n\n".join(parts) + "\n"


def test_the_prompt_is_as_agreed(search: Search) -> None:
    """A change of it shows up in review, in tests/golden/prompt.txt."""
    prompt = make_prompt(QUERY, search("outbox")[:2], PLAN, HISTORY)
    assert show(prompt) == GOLDEN.read_text(encoding="utf-8")


def test_neither_quotes_nor_names_of_the_person_are_sent(search: Search) -> None:
    """What a belief rests on stays here; only its effect is sent."""
    assert "three weeks" not in show(make_prompt(QUERY, search("outbox"), PLAN, HISTORY))


def test_documents_stand_in_an_order_that_does_not_depend_on_rank(search: Search) -> None:
    ranked = search("outbox retention cost")
    forwards, backwards = make_prompt(QUERY, ranked, PLAN), make_prompt(QUERY, ranked[::-1], PLAN)
    assert forwards.documents == backwards.documents


@pytest.mark.parametrize(("decision", "said"), [(Decision.HEDGE, True), (Decision.ANSWER, False)])
def test_a_hedge_asks_to_say_what_is_not_covered(search: Search, decision: Decision, said: bool) -> None:
    prompt = make_prompt(QUERY, search("outbox"), PLAN, decision=decision)
    assert ("only in part" in prompt.question) is said
