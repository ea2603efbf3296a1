"""/daytwo: whatever is asked by it is answered where the person is, and to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from slack_pilots import keep_pilot
from slack_server import Slack, words

from adapters.slack.commands import put_into_words
from adapters.slack.translate import identify
from bot.trust.commands import parse_command

QUESTION = "ask How long is the retention of messages?"


def open_posts(slack: Slack) -> list[str]:
    """What everyone in a channel can read."""
    return [words(one) for one in slack.posted() if one["method"] == "chat.postMessage" and one["channel"][0] != "D"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "help"),
        ("help", "help"),
        ("ASK", "help"),
        ("ask  How long? ", "How long?"),
        ("Ask how long?", "how long?"),
        ("asking for a friend: how long?", "asking for a friend: how long?"),
        ("me", "what do you believe about me"),
        ("forget", "forget this"),
        ("forget my role", "forget my role"),
        ("pause", "pause"),
    ],
)
def test_what_is_typed_says(typed: str, said: str) -> None:
    assert put_into_words(typed) == said


@pytest.mark.parametrize("typed", ["", "help", "me", "forget", "forget my role", "forget everything", "pause"])
def test_what_is_no_question_is_a_command_of_the_chat(typed: str) -> None:
    assert parse_command(put_into_words(typed))


def test_a_question_is_answered_to_its_asker_alone(slack: Slack) -> None:
    before = open_posts(slack)
    assert slack.command(QUESTION, user="U11") == 200
    shown = slack.wait_for("U11")
    assert "14 days" in words(shown[0])
    assert shown[0]["channel"] == "C1"
    assert "thread_ts" not in shown[0]
    assert open_posts(slack) == before


def test_its_buttons_answer_there_too(slack: Slack) -> None:
    assert slack.command(QUESTION, user="U12") == 200
    shown = slack.wait_for("U12")
    exchange = next(one["value"] for one in shown[0]["blocks"][-1]["elements"] if "deeper" in one["action_id"])
    before = open_posts(slack)
    assert slack.click("daytwo_again_deeper", exchange, user="U12", is_ephemeral=True) == 200
    slack.wait(lambda _: len([one for one in slack.wait_for("U12") if "14 days" in words(one)]) == 2)
    assert open_posts(slack) == before


def test_what_is_believed_of_someone_is_shown_to_them_alone(slack: Slack) -> None:
    before = open_posts(slack)
    assert slack.command("start learning", user="U13") == 200
    slack.wait_for("U13")
    assert slack.command("ask I'm a data engineer. How many days are messages kept?", user="U13") == 200
    slack.wait(lambda _: any("14 days" in words(one) for one in slack.wait_for("U13")))
    assert slack.command("me", user="U13") == 200
    slack.wait(lambda _: any("data engineer" in words(one) for one in slack.wait_for("U13")))
    assert slack.command("forget my role", user="U13") == 200
    slack.wait(lambda _: any("Receipt" in words(one) for one in slack.wait_for("U13")))
    assert open_posts(slack) == before
    assert not [one for one in slack.posted() if one.get("user") not in (None, "U13") and "engineer" in words(one)]


def test_where_the_bot_is_not_it_answers_in_the_direct_conversation(slack: Slack) -> None:
    assert slack.command(QUESTION, user="U14", channel="C9") == 200
    found = slack.wait(lambda posted: any(one["channel"] == "DU14" for one in posted))
    (direct, *_) = [one for one in found if one["channel"] == "DU14"]
    assert "14 days" in words(direct)


def test_the_buttons_under_it_know_what_they_are_about(slack: Slack) -> None:
    def answers() -> int:
        return sum("14 days" in words(one) for one in slack.posted() if one["channel"] == "DU20")

    assert slack.command(QUESTION, user="U20", channel="C9") == 200
    slack.wait(lambda _: answers() == 1)
    direct = next(one for one in slack.posted() if one["channel"] == "DU20" and "14 days" in words(one))
    exchange = next(one["value"] for one in direct["blocks"][-1]["elements"] if "deeper" in one["action_id"])
    assert slack.click("daytwo_again_deeper", exchange, user="U20", channel="DU20") == 200
    slack.wait(lambda _: answers() == 2)


async def test_how_the_pilot_stands_is_for_its_champion(slack: Slack) -> None:
    await keep_pilot(slack, "p2", "U15")
    assert slack.command("pilot", user="U15") == 200
    assert "Better for two." in words(slack.wait_for("U15")[0])
    assert slack.command("pilot", user="U16") == 200
    told = words(slack.wait_for("U16")[0])
    assert "Better for two." not in told
    assert "The champion sees" in told


def test_the_address_that_would_let_anyone_answer_it_is_not_kept() -> None:
    body = {"command": "/daytwo", "team_id": "T1", "trigger_id": "t", "response_url": "https://x", "token": "secret"}
    event = identify(body, datetime(2026, 11, 2, tzinfo=UTC))
    assert event
    assert set(event.body) == {"command", "team_id", "trigger_id"}


def test_a_forged_command_is_turned_away(slack: Slack) -> None:
    assert slack.command("me", user="U17", secret="another") == 401


@pytest.mark.parametrize("fields", [{"command": "/other"}, {"trigger_id": ""}, {"user_id": ""}, {"channel_id": ""}])
def test_a_command_that_is_not_ours_or_not_whole_is_acknowledged(slack: Slack, fields: dict[str, str]) -> None:
    assert slack.command("me", user="U18", **fields) == 200
    assert slack.command(QUESTION, user="U19") == 200
    slack.wait_for("U19")
    assert not [one for one in slack.posted() if one.get("user") == "U18"]
