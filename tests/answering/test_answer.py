"""From a question to a reply: judged, planned, written, checked, shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.answering.answer import Asked, Settled, answer_again, finish, settle, write_offline
from bot.answering.model import Draft, Judgement
from bot.answering.plan import make_plan
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Ranked, Term
from bot.self_model.model import Belief
from bot.turn import Assumption, Audience, Decision, Depth, Lens, Reply

Believe = Callable[..., Belief]
Search = Callable[[str], tuple[Ranked, ...]]
ANSWER = Judgement(decision=Decision.ANSWER, confidence=0.8, p_ask=0.1, p_decline=0.1)
HOW_LONG = "How long are messages kept?"


@pytest.fixture
def asked(search: Search, glossary: tuple[Term, ...]) -> Asked:
    """A question that the handbook answers, asked alone by somebody unknown."""
    return Asked(
        query=EnrichedQuery(text=HOW_LONG), ranked=search(HOW_LONG), audience=Audience(alone=True), glossary=glossary
    )


def settled(asked: Asked, decision: Decision = Decision.ANSWER) -> Settled:
    plan = make_plan(asked.query, asked.beliefs, asked.terms, asked.readable)
    return Settled(
        judgement=replace(ANSWER, decision=decision, question="Which messages?", choices=("a", "b")), plan=plan
    )


def answer(asked: Asked, decision: Decision = Decision.ANSWER) -> Reply:
    done = settled(asked, decision)
    return finish(asked, done, write_offline(asked, done))


def test_an_answer_has_numbered_citations_with_excerpts(asked: Asked) -> None:
    reply = answer(asked)
    assert reply.text.startswith("Messages are kept for 365 days and then deleted. [1]")
    assert [one.number for one in reply.citations] == list(range(1, len(reply.citations) + 1))
    assert reply.citations[0].title == "Handbook › Retention of messages"
    assert reply.citations[0].excerpt == "Messages are kept for 365 days and then deleted."


def test_a_hedge_says_what_is_uncertain_first(asked: Asked) -> None:
    taken = Assumption("it", "the outbox", "history")
    unsure = replace(asked, query=replace(asked.query, assumptions=(taken,)))
    assert answer(unsure, Decision.HEDGE).text.startswith("I took “it” to mean the outbox")
    assert answer(asked, Decision.HEDGE).text.startswith("The documents answer this only in part")


def test_asking_back_offers_the_readings_and_cites_nothing(asked: Asked) -> None:
    reply = answer(asked, Decision.ASK)
    assert (reply.text, reply.choices, reply.citations) == ("Which messages?", ("a", "b"), ())


def test_declining_names_whom_to_ask(asked: Asked) -> None:
    done = settled(asked, Decision.DECLINE)
    reply = finish(asked, done, write_offline(asked, done, "the platform lead"))
    assert "I will not guess" in reply.text
    assert "The platform lead may know" in reply.text


def written(asked: Asked, text: str) -> Draft:
    """A model's answer that cites the passage on retention."""
    (passage,) = (one.passage.id for one in asked.ranked if one.passage.title.endswith("Retention of messages"))
    return Draft(text=text, passages=(passage,), engine="claude")


def test_a_model_answer_that_does_not_hold_gives_way_to_the_offline_one(asked: Asked) -> None:
    reply = finish(asked, settled(asked), written(asked, "They are kept for 30 days. [1]"))
    assert "365 days" in reply.text
    assert reply.engine == "offline"
    assert reply.fallback == "the answer of claude did not hold: not in the cited passage; nothing cited is left"


def test_what_was_taken_out_does_not_come_back_in_the_reason(asked: Asked) -> None:
    private = replace(asked, audience=Audience(alone=False), private_values=("burnout",))
    reply = finish(private, settled(private), written(private, "With your burnout, keep it short. [1]"))
    assert "burnout" not in f"{reply.text} {reply.fallback}"
    assert "something private" in reply.fallback


def test_a_model_answer_that_holds_is_shown(asked: Asked) -> None:
    text = "They are kept for 365 days. [1]"
    reply = finish(asked, settled(asked), written(asked, text))
    assert (reply.text, reply.engine, reply.fallback) == (text, "claude", "")


def test_without_passages_that_may_be_read_it_declines(asked: Asked) -> None:
    """A restricted passage is neither quoted nor hinted at."""
    locked = tuple(replace(one, passage=replace(one.passage, readers=frozenset({"board"}))) for one in asked.ranked)
    reply = answer(replace(asked, ranked=locked))
    assert reply.decision is Decision.DECLINE
    assert "365" not in reply.text


def test_terms_of_restricted_passages_are_not_defined(asked: Asked, believe: Believe) -> None:
    locked = tuple(replace(term, readers=frozenset({"board"})) for term in asked.glossary)
    new = replace(asked, beliefs=(believe("seniority", "junior"),))
    assert settled(new).plan.define
    assert settled(replace(new, glossary=locked)).plan.define == ()


def test_what_shaped_the_answer_is_named(asked: Asked, believe: Believe) -> None:
    reply = answer(replace(asked, beliefs=(believe("role", "CTO", "I'm the CTO"),)))
    assert (reply.lens, reply.beliefs_used) == (Lens.EXECUTIVE, ("role",))
    assert reply.why == ("You wrote “I'm the CTO” (role: CTO), so the bottom line, cost and risk come first.",)


@pytest.mark.parametrize(
    "belief", [("tool:streaming", "Kafka"), ("goal", "grow the farm"), ("expertise:cooking", "expert")]
)
def test_a_belief_that_does_not_bear_on_the_question_changes_nothing(
    asked: Asked, believe: Believe, belief: tuple[str, str]
) -> None:
    assert answer(replace(asked, beliefs=(believe(*belief),))) == answer(asked)


@pytest.mark.parametrize(("how", "depth"), [("simpler", Depth.FOUNDATIONAL), ("deeper", Depth.EXPERT)])
def test_answering_again_moves_on_from_what_was_read(asked: Asked, how: str, depth: Depth) -> None:
    """Simpler and deeper are meant against the last reply, and neither asks back nor declines."""
    last = replace(answer(asked), depth={"simpler": Depth.WORKING, "deeper": Depth.ADVANCED}[how])
    again = answer_again(asked, settled(asked, Decision.ASK), last, how)
    assert (again.plan.depth, again.judgement.decision) == (depth, Decision.ANSWER)


def test_the_whole_line_runs(asked: Asked) -> None:
    done = settle(asked)
    assert finish(asked, done, write_offline(asked, done)).text
