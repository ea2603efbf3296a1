"""Dialogs as they were filled in -> what was done. Pure; what is wrong with one is told in it, and nothing is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.did import Agreed, Clicked, Reworded, SetUp
from adapters.form_words import IN_PUBLIC, LONGEST_VALUE, MEAN_SOMETHING, NAMED, find_fault_of_fix, name_belief
from adapters.payload import Payload, part, word
from adapters.teams.clicks import MARK, read_data, read_mark, read_settled_place
from adapters.teams.dialogs import LEARN, NO, YES
from adapters.teams.reference import read_member
from bot.pilot.form import FIELDS
from bot.pilot.form_reading import read_form

Done = Clicked | Agreed | Reworded | SetUp
FORMS = frozenset({"fix", "reword", "agree", "set_up"})


@dataclass(frozen=True, slots=True)
class Faulty:
    """What is wrong with a form: as a whole, or by field."""

    fault: str
    problems: Mapping[str, str]


def find_faults(body: Payload) -> Faulty | None:
    """What has to be mended in a form as it was sent, as far as that can be told from the form alone."""
    given, about = read_given(body), word(read_mark(body), "about")
    match word(read_mark(body), "does"):
        case "fix":
            fault = find_fault_of_fix(given.get("right", ""), about.partition(" ")[2])
            return Faulty(fault, {}) if fault else None
        case "reword":
            return None if read_meant(given) else Faulty(MEAN_SOMETHING, {})
        case "agree":
            return None if given.get(LEARN) in (YES, NO) else Faulty("Pick one.", {})
        case "set_up":
            problems = read_form(read_values(body), workspace="", platform="").problems
            return Faulty("", problems) if problems else None
    return None


def read_filled(body: Payload, workspace: str) -> Done | None:
    """What a form that was sent means; None for one that is not ours, or faulty."""
    mark, stamp, member = read_mark(body), word(body, "id"), read_member(part(body, "from"), workspace)
    does, about, given = word(mark, "does"), word(mark, "about"), read_given(body)
    if does not in FORMS or not (stamp and member.id) or find_faults(body):
        return None
    place, alone = read_settled_place(body, workspace)
    match does:
        case "fix":
            words = f"correct {name_belief(*split_belief(about))} to {given['right'][:LONGEST_VALUE]}"
            return Clicked(id=stamp, member=member, place=place, does="say", words=words, private=alone)
        case "reword":
            return Reworded(id=stamp, member=member, place=place, exchange=about, meant=read_meant(given, mark))
        case "agree":
            return Agreed(
                id=stamp,
                member=member,
                place=place,
                learns=given[LEARN] == YES,
                named=given.get(NAMED) == "true",
                in_public=given.get(IN_PUBLIC) == "true",
            )
    return SetUp(id=f"form/{stamp}", member=member, place=place, values=read_values(body), pilot=about)


def split_belief(about: str) -> tuple[str, str]:
    """A belief's address and value."""
    address, _, value = about.partition(" ")
    return address, value


def read_given(body: Payload) -> dict[str, str]:
    """What was filled in, by field, each on one line."""
    data = read_data(body)
    return {name: " ".join(value.split()) for name in data if name != MARK and (value := word(data, name))}


def read_values(body: Payload) -> dict[str, str]:
    """A pilot's set-up as it was filled in, lines and all; a field that was left empty is empty."""
    data = read_data(body)
    return {one.name: word(data, one.name) for one in FIELDS}


def read_meant(given: Mapping[str, str], mark: Payload | None = None) -> tuple[tuple[str, str], ...]:
    """What was meant, by the number of the mention, or by the mention where the form says which they were."""
    mentions = word(mark or {}, "words").split("\n")
    numbered = {f"meant_{number}": mention for number, mention in enumerate(mentions)}
    if mark is None:
        return tuple((name, value) for name, value in given.items() if name.startswith("meant_"))
    return tuple((mention, given[name]) for name, mention in numbered.items() if mention and given.get(name))
