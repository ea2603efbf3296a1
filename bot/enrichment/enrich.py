"""Enrichment: a person's own words, kept whole, plus what the conversation and their self-model add to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.enrichment.carry import Carried, carry
from bot.enrichment.choices import resolve_choice
from bot.enrichment.mentions import SENTENCE, is_idle
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.own_things import Resolved, resolve_own
from bot.enrichment.relevance import bearing
from bot.enrichment.weigh import CARRIED, OWN_THING, ROLE, weigh
from bot.self_model.model import Belief
from bot.turn import Assumption, Said
from bot.words import STOP_WORDS, tokenize

POINTER = re.compile(
    r"\b(?:(?:this|that|these|those|such) (?!is\b|are\b|was\b|were\b|does\b|do\b|did\b|can\b|will\b|would\b)[a-z]+|"
    r"the (?:other|same|first|second|third|last)(?: \w+)?|it|its|they|them|their|this|that|these|those|he|him|his|she|"
    r"her|(?:which )?ones?|another|others?)\b",
    re.IGNORECASE,
)
NO_POINTER = "your question"
BY_RULE = 0.85  # how sure a reading is that a list or a pair in the conversation gives


def enrich(
    text: str, history: Sequence[Said], beliefs: Sequence[Belief], *, without: Collection[str] = ()
) -> EnrichedQuery:
    """The enriched query for what was just asked, after `history` (oldest first), by someone with these beliefs.

    Words are added only where the question leans on something: on earlier turns, or on a thing of the person's own.
    `without`: mentions that are not to be taken to mean anything, because the person took that back.
    """
    own = [one for one in resolve_own(text, beliefs) if one.assumption.mention not in without]
    chosen = resolve_choice(text, history)
    carried = carry(text, history)
    if (chosen.mention if chosen else find_pointer(text)) in without:
        chosen, carried = None, Carried((), 0.0, 0.0)
    assumptions = tuple(assume(text, own, chosen, carried))
    added = add(text, assumptions)
    return EnrichedQuery(
        text=text,
        added=tuple(added),
        assumptions=assumptions,
        beliefs=bearing(" ".join((text, *added)), beliefs, [one.belief for one in own]),
        weights=weigh(text, added, history, carried.leans),
        understanding=measure_understanding(own, chosen, carried),
    )


def assume(text: str, own: Sequence[Resolved], chosen: Assumption | None, carried: Carried) -> Iterator[Assumption]:
    """What each mention was taken to mean. What is named side by side tells more than words carried over."""
    yield from (one.assumption for one in own)
    if chosen:
        yield chosen
    elif carried.words:
        pointer = find_pointer(text)
        about = "about " if pointer == NO_POINTER else ""
        yield Assumption(pointer, about + ", ".join(carried.words), "history")


def find_pointer(text: str) -> str:
    """The words of the question that point back, or what it is called where none do."""
    pointer = POINTER.search(text, pos=find_matter(text))
    return pointer[0] if pointer else NO_POINTER


def find_matter(text: str) -> int:
    """Where the question itself begins, after a remark ("That's cool. Tell me more about them.")."""
    sentence = next((one for one in SENTENCE.finditer(text) if not is_idle(one[0], 0)), None)
    return sentence.start() if sentence else 0


def add(text: str, assumptions: Sequence[Assumption]) -> dict[str, float]:
    """The words of the readings that the question lacks, each once, and how much retrieval is to count them."""
    own = frozenset(tokenize(text))
    words = {word: count_for(one.origin) for one in reversed(assumptions) for word in tokenize(one.reading)}
    ordered = (word for one in assumptions for word in tokenize(one.reading))
    return {word: words[word] for word in ordered if word not in own and word not in STOP_WORDS}


def count_for(origin: str) -> float:
    """What retrieval counts a reading's words for: a role says who asks, hardly what about."""
    return {"history": CARRIED, "role": ROLE}.get(origin, OWN_THING)


def measure_understanding(own: Sequence[Resolved], chosen: Assumption | None, carried: Carried) -> float:
    """How sure we are of what is meant: certain where the question stands alone, else as sure as its readings."""
    from_history = 1 - carried.leans * (1 - (BY_RULE if chosen else carried.sure))
    return min([from_history, *(one.sure for one in own)])
