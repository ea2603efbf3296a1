"""What is written to the bot alone within a shared conversation, as by a slash command, is answered to its writer."""

from __future__ import annotations

import json
from typing import Any

from teams_server import Teams

QUESTION = "How long is the retention of messages?"


def whisper(teams: Teams, text: str, user: str, where: str = "groupChat") -> Any:
    """Write something that only the bot sees."""
    bot = {"id": "28:the-bot", "name": "Daytwo", "isTargeted": True}
    return teams.say(text, where=where, user=user, recipient=bot)


def shown_to(teams: Teams, said: Any, user: str) -> list[dict[str, Any]]:
    return [one for one in teams.at(said) if one["aside"] and one["recipient"]["id"] == f"29:{user}"]


def test_a_question_is_answered_to_its_writer_alone_and_so_is_what_they_press(teams: Teams) -> None:
    said = whisper(teams, QUESTION, "whisperer")
    card = teams.wait(lambda: [one for one in shown_to(teams, said, "whisperer") if "Deeper" in json.dumps(one)])[0]
    assert any("14 days" in one.get("text", "") for one in shown_to(teams, said, "whisperer"))
    teams.act(card, "Deeper", said, where="groupChat", user="whisperer")
    teams.wait(lambda: len([one for one in shown_to(teams, said, "whisperer") if "channelData" in one]) == 2)
    assert not [one for one in teams.at(said) if not one["aside"] and "channelData" in one and "14 days" in one["text"]]


def test_a_command_in_a_channel_is_answered_there_to_its_writer_alone(teams: Teams) -> None:
    said = whisper(teams, "what do you believe about me", "quiet", "channel")
    (told,) = teams.wait(lambda: shown_to(teams, said, "quiet"))
    assert told["text"].startswith("I believe nothing about you yet.")
    assert len(teams.at(said)) == 1


def test_a_forged_mark_does_not_move_another_ones_answer(teams: Teams) -> None:
    """A button that says it stands on what somebody else sees is taken for what it is: pressed where others read."""
    said = teams.say("hello", where="groupChat", user="presser")
    data = {"daytwo": {"does": "say", "words": QUESTION, "about": "", "aside": "victim"}}
    teams.invoke("adaptiveCard/action", {"action": {"data": data}}, said, where="groupChat", user="presser")
    teams.wait(lambda: [one for one in teams.at(said) if "14 days" in one.get("text", "")])
    assert not shown_to(teams, said, "victim")
