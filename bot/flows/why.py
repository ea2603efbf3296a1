"""Why an answer is as it is: told to its asker alone."""

from __future__ import annotations

from bot.ports import Notice
from bot.turn import Exchange, Member

GONE = "I no longer have that answer, so I cannot say why it was as it was."
NOT_YOURS = "Only the person who asked can see why an answer was as it was. Ask me yourself, and you can see yours."


def tell_why(exchange: Exchange | None, member: Member) -> Notice:
    """The beliefs that shaped a reply and what its words were taken to mean, for `member` if they asked it."""
    if exchange is None:
        return Notice(GONE)
    if exchange.asker != member:
        return Notice(NOT_YOURS)
    reply = exchange.reply
    lines = [f"- {line}" for line in reply.why]
    lines += [f"- I took “{one.mention}” as {one.reading} (from {one.origin})." for one in reply.assumptions]
    lines.append(f"- I was {reply.confidence:.0%} sure that a direct answer would be right.")
    if reply.fallback:
        lines.append("- The model's answer could not be used, so the built-in engine wrote this one.")
    return Notice("\n".join(("**Why this answer**", *lines)))
