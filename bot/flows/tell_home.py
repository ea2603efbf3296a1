"""What a person's home shows, on any platform: what is believed of them and why, what they agreed to, what the champion
sees of them; for a champion, what the last digest said first. For that person alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.digest.model import Digest
from bot.flows.tell_own import tell_last_told
from bot.pilot.model import Pilot
from bot.ports import Stores
from bot.self_model.explain import Group, describe
from bot.self_model.model import Status
from bot.self_model.revise import read
from bot.trust.model import Consent
from bot.turn import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What one person's home shows. `told`: what the champions were last told of them; `led`: the pilots they are a
    champion of, `digests`: the last one of each."""

    groups: tuple[Group, ...]
    status: Status
    consent: Consent
    told: str = ""
    digests: tuple[Digest, ...] = ()
    led: tuple[Pilot, ...] = ()


async def read_home(stores: Stores, member: Member, now: datetime) -> Home:
    """What is held about a person as it reads now, and what they may see of the pilots."""
    model = read(await stores.self_models.load(member), now)
    mine = [one for one in await stores.pilots.all(member.workspace) if member in one.champions]
    kept = [await stores.pilots.last_digest(one.key, member) for one in mine]
    return Home(
        groups=describe(model),
        status=model.status,
        consent=await stores.consents.load(member),
        told=await tell_last_told(stores, member),
        digests=tuple(one for one in kept if one),
        led=tuple(mine),
    )
