"""What the tasks share: the knowledge base of a run, and the values that a line's fields become."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.batch import lines
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Passage, Ranked, Term
from bot.self_model.model import Belief
from bot.turn import EVERYONE, Said

if TYPE_CHECKING:
    from bot.knowledge.index import Index
    from bot.knowledge.vectors import Embedder

Fields = dict[str, object]
READERS = frozenset({EVERYONE})
START = datetime(2026, 1, 1, tzinfo=UTC)  # a first message without a time; only distances matter
FOUND = 20  # passages and turns at the most, by contract


@dataclass(frozen=True, slots=True)
class Base:
    """The knowledge base of a run: None of it where there are no passages."""

    index: Index | None = None
    glossary: tuple[Term, ...] = ()

    def search(self, query: EnrichedQuery) -> tuple[Ranked, ...]:
        return self.index.search(query, READERS, FOUND) if self.index else ()


def make_base(given: Iterable[lines.GivenPassage], embedder: Embedder | None = None) -> Base:
    """Index the passages and read their definitions."""
    from bot.knowledge.glossary import find_terms
    from bot.knowledge.index import Index

    passages = tuple(Passage(id=one.id, document=one.id, title=one.title, text=one.text) for one in given)
    return Base(Index(passages, embedder), find_terms(passages))


def make_history(given: Iterable[lines.Speech]) -> tuple[Said, ...]:
    return tuple(Said(one.speaker, one.text) for one in given)


def make_beliefs(line: lines.Question) -> tuple[Belief, ...]:
    """The given beliefs, surest first; those under the floor are known but not used."""
    given = sorted(line.beliefs, key=lambda one: -one.confidence)
    beliefs = (
        Belief(
            address=one.address,
            value=one.value,
            confidence=one.confidence,
            mass=1.0,
            evidence=(),
            valid_from=START,
            recorded_at=START,
        )
        for one in given
    )
    return tuple(one for one in beliefs if one.usable)
