"""What the champions were last told about a person, told to that person."""

from __future__ import annotations

from bot.digest.own import tell_own
from bot.pilot.model import Pilot
from bot.ports import Stores
from bot.turn import Member


async def tell_last_told(stores: Stores, member: Member) -> str:
    """The member's own part of the last digest of each pilot that named them, word for word; "" where none did."""
    told = []
    for pilot in await stores.pilots.all(member.workspace):
        own = await find_own(stores, pilot, member)
        told += [own] if own else []
    return "\n\n".join(told)


async def find_own(stores: Stores, pilot: Pilot, member: Member) -> str:
    """The member's part of the last digest of a pilot that named them: mostly the last one there is."""
    last = [await stores.pilots.last_digest(pilot.key, one) for one in pilot.champions]
    latest = sorted((one for one in last if one), key=lambda one: one.on, reverse=True)
    if own := next((words for one in latest if (words := tell_own(one, member))), ""):
        return own
    digests = await stores.pilots.digests(pilot.key) if latest or not pilot.champions else ()
    return next((words for one in reversed(digests) if (words := tell_own(one, member))), "")
