"""Proof by replay: a person's questions of a day, answered with the self-model as of day 1 and as of that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.answering.answer import answer_offline
from bot.enrichment.enrich import enrich
from bot.flows.means import Means
from bot.flows.respond import PASSAGES, usable_here
from bot.knowledge.model import Ranked
from bot.pilot.model import Replayed
from bot.pilot.proof import Rerun, compare
from bot.self_model.model import Belief
from bot.self_model.revise import as_of, read
from bot.turn import Exchange, Member, Reply


async def prove(
    means: Means, member: Member, since: datetime, until: datetime, *, day_one: datetime
) -> Replayed | None:
    """Compare the two over the member's questions of since <= at < until; None without consent or without questions.

    Both sides use the same documents and the offline engine, so that only the self-model differs.
    """
    stores = means.stores
    consent = await stores.consents.load(member)
    asked = [
        one
        for one in await stores.journal.exchanges(member.workspace, since, until, member)
        if one.asked and one.enriched
    ]
    if not consent.modelling or not asked:
        return None
    model = await stores.self_models.load(member)
    then, today = as_of(model, day_one), read(model, until)
    reruns = []
    for one in asked:
        alone = one.turn.audience.alone
        early = await answer(means, one, usable_here(then, consent, alone=alone))
        late = await answer(means, one, usable_here(today, consent, alone=alone))
        reruns.append(Rerun(first=early.reply, now=late.reply, beliefs=late.bearing))
    return compare(reruns)


@dataclass(frozen=True, slots=True)
class Again:
    """A question answered again: the reply, the beliefs that bear on it, and the passages found."""

    reply: Reply
    bearing: tuple[Belief, ...]
    ranked: tuple[Ranked, ...]


async def answer(means: Means, exchange: Exchange, beliefs: tuple[Belief, ...]) -> Again:
    """The exchange's question answered offline with these beliefs, over today's documents."""
    turn, knowledge, workspace = exchange.turn, means.stores.knowledge, exchange.asker.workspace
    query = enrich(turn.message.text, turn.history, beliefs)
    ranked = await knowledge.search(workspace, query, turn.audience.grants, PASSAGES)
    reply = answer_offline(
        query,
        ranked,
        audience=turn.audience,
        history=turn.history,
        beliefs=beliefs,
        glossary=await knowledge.glossary(workspace),
    )
    return Again(reply, query.beliefs, ranked)
