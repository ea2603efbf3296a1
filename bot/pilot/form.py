"""The form in which a pilot is set up, for any platform: its fields, what is filled in, and what is wrong with it.

A platform draws the fields its own way (a modal, a card, lines of text) and gives back one text a field: people and
channels by their ids with commas between, dates as 2026-11-02.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.pilot.groups import open_groups
from bot.pilot.model import Criterion, Pilot, UserGroup
from bot.pilot.readiness import PLAN
from bot.turn import Member


class Entry(StrEnum):
    """What a field takes."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    PEOPLE = "people"
    GROUPS = "groups"
    CHANNELS = "channels"
    CHANNEL = "channel"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to fill in. `value` is what is known already; `choices` are (value, words) of a CHOICE."""

    name: str
    label: str
    entry: Entry = Entry.LINE
    hint: str = ""
    value: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """All of them in order, under a title; `pilot` is the id of the one that is changed, "" for a new one."""

    title: str
    fields: tuple[Field, ...]
    pilot: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of a form that was sent: the pilot, or by field what is wrong with it."""

    pilot: Pilot | None = None
    problems: Mapping[str, str] = field(default_factory=dict)


YES_NO: Final = (("no", "Name those who agree"), ("yes", "Name nobody, show groups of five and more"))
REVIEWERS: Final = "The channel for answers to look at; or say there: pilot reviewers here."
CRITERIA: Final = "One a line: metric | baseline | target | owner. Shares as 70 %."
GROUPS: Final = "Whoever is in one is an evaluator, such as in @data-team."
_FRAME: Final = (
    Field(name="name", label="Name", required=True),
    Field(name="hypothesis", label="Hypothesis", entry=Entry.TEXT, hint="What should be true at the end?"),
    Field(name="criteria", label="Success criteria", entry=Entry.TEXT, hint=CRITERIA),
    Field(name="champions", label="Champions", entry=Entry.PEOPLE, hint="Who gets the digest.", required=True),
    Field(name="owner", label="Owner", hint="Who answers for the pilot."),
    Field(name="evaluators", label="Evaluators", entry=Entry.PEOPLE, hint="Who tries it; empty: everyone who asks."),
    Field(name="groups", label="Groups", entry=Entry.GROUPS, hint=GROUPS),
    Field(name="channels", label="Channels", entry=Entry.CHANNELS, hint="Whoever asks there is an evaluator too."),
    Field(name="reviewers", label="Reviewers", entry=Entry.CHANNEL, hint=REVIEWERS),
    Field(name="starts", label="Starts", entry=Entry.DATE, required=True),
    Field(name="ends", label="Ends", entry=Entry.DATE),
    Field(name="review_on", label="Review date", entry=Entry.DATE, hint="When go or no-go is decided."),
    Field(name="time_zone", label="Time zone", hint="Such as Europe/Berlin.", value="UTC"),
    Field(name="digest_hour", label="Digest hour", entry=Entry.NUMBER, hint="0 to 23.", value="8"),
    Field(name="holdback", label="Control group", entry=Entry.NUMBER, hint="Percent of turns, 0 to 50.", value="0"),
    Field(name="aggregate_only", label="Who is named", entry=Entry.CHOICE, value="no", choices=YES_NO),
)
FIELDS: Final = (
    *_FRAME,
    *(
        Field(name=name, label=name.capitalize(), entry=Entry.TEXT, hint=f"{why[0].upper()}{why[1:]}.")
        for name, (why, _) in PLAN.items()
    ),
)


def make_form(pilot: Pilot | None = None) -> Form:
    """The form for a new pilot, or with what is known of one that is set up."""
    if pilot is None:
        return Form(title="Set up a pilot", fields=FIELDS)
    known = write_values(pilot)
    fields = tuple(
        Field(
            name=one.name,
            label=one.label,
            entry=one.entry,
            hint=one.hint,
            value=known.get(one.name, ""),
            required=one.required,
            choices=one.choices,
        )
        for one in FIELDS
    )
    return Form(title="Change the pilot", fields=fields, pilot=pilot.id)


def write_values(pilot: Pilot) -> dict[str, str]:
    """A pilot as one text a field: what the form shows, and what reads back as the same pilot."""
    return {
        "name": pilot.name,
        "hypothesis": pilot.hypothesis,
        "criteria": "\n".join(map(write_criterion, pilot.criteria)),
        "champions": write_people(pilot.champions),
        "owner": pilot.owner,
        "evaluators": write_people(pilot.evaluators),
        "groups": ", ".join(write_group(one) for one in open_groups(pilot)),
        "channels": ", ".join(pilot.rings[0].channels if pilot.rings and not pilot.rings[0].people else ()),
        "reviewers": pilot.reviewers,
        "starts": pilot.starts.isoformat(),
        "ends": pilot.ends.isoformat() if pilot.ends else "",
        "review_on": pilot.review_on.isoformat() if pilot.review_on else "",
        "time_zone": pilot.time_zone,
        "digest_hour": str(pilot.digest_hour),
        "holdback": f"{pilot.holdback * 100:g}",
        "aggregate_only": "yes" if pilot.aggregate_only else "no",
        **{name: pilot.plan.get(name, "") for name in PLAN},
    }


def write_people(people: tuple[Member, ...]) -> str:
    return ", ".join(one.id for one in people)


def write_group(group: UserGroup) -> str:
    """A group as people write it."""
    return f"@{(group.name or group.id).lstrip('@')}"


def write_criterion(one: Criterion) -> str:
    """A criterion as its line of the form."""
    baseline = "" if one.baseline is None else f"{one.baseline:g}"
    return f"{one.metric} | {baseline} | {one.target:g} | {one.owner}"
