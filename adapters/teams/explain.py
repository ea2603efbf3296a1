"""The message extension "Explain this to me at my depth": a message that somebody picked -> a question of theirs. Pure.

Whoever picks it gets the answer, alone: in the dialog as soon as there is one, and in their own chat with the bot.
"""

from __future__ import annotations

from datetime import datetime

from adapters.did import Heard
from adapters.payload import Payload, part, word
from adapters.teams.cards import Element, line, small
from adapters.teams.reference import own_place, read_member
from adapters.teams.render import link_source
from adapters.teams.text import from_html, to_words
from adapters.wording import say_sure
from bot.turn import Exchange, Message, audience_at

EXPLAIN = "explain"
EXPLAINING = frozenset({"composeExtension/fetchTask", "composeExtension/submitAction"})
ASKED = "Explain this to me: "
LONGEST = 2_000  # characters of a picked message that are asked about
NOTHING = "There are no words in that message that I could explain."
LATER = "I am working on it. The answer comes in our own chat in a moment."
CONTINUES = "It stands in our own chat too, where you can ask on."


def read_explaining(body: Payload, workspace: str, received_at: datetime) -> Heard | None:
    """What was picked, as a question of its picker's to the bot alone; None where there are no words in it. It teaches
    nothing about them: they are another one's words."""
    text, stamp = picked_words(body), word(body, "id")
    author = read_member(part(body, "from"), workspace)
    if not (text and stamp and author.id) or word(part(body, "value"), "commandId") != EXPLAIN:
        return None
    place = own_place(author)
    return Heard(
        message=Message(
            id=f"{place.channel}:{stamp}", author=author, text=f"{ASKED}{text}", at=received_at, private=True
        ),
        place=place,
        audience=audience_at(place, author, alone=True),
        mentioned=True,
        own=False,
    )


def picked_words(body: Payload) -> str:
    """The words of the message that was picked."""
    content = part(part(part(body, "value"), "messagePayload"), "body")
    raw = word(content, "content")
    plain = to_words(from_html(raw) if word(content, "contentType") == "html" else raw)
    return " ".join(plain.split())[:LONGEST]


def show_explained(exchange: Exchange | None) -> list[Element]:
    """The dialog: the answer with its sources, or that it is still to come."""
    if exchange is None:
        return [line(LATER)]
    reply = exchange.reply
    shown = [line(one) for one in reply.text.split("\n\n") if one.strip()]
    sources = [small(f"[{one.number}] {link_source(one)}") for one in reply.citations]
    below = [*sources, small(say_sure(reply))] if sources else []
    return [*shown, *below, small(CONTINUES)]
