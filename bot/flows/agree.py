"""What a person agrees to, chosen all at once in a form; kept, audited and told to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.flows.redraw_reviews import hide_from_reviewers
from bot.ports import Effects, Lease, Notice, Outgoing, Stores
from bot.trust import audit, consent
from bot.turn import Member, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen, by whom, and where they are to be told what holds from now on."""

    id: str
    member: Member
    platform: str
    place: Place
    learns: bool
    named: bool
    in_public: bool


async def agree(stores: Stores, choice: Choice, now: datetime, lease: Lease) -> None:
    """Keep what was chosen, and say to its person alone what holds now."""
    old = await stores.consents.load(choice.member)
    new = consent.choose(old, learns=choice.learns, named=choice.named, in_public=choice.in_public, at=now)
    await stores.consents.save(new)
    await hide_from_reviewers(stores, new)
    told = Notice(f"{consent.describe(new)}\n\n{consent.tell_what_champion_sees(new)}")
    outgoing = Outgoing(
        key=f"agreed/{choice.id}",
        platform=choice.platform,
        place=choice.place,
        content=told,
        only_to=choice.member,
        alone=True,
    )
    await stores.journal.commit(Effects(audit=(audit.consented(new, now),), outgoing=(outgoing,), done=lease))
