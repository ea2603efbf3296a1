"""Edits and deletions are followed: an edited question is answered anew in its place, a deleted one is forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from slack_server import Slack, replies_to, words

ASKED = "<@UBOT> How long is the retention of messages?"


def ask(slack: Slack, text: str = ASKED) -> tuple[str, dict[str, Any]]:
    """A question that was answered: its thread, its reply."""
    thread = slack.say(text)
    (reply,) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, thread))), thread)
    return thread, reply


def settle(slack: Slack) -> None:
    """Everything sent so far has been worked on: a question in the same channel, sent last, is answered."""
    ask(slack)


def test_an_edited_question_is_answered_anew_in_place_of_its_reply(slack: Slack) -> None:
    thread, reply = ask(slack)
    slack.edit(thread, "<@UBOT> On how many brokers are messages stored?", before=ASKED)
    (now,) = replies_to(slack.wait(lambda posted: "three brokers" in words(replies_to(posted, thread)[0])), thread)
    assert now["ts"] == reply["ts"]
    assert now["metadata"]["event_payload"]["key"].endswith(f"C1:{thread}")


def test_it_can_be_edited_more_than_once_and_follow_ups_still_work(slack: Slack) -> None:
    thread, _ = ask(slack)
    slack.edit(thread, "<@UBOT> On how many brokers are messages stored?", before=ASKED)
    slack.wait(lambda posted: "three brokers" in words(replies_to(posted, thread)[0]))
    slack.edit(thread, ASKED, before="<@UBOT> On how many brokers are messages stored?")
    slack.wait(lambda posted: "14 days" in words(replies_to(posted, thread)[0]))
    assert len(replies_to(slack.posted(), thread)) == 1
    slack.say("deeper please", kind="message", thread_ts=thread)
    slack.wait(lambda posted: len(replies_to(posted, thread)) == 2)


def test_an_edit_that_is_told_before_what_it_edits_is_the_one_that_counts(slack: Slack) -> None:
    thread = "1791196000.000100"
    slack.edit(thread, "<@UBOT> On how many brokers are messages stored?", before=ASKED)
    slack.wait(lambda posted: bool(replies_to(posted, thread)))
    slack.say(ASKED, ts=thread)
    slack.say("deeper please", kind="message", thread_ts=thread)  # in the same conversation: worked on after it
    said = replies_to(slack.wait(lambda posted: len(replies_to(posted, thread)) == 2), thread)
    assert all("three brokers" in words(one) for one in said)


def test_a_mention_that_an_edit_adds_is_answered(slack: Slack) -> None:
    thread = slack.say("How long is the retention of messages?", kind="message")
    slack.edit(thread, ASKED, before="How long is the retention of messages?")
    slack.wait(lambda posted: bool(replies_to(posted, thread)))


@pytest.mark.parametrize(
    "fields",
    [{"bot_id": "B9"}, {"edited": {}}, {"text": ASKED}, {"user": ""}],
    ids=["a bot's", "nothing edited", "the same words", "nobody's"],
)
def test_what_only_looks_like_an_edit_changes_nothing(slack: Slack, fields: dict[str, Any]) -> None:
    thread, reply = ask(slack)
    new = {"type": "message", "user": "U1", "ts": thread, "text": "<@UBOT> How many brokers?", "edited": {"ts": "1.0"}}
    old = {"type": "message", "user": "U1", "ts": thread, "text": ASKED}
    changed = {"type": "message", "subtype": "message_changed", "channel": "C1", "channel_type": "channel"}
    assert slack.event(**changed, ts=thread, message=new | fields, previous_message=old) == 200
    settle(slack)
    assert replies_to(slack.posted(), thread) == [reply]


def test_the_answer_to_a_deleted_question_leaves_a_note_and_no_words(slack: Slack) -> None:
    thread, reply = ask(slack)
    slack.delete(thread)
    (left,) = replies_to(slack.wait(lambda posted: "deleted" in words(replies_to(posted, thread)[0])), thread)
    assert left["ts"] == reply["ts"]
    assert "14 days" not in words(left)


def test_where_a_thread_hangs_on_it_the_deletion_comes_as_a_tombstone(slack: Slack) -> None:
    thread, _ = ask(slack)
    new = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "ts": thread, "text": "deleted"}
    old = {"type": "message", "user": "U1", "ts": thread, "text": ASKED}
    changed = {"type": "message", "subtype": "message_changed", "channel": "C1", "channel_type": "channel"}
    assert slack.event(**changed, ts=thread, message=new, previous_message=old) == 200
    slack.wait(lambda posted: "deleted" in words(replies_to(posted, thread)[0]))


def test_nobody_can_delete_the_question_of_someone_else(slack: Slack) -> None:
    thread, reply = ask(slack)
    slack.delete(thread, user="U2")
    settle(slack)
    assert replies_to(slack.posted(), thread) == [reply]


@pytest.mark.parametrize("gone", [{}, {"previous_message": {"user": "U1"}}, {"previous_message": "?"}])
def test_a_deletion_that_does_not_say_of_what_is_acknowledged(slack: Slack, gone: dict[str, Any]) -> None:
    assert slack.event(type="message", subtype="message_deleted", channel="C1", ts="1.2", **gone) == 200
    settle(slack)
