"""The values of trust: consent, what screening found, audit entries, receipts, reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.turn import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A member's wish to be linked to another account of theirs: the code and their e-mail address, both concealed, and
    when it ends."""

    member: Member
    code: str
    email: str
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person agreed to. Nothing is learned unless `modelling`; `paused` stops learning for a while;
    `private_in_public`: what was learned in direct messages may shape replies others read; `named_to_champion`:
    counted by name in the digest, else only in the aggregate."""

    member: Member
    modelling: bool = False
    paused: bool = False
    private_in_public: bool = False
    named_to_champion: bool = True
    at: datetime | None = None

    @property
    def learning(self) -> bool:
        return self.modelling and not self.paused


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters (code points) of a text, and what kind of thing stands there."""

    start: int
    end: int
    kind: str


UNKEPT = frozenset({"CREDIT_CARD", "US_SSN"})  # kinds of personal data that are treated as secrets are


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What screening found in a text: the probability (0-1) of an injected instruction, personal data, secrets."""

    injection: float
    pii: tuple[Span, ...] = ()
    secrets: tuple[Span, ...] = ()

    @property
    def unkept(self) -> tuple[Span, ...]:
        """What is blacked out before anything is kept or sent on: secrets, and the numbers that others pay or are
        registered with, which no question about documents needs."""
        return tuple(sorted((*self.secrets, *(one for one in self.pii if one.kind in UNKEPT))))


class AuditKind(StrEnum):
    """What an audit entry records."""

    ANSWERED = "answered"
    LEARNED = "learned"
    CONSENTED = "consented"
    ERASED = "erased"
    EXPORTED = "exported"
    DIGEST_SENT = "digest sent"
    TOLD_SINCE = "told what changed"
    CONFIGURED = "configured"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what, when, about whom: ids and counts only, never a message's words."""

    workspace: str
    kind: AuditKind
    actor: str
    subject: str
    at: datetime
    detail: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof of an erasure: what was removed, in counts by kind of record."""

    id: str
    member: Member
    at: datetime
    scope: str
    removed: Mapping[str, int]


class Outcome(StrEnum):
    """What became of something that was to be looked at."""

    DONE = "done"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Something a person should look at: a fallback, an answer called wrong, an event that could not be handled.
    `sample` is screened; `exchange` is the one it is about, "" where it is about none. Once it is `resolved`, `outcome`
    says how, by whom (their id) and when."""

    id: str
    workspace: str
    kind: str
    sample: str
    at: datetime
    resolved: bool = False
    exchange: str = ""
    outcome: str = ""
    closed_by: str = ""
    closed_at: datetime | None = None

    def close(self, outcome: Outcome, by: str, at: datetime) -> Review:
        """The same, looked at."""
        return replace(self, resolved=True, outcome=outcome, closed_by=by, closed_at=at)
