"""What the core needs from a database, as protocols; `Stores` bundles them.

Every method that takes or gives time takes or gives aware UTC datetimes. Methods raise `Unavailable` where the database
cannot be reached just now; other errors are named.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Document, Failure, Passage, Ranked, Term
from bot.operations.model import Cost
from bot.pilot.model import Feedback
from bot.ports.pilots import Pilots
from bot.ports.values import Delivery, Effects, Event, Lease, Pace, Sending
from bot.self_model.model import SelfModel
from bot.trust.model import AuditEntry, Consent, Offer, Receipt, Review
from bot.turn import Exchange, Member, Place


class Journal(Protocol):
    """What happened: exchanges, feedback, audit, cost, reviews."""

    async def commit(self, effects: Effects) -> None:
        """Write all of it or nothing; raises Superseded where the lease in `done` has been taken over. An exchange or
        feedback with a known id replaces the earlier one; an outgoing with a known key is dropped."""

    async def exchange(self, workspace: str, id: str) -> Exchange | None: ...

    async def exchanges(
        self, workspace: str, since: datetime, until: datetime, member: Member | None = None
    ) -> tuple[Exchange, ...]:
        """Exchanges with since <= at < until, oldest first."""
        ...

    async def last_in(self, place: Place, limit: int) -> tuple[Exchange, ...]:
        """The last exchanges at a place (same channel and thread), oldest first."""
        ...

    async def last_by(
        self, member: Member, channel: str, span: tuple[datetime, datetime], limit: int
    ) -> tuple[Exchange, ...]:
        """A member's last exchanges in a channel, in any thread, with span[0] <= at < span[1], oldest first."""
        ...

    async def feedback(self, workspace: str, since: datetime, until: datetime) -> tuple[Feedback, ...]:
        """Feedback with since <= at < until, oldest first."""
        ...

    async def costs(self, workspace: str, since: datetime, until: datetime) -> tuple[Cost, ...]: ...

    async def audit(self, workspace: str, since: datetime, until: datetime) -> tuple[AuditEntry, ...]: ...

    async def drop_before(self, workspace: str, until: datetime) -> Mapping[str, int]:
        """Delete feedback and audit entries of before `until`; how many of each ("feedback", "audit")."""
        ...

    async def reviews(self, workspace: str) -> tuple[Review, ...]:
        """Those not resolved, oldest first."""
        ...

    async def review(self, workspace: str, id: str) -> Review | None: ...


class SelfModels(Protocol):
    """One self-model a member."""

    async def load(self, member: Member) -> SelfModel:
        """The stored one, or an empty one."""
        ...

    async def save(self, model: SelfModel) -> SelfModel:
        """Store it in place of version `model.version` and return it with its new version; raises Superseded where
        the stored version is another one by now."""
        ...

    async def erase(self, model: SelfModel, receipt: Receipt) -> None:
        """Store `model` (what is left, its tombstones included), delete for good every observation and belief that it
        does not hold, and, where `receipt.scope` is "everything", the words of the member's exchanges; keep the
        receipt. One transaction."""

    async def receipts(self, member: Member) -> tuple[Receipt, ...]: ...

    async def members(self, workspace: str) -> tuple[Member, ...]:
        """Everyone with a self-model there, in order."""
        ...


class Consents(Protocol):
    """What each member agreed to."""

    async def load(self, member: Member) -> Consent:
        """The stored one, or one that agrees to nothing."""
        ...

    async def save(self, consent: Consent) -> None: ...


class Links(Protocol):
    """Which accounts are one person's, by their own word on both. One of them is the main one: it holds the self-model
    and the consent of all."""

    async def offer(self, offer: Offer) -> None:
        """Keep it in place of an earlier one of that member."""

    async def redeem(self, code: str, now: datetime) -> Offer | None:
        """Take the offer of that concealed code, so that nobody else can; None where there is none or it has ended."""
        ...

    async def link(self, member: Member, main: Member) -> None:
        """Let `main` hold what is held of `member`."""

    async def unlink(self, member: Member) -> None:
        """End every link that this account is part of."""

    async def main(self, member: Member) -> Member:
        """The main account of this one; itself where it is linked to none."""
        ...

    async def linked(self, main: Member) -> tuple[Member, ...]:
        """The other accounts that this one is the main one of, in order."""
        ...


