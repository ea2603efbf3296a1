"""How the service behind a pilot stands, in counts: documents, queues, digests, consent, limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.pilot.share import NONE, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Counts as of the day of a review.

    `unread`: documents that could not be read. `stale`: those not changed for half a year, of those whose age is known.
    `given_up`: messages that were tried too often. `to_review`: fallbacks and odd payloads nobody has looked at.
    `told`: digests kept, the last of `told_on`. `steps`: the steps that digests named, and how many are marked done.
    `asked_consent`, `agreed`: of the evaluators. Limits are in US dollars a day; `engine` wrote the last answer.
    """

    documents: int = 0
    passages: int = 0
    unread: int = 0
    stale: Share = NONE
    given_up: int = 0
    to_review: int = 0
    told: int = 0
    told_on: date | None = None
    steps: Share = NONE
    asked_consent: Share = NONE
    agreed: Share = NONE
    erasures: int = 0
    person_limit: float = 0.0
    pilot_limit: float = 0.0
    engine: str = "offline"
