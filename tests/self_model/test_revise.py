"""How evidence becomes beliefs: weight, independence, conflict, correction, end, decay, forgetting."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Refused
from bot.self_model.model import CONFIDENCE_FLOOR, Belief, Observation, SelfModel, Source, Status
from bot.self_model.observe import observe, observe_all
from bot.self_model.revise import as_of, correct, forget, read, revise
from bot.self_model.values import IN_OTHER_WORDS
from bot.self_model.weighing import identify
from tests.self_model.conftest import SOMEONE, START, Believe, write_message

EMPTY = SelfModel(member=SOMEONE)
ADDRESSES = {
    "role": ("data engineer", "product manager", "analyst"),
    "expertise:kafka": ("foundational", "working", "advanced"),
    "project": ("billing migration", "search rewrite"),
    "tool:warehouse": ("Snowflake", "BigQuery"),
    "preference:length": ("short", "long"),
}


def said(
    value: str, *, at: str = "role", day: float = 0, source: Source = Source.STATED, weight: float = 1.0
) -> Observation:
    return Observation(
        address=at,
        value=value,
        weight=weight,
        source=source,
        quote=f"{value} {day}",
        message=f"m{day}",
        at=START + timedelta(days=day),
    )


def learn(*observations: Observation, day: float = 0) -> SelfModel:
    return revise(EMPTY, observations, START + timedelta(days=day))


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    address = draw(st.sampled_from(sorted(ADDRESSES)))
    source = draw(st.sampled_from(sorted(Source)))
    day = draw(st.integers(0, 400)) / 4
    against = draw(st.sampled_from([False, False, False, True]))
    one = said(
        draw(st.sampled_from(ADDRESSES[address])), at=address, day=day, source=source, weight=-1 if against else 1
    )
    ends = against and address in ("project", "role", "tool:warehouse")
    if ends and draw(st.booleans()):
        spoken_of = draw(st.sampled_from(ADDRESSES[address]))
        return replace(one, value="it", quote=f"it, {spoken_of}, {day}", weight=-IN_OTHER_WORDS, ends=True)
    return replace(one, ends=ends)


def core(belief: Belief) -> tuple[object, ...]:
    return (
        belief.address,
        belief.value,
        belief.confidence,
        belief.mass,
        belief.evidence,
        belief.valid_from,
        belief.valid_to,
    )


HISTORIES = st.lists(observations(), max_size=30)
LATER = START + timedelta(days=120)


@given(history=HISTORIES, seed=st.integers())
def test_the_order_of_arrival_does_not_matter(history: list[Observation], seed: int) -> None:
    shuffled = random.Random(seed).sample(history, len(history))
    once, piecemeal = revise(EMPTY, history, LATER), EMPTY
    for one in shuffled:
        piecemeal = revise(piecemeal, [one], LATER)
    assert [core(one) for one in once.beliefs] == [core(one) for one in piecemeal.beliefs]
    assert [core(one) for one in once.past] == [core(one) for one in piecemeal.past]


@given(history=HISTORIES)
def test_learning_twice_changes_nothing(history: list[Observation]) -> None:
    once = revise(EMPTY, history, LATER)
    assert revise(once, history, LATER) == once


@given(history=HISTORIES)
def test_no_observation_is_lost_or_told_twice(history: list[Observation]) -> None:
    model = revise(EMPTY, history, LATER)
    evidence = [one for belief in (*model.beliefs, *model.past) for one in belief.evidence]
    assert len(evidence) == len({identify(one) for one in evidence})
    assert {identify(one) for one in evidence} == {identify(one) for one in history}


@given(history=HISTORIES)
def test_confidence_is_a_probability_and_single_valued_addresses_hold_one_belief(history: list[Observation]) -> None:
    model = revise(EMPTY, history, LATER)
    assert all(0 <= one.confidence < 1 and one.mass >= 0 and one.evidence for one in model.beliefs)
    for address in ("role", "expertise:kafka", "preference:length"):
        assert sum(one.address == address for one in model.beliefs) <= 1


@given(history=HISTORIES, value=st.sampled_from(["", "data engineer", "Snowflake"]), day=st.integers(0, 100))
@settings(max_examples=200)
def test_what_was_forgotten_never_comes_back_from_old_messages(
    history: list[Observation], value: str, day: int
) -> None:
    at = START + timedelta(days=day)
    address = {"": "", "data engineer": "role", "Snowflake": "tool:warehouse"}[value]
    model = forget(revise(EMPTY, [one for one in history if one.at <= at], at), address, value, at)
    again = revise(model, history, LATER)
    for one in again.observations:
        if address in ("", one.address) and value in ("", one.value):
            assert one.at > at
            assert one.source in (Source.STATED, Source.CORRECTION, Source.FEEDBACK)


@given(history=HISTORIES, day=st.integers(0, 100))
def test_as_of_reads_what_was_known_then(history: list[Observation], day: int) -> None:
    at = START + timedelta(days=day)
    known_then = revise(EMPTY, [one for one in history if one.at <= at], at)
    assert [core(one) for one in as_of(revise(EMPTY, history, LATER), at).beliefs] == [
        core(one) for one in known_then.beliefs
    ]


@given(history=HISTORIES, later=HISTORIES, days=st.lists(st.integers(-50, 400), min_size=1, max_size=3))
def test_what_is_kept_for_reading_again_changes_nothing(
    history: list[Observation], later: list[Observation], days: list[int]
) -> None:
    """A self-model is read alike whether its sums are at hand, as after revising, or not, as after loading."""
    kept = revise(learn(*history, day=101), later, START + timedelta(days=102))
    bare = replace(kept)
    assert kept == bare
    assert not bare.derived
    for day in days:
        anew, again = (read(model, START + timedelta(days=102 + day)) for model in (replace(kept), kept))
        assert read(bare, START + timedelta(days=102 + day)) == again == anew
    assert kept.derived.keys() >= bare.derived.keys() == {one.address for one in bare.beliefs}


def test_a_value_that_ends_and_begins_anew_in_one_moment_keeps_both_records() -> None:
    begun, again = (said("billing migration", at="project", source=one) for one in (Source.ASKED, Source.BEHAVIOUR))
    kept = learn(begun, again, replace(again, weight=-1, ends=True), day=2)
    assert [one.value for one in (*kept.beliefs, *kept.past)] == ["billing migration"] * 2
    later = read(replace(kept), START + timedelta(days=3))
    assert {one.recorded_at for one in (*later.beliefs, *later.past)} == {START + timedelta(days=2)}


def test_beliefs_that_were_not_derived_are_derived_at_every_reading() -> None:
    """Whoever writes beliefs by hand reads what their evidence amounts to, recorded when it is read."""
    (belief,) = learn(said("analyst")).beliefs
    made = replace(EMPTY, beliefs=(replace(belief, confidence=0.1, valid_from=START - timedelta(days=9)),))
    first, second = (read(made, START + timedelta(days=day)) for day in (1, 2))
    assert not made.derived
    assert [one.recorded_at for one in (*first.beliefs, *second.beliefs)] == [START + timedelta(days=d) for d in (1, 2)]
    assert first.beliefs[0].confidence > 0.1


def test_one_message_cannot_lift_a_belief_above_its_cap() -> None:
    (belief,) = learn(said("analyst", weight=50)).beliefs
    assert belief.confidence <= 0.92


def test_ten_messages_in_one_minute_are_not_ten_days() -> None:
    minute = learn(*(said("analyst", day=n / 14400, weight=0.4) for n in range(10)))
    days = learn(*(said("analyst", day=n, weight=0.4) for n in range(10)), day=9)
    assert minute.beliefs[0].mass < days.beliefs[0].mass


def test_an_explicit_correction_wins_at_once() -> None:
    before = [said("analyst", day=n) for n in range(5)]
    model = learn(*before, said("product manager", day=5, source=Source.CORRECTION), day=5)
    assert model.at("role") is not None
    assert model.beliefs[0].value == "product manager"
    assert [(one.value, one.superseded_by) for one in model.past] == [("analyst", "product manager")]


def test_an_implied_conflict_lowers_first_and_flips_on_repetition() -> None:
    old = said("foundational", at="expertise:kafka", weight=0.5, source=Source.ASKED)
    new = [said("advanced", at="expertise:kafka", day=n, weight=0.4, source=Source.BEHAVIOUR) for n in range(1, 5)]
    alone, once, often = learn(old), learn(old, new[0], day=1), learn(old, *new, day=4)
    assert once.beliefs[0].value == "foundational"
    assert once.beliefs[0].confidence < alone.beliefs[0].confidence
    assert often.beliefs[0].value == "advanced"


def test_only_the_same_address_retires_a_belief() -> None:
    model = learn(
        said("analyst"), said("advanced", at="expertise:sql", day=1), said("Snowflake", at="tool:warehouse", day=2)
    )
    assert model.past == ()


def test_a_statement_outweighs_the_manner_of_writing() -> None:
    manner = [said("product manager", day=n, source=Source.BEHAVIOUR) for n in range(30)]
    model = learn(*manner, said("data engineer", day=30), day=30)
    assert model.beliefs[0].value == "data engineer"


def test_a_project_ends_when_its_person_says_so(believe: Believe) -> None:
    model = believe(
        "we're working on the billing migration", "I'm working on the search rewrite", "the billing migration is done"
    )
    assert [one.value for one in model.beliefs if one.address == "project"] == ["search rewrite"]
    assert [one.value for one in model.past if one.address == "project"] == ["billing migration"]


def test_a_new_figure_replaces_the_old_one(believe: Believe) -> None:
    model = believe("our budget is 50k", "our budget went up to 80k")
    held = [one.value for one in model.beliefs if one.address == "constraint"]
    assert len(held) == 1
    assert "80k" in held[0]


@pytest.mark.parametrize(
    ("address", "source", "days", "gone"),
    [
        ("project", Source.STATED, 150, True),
        ("goal", Source.STATED, 150, True),
        ("role", Source.STATED, 150, False),
        ("project", Source.CORRECTION, 1500, False),
    ],
)
def test_evidence_fades_by_kind_towards_unknown(address: str, source: Source, days: int, gone: bool) -> None:
    model = read(learn(said("analyst", at=address, source=source)), START + timedelta(days=days))
    assert len(model.beliefs) == 1
    assert model.past == ()
    assert (model.beliefs[0].confidence < CONFIDENCE_FLOOR) is gone


def test_a_forgotten_role_comes_back_only_when_said_anew() -> None:
    at = START + timedelta(days=2)
    model = forget(learn(said("analyst"), said("analyst", day=1)), "role", "", at)
    assert model.observations == ()
    hinted = revise(model, [said("analyst", day=n, source=Source.BEHAVIOUR) for n in range(3, 30)], LATER)
    assert hinted.observations == ()
    assert revise(hinted, [said("analyst", day=31)], LATER).beliefs[0].value == "analyst"


def test_correcting_gives_the_right_value_and_takes_the_wrong_one_away() -> None:
    message = write_message("that's wrong, I'm a product manager", day=1)
    model = revise(learn(said("analyst")), correct(message, "role", "product manager", wrong="analyst"), message.at)
    assert [(one.value, one.evidence[0].quote) for one in model.beliefs] == [("product manager", message.text)]


@pytest.mark.parametrize(
    ("address", "value"), [("nonsense", "x"), ("role", "union member"), ("expertise:kafka", "great")]
)
def test_what_cannot_be_kept_is_refused(address: str, value: str) -> None:
    with pytest.raises(Refused):
        correct(write_message("x"), address, value)


def test_status_says_how_well_someone_is_known(believe: Believe) -> None:
    assert EMPTY.status is Status.UNKNOWN
    assert believe("please keep it short").status is Status.LEARNING
    assert believe("I'm a data engineer. We use Kafka.", "I'm new to Snowflake").status is Status.KNOWN


def test_observing_all_is_observing_each() -> None:
    messages = [write_message("I'm a data engineer", day=0), write_message("we use Kafka", day=1)]
    assert observe_all(messages) == observe(messages[0]) + observe(messages[1])


def test_the_manner_of_writing_does_not_put_the_directory_in_doubt() -> None:
    told = said("analyst", weight=0.4, source=Source.DIRECTORY)
    manner = [said("product manager", day=n, weight=0.1, source=Source.BEHAVIOUR) for n in range(30)]
    held = learn(told, *manner, day=30).at("role")
    assert held is not None
    assert (held.value, held.usable) == ("analyst", True)


def test_a_correction_of_what_was_just_said_takes_its_place_among_several(believe: Believe) -> None:
    model = believe("we use Kafka for events", "and Splunk for logs, we use Splunk", "scratch that, I meant Datadog")
    assert {one.value for one in model.beliefs if one.kind == "tool"} == {"Kafka", "Datadog"}
