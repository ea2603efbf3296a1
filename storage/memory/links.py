"""Which accounts are one person's, in memory."""

from __future__ import annotations

from datetime import datetime

from bot.trust.model import Offer
from bot.turn import Member


class MemoryLinks:
    """Which accounts are one person's."""

    def __init__(self) -> None:
        self._offers: dict[Member, Offer] = {}
        self._mains: dict[Member, Member] = {}

    async def offer(self, offer: Offer) -> None:
        self._offers[offer.member] = offer

    async def redeem(self, code: str, now: datetime) -> Offer | None:
        found = next((one for one in self._offers.values() if one.code == code), None)
        if found is None:
            return None
        del self._offers[found.member]
        return found if found.ends > now else None

    async def link(self, member: Member, main: Member) -> None:
        self._mains[member] = main

    async def unlink(self, member: Member) -> None:
        self._mains = {one: main for one, main in self._mains.items() if member not in (one, main)}

    async def main(self, member: Member) -> Member:
        return self._mains.get(member, member)

    async def linked(self, main: Member) -> tuple[Member, ...]:
        return tuple(sorted(one for one, held_by in self._mains.items() if held_by == main))
