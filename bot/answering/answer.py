"""The pure line from a question with its passages to a reply: settle (judge, plan), write, finish (check, show).

No model is asked here: a flow that has one asks it between `settle` and `finish`, with `prompt.make_prompt`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.check import Checked, check
from bot.answering.compose import compose, compose_hedge
from bot.answering.compose_texts import compose_ask, compose_decline, tell_doubt
from bot.answering.decide import decide
from bot.answering.model import Draft, Judgement, Plan
from bot.answering.plan import adjust, keep_going, make_plan
from bot.answering.reply import make_reply
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Ranked, Term
from bot.self_model.model import Belief
from bot.turn import Audience, Decision, Reply, Said

OWNER = "the pilot's owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Everything an answer is made from. `beliefs`: the asker's usable ones that this audience allows.
    `private_values`: values of the asker's beliefs that this audience must not read; none where the asker is alone."""

    query: EnrichedQuery
    ranked: tuple[Ranked, ...]
    audience: Audience
    history: tuple[Said, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    glossary: tuple[Term, ...] = ()
    private_values: tuple[str, ...] = ()
    has_knowledge: bool = True

    @property
    def readable(self) -> tuple[Ranked, ...]:
        """The passages that everyone in the audience may read."""
        return tuple(one for one in self.ranked if self.audience.may_read(one.passage.readers))

    @property
    def terms(self) -> tuple[Term, ...]:
        """The glossary's entries that everyone in the audience may read."""
        return tuple(one for one in self.glossary if self.audience.may_read(one.readers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is to be done with a question, and how it is to be said."""

    judgement: Judgement
    plan: Plan

    @property
    def answers(self) -> bool:
        """Whether an engine has something to write."""
        return self.judgement.decision in (Decision.ANSWER, Decision.HEDGE)


def settle(asked: Asked) -> Settled:
    """Judge the question and plan its answer."""
    judgement = decide(asked.query, asked.readable, asked.history, has_knowledge=asked.has_knowledge)
    return Settled(judgement=judgement, plan=make_plan(asked.query, asked.beliefs, asked.terms, asked.readable))


def answer_again(asked: Asked, settled: Settled, last: Reply, how: str) -> Settled:
    """The same question answered anew, said differently than in `last`; it is not asked back or declined now."""
    judgement = settled.judgement
    if asked.readable and last.decision in (Decision.ANSWER, Decision.HEDGE):
        judgement = replace(judgement, decision=last.decision)
    plan = adjust(keep_going(settled.plan, last), how, asked.terms)
    return Settled(judgement=judgement, plan=plan)


def write_offline(asked: Asked, settled: Settled, owner: str = OWNER) -> Draft:
    """What the offline engine says: the answer, the question back, or that the documents lack it."""
    judgement = settled.judgement
    if judgement.decision is Decision.ASK:
        return compose_ask(judgement)
    if judgement.decision is Decision.DECLINE:
        return compose_decline(owner, asked.query)
    draft = compose(asked.query, asked.readable, settled.plan, asked.terms)
    if judgement.decision is Decision.HEDGE:
        return compose_hedge(draft, tell_doubt(asked.query, judgement))
    return draft


def finish(asked: Asked, settled: Settled, draft: Draft, owner: str = OWNER) -> Reply:
    """The reply that shows the draft as far as it holds. Where a model's does not, the offline engine's is shown and
    marked; where that has nothing to say either, the question is declined."""
    if not settled.answers:
        return show(asked, settled, draft)
    checked = examine(asked, settled, draft)
    if not checked.holds and draft.engine != "offline":
        own = examine(asked, settled, write_offline(asked, settled, owner))
        fallback = f"the answer of {draft.engine} did not hold: {'; '.join(checked.kinds)}"
        checked = replace(own, draft=replace(own.draft, fallback=fallback))
    if not checked.holds:
        declined = replace(settled, judgement=replace(settled.judgement, decision=Decision.DECLINE))
        return show(asked, declined, replace(write_offline(asked, declined, owner), fallback=checked.draft.fallback))
    return show(asked, settled, checked.draft)


def examine(asked: Asked, settled: Settled, draft: Draft) -> Checked:
    """The draft checked against passages, plan and audience."""
    return check(draft, asked.ranked, settled.plan, audience=asked.audience, private_values=asked.private_values)


def show(asked: Asked, settled: Settled, draft: Draft) -> Reply:
    return make_reply(settled.judgement, draft, settled.plan, query=asked.query, ranked=asked.readable)


def answer_offline(
    query: EnrichedQuery,
    ranked: Sequence[Ranked],
    *,
    audience: Audience,
    history: Sequence[Said] = (),
    beliefs: Sequence[Belief] = (),
    glossary: Sequence[Term] = (),
) -> Reply:
    """The whole line with the offline engine."""
    asked = Asked(
        query=query,
        ranked=tuple(ranked),
        audience=audience,
        history=tuple(history),
        beliefs=tuple(beliefs),
        glossary=tuple(glossary),
    )
    settled = settle(asked)
    return finish(asked, settled, write_offline(asked, settled))
