"""How well questions find their documents, and how far the documents lag behind: from what happened, with no labels.

Found is a question that the bot answered from the documents more sure than not. On the point is an answer that someone
said something of, and nobody called wrong, beside the question, or had to ask again for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Final

from bot.pilot.feedback import latest
from bot.pilot.model import Feedback, FeedbackKind, Retrieval
from bot.pilot.share import Share
from bot.turn import Decision, Exchange

SURE: Final = 0.5
STALE: Final = timedelta(days=182)  # a document unchanged for longer is to be confirmed
BESIDE: Final = frozenset({FeedbackKind.WRONG, FeedbackKind.IGNORED_QUESTION, FeedbackKind.REPEATED})


def measure_retrieval(
    exchanges: Sequence[Exchange], feedback: Iterable[Feedback], changed: Mapping[str, date]
) -> Retrieval:
    """Over these questions and what was said of them; `changed` says when each document last did, by its path."""
    asked = [one for one in exchanges if one.reply.decision is not Decision.ASK]
    answers = {one.id for one in asked if one.reply.decision in (Decision.ANSWER, Decision.HEDGE)}
    said = [one for one in latest(feedback) if one.exchange in answers]
    beside = {one.exchange for one in said if one.kind in BESIDE}
    ages = find_ages(asked, changed)
    return Retrieval(
        found=Share(sum(one.id in answers and one.reply.confidence >= SURE for one in asked), len(asked)),
        on_point=Share(len({one.exchange for one in said} - beside), len({one.exchange for one in said})),
        lag=median(age.days for _, age in ages) if ages else None,
        stale=Share(len({path for path, age in ages if age > STALE}), len({path for path, _ in ages})),
    )


def find_ages(asked: Iterable[Exchange], changed: Mapping[str, date]) -> list[tuple[str, timedelta]]:
    """Each document that an answer cites, with its age then; of one that was changed since, that is not known."""
    cited = [(path, one.at.date()) for one in asked for path in {cite.document for cite in one.reply.citations}]
    return [(path, on - changed[path]) for path, on in cited if path in changed and changed[path] <= on]
