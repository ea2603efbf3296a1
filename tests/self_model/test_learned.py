"""What is learned beside the rules: the first look, the second reading, the verdict on what either finds."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
import score_cases

from bot.self_model.gate import LEAST, likely_states
from bot.self_model.learned import find_spans, is_told, judged_ones, place
from bot.self_model.model import Source
from bot.self_model.observe import observe, observe_rules
from bot.self_model.tagger import UNKNOWN, load_network, load_pieces, split_word, tag
from bot.self_model.verdict import ANYWHERE, Words, describe, judge, load_weights
from bot.turn import Member, Message, Said

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
MIXED = (
    "I'm the new controller for the plants, and we still keep the stock list in Excel",
    "our deadline is 1 May, and what matters to me is correct numbers",
    "the CTO asked for bullets, I find them horrible",
    "no",
    "",
)


def write(text: str, *context: Said) -> Message:
    return Message(id="m", author=Member("w", "u"), text=text, at=AT, context=context)


def told(text: str, *context: Said) -> set[tuple[str, str]]:
    return {(one.address, one.value) for one in observe(write(text, *context)) if one.weight > 0}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("I'm the CTO", "role"),
        ("I'm a data engineer. How long are messages kept?", "role"),
        ("My goal is to hire two analysts", "goal"),
        ("our deadline is 1 May", "constraint"),
        ("We use Kafka", "tool:streaming"),
        ("I'm new to Kafka", "expertise:kafka"),
        ("please keep it short", "preference:length"),
        ("I'm working on the billing migration", "project"),
    ],
)
def test_what_is_said_plainly_is_kept(text: str, address: str) -> None:
    assert address in {one for one, _ in told(text)}


@pytest.mark.parametrize("text", ["ok, thanks!", "lunch?", "can you send me the link again please", ""])
def test_small_talk_is_not_read(text: str) -> None:
    assert likely_states(text) < LEAST
    assert told(text) == set()


@pytest.mark.parametrize("text", MIXED)
def test_the_rows_of_a_message_are_shares(text: str) -> None:
    tags = tag(text)
    assert tags.likely.shape == (len(tags.words), len(load_network().labels))
    assert all(math.isclose(float(row.sum()), 1, abs_tol=1e-4) for row in tags.likely)


@pytest.mark.parametrize("text", MIXED)
def test_a_verdict_is_the_regression_on_the_features_it_was_learned_with(text: str) -> None:
    message = write(text)
    tags, weights = tag(text), load_weights()
    by_rule = [place(text, one) for one in judged_ones(observe_rules(message))]
    candidates = by_rule + [one for one in find_spans(tags) if not is_told(one, by_rule)]
    shared = weights[""] + sum(ANYWHERE * weights.get(name, 0.0) for name in Words(text).anywhere())
    for one, share in zip(candidates, judge(text, tags, candidates), strict=True):
        features = dict(describe(Words(text), tags, one))
        score = shared + sum(weights.get(name, 0.0) * size for name, size in features.items())
        assert share == pytest.approx(1 / (1 + math.exp(-score)))


def test_a_quotation_is_nobodys_statement() -> None:
    assert told('she wrote: "I run payroll for all the depots and I live in Excel"') == set()
    assert told("> I'm the new controller for the plants\nwho wrote this?") == set()


@pytest.mark.parametrize("text", ["I'm diabetic and work in payroll", "as a union member I handle the shift plans"])
def test_what_is_sensitive_is_not_read_into_anything(text: str) -> None:
    assert not any("diabet" in value or "union" in value for _, value in told(text))


@pytest.mark.parametrize("text", ["my chemo is over, back full time", "done with the strike, I'm out of the union now"])
def test_what_is_sensitive_is_not_kept_as_over_either(text: str) -> None:
    assert not [one for one in observe(write(text)) if one.source is not Source.BEHAVIOUR]


def test_what_was_asked_helps_to_read_a_short_answer() -> None:
    asked = Said("agent", "Which tools does your team work with?")
    assert not (tag("Miro and a whiteboard", (asked,)).likely == tag("Miro and a whiteboard").likely).all()


def test_a_word_is_split_into_the_longest_known_pieces() -> None:
    pieces = load_pieces()
    assert split_word("payroll", pieces) == ["payroll"]
    assert "".join(one.removeprefix("##") for one in split_word("schnellzug", pieces)) == "schnellzug"
    assert split_word("\u2603", {}) == [UNKNOWN]


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("held out", 0.95, 0.75),
        ("fresh", 0.90, 0.58),
        ("final", 0.91, 0.52),
        ("sealed", 0.88, 0.35),
        ("apart", 0.83, 0.48),
    ],
)
def test_messages_that_nobody_read_are_read_as_well_as_the_docs_say(name: str, precision: float, recall: float) -> None:
    tally = score_cases.score_set(score_cases.SETS[name])
    assert tally.right / (tally.right + tally.wrong) >= precision
    assert tally.found / tally.expected >= recall
