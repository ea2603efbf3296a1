"""What people on Teams see, end to end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from teams_server import Teams, fetch

QUESTION = "How long is the retention of messages?"


def label_of(message: dict[str, Any]) -> dict[str, Any]:
    """The AI label of a message."""
    return next(one for one in message["entities"] if one["type"] == "https://schema.org/Message")


def card_of(message: dict[str, Any]) -> dict[str, Any]:
    card: dict[str, Any] = message["attachments"][0]["content"]
    return card


def answers_to(teams: Teams, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers in an activity's conversation: what can be rated."""
    return [one for one in teams.at(body) if one.get("channelData")]


def cards_of(teams: Teams, body: dict[str, Any], holding: str) -> list[dict[str, Any]]:
    """The cards in an activity's conversation that hold certain words."""
    return [one for one in teams.at(body) if holding in json.dumps(one.get("attachments") or [])]


def test_a_question_in_a_personal_chat_is_answered_with_label_sources_thumbs_and_buttons(teams: Teams) -> None:
    asked = teams.say(QUESTION, user="pat")
    (answer,) = teams.wait(lambda: answers_to(teams, asked))
    assert "14 days" in answer["text"]
    assert label_of(answer)["additionalType"] == ["AIGeneratedContent"]
    cited = label_of(answer)["citation"][0]
    assert (cited["position"], "Retention" in cited["appearance"]["name"]) == (1, True)
    assert "14 days" in cited["appearance"]["abstract"]
    assert answer["channelData"] == {"feedbackLoop": {"type": "custom"}}
    (card,) = teams.wait(lambda: cards_of(teams, asked, "Simpler"))
    assert [one["title"] for one in card_of(card)["actions"]] == ["Simpler", "Deeper", "Why this answer"]


def test_a_mention_in_a_channel_is_answered_in_its_thread_and_followed_up_there(teams: Teams) -> None:
    asked = teams.say(QUESTION, where="channel", mention=True)
    assert "14 days" in teams.wait(lambda: answers_to(teams, asked))[0]["text"]
    teams.say("simpler please", where="channel", thread=asked["id"])
    teams.wait(lambda: len(answers_to(teams, asked)) == 2)


def test_a_group_chat_is_answered_where_the_bot_is_named_and_not_where_it_is_not(teams: Teams) -> None:
    teams.say("lunch anyone?", where="groupChat")
    asked = teams.say(QUESTION, where="groupChat", mention=True)
    teams.wait(lambda: answers_to(teams, asked))
    teams.say("thanks all, see you there", where="groupChat", user="ben")
    teams.say("What is the longest retention that can be set?", where="groupChat", mention=True)
    teams.wait(lambda: len(answers_to(teams, asked)) == 2)
    assert len([one for one in teams.at(asked) if one.get("text")]) == 2


def test_the_same_activity_sent_twice_is_answered_once(teams: Teams) -> None:
    body = teams.activity(text=QUESTION, user="twice")
    assert [teams.send(body)[0], teams.send(body)[0]] == [200, 200]
    teams.say("What is the replication factor?", user="twice")
    teams.wait(lambda: any("factor" in one["text"] for one in answers_to(teams, body)))
    assert len(answers_to(teams, body)) == 2


@pytest.mark.parametrize("reaction", ["like", "dislike"])
def test_feedback_is_taken_and_answered_as_an_invoke(teams: Teams, reaction: str) -> None:
    asked = teams.say(QUESTION, user="rater")
    answer = teams.wait(lambda: answers_to(teams, asked))[0]
    told = {"reaction": reaction, "feedback": json.dumps({"feedbackText": "too basic for me"})}
    invoke = teams.activity("invoke", name="message/submitAction", replyToId=answer["id"], user="rater")
    invoke["value"] = {"actionName": "feedback", "actionValue": told}
    assert teams.send(invoke) == (200, {})


def test_a_thumb_counts_that_comes_before_teams_has_said_what_it_is_on(teams: Teams) -> None:
    fetch(f"{teams.standin}/told", {"hold": True})
    try:
        asked = teams.say(QUESTION, user="quick")
        answer = teams.wait(lambda: answers_to(teams, asked))[0]
        invoke = teams.activity("invoke", name="message/submitAction", replyToId=answer["id"], user="quick")
        invoke["value"] = {"actionName": "feedback", "actionValue": {"reaction": "like", "feedback": "{}"}}
        assert teams.send(invoke) == (200, {})
        teams.wait(lambda: teams.rows("SELECT 1 FROM event WHERE state = 'waiting' AND error LIKE 'Unavailable%'"))
    finally:
        fetch(f"{teams.standin}/told", {"hold": False})
    teams.wait(lambda: teams.rows("SELECT 1 FROM feedback WHERE member = 'quick' AND source = 'thumbs'"))


