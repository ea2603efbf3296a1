"""Forgetting on a person's word: observations, the beliefs that rest on them, and where everything is meant, the words
of their exchanges. A tombstone keeps it from being relearned from what was written before; a receipt says what was
removed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.errors import Superseded
from bot.flows.redraw_reviews import redraw_reviews
from bot.pilot.model import Feedback
from bot.ports import Stores
from bot.self_model.model import SelfModel, Status, Tombstone
from bot.self_model.revise import forget, revise
from bot.trust.model import Receipt
from bot.trust.retention import without_words
from bot.turn import Exchange, Member

MOST_TRIES = 5
EVERYTHING = "everything"
START = datetime(1970, 1, 1, tzinfo=UTC)


async def forget_some(
    stores: Stores, member: Member, targets: Sequence[tuple[str, str]], *, id: str, at: datetime
) -> Receipt:
    """Erase what is held at these (address, value) pairs; a value of "" covers all at the address."""

    def without(model: SelfModel) -> SelfModel:
        for address, value in targets:
            model = forget(model, address, value, at)
        return model

    scope = ", ".join(dict.fromkeys(address for address, _ in targets))
    return await erase(stores, member, without, Receipt(id=id, member=member, at=at, scope=scope, removed={}))


async def forget_all(stores: Stores, member: Member, *, id: str, at: datetime) -> Receipt:
    """Erase the whole self-model and the words of the person's exchanges, also where they stand on open cards for
    reviewers. Raises Unavailable while such a card is just being posted."""
    found = await all_exchanges(stores, member, START, at)
    exchanges = [one for one in found if one.turn.message.text]  # not what an earlier erasure has emptied
    words = {"exchanges": len(exchanges)} if exchanges else {}
    receipt = Receipt(id=id, member=member, at=at, scope=EVERYTHING, removed=words)
    erased = [without_words(one) for one in exchanges]
    await redraw_reviews(stores, erased)  # first, for it raises Unavailable while such a card is being posted
    made = await erase(stores, member, lambda model: without_anything(model, at), receipt)
    await redraw_reviews(stores, erased)  # and what was posted meanwhile
    return made


async def all_exchanges(stores: Stores, member: Member, since: datetime, until: datetime) -> tuple[Exchange, ...]:
    """A person's exchanges, of every account of theirs that is linked, oldest first."""
    accounts = await accounts_of(stores, member)
    found = [await stores.journal.exchanges(one.workspace, since, until, one) for one in accounts]
    return tuple(sorted((one for some in found for one in some), key=lambda one: one.at))


async def all_feedback(stores: Stores, member: Member, until: datetime) -> tuple[Feedback, ...]:
    """What a person said of replies, from every account of theirs that is linked, oldest first."""
    accounts = await accounts_of(stores, member)
    found = [await stores.journal.feedback(one, START, until) for one in dict.fromkeys(a.workspace for a in accounts)]
    return tuple(sorted((one for some in found for one in some if one.member in accounts), key=lambda one: one.at))


async def accounts_of(stores: Stores, member: Member) -> tuple[Member, ...]:
    """Every account of a person's that is linked, the main one first."""
    main = await stores.links.main(member)
    return main, *await stores.links.linked(main)


def without_anything(model: SelfModel, at: datetime) -> SelfModel:
    """An empty self-model that relearns nothing old. What had been forgotten before goes too, for a tombstone of
    everything covers it and its value would still say what it was."""
    bare, everything = forget(model, "", "", at), Tombstone(address="", value="", at=at)
    return replace(bare, tombstones=tuple(one for one in bare.tombstones if one.at > at or one == everything))


async def forget_message(stores: Stores, member: Member, message: str, *, at: datetime) -> Receipt | None:
    """Erase what rests on one message, which its writer deleted or edited; None where nothing does. What other messages
    say as well is still believed."""
    model = await stores.self_models.load(member)
    if not any(one.message == message for one in model.observations):
        return None
    receipt = Receipt(id=f"deleted/{message}/{at:%Y%m%dT%H%M%S}", member=member, at=at, scope="message", removed={})
    return await erase(stores, member, lambda one: without_message(one, message, at), receipt)


def without_message(model: SelfModel, message: str, at: datetime) -> SelfModel:
    """The self-model as it would be had that message never been written."""
    kept = [one for one in model.observations if one.message != message]
    return revise(replace(model, beliefs=(), past=(), status=Status.UNKNOWN), kept, at)


async def erase(stores: Stores, member: Member, change: Callable[[SelfModel], SelfModel], receipt: Receipt) -> Receipt:
    """Change the stored self-model for good, again from the start where another save came in between."""
    for _ in range(MOST_TRIES):
        before = await stores.self_models.load(member)
        after = change(before)
        made = replace(receipt, removed={**count_removed(before, after), **receipt.removed})
        try:
            await stores.self_models.erase(after, made)
        except Superseded:
            continue
        return made
    raise Superseded(f"The self-model of {member.id} kept changing while it was being erased.")


def count_removed(before: SelfModel, after: SelfModel) -> dict[str, int]:
    """How many beliefs and observations are gone."""
    beliefs = len(before.beliefs) + len(before.past) - len(after.beliefs) - len(after.past)
    observations = len(before.observations) - len(after.observations)
    return {name: number for name, number in (("beliefs", beliefs), ("observations", observations)) if number > 0}
