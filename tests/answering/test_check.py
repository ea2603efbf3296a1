"""What does not stand in the cited passages does not get through, whoever wrote it."""

from __future__ import annotations

import pytest

from bot.answering.check import check
from bot.answering.model import Draft, Plan
from bot.knowledge.model import Passage, Ranked, Term
from bot.turn import Audience, Depth, Lens

OPEN = Passage(
    id="open",
    document="limits.md",
    title="Limits › Retention",
    text="Messages are kept for 365 days. Version 2.1 of Daytwo stores them in PostgreSQL. It costs $1,200 at most. "
    "See https://example.org/limits for more. Run `daytwo settings` to see five settings. Kafka is not supported.",
)
SECRET = Passage(id="secret", document="hr.md", title="Plans", text="The team moves in May.", readers=frozenset({"hr"}))
RANKED = (Ranked(OPEN, 3.0, 0.9), Ranked(SECRET, 2.0, 0.5))
PLAN = Plan(depth=Depth.WORKING, lens=Lens.GENERAL, sentences=4)
EVERYBODY, HR = Audience(alone=False), Audience(alone=True, grants=frozenset({"everyone", "hr"}))


def checked(text: str, audience: Audience = EVERYBODY, private: tuple[str, ...] = (), plan: Plan = PLAN) -> str:
    draft = Draft(text=text, passages=("open", "secret"), engine="claude")
    return check(draft, RANKED, plan, audience=audience, private_values=private).draft.text


@pytest.mark.parametrize(
    "text",
    [
        "Messages are kept for 365 days. [1]",
        "They are kept 365 days, in PostgreSQL. [1]",
        "It costs at most $1200. [1]",
        "There are 5 settings; see `daytwo settings`. [1]",
        "More at https://example.org/limits. [1]",
        "Messages are kept. They are stored in PostgreSQL. [1]",
        "- Kafka is not supported [1]\n- It costs $1,200 [1]",
        "**Retention**: messages are kept for 365 days. [1]",
    ],
)
def test_what_the_cited_passage_holds_passes(text: str) -> None:
    assert checked(text) == text


@pytest.mark.parametrize(
    "wrong",
    [
        "It is kept for 30 days. [1]",
        "It costs $12,000. [1]",
        "Version 2.2 does it. [1]",
        "Ask Snowflake about it. [1]",
        "They are stored in MongoDB. [1]",
        "See https://evil.example/limits. [1]",
        "Run `daytwo erase`. [1]",
        "This is simply known.",
        "The documents do not say it, but it is 30 days.",
        "The team moves in May. [2]",
        "This is from nowhere. [7]",
    ],
)
def test_a_sentence_that_does_not_hold_goes_and_the_rest_stays(wrong: str) -> None:
    good = "Messages are kept for 365 days. [1]"
    assert checked(f"{good}\n\n{wrong}") == good
    assert checked(f"{wrong}\n\n{good}") == good
    assert checked(f"- {good}\n- {wrong}") == f"- {good}"


def test_a_restricted_passage_may_be_cited_before_those_who_may_read_it() -> None:
    assert checked("The team moves in May. [2]", HR) == "The team moves in May. [1]"


def test_nothing_left_is_a_failure_with_reasons() -> None:
    draft = Draft(text="It is kept for 30 days. [1]", passages=("open",), engine="claude")
    result = check(draft, RANKED, PLAN, audience=EVERYBODY)
    assert not result.holds
    assert result.faults == ("not in the cited passage (30): “It is kept for 30 days. [1]”", "nothing cited is left")


def test_a_name_that_other_passages_hold_is_no_invention() -> None:
    """A passage need not repeat the product's name to support a sentence that does."""
    about = Passage(id="about", document="a.md", title="About", text="Pelican is a bot.")
    draft = Draft(text="In Pelican, messages are kept for 365 days. [1]", passages=("open",), engine="claude")
    result = check(draft, (*RANKED, Ranked(about, 1.0, 0.1)), PLAN, audience=EVERYBODY)
    assert result.draft.text == draft.text
    assert not check(draft, RANKED, PLAN, audience=EVERYBODY).holds


def test_a_word_about_form_is_nothing_private() -> None:
    text = "In short, messages are kept for 365 days. [1]"
    assert checked(text, private=("short", "expert")) == text


def test_what_is_private_does_not_reach_others() -> None:
    """Unless the document says it anyway."""
    text = "Messages are kept for 365 days. [1] With your burnout in mind, keep it short. [1]"
    assert checked(text, private=("burnout", "PostgreSQL")) == "Messages are kept for 365 days. [1]"
    assert "PostgreSQL" in checked("They are stored in PostgreSQL. [1]", private=("PostgreSQL",))


@pytest.mark.parametrize(
    "framing",
    ["The documents do not say anything about Snowflake.", "Which plan do you mean?", "I took “it” to mean the bot."],
)
def test_lines_that_claim_nothing_need_no_citation(framing: str) -> None:
    text = f"Messages are kept for 365 days. [1]\n\n{framing}"
    assert checked(text) == text


def test_a_definition_from_the_glossary_needs_none_either() -> None:
    plan = Plan(
        depth=Depth.FOUNDATIONAL, lens=Lens.NEWCOMER, sentences=4, define=(Term("inbox", "the table of 7 rows."),)
    )
    text = "Messages are kept for 365 days. [1]\n\nIn plain words:\n- **inbox**: the table of 7 rows."
    assert checked(text, plan=plan) == text


def test_length_stays_within_the_plan() -> None:
    sentence = "Messages are kept for 365 days. [1]"
    text = checked("\n\n".join([sentence] * 12))
    assert text.count(sentence) == PLAN.sentences + 3


def test_tables_and_code_rest_on_the_line_that_introduces_them() -> None:
    good = "**Retention**: [1]\n\n| what | kept |\n| --- | --- |\n| messages | 365 days |"
    assert checked(good) == good
    invented = good.replace("365", "30")
    assert checked(f"Messages are kept. [1]\n\n{invented}") == "Messages are kept. [1]"


def test_markers_are_counted_anew_when_one_goes() -> None:
    passages = tuple(
        Ranked(Passage(id=name, document="d", title="T", text=f"The {name} is ready."), 1.0, 0.5)
        for name in ("ant", "bee")
    )
    draft = Draft(text="The cow is 9. [1]\n\nThe bee is ready. [2]", passages=("ant", "bee"), engine="claude")
    result = check(draft, passages, PLAN, audience=EVERYBODY)
    assert (result.draft.text, result.draft.passages) == ("The bee is ready. [1]", ("bee",))
