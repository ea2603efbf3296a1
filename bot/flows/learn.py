"""What messages teach, after the reply: consent → screen → observe → revise → save → audit.

It never delays a reply and never breaks one. Without consent nothing is read. Feedback's signs are another flow's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import Garbled, Superseded, Unavailable
from bot.operations.cost import PRICES, Rates, price
from bot.operations.model import Cost
from bot.ports import Effects, Journal, Observer, SelfModels, Stores
from bot.self_model.extract import Noted, check_items, is_worth_asking
from bot.self_model.model import Observation, SelfModel
from bot.self_model.observe import observe_all
from bot.self_model.revise import revise
from bot.trust import audit, consent
from bot.trust.commands import parse_command
from bot.trust.screening import redact, screen
from bot.turn import Member, Message

MOST_TRIES = 5  # saves in a row that may find someone else's newer version
TAKEOVER = 0.5  # from this probability of a smuggled instruction on, a message teaches nothing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What came of messages: the observations kept, counts as in the audit, and why nothing was learned, if so; and
    what is still to be recorded of it."""

    observations: tuple[Observation, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    skipped: str = ""
    effects: Effects = field(default_factory=Effects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What was seen in messages, by rules and model; what was dropped, by reason; what the model cost."""

    observations: tuple[Observation, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)
    costs: tuple[Cost, ...] = ()


async def learn(
    stores: Stores,
    message: Message,
    now: datetime,
    *,
    observer: Observer | None = None,
    prices: Mapping[str, Rates] = PRICES,
) -> Learned:
    """Revise the writer's self-model by one message of theirs, if they agreed to it; see `learn_batch`."""
    return await learn_batch(stores, (message,), now, observer=observer, prices=prices)


async def learn_batch(
    stores: Stores,
    messages: Sequence[Message],
    now: datetime,
    *,
    observer: Observer | None = None,
    prices: Mapping[str, Rates] = PRICES,
) -> Learned:
    """Revise one person's self-model by messages of theirs, with one model call for all of them, and record it."""
    learned = await absorb(stores, messages, now, observer=observer, prices=prices)
    if learned.effects != Effects():
        await stores.journal.commit(learned.effects)
    return learned


async def absorb(
    stores: Stores,
    messages: Sequence[Message],
    now: datetime,
    *,
    observer: Observer | None = None,
    prices: Mapping[str, Rates] = PRICES,
) -> Learned:
    """Revise one person's self-model by messages of theirs; what to record of it is left to the caller, to be committed
    with what else is done. Raises Unavailable where the database cannot be reached; safe to repeat, for a message
    learned twice changes nothing."""
    member = messages[0].author
    agreed = await stores.consents.load(member)
    if not agreed.learning:
        return Learned(skipped=consent.why_not_learning(agreed))
    read = [one for message in messages if (one := make_readable(message)) is not None]
    seen = await observe_both(read, observer, now, prices=prices)
    if not seen.observations and not seen.dropped and not seen.costs:
        return Learned(skipped="nothing said")
    before, after = await revise_stored(stores.self_models, member, lambda old: revise(old, seen.observations, now))
    counts = audit.count_learning(before, after, seen.observations, seen.dropped)
    entry = audit.learned(member, messages[-1].id, counts, now)
    return Learned(observations=seen.observations, counts=counts, effects=Effects(audit=(entry,), costs=seen.costs))


def make_readable(message: Message) -> Message | None:
    """The message without its secrets; None where nothing is to be learned from it: a command, an attack."""
    if parse_command(message.text):
        return None
    found = screen(message.text, "message")
    if found.injection >= TAKEOVER:
        return None
    return replace(message, text=redact(message.text, found.unkept)) if found.unkept else message


async def observe_both(
    messages: Sequence[Message], observer: Observer | None, now: datetime, *, prices: Mapping[str, Rates]
) -> Observed:
    """What the offline rules see, and what a model adds after checks; a model that fails adds nothing."""
    offline = observe_all(messages)
    asked = [one for one in messages if is_worth_asking(one)]
    if observer is None or not asked:
        return Observed(observations=offline)
    try:
        noted = await observer.observe([(one.id, one.text) for one in asked])
    except (Unavailable, Garbled) as error:
        log.info("no help in observing %s: %s", asked[0].id, error)
        return Observed(observations=offline, dropped={"observer failed": 1})
    checked = check_items(noted.items, asked, offline)
    return Observed(
        observations=(*offline, *checked.observations),
        dropped=checked.dropped,
        costs=(cost_of(noted, asked[-1], now, prices),),
    )


def cost_of(noted: Noted, message: Message, now: datetime, prices: Mapping[str, Rates]) -> Cost:
    """What a model's notes cost."""
    tokens = (noted.input_tokens, noted.cached_tokens, noted.cache_writes, noted.output_tokens)
    return Cost(
        id=f"observe/{message.id}",
        member=message.author,
        purpose="observe",
        model=noted.model,
        input_tokens=noted.input_tokens,
        cached_tokens=noted.cached_tokens,
        cache_writes=noted.cache_writes,
        output_tokens=noted.output_tokens,
        dollars=price(noted.model, *tokens, prices),
        at=now,
    )


async def read_figures(journal: Journal, workspace: str, since: datetime, until: datetime) -> dict[str, int]:
    """The junk monitor's standing figures of a period: what was observed, dropped, doubled, corrected and retired."""
    return audit.standing_figures(await journal.audit(workspace, since, until))


async def revise_stored(
    self_models: SelfModels, member: Member, change: Callable[[SelfModel], SelfModel]
) -> tuple[SelfModel, SelfModel]:
    """Load, change and save a self-model, again from the start where another save came in between; (before, after)."""
    for _ in range(MOST_TRIES):
        before = await self_models.load(member)
        after = change(before)
        if after == before:
            return before, after
        try:
            return before, await self_models.save(after)
        except Superseded:
            continue
    raise Superseded(f"The self-model of {member.id} kept changing while it was being revised.")
