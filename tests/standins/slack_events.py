"""Whether an event is one that Slack would send: the official shapes of those that Daytwo hears."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

SHAPES = Path(__file__).parents[1] / "schemas" / "slack-event-shapes.json"
NAMED = {
    ("app_context_changed", ""): "AppContextChangedEvent",
    ("app_home_opened", ""): "AppHomeOpenedEvent",
    ("app_mention", ""): "AppMentionEvent",
    ("app_uninstalled", ""): "AppUninstalledEvent",
    ("message", ""): "GenericMessageEvent",
    ("message", "bot_message"): "BotMessageEvent",
    ("message", "file_share"): "FileShareMessageEvent",
    ("message", "me_message"): "MeMessageEvent",
    ("message", "thread_broadcast"): "ThreadBroadcastMessageEvent",
    ("reaction_added", ""): "ReactionAddedEvent",
    ("tokens_revoked", ""): "TokensRevokedEvent",
}


def find_faults(event: dict[str, Any]) -> list[str]:
    """What its official shape finds wrong with an inner event; nothing with one whose shape is not at hand."""
    name = NAMED.get((str(event.get("type")), str(event.get("subtype") or "")))
    return [f"{name} {one.json_path}: {one.message[:200]}" for one in read(name).iter_errors(event)] if name else []


@cache
def read(name: str) -> Draft7Validator:
    shapes = json.loads(SHAPES.read_text(encoding="utf-8"))
    return Draft7Validator(shapes | {"$ref": f"#/definitions/{name}"})
