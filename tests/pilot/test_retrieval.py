"""How well questions find their documents, and how far those lag."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pilot_samples import Person, ask, rate

from bot.pilot.model import FeedbackKind
from bot.pilot.retrieval import measure_retrieval
from bot.pilot.share import Share
from bot.turn import Citation, Decision, Exchange

ANNA = Person("Anna")


def answered(number: int, decision: Decision = Decision.ANSWER, confidence: float = 0.8, *documents: str) -> Exchange:
    """A question of 5 October, decided so and citing these documents."""
    asked = ask(ANNA, 1, number, decision)
    cited = tuple(
        Citation(number=i, passage=f"{path}#0", document=path, title=path, excerpt="…")
        for i, path in enumerate(documents, 1)
    )
    return replace(asked, reply=replace(asked.reply, confidence=confidence, citations=cited))


def test_found_leaves_out_what_was_asked_back() -> None:
    asked = [
        answered(1),
        answered(2, Decision.HEDGE, 0.6),
        answered(3, Decision.HEDGE, 0.3),
        answered(4, Decision.DECLINE, 0.9),
        answered(5, Decision.ASK),
    ]
    assert measure_retrieval(asked, (), {}).found == Share(2, 4)


def test_on_point_is_of_answers_that_something_was_said_of() -> None:
    asked = [answered(number) for number in range(1, 5)]
    said = [rate(asked[0], 4.6), rate(asked[1], 1.6, FeedbackKind.WRONG), rate(asked[2], 1.6, FeedbackKind.TOO_DEEP)]
    assert measure_retrieval(asked, said, {}).on_point == Share(2, 3)


def test_the_lag_is_the_age_of_what_was_cited_when_it_was() -> None:
    asked = [
        answered(1, Decision.ANSWER, 0.8, "new.md", "old.md"),
        answered(2, Decision.ANSWER, 0.8, "later.md", "gone.md"),
    ]
    changed = {"new.md": date(2026, 9, 25), "old.md": date(2026, 1, 1), "later.md": date(2026, 10, 9)}
    held = measure_retrieval(asked, (), changed)
    assert held.lag == (10 + 277) / 2
    assert held.stale == Share(1, 2)
    assert measure_retrieval(asked, (), {}).lag is None
