"""Slack's buttons and its message shortcut -> what was clicked, rated or asked; None where not understood. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from adapters.did import Clicked, Heard, Rated
from adapters.payload import Payload, part, parts, word
from adapters.slack.places import aside, audience_of_aside, own_place
from adapters.slack.text import to_plain
from bot.turn import Member, Message, Place

MADE_BY_US = "daytwo_"  # what our action and callback ids begin with
EXPLAIN = "daytwo_explain"
ASKED = "Explain this to me: "
MENTION = re.compile(r"<@[^<>\n]+>")  # whom a picked message names says nothing of what it means
LONGEST_EXPLAINED = 2_000  # characters of a picked message that are asked about


def read_click(body: Payload) -> Clicked | Rated | None:
    """The first action of a click."""
    action = next(iter(parts(body, "actions")), {})
    container = part(body, "container")
    member, place, unseen = read_member(body), read_place(body), is_unseen(body)
    at_home = word(container, "type") == "view"
    name = word(action, "action_id").removeprefix(MADE_BY_US)
    value = word(action, "value") or word(part(action, "selected_option"), "value")
    first, _, rest = value.partition(" ")
    if not (name and member.id and place.channel):
        return None
    if name == "vote":
        return Rated(member=member, place=place, up=first == "up", exchange=rest)
    does, words, about = read_action(name, value)
    if not does or (does == "say" and not words.strip()) or (does == "review" and not about):
        return None
    return Clicked(
        id=f"{word(container, 'message_ts')}/{word(body, 'trigger_id')}",
        member=member,
        place=place,
        does=does,
        words=words,
        about=about,
        private=unseen or at_home or place.channel.startswith("D"),
    )


def read_action(name: str, value: str) -> tuple[Literal["", "say", "why", "done", "review"], str, str]:
    """What a button does, the words it says, and what it is about; nothing for one that we did not make."""
    first, _, rest = value.partition(" ")
    match name.split("_")[0]:
        case "again":
            return "say", name.removeprefix("again_"), value
        case "choice":
            return "say", rest, first
        case "say":
            return "say", value, ""
        case "why":
            return "why", "", value
        case "step":
            return "done", "", value
        case "review":
            return "review", name.removeprefix("review_"), value
    return "", "", ""


def read_member(body: Payload) -> Member:
    """Who did it."""
    return Member(word(part(body, "team"), "id"), word(part(body, "user"), "id"))


def is_unseen(body: Payload) -> bool:
    """Whether it was done on what only this person sees."""
    return part(body, "container").get("is_ephemeral") is True


def read_place(body: Payload) -> Place:
    """Where it was done: at home a person's own place; its channel is "" where that is not told."""
    container, member, channel = part(body, "container"), read_member(body), word(part(body, "channel"), "id")
    if word(container, "type") == "view":
        return own_place(member)
    if is_unseen(body) and channel:
        return aside(channel, member)
    return Place(member.workspace, channel, word(container, "thread_ts") or word(container, "message_ts"))


def read_shortcut(body: Payload, received_at: datetime) -> Heard | None:
    """A picked message as a question of its picker's, answered to them alone; it teaches nothing of them, for the words
    are another one's. None where there are none in it."""
    channel, trigger, member = word(part(body, "channel"), "id"), word(body, "trigger_id"), read_member(body)
    said = MENTION.sub("", word(part(body, "message"), "text"))
    words = " ".join(to_plain(said, {}).split())[:LONGEST_EXPLAINED]
    if word(body, "callback_id") != EXPLAIN or not (channel and trigger and member.id and words):
        return None
    place = aside(channel, member, trigger)
    return Heard(
        message=Message(
            id=f"{place.channel}:{trigger}", author=member, text=f"{ASKED}{words}", at=received_at, private=True
        ),
        place=place,
        audience=audience_of_aside(channel, member),
        mentioned=True,
        own=False,
    )
