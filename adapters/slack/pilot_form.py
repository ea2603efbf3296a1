"""The form in which a pilot is set up, as a modal, and what was filled in. Pure; the fields are the pilot's own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from adapters.payload import Payload, part, word
from adapters.slack.blocks import Block, plain
from bot.pilot.form import Entry, Field, Form
from bot.pilot.form_reading import LONGEST, read_form

NAME = "daytwo_pilot"
IDS = re.compile(r"[\s,;]+")
TITLE, HINT = 24, 150  # characters that Slack shows of them
PICKED = {  # where an input's state keeps what was picked
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
}


def make_pilot_form(form: Form) -> Block:
    """The modal."""
    return {
        "type": "modal",
        "callback_id": NAME,
        "title": plain(form.title[:TITLE]),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "private_metadata": json.dumps({"pilot": form.pilot}),
        "blocks": [make_field(one) for one in form.fields],
    }


def make_field(field: Field) -> Block:
    """One field as an input; it is found again under its name."""
    shown: Block = {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label),
        "element": make_element(field) | {"action_id": field.name},
        "optional": not field.required,
    }
    return shown | ({"hint": plain(field.hint[:HINT])} if field.hint else {})


def make_element(field: Field) -> Block:
    """What a field is filled in with."""
    known = [one for one in IDS.split(field.value) if one]
    match field.entry:
        case Entry.PEOPLE:
            return pick("multi_users_select", "initial_users", known)
        case Entry.CHANNELS:
            return pick("multi_channels_select", "initial_channels", known)
        case Entry.CHANNEL:
            there = {"filter": {"include": ["public", "private"], "exclude_bot_users": True}}
            return pick("conversations_select", "initial_conversation", field.value) | there
        case Entry.DATE:
            return pick("datepicker", "initial_date", field.value)
        case Entry.CHOICE:
            options: list[Block] = [{"text": plain(words), "value": value} for value, words in field.choices]
            picked = next((one for one in options if one["value"] == field.value), options[0])
            return {"type": "radio_buttons", "options": options, "initial_option": picked}
    text: Block = {"type": "plain_text_input", "multiline": field.entry is Entry.TEXT, "max_length": LONGEST}
    return text | ({"initial_value": field.value} if field.value else {})


def pick(kind: str, initial: str, known: object) -> Block:
    """An element to pick from, with what is known already."""
    element: Block = {"type": kind}
    return element | {initial: known} if known else element


def read_values(body: Payload) -> dict[str, str]:
    """What was filled in, one text a field."""
    values = part(part(part(body, "view"), "state"), "values")
    return {name: read_value(part(part(values, name), name)) for name in values}


def read_value(element: Payload) -> str:
    """One field's text."""
    picked = element.get(PICKED.get(word(element, "type"), ""))
    if isinstance(picked, list):
        return ", ".join(str(one) for one in picked)
    if isinstance(picked, str):
        return picked
    return word(part(element, "selected_option"), "value") or word(element, "value")


def find_problems(body: Payload) -> Mapping[str, str]:
    """What is wrong with it, by field, as far as that can be told without looking anything up."""
    return read_form(read_values(body), workspace="", platform="").problems
