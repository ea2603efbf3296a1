"""The same on every platform: what went wrong reaches the reviewers, as far as they may see it, and is closed once."""

from __future__ import annotations

from typing import Any

import pytest
from capabilities import ONE_READER, capability
from desks import Card, patiently

QUESTION = "How long is the retention of messages?"
AGREE = "yes, learn from what I write"
WRONG = "An answer was called wrong"
PILOT = "pilot set up\nName: Relay\nChampions: {boss}\nStarts: 2026-01-01\nChannels: {channel}"


@pytest.fixture
def reviewed(desk: Any) -> Any:
    """A desk with a pilot whose reviewers have a channel, and nothing left to review."""
    if desk.name != "Terminal" and not desk.rows("select id from pilot"):
        words = PILOT.format(boss=desk.member("boss"), channel=desk.channel)
        assert "Set up" in desk.answers(desk.ask(words, user="boss"))[0]
        desk.name_reviewers("boss")
        desk.told_alone("boss", None, "From now on I post here")
    return desk


def call_wrong(desk: Any, user: str, where: str = "channel") -> None:
    """Agree, ask, and say that the answer is wrong."""
    desk.answers(desk.ask(AGREE, user=user))
    asked = desk.ask(QUESTION, user=user, where="own" if desk.name == "Terminal" else where)
    desk.answers(asked)
    desk.follow_up(asked, "that is wrong")


def is_open(card: Card) -> bool:
    return WRONG in card.shown and "Done by" not in card.shown and "Dismissed by" not in card.shown


def open_card(desk: Any) -> Card:
    """The one card that is open."""
    (found,) = patiently(lambda: [one for one in desk.cards() if is_open(one)])
    assert isinstance(found, Card)
    return found


def close(desk: Any, card: Card) -> None:
    """Leave nothing open for the next dialog."""
    desk.press_card(card, "Dismiss", user="boss")
    patiently(lambda: not any(map(is_open, desk.cards())))


@capability("What was called wrong is shown to reviewers, and closed once, with a name")
def test_what_was_called_wrong(reviewed: Any) -> None:
    desk = reviewed
    call_wrong(desk, "critical")
    card = open_card(desk)
    if desk.name != "Terminal":  # there all is said in a direct conversation
        assert QUESTION in card.shown
        assert "14 days" in card.shown
        assert desk.member("critical") not in card.shown
    desk.press_card(card, "Done", user="kim")
    if desk.name == "Terminal":
        assert desk.cards() == []
        assert "1 item closed as done." in desk.told_alone("kim", None, "closed")
    else:
        (closed,) = patiently(lambda: [one for one in desk.cards() if "Done by" in one.shown])
        assert QUESTION not in closed.shown
    desk.press_card(card, "Dismiss", user="late")
    already = "0 items closed" if desk.name == "Terminal" else "closed already"
    assert already in desk.told_alone("late", None, already)
    assert desk.rows("select outcome from review where kind = ?", "called wrong") == [("done",)]


@capability("What was said in a direct conversation is not shown to reviewers")
def test_a_direct_conversation(reviewed: Any) -> None:
    desk = reviewed
    call_wrong(desk, "shy", where="own")
    card = open_card(desk)
    assert "said in a direct conversation" in card.shown
    assert QUESTION not in card.shown
    assert "14 days" not in card.shown
    close(desk, card)


@capability("What somebody has erased stands on no open card either", terminal=ONE_READER)
def test_erased_words(reviewed: Any) -> None:
    desk = reviewed
    call_wrong(desk, "eraser", where="channel")
    assert QUESTION in open_card(desk).shown
    desk.answers(desk.ask("forget everything", user="eraser"))
    patiently(lambda: QUESTION not in open_card(desk).shown)
    close(desk, open_card(desk))


@capability("The reviewers' channel is named there, by who may", terminal=ONE_READER)
def test_naming_the_channel(reviewed: Any) -> None:
    desk = reviewed
    held = desk.rows("select body from pilot")
    desk.name_reviewers("nobody")
    desk.told_alone("nobody", None, "Only an administrator")
    desk.ask("pilot reviewers here", user="boss")
    desk.told_alone("boss", None, "mention me there")
    assert desk.rows("select body from pilot") == held


@capability("A card pressed elsewhere, or about nothing, changes nothing")
def test_pressed_elsewhere(reviewed: Any) -> None:
    desk = reviewed
    call_wrong(desk, "strict")
    card = open_card(desk)
    if desk.name == "Terminal":
        desk.press_card(Card("wrong/nothing", ""), "Done", user="stray")
        desk.told_alone("stray", None, "0 items closed")
    else:
        desk.press_card(card, "Done", user="stray", elsewhere=True)
        desk.told_alone("stray", None, "not where reviewers read")
    assert open_card(desk).shown == card.shown
    close(desk, card)
