"""The reviewers' channel: posted once, closed in place, and told of where it cannot be reached."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.request import urlopen

import pytest
from slack_server import Slack, replies_to, words

from adapters.slack.pilot_form import make_pilot_form, read_values
from bot.pilot.form import make_form
from bot.pilot.model import Pilot, Ring
from bot.turn import Member
from storage.sql import open_sql

QUESTION = "How long is the retention of messages?"
ARCHIVED, CHANNEL = "C80", "C81"


async def keep_pilot(slack: Slack, reviewers: str) -> None:
    """A running pilot whose reviewers read there."""
    today = date(2026, 1, 1)
    async with open_sql(slack.database, migrate=False) as stores:
        await stores.pilots.save(
            Pilot(
                id="reviewed",
                workspace="T1",
                name="Relay",
                champions=(Member("T1", "U80"),),
                starts=today,
                platform="slack",
                rings=(Ring(opens=today, channels=("C1",)),),
                reviewers=reviewers,
            )
        )


@pytest.fixture
def archived(slack: Slack) -> Iterator[None]:
    """A channel in which nobody can write any more, for a while."""
    slack.prepare("people", archived=[ARCHIVED])
    yield
    slack.prepare("people", archived=[])


def call_wrong(slack: Slack, user: str) -> str:
    """Someone who agreed asks in a channel, and says that the answer is wrong; their question's ts."""
    slack.say("start learning", kind="message", user=user, channel=f"D{user}", channel_type="im")
    slack.wait(
        lambda posted: any("From now on I learn" in words(one) for one in posted if one["channel"] == f"D{user}")
    )
    thread = slack.say(f"<@UBOT> {QUESTION}", user=user)
    slack.wait(lambda posted: bool(replies_to(posted, thread)))
    told = {"kind": "message", "user": user, "thread_ts": thread}
    slack.say("that is wrong", **told)
    return thread


def cards(slack: Slack, channel: str) -> list[dict[str, Any]]:
    here = [one for one in slack.posted() if one["channel"] == channel and one["method"] != "chat.postEphemeral"]
    return [
        one for one in here if (one.get("metadata") or {}).get("event_payload", {}).get("key", "").startswith("rev")
    ]


def press(slack: Slack, card: dict[str, Any], title: str, user: str, channel: str) -> None:
    elements = [one for block in card["blocks"] if block["type"] == "actions" for one in block["elements"]]
    button = next(one for one in elements if one["text"]["text"] == title)
    where = {"channel": channel, "message_ts": card["ts"]}
    assert slack.click(button["action_id"], button["value"], user=user, **where) == 200


async def test_what_was_called_wrong_is_posted_where_reviewers_read_and_closed_there(slack: Slack) -> None:
    await keep_pilot(slack, CHANNEL)
    call_wrong(slack, "U81")
    slack.wait(lambda _: bool(cards(slack, CHANNEL)))
    (card,) = cards(slack, CHANNEL)
    assert QUESTION in words(card)
    assert "14 days" in words(card)
    assert "U81" not in words(card)
    press(slack, card, "Done", "U82", CHANNEL)
    slack.wait(lambda _: "Done by" in words(cards(slack, CHANNEL)[0]))
    (closed,) = cards(slack, CHANNEL)
    assert closed["ts"] == card["ts"]
    assert QUESTION not in words(closed)
    press(slack, card, "Dismiss", "U83", CHANNEL)  # by someone whose client shows the card as it was
    (told,) = slack.wait_for("U83")
    assert "closed already. Done by" in words(told)


async def test_a_channel_that_is_archived_is_told_of_and_another_one_gets_what_waits(
    slack: Slack, archived: None
) -> None:
    await keep_pilot(slack, ARCHIVED)
    call_wrong(slack, "U84")

    def refused() -> int:
        with urlopen(f"{slack.server}/health") as response:
            return int(json.load(response)["queues"]["reviews"]["not posted"])

    slack.wait_until(lambda: refused() == 1)
    slack.say("<@UBOT> pilot reviewers here", user="U80", channel="C82")
    slack.wait(lambda _: bool(cards(slack, "C82")))
    assert cards(slack, ARCHIVED) == []
    slack.wait_until(lambda: refused() == 0)
    press(slack, cards(slack, "C82")[0], "Dismiss", "U80", "C82")
    slack.wait(lambda _: "Dismissed by" in words(cards(slack, "C82")[0]))


async def test_a_card_pressed_elsewhere_or_about_nothing_changes_nothing(slack: Slack) -> None:
    await keep_pilot(slack, CHANNEL)
    call_wrong(slack, "U85")
    slack.wait(lambda _: len(cards(slack, CHANNEL)) == 2)
    card = cards(slack, CHANNEL)[1]
    press(slack, card, "Done", "U86", "C83")
    assert "not where reviewers read" in words(slack.wait_for("U86")[0])
    assert slack.click("daytwo_review_done", "wrong/none", user="U87", channel=CHANNEL) == 200
    assert "not to be reviewed any more" in words(slack.wait_for("U87")[0])
    assert slack.click("daytwo_review_shred", card["metadata"]["event_payload"]["key"], user="U88") == 200
    assert "not to be reviewed any more" in words(slack.wait_for("U88")[0])
    assert "Done by" not in words(cards(slack, CHANNEL)[1])
    async with open_sql(slack.database, migrate=False) as stores:
        assert [one.kind for one in await stores.journal.reviews("T1") if one.exchange] == ["called wrong"]


async def test_a_guest_who_reads_along_closes_nothing(slack: Slack) -> None:
    slack.prepare("people", people=[{"id": "U92", "team_id": "T1", "is_restricted": True, "profile": {}}])
    await keep_pilot(slack, "C84")
    call_wrong(slack, "U91")
    slack.wait(lambda _: bool(cards(slack, "C84")))
    card = cards(slack, "C84")[-1]
    press(slack, card, "Done", "U92", "C84")
    assert "Only people of this workspace" in words(slack.wait_for("U92")[0])
    assert "Done by" not in words(cards(slack, "C84")[-1])
    press(slack, card, "Dismiss", "U90", "C84")
    slack.wait(lambda _: "Dismissed by" in words(cards(slack, "C84")[-1]))


def test_the_channel_can_be_picked_in_the_form_of_the_pilot() -> None:
    pilot = Pilot(id="p", workspace="T1", name="Relay", champions=(), starts=date(2026, 1, 1), reviewers="C81")
    blocks: Any = make_pilot_form(make_form(pilot))["blocks"]
    (element,) = [one["element"] for one in blocks if one["block_id"] == "reviewers"]
    assert (element["type"], element["initial_conversation"]) == ("conversations_select", "C81")
    picked = {"reviewers": {"reviewers": {"type": "conversations_select", "selected_conversation": "C82"}}}
    assert read_values({"view": {"state": {"values": picked}}}) == {"reviewers": "C82"}
    emptied = {"reviewers": {"reviewers": {"type": "conversations_select", "selected_conversation": None}}}
    assert read_values({"view": {"state": {"values": emptied}}}) == {"reviewers": ""}
