"""A filled-in form read as a pilot: each field by itself, so that every one that is wrong says so in its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final
from zoneinfo import available_timezones

from bot.pilot.form import FIELDS, Entry, Filled
from bot.pilot.groups import keep_known
from bot.pilot.model import Criterion, Pilot, Ring, UserGroup
from bot.pilot.readiness import PLAN
from bot.turn import Member

_BETWEEN: Final = re.compile(r"[\s,;]+")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
LONGEST: Final = 3_000  # characters of one field


class Wrong(ValueError):
    """What is wrong with a field, as a sentence for whoever filled it in."""


def read_form(
    values: Mapping[str, str], *, workspace: str, platform: str, id: str = "pilot", old: Pilot | None = None
) -> Filled:
    """The pilot that the values describe, or what is wrong with each. A field that is not given keeps what the `old`
    pilot has; one that is given empty is emptied."""
    problems: dict[str, str] = {}
    read: dict[str, object] = {}
    for one in FIELDS:
        if one.name in values or old is None:
            try:
                read[one.name] = read_field(one.name, values.get(one.name, one.value).strip(), required=one.required)
            except Wrong as wrong:
                problems[one.name] = str(wrong)
    problems |= check_dates(read, old)
    if problems:
        return Filled(problems=problems)
    begun = old or Pilot(id=id, workspace=workspace, name="", champions=(), starts=date.min, platform=platform)
    return Filled(pilot=put_together(begun, read, workspace))


def read_field(name: str, value: str, *, required: bool) -> object:
    """One field's value; raises Wrong."""
    if len(value) > LONGEST:
        raise Wrong(f"This is too long; keep it under {LONGEST:,} characters.")
    read = READERS.get(name, str)(value)
    if required and not read:
        raise Wrong("This is needed.")
    return read


def read_date(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise Wrong("Write a date like 2026-11-02.") from None


def read_zone(value: str) -> str:
    if value and value not in available_timezones():
        raise Wrong("There is no such time zone; write one like Europe/Berlin.")
    return value or "UTC"


def read_hour(value: str) -> int:
    if not (value or "8").isdecimal() or not 0 <= int(value or 8) <= 23:
        raise Wrong("Write a whole hour from 0 to 23.")
    return int(value or 8)


def read_percent(value: str) -> float:
    """A share of at most a half, written as percent."""
    plain = value.removesuffix("%").strip() or "0"
    if not _NUMBER.fullmatch(plain) or not 0 <= float(plain) <= 50:
        raise Wrong("Write a percentage from 0 to 50.")
    return float(plain) / 100


def read_choice(value: str) -> bool:
    if value.lower() not in ("", "yes", "no"):
        raise Wrong("Answer yes (nobody is named) or no.")
    return value.lower() == "yes"


def read_ids(value: str) -> tuple[str, ...]:
    """Ids of people or channels, however they are set apart or marked."""
    return tuple(dict.fromkeys(one.strip("<>@#") for one in _BETWEEN.split(value) if one.strip("<>@#")))


def read_channel(value: str) -> str:
    """One channel's id."""
    ids = read_ids(value)
    if len(ids) > 1:
        raise Wrong("Name one channel.")
    return ids[0] if ids else ""


def read_criteria(value: str) -> tuple[Criterion, ...]:
    return tuple(read_criterion(line) for line in value.splitlines() if line.strip())


def read_criterion(line: str) -> Criterion:
    """metric | baseline | target | owner; baseline and owner may be left empty."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) not in (3, 4) or not parts[0] or not parts[2]:
        raise Wrong(f"“{line.strip()[:60]}” should read: metric | baseline | target | owner.")
    owner = parts[3] if len(parts) == 4 else ""
    return Criterion(metric=parts[0], baseline=read_figure(parts[1]), target=read_figure(parts[2]) or 0.0, owner=owner)


def read_figure(value: str) -> float | None:
    """A number; a percentage as a share."""
    plain = value.removesuffix("%").strip().replace(",", ".").removeprefix("$")
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        raise Wrong(f"“{value[:40]}” is not a number.")
    return float(plain) / 100 if value.endswith("%") else float(plain)


READERS: Final[Mapping[str, Callable[[str], object]]] = {
    **{one.name: read_date for one in FIELDS if one.entry is Entry.DATE},
    **{one.name: read_ids for one in FIELDS if one.entry in (Entry.PEOPLE, Entry.CHANNELS, Entry.GROUPS)},
    "reviewers": read_channel,
    "criteria": read_criteria,
    "time_zone": read_zone,
    "digest_hour": read_hour,
    "holdback": read_percent,
    "aggregate_only": read_choice,
}


def check_dates(read: Mapping[str, object], old: Pilot | None) -> dict[str, str]:
    """An end before the start, and a review before the end."""
    starts, ends, review = (read.get(name, getattr(old, name, None)) for name in ("starts", "ends", "review_on"))
    problems = {}
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        problems["ends"] = "It would end before it starts."
    if isinstance(ends, date) and isinstance(review, date) and review < ends:
        problems["review_on"] = "The review would come before the end."
    return problems


def put_together(pilot: Pilot, read: Mapping[str, object], workspace: str) -> Pilot:
    """The pilot with what was read in place of what it had."""
    plain = {name: value for name, value in read.items() if name not in PLAN and name != "channels"}
    members = (name for name in ("champions", "evaluators") if name in plain)
    people: dict[str, Any] = {name: as_members(plain[name], workspace) for name in members}
    plan = {**pilot.plan, **{name: str(read[name]) for name in PLAN if name in read}}
    if "groups" in plain:
        plain["groups"] = keep_known(as_groups(plain["groups"], plain.get("starts", pilot.starts)), pilot)
    fields: dict[str, Any] = {**plain, **people, "plan": {name: text for name, text in plan.items() if text}}
    changed = replace(pilot, **fields)
    if "channels" not in read:
        return changed
    later = tuple(ring for ring in pilot.rings if ring.people or ring.opens > changed.starts)
    channels = read["channels"]
    first = (Ring(opens=changed.starts, channels=channels),) if isinstance(channels, tuple) and channels else ()
    return replace(changed, rings=(*first, *later))


def as_groups(names: object, opens: object) -> tuple[UserGroup, ...]:
    """Groups still to be read, open from the pilot's start."""
    if not isinstance(names, tuple) or not isinstance(opens, date):
        return ()
    return tuple(UserGroup(id=str(one), opens=opens) for one in names)


def as_members(ids: object, workspace: str) -> tuple[Member, ...]:
    return tuple(Member(workspace, str(one)) for one in ids) if isinstance(ids, tuple) else ()
