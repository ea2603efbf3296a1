"""Forms that open as dialogs: the reason after a thumb, a belief put right, what was meant, what one agrees to, a
pilot's set-up. Pure; what is filled in comes back as an invoke (see `filled`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adapters.form_words import (
    CHANGE,
    CHOOSE,
    FIX,
    IN_PUBLIC,
    LONGEST_VALUE,
    LONGEST_WORDS,
    MOST_TAKEN,
    NAMED,
    REASON,
    REASON_NOTE,
    RIGHT_HINT,
    SETTINGS,
    find_picks,
)
from adapters.teams.cards import Element, ask_choice, ask_date, ask_words, ask_yes, card, line, send_button, small
from adapters.wording import REASONS
from bot.pilot.form import Entry, Field, Form
from bot.self_model.explain import label_of
from bot.trust import consent
from bot.trust.model import Consent
from bot.turn import Assumption

Answered = dict[str, object]
SEND, SAVE, GONE = "Send", "Save", "This form is gone. Ask for it again where you found it."
NOTED = "Noted. You see what came of it in our chat."
LEARN, YES, NO = "learn", "yes", "no"
PEOPLE = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}  # Teams' own picker of people
LONGEST_TITLE = 64


def ask_reason(*, up: bool) -> Answered:
    """What was good, in their words; or what was wrong, to pick and in their words."""
    words = ask_words("feedbackText", "In your own words", longest=LONGEST_WORDS, long=True)
    if up:
        return open_dialog("A good answer", [words], [send_button(SEND, "rate")])
    picks = [(str(kind), shown) for kind, shown in REASONS.items()]
    fields = [ask_choice("reason", REASON, picks), words, small(REASON_NOTE)]
    return open_dialog("A poor answer", fields, [send_button(SEND, "rate")])


def ask_right(about: str, fault: str = "") -> Answered:
    """What is right in place of a belief; `about`: its address and value."""
    address, _, value = about.partition(" ")
    if not address:
        return tell(GONE)
    asked = "What is right?"
    if picks := find_picks(address):
        field = ask_choice("right", asked, [(one, one.capitalize()) for one in picks], picked=value)
    else:
        field = ask_words("right", asked, value=value, longest=LONGEST_VALUE)
    shown = line(f"I believe **{label_of(address)}: {value}**.")
    return open_dialog(FIX, [*warn(fault), shown, field, small(RIGHT_HINT)], [send_button(SAVE, "fix", about=about)])


def ask_meant(exchange: str, taken: Sequence[Assumption], fault: str = "") -> Answered:
    """What was meant by words that were taken to mean something else."""
    fields: list[Element] = []
    mentions = [one.mention for one in taken[:MOST_TAKEN]]
    for number, one in enumerate(taken[:MOST_TAKEN]):
        field = ask_words(f"meant_{number}", f"What did you mean by “{one.mention}”?", longest=LONGEST_VALUE)
        fields += [field, small(f"I took it as {one.reading}.")]
    return open_dialog(
        CHANGE,
        [*warn(fault), *fields],
        [send_button("Answer again", "reword", says="\n".join(mentions), about=exchange)],
    )


def ask_consent(agreed: Consent, fault: str = "") -> Answered:
    """What one agrees to, all at once."""
    picked = "" if consent.is_open(agreed) else YES if agreed.modelling else NO
    learns = ask_choice(LEARN, consent.OPENING, ((YES, consent.YES), (NO, consent.NO)), picked=picked)
    also = [
        ask_yes(NAMED, SETTINGS[NAMED], yes=agreed.named_to_champion),
        ask_yes(IN_PUBLIC, SETTINGS[IN_PUBLIC], yes=agreed.private_in_public),
    ]
    told = [line(one) for one in consent.QUESTION.split("\n\n")[1:]]
    return open_dialog(CHOOSE, [*warn(fault), *told, learns, *also], [send_button(SAVE, "agree")], large=True)


def ask_pilot(form: Form, problems: Mapping[str, str] | None = None) -> Answered:
    """A pilot's set-up, with what is wrong with what was filled in before, by field."""
    wrong = problems or {}
    fields: list[Element] = []
    for one in (field for field in form.fields if field.entry is not Entry.GROUPS):  # Teams tells a bot of none
        fields.append(make_field(one))
        fields += warn(wrong.get(one.name, ""))
        fields += [small(one.hint)] if one.hint and one.name not in wrong else []
    head = warn("Not saved yet: see what is marked below.") if wrong else []
    return open_dialog(form.title, [*head, *fields], [send_button(SAVE, "set_up", about=form.pilot)], large=True)


def make_field(field: Field) -> Element:
    """One field of a pilot's set-up."""
    label = f"{field.label} (needed)" if field.required else field.label
    match field.entry:
        case Entry.PEOPLE:
            made = ask_choice(field.name, label, (), picked=field.value.replace(" ", ""))
            return made | {"style": "compact", "isMultiSelect": True, "choices.data": PEOPLE}
        case Entry.DATE:
            return ask_date(field.name, label, value=field.value)
        case Entry.CHOICE:
            return ask_choice(field.name, label, field.choices, picked=field.value)
    return ask_words(field.name, label, value=field.value, longest=3_000, long=field.entry is Entry.TEXT)


def warn(fault: str) -> list[Element]:
    """What has to be mended before it is taken."""
    return [line(fault) | {"color": "Attention", "weight": "Bolder"}] if fault else []


def open_dialog(
    title: str, body: Sequence[Element], actions: Sequence[Element] = (), *, large: bool = False
) -> Answered:
    """A dialog that shows a card."""
    size = "large" if large else "medium"
    shown = {"title": title[:LONGEST_TITLE], "height": size, "width": "medium", "card": card(body, actions)}
    return {"task": {"type": "continue", "value": shown}}


def tell(text: str) -> Answered:
    """A dialog that only says something."""
    return {"task": {"type": "message", "value": text}}
