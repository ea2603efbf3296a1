"""A message that its writer edited or deleted: what rested on its old words goes, and its reply follows."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from bot.errors import Unavailable
from bot.flows.control import control
from bot.flows.forget import forget_message
from bot.flows.means import Means
from bot.flows.redraw_reviews import redraw_reviews
from bot.flows.respond import REPLY, respond
from bot.ports import Effects, Lease, Notice, Outgoing, Stores
from bot.trust import audit
from bot.trust.retention import without_words
from bot.turn import Exchange, Member, Turn

GONE = "The question was deleted, so its answer is gone too."
PATIENCE = 3  # attempts for which a reply that is still to be delivered is waited for


async def amend(means: Means, turn: Turn, now: datetime, lease: Lease) -> bool:
    """Answer an edited message anew, in place of its reply; False where there was no answer to it, so that it counts as
    new. Raises Unavailable while its reply is still on the way."""
    stores = means.stores
    await unlearn(stores, turn.asker, turn.message.id, now)
    before = await stores.journal.exchange(turn.asker.workspace, turn.message.id)
    if before is None:
        return False
    shown = await find_reply(stores, before, lease)
    if not await control(stores, turn, now, directory=means.directory, lease=lease):
        exchange = await respond(means, turn, now, lease, replaces=shown)
        with suppress(Unavailable):  # it is answered; a card that is just being posted keeps the old words
            await redraw_reviews(stores, [exchange])
    return True


async def retract(means: Means, platform: str, member: Member, message: str, now: datetime, lease: Lease) -> None:
    """Forget a deleted message: what it taught, its words in the exchange, and the reply, which leaves a note. Raises
    Unavailable while its reply is still on the way."""
    stores = means.stores
    await unlearn(stores, member, message, now)
    before = await stores.journal.exchange(member.workspace, message)
    if before is None or before.asker != member:
        await stores.inbox.finish(lease)
        return
    shown = await find_reply(stores, before, lease)
    note = Outgoing(
        key=f"deleted/{message}",
        platform=platform,
        place=before.turn.place,
        content=Notice(GONE),
        exchange=before.id,
        replaces=shown,
    )
    outgoing, left = (note,) if shown else (), without_words(before)
    await stores.journal.commit(Effects(exchange=left))  # before its cards: what is posted from now on has no words
    await redraw_reviews(stores, [left])
    await stores.journal.commit(Effects(outgoing=outgoing, done=lease))


async def unlearn(stores: Stores, member: Member, message: str, now: datetime) -> None:
    """Erase what rests on the message's old words."""
    if receipt := await forget_message(stores, member, message, at=now):
        await stores.journal.commit(Effects(audit=(audit.erased(receipt),)))


async def find_reply(stores: Stores, exchange: Exchange, lease: Lease) -> str:
    """The platform's message that shows the reply; "" where none does."""
    shown = await stores.outbox.message(f"{REPLY}{exchange.id}")
    if not shown and exchange.reply.text and lease.attempt <= PATIENCE:
        raise Unavailable("The reply to a message that was changed is still on the way.")
    return shown
