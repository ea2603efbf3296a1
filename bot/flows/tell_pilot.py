"""How a pilot stands, told to one person: to a champion the last digest's headline and steps, to anyone else what the
champion sees of them."""

from __future__ import annotations

from bot.digest.steering import HOW_TO
from bot.flows.tell_own import tell_last_told
from bot.pilot.model import Pilot
from bot.pilot.roster import lists_people
from bot.ports import Notice, Stores
from bot.trust import consent
from bot.turn import Member

NO_PILOT = "There is no pilot in this workspace yet."


async def tell_pilot(stores: Stores, member: Member) -> Notice:
    """Each pilot of the workspace that the person has a part in."""
    pilots = [one for one in await stores.pilots.all(member.workspace) if has_part(one, member)]
    if not pilots:
        return Notice(NO_PILOT)
    told = [await tell_headline(stores, one, member) for one in pilots if member in one.champions]
    if len(told) < len(pilots):
        named = ", ".join(f"**{one.name}**" for one in pilots if member not in one.champions)
        own = await tell_last_told(stores, member)
        sees = consent.tell_what_champion_sees(await stores.consents.load(member))
        told.append("\n\n".join(one for one in (f"You are an evaluator of {named}.", sees, own) if one))
    return Notice("\n\n".join(told))


def has_part(pilot: Pilot, member: Member) -> bool:
    """Whether the person is a champion or is ever named as an evaluator; where none are listed, everyone is one."""
    grouped = (one.person for group in pilot.groups for one in group.stays)
    named = (*pilot.champions, *pilot.evaluators, *(one for ring in pilot.rings for one in ring.people), *grouped)
    return member in named or not lists_people(pilot) or any(ring.channels for ring in pilot.rings)


async def tell_headline(stores: Stores, pilot: Pilot, champion: Member) -> str:
    """What the last digest of a pilot said first, and what it proposed; for its champions only."""
    last = await stores.pilots.last_digest(pilot.key, champion)
    if last is None:
        return (
            f"**{pilot.name}**: no digest has been sent yet; they come at {pilot.digest_hour}:00 ({pilot.time_zone})."
        )
    steps = [f"{number}. {one.text}" for number, one in enumerate(last.attention, 1)]
    return "\n".join((f"**{last.name} · day {last.day}**", last.headline, *steps, "", HOW_TO))
