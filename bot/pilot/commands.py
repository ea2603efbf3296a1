"""The chat commands about a pilot, as words: set it up, say what it lacks, let evaluators in and out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from bot.pilot.form import FIELDS


class PilotDo(StrEnum):
    """What is wanted of a pilot."""

    SET_UP = "set up"
    MISSING = "missing"
    ADD = "add"
    REMOVE = "remove"
    LEAVE = "leave"
    REVIEWERS_HERE = "reviewers here"
    REVIEWERS_OFF = "reviewers off"


@dataclass(frozen=True, slots=True)
class PilotCommand:
    """One wish: `values` by field, `unknown` lines that name none; `people` by id; `on` from when; `pilot` which one is
    meant ("": the only one)."""

    do: PilotDo
    values: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    on: date | None = None
    pilot: str = ""


_WHICH: Final = r"(?: \[(?P<pilot>[^\]]+)\])?"
_SHAPES: Final = (
    (PilotDo.SET_UP, rf"(?:pilot set ?up|set up (?:a|the) pilot|change the pilot){_WHICH}"),
    (PilotDo.MISSING, rf"(?:pilot (?:missing|ready\??)|what does the pilot (?:lack|miss)|is the pilot ready){_WHICH}"),
    (PilotDo.ADD, rf"pilot add (?P<people>.+?)(?: (?:from|on) (?P<on>\d{{4}}-\d\d-\d\d))?{_WHICH}"),
    (PilotDo.REMOVE, rf"pilot remove (?P<people>.+?)(?: (?:from|on) (?P<on>\d{{4}}-\d\d-\d\d))?{_WHICH}"),
    (PilotDo.REVIEWERS_HERE, rf"pilot reviewers here{_WHICH}"),
    (PilotDo.REVIEWERS_OFF, rf"pilot reviewers (?:off|nowhere|none){_WHICH}"),
    (PilotDo.LEAVE, rf"(?:leave the pilot|pilot leave){_WHICH}"),
)
_COMPILED: Final = tuple((do, re.compile(shape, re.IGNORECASE)) for do, shape in _SHAPES)
_FRAME: Final = re.compile(r"[\s.!?:]+$")
NAMES: Final = {**{one.label.lower(): one.name for one in FIELDS}, **{one.name: one.name for one in FIELDS}}
_LINE: Final = re.compile(r"\s*[-•*]?\s*\**([A-Za-z_ ]{2,30}?)\**\s*:\s*(.*)")


def parse_pilot_command(text: str) -> PilotCommand | None:
    """What a whole message wants done with a pilot; None where it wants nothing of the kind. Only a set-up may have
    further lines: one a field, `label: value`."""
    first, *rest = text.strip().strip("`").split("\n")
    said = _FRAME.sub("", first.strip())
    for do, shape in _COMPILED:
        found = shape.fullmatch(said)
        if found and (do is PilotDo.SET_UP or not rest):
            values, unknown = read_lines(rest)
            groups = {name: value for name, value in found.groupdict().items() if value}
            return PilotCommand(
                do,
                values=values,
                unknown=unknown,
                people=read_people(groups.get("people", "")),
                on=read_on(groups.get("on", "")),
                pilot=groups.get("pilot", ""),
            )
    return None


def read_lines(lines: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Values by field; a line without a label goes on with the field before it."""
    values: dict[str, str] = {}
    unknown: list[str] = []
    name = ""
    for line in lines:
        found = _LINE.fullmatch(line)
        if found and (known := NAMES.get(found[1].strip().lower())):
            name = known
            values[name] = found[2].strip()
        elif line.strip() and name:
            values[name] = f"{values[name]}\n{line.strip()}".strip()
        elif line.strip():
            unknown.append(line.strip())
    return values, tuple(unknown)


def read_people(words: str) -> tuple[str, ...]:
    """Ids of people, however they are set apart or marked."""
    return tuple(dict.fromkeys(one.strip("<>@") for one in re.split(r"[\s,;]+|\band\b", words) if one.strip("<>@")))


def read_on(words: str) -> date | None:
    """A date; None where there is none, or none like it in the calendar."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        return None
