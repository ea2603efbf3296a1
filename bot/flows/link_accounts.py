"""One person on two platforms becomes one person to the bot, by their own word on both; and two again."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import datetime

from bot.errors import DaytwoError
from bot.flows.control import Told, answer
from bot.flows.learn import revise_stored
from bot.flows.means import Means
from bot.ports import Lease, Notice
from bot.self_model.model import SelfModel
from bot.trust import linking
from bot.trust.model import Offer, Receipt
from bot.turn import Member, Turn


async def link_accounts(means: Means, turn: Turn, now: datetime, lease: Lease | None = None) -> Notice | None:
    """Carry out what a turn wants of the link of its writer's accounts; None where it wants nothing of the kind. What
    is returned is what its place gets to see."""
    wish = linking.read_wish(turn.message.text)
    if wish is None:
        return None
    does, code = wish
    told = await carry_out(means, turn.asker, does, code, now) if means.links_people else linking.OFF
    return await answer(means.stores, turn, Told(Notice(told)), directory=means.directory, lease=lease)


async def carry_out(means: Means, member: Member, does: str, code: str, now: datetime) -> str:
    """Do it; the words for its person."""
    links = means.stores.links
    is_linked = await links.main(member) != member or bool(await links.linked(member))
    if does == "unlink":
        await links.unlink(member)
        return linking.UNDONE if is_linked else linking.NOT_LINKED
    if is_linked:
        return linking.ALREADY
    email = await find_email(means, member)
    if not email:
        return linking.NO_EMAIL
    return await redeem(means, member, email, code, now) if code else await offer(means, member, email, now)


async def find_email(means: Means, member: Member) -> str:
    """The member's e-mail address by the platform's directory; "" where it tells none."""
    with suppress(DaytwoError):
        entry = await means.directory.look_up(member) if means.directory else None
        return entry.email if entry else ""
    return ""


async def offer(means: Means, member: Member, email: str, now: datetime) -> str:
    """A code to be written on the other platform."""
    code = "".join(secrets.choice(linking.LETTERS) for _ in range(linking.LENGTH))
    kept = Offer(member=member, code=linking.conceal(code), email=linking.conceal(email), ends=now + linking.LASTS)
    await means.stores.links.offer(kept)
    return linking.HOW.format(code=linking.show_code(code))


async def redeem(means: Means, member: Member, email: str, code: str, now: datetime) -> str:
    """Link the account that a code was written with to the one it was made on. A code that was used is gone, whatever
    comes of it."""
    found = await means.stores.links.redeem(linking.conceal(code), now)
    if found is None:
        return linking.NO_CODE
    if found.member == member:
        return linking.OWN_CODE
    if found.email != linking.conceal(email):
        return linking.OTHER_EMAIL
    main = await means.stores.links.main(found.member)
    await join(means, main, member, now)
    return linking.DONE


async def join(means: Means, main: Member, other: Member, now: datetime) -> None:
    """Put what is held of both into the main account's hands. Done in an order in which it can be repeated: the main
    self-model has all of it before the other one's is let go of."""
    stores = means.stores
    held, agreed = await stores.self_models.load(other), await stores.consents.load(other)
    await revise_stored(stores.self_models, main, lambda old: linking.join_models(old, held, now))
    await stores.consents.save(linking.join_consents(await stores.consents.load(main), agreed))
    if held != SelfModel(member=other):
        receipt = Receipt(id=f"linked/{other.id}/{now:%Y%m%dT%H%M%S}", member=other, at=now, scope="linked", removed={})
        await stores.self_models.erase(SelfModel(member=other, version=held.version), receipt)
    await stores.links.link(other, main)
