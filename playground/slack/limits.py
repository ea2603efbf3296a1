"""How much Slack takes: the lengths and counts of Block Kit, which its schemas do not hold. From its reference."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

Block = dict[str, Any]

MOST_BLOCKS: Final = {"message": 50, "modal": 100, "home": 100}
LONGEST_BLOCKS: Final = 13_200  # characters of a message's blocks together, as observed
LONGEST_TEXT: Final = 40_000  # a message's text; more is cut
LONGEST_VIEW: Final = 250_000  # bytes
LONGEST_ID: Final = 255  # block_id and action_id
LONGEST_PRIVATE: Final = 3_000  # private_metadata
# The longest text of a kind of block or element, by where the text stands in it.
LONGEST: Final[Mapping[tuple[str, str], int]] = {
    ("button", "text"): 75,
    ("button", "value"): 2_000,
    ("button", "url"): 3_000,
    ("checkboxes", "text"): 3_000,
    ("context", "text"): 2_000,
    ("header", "text"): 150,
    ("image", "alt_text"): 2_000,
    ("image", "image_url"): 3_000,
    ("image", "title"): 2_000,
    ("input", "hint"): 2_000,
    ("input", "label"): 2_000,
    ("markdown", "text"): 12_000,
    ("option", "description"): 75,
    ("option", "text"): 75,
    ("option", "value"): 150,
    ("placeholder", "text"): 150,
    ("section", "text"): 3_000,
    ("title", "text"): 24,
}
MOST_ELEMENTS: Final = {"actions": 25, "context": 10, "context_actions": 5}
MOST_FIELDS, LONGEST_FIELD = 10, 2_000  # of a section
MOST_OPTIONS: Final = {"static_select": 100, "multi_static_select": 100, "radio_buttons": 10, "checkboxes": 10}
OVERFLOW_OPTIONS: Final = 5
NOT_IN: Final = {
    "message": {"input"},
    "modal": {"markdown", "context_actions"},
    "home": {"markdown", "context_actions"},
}


def find_faults(blocks: list[Block], surface: str) -> Iterator[str]:
    """What is too long, too many or out of place in the blocks of a message, modal or home."""
    if len(blocks) > MOST_BLOCKS[surface]:
        yield f"{len(blocks)} blocks, more than {MOST_BLOCKS[surface]}"
    yield from find_twins("block_id", [one.get("block_id") for one in blocks])
    for block in blocks:
        if block.get("type") in NOT_IN[surface]:
            yield f"a {block['type']} block in a {surface}"
        yield from find_in_block(block)
    if surface == "message" and len(json.dumps(blocks, ensure_ascii=False)) > LONGEST_BLOCKS:
        yield f"blocks of more than {LONGEST_BLOCKS} characters together"


def find_in_block(block: Block) -> Iterator[str]:
    """What is wrong with one block and the elements in it."""
    kind = str(block.get("type"))
    elements = elements_of(block)
    if kind in MOST_ELEMENTS and not 0 < len(elements) <= MOST_ELEMENTS[kind]:
        yield f"{len(elements)} elements in {kind}"
    fields = block.get("fields") or []
    if len(fields) > MOST_FIELDS or any(len(words(one)) > LONGEST_FIELD for one in fields):
        yield "too many or too long fields"
    if kind == "section" and not (block.get("text") or fields):
        yield "a section without text"
    yield from find_in_element(block)
    for element in elements:
        yield from find_in_element(element, within=kind)
    yield from find_twins("action_id", [one.get("action_id") for one in elements])


def elements_of(block: Block) -> list[Block]:
    """A block's interactive or shown elements."""
    inner = [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]
    listed = block.get("elements") if block.get("type") != "rich_text" else None
    return [*inner, *(one for one in listed or [] if isinstance(one, dict))]


def find_in_element(element: Block, within: str = "") -> Iterator[str]:
    """Lengths of one block or element: none empty, none too long."""
    kind = str(element.get("type"))
    kind = within if kind in ("mrkdwn", "plain_text") else kind
    for (named, name), most in LONGEST.items():
        if named == kind and name in element and not 0 < len(words(element[name])) <= most:
            yield f"{name} of {kind} has {len(words(element[name]))} characters, not 1 to {most}"
    for name in ("action_id", "block_id"):
        if len(str(element.get(name) or "")) > LONGEST_ID:
            yield f"{name} of {kind} is longer than {LONGEST_ID}"
    if "placeholder" in element and len(words(element["placeholder"])) > LONGEST["placeholder", "text"]:
        yield f"placeholder of {kind} is too long"
    for name in ("positive_button", "negative_button"):
        if name in element:
            yield from find_in_element({**element[name], "type": "button"})
    if "confirm" in element:
        yield from find_in_confirmation(element["confirm"])
    yield from find_in_options(element, kind)


def find_in_confirmation(confirm: Block) -> Iterator[str]:
    """A dialog that asks again."""
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        if len(words(confirm.get(name))) > most:
            yield f"{name} of a confirmation is longer than {most}"


def find_in_options(element: Block, kind: str) -> Iterator[str]:
    """The options of a menu."""
    options = element.get("options")
    if options is None:
        return
    most = OVERFLOW_OPTIONS if kind == "overflow" else MOST_OPTIONS.get(kind, 100)
    if not 0 < len(options) <= most:
        yield f"{len(options)} options in {kind}"
    for option in options:
        yield from find_in_element({**option, "type": "option"})


def find_in_view(view: Block) -> Iterator[str]:
    """What is wrong with a home or a modal."""
    kind = str(view.get("type"))
    if kind not in ("home", "modal"):
        yield f"a view of type {kind}"
        return
    for name in ("title", "submit", "close"):
        if len(words(view.get(name))) > LONGEST["title", "text"]:
            yield f"{name} of a view is longer than {LONGEST['title', 'text']}"
    if len(str(view.get("private_metadata") or "")) > LONGEST_PRIVATE:
        yield f"private_metadata longer than {LONGEST_PRIVATE}"
    if len(str(view.get("callback_id") or "")) > LONGEST_ID or len(str(view.get("external_id") or "")) > LONGEST_ID:
        yield f"callback_id or external_id longer than {LONGEST_ID}"
    if (
        any(one.get("type") == "input" for one in view.get("blocks") or [])
        and kind == "modal"
        and not view.get("submit")
    ):
        yield "a modal with inputs and no submit"
    if len(json.dumps(view).encode()) > LONGEST_VIEW:
        yield f"a view of more than {LONGEST_VIEW} bytes"
    yield from find_faults(view.get("blocks") or [], kind)


def find_twins(name: str, given: list[Any]) -> Iterator[str]:
    """Names that stand there twice."""
    named = [one for one in given if one]
    if len(set(named)) < len(named):
        yield f"the same {name} twice"


def words(text: object) -> str:
    """A text object's words, or the text itself."""
    return str(text.get("text", "")) if isinstance(text, dict) else str(text or "")
