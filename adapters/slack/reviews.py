"""Something to review -> Block Kit: what happened, what was said as far as it may be shown, what to do, and
buttons that close it. Pure; read by whoever is in the reviewers' channel.

Limits held here: 8 blocks and under 2,000 characters.
"""

from __future__ import annotations

from adapters.slack.blocks import Block, Post, button, context, fallback, markdown, section
from adapters.slack.text import escape
from adapters.wording import review_buttons, say_when
from bot.reviews.card import ReviewCard, to_text

BUTTON = "daytwo_review_"  # what the action ids begin with; what a button does follows
CLOSED = "✓ "
OPEN = "Open the message"


def render_review(card: ReviewCard) -> tuple[Post, ...]:
    """The card as one message."""
    title = f"{CLOSED if card.closed else ''}*{escape(card.title)}*"
    blocks = section("\n".join(one for one in (title, escape(card.why)) if one))
    blocks += [quote("Question", card.question)] if card.question else []
    blocks += [markdown(f"**Answer**\n\n{card.answer}")] if card.answer else []
    blocks += [context(escape("   ".join(card.sources)))] if card.sources else []
    blocks += [context(around(card))] if around(card) else []
    blocks += section(escape(card.step)) if card.step else []
    blocks += [{"type": "actions", "elements": elements}] if (elements := act_on(card)) else []
    return (Post(fallback(to_text(card)), tuple(blocks)),)


def quote(name: str, words: str) -> Block:
    """What somebody wrote, as it was written: no markup in it is read."""
    title = {"type": "rich_text_section", "elements": [{"type": "text", "text": name, "style": {"bold": True}}]}
    said = {"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [title, said]}


def around(card: ReviewCard) -> str:
    """When, where, why there are no words, and who closed it."""
    link = f"<{card.link}|{OPEN}>" if card.link.startswith("https://") else ""
    return " · ".join(one for one in (escape(say_when(card)), link, escape(card.note)) if one)


def act_on(card: ReviewCard) -> list[Block]:
    """The buttons; a closed card has none."""
    return [button(shown, f"{BUTTON}{does}", card.id) for does, shown in review_buttons(card)]
