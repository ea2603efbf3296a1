"""Which question did most people ask? The one worth showing side by side."""

from __future__ import annotations

from collections.abc import Sequence

from bot.turn import Decision, Exchange
from bot.words import content_terms

ALIKE = 0.6  # Jaccard overlap of content words from which two questions are the same one


def find_shared_question(exchanges: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """The exchanges in which most different people asked (nearly) the same, the latest of each, in asking order;
    the newest such question where several tie. Empty where nobody asked anything."""
    asked = [
        one for one in exchanges if one.reply.decision in (Decision.ANSWER, Decision.HEDGE) and one.reply.citations
    ]
    groups: list[list[Exchange]] = []
    for one in asked:
        home = next((group for group in groups if is_alike(group[0], one)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    best = max(groups, key=lambda group: (len({one.asker for one in group}), group[-1].at), default=[])
    return tuple({one.asker: one for one in best}.values())


def is_alike(one: Exchange, other: Exchange) -> bool:
    """Whether two questions ask the same."""
    mine, theirs = (frozenset(content_terms(each.turn.message.text)) for each in (one, other))
    return bool(mine) and len(mine & theirs) >= ALIKE * len(mine | theirs)
