"""Pilots, their digests, the claims on them and their champions' rhythms, in memory."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from bot.digest.model import Digest
from bot.pilot.model import Pilot, PilotKey, Rhythm
from bot.turn import Member


class MemoryPilots:
    """The pilots of every workspace."""

    def __init__(self) -> None:
        self._pilots: dict[PilotKey, Pilot] = {}
        self._claims: dict[tuple[PilotKey, str], set[date]] = defaultdict(set)
        self._digests: dict[PilotKey, dict[tuple[date, str], Digest]] = defaultdict(dict)
        self._done: dict[PilotKey, set[str]] = defaultdict(set)
        self._rhythms: dict[tuple[PilotKey, str], Rhythm] = {}

    async def save(self, pilot: Pilot) -> None:
        self._pilots[pilot.key] = pilot

    async def all(self, workspace: str | None = None) -> tuple[Pilot, ...]:
        pilots = sorted(self._pilots.values(), key=lambda pilot: (pilot.id, pilot.workspace))
        return tuple(pilot for pilot in pilots if workspace in (None, pilot.workspace))

    async def claim(self, pilot: PilotKey, champion: Member, day: date, at: datetime) -> bool:
        days = self._claims[pilot, champion.id]
        if day in days:
            return False
        days.add(day)
        return True

    async def last_claimed(self, pilot: PilotKey, champion: Member) -> date | None:
        return max(self._claims[pilot, champion.id], default=None)

    async def keep_digest(self, digest: Digest) -> None:
        self._digests[digest.key][digest.on, digest.champion.id if digest.champion else ""] = digest

    async def digests(self, pilot: PilotKey, champion: Member | None = None) -> tuple[Digest, ...]:
        kept = self._digests[pilot]
        whose = None if champion is None else ("", champion.id)
        return tuple(kept[day, member] for day, member in sorted(kept) if whose is None or member in whose)

    async def last_digest(self, pilot: PilotKey, champion: Member) -> Digest | None:
        kept = await self.digests(pilot, champion)
        return kept[-1] if kept else None

    async def mark_done(self, pilot: PilotKey, step: str, at: datetime) -> None:
        self._done[pilot].add(step)

    async def done_steps(self, pilot: PilotKey) -> frozenset[str]:
        return frozenset(self._done[pilot])

    async def set_rhythm(self, pilot: PilotKey, champion: Member, rhythm: Rhythm) -> None:
        self._rhythms[pilot, champion.id] = rhythm

    async def rhythm(self, pilot: PilotKey, champion: Member) -> Rhythm:
        return self._rhythms.get((pilot, champion.id), Rhythm())
