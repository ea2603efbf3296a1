"""The agent view: questions to begin with, and what someone looks at; the shortcut that explains a picked message."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_forms import wait_until
from slack_server import Slack, replies_to, words

from adapters.slack.translate import identify
from bot.flows.suggest import MOST, choose
from bot.knowledge.model import Passage, Ranked, Term
from bot.self_model.model import Belief
from bot.turn import Member
from storage.sql import open_sql

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def open_messages(slack: Slack, user: str) -> list[dict[str, Any]]:
    """A person opens the direct conversation; the questions that are offered."""
    slack.prepare("people", met=[user])
    channel = f"D{user}"
    before = len(slack.state()["prompts"])
    assert slack.event(type="app_home_opened", user=user, channel=channel, tab="messages", event_ts="1.0") == 200
    wait_until(lambda: len(slack.state()["prompts"]) > before)
    told = slack.state()["prompts"][-1]
    assert told["channel_id"] == channel
    assert "thread_ts" not in told  # with agent_view Slack would drop the call without a word
    return list(told["prompts"])


def test_a_newcomer_is_offered_what_everyone_can_ask(slack: Slack) -> None:
    prompts = open_messages(slack, "U51")
    assert {"title": "What can you do?", "message": "help"} in prompts


async def test_the_questions_are_about_ones_own_things(slack: Slack) -> None:
    slack.say("start learning", kind="message", user="U52", channel="DU52", channel_type="im")
    slack.say(
        "My project is the message retention audit.", kind="message", user="U52", channel="DU52", channel_type="im"
    )
    async with open_sql(slack.database) as stores:
        for _ in range(400):
            model = await stores.self_models.load(Member("T1", "U52"))
            if model.beliefs:
                break
            await pause()
        assert model.usable(private_too=True), model.beliefs
    prompts = open_messages(slack, "U52")
    assert any("Retention" in one["message"] and "retention audit" in one["message"] for one in prompts), prompts
    assert len(prompts) <= MOST


async def pause() -> None:
    import asyncio

    await asyncio.sleep(0.05)


def test_a_suggested_question_is_answered_in_its_own_thread(slack: Slack) -> None:
    where = {"kind": "message", "user": "U53", "channel": "DU53", "channel_type": "im"}
    stamp = slack.say("How long is the retention of messages?", **where)
    (reply,) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, stamp))), stamp)[:1]
    assert "14 days" in words(reply)


def test_what_someone_looks_at_is_acknowledged_and_not_kept(slack: Slack) -> None:
    entity = {"type": "slack#/types/channel_id", "value": "C1", "team_id": "T1"}
    event = {"type": "app_context_changed", "user": "U54", "context": {"entities": [entity]}}
    assert slack.event(**event) == 200
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
    assert identify(body, NOW) is None


def test_questions_that_slack_refuses_break_nothing(slack: Slack) -> None:
    slack.tell("missing_scope", 1, method="assistant.threads.setSuggestedPrompts")
    event = {"type": "app_home_opened", "user": "U55", "channel": "DU55", "tab": "messages", "event_ts": "1.0"}
    assert slack.event(**event) == 200
    open_messages(slack, "U55")


PASSAGES = [Passage(id=f"p{number}", document="d", title=f"Guide › Part {number}", text="x") for number in range(5)]
TERMS = [Term(f"Term {number}", "x") for number in range(9)]


def believe(value: str) -> Belief:
    return Belief(
        address="project", value=value, confidence=0.9, mass=1.0, evidence=(), valid_from=NOW, recorded_at=NOW
    )


def test_there_are_never_more_than_slack_shows_and_own_things_come_first() -> None:
    found = [(believe(f"project {number}"), Ranked(one, 1.0, 0.9)) for number, one in enumerate(PASSAGES)]
    titles = [one.title for one in choose(found, TERMS)]
    assert titles[:2] == ["Part 0, for project 0", "Part 1, for project 1"]
    assert len(titles) == len(set(titles)) == MOST
    assert [one.title for one in choose([], [])] == ["What can you do?"]


def test_terms_that_explain_others_come_first() -> None:
    terms = [Term("Address", "where a belief is kept"), Term("Belief", "what is held"), Term("SQL", "a language")]
    assert [one.title for one in choose([], terms)][:2] == ["What does belief mean?", "What does address mean?"]
    assert choose([], terms)[2].question == "What does SQL mean?"


def pick(slack: Slack, text: str, *, user: str = "U56", channel: str = "C1", **fields: Any) -> int:
    """A person picks the shortcut on a message; the status it is answered with."""
    slack.number += 1
    slack.prepare("people", met=[user])
    body = {
        "type": "message_action",
        "callback_id": "daytwo_explain",
        "trigger_id": f"picked{slack.number}",
        "team": {"id": "T1"},
        "user": {"id": user},
        "channel": {"id": channel},
        "message": {"type": "message", "user": "U9", "ts": "1.0", "text": text},
        "response_url": f"{slack.standin}/respond/{slack.number}",
    }
    return slack.send({**body, **fields}, form=True)


def test_a_picked_message_is_explained_to_its_picker_alone(slack: Slack) -> None:
    before = len(slack.posted())
    assert pick(slack, "<@U9> how long is the retention of messages?") == 200
    (told, *_) = slack.wait_for("U56", channel="C1")
    assert "14 days" in words(told)
    assert "daytwo_again_simpler" in words(told)
    others = [one for one in slack.posted()[before:] if one["method"] != "chat.postEphemeral"]
    assert others == []


async def test_another_ones_words_teach_nothing(slack: Slack) -> None:
    slack.say("start learning", kind="message", user="U57", channel="DU57", channel_type="im")
    slack.wait(lambda posted: any(one["channel"] == "DU57" for one in posted))
    assert pick(slack, "I'm a product manager. How long is the retention of messages?", user="U57") == 200
    slack.wait_for("U57", channel="C1")
    assert pick(slack, "forget everything", user="U57") == 200
    slack.wait(lambda posted: sum(one.get("user") == "U57" for one in posted) >= 2)
    async with open_sql(slack.database) as stores:
        assert (await stores.self_models.load(Member("T1", "U57"))).beliefs == ()
        assert await stores.self_models.receipts(Member("T1", "U57")) == ()  # a picked command is not carried out


def test_where_the_bot_is_not_it_explains_in_the_direct_conversation(slack: Slack) -> None:
    assert pick(slack, "How long is the retention of messages?", user="U58", channel="C9") == 200
    slack.wait(lambda posted: any(one["channel"] == "DU58" and "14 days" in words(one) for one in posted))


@pytest.mark.parametrize(
    "fields",
    [
        {"message": {"text": " "}},
        {"message": 7},
        {"callback_id": "shoe"},
        {"channel": {}},
        {"message": {"text": "x" * 90_000}},
    ],
)
def test_a_pick_without_words_or_of_another_kind_is_acknowledged(slack: Slack, fields: dict[str, Any]) -> None:
    assert pick(slack, "", user="U59", **fields) == 200


def test_a_forged_pick_is_turned_away(slack: Slack) -> None:
    body = {"type": "message_action", "callback_id": "daytwo_explain", "trigger_id": "x", "team": {"id": "T1"}}
    assert slack.send(body, form=True, secret="another") == 401
    assert slack.send(body, form=True, age=900) == 401


def test_in_a_group_message_it_answers_who_names_it_in_a_thread(slack: Slack) -> None:
    where = {"kind": "message", "channel": "G1", "channel_type": "mpim", "user": "U60"}
    stamp = slack.say("<@UBOT> How long is the retention of messages?", **where)
    (reply,) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, stamp))), stamp)[:1]
    assert "14 days" in words(reply)
    slack.say("simpler", **where, thread_ts=stamp)
    slack.wait(lambda posted: len(replies_to(posted, stamp)) >= 2)
    aside = slack.say("see you there", **where)
    later = slack.say("<@UBOT> What is the longest retention of messages?", **where)
    slack.wait(lambda posted: bool(replies_to(posted, later)))
    assert not replies_to(slack.posted(), aside)
    assert "What can you do" not in json.dumps(replies_to(slack.posted(), stamp))
