"""Teams' buttons, thumbs and forms -> what was clicked or rated. Pure; what is not understood is None."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Literal

from adapters.did import Clicked, Rated
from adapters.payload import Payload, part, word
from adapters.teams.reference import THREAD, aside, read_channel, read_member, read_place
from bot.pilot.model import FeedbackKind
from bot.turn import Place

MARK = "daytwo"  # the field of a card's data that says a click is on one of ours
PICKED = "picked_words"  # the field of a card that holds what a button beside it says
FEEDBACK = frozenset({"message/submitAction", "message/fetchTask"})


def read_data(body: Payload) -> Payload:
    """The data of a button or a form, with what was filled in, however Teams wraps it."""
    value = part(body, "value")
    return part(part(value, "action"), "data") or part(value, "data") or value


def read_mark(body: Payload) -> Payload:
    """What we put into a button; empty where it is not one of ours."""
    return part(read_data(body), MARK)


def read_click(body: Payload, workspace: str) -> Clicked | None:
    """A button of a card of ours, or a form that was sent, by the data we put there."""
    mark, stamp = read_mark(body), word(body, "id")
    does = read_deed(word(mark, "does"))
    if does is None or not (read_channel(body) and stamp):
        return None
    words, about = words_of(body), word(mark, "about")
    if (does == "say" and not words.strip()) or (does == "review" and not about):
        return None
    place, alone = read_settled_place(body, workspace)
    return Clicked(
        id=stamp,
        member=read_member(part(body, "from"), workspace),
        place=place,
        does=does,
        words=words,
        about=about,
        private=alone,
    )


def read_settled_place(body: Payload, workspace: str) -> tuple[Place, bool]:
    """Where a button stands, and whether its person alone sees what comes of it: on what only they see, that is so
    wherever it stands."""
    member = read_member(part(body, "from"), workspace)
    place, alone = read_place(body, workspace)
    if word(read_mark(body), "aside") == member.id and not alone:
        return replace(place, channel=aside(place.channel, member)), True
    return place, alone


def words_of(body: Payload) -> str:
    """The words that a button says: its own, else what was picked beside it."""
    return word(read_mark(body), "words") or word(read_data(body), PICKED)


def read_deed(does: str) -> Literal["say", "why", "done", "pilot", "review"] | None:
    """What a button does, where it is one of those we make."""
    for deed in ("say", "why", "done", "pilot", "review"):
        if does == deed:
            return deed
    return None


def read_rating(body: Payload, workspace: str) -> Rated | None:
    """A thumb, as it is put and again with what its dialog asks. Not every client names the message it was put on."""
    value = part(body, "value")
    told = part(value, "actionValue") or part(part(value, "data"), "actionValue")
    reaction = word(told, "reaction")
    if reaction not in ("like", "dislike"):
        return None
    filled = read_filled(word(told, "feedback"))
    return Rated(
        member=read_member(part(body, "from"), workspace),
        place=Place(workspace, read_channel(body)),
        up=reaction == "like",
        words=word(filled, "feedbackText").strip(),
        reason=read_reason(word(filled, "reason")),
        message=word(body, "replyToId"),
    )


def read_filled(feedback: str) -> Payload:
    """A feedback form's answer: JSON in a string, or from some clients the bare words."""
    try:
        told = json.loads(feedback)
    except ValueError:
        return {"feedbackText": feedback}
    return told if isinstance(told, dict) else {"feedbackText": feedback}


def read_reason(picked: str) -> FeedbackKind:
    """The reason that was picked in our dialog; NONE where none was, or another one than it offers."""
    return next((one for one in FeedbackKind if one == picked), FeedbackKind.NONE)


def thread_of(body: Payload) -> str:
    """The thread of a channel that an activity stands in, "" where it stands in none."""
    return word(part(body, "conversation"), "id").partition(THREAD)[2]
