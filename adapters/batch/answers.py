"""answer: the whole line from a question to a cited answer, by the offline engine."""

from __future__ import annotations

from adapters.batch import lines
from adapters.batch.base import READERS, Base, Fields, make_beliefs, make_history
from adapters.batch.questions import make_query
from bot.answering.answer import answer_offline
from bot.turn import Audience

AUDIENCE = Audience(alone=True, grants=READERS)


def run_answer(line: lines.Question, base: Base) -> Fields:
    """The reply that someone with these beliefs would get."""
    query = make_query(line)
    reply = answer_offline(
        query,
        base.search(query),
        audience=AUDIENCE,
        history=make_history(line.history),
        beliefs=make_beliefs(line),
        glossary=base.glossary,
    )
    return {
        "text": reply.text,
        "decision": reply.decision,
        "confidence": reply.confidence,
        "depth": reply.depth,
        "citations": [one.passage for one in reply.citations],
        "beliefs_used": list(reply.beliefs_used),
    }
