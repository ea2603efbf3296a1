"""A message that somebody picked is explained to them alone."""

from __future__ import annotations

import json
from typing import Any

from teams_server import Teams

PICKED = "<div><p>Mind the <b>retention</b> of messages on the relay&nbsp;before Friday.</p></div>"


def explain(teams: Teams, user: str, content: str = PICKED, **fields: Any) -> Any:
    payload = {"id": "1", "body": {"contentType": "html", "content": content}, "from": {"user": {"id": "someone"}}}
    value = {"commandId": "explain", "commandContext": "message", "messagePayload": payload}
    return teams.invoke("composeExtension/fetchTask", value, user=user, where="groupChat", **fields)


def own_chat(teams: Teams, user: str) -> list[dict[str, Any]]:
    return teams.at({"conversation": {"id": f"a:29:{user}"}})


def test_the_answer_is_shown_in_the_dialog_and_in_the_own_chat_and_nowhere_else(teams: Teams) -> None:
    shared = {"conversation": {"id": teams.chat}}
    before = len(teams.at(shared))
    dialog = explain(teams, "reader")
    words = json.dumps(dialog["task"]["value"]["card"])
    assert all(one in words for one in ("14 days", "[1] Relay", "our own chat"))
    (answer,) = teams.wait(lambda: [one for one in own_chat(teams, "reader") if "channelData" in one])
    assert "14 days" in answer["text"]
    assert len(teams.at(shared)) == before


def test_it_can_be_gone_on_with_in_the_own_chat(teams: Teams) -> None:
    explain(teams, "follower")
    cards = teams.wait(lambda: [one for one in own_chat(teams, "follower") if "Deeper" in json.dumps(one)])
    said = {"conversation": {"id": "a:29:follower", "conversationType": "personal", "tenantId": "the-tenant"}}
    teams.act(cards[0], "Deeper", said, user="follower")
    teams.wait(lambda: len([one for one in own_chat(teams, "follower") if "channelData" in one]) == 2)


def test_another_ones_words_teach_nothing_about_who_picked_them(teams: Teams) -> None:
    teams.say("yes, learn from what i write", user="learner")
    explain(teams, "learner", "<p>I am a data engineer. What is the retention?</p>")
    teams.say("I use Kafka at work.", user="learner")
    beliefs = "select value from belief where member = 'learner'"
    teams.wait(lambda: teams.rows(beliefs))
    assert not any("engineer" in value for (value,) in teams.rows(beliefs))


def test_a_chat_the_bot_is_not_in_is_not_kept(teams: Teams) -> None:
    body = {"id": "19:two-people@unq.gbl.spaces", "conversationType": "personal", "tenantId": "the-tenant"}
    explain(teams, "visitor", conversation=body)
    teams.wait(lambda: own_chat(teams, "visitor"))
    assert not teams.rows("select channel from conversation where channel like '19:two-people%'")


def test_a_message_without_words_is_declined_politely(teams: Teams) -> None:
    dialog = explain(teams, "reader", '<img src="cat.png">')
    assert dialog["task"] == {"type": "message", "value": "There are no words in that message that I could explain."}
