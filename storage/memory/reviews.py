"""What a person should look at, in memory: opened and closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.trust.model import Review

Reviews = dict[tuple[str, str], Review]  # by workspace and id


def open_reviews(kept: Reviews, reviews: Sequence[Review]) -> None:
    """Keep what is new, and open again what was closed; what is open already stays as it is."""
    for one in reviews:
        known = kept.get((one.workspace, one.id))
        if known is None or known.resolved:
            kept[one.workspace, one.id] = one


def close_reviews(kept: Reviews, reviews: Sequence[Review]) -> None:
    """Keep how each was closed, unless it was closed before."""
    for one in reviews:
        known = kept.get((one.workspace, one.id))
        if known and not known.resolved:
            kept[one.workspace, one.id] = replace(
                known, resolved=True, outcome=one.outcome, closed_by=one.closed_by, closed_at=one.closed_at
            )
