"""The values of enrichment: the words added to a question, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.self_model.model import Belief
from bot.turn import Assumption


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichedQuery:
    """A person's own words, kept whole, plus what bears on them.

    `added`: the words enrichment added, as shown and undone. `assumptions`: what mentions were taken to mean.
    `beliefs`: those that bear on this question, surest first. `weights`: stemless lower-case term -> weight for
    retrieval (own words 1.0, history less). `understanding` (0-1): how sure we are of what is meant.
    """

    text: str
    added: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    understanding: float = 1.0

    @property
    def enriched(self) -> str:
        """The query as handed to retrieval and the model."""
        return " ".join((self.text, *self.added)) if self.added else self.text
