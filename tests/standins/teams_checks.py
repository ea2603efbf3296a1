"""What Teams would refuse a message for: the schema of its cards, the fields of its label, its limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator

SCHEMA = Path(__file__).parents[1] / "schemas" / "adaptive-card-1.5.0.json"
CARD = Draft6Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
LARGEST = 28 * 1024  # bytes of a message
MOST_ACTIONS = 6
OWN = frozenset({"msteams", "choices.data"})  # what Teams knows beyond the schema: its dialogs, its picker of people


def find_wrong(body: dict[str, Any]) -> str:
    """What Teams would refuse a message for, "" where it would take it."""
    attachments = body.get("attachments") or []
    if body.get("type") == "message" and not (body.get("text") or attachments):
        return "an empty message"
    if len(json.dumps(body, ensure_ascii=False).encode()) > LARGEST:
        return "too large"
    for one in attachments:
        is_card = one.get("contentType") == "application/vnd.microsoft.card.adaptive"
        if is_card and (fault := find_card_fault(one.get("content") or {})):
            return fault
    return next((fault for one in body.get("entities") or [] if (fault := find_entity_fault(one))), "")


def find_card_fault(card: dict[str, Any]) -> str:
    """What is wrong with a card, by the schema (which does not know Teams' own `msteams`) and Teams' limits."""
    fault = next(iter(CARD.iter_errors(without_own(card))), None)
    if fault is not None:
        return f"{fault.json_path}: {fault.message[:200]}"
    if card.get("version") not in ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5"):
        return "a version that Teams does not show"
    rows = [card, *(one for one in card.get("body") or [] if one.get("type") == "ActionSet")]
    return "too many actions" if any(len(one.get("actions") or []) > MOST_ACTIONS for one in rows) else ""


def without_own(value: Any) -> Any:
    """A card without the fields that are Teams' own."""
    if isinstance(value, dict):
        return {name: without_own(one) for name, one in value.items() if name not in OWN}
    return [without_own(one) for one in value] if isinstance(value, list) else value


def find_entity_fault(entity: dict[str, Any]) -> str:
    """What is wrong with an AI label or its citations."""
    if entity.get("type") != "https://schema.org/Message":
        return ""
    if entity.get("@type") != "Message" or entity.get("@context") != "https://schema.org":
        return "a label without its context"
    for claim in entity.get("citation") or []:
        shown = claim.get("appearance") or {}
        if not (isinstance(claim.get("position"), int) and shown.get("name") and shown.get("abstract")):
            return "a citation without its fields"
        if len(shown["name"]) > 80 or len(shown["abstract"]) > 160:
            return "a citation that is too long"
    return ""
