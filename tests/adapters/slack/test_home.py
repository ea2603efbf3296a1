"""The App Home: each person's own, with what is believed of them, and buttons that do what their words say."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any
from urllib.request import urlopen

import pytest
from slack_forms import opened, submit
from slack_pilots import keep_pilot
from slack_server import Slack, words

from bot.turn import Member
from storage.sql import open_sql

VIEW: dict[str, Any] = {"type": "view", "view_id": "V1"}


def click(slack: Slack, user: str, action: str, value: str) -> None:
    """A person clicks a button of their home: such a click names no channel."""
    slack.number += 1
    body = {
        "type": "block_actions",
        "trigger_id": f"home{slack.number}",
        "team": {"id": "T1"},
        "user": {"id": user},
        "container": VIEW,
        "actions": [{"action_id": action, "value": value, "type": "button"}],
    }
    assert slack.send(body, form=True) == 200


def tell(slack: Slack, user: str, text: str) -> None:
    """A person writes to the bot alone, and is answered."""
    before = len(direct(slack, user))
    slack.say(text, kind="message", user=user, channel=f"D{user}", channel_type="im")
    slack.wait(lambda _: len(direct(slack, user)) > before)


def direct(slack: Slack, user: str) -> list[dict[str, Any]]:
    return [one for one in slack.posted() if one["channel"] == f"D{user}"]


def test_who_was_never_asked_is_asked_there(slack: Slack) -> None:
    slack.open_home("U21")
    home = slack.wait_for_home("U21", "May I learn from what you write?")
    assert "Learn from what I write" in json.dumps(home)
    click(slack, "U21", "daytwo_say_agree", "start learning")
    slack.wait_for_home("U21", "Learning is on")
    slack.wait(lambda _: any("From now on I learn" in words(one) for one in direct(slack, "U21")))


def test_it_shows_what_is_believed_and_why_and_forgets_at_a_click(slack: Slack) -> None:
    tell(slack, "U22", "start learning")
    tell(slack, "U22", "I'm a data engineer. How long is the retention of messages?")
    slack.open_home("U22")
    home = slack.wait_for_home("U22", "data engineer")
    entry, buttons = next(
        (one, below) for one, below in pairwise(home["blocks"]) if "data engineer" in json.dumps(one.get("text"))
    )
    assert "you said" in entry["text"]["text"]
    assert "slack.com/archives/DU22" in entry["text"]["text"]
    assert "%" in entry["text"]["text"]
    button = buttons["elements"][1]
    click(slack, "U22", button["action_id"], button["value"])
    slack.wait(lambda _: any("Receipt" in words(one) for one in direct(slack, "U22")))
    slack.open_home("U22")
    slack.wait_for_home("U22", "I believe nothing about you.")


def test_it_is_nobody_elses(slack: Slack) -> None:
    tell(slack, "U23", "start learning")
    tell(slack, "U23", "I'm a product manager. How long is the retention of messages?")
    slack.open_home("U24")
    assert "product manager" not in json.dumps(slack.wait_for_home("U24", "What I believe about you"))


async def test_a_champion_sees_the_last_digest_and_nobody_else_does(slack: Slack) -> None:
    await keep_pilot(slack, "p3", "U25")
    slack.open_home("U25")
    assert "Evaluators of *Relay*: everyone who asks" in json.dumps(slack.wait_for_home("U25", "Better for two."))
    assert "Ask Ben &lt;what&gt;" in json.dumps(slack.wait_for_home("U25", "Better for two."))
    slack.open_home("U26")
    assert "Better for two." not in json.dumps(slack.wait_for_home("U26", "The champion sees"))


def test_forgetting_everything_is_asked_about_first(slack: Slack) -> None:
    slack.open_home("U27")
    home = slack.wait_for_home("U27", "Forget everything")
    (button,) = [
        one for block in home["blocks"] for one in block.get("elements", []) if one.get("value") == "forget everything"
    ]
    assert button["confirm"]["deny"]["text"] == "Keep"


@pytest.mark.parametrize("fields", [{"tab": "about"}, {"tab": 7}, {"user": ""}])
def test_what_is_not_the_home_shows_none(slack: Slack, fields: dict[str, Any]) -> None:
    assert slack.event(**({"type": "app_home_opened", "user": "U28", "channel": "DU28", "tab": "home"} | fields)) == 200
    slack.open_home("U29")
    slack.wait_for_home("U29", "What I believe about you")
    with urlopen(f"{slack.standin}/views") as response:
        assert "U28" not in json.load(response)


@pytest.mark.parametrize("action", ["daytwo_shoe", "", "daytwo_say_", "daytwo_why"])
def test_an_action_that_it_does_not_know_is_acknowledged(slack: Slack, action: str) -> None:
    click(slack, "U30", action, "")
    slack.open_home("U30")
    slack.wait_for_home("U30", "What I believe about you")


def test_a_forged_opening_is_turned_away(slack: Slack) -> None:
    event = {"type": "app_home_opened", "user": "U31", "channel": "DU31", "tab": "home"}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "EvForgedHome", "event": event}
    assert slack.send(body, secret="another") == 401


async def test_an_administrator_sees_what_runs_it_and_sets_up_a_pilot(slack: Slack) -> None:
    slack.prepare("people", people=[{"id": "U32", "team_id": "T1", "is_admin": True, "profile": {}}])
    slack.open_home("U32")
    home = slack.wait_for_home("U32", "Running Daytwo")
    shown = json.dumps(home)
    assert "Documents: 1; looked at" in shown
    assert "Given up: nothing" in shown
    change = next(one for one in home["blocks"] if one.get("accessory", {}).get("action_id") == "daytwo_pilot")
    click(slack, "U32", "daytwo_pilot", change["accessory"]["value"])
    form = opened(slack, "pilot")
    state = {"name": "", "champions": ["U32"], "starts": "soon", "digest_hour": "25", "ends": ""}
    errors = submit_pilot(slack, form, state)["errors"]
    assert set(errors) == {"name", "starts", "digest_hour"}
    assert submit_pilot(slack, form, state | {"name": "Relay two", "starts": "2026-11-02", "digest_hour": "7"}) == {}
    slack.wait(lambda _: any("Relay two" in words(one) for one in direct(slack, "U32")))
    async with open_sql(slack.database) as stores:
        (kept,) = [one for one in await stores.pilots.all("T1") if one.name == "Relay two"]
    assert (kept.champions, kept.digest_hour) == ((Member("T1", "U32"),), 7)


def submit_pilot(slack: Slack, form: dict[str, Any], state: dict[str, Any]) -> dict[str, Any]:
    """Send the pilot's form as an administrator."""
    return submit(slack, form, state, user="U32")


def test_nobody_else_sees_what_runs_it_or_opens_the_form(slack: Slack) -> None:
    slack.open_home("U33")
    assert "Running Daytwo" not in json.dumps(slack.wait_for_home("U33", "What I believe about you"))
    before = len(slack.state()["modals"])
    click(slack, "U33", "daytwo_pilot", "new")
    form = {"callback_id": "daytwo_pilot", "private_metadata": "{}"}
    state = {"name": "Mine", "champions": ["U33"], "starts": "2026-11-02"}
    assert submit(slack, form, state, user="U33") == {}
    slack.wait(lambda _: any("Only an administrator" in words(one) for one in direct(slack, "U33")))
    assert len(slack.state()["modals"]) == before
