"""A pilot as a TOML file: parsed once, wrong fields named. `docs/pilot-and-digest.md` shows one."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.errors import Refused
from bot.pilot.model import Criterion, Pilot, Ring, UserGroup
from bot.turn import Member


def check_zone(value: str) -> str:
    """A time zone's name as the system knows it."""
    if value not in available_timezones():
        raise ValueError("is not a time zone; write it like Europe/Berlin")
    return value


OF_PLATFORM = "@"  # what the name of one of the platform's own groups begins with


def own_of(groups: list[str]) -> list[str]:
    """The groups that the file itself has to describe."""
    return [one for one in groups if not one.startswith(OF_PLATFORM)]


class Strict(BaseModel):
    """A table whose unknown fields are an error: a misspelt setting must not be lost in silence."""

    model_config = ConfigDict(extra="forbid")


class GivenCriterion(Strict):
    """One success criterion."""

    metric: str
    target: float
    baseline: float | None = None
    owner: str = ""


class GivenGroup(Strict):
    """People and channels under a name, written once and named where they take part."""

    people: list[str] = []
    channels: list[str] = []


class GivenRing(GivenGroup):
    """Evaluators who begin on a day of their own."""

    opens: date
    groups: list[str] = []
    name: str = ""


class GivenPilot(Strict):
    """The file's fields."""

    id: str = Field("pilot", min_length=1)
    name: str = Field(min_length=1)
    workspace: str = Field(min_length=1)
    platform: str = "slack"
    champions: list[str] = Field(min_length=1)
    evaluators: list[str] = []
    owner: str = ""
    hypothesis: str = ""
    criteria: list[GivenCriterion] = []
    starts: date
    ends: date | None = None
    review_on: date | None = None
    time_zone: Annotated[str, AfterValidator(check_zone)] = "UTC"
    digest_hour: int = Field(8, ge=0, le=23)
    holdback: float = Field(0.0, ge=0, le=0.5)
    aggregate_only: bool = False
    plan: dict[str, str] = {}
    reviewers: str = ""
    channels: list[str] = []
    groups: list[str] = []
    rings: list[GivenRing] = []
    group: dict[str, GivenGroup] = {}

    @model_validator(mode="after")
    def check_dates(self) -> GivenPilot:
        """A pilot ends after it starts."""
        if self.ends and self.ends < self.starts:
            raise ValueError("ends is before starts")
        return self

    @model_validator(mode="after")
    def write_groups_out(self) -> GivenPilot:
        """Groups that are named are there, and count as their people and channels; those of the platform, which begin
        with @, are looked up there."""
        named = {*own_of(self.groups), *(one for ring in self.rings for one in own_of(ring.groups))}
        if missing := sorted(named - self.group.keys()):
            raise ValueError(f"there is no group {missing[0]}; write one as [group.{missing[0]}]")
        for name in own_of(self.groups):
            self.evaluators += [one for one in self.group[name].people if one not in self.evaluators]
            self.channels += [one for one in self.group[name].channels if one not in self.channels]
        for ring in self.rings:
            for name in own_of(ring.groups):
                ring.people += [one for one in self.group[name].people if one not in ring.people]
                ring.channels += [one for one in self.group[name].channels if one not in ring.channels]
        return self


def read_pilot(path: Path) -> Pilot:
    """The pilot that the file describes; raises Refused naming the file, the field, and what is wrong with it."""
    try:
        given = GivenPilot.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Refused(
            f"{path} cannot be read ({error.strerror}); give a TOML file that describes the pilot."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path} is not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the file"
        raise Refused(f"{path}: {field}: {first['msg'].removeprefix('Value error, ')}.") from error
    whole = (Ring(opens=given.starts, channels=tuple(given.channels)),) if given.channels else ()
    opened = [(one, given.starts) for one in given.groups]
    opened += [(one, ring.opens) for ring in given.rings for one in ring.groups]
    return Pilot(
        groups=tuple(UserGroup(id=name, opens=on) for name, on in opened if name.startswith(OF_PLATFORM)),
        rings=(*whole, *(read_ring(one, given.workspace) for one in given.rings)),
        champions=tuple(Member(given.workspace, one) for one in given.champions),
        evaluators=tuple(Member(given.workspace, one) for one in given.evaluators),
        criteria=tuple(Criterion(**one.model_dump()) for one in given.criteria),
        **given.model_dump(exclude={"champions", "evaluators", "criteria", "channels", "groups", "group", "rings"}),
    )


def read_ring(given: GivenRing, workspace: str) -> Ring:
    """A ring as the file describes it."""
    people = tuple(Member(workspace, one) for one in given.people)
    return Ring(opens=given.opens, people=people, channels=tuple(given.channels), name=given.name)
