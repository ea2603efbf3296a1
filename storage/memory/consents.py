"""Consents in memory."""

from __future__ import annotations

from bot.trust.model import Consent
from bot.turn import Member


class MemoryConsents:
    """What each member agreed to."""

    def __init__(self) -> None:
        self._consents: dict[Member, Consent] = {}

    async def load(self, member: Member) -> Consent:
        return self._consents.get(member) or Consent(member=member)

    async def save(self, consent: Consent) -> None:
        self._consents[consent.member] = consent
