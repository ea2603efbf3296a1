"""Adaptive Cards 1.5, in the small subset that is used here. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from adapters.teams.clicks import MARK

Element = dict[str, object]
CARD = "application/vnd.microsoft.card.adaptive"
MOST_ACTIONS = 6  # buttons in a row
LONGEST_BUTTON = 60  # characters that a button shows whole


def card(
    body: Sequence[Element], actions: Sequence[Element] = (), *, refresh: Element | None = None, wide: bool = False
) -> Element:
    """A card as an attachment of a message; more buttons than Teams shows in a row stand in several. `refresh`: the
    action by which each viewer's client asks for the card as it is for them; `wide`: as wide as the chat."""
    content: Element = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": list(body),
    }
    rows = [list(actions[start : start + MOST_ACTIONS]) for start in range(0, len(actions), MOST_ACTIONS)]
    if len(rows) == 1:
        content["actions"] = rows[0]
    elif rows:
        content["body"] = [*body, *({"type": "ActionSet", "actions": row} for row in rows)]
    if wide:
        content["msteams"] = {"width": "Full"}
    if refresh:
        content["refresh"] = {"action": refresh}
    return {"contentType": CARD, "content": content}


def title(text: str) -> Element:
    return {"type": "TextBlock", "text": text, "size": "Large", "weight": "Bolder", "wrap": True, "style": "heading"}


def heading(text: str) -> Element:
    return {"type": "TextBlock", "text": text, "weight": "Bolder", "wrap": True, "spacing": "Medium"}


def line(text: str) -> Element:
    return {"type": "TextBlock", "text": text, "wrap": True, "spacing": "Small"}


def small(text: str) -> Element:
    return {"type": "TextBlock", "text": text, "wrap": True, "size": "Small", "isSubtle": True, "spacing": "Small"}


def group(elements: Sequence[Element], *, apart: bool = False) -> Element:
    """Elements that belong together; `apart`: with a line above them."""
    return {"type": "Container", "items": list(elements), "spacing": "Medium", "separator": apart}


def beside(wide: Sequence[Element], narrow: Sequence[Element]) -> Element:
    """Something with a small thing to its right."""
    columns = [
        {"type": "Column", "width": "stretch", "items": list(wide)},
        {"type": "Column", "width": "auto", "items": list(narrow), "verticalContentAlignment": "Center"},
    ]
    return {"type": "ColumnSet", "columns": columns, "spacing": "Small"}


def button(words: str, does: str, *, says: str = "", about: str = "", picked: bool = False) -> Element:
    """A button; what it does comes back as it was put here. `picked`: its card gives way to its words."""
    data = {"does": does, "words": says, "about": about} | ({"picked": words} if picked else {})
    return act("Action.Execute", words, data) | {"verb": does}


def form_button(words: str, form: str, about: str = "") -> Element:
    """A button that opens a form as a dialog."""
    made = act("Action.Submit", words, {"does": "form", "words": form, "about": about})
    return made | {"data": {**_data(made), "msteams": {"type": "task/fetch"}}}


def send_button(words: str, does: str, *, says: str = "", about: str = "") -> Element:
    """The button that sends a dialog's form."""
    return act("Action.Submit", words, {"does": does, "words": says, "about": about})


def act(kind: str, words: str, data: Mapping[str, str]) -> Element:
    """An action under a title that a button shows whole."""
    shown = words if len(words) <= LONGEST_BUTTON else words[: LONGEST_BUTTON - 1] + "…"
    made: Element = {"type": kind, "title": shown}
    if shown != words:
        made["tooltip"] = words
    return made | {"data": {MARK: dict(data)}}


def _data(action: Element) -> Element:
    found = action["data"]
    return found if isinstance(found, dict) else {}


def ask_words(name: str, asked: str, *, value: str = "", longest: int = 500, long: bool = False) -> Element:
    """A field for words."""
    made: Element = {"type": "Input.Text", "id": name, "label": asked, "isMultiline": long, "maxLength": longest}
    return made | ({"value": value[:longest]} if value else {})


def ask_date(name: str, asked: str, *, value: str = "") -> Element:
    """A field for a date, as 2026-11-02."""
    made: Element = {"type": "Input.Date", "id": name, "label": asked}
    return made | ({"value": value} if value else {})


def ask_choice(name: str, asked: str, choices: Iterable[tuple[str, str]], *, picked: str = "") -> Element:
    """A field to pick one of several (value, what is shown)."""
    options = [{"title": shown, "value": value} for value, shown in choices]
    made: Element = {"type": "Input.ChoiceSet", "id": name, "label": asked, "style": "expanded", "choices": options}
    return made | ({"value": picked} if picked else {})


def ask_yes(name: str, asked: str, *, yes: bool) -> Element:
    """A field to say yes or no: "true" or "false"."""
    return {"type": "Input.Toggle", "id": name, "title": asked, "value": "true" if yes else "false", "wrap": True}
