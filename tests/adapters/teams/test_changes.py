"""Messages that are edited, deleted and brought back; people and the bot that come and go; what nobody knows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from teams_server import Teams

QUESTION = "How long is the retention of messages?"
OTHER = "What is the replication factor of the relay's brokers?"


def answers(teams: Teams, said: Any) -> list[dict[str, Any]]:
    return [one for one in teams.at(said) if "channelData" in one]


def change(teams: Teams, said: Any, kind: str, event: str, **fields: Any) -> Any:
    """Teams tells that a message was changed."""
    channel = {**said["channelData"], "eventType": event}
    body = {**said, "type": kind, "channelData": channel, **fields}
    assert teams.send(body)[0] == 200
    return body


def test_an_edited_question_is_answered_anew_in_place_of_its_answer(teams: Teams) -> None:
    said = teams.say(QUESTION, user="editor")
    first = teams.wait(lambda: answers(teams, said))[0]
    change(teams, said, "messageUpdate", "editMessage", text=OTHER)
    second = teams.wait(lambda: answers(teams, said)[1:])[0]
    assert (second["method"], second["id"]) == ("PUT", first["id"])
    assert "factor of 3" in second["text"]


def test_every_further_edit_is_answered_too(teams: Teams) -> None:
    said = teams.say(QUESTION, user="again")
    teams.wait(lambda: answers(teams, said))
    for number, text in enumerate((OTHER, QUESTION), start=1):
        change(teams, said, "messageUpdate", "editMessage", text=text)
        teams.wait(lambda number=number: answers(teams, said)[number:])
    assert "14 days" in answers(teams, said)[-1]["text"]


def test_a_deleted_question_takes_its_answer_along_and_is_answered_again_once_it_is_back(teams: Teams) -> None:
    said = teams.say(QUESTION, user="deleter")
    first = teams.wait(lambda: answers(teams, said))[0]
    change(teams, said, "messageDelete", "softDeleteMessage", text="")
    gone = teams.wait(lambda: [one for one in teams.at(said) if "its answer is gone too" in one.get("text", "")])[0]
    assert (gone["method"], gone["id"]) == ("PUT", first["id"])
    change(teams, said, "messageUpdate", "undeleteMessage")
    back = teams.wait(lambda: answers(teams, said)[1:])[0]
    assert (back["id"], "14 days" in back["text"]) == (first["id"], True)


def test_what_a_message_taught_goes_with_it(teams: Teams) -> None:
    teams.say("yes, learn from what i write", user="taught")
    said = teams.say("I am a data engineer and work on the billing migration.", user="taught")
    beliefs = "select value from belief where member = 'taught'"
    teams.wait(lambda: ("data engineer",) in teams.rows(beliefs))
    change(teams, said, "messageUpdate", "editMessage", text="I am an architect and work on the billing migration.")
    teams.wait(lambda: any("architect" in one for (one,) in teams.rows(beliefs)))
    assert ("data engineer",) not in teams.rows(beliefs)
    change(teams, said, "messageDelete", "softDeleteMessage", text="")
    teams.wait(lambda: not teams.rows(beliefs))


def test_another_ones_deletion_takes_nothing_along(teams: Teams) -> None:
    said = teams.say(QUESTION, where="groupChat", mention=True, user="asker")
    teams.wait(lambda: answers(teams, said))
    moderator = {"id": "29:moderator", "aadObjectId": "moderator"}
    change(teams, said, "messageDelete", "softDeleteMessage", text="", **{"from": moderator})
    later = teams.say(OTHER, where="groupChat", mention=True, user="asker")
    teams.wait(lambda: any("factor of 3" in one.get("text", "") for one in answers(teams, later)))
    assert not any("gone too" in one.get("text", "") for one in teams.at(said))


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("messageUpdate", {"channelData": {"tenant": {"id": "the-tenant"}}, "text": "unfurled"}),
        ("messageUpdate", {"channelData": {"tenant": {"id": "the-tenant"}, "eventType": "editMessage"}, "text": 7}),
        ("messageDelete", {"channelData": {"tenant": {"id": "the-tenant"}, "eventType": "hardDeleteMessage"}}),
        ("messageDelete", {"channelData": {"tenant": {"id": "the-tenant"}, "eventType": 7}, "conversation": {}}),
        ("conversationUpdate", {"membersAdded": "everyone"}),
        ("conversationUpdate", {"membersAdded": [{"id": "29:someone"}], "membersRemoved": [7]}),
        ("installationUpdate", {"action": ["add"]}),
        ("installationUpdate", {"action": "add-upgrade"}),
        ("agentLifecycle", {"anything": [None]}),
    ],
    ids=str,
)
def test_what_is_odd_or_new_is_kept_and_acknowledged(teams: Teams, kind: str, fields: dict[str, Any]) -> None:
    body = teams.activity(kind, user="odd", **fields)
    before = teams.rows("select count(*) from event")[0][0]
    assert teams.send(body)[0] == 200
    assert teams.rows("select count(*) from event")[0][0] == before + 1
    teams.wait(lambda: not teams.rows("select id from event where state != 'done' and body like ?", f"%{kind}%"))


def test_whoever_adds_the_bot_is_greeted_with_their_home_and_a_team_is_not(teams: Teams) -> None:
    added = teams.activity("installationUpdate", action="add", user="newcomer")
    assert teams.send(added)[0] == 200
    (home,) = teams.wait(lambda: teams.at(added))
    words = json.dumps(home["attachments"])
    assert all(one in words for one in ("I answer from your documents", "I believe nothing about you.", "Learn from"))
    team = teams.activity("installationUpdate", action="add", where="channel", user="owner")
    assert teams.send(team)[0] == 200
    teams.answer(teams.say(QUESTION, user="afterwards"))
    assert not teams.at(team)


def test_a_conversation_the_bot_was_taken_out_of_is_let_go_of(teams: Teams) -> None:
    said = teams.say(QUESTION, user="parting")
    teams.wait(lambda: answers(teams, said))
    kept = "select channel from conversation where channel = 'a:parting'"
    assert teams.rows(kept)
    removed = teams.activity("installationUpdate", action="remove", user="parting")
    assert teams.send(removed)[0] == 200
    teams.wait(lambda: not teams.rows(kept))
    teams.say(OTHER, user="parting")
    teams.wait(lambda: len(answers(teams, said)) == 2)
