"""Slack end to end: the real server process, real signed requests in, real client calls out to a stand-in of Slack."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import urlopen

import pytest
from slack_server import Slack, replies_to, words


def test_a_mention_is_answered_in_its_thread_with_sources_and_thumbs(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long is the retention of messages?")
    (reply,) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, thread))), thread)
    assert "14 days" in words(reply)
    assert "Retention" in words(reply)
    assert "feedback_buttons" in words(reply)
    assert reply["unfurl_links"] is False
    assert reply["metadata"]["event_payload"]["key"].startswith("reply/C1:")


def test_one_mention_that_comes_as_two_events_and_is_sent_again_is_answered_once(slack: Slack) -> None:
    thread = slack.say("<@UBOT> What is the longest retention of messages?", event_id="EvTwice")
    slack.say("<@UBOT> What is the longest retention of messages?", kind="message", ts=thread)
    slack.say("<@UBOT> What is the longest retention of messages?", event_id="EvTwice", ts=thread)
    later = slack.say("<@UBOT> How long is the retention of messages by default?")
    posted = slack.wait(lambda posted: bool(replies_to(posted, later)) and bool(replies_to(posted, thread)))
    assert len(replies_to(posted, thread)) == 1


def test_a_thread_it_answers_in_needs_no_new_mention(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long is the retention of messages?")
    slack.wait(lambda posted: len(replies_to(posted, thread)) == 1)
    slack.say("simpler please", kind="message", thread_ts=thread)
    slack.wait(lambda posted: len(replies_to(posted, thread)) == 2)


def test_bystanders_and_bots_get_no_answer(slack: Slack) -> None:
    alone = slack.say("lunch anyone?", kind="message")
    robot = slack.say("<@UBOT> How long is the retention?", kind="message", bot_id="B9")
    later = slack.say("<@UBOT> How long is the retention of messages?")
    slack.wait(lambda posted: bool(replies_to(posted, later)))
    assert not replies_to(slack.posted(), alone)
    assert not replies_to(slack.posted(), robot)


def test_a_click_on_deeper_answers_again(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long is the retention of messages?")
    (reply,) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, thread))), thread)
    click = {
        "type": "block_actions",
        "trigger_id": "t1",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "container": {"type": "message", "message_ts": reply["ts"], "thread_ts": thread},
        "actions": [{"action_id": "daytwo_again_deeper", "value": f"C1:{thread}", "type": "button"}],
    }
    assert slack.send(click, form=True) == 200
    slack.wait(lambda posted: len(replies_to(posted, thread)) == 2)


def test_a_post_that_slack_cannot_take_just_now_is_made_later_and_once(slack: Slack) -> None:
    slack.tell("internal_error", 2, method="chat.postMessage")
    thread = slack.say("<@UBOT> How long is the retention of messages?")
    slack.wait(lambda posted: bool(replies_to(posted, thread)))
    assert len(replies_to(slack.posted(), thread)) == 1


@pytest.mark.parametrize("wrong", [{"secret": "another"}, {"age": 3600}], ids=["forged", "old"])
def test_a_forged_or_old_request_is_turned_away_and_not_kept(slack: Slack, wrong: dict[str, Any]) -> None:
    event = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1791190099.000100", "text": "<@UBOT> hi?"}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "EvForged", "event": event}
    assert slack.send(body, **wrong) == 401
    with urlopen(f"{slack.server}/health") as response:
        assert json.load(response)["status"] == "ok"
    assert not replies_to(slack.posted(), "1791190099.000100")


def test_what_it_does_not_know_is_acknowledged(slack: Slack) -> None:
    assert slack.send({"type": "event_callback", "team_id": "T1", "event_id": "EvX", "event": {"type": "shoe"}}) == 200
    assert slack.send({"type": "block_actions", "team": {"id": "T1"}, "actions": []}, form=True) == 200


def test_why_is_told_to_the_asker_alone_where_only_they_see_it(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long is the retention of messages?")
    (reply,) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, thread))), thread)
    for number, (user, told) in enumerate((("U1", "Why this answer"), ("U2", "Only the person who asked"))):
        click = {
            "type": "block_actions",
            "trigger_id": f"why{number}",
            "team": {"id": "T1"},
            "user": {"id": user},
            "channel": {"id": "C1"},
            "container": {"type": "message", "message_ts": reply["ts"], "thread_ts": thread},
            "actions": [{"action_id": "daytwo_why", "value": f"C1:{thread}", "type": "button"}],
        }
        assert slack.send(click, form=True) == 200
        shown = slack.wait(lambda posted, user=user: any(one.get("user") == user for one in posted))
        (answer,) = [one for one in shown if one.get("user") == user]
        assert answer["method"] == "chat.postEphemeral"
        assert told in words(answer)


def test_a_body_in_a_shape_that_slack_does_not_send_is_turned_away(slack: Slack) -> None:
    assert slack.send({"type": "event_callback", "event": {"user": 7}}) == 400
