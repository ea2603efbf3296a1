"""`/daytwo …` -> the message it stands for. Pure. What comes of it is shown to its writer alone, where they are."""

from __future__ import annotations

import re
from datetime import datetime

from adapters.did import Clicked, Heard
from adapters.payload import Payload, word
from adapters.slack.places import aside, audience_of_aside
from adapters.slack.text import to_plain
from bot.turn import Member, Message

COMMAND = "/daytwo"
USAGE = "ask … | me | forget … | pilot | help"
LABELLED = re.compile(r"<([@!#][^<>|\n]+)\|[^<>\n]*>")  # a mention, with what it is called
SAID = {"": "help", "ask": "help", "help": "help", "me": "what do you believe about me", "forget": "forget this"}


def read_command(body: Payload, received_at: datetime) -> Heard | Clicked | None:
    """The question or the chat command that a slash command stands for; None where it is not one of ours."""
    channel, trigger, team = word(body, "channel_id"), word(body, "trigger_id"), word(body, "team_id")
    member = Member(team, word(body, "user_id"))
    if word(body, "command") != COMMAND or not (channel and trigger and team and member.id):
        return None
    place = aside(channel, member, trigger)
    text = word(body, "text")
    named = LABELLED.sub(r"<\1>", text) if text.lower().startswith("pilot") else text  # ids, not what people call them
    text = to_plain(named, {})
    if text.lower() == "pilot":
        return Clicked(id=trigger, member=member, place=place, does="pilot", private=True)
    said = put_into_words(text)
    return Heard(
        message=Message(id=f"{place.channel}:{trigger}", author=member, text=said, at=received_at, private=True),
        place=place,
        audience=audience_of_aside(channel, member),
        mentioned=True,
    )


def put_into_words(text: str) -> str:
    """What the words after the command mean to say; "ask" may be left out."""
    if text.lower() in SAID:
        return SAID[text.lower()]
    first, _, rest = text.partition(" ")
    return rest.strip() if first.lower() == "ask" else text
