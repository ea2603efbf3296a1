"""Slack's markup to plain words and back: mentions, links, entities."""

from __future__ import annotations

import re
from collections.abc import Mapping

TOKEN = re.compile(r"<([^<>\n]+)>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def to_plain(text: str, names: Mapping[str, str], bot: str = "") -> str:
    """What the person meant to write: mentions as @name, links as their label or address, the bot's mention gone."""
    plain = TOKEN.sub(lambda found: show_token(found.group(1), names, bot), text)
    for entity, character in ENTITIES:
        plain = plain.replace(entity, character)
    return re.sub(r"[ \t]+", " ", plain).strip()


def show_token(token: str, names: Mapping[str, str], bot: str) -> str:
    """One `<…>` token as words."""
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return "" if target[1:] == bot else f"@{names.get(target[1:], label or target[1:])}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        kind, _, group = target[1:].partition("^")
        return f"@{label.lstrip('@') or (group if kind == 'subteam' else kind)}"
    return label or target


def mentions(text: str, member: str) -> bool:
    """Whether the raw text mentions that member."""
    return bool(member) and re.search(rf"<@{re.escape(member)}(?:\|[^>]*)?>", text) is not None


def escape(text: str) -> str:
    """Words made safe to stand in mrkdwn and fallback text: nothing in them can mention or link."""
    for entity, character in reversed(ENTITIES):
        text = text.replace(character, entity)
    return text
