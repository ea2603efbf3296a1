"""The control group, and the question most people asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pilot_samples import CHAMPION, PILOT, Person, ask, moment

from bot.pilot.compare import find_shared_question, is_alike
from bot.pilot.holdback import draw, is_held_back, takes_part
from bot.pilot.model import Pilot
from bot.turn import Citation, Decision, Exchange, Member

SOMEONE = Member("W", "U1")
CITED = Citation(number=1, passage="p", document="d", title="T", excerpt="…")


def test_the_share_is_kept_and_a_retry_draws_the_same() -> None:
    pilot = replace(PILOT, holdback=0.2)
    held = [is_held_back([pilot], SOMEONE, f"m{i}", moment(2)) for i in range(5000)]
    assert sum(held) / len(held) == pytest.approx(0.2, abs=0.02)
    assert held == [is_held_back([pilot], SOMEONE, f"m{i}", moment(2)) for i in range(5000)]
    assert draw("m1") != draw("m2")


def test_without_a_holdback_or_a_pilot_nothing_is_held_back() -> None:
    assert not any(is_held_back([PILOT], SOMEONE, f"m{i}", moment(2)) for i in range(100))
    assert not is_held_back([], SOMEONE, "m", moment(2))


@pytest.mark.parametrize(
    ("pilot", "member", "day", "counted"),
    [
        (PILOT, SOMEONE, 1, True),
        (PILOT, SOMEONE, 0, False),
        (replace(PILOT, ends=PILOT.starts + timedelta(days=1)), SOMEONE, 2, True),
        (replace(PILOT, ends=PILOT.starts + timedelta(days=1)), SOMEONE, 3, False),
        (PILOT, CHAMPION, 1, False),
        (PILOT, Member("elsewhere", "U1"), 1, False),
        (replace(PILOT, evaluators=(Member("W", "U2"),)), SOMEONE, 1, False),
    ],
)
def test_only_a_running_pilots_evaluators_take_part(pilot: Pilot, member: Member, day: int, counted: bool) -> None:
    assert takes_part(pilot, member, moment(day)) == counted


def say(name: str, text: str, number: int, decision: Decision = Decision.ANSWER) -> Exchange:
    exchange = ask(Person(name), 1, number, decision)
    message = replace(exchange.turn.message, text=text)
    reply = replace(exchange.reply, citations=(CITED,))
    return replace(exchange, turn=replace(exchange.turn, message=message), reply=reply)


def test_the_question_most_people_asked_is_found_with_the_latest_of_each() -> None:
    asked = [
        say("CTO", "How do you keep our data safe?", 1),
        say("Analyst", "so how do you keep the data safe?", 2),
        say("CTO", "How do you keep our data safe??", 3),
        say("CTO", "What does it cost per month?", 4),
        say("Engineer", "How do you keep our data safe?", 5, Decision.DECLINE),
    ]
    shared = find_shared_question(asked)
    assert [one.asker.id for one in shared] == ["cto", "analyst"]
    assert shared[0].turn.message.text.endswith("??")


def test_nothing_asked_shares_nothing() -> None:
    assert find_shared_question([]) == ()
    assert not is_alike(say("CTO", "?", 1), say("CTO", "!", 2))
