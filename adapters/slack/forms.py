"""The modals: a belief put right, what was meant, what was wrong with an answer, what one agrees to. Pure.

A form is opened by what a button carries, so that it is there at once; what it was sent with is checked before Slack
closes it, and then kept like anything else that a person does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from adapters.did import Agreed, Clicked, Rated, Reworded, SetUp
from adapters.form_words import (
    IN_PUBLIC,
    LONGEST_VALUE,
    LONGEST_WORDS,
    MEAN_SOMETHING,
    MOST_TAKEN,
    NAMED,
    REASON_NOTE,
    RIGHT_HINT,
    SETTINGS,
    find_fault_of_fix,
    find_fault_of_reason,
    find_picks,
    name_belief,
)
from adapters.payload import Payload, part, parts, word
from adapters.slack.blocks import Block, context, plain, section
from adapters.slack.clicks import MADE_BY_US, read_member, read_place
from adapters.slack.pilot_form import NAME, find_problems, read_values
from adapters.slack.places import own_place
from adapters.slack.text import escape
from adapters.wording import REASONS
from bot.pilot.model import FeedbackKind
from bot.self_model.explain import label_of
from bot.trust import consent
from bot.turn import Member, Place

MOST_CARRIED = 2_000  # characters that a button of ours carries
NEW = "new"  # in place of a pilot's id, for a button cannot carry nothing
LEARN, DO_NOT = "learn", "not"
Done = Clicked | Rated | Agreed | Reworded | SetUp


def open_form(body: Payload) -> tuple[str, Block] | None:
    """The trigger of a click and the modal that it opens; None where it opens none."""
    action = next(iter(parts(body, "actions")), {})
    name, value = word(action, "action_id").removeprefix(MADE_BY_US), word(action, "value")
    trigger = word(body, "trigger_id")
    if word(body, "type") != "block_actions" or not trigger or len(value) > MOST_CARRIED:
        return None
    match name.partition("_")[0], value.partition(" "):
        case "fix", (address, _, believed):
            return trigger, make_fix(address, believed)
        case "vote", ("down", _, exchange):
            return trigger, make_reason(exchange)
        case "change", (exchange, _, taken):
            return trigger, make_change(exchange, read_taken(taken), read_place(body))
        case "consent", (state, _, _):
            return trigger, make_consent(frozenset(state.split(",")))
    return None


def opens_pilot(body: Payload) -> tuple[str, str] | None:
    """The trigger of a click that opens the pilot's form, and which pilot's ("" for a new one); None for any other."""
    action = next(iter(parts(body, "actions")), {})
    trigger = word(body, "trigger_id")
    if word(body, "type") != "block_actions" or word(action, "action_id") != NAME or not trigger:
        return None
    return trigger, word(action, "value").removeprefix(NEW)


def make_modal(name: str, title: str, submit: str, blocks: Sequence[Block], about: Mapping[str, object]) -> Block:
    """A modal; `about` comes back with what was filled in."""
    return {
        "type": "modal",
        "callback_id": f"{MADE_BY_US}{name}",
        "title": plain(title),
        "submit": plain(submit),
        "close": plain("Cancel"),
        "private_metadata": json.dumps(about, ensure_ascii=False),
        "blocks": list(blocks),
    }


def make_input(name: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """An input under that name; its answer is found there again."""
    shown = {"type": "input", "block_id": name, "label": plain(label), "element": element | {"action_id": name}}
    return shown | ({"hint": plain(hint)} if hint else {}) | ({"optional": True} if optional else {})


def make_text(longest: int, *, initial: str = "", lines: bool = False) -> Block:
    shown: Block = {"type": "plain_text_input", "max_length": longest, "multiline": lines}
    return shown | ({"initial_value": initial[:longest]} if initial else {})


def make_options(named: Mapping[str, str]) -> list[Block]:
    return [{"text": plain(words), "value": value} for value, words in named.items()]


def make_choice(kind: str, named: Mapping[str, str], picked: Sequence[str] = ()) -> Block:
    """Radio buttons or checkboxes, with what is picked to begin with."""
    options = make_options(named)
    made: Block = {"type": kind, "options": options}
    chosen = [one for one in options if one["value"] in picked]
    if not chosen:
        return made
    return made | ({"initial_options": chosen} if kind == "checkboxes" else {"initial_option": chosen[0]})


def make_fix(address: str, believed: str) -> Block:
    """A belief put right: picked where there is only so much to pick from, else written."""
    named = {one: one.capitalize() for one in find_picks(address)}
    picked = make_choice("radio_buttons", named, (believed,)) if named else {}
    element = picked or make_text(LONGEST_VALUE, initial=believed)
    shown = section(f"I believe *{escape(label_of(address))}: {escape(believed)}*.")
    return make_modal(
        "fix",
        "Put it right",
        "Save",
        [*shown, make_input("right", "What is right?", element, hint=RIGHT_HINT)],
        {"address": address, "believed": believed},
    )


def make_reason(exchange: str) -> Block:
    """What was wrong with an answer."""
    reasons = make_choice("radio_buttons", {kind.value: words for kind, words in REASONS.items()})
    blocks = [
        make_input("reason", "Pick what fits best", reasons),
        make_input("words", "In your own words", make_text(LONGEST_WORDS, lines=True), optional=True),
        context(REASON_NOTE),
    ]
    return make_modal("reason", "What was wrong?", "Send", blocks, {"exchange": exchange})


def make_change(exchange: str, taken: Sequence[tuple[str, str]], place: Place) -> Block:
    """What was meant by words that were taken to mean something else."""
    asked = [
        make_input(
            f"meant_{number}",
            f"What did you mean by “{mention}”?"[:75],
            make_text(LONGEST_VALUE),
            hint=f"I took it as {reading}."[:150],
            optional=True,
        )
        for number, (mention, reading) in enumerate(taken[:MOST_TAKEN])
    ]
    mentions = [mention for mention, _ in taken[:MOST_TAKEN]]
    about = {"exchange": exchange, "mentions": mentions, "channel": place.channel, "thread": place.thread}
    return make_modal("change", "What did you mean?", "Answer again", asked, about)


def make_consent(state: frozenset[str]) -> Block:
    """What one agrees to. `state`: what is agreed to now, by the names of the settings."""
    learns = make_choice(
        "radio_buttons",
        {LEARN: consent.YES, DO_NOT: consent.NO},
        [one for one in (LEARN, DO_NOT) if one in state],
    )
    also = make_choice("checkboxes", SETTINGS, tuple(state))
    blocks = [
        *section(escape(consent.QUESTION.partition("\n\n")[2])),
        make_input("learn", consent.OPENING, learns),
        make_input("also", "And besides", also, optional=True),
    ]
    return make_modal("consent", "What you agree to", "Save", blocks, {})


def read_taken(text: str) -> tuple[tuple[str, str], ...]:
    """The assumptions that a button carries, as (mention, reading)."""
    try:
        found = json.loads(text)
    except ValueError:
        return ()
    return tuple((str(one[0]), str(one[1])) for one in found if isinstance(one, list) and len(one) == 2)


def find_errors(body: Payload) -> dict[str, str]:
    """What is wrong with a form as it was sent, by input; Slack shows it there and leaves the form open."""
    given, about = read_given(body), read_about(body)
    match word(part(body, "view"), "callback_id").removeprefix(MADE_BY_US):
        case "fix":
            fault = find_fault_of_fix(given.get("right", ""), word(about, "believed"))
            return {"right": fault} if fault else {}
        case "reason":
            fault = find_fault_of_reason(given)
            return {"words": fault} if fault else {}
        case "pilot":
            return dict(find_problems(body))
        case "change":
            filled = any(value for name, value in given.items() if name.startswith("meant_"))
            return {} if filled else {"meant_0": MEAN_SOMETHING}
    return {}


def read_form(body: Payload) -> Done | None:
    """What a form that was sent means; None for one that we did not make, or one without its state."""
    member, given, about = read_member(body), read_given(body), read_about(body)
    if not member.id or find_errors(body):
        return None
    place, identity = own_place(member), f"form/{word(body, 'trigger_id')}"
    match word(part(body, "view"), "callback_id").removeprefix(MADE_BY_US):
        case "fix" if given.get("right"):
            words = f"correct {name_belief(word(about, 'address'), word(about, 'believed'))} to {given['right']}"
            return Clicked(id=identity, member=member, place=place, does="say", words=words, private=True)
        case "reason" if "reason" in given:
            reason = next((one for one in FeedbackKind if one == given["reason"]), FeedbackKind.NONE)
            words, exchange = given.get("words", ""), word(about, "exchange")
            return Rated(member=member, place=place, up=False, words=words, reason=reason, exchange=exchange)
        case "change":
            return read_change(identity, member, given, about)
        case "pilot":
            values, pilot = read_values(body), word(about, "pilot")
            return SetUp(id=identity, member=member, place=place, values=values, pilot=pilot)
        case "consent" if "learn" in given:
            also = given.get("also", "").split(",")
            learns = given["learn"] == LEARN
            return Agreed(
                id=identity, member=member, place=place, learns=learns, named=NAMED in also, in_public=IN_PUBLIC in also
            )
    return None


def read_change(identity: str, member: Member, given: Mapping[str, str], about: Payload) -> Reworded | None:
    """What was meant instead, by mention."""
    mentions = about.get("mentions")
    named = mentions if isinstance(mentions, list) else []
    meant = tuple(
        (str(mention), given[f"meant_{number}"]) for number, mention in enumerate(named) if given.get(f"meant_{number}")
    )
    channel, exchange = word(about, "channel"), word(about, "exchange")
    if not (meant and channel and exchange):
        return None
    place = Place(member.workspace, channel, word(about, "thread"))
    return Reworded(id=identity, member=member, place=place, exchange=exchange, meant=meant)


def read_about(body: Payload) -> Payload:
    """What a form was made with."""
    try:
        found = json.loads(word(part(body, "view"), "private_metadata") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def read_given(body: Payload) -> dict[str, str]:
    """What was filled in, by input; several picks stand together, apart by commas."""
    values = part(part(part(body, "view"), "state"), "values")
    return {name: given for name in values if (given := read_input(part(part(values, name), name)))}


def read_input(element: Payload) -> str:
    """One input's answer in words, on one line."""
    picked = [word(one, "value") for one in parts(element, "selected_options")]
    one = word(part(element, "selected_option"), "value") or word(element, "value") or ",".join(picked)
    return " ".join(one.split())
