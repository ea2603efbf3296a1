"""What happens to one message, whatever platform it came from: control, or an answer; then what can be learned."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.flows.control import ask_consent, control, warn_of_secrets
from bot.flows.govern_pilot import govern_pilot
from bot.flows.introduce import introduce
from bot.flows.learn import absorb
from bot.flows.link_accounts import link_accounts
from bot.flows.means import Means
from bot.flows.rate import rate_by_words
from bot.flows.respond import may_spend, recent, respond
from bot.ports import Effects, Lease, Notice
from bot.turn import Exchange, Message, Turn


async def converse(means: Means, turn: Turn, now: datetime, lease: Lease | None = None) -> Exchange | Notice:
    """Carry out a command, or note what the message says of the reply before it, and answer; ask once whether learning
    is wanted. Learning comes after."""
    await introduce(means, turn.asker, now)
    if notice := await control(means.stores, turn, now, directory=means.directory, lease=lease):
        return notice
    if notice := await govern_pilot(means, turn, now, lease):
        return notice
    if notice := await link_accounts(means, turn, now, lease):
        return notice
    if past := await recent(means.stores.journal, turn):
        await rate_by_words(means.stores.journal, past[-1], turn)  # first, for the answer's commit may be the last step
    exchange = await respond(means, turn, now, lease)
    await warn_of_secrets(means.stores, turn, directory=means.directory)
    await ask_consent(means.stores, turn, directory=means.directory)
    return exchange


async def overhear(means: Means, message: Message, now: datetime, lease: Lease | None = None) -> None:
    """Learn from a message, whether it was to the bot or not, if its writer agreed; a model helps within budget. What
    is recorded of it is committed with the end of the lease."""
    await introduce(means, message.author, now)
    helps = means.observer is not None and await may_spend(means, message.author, now)
    observer = means.observer if helps else None
    learned = await absorb(means.stores, (message,), now, observer=observer, prices=means.prices)
    if lease or learned.effects != Effects():
        await means.stores.journal.commit(replace(learned.effects, done=lease))
