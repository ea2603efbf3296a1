"""Block Kit's pieces that every message and view here is made of. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from adapters.slack.text import escape
from adapters.wording import split

Block = dict[str, object]
LONGEST_MARKDOWN = 10_000  # characters of answer in one message; leaves room for the blocks around it
LONGEST_FALLBACK = 3_000
LONGEST_BUTTON = 75
LONGEST_VALUE = 2_000
CALL = re.compile(r"<(?=[!@#])")  # what begins a mention of a person, a channel or everyone


@dataclass(frozen=True, slots=True)
class Post:
    """One message to post: its blocks, and the text for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...]


def markdown(text: str) -> Block:
    """Markdown as Slack reads it; nothing in it can call on people, whatever a document says."""
    return {"type": "markdown", "text": CALL.sub("&lt;", text)}


def context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:LONGEST_FALLBACK]}]}


def button(words: str, action: str, value: str) -> Block:
    return {"type": "button", "text": plain(words), "action_id": action, "value": value[:LONGEST_VALUE]}


def plain(words: str) -> Block:
    shown = words if len(words) <= LONGEST_BUTTON else words[: LONGEST_BUTTON - 1] + "…"
    return {"type": "plain_text", "text": shown}


def section(text: str) -> list[Block]:
    """Text as sections of at most 3,000 characters, cut at paragraphs."""
    return [{"type": "section", "text": {"type": "mrkdwn", "text": part}} for part in split(text, 2_900)]


def fallback(text: str) -> str:
    """What a notification shows: escaped, so that it can neither mention nor link."""
    return escape(text[:LONGEST_FALLBACK])
