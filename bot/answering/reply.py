"""Judgement and draft -> the reply that is shown: citations with excerpts, assumptions, why it looks as it does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.model import Draft, Judgement, Plan
from bot.answering.sentences import split_units
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Passage, Ranked
from bot.turn import Citation, Decision, Reply
from bot.words import content_terms

LONGEST_EXCERPT = 220  # characters


def make_reply(
    judgement: Judgement,
    draft: Draft,
    plan: Plan,
    *,
    query: EnrichedQuery,
    ranked: Sequence[Ranked],
) -> Reply:
    """Everything a platform needs to show the draft. Citations only of passages that the text marks."""
    answered = judgement.decision in (Decision.ANSWER, Decision.HEDGE)
    return Reply(
        decision=judgement.decision,
        text=draft.text,
        confidence=judgement.confidence,
        depth=plan.depth,
        lens=plan.lens,
        citations=make_citations(draft, query, ranked) if answered else (),
        assumptions=query.assumptions,
        choices=judgement.choices if judgement.decision is Decision.ASK else (),
        beliefs_used=beliefs_used(plan, query) if answered else (),
        why=plan.why if answered else (),
        engine=draft.engine,
        fallback=draft.fallback,
    )


def beliefs_used(plan: Plan, query: EnrichedQuery) -> tuple[str, ...]:
    """The addresses of the beliefs that shaped the answer: through the plan, or through what was understood."""
    understood = (one.origin for one in query.assumptions if one.origin != "history")
    return tuple(dict.fromkeys((*plan.beliefs_used, *understood)))


def make_citations(draft: Draft, query: EnrichedQuery, ranked: Sequence[Ranked]) -> tuple[Citation, ...]:
    """A citation for every marker in the text, in the order of their numbers."""
    passages = {one.passage.id: one.passage for one in ranked}
    marked = {int(one) for one in re.findall(r"\[(\d{1,2})\](?!\()", draft.text)}
    return tuple(
        cite(number, passages[name], query)
        for number, name in enumerate(draft.passages, start=1)
        if number in marked and name in passages
    )


def cite(number: int, passage: Passage, query: EnrichedQuery) -> Citation:
    """The passage's mention under that number."""
    return Citation(
        number=number,
        passage=passage.id,
        document=passage.document,
        title=passage.title,
        excerpt=make_excerpt(passage, query),
        link=passage.link,
    )


def make_excerpt(passage: Passage, query: EnrichedQuery) -> str:
    """The sentence of the passage closest to the question, shortened at a word."""
    asked = set(content_terms(query.enriched))
    prose = [one for one in split_units(passage.text) if one.kind.is_prose]
    if not prose:
        return shorten(" ".join(passage.text.split()))
    best = max(prose, key=lambda one: (len(asked & set(content_terms(one.text))), -one.order))
    return shorten(best.text)


def shorten(text: str) -> str:
    """At most LONGEST_EXCERPT characters."""
    return text if len(text) <= LONGEST_EXCERPT else text[:LONGEST_EXCERPT].rsplit(" ", 1)[0] + " …"