class Knowledge(Protocol):
    """The knowledge base of a workspace: its passages, searched; its glossary."""

    async def digests(self, workspace: str) -> Mapping[str, str]:
        """Document path -> digest, for everything held: what an incremental sync compares against."""
        ...

    async def changed(self, workspace: str) -> Mapping[str, datetime]:
        """Document path -> when it last changed, for every one of which that is known."""
        ...

    async def replace(self, workspace: str, document: Document, passages: Sequence[Passage]) -> None:
        """Put a document's passages in place of whatever it had."""

    async def remove(self, workspace: str, path: str) -> None: ...

    async def define(self, workspace: str, terms: Sequence[Term]) -> None:
        """Put the glossary in place of the earlier one."""

    async def fail(self, workspace: str, failures: Sequence[Failure]) -> None:
        """Put the list of documents that could not be read in place of the earlier one."""

    async def failures(self, workspace: str) -> tuple[Failure, ...]: ...

    async def passages(self, workspace: str) -> tuple[Passage, ...]: ...

    async def glossary(self, workspace: str) -> tuple[Term, ...]: ...

    async def readers(self, workspace: str, documents: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Who may read all of each of these documents, as labels, by path; those not held are left out."""
        ...

    async def search(
        self, workspace: str, query: EnrichedQuery, grants: frozenset[str], limit: int
    ) -> tuple[Ranked, ...]:
        """The passages readable with `grants`, best first."""
        ...


class Inbox(Protocol):
    """What was received and not yet worked on. One worker an event at a time."""

    async def receive(self, event: Event) -> bool:
        """Keep it, committed on return; False where it had come before."""
        ...

    async def lease(self, worker: str, seconds: float) -> Lease | None:
        """Take the next event: lowest sequence first within a conversation, never two of one conversation at once."""
        ...

    async def check(self, lease: Lease) -> None:
        """Raise Superseded where the lease was taken over: what costs something is not begun then."""

    async def release(self, lease: Lease, error: str, retry_in: float) -> bool:
        """Give it back after a failure; False where it has failed too often: it is dead now, and a review asks someone
        to look. What takes its workers down with it as often ends the same way."""
        ...

    async def finish(self, lease: Lease) -> None:
        """Mark it done where it had no other effects; raises Superseded where the lease was taken over. Where the lease
        `teaches`, it is answered and not done: it comes next in its conversation, to be learned from."""

    async def depths(self) -> Mapping[str, int]:
        """state -> how many (waiting, leased, done, dead)."""
        ...

    async def waited(self) -> float:
        """Seconds for which the oldest of what is due has waited for someone to take it; 0 where nothing is due."""
        ...


class Outbox(Protocol):
    """What is to be delivered; in order within a conversation, and no faster than the platform takes it."""

    async def next(self, worker: str, seconds: float) -> Sending | None:
        """Take the next to send and commit that it is being sent."""
        ...

    async def wait_for(self, platform: str, workspace: str, what: str, pace: Pace) -> float:
        """Take a turn in something whose pace all replicas share; the seconds until it comes, 0 where none is held."""
        ...

    async def posted(self, key: str, messages: Sequence[str]) -> None:
        """Keep which platform messages show its first parts, so that another attempt begins after them."""

    async def begun(self, key: str, message: str) -> None:
        """Keep which platform message is being written piece by piece, so that another attempt finishes the same."""

    async def sent(self, key: str, message: str) -> None:
        """Mark it delivered as that platform message."""

    async def failed(self, key: str, error: str, retry_in: float | None, *, uncertain: bool = False) -> None:
        """Mark the attempt failed; `retry_in` None: for good. `uncertain`: it may have gone through all the same; what
        is that for good is "unknown"."""

    async def message(self, key: str) -> str:
        """The platform's id of a delivered message, "" if there is none."""
        ...

    async def deliveries(self, keys: Collection[str]) -> Mapping[str, Delivery]:
        """How far each of them is, by key; those that are not known are left out."""
        ...

    async def take_back(self, key: str) -> bool:
        """Let go of what waits or was refused for good, so that its key can be used anew; False where there is none
        such: it is there, or on its way. What may be there keeps no words."""
        ...

    async def key_of(self, place: Place, message: str) -> str:
        """The key of what was delivered there as that message, or as a part of it; "" if nothing was. Raises
        Unavailable while something is on its way there."""
        ...

    async def depths(self) -> Mapping[str, int]:
        """state -> how many (waiting, sending, sent, failed, unknown)."""
        ...

    async def waited(self) -> float:
        """Seconds for which the oldest of what is due has waited for someone to take it; 0 where nothing is due."""
        ...


class Conversations(Protocol):
    """How to reach the conversations of platforms where that has to be kept: an address is told only in what comes from
    there. A reference is the platform adapter's own, without names or words."""

    async def remember(
        self, place: Place, platform: str, reference: Mapping[str, object], direct_with: Member | None = None
    ) -> None:
        """Keep how to reach a place (its channel; threads share it) in place of what was kept; `direct_with`: the one
        person who reads there with the bot."""

    async def reference(self, place: Place) -> Mapping[str, object] | None: ...

    async def direct(self, member: Member) -> Place | None:
        """The conversation kept as that person's alone."""
        ...

    async def drop(self, place: Place) -> None:
        """Let go of a place that is gone. What is one person's also goes when everything of theirs is erased."""


class Vault(Protocol):
    """Secrets of the installations, such as tokens: sealed before they come here, so that a database or a backup of it
    gives none away. A secret is changed only by who knows what it was, so that of several one succeeds."""

    async def read(self, key: str) -> str | None: ...

    async def swap(self, workspace: str, key: str, before: str | None, after: str | None) -> bool:
        """Put `after` in place of `before`, where None is nothing; False, and nothing changed, where something else
        stands there. It goes with everything else of that workspace."""
        ...

    async def all(self, prefix: str) -> Mapping[str, str]:
        """key -> secret of all whose key begins so, in the order of their keys."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Everything a database provides; `close` lets go of it."""

    journal: Journal
    self_models: SelfModels
    consents: Consents
    knowledge: Knowledge
    pilots: Pilots
    inbox: Inbox
    outbox: Outbox
    conversations: Conversations
    vault: Vault
    links: Links
