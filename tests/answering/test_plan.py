"""The plan puts what is believed of a person into form, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.answering.model import Plan
from bot.answering.plan import LONGEST, SHORTEST, adjust, make_plan
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Ranked, Term
from bot.self_model.model import Belief
from bot.turn import Depth, Lens

Believe = Callable[..., Belief]
Search = Callable[[str], tuple[Ranked, ...]]
HOW_LONG = EnrichedQuery(text="How long are messages kept?")
HOW_TO = EnrichedQuery(text="How do I change the retention?")


def test_nobody_known_gets_the_general_plan(search: Search, glossary: tuple[Term, ...]) -> None:
    plan = make_plan(HOW_LONG, (), glossary, search(HOW_LONG.text))
    assert (plan.depth, plan.lens, plan.form, plan.define, plan.beliefs_used) == (
        Depth.WORKING,
        Lens.GENERAL,
        "prose",
        (),
        (),
    )


@pytest.mark.parametrize(
    ("held", "query", "form"),
    [
        ({"role": "CTO"}, HOW_LONG, "bullets"),
        ({"role": "data engineer"}, HOW_LONG, "prose"),
        ({"role": "data engineer"}, HOW_TO, "steps"),
        ({"role": "CTO", "preference:format": "table"}, HOW_LONG, "table"),
        ({"preference:format": "sonnets"}, HOW_LONG, "prose"),
    ],
)
def test_form_follows_wish_then_question_and_lens(
    believe: Believe, held: dict[str, str], query: EnrichedQuery, form: str
) -> None:
    beliefs = [believe(address, value) for address, value in held.items()]
    assert make_plan(query, beliefs, (), ()).form == form


def test_terms_are_defined_for_those_who_are_new(believe: Believe, search: Search, glossary: tuple[Term, ...]) -> None:
    """An engineer is spared them, and so is a newcomer at home in the topic."""
    ranked = search("How long are messages kept in the outbox?")
    new, engineer = believe("seniority", "junior"), believe("role", "data engineer")
    names = {term.name for term in make_plan(HOW_LONG, [new], glossary, ranked).define}
    assert "outbox" in names
    assert make_plan(HOW_LONG, [engineer], glossary, ranked).define == ()
    at_home = make_plan(HOW_LONG, [new, believe("expertise:outbox", "advanced")], glossary, ranked)
    assert "outbox" not in {term.name for term in at_home.define}


def test_only_what_bears_on_the_question_is_related_to(believe: Believe) -> None:
    """A tool is in the plan where enrichment says that it bears; otherwise it is not even looked at."""
    kafka = believe("tool:streaming", "Kafka")
    assert make_plan(HOW_LONG, [kafka], (), ()).beliefs_used == ()
    bearing = make_plan(replace(HOW_LONG, beliefs=(kafka,)), [kafka], (), ())
    assert (bearing.relate_to, bearing.beliefs_used) == (("Kafka",), ("tool:streaming",))


def test_why_quotes_the_person_and_names_the_effect(believe: Believe) -> None:
    held = [believe("role", "CTO", "I'm the CTO here"), believe("preference:length", "short", "keep it short")]
    plan = make_plan(HOW_LONG, held, (), ())
    assert plan.why == (
        "You wrote “I'm the CTO here” (role: CTO), so the bottom line, cost and risk come first.",
        "You wrote “keep it short” (length: short), so it has at most 3 sentences.",
    )


PLAN = Plan(depth=Depth.ADVANCED, lens=Lens.ENGINEER, sentences=6, form="code")


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("simpler", (Depth.WORKING, 5, "prose", True)),
        ("deeper", (Depth.EXPERT, 9, "code", False)),
        ("shorter", (Depth.ADVANCED, 3, "prose", False)),
        ("longer", (Depth.ADVANCED, 12, "code", False)),
        ("example", (Depth.ADVANCED, 7, "code", True)),
        ("specific", (Depth.ADVANCED, 7, "code", False)),
        ("", (Depth.ADVANCED, 6, "code", False)),
        ("sideways", (Depth.ADVANCED, 6, "code", False)),
    ],
)
def test_an_adjustment_changes_what_it_says(how: str, expected: tuple[Depth, int, str, bool]) -> None:
    changed = adjust(PLAN, how)
    assert (changed.depth, changed.sentences, changed.form, changed.example) == expected
    assert len(changed.why) == (how in ("simpler", "deeper", "shorter", "longer", "example", "specific"))


def test_adjusting_again_and_again_stays_within_bounds() -> None:
    longest = shortest = PLAN
    for _ in range(6):
        longest, shortest = adjust(adjust(longest, "deeper"), "longer"), adjust(adjust(shortest, "simpler"), "shorter")
    assert (longest.depth, longest.sentences) == (Depth.EXPERT, LONGEST)
    assert (shortest.depth, shortest.sentences) == (Depth.FOUNDATIONAL, SHORTEST)


def test_simpler_defines_what_was_taken_for_granted(glossary: tuple[Term, ...]) -> None:
    assert {term.name for term in adjust(PLAN, "simpler", glossary).define} >= {"outbox", "receipt"}
