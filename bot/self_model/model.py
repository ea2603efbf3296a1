"""The values of a self-model: observations, beliefs, tombstones, and the model they make up for one person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.turn import Member

CONFIDENCE_FLOOR = 0.35  # below it a belief is shown to its person, but never used
MULTI_VALUED = frozenset({"goal", "project", "tool", "constraint", "criterion", "background", "other"})
SINGLE_VALUED = frozenset({"role", "seniority", "expertise", "preference"})
ADDRESS = re.compile(
    r"(role|seniority|goal|project|constraint|criterion|background|(expertise|tool|preference|other):[^\sA-Z:]+)"
)


def kind_of(address: str) -> str:
    """The part of an address before the colon: `expertise:kafka` -> `expertise`."""
    return address.partition(":")[0]


def topic_of(address: str) -> str:
    """The part of an address after the colon, as words: `expertise:data-pipelines` -> `data pipelines`."""
    return address.partition(":")[2].replace("-", " ")


class Source(StrEnum):
    """How something came to be known; the kind of source sets how much it can weigh."""

    STATED = "stated"  # said of oneself
    CORRECTION = "correction"  # said to put the bot right
    ASKED = "asked"  # implied by a question
    BEHAVIOUR = "behaviour"  # implied by how one writes
    FEEDBACK = "feedback"  # implied by a word or a button on a reply
    DIRECTORY = "directory"  # the workspace's own title or department


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one message suggests about its writer.

    `weight` is signed: above 0 it speaks for `value` at `address`, below 0 against it; 1 is one clear statement.
    `quote` is verbatim from the message. `ends`: the person says that this is over (a project, a tool).
    `private`: learned where only the bot read it.
    """

    address: str
    value: str
    weight: float
    source: Source
    quote: str
    message: str
    at: datetime
    permalink: str = ""
    private: bool = False
    ends: bool = False

    def __hash__(self) -> int:
        """Of what mostly tells observations apart: of all fields it takes five times as long, and many are hashed."""
        return hash((self.message, self.address, self.value, self.quote))


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """A statement held about a person. `confidence` (0-1) and `mass` (weight of evidence) are computed, never set.

    `valid_from`..`valid_to` is when it was held; `superseded_by` is the value that replaced it, "" if none did.
    """

    address: str
    value: str
    confidence: float
    mass: float
    evidence: tuple[Observation, ...]
    valid_from: datetime
    valid_to: datetime | None = None
    superseded_by: str = ""
    recorded_at: datetime

    @property
    def kind(self) -> str:
        return kind_of(self.address)

    @property
    def topic(self) -> str:
        return topic_of(self.address)

    @property
    def private(self) -> bool:
        """Whether it rests only on what was written to the bot alone."""
        return all(observation.private for observation in self.evidence)

    @property
    def usable(self) -> bool:
        return self.valid_to is None and self.confidence >= CONFIDENCE_FLOOR

    def as_at(self, confidence: float, mass: float, recorded_at: datetime) -> Belief:
        """The same belief as it stands at another time; written out, because `replace` takes three times as long."""
        return Belief(
            address=self.address,
            value=self.value,
            confidence=confidence,
            mass=mass,
            evidence=self.evidence,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            superseded_by=self.superseded_by,
            recorded_at=recorded_at,
        )

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words it rests on, newest last, none twice."""
        return tuple(dict.fromkeys(one.quote for one in self.evidence if one.quote))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What was forgotten and must not be relearned from anything written up to `at`. `value` "" covers the address;
    `address` "" covers everything."""

    address: str
    value: str
    at: datetime

    def covers(self, observation: Observation) -> bool:
        """Whether it bars this observation: same address and value, and written no later than it was forgotten."""
        return (
            observation.at <= self.at
            and self.address in ("", observation.address)
            and self.value in ("", observation.value)
        )


class Standing(Protocol):
    """What all evidence at one address amounts to: the beliefs there, and those held as they stand at another time."""

    @property
    def held(self) -> tuple[Belief, ...]: ...

    @property
    def past(self) -> tuple[Belief, ...]: ...

    def held_at(self, at: datetime) -> tuple[Belief, ...]: ...


class Status(StrEnum):
    """How well someone is known; said aloud."""

    UNKNOWN = "unknown"
    LEARNING = "learning"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfModel:
    """One person's beliefs: `beliefs` held now, surest first; `past`, those that ended; `tombstones`, the forgotten.
    `version` counts the saves, so that two revisions at once cannot overwrite each other.

    `derived` is no part of the value: what its evidence at an address amounts to, kept once it was needed, so that
    reading it at another moment need not go through the evidence again. A changed copy begins without.
    """

    member: Member
    beliefs: tuple[Belief, ...] = ()
    past: tuple[Belief, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    status: Status = Status.UNKNOWN
    version: int = 0
    derived: dict[str, Standing] = field(default_factory=dict, init=False, repr=False, compare=False)

    def stored_as(self, version: int) -> SelfModel:
        """The same self-model under another version."""
        model = replace(self, version=version)
        model.derived.update(self.derived)
        return model

    def at(self, address: str) -> Belief | None:
        """The surest belief held at an address, if any."""
        return next((one for one in self.beliefs if one.address == address), None)

    def usable(self, *, private_too: bool) -> tuple[Belief, ...]:
        """The beliefs that may shape a reply: above the floor, and none learned in private unless that is allowed."""
        return tuple(one for one in self.beliefs if one.usable and (private_too or not one.private))

    @property
    def observations(self) -> tuple[Observation, ...]:
        """All the evidence it rests on, of beliefs held and past."""
        return tuple(dict.fromkeys(one for belief in (*self.beliefs, *self.past) for one in belief.evidence))


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """What the workspace's own directory says of a member; "" where it says nothing. `is_outside`: a guest, or of
    another organization."""

    member: Member
    name: str = ""
    title: str = ""
    department: str = ""
    email: str = ""
    time_zone: str = ""
    is_bot: bool = False
    is_admin: bool = False
    is_outside: bool = False
