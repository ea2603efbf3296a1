"""One turn, as a straight line: hear → know → understand → search → settle → write → check → commit."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from bot.answering.acknowledge import acknowledge
from bot.answering.answer import Asked, Settled, answer_again, finish, settle, write_offline
from bot.answering.model import Draft, Prompt, Unfit
from bot.answering.prompt import make_prompt
from bot.enrichment.enrich import enrich
from bot.enrichment.undo import own_words
from bot.errors import Garbled, Unavailable
from bot.flows.hear import Heard, as_history, hear
from bot.flows.means import Means
from bot.knowledge.attached import join_attached
from bot.operations.budget import within_budget
from bot.operations.cost import price
from bot.operations.model import Cost
from bot.pilot.holdback import is_held_back
from bot.ports import Effects, Engine, Journal, Lease, Outgoing
from bot.reviews.kinds import of_fallback
from bot.self_model.model import Belief, SelfModel
from bot.self_model.revise import read
from bot.trust.model import AuditEntry, AuditKind, Consent, Review
from bot.turn import Decision, Exchange, Member, Turn

REPLY, EDITED = "reply/", "edited/"  # what the outbox's keys of replies begin with
PASSAGES = 20  # how many are fetched for an answer
EXCHANGES_BACK = 6  # how many of the conversation's exchanges are read as history
SAME_TALK = timedelta(hours=1)  # a person's last exchange in a channel still bears on the next within this


async def respond(
    means: Means, turn: Turn, now: datetime, lease: Lease | None = None, *, replaces: str = ""
) -> Exchange:
    """Answer a turn and commit the exchange, its audit, cost and delivery in one transaction. `replaces`: the
    platform's message in whose place the reply goes."""
    stores = means.stores
    heard = hear(turn, await recent(stores.journal, turn))
    turn, again = heard.turn, heard.again
    if not heard.asks:
        exchange = Exchange(id=turn.message.id, turn=turn, enriched="", reply=acknowledge(heard.intent), at=now)
        await stores.journal.commit(record(exchange, lease, replaces))
        return exchange
    pilots = await stores.pilots.all(turn.asker.workspace)
    held_back = is_held_back(pilots, turn.asker, turn.message.id, now, channel=turn.place.channel)
    beliefs = () if held_back else await know(means, turn, now)
    asked = await ask_around(means, heard, beliefs)
    settled = settle(asked)
    if again and heard.intent.how != "change":
        settled = answer_again(asked, settled, again.reply, heard.intent.how)
    if lease:
        await stores.inbox.check(lease)  # a model's call is not made for work that another has
    draft, costs, reviews = await write(means, asked, settled, turn, now)
    reply = replace(finish(asked, settled, draft, means.owner), undone=heard.undone)
    exchange = Exchange(
        id=turn.message.id,
        turn=replace(turn, attached=()),
        enriched=asked.query.enriched,
        reply=reply,
        at=now,
        held_back=held_back,
    )
    await stores.journal.commit(replace(record(exchange, lease, replaces), costs=costs, reviews=reviews))
    return exchange


async def recent(journal: Journal, turn: Turn) -> tuple[Exchange, ...]:
    """What was said before: in this thread, else by this person in this channel within the hour; never from a
    conversation that today's readers cannot see."""
    thread = await journal.last_in(turn.place, EXCHANGES_BACK)
    if thread:
        return tuple(one for one in thread if one.id != turn.message.id and one.enriched)
    at = turn.message.at  # by the platform's clock; exchanges are kept by ours, which may go before or after it
    mine = await journal.last_by(turn.asker, turn.place.channel, (at - SAME_TALK, at + SAME_TALK), EXCHANGES_BACK)
    return tuple(one for one in mine if one.turn.message.at < at and one.enriched)[-1:]


async def know(means: Means, turn: Turn, now: datetime) -> tuple[Belief, ...]:
    """The beliefs that may shape this reply: none without consent, none learned in private where others read."""
    consent = await means.stores.consents.load(turn.asker)
    if not consent.modelling:
        return ()
    model = read(await means.stores.self_models.load(turn.asker), now)
    return usable_here(model, consent, alone=turn.audience.alone)


def usable_here(model: SelfModel, consent: Consent, *, alone: bool) -> tuple[Belief, ...]:
    """The beliefs that its person lets shape a reply with these readers."""
    return model.usable(private_too=alone or consent.private_in_public)


