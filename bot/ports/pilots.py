"""What the core needs kept of pilots, as a protocol: see `stores` for the rest."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from bot.digest.model import Digest
from bot.pilot.model import Pilot, PilotKey, Rhythm
from bot.turn import Member


class Pilots(Protocol):
    """The pilots of every workspace, the claims on their digests, and how their champions want to be told."""

    async def save(self, pilot: Pilot) -> None: ...

    async def all(self, workspace: str | None = None) -> tuple[Pilot, ...]: ...

    async def claim(self, pilot: PilotKey, champion: Member, day: date, at: datetime) -> bool:
        """Take the digest of (pilot, champion, local date); True for exactly one caller, ever."""
        ...

    async def last_claimed(self, pilot: PilotKey, champion: Member) -> date | None: ...

    async def keep_digest(self, digest: Digest) -> None:
        """Keep what was told to its champion, so that the next day can say whether its step was done."""

    async def digests(self, pilot: PilotKey, champion: Member | None = None) -> tuple[Digest, ...]:
        """All kept ones, oldest first; or those told to one champion, which are one a day."""
        ...

    async def last_digest(self, pilot: PilotKey, champion: Member) -> Digest | None:
        """The latest of those told to one champion."""
        ...

    async def mark_done(self, pilot: PilotKey, step: str, at: datetime) -> None: ...

    async def done_steps(self, pilot: PilotKey) -> frozenset[str]: ...

    async def set_rhythm(self, pilot: PilotKey, champion: Member, rhythm: Rhythm) -> None: ...

    async def rhythm(self, pilot: PilotKey, champion: Member) -> Rhythm:
        """The one set, or daily."""
        ...
