"""What a turn wants, given what was said before: an answer, the last answer anew, or to be noted. It only reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from bot.answering.intent import Intent, Want, read_intent
from bot.enrichment.undo import find_undone
from bot.self_model.model import Source, kind_of
from bot.self_model.observe import observe
from bot.trust.screening import redact, screen
from bot.turn import Decision, Exchange, Member, Message, Said, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A turn with its history, and what it wants. `again`: the exchange to answer anew; `undone`: the mentions that its
    asker did not mean as they had been taken, all of them so far."""

    turn: Turn
    intent: Intent
    again: Exchange | None = None
    undone: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        return self.intent.want in (Want.ANSWER, Want.AGAIN)


def hear(turn: Turn, past: tuple[Exchange, ...]) -> Heard:
    """Read a turn in the light of the exchanges before it, oldest first."""
    turn = hide_secrets(turn)
    intent = read_intent(
        turn.message.text,
        turn.history or as_history(past, declined=True),
        mentioned=turn.mentioned,
        asked_back=bool(past) and past[-1].reply.decision is Decision.ASK,
        about_self=partial(tells_of_self, turn.message),
    )
    turn = turn if turn.history else replace(turn, history=as_history(past))
    if intent.want is not Want.AGAIN:
        return Heard(turn=turn, intent=intent)
    again = last_question(past, turn.asker)
    if intent.how != "change":
        again = again or take_over(past)
    if again is None:
        return Heard(turn=turn, intent=Intent(Want.NOTED, "change" if intent.how == "change" else ""))
    undone = find_undone(turn.message.text, again.reply.assumptions) if intent.how == "change" else ()
    if intent.how == "change" and not undone:
        return Heard(turn=turn, intent=Intent(Want.NOTED, "change"))
    return Heard(turn=turn, intent=intent, again=again, undone=(*again.reply.undone, *undone))


def hide_secrets(turn: Turn) -> Turn:
    """The turn with secrets blacked out, before anything is kept or sent."""
    found = screen(turn.message.text, "message").unkept
    if not found:
        return turn
    return replace(turn, message=replace(turn.message, text=redact(turn.message.text, found)))


def tells_of_self(message: Message) -> bool:
    """Whether the writer says who they are or what they work on; how they like answers is not meant."""
    told = (one for one in observe(message) if one.source in (Source.STATED, Source.CORRECTION))
    return any(kind_of(one.address) != "preference" for one in told)


def last_question(past: tuple[Exchange, ...], asker: Member) -> Exchange | None:
    """The asker's own last exchange in which something was looked up: what "simpler" is about."""
    return next((one for one in reversed(past) if one.enriched and one.asker == asker), None)


def take_over(past: tuple[Exchange, ...]) -> Exchange | None:
    """Another's last question in the thread, for who asks for its answer in their own way: in the words that were
    written, for what was taken to be meant by them is the other's."""
    last = next((one for one in reversed(past) if one.enriched), None)
    if last is None:
        return None
    reply = replace(last.reply, assumptions=(), undone=())
    return replace(last, enriched=last.turn.message.text, reply=reply)


def as_history(past: tuple[Exchange, ...], *, declined: bool = False) -> tuple[Said, ...]:
    """Exchanges as lines of a conversation. What was declined is left out where only the meaning of the next words
    counts: it says nothing of that."""
    lines = []
    for one in past:
        lines.append(Said("user", one.turn.message.text))
        if declined or one.reply.decision is not Decision.DECLINE:
            lines.append(Said("agent", one.reply.text))
    return tuple(lines)
