"""Proof by measures that need no judge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pilot_samples import Person, ask, rate

from bot.pilot.model import Feedback, Replayed
from bot.pilot.proof import (
    Rerun,
    cited,
    compare,
    context_used,
    depth_match,
    join,
    measure_lift,
    resolved_pair,
    wanted_depth,
)
from bot.self_model.model import Belief, Observation, Source
from bot.turn import Assumption, Decision, Depth, Exchange, Reply

AT = datetime(2026, 10, 5, tzinfo=UTC)
REPLY = Reply(decision=Decision.ANSWER, text="Data is kept for 90 days [1].", confidence=0.9)


def belief(address: str, value: str, source: Source = Source.STATED) -> Belief:
    seen = Observation(address=address, value=value, weight=1, source=source, quote="…", message="m", at=AT)
    return Belief(address=address, value=value, confidence=0.8, mass=1, evidence=(seen,), valid_from=AT, recorded_at=AT)


def test_context_used_is_the_share_of_what_bears_on_the_question() -> None:
    beliefs = (belief("role", "CTO"), belief("project", "billing"))
    assert context_used(beliefs, REPLY) == 0
    assert context_used(beliefs, replace(REPLY, beliefs_used=("role", "tool:chat"))) == 0.5
    assert context_used((), REPLY) == 1


@pytest.mark.parametrize(
    ("beliefs", "depth"),
    [
        ((), None),
        ((belief("preference:depth", "expert"), belief("expertise:kafka", "foundational")), Depth.EXPERT),
        ((belief("expertise:kafka", "foundational"),), Depth.FOUNDATIONAL),
        ((belief("expertise:kafka", "expert"), belief("expertise:sql", "working")), Depth.ADVANCED),
        ((belief("expertise:kafka", "expert", Source.BEHAVIOUR),), None),
        ((belief("preference:depth", "as deep as it gets"),), None),
    ],
)
def test_the_depth_wanted_is_what_was_said_and_never_what_was_inferred(
    beliefs: tuple[Belief, ...], depth: Depth | None
) -> None:
    assert wanted_depth(beliefs) is depth


def test_depth_match_falls_with_each_step_away() -> None:
    beliefs = (belief("preference:depth", "expert"),)
    matches = [depth_match(beliefs, replace(REPLY, depth=depth)) for depth in Depth]
    assert matches == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_resolved_counts_the_mentions_either_side_had_to_take_to_mean_something() -> None:
    mine, project = Assumption("mine", "Kafka", "tool:streaming"), Assumption("my project", "billing", "project")
    first, now = replace(REPLY, assumptions=(mine,)), replace(REPLY, assumptions=(mine, project))
    assert resolved_pair(first, now) == (0.5, 1.0)
    assert resolved_pair(REPLY, REPLY) == (1.0, 1.0)


def test_asking_back_resolves_nothing() -> None:
    asking = replace(REPLY, decision=Decision.ASK)
    assert resolved_pair(asking, REPLY) == (0.0, 1.0)
    assert resolved_pair(asking, asking) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Data is kept for 90 days [1].", 1),
        ("Data is kept for 90 days.", 0),
        ("Data is kept for 90 days [1].\n\nIt is then deleted for good.", 0.5),
        ("# Retention of data in the product\n\nData is kept for 90 days [1].", 1),
        ("You can choose between these two:\n- one is to keep it [1]\n- one is to drop it [2]", 1),
        ("Run this command to get started [1].\n\n```sh\nrun this and that and more\n```", 1),
        ("Yes.", 1),
    ],
)
def test_cited_counts_paragraphs_and_items_that_claim_something(text: str, share: float) -> None:
    assert cited(replace(REPLY, text=text)) == share


def test_a_question_back_claims_nothing() -> None:
    assert cited(replace(REPLY, decision=Decision.ASK, text="Which of the two do you mean by that?")) == 1


def test_nothing_to_compare_is_none() -> None:
    assert compare([]) is None
    assert join([]) is None


def test_replays_are_joined_by_question() -> None:
    one = Replayed(n=1, context_used=(0, 1), depth_match=(1, 1), resolved=(1, 1), cited=(1, 1))
    other = Replayed(n=3, context_used=(0, 0), depth_match=(1, 1), resolved=(1, 1), cited=(1, 1))
    joined = join([one, other])
    assert joined
    assert (joined.n, joined.context_used) == (4, (0, 0.25))


def test_a_comparison_is_the_mean_over_questions() -> None:
    known = (belief("role", "CTO"),)
    used = replace(REPLY, beliefs_used=("role",))
    compared = compare([Rerun(first=REPLY, now=used, beliefs=known), Rerun(first=REPLY, now=REPLY, beliefs=known)])
    assert compared
    assert compared.context_used == (0, 0.5)


def rated(n: int, rating: float, *, held_back: bool, start: int = 0) -> tuple[list[Exchange], list[Feedback]]:
    person = Person("CTO")
    exchanges = [replace(ask(person, 1, start + i), held_back=held_back) for i in range(n)]
    return exchanges, [rate(one, rating + (0.3 if i % 2 else -0.3)) for i, one in enumerate(exchanges)]


def test_the_lift_is_the_difference_with_its_interval_and_numbers() -> None:
    (held, said), (given_, also) = rated(8, 3.0, held_back=True), rated(12, 4.2, held_back=False, start=20)
    lift = measure_lift([*held, *given_], [*said, *also])
    assert lift
    assert lift.difference == pytest.approx(1.2)
    assert lift.low < 1.2 < lift.high
    assert lift.low > 0
    assert (lift.with_model, lift.held_back) == (12, 8)


def test_no_lift_is_told_from_four_answers_or_of_one_person_where_more_are_asked_for() -> None:
    (held, said), (given_, also) = rated(4, 3.0, held_back=True), rated(12, 4.2, held_back=False, start=20)
    assert measure_lift([*held, *given_], [*said, *also]) is None
    (held, said) = rated(8, 3.0, held_back=True)
    assert measure_lift([*held, *given_], [*said, *also], people=5) is None


@given(st.floats(1.3, 4.7))
def test_no_difference_is_not_called_one(rating: float) -> None:
    (held, said), (given_, also) = rated(9, rating, held_back=True), rated(9, rating, held_back=False, start=20)
    lift = measure_lift([*held, *given_], [*said, *also])
    assert lift
    assert lift.low < 0 < lift.high
