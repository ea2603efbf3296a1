"""What the workspace's directory says of a person is where their self-model begins, at low weight, if they agreed.

Looked up at most once a day, when they write; what it says anew takes the place of what it said before. What they had
forgotten does not come back from there.
"""

from __future__ import annotations

import logging
from datetime import datetime

from bot.errors import Refused, Unavailable
from bot.flows.forget import forget_message
from bot.flows.learn import revise_stored
from bot.flows.means import Means
from bot.ports import Effects, Stores
from bot.self_model.model import DirectoryEntry
from bot.self_model.observe import name_entry, seed
from bot.self_model.revise import is_barred, revise
from bot.self_model.weighing import identify
from bot.trust import audit
from bot.turn import Member

log = logging.getLogger(__name__)


async def introduce(means: Means, member: Member, now: datetime) -> None:
    """Let the directory's title seed the self-model of someone who agreed. Where the directory does not answer, with
    the next of their messages: nothing else waits for it."""
    if means.directory is None or means.introduced.get(member) == now.date():
        return
    if not (await means.stores.consents.load(member)).learning:
        return
    try:
        entry = await means.directory.look_up(member)
    except Unavailable as error:
        log.info("The directory was not read for %s: %s", member.id, error)
        return
    except Refused as error:
        log.info("The directory tells nothing of %s: %s", member.id, error)
        entry = None
    means.introduced[member] = now.date()
    if entry:
        await take_entry(means.stores, entry, now)


async def take_entry(stores: Stores, entry: DirectoryEntry, now: datetime) -> None:
    """Put what a directory entry says in place of what it said before, and record that; nothing where its person did
    not agree, where it says what it said, or tells no title (Teams tells bots of none)."""
    member = entry.member
    if not entry.title or not (await stores.consents.load(member)).learning:
        return
    said, source = seed(entry, now), name_entry(member)
    model = await stores.self_models.load(member)
    before = {identify(one) for one in model.observations if one.message == source}
    says = {identify(one) for one in said if not is_barred(model.tombstones, one)}
    if says == before:
        return
    if before - says:
        await forget_message(stores, member, source, at=now)
    old, new = await revise_stored(stores.self_models, member, lambda model: revise(model, said, now))
    counts = audit.count_learning(old, new, said, {})
    await stores.journal.commit(Effects(audit=(audit.learned(member, source, counts, now),)))
