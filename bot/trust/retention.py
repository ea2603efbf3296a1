"""What is kept for how long: when words are due to be purged, and what is left of an exchange without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.turn import Exchange


def find_cutoff(days: int, now: datetime) -> datetime:
    """What was written before this is due, where words are kept for so many days."""
    return now - timedelta(days=days)


def has_words(exchange: Exchange) -> bool:
    """Whether an exchange still holds what was asked or answered."""
    return bool(exchange.turn.message.text or exchange.reply.text or exchange.enriched)


def is_due(exchange: Exchange, cutoff: datetime) -> bool:
    return exchange.at < cutoff and has_words(exchange)


def without_words(exchange: Exchange) -> Exchange:
    """What an erasure leaves of an exchange: that it took place and how it was decided; no one's words."""
    turn = exchange.turn
    message = replace(turn.message, text="", context=())
    reply = replace(
        exchange.reply,
        text="",
        citations=(),
        assumptions=(),
        choices=(),
        beliefs_used=(),
        why=(),
        fallback="",
        undone=(),
    )
    return replace(exchange, enriched="", turn=replace(turn, message=message, history=()), reply=reply)
