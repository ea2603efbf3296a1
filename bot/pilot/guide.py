"""A pilot told to whoever sets it up: what it is, what it lacks and who should supply that, and how to write it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.pilot.form import FIELDS, Entry, Field, write_group
from bot.pilot.groups import open_groups
from bot.pilot.model import Pilot
from bot.pilot.readiness import missing
from bot.pilot.roster import evaluators_of, lists_people
from bot.pilot.say import count, say_all, say_date

GAPS: Final = 12  # shown at once: the whole list of a pilot that nothing is written of
HOW_TO_CHANGE: Final = (
    "To change it, write *pilot set up* and below it a line for each thing, such as `Ends: 2026-11-27`; "
    "*pilot add @someone from 2026-11-09* opens a next ring, *pilot remove @someone* lets someone out; "
    "*pilot reviewers here*, said in a channel, posts there what should be looked at."
)


def describe(pilot: Pilot, today: date) -> str:
    """A pilot in a few lines, with what it lacks and who should supply it."""
    ends = f" to {say_date(pilot.ends)}" if pilot.ends else ""
    lines = [
        f"**{pilot.name}** [{pilot.id}], from {say_date(pilot.starts)}{ends}; digest at {pilot.digest_hour}:00 "
        f"({pilot.time_zone}) to {count(len(pilot.champions), 'champion')}. "
        f"{tell_roster(pilot, today)}"
    ]
    gaps = missing(pilot)
    if not gaps:
        return f"{lines[0]}\n\nIt is ready: nothing is missing."
    listed = [f"- **{one.what}**: {one.why}. Ask {one.who}." for one in gaps[:GAPS]]
    return "\n".join((*lines, "", "Not ready yet. Missing:", *listed, "", HOW_TO_CHANGE))


def tell_roster(pilot: Pilot, on: date) -> str:
    """Who takes part by a date, and who is to come."""
    if not lists_people(pilot):
        return "Everyone who asks is an evaluator."
    now = len(evaluators_of(pilot, (), on))
    later = [one for one in pilot.rings if one.opens > on]
    rings = [f"{len(one.people)} more from {say_date(one.opens)}" for one in later if one.people]
    channels = len({channel for one in pilot.rings for channel in one.channels})
    asks = [f"whoever asks in {count(channels, 'channel')}"] if channels else []
    unread = [write_group(one) for one in open_groups(pilot) if not one.name]
    grouped = [f"whoever is in {say_all(unread)}, once that can be read"] if unread else []
    return f"Evaluators: {', '.join((str(now), *asks, *grouped, *rings))}."


def guide() -> str:
    """How a first pilot is set up in words, with every field that can be given."""
    needed = [one.label for one in FIELDS if one.required]
    fields = [f"- {one.label}: {tell_field(one)}" for one in FIELDS]
    return "\n".join(
        (
            f"No pilot is set up here yet. Write *pilot set up* and below it a line for each thing; {say_all(needed)} "
            "are needed, the rest can come later:",
            *fields,
        )
    )


def tell_field(one: Field) -> str:
    """What to write for a field: its hint, and what it takes where that is not free."""
    takes = "A date like 2026-11-02." if one.entry is Entry.DATE else ""
    words = " or ".join(words for _, words in one.choices)
    return " ".join(part for part in (one.hint, takes, f"{words}." if words else "") if part) or "As you like."


def tell_problems(problems: Mapping[str, str]) -> str:
    """What is wrong, by field, in the order of the form."""
    labels = {one.name: one.label for one in FIELDS}
    listed = [f"- **{labels[name]}**: {problems[name]}" for name in labels if name in problems]
    return "\n".join(("Nothing was saved. Please mend:", *listed))
