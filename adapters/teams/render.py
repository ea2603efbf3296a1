"""What is said -> Teams' activities: pure, and told its audience. Nothing personal goes where others read.

Text and a card are always two activities: given both in one, Teams splits it and tells the id of neither, so that a
thumb on it could not be traced to its answer.

Limits held here: 10,000 characters of text a message (Teams takes about 28 KB in all), 80 of a citation's title and 160
of its excerpt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapters.teams.cards import Element, button, card, form_button, group, line, small
from adapters.teams.clicks import MARK
from adapters.teams.digest import make_digest_card
from adapters.teams.reference import open_aside
from adapters.teams.reviews import make_review_card
from adapters.wording import (
    AGAIN,
    CHANGE,
    FELL_BACK,
    MARKS,
    WHY,
    find_address,
    name_source,
    say_sure,
    shown_assumptions,
    split,
)
from bot.digest.model import Digest
from bot.ports import Notice, Outgoing
from bot.reviews.card import ReviewCard
from bot.turn import Citation, Reply

Activity = dict[str, object]
LONGEST_TEXT = 10_000  # characters of text in one message
LONGEST_NAME, LONGEST_EXCERPT = 80, 160  # characters of a citation that Teams shows


def render(outgoing: Outgoing) -> tuple[Activity, ...]:
    """The messages that show what is to be delivered, in order; at most one of them can be rated."""
    content, person = outgoing.content, open_aside(outgoing.place)[1]
    if isinstance(content, Reply):
        posts = render_reply(content, exchange=outgoing.exchange, alone=outgoing.alone)
    elif isinstance(content, Digest):
        posts = (show(make_digest_card(content), content.headline),)
    elif isinstance(content, ReviewCard):
        posts = (show(make_review_card(content), content.title),)
    else:
        posts = render_notice(content)
    return tuple(mark_aside(one, person) for one in posts) if person else posts


def mark_aside(value: Any, person: str) -> Any:
    """The same with every button saying that only this person sees it, so that its answer stays with them."""
    if isinstance(value, list):
        return [mark_aside(one, person) for one in value]
    if not isinstance(value, dict):
        return value
    told = {name: mark_aside(one, person) for name, one in value.items()}
    return told | ({MARK: {**told[MARK], "aside": person}} if MARK in told else {})


def render_reply(reply: Reply, *, exchange: str, alone: bool) -> tuple[Activity, ...]:
    """An answer, hedge, question or decline. `alone`: the asker is its only reader, so assumptions about them show."""
    mark = MARKS.get(reply.decision, "")
    if reply.choices and not reply.citations:
        asked = [*([small(mark)] if mark else []), *map(line, paragraphs(reply.text))]
        shown = show(card(asked, [pick(one, exchange) for one in reply.choices]), reply.text)
        return ({**shown, "entities": [label(())]},)
    posts = [message(text) for text in split(f"**{mark}**\n\n{reply.text}" if mark else reply.text, LONGEST_TEXT)]
    for post in posts:
        post["entities"] = [label(())]
    if not reply.citations:
        return tuple(posts)
    posts[-1] |= {"entities": [label(reply.citations)], "channelData": {"feedbackLoop": {"type": "custom"}}}
    below = show_to_asker(reply, exchange, ()) if alone else show_to_others(reply, exchange, ())
    return (*posts, show(below, say_sure(reply)))


def show_to_asker(reply: Reply, exchange: str, why: Sequence[str]) -> Element:
    """What stands under an answer where its asker alone sees it; `why`: lines that say why it is as it is."""
    told = [group([line(one) for one in why], apart=True)] if why else []
    return card([*around(reply, alone=True), *told], act_on(reply, exchange, alone=True))


def show_to_others(reply: Reply, exchange: str, why: Sequence[str]) -> Element:
    """What stands under an answer where others see it. Where that leaves out something of its asker's, clients ask for
    the card anew as it is for each viewer."""
    left_out = len(shown_assumptions(reply, alone=True)) > len(shown_assumptions(reply, alone=False))
    anew = button("Show mine", "refresh", about=exchange) if left_out else None
    told = [group([line(one) for one in why], apart=True)] if why else []
    return card([*around(reply, alone=False), *told], act_on(reply, exchange, alone=False), refresh=anew)


def show(attachment: Element, summary: str) -> Activity:
    """A card as a message of its own; the summary is what a notification shows."""
    return {"type": "message", "summary": shorten(summary, LONGEST_EXCERPT), "attachments": [attachment]}


def paragraphs(text: str) -> list[str]:
    return [one for one in text.split("\n\n") if one.strip()]


def message(text: str) -> Activity:
    """A message in Markdown."""
    return {"type": "message", "textFormat": "markdown", "text": text}


def label(citations: Sequence[Citation]) -> Element:
    """What marks a message as written by an AI, and shows where each claim comes from."""
    made: Element = {
        "type": "https://schema.org/Message",
        "@type": "Message",
        "@context": "https://schema.org",
        "@id": "",
        "additionalType": ["AIGeneratedContent"],
    }
    return made | ({"citation": [cite(one) for one in citations]} if citations else {})


def cite(citation: Citation) -> Element:
    """A source behind a marker: title, excerpt, and a link where there is one."""
    shown: Element = {
        "@type": "DigitalDocument",
        "name": shorten(citation.title or citation.document, LONGEST_NAME),
        "abstract": shorten(citation.excerpt or citation.title or citation.document, LONGEST_EXCERPT),
    }
    if address := find_address(citation):
        shown["url"] = address
    return {"@type": "Claim", "position": citation.number, "appearance": shown}


def around(reply: Reply, *, alone: bool) -> list[Element]:
    """The sources by name, how sure the bot is, and what it took words to mean."""
    sources = [small(f"[{one.number}] {link_source(one)}") for one in reply.citations]
    taken = [f"I took *{one.mention}* as {one.reading}" for one in shown_assumptions(reply, alone=alone)]
    fell = [FELL_BACK] if reply.fallback else []
    return [*sources, small(" · ".join((say_sure(reply), *taken, *fell)))]


def link_source(citation: Citation) -> str:
    """A source by its name, linked where something opens it."""
    name, address = name_source(citation), find_address(citation)
    return f"[{name}]({address})" if address else name


def act_on(reply: Reply, exchange: str, *, alone: bool) -> list[Element]:
    """The readings to pick from, the same answer said differently or without what was assumed, and why it is as it
    is."""
    picks = [pick(one, exchange) for one in reply.choices]
    again = [button(shown, "say", says=how, about=exchange) for how, shown in AGAIN]
    change = [form_button(CHANGE[1], "reword", exchange)] if shown_assumptions(reply, alone=alone) else []
    return [*picks, *again, *change, button(WHY, "why", about=exchange)]


def pick(reading: str, exchange: str) -> Element:
    """A reading to pick; once picked it stands in place of its card, for whoever picked it."""
    return button(reading, "say", says=reading, about=exchange, picked=True)


def render_notice(notice: Notice) -> tuple[Activity, ...]:
    """Plain words, or with choices to pick from a card."""
    if not notice.choices:
        return tuple(message(text) for text in split(notice.text, LONGEST_TEXT))
    picks = [pick(one, "") for one in notice.choices]
    return (show(card([line(one) for one in paragraphs(notice.text)], picks), notice.text),)


def shorten(text: str, longest: int) -> str:
    """Text on one line, cut to what is shown."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