async def ask_around(means: Means, heard: Heard, beliefs: tuple[Belief, ...]) -> Asked:
    """Understand the question and fetch what the documents hold on it."""
    turn, again, knowledge = heard.turn, heard.again, means.stores.knowledge
    workspace, text, history = turn.asker.workspace, turn.message.text, turn.history
    if again:
        text = own_words(again.enriched, again.reply.assumptions) if heard.undone else again.enriched
        history = again.turn.history
    query = enrich(text, history, beliefs, without=heard.undone)
    if again and again.reply.decision is Decision.ASK:  # so that the same is not asked back twice
        history = (*history, *as_history((again,)))
    ranked = await knowledge.search(workspace, query, turn.audience.grants, PASSAGES)
    if turn.attached:
        ranked = join_attached(query, turn.attached, turn.audience.grants, ranked)
    glossary = await knowledge.glossary(workspace)
    return Asked(
        query=query,
        ranked=ranked,
        audience=turn.audience,
        history=history,
        beliefs=beliefs,
        glossary=glossary,
        private_values=() if turn.audience.alone else tuple(one.value for one in beliefs),
    )


async def write(
    means: Means, asked: Asked, settled: Settled, turn: Turn, now: datetime
) -> tuple[Draft, tuple[Cost, ...], tuple[Review, ...]]:
    """The answer in words, by the model where there is one and it may be used, else by the offline engine."""
    if means.engine is None or not settled.answers:
        return write_offline(asked, settled, means.owner), (), ()
    if not await may_spend(means, turn.asker, now):
        return fall_back(asked, settled, means.owner, turn, now, "over the day's budget")
    prompt = make_prompt(asked.query, asked.ranked, settled.plan, asked.history, decision=settled.judgement.decision)
    try:
        draft = await ask_model(means, means.engine, prompt, turn)
    except Unfit as error:
        draft, _, reviews = fall_back(asked, settled, means.owner, turn, now, str(error))
        return draft, (cost_of(error.spent, means, turn, now),), reviews
    except (Unavailable, Garbled) as error:
        return fall_back(asked, settled, means.owner, turn, now, str(error))
    return draft, (cost_of(draft, means, turn, now),), ()


async def ask_model(means: Means, engine: Engine, prompt: Prompt, turn: Turn) -> Draft:
    """The model's answer; meanwhile its asker sees what is being done."""
    if means.progress is None:
        return await engine.answer(prompt)
    doing = f"is reading {len(prompt.documents)} passages and writing an answer…"
    _, draft = await asyncio.gather(means.progress.tell(turn, doing), engine.answer(prompt))
    return draft


def fall_back(
    asked: Asked, settled: Settled, owner: str, turn: Turn, now: datetime, why: str
) -> tuple[Draft, tuple[Cost, ...], tuple[Review, ...]]:
    """The offline engine's answer, marked, and a note to whoever reviews."""
    review = of_fallback(turn.asker.workspace, turn.message.id, why, now)
    return replace(write_offline(asked, settled, owner), fallback=why), (), (review,)


async def may_spend(means: Means, member: Member, now: datetime) -> bool:
    """Whether the day's budgets still allow a model call for this person."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    spent = await means.stores.journal.costs(member.workspace, today, now + timedelta(seconds=1))
    return within_budget(spent, member, person=means.budget_person_day, pilot=means.budget_pilot_day)


def cost_of(draft: Draft, means: Means, turn: Turn, now: datetime) -> Cost:
    """What a model's answer cost."""
    tokens = (draft.input_tokens, draft.cached_tokens, draft.cache_writes, draft.output_tokens)
    return Cost(
        id=f"answer/{turn.message.id}",
        member=turn.asker,
        purpose="answer",
        model=means.model,
        input_tokens=draft.input_tokens,
        cached_tokens=draft.cached_tokens,
        cache_writes=draft.cache_writes,
        output_tokens=draft.output_tokens,
        dollars=price(means.model, *tokens, means.prices),
        at=now,
    )


def record(exchange: Exchange, lease: Lease | None, replaces: str = "") -> Effects:
    """An exchange with its audit entry and, where there is something to say, its delivery."""
    turn, reply = exchange.turn, exchange.reply
    entry = AuditEntry(
        workspace=turn.asker.workspace,
        kind=AuditKind.ANSWERED,
        actor="daytwo",
        subject=turn.asker.id,
        at=exchange.at,
        detail={"exchange": exchange.id, "decision": reply.decision, "engine": reply.engine},
    )
    outgoing = Outgoing(
        key=key_of_edited(exchange) if replaces else f"{REPLY}{exchange.id}",
        platform=turn.platform,
        place=turn.place,
        content=reply,
        alone=turn.audience.alone,
        exchange=exchange.id,
        replaces=replaces,
    )
    return Effects(exchange=exchange, audit=(entry,), outgoing=(outgoing,) if reply.text else (), done=lease)


def key_of_edited(exchange: Exchange) -> str:
    """The outbox's key of the reply to an edited message: another one for each time it was edited."""
    return f"{EDITED}{exchange.turn.message.at.timestamp():.6f}/{exchange.id}"


def exchange_of(key: str) -> str:
    """The exchange whose reply was delivered under that key of the outbox, "" where it is no reply's."""
    if key.startswith(EDITED):
        return key.removeprefix(EDITED).partition("/")[2]
    return key.removeprefix(REPLY) if key.startswith(REPLY) else ""
