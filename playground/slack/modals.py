"""A modal on the page: its fields as the page draws them, and what was filled in as Slack tells it to the app."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from playground.slack.workspace import Record, Workspace

REQUIRED: Final = "Please fill this in."
# Of each kind of element: where its state keeps what was picked, and where it says what is picked at first.
ONE_OPTION: Final = {"radio_buttons", "static_select"}
SEVERAL: Final = {"checkboxes"}
PICKS: Final[Mapping[str, tuple[str, str]]] = {
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_users_select": ("selected_users", "initial_users"),
    "users_select": ("selected_user", "initial_user"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to pick."""

    value: str
    words: str
    picked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input as the page draws it. `draws`: "line", "text", "date", "pick" (a menu), "one" (of several), "many"."""

    block: str
    label: str
    draws: str
    hint: str = ""
    value: str = ""
    longest: int = 3_000
    required: bool = True
    choices: Sequence[Choice] = field(default=())


def show_field(workspace: Workspace, block: Record) -> Field:
    """An input block."""
    element = block["element"]
    kind, choices = str(element["type"]), list_choices(workspace, element)
    draws = "line"
    if kind == "plain_text_input":
        draws = "text" if element.get("multiline") else "line"
    elif kind == "datepicker":
        draws = "date"
    elif kind == "radio_buttons":
        draws = "one"
    elif choices:
        draws = "many" if kind in SEVERAL or kind.startswith("multi_") else "pick"
    initial = PICKS[kind][1] if kind in PICKS else "initial_value"
    return Field(
        block=str(block["block_id"]),
        label=block["label"]["text"],
        draws=draws,
        hint=(block.get("hint") or {}).get("text", ""),
        value=str(element.get(initial) or "") if not choices else "",
        longest=int(element.get("max_length") or 3_000),
        required=not block.get("optional"),
        choices=choices,
    )


def list_choices(workspace: Workspace, element: Record) -> list[Choice]:
    """What can be picked: the app's own options, or people and channels of the workspace."""
    kind = str(element["type"])
    if kind in ONE_OPTION | SEVERAL:
        given = element.get("initial_options") or [element.get("initial_option") or {}]
        first = {one.get("value") for one in given}
        known = [(str(one["value"]), str(one["text"]["text"])) for one in element["options"]]
    elif kind in PICKS and kind != "datepicker":
        found = element.get(PICKS[kind][1]) or ()
        first = {found} if isinstance(found, str) else set(found)
        known = list_people(workspace) if "users" in kind else list_channels(workspace)
        known += [(one, one) for one in sorted(first - {value for value, _ in known})]
    else:
        return []
    return [Choice(value=value, words=words, picked=value in first) for value, words in known]


def list_people(workspace: Workspace) -> list[tuple[str, str]]:
    people = (one for one in workspace.people.values() if not one.get("is_bot"))
    return [(one["id"], (one.get("profile") or {}).get("display_name") or one["id"]) for one in people]


def list_channels(workspace: Workspace) -> list[tuple[str, str]]:
    return [(channel, f"# {name}") for channel, name in sorted(workspace.names.items())]


def inputs_of(view: Record) -> Iterable[Record]:
    return (block for block in view["blocks"] if block["type"] == "input")


def read_state(view: Record, filled: Mapping[str, Sequence[str]]) -> Record:
    """What was filled in, by block and action, as a view's state has it; `filled` by block."""
    values: Record = {}
    for block in inputs_of(view):
        element, given = block["element"], [one for one in filled.get(block["block_id"], ()) if one]
        values[block["block_id"]] = {element["action_id"]: read_element(element, given)}
    return {"values": values}


def read_element(element: Record, given: Sequence[str]) -> Record:
    """The state of one element."""
    kind = str(element["type"])
    if kind in ONE_OPTION | SEVERAL:
        picked = [one for one in element["options"] if one["value"] in given]
        if kind in SEVERAL:
            return {"type": kind, "selected_options": picked}
        return {"type": kind, "selected_option": picked[0] if picked else None}
    if kind in PICKS:
        kept = list(given) if kind.startswith("multi_") else given[0] if given else None
        return {"type": kind, PICKS[kind][0]: kept}
    return {"type": kind, "value": given[0] if given else None}


def find_missing(view: Record, filled: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What has to be filled in and is not, by block: a client of Slack's says so before the app hears of anything."""
    needed = (str(block["block_id"]) for block in inputs_of(view) if not block.get("optional"))
    return {name: REQUIRED for name in needed if not any(filled.get(name, ()))}


def read_answer(answer: Any) -> Record:
    """What an app answers to a form that was sent, over a socket or as text over HTTP: {} where it closes."""
    if isinstance(answer, str) and answer.strip():
        answer = json.loads(answer)
    return dict(answer) if isinstance(answer, dict) else {}
