"""observe and feedback: what someone's words say of them, and of a reply they got."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from adapters.batch import lines
from adapters.batch.base import START, Base, Fields, make_history
from adapters.fields import show_belief
from bot.pilot.feedback import judge
from bot.self_model.model import SelfModel
from bot.self_model.observe import observe
from bot.self_model.revise import read, revise
from bot.turn import Member, Message, Said

SOMEONE = Member("batch", "someone")


def run_observe(line: lines.Messages, base: Base) -> Fields:
    messages = make_messages(line.messages)
    observations = [one for message in messages for one in observe(message)]
    last = max((message.at for message in messages), default=START)
    model = read(revise(SelfModel(member=SOMEONE), observations, last), line.as_of or last)
    return {"beliefs": [show_belief(one) for one in model.beliefs], "status": model.status}


def run_feedback(line: lines.Word, base: Base) -> Fields:
    judged = judge(make_history(line.history), line.text)
    return {"dissatisfied": judged.dissatisfied, "kind": judged.kind, "satisfaction": judged.satisfaction}


def make_messages(given: Iterable[lines.WrittenMessage]) -> list[Message]:
    """Messages with times: one without came a minute after the one before it."""
    messages: list[Message] = []
    for one in given:
        at = one.at or (messages[-1].at + timedelta(minutes=1) if messages else START)
        context = [one.context] if isinstance(one.context, str) else one.context
        others = tuple(Said("someone else", text) for text in context if text)
        messages.append(Message(id=one.id, author=SOMEONE, text=one.text, at=at, context=others))
    return messages
