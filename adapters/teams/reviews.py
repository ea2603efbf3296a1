"""Something to review -> Adaptive Card: what happened, what was said as far as it may be shown, what to do, and buttons
that close it. Pure; read by whoever is in the reviewers' channel. Under 10 KB.
"""

from __future__ import annotations

from collections.abc import Sequence

from adapters.teams.cards import Element, button, card, group, line, small
from adapters.wording import review_buttons, say_when
from bot.reviews.card import ReviewCard

OPEN = "Open the message"
CLOSED = "✓ "


def make_review_card(shown: ReviewCard) -> Element:
    """The card as an attachment."""
    body = [line(f"{CLOSED if shown.closed else ''}**{shown.title}**") | {"size": "Medium"}]
    body += [line(shown.why)] if shown.why else []
    body += [said("Question", [literal(shown.question)])] if shown.question else []
    body += [said("Answer", list(map(line, paragraphs(shown.answer))))] if shown.answer else []
    body += [small("   ".join(shown.sources))] if shown.sources else []
    body += [small(around(shown))] if around(shown) else []
    body += [line(shown.step.replace("`", ""))] if shown.step else []  # a card shows no code
    return card(body, [button(words, "review", says=does, about=shown.id) for does, words in review_buttons(shown)])


def said(name: str, words: Sequence[Element]) -> Element:
    """What was said, set apart from our own words."""
    return group([small(name), *words]) | {"style": "emphasis"}


def literal(words: str) -> Element:
    """Words as they were written, no Markdown in them read."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": words}], "spacing": "Small"}


def paragraphs(text: str) -> list[str]:
    return [one for one in text.split("\n\n") if one.strip()]


def around(shown: ReviewCard) -> str:
    """When, where, why there are no words, and who closed it."""
    link = f"[{OPEN}]({shown.link})" if shown.link.startswith("https://") else ""
    return " · ".join(one for one in (say_when(shown), link, shown.note) if one)
