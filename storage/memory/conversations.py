"""How to reach conversations, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.turn import Member, Place


@dataclass(frozen=True, slots=True)
class Kept:
    """One conversation: how to reach it, and whose alone it is, if anyone's."""

    reference: Mapping[str, object]
    direct_with: Member | None


class MemoryConversations:
    """How to reach the conversations of platforms."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Kept] = {}

    async def remember(
        self, place: Place, platform: str, reference: Mapping[str, object], direct_with: Member | None = None
    ) -> None:
        self._kept.pop((place.workspace, place.channel), None)  # the latest is last
        self._kept[place.workspace, place.channel] = Kept(dict(reference), direct_with)

    async def reference(self, place: Place) -> Mapping[str, object] | None:
        kept = self._kept.get((place.workspace, place.channel))
        return kept.reference if kept else None

    async def direct(self, member: Member) -> Place | None:
        places = [place for place, kept in self._kept.items() if kept.direct_with == member]
        return Place(*places[-1]) if places else None

    async def drop(self, place: Place) -> None:
        self._kept.pop((place.workspace, place.channel), None)

    def erase(self, member: Member) -> None:
        """Let go of what is one person's: their conversations with the bot, and their own address."""
        own = (member.workspace, member.id)
        self._kept = {place: kept for place, kept in self._kept.items() if kept.direct_with != member and place != own}
