"""Consent, picking, telling, retention: the pure words and rules around a self-model."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.self_model.model import Belief, Observation, SelfModel, Source, Tombstone
from bot.self_model.observe import observe
from bot.self_model.revise import revise
from bot.trust import consent, telling
from bot.trust.model import Consent, Receipt
from bot.trust.pick import address_for, pick_beliefs, pick_targets
from bot.turn import Member, Message

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
SOMEONE = Member("acme", "a")


def observation(address: str, value: str, quote: str = "", days: int = 0) -> Observation:
    return Observation(
        address=address,
        value=value,
        weight=1.0,
        source=Source.STATED,
        quote=quote or f"about {value}",
        message=f"m-{value}",
        at=NOW - timedelta(days=days),
        permalink=f"https://chat.example/{address}",
    )


def belief(address: str, value: str, confidence: float = 0.9) -> Belief:
    seen = observation(address, value)
    return Belief(
        address=address,
        value=value,
        confidence=confidence,
        mass=1.0,
        evidence=(seen,),
        valid_from=NOW,
        recorded_at=NOW,
    )


MODEL = SelfModel(
    member=SOMEONE,
    beliefs=(
        belief("role", "engineering manager"),
        belief("expertise:kafka", "advanced"),
        belief("expertise:sql", "working"),
        belief("tool:streaming", "Kafka"),
        belief("goal", "cut the warehouse bill"),
        belief("goal", "ship the churn dashboard", 0.2),
    ),
    past=(replace(belief("role", "analyst"), valid_to=NOW),),
)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("my role", ["engineering manager", "analyst"]),
        ("role", ["engineering manager", "analyst"]),
        ("I'm a manager", ["engineering manager"]),
        ("that I use Kafka", ["advanced", "Kafka"]),
        ("expertise:kafka", ["advanced"]),
        ("my expertise", ["advanced", "working"]),
        ("my sql skills", ["working"]),
        ("my goals", ["cut the warehouse bill", "ship the churn dashboard"]),
        ("goal cut the warehouse bill", ["cut the warehouse bill"]),
        ("expertise:kafka advanced", ["advanced"]),
        ("expertise:sql advanced", []),
        ("role analyst", ["analyst"]),
        ("role manager", ["engineering manager"]),
        ("my project", []),
        ("my flying licence", []),
        ("my", []),
    ],
)
def test_words_pick_the_beliefs_that_are_meant(words: str, values: list[str]) -> None:
    assert [one.value for one in pick_beliefs(MODEL, words)] == values


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        ("my role", (("role", ""),)),
        ("my expertise", (("expertise:kafka", ""), ("expertise:sql", ""))),
        ("expertise:rust", (("expertise:rust", ""),)),
        ("goal cut the warehouse bill", (("goal", "cut the warehouse bill"),)),
        ("my flying licence", ()),
    ],
)
def test_a_kind_or_address_covers_all_that_is_there(words: str, targets: tuple[tuple[str, str], ...]) -> None:
    assert pick_targets(MODEL, words) == targets


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("role", "role"),
        ("expertise:kafka", "expertise:kafka"),
        ("sql skill", "expertise:sql"),
        ("warehouse bill", "goal"),
        ("kafka", ""),
        ("shoe size", ""),
    ],
)
def test_words_name_one_address_or_none(words: str, address: str) -> None:
    assert address_for(MODEL, words) == address


def test_beliefs_are_told_with_words_number_quote_and_link_and_unused_ones_marked() -> None:
    told = telling.tell_beliefs(MODEL, consent.agree(Consent(member=SOMEONE), NOW))
    assert "role: engineering manager (sure, 90%)" in told
    assert "“about engineering manager” ([5 October](https://chat.example/role))" in told
    assert "ship the churn dashboard (a guess, 20%, too unsure to use)" in told
    assert "Learning is on" in told


def test_a_receipt_says_what_is_gone_in_plain_numbers() -> None:
    receipt = Receipt(id="r1", member=SOMEONE, at=NOW, scope="role", removed={"beliefs": 1, "observations": 3})
    assert telling.tell_receipt(receipt) == (
        "Done. What I held on role is gone: 1 belief, 3 observations. Nothing that you wrote before now can bring it "
        "back. Receipt: `r1`."
    )


def test_an_export_holds_past_beliefs_and_what_was_forgotten_without_its_value() -> None:
    model = replace(MODEL, tombstones=(Tombstone(address="project", value="secret thing", at=NOW),))
    document = json.loads(telling.export_json(model, Consent(member=SOMEONE), (), (), ()))
    assert [one["value"] for one in document["past"]] == ["analyst"]
    assert document["forgotten"] == [{"address": "project", "at": NOW.isoformat()}]
    assert "secret thing" not in json.dumps(document)


def test_an_export_makes_no_past_beliefs_of_what_was_only_said_to_be_over() -> None:
    message = Message(id="m1", author=SOMEONE, text="we dropped Kafka last week", at=NOW)
    model = revise(SelfModel(member=SOMEONE), observe(message), NOW)
    document = json.loads(telling.export_json(model, Consent(member=SOMEONE), (), (), ()))
    assert (document["beliefs"], document["past"]) == ([], [])
    assert {one["message"] for one in document["said to be over"]} == {"m1"}


def test_consent_is_nothing_until_given_and_can_be_paused_and_withdrawn() -> None:
    new = Consent(member=SOMEONE)
    assert consent.is_open(new)
    assert consent.why_not_learning(new) == "no consent"
    agreed = consent.agree(new, NOW)
    assert consent.why_not_learning(agreed) == ""
    assert consent.why_not_learning(consent.pause(agreed, NOW)) == "paused"
    assert consent.resume(consent.pause(agreed, NOW), NOW) == agreed
    assert not consent.is_open(consent.decline(new, NOW))


@pytest.mark.parametrize(
    "given",
    [
        Consent(member=SOMEONE),
        consent.agree(Consent(member=SOMEONE), NOW),
        consent.pause(consent.agree(Consent(member=SOMEONE), NOW), NOW),
        consent.decline(Consent(member=SOMEONE), NOW),
        replace(consent.agree(Consent(member=SOMEONE), NOW), private_in_public=True),
    ],
)
def test_every_consent_can_be_told_in_a_sentence(given: Consent) -> None:
    assert consent.describe(given).endswith(".")


def test_the_consent_question_names_what_is_never_kept_and_what_the_champion_sees() -> None:
    for word in ("health", "religion", "union", "pay", "champion", "export", "forgotten"):
        assert word in consent.QUESTION