def test_a_click_on_deeper_answers_again_in_the_same_place(teams: Teams) -> None:
    asked = teams.say("What is the replication factor of the relay's brokers?", where="channel", mention=True)
    card = teams.wait(lambda: cards_of(teams, asked, "Deeper"))[0]
    assert teams.act(card, "Deeper", asked, where="channel")["value"] == "Noted."
    teams.wait(lambda: len(answers_to(teams, asked)) == 2)


def test_why_takes_the_place_of_the_card_for_its_asker_and_tells_others_nothing(teams: Teams) -> None:
    asked = teams.say(QUESTION, where="channel", mention=True, user="curious")
    card = teams.wait(lambda: cards_of(teams, asked, "Simpler"))[0]
    mine = teams.act(card, "Why this answer", asked, where="channel", user="curious")
    assert "sure that a direct answer would be right" in json.dumps(mine)
    theirs = json.dumps(teams.act(card, "Why this answer", asked, where="channel", user="bystander"))
    assert "Only the person who asked" in theirs
    assert "direct answer would be right" not in theirs


def test_commands_work_and_what_is_personal_stays_out_of_the_channel(teams: Teams) -> None:
    asked = teams.say("what do you believe about me?", where="channel", mention=True, user="private")
    assert teams.answer(asked)["text"] == "I've told you in private."
    own = {"conversation": {"id": "a:29:private"}}
    teams.wait(lambda: teams.at(own))


def test_consent_is_asked_for_once_in_the_own_chat_and_given_by_a_button(teams: Teams) -> None:
    asked = teams.say(QUESTION, user="new")
    (question,) = teams.wait(lambda: cards_of(teams, asked, "May I learn from what you write?"))
    told = teams.act(question, "Yes, learn from what I write", asked, user="new")
    assert told["value"]["body"][0]["text"] == "**Yes, learn from what I write**"
    teams.wait(lambda: any(one.get("text", "").startswith("Thank you") for one in teams.at(asked)))


def test_two_accounts_of_one_person_are_linked_by_a_code(teams: Teams) -> None:
    told = teams.answer(teams.say("link", user="first"))["text"]
    said = teams.say(told.split("`")[1], user="second")
    teams.wait(lambda: any("you are one person to me" in one.get("text", "") for one in teams.at(said)))
    assert teams.rows("select member, main_member from person_link where member = 'second'") == [("second", "first")]


def test_a_person_who_has_everything_forgotten_still_gets_the_receipt(teams: Teams) -> None:
    asked = teams.say("forget everything", user="leaving")
    teams.wait(lambda: any("Receipt:" in one.get("text", "") for one in teams.at(asked)))


@pytest.mark.parametrize("status", [429, 412, 502, 504, 401])
def test_what_teams_cannot_take_just_now_is_posted_later_and_once(teams: Teams, status: int) -> None:
    asked = teams.activity(text=QUESTION, user=f"late{status}")
    teams.tell(status, 1)
    assert teams.send(asked)[0] == 200
    teams.wait(lambda: cards_of(teams, asked, "May I learn"))
    assert (len(answers_to(teams, asked)), len(cards_of(teams, asked, "Simpler"))) == (1, 1)


def test_bots_and_unknown_activities_get_an_acknowledgement_and_nothing_else(teams: Teams) -> None:
    robot = teams.activity(text=QUESTION, user="robot")
    robot["from"]["role"] = "bot"
    odd = [
        robot,
        teams.activity("shoe", anything={"at": ["all"]}),
        teams.activity("message", text=17, entities="none", conversation="here"),
        teams.activity("invoke", name="something/new", value=[1]),
        teams.activity("messageReaction", reactionsAdded=[{"type": "like"}], replyToId="nothing"),
        teams.activity("conversationUpdate", membersAdded=[{"id": "28:the-bot"}]),
        teams.activity("message", text="hello", timestamp="yesterday", unknown={"deep": [None]}),
        teams.activity("message", text="half a character: \ud83d", unknown=float("nan")),
    ]
    assert [teams.send(one)[0] for one in odd] == [200] * len(odd)
    later = teams.say(QUESTION, user="after-all")
    teams.answer(later)
    assert not teams.at(robot)
