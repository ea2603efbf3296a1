"""What passes through the ports and belongs to no capability: events, leases, outgoing messages, effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.digest.model import Digest
from bot.operations.model import Cost
from bot.pilot.model import Feedback
from bot.reviews.card import ReviewCard
from bot.trust.model import AuditEntry, Review
from bot.turn import Exchange, Member, Place, Reply


@dataclass(frozen=True, slots=True)
class Notice:
    """Plain words to one person that are neither a reply nor a digest: a receipt, a consent question, an error."""

    text: str
    choices: tuple[str, ...] = ()


Content = Reply | Digest | Notice | ReviewCard  # what can be delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something a platform told us, as it came. `id` is the platform's own and unique within `platform`;
    `conversation` is what keeps its order; `body` is the payload as received; `person` is whose doing it is, if
    anyone's: workers are shared out fairly between people."""

    platform: str
    id: str
    workspace: str
    conversation: str
    body: Mapping[str, object]
    received_at: datetime
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to work on an event until it lapses. `fence` grows with each take-over: late writers are refused.
    `teaches`: when it ends, the event stays first in its conversation, to be learned from; then it is leased once more,
    as `answered`."""

    event: Event
    fence: int
    attempt: int
    answered: bool = False
    teaches: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Something to deliver once. `key` is unique and travels with it. `only_to`: shown to that member alone.
    `replaces` names the platform message to change instead of posting a new one."""

    key: str
    platform: str
    place: Place
    content: Content
    only_to: Member | None = None
    alone: bool = False
    exchange: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast something may be done: once in so many seconds, and so many at once after a rest. `by_channel`: in each
    channel, else in all of a workspace."""

    every: float
    burst: int
    by_channel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """An outgoing message in hand: which attempt this is, and whether an earlier attempt may have gone through.
    `begun`: the platform's message that an earlier attempt began to write piece by piece, to be finished in place;
    `posted`: the platform's messages that show its first parts already."""

    outgoing: Outgoing
    attempt: int
    uncertain: bool = False
    begun: str = ""
    posted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How far an outgoing message is: `state` is waiting, sending, sent, failed or unknown; `message` is what the
    platform calls it, "" until then; `error` is why the last attempt failed."""

    platform: str
    place: Place
    state: str
    message: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """All that one piece of work changes, committed in one transaction: nothing of it is visible without the rest. A
    review that is open already stays as it is, one that was `resolved` is opened again; of those `closed`, one that was
    closed before stays as it was."""

    exchange: Exchange | None = None
    feedback: tuple[Feedback, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    costs: tuple[Cost, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    reviews: tuple[Review, ...] = ()
    closed: tuple[Review, ...] = ()
    done: Lease | None = None
