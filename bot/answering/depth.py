"""How deep an answer should go for one person and one question.

What is known of them on the question's own topics comes first; without that, role and seniority are a prior; a stated
preference moves either. Topics are matched by their words: someone's depth in one topic says nothing of another.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.lens import choose_lens, find_belief
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.relevance import words_of
from bot.self_model.model import Belief
from bot.turn import Depth, Lens
from bot.words import content_terms

BY_SENIORITY = {"junior": Depth.FOUNDATIONAL}
BY_LENS = {
    Lens.EXECUTIVE: Depth.WORKING,
    Lens.ARCHITECT: Depth.ADVANCED,
    Lens.ENGINEER: Depth.ADVANCED,
    Lens.PRODUCT: Depth.WORKING,
    Lens.NEWCOMER: Depth.FOUNDATIONAL,
    Lens.GENERAL: Depth.WORKING,
}
DEPTHS = frozenset(map(str, Depth))
SURE = 0.7  # a preference held as surely as this may move a depth that topical expertise set by two steps, else by one


def choose_depth(query: EnrichedQuery, beliefs: Sequence[Belief]) -> tuple[Depth, tuple[str, ...]]:
    """The depth, and the addresses of the beliefs that set it, the deciding one first."""
    topical = topical_expertise(query, beliefs)
    preference = find_belief(beliefs, "preference:depth")
    if topical:
        depth, used = Depth(topical[0].value), tuple(one.address for one in topical[:1])
    else:
        depth, used = prior_depth(beliefs)
    if preference is None or preference.value not in DEPTHS:
        return depth, used
    reach = 3 if not topical else 2 if preference.confidence >= SURE else 1
    wanted = Depth(preference.value).rank - depth.rank
    moved = depth.moved(max(-reach, min(reach, wanted)))
    return moved, (preference.address, *used)


def topical_expertise(query: EnrichedQuery, beliefs: Sequence[Belief]) -> tuple[Belief, ...]:
    """The expertise beliefs on what the question is about, the closest match first, then the surest."""
    asked = set(content_terms(query.enriched))
    held = [one for one in beliefs if one.kind == "expertise" and one.usable and one.value in DEPTHS]
    matches = [(match_topic(words_of(one.address, one.value), asked), one) for one in held]
    found = sorted((pair for pair in matches if pair[0] > 0), key=lambda pair: (-pair[0], -pair[1].confidence))
    return tuple(one for _, one in found)


def match_topic(words: frozenset[str], asked: set[str]) -> float:
    """The share (0-1) of a topic's words that the question holds; half a topic or less is no match."""
    if words.isdisjoint(asked):
        return 0.0
    share = len(words & asked) / len(words)
    return share if share > 0.5 else 0.0


def prior_depth(beliefs: Sequence[Belief]) -> tuple[Depth, tuple[str, ...]]:
    """What role and seniority suggest where nothing is known of the topic."""
    seniority = find_belief(beliefs, "seniority")
    if seniority and seniority.value in BY_SENIORITY:
        return BY_SENIORITY[seniority.value], (seniority.address,)
    lens, address = choose_lens(beliefs)
    return BY_LENS[lens], (address,) if address else ()
