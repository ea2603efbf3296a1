"""understand, retrieve, decide, recall: what the bot makes of a question."""

from __future__ import annotations

from adapters.batch import lines
from adapters.batch.base import FOUND, Base, Fields, make_beliefs, make_history
from bot.answering.decide import decide
from bot.enrichment.enrich import enrich
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.recall import recall
from bot.turn import Said


def run_understand(line: lines.Question, base: Base) -> Fields:
    query = make_query(line)
    resolved = [{"mention": one.mention, "as": one.reading, "from": one.origin} for one in query.assumptions]
    return {"enriched": query.enriched, "added": list(query.added), "resolved": resolved}


def run_retrieve(line: lines.Question, base: Base) -> Fields:
    ranked = base.search(make_query(line))
    return {"passages": [one.passage.id for one in ranked], "scores": [one.score for one in ranked]}


def run_decide(line: lines.Question, base: Base) -> Fields:
    """Answer, hedge, ask or decline, with the probabilities behind it."""
    query = make_query(line)
    judged = decide(query, base.search(query), make_history(line.history), has_knowledge=base.index is not None)
    return {
        "decision": judged.decision,
        "confidence": judged.confidence,
        "p_ask": judged.p_ask,
        "p_decline": judged.p_decline,
        "question": judged.question,
    }


def run_recall(line: lines.Recollection, base: Base) -> Fields:
    turns = [(one.id, Said(one.speaker, one.text)) for one in line.turns]
    return {"turns": list(recall(line.text, turns))[:FOUND]}


def make_query(line: lines.Question) -> EnrichedQuery:
    """The enriched query, or the bare words where the line switches enrichment off."""
    if not line.enrich:
        return EnrichedQuery(text=line.text)
    return enrich(line.text, make_history(line.history), make_beliefs(line))
