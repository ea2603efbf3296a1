"""What a message says of its writer, and what it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.self_model.model import DirectoryEntry, SelfModel, Source
from bot.self_model.observe import observe, observe_rules, seed
from bot.self_model.own_words import BLANK, keep_own
from bot.self_model.revise import revise
from bot.turn import Said
from tests.self_model.conftest import SOMEONE, START, Write, write_message

NOTHING = Path(__file__).parent / "nothing.jsonl"


def told(text: str, *context: str) -> set[tuple[str, str]]:
    """Address and value of what the rules observe, denials and ends left out."""
    return {(one.address, one.value) for one in observe_rules(write_message(text, context=context)) if one.weight > 0}


@pytest.mark.parametrize(
    ("text", "address", "value"),
    [
        ("I'm a senior data engineer on the payments team", "role", "data engineer"),
        ("I'm a senior data engineer on the payments team", "seniority", "senior"),
        ("As a CTO, I need the bottom line", "role", "CTO"),
        ("Product manager here, quick question", "role", "product manager"),
        ("I run the data platform team", "role", "data platform lead"),
        ("i am work as analyst in small company", "role", "analyst"),
        ("I got promoted to engineering manager", "role", "engineering manager"),
        ("We use Kafka and dbt on Snowflake", "tool:warehouse", "Snowflake"),
        ("our Airflow DAGs keep failing", "tool:orchestration", "Airflow"),
        ("I'm new to Kafka", "expertise:kafka", "foundational"),
        ("I've run Kubernetes in production for 6 years", "expertise:kubernetes", "advanced"),
        ("what does RAG mean?", "expertise:rag", "foundational"),
        ("after the rebalance our consumer lag doubled", "expertise:kafka", "advanced"),
        ("My goal is to cut onboarding time by half", "goal", "cut onboarding time by half"),
        ("we're working on the billing migration", "project", "billing migration"),
        ("our data can't leave the EU", "constraint", "data can't leave the EU"),
        ("I'll judge the pilot by how many tickets it saves", "criterion", "how many tickets it saves"),
        ("please keep your answers short", "preference:length", "short"),
        ("no jargon please", "preference:depth", "foundational"),
        ("skip the basics, I want the internals", "preference:depth", "advanced"),
        ("I prefer bullet points", "preference:format", "bullets"),
        ("my background is in finance", "background", "finance"),
        ("I don't use Kafka, I use Flink and my goal is to win", "tool:streaming", "Flink"),
        ("We are a small company. As CTO I sign the budget", "role", "CTO"),
        ("hello all. as teh cto i sign the budget", "role", "CTO"),
        ("fair warning: I come from networking", "background", "networking"),
        ("I like long answers with all the detail", "preference:length", "long"),
        ("I changed my mind about long answers: short bullets please", "preference:length", "short"),
        ("I changed my mind about long answers: short bullets please", "preference:format", "bullets"),
        ("I'm not on the platform team any more, I moved to billing", "other:team", "billing"),
        ("I'm based out of the Nairobi office", "other:location", "Nairobi office"),
        ("no emojis in your replies please", "other:style", "no emojis"),
    ],
)
def test_what_is_stated_is_observed(text: str, address: str, value: str) -> None:
    assert (address, value) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "If I were a DBA I would add an index",
        "Our CTO told me she runs Kafka",
        "my boss thinks I'm a data engineer",
        "> I'm a data engineer",
        "&gt; we use Snowflake",
        "```\n# I'm a data engineer, we use Kafka\n```",
        'she said "I am the product manager for search"',
        "do we use Kafka?",
        "imagine I'm a customer, we use Azure",
        "Yeah right, I'm the CEO /s",
        "[10:23] Alex: I'm a data engineer",
        "Forwarding this from legal:\nwe use Kafka and our data can't leave the EU",
        "they use Snowflake",
        "we're evaluating Databricks",
        "the CFO doesn't have time for long answers",
        "I'm a bit lost",
        "what is a data engineer, actually?",
        "",
    ],
)
def test_what_is_no_statement_of_oneself_is_not_observed(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "I'm a data engineer and I was diagnosed with ADHD",
        "my goal is to get a pay rise",
        "I'm a union rep",
        "we're working on my divorce",
    ],
)
def test_sensitive_attributes_are_never_observed(text: str) -> None:
    assert not any("adhd" in one.value.lower() for one in observe(write_message(text)))
    assert told(text) == set()


def test_what_was_asked_gives_a_short_answer_its_meaning() -> None:
    assert ("role", "product manager") in told("product manager, why?", "What is your role?")
    assert told("product manager, why?", "nice weather") == set()


def test_pasted_words_of_others_are_not_the_writers() -> None:
    assert told("I'm the data engineer on this team", "I'm the data engineer on this team") == set()


def test_a_denial_is_a_correction_against_its_value(write: Write) -> None:
    (denial,) = observe_rules(write("I'm not a developer"))
    assert (denial.address, denial.value, denial.source) == ("role", "developer", Source.CORRECTION)
    assert denial.weight < 0


def test_a_no_before_who_one_is_puts_right_what_was_said() -> None:
    said = [one for one in observe_rules(write_message("no, I'm the CIO")) if one.address == "role"]
    assert [(one.value, one.source) for one in said] == [("CIO", Source.CORRECTION)]


def test_a_tool_left_behind_ends_and_its_successor_begins(write: Write) -> None:
    found = {one.value: one.ends for one in observe_rules(write("we moved from Airflow to Dagster"))}
    assert found == {"Airflow": True, "Dagster": False}


def test_the_directory_seeds_role_and_seniority_at_low_weight() -> None:
    entry = DirectoryEntry(member=SOMEONE, title="Senior Data Engineer")
    seeded = seed(entry, START)
    assert {(one.address, one.value) for one in seeded} == {("role", "data engineer"), ("seniority", "senior")}
    model = revise(SelfModel(member=SOMEONE), seeded, START)
    assert all(one.confidence <= 0.5 for one in model.beliefs)
    assert seed(DirectoryEntry(member=SOMEONE, title="", is_bot=True), START) == ()


@given(text=st.text(max_size=300))
def test_every_quote_stands_word_for_word_in_the_message(text: str) -> None:
    for one in observe(write_message(text)):
        assert one.quote
        assert " ".join(one.quote.split()) in " ".join(text.replace("’", "'").split())


WORDS = st.sampled_from(
    [
        *"I'm I we use the a data engineer manager Kafka Snowflake new to our goal is not if said please short".split(),
        *'? . , > ` " : @'.split(),
        "\n",
    ]
)


@settings(max_examples=200)
@given(words=st.lists(WORDS, max_size=40))
def test_near_statements_keep_their_quotes_verbatim_too(words: list[str]) -> None:
    text = " ".join(words)
    for one in observe(write_message(text)):
        assert " ".join(one.quote.split()) in " ".join(text.split())


@given(text=st.text(max_size=400), heard=st.text(max_size=80))
def test_own_words_keep_their_places(text: str, heard: str) -> None:
    own = keep_own(text, (Said("someone else", heard),))
    assert len(own) == len(text)
    assert all(new in (old, BLANK) or (old == "’" and new == "'") for old, new in zip(text, own, strict=True))


def test_a_thousand_messages_of_nothing_say_next_to_nothing() -> None:
    texts = [json.loads(line)["text"] for line in NOTHING.read_text(encoding="utf-8").splitlines()]
    held = 0
    alone = SelfModel(member=SOMEONE)
    for number, text in enumerate(texts):
        message = write_message(text, day=number / 100, id=f"m{number}")
        observations = observe(message)
        held += len(revise(SelfModel(member=SOMEONE), observations, message.at).beliefs)
        alone = revise(alone, observations, message.at)
    assert len(texts) >= 1000
    assert held <= 60
    assert len(alone.beliefs) <= 60
    assert not any(one.address == "role" and one.usable for one in alone.beliefs)


@pytest.mark.parametrize("text", ["too generic", "that's not specific", "that's not what I asked", "far too vague"])
def test_a_complaint_that_an_answer_misses_says_nothing_of_depth(text: str) -> None:
    assert not told(text)


def test_a_topic_named_before_what_is_being_learned_is_not_being_learned() -> None:
    found = told("i work in Tableau and Excel and still learning SQL")
    assert ("expertise:sql", "foundational") in found
    assert not {("expertise:tableau", "foundational"), ("expertise:excel", "foundational")} & found


def test_a_stance_is_quoted_whole() -> None:
    (one,) = observe_rules(write_message("data pipelines are new to me"))
    assert one.quote == "data pipelines are new to me"


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("VP Engineering", "VP engineering"),
        ("Vice President, Sales", "VP sales"),
        ("Product Manager, Onboarding", "product manager"),
        ("Manager of Data Platform", "manager of data platform"),
    ],
)
def test_a_title_of_the_directory_becomes_a_role(title: str, role: str) -> None:
    assert [one.value for one in seed(DirectoryEntry(SOMEONE, title=title), START) if one.address == "role"] == [role]


@pytest.mark.parametrize("text", ["We dropped the Kafka migration", "we stopped the Snowflake cluster rollout"])
def test_a_tool_is_not_over_with_the_work_on_it(text: str) -> None:
    ended = {one.address.partition(":")[0] for one in observe_rules(write_message(text)) if one.ends}
    assert "project" in ended
    assert "tool" not in ended


def test_a_title_after_a_greeting_by_name_is_somebody_elses() -> None:
    assert not {
        one.value
        for one in observe_rules(write_message("Good morning, Sam. Marketing expert."))
        if one.address == "role"
    }
    assert {one.value for one in observe_rules(write_message("Good morning. Marketing expert."))} >= {
        "marketing expert"
    }


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("I am the finance lead, show me numbers in a table", "finance lead"),
        ("Vice President, Sales here", "VP sales"),
        ("I'm the lead, show me the numbers", "lead"),
    ],
)
def test_what_follows_a_title_and_a_comma_is_its_line_of_work_only_where_it_names_one(text: str, role: str) -> None:
    assert {one.value for one in observe_rules(write_message(text)) if one.address == "role"} <= {role}
