"""Relevance: does a belief bear on this question? An irrelevant belief in an answer is a defect."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from bot.enrichment.vocabulary import look_up
from bot.self_model.model import Belief, kind_of, topic_of
from bot.words import content_terms

FORM = frozenset({"role", "seniority", "preference"})  # these shape the form of any answer, never its content
ENOUGH = 0.5  # the share of a belief's words, by rarity, that the question must hold
NAME = 5.0  # the rarity from which one shared word is as good as a name
NAMED = frozenset({"tool", "project"})  # kinds that one shared name is enough for


def bearing(text: str, beliefs: Sequence[Belief], meant: Collection[Belief] = ()) -> tuple[Belief, ...]:
    """The usable beliefs that bear on the question, surest first; `text` is the question with what was added to it.

    Role, seniority and preferences always may (they shape form). Others need to be `meant` (by "my project" or the
    like), or the question must hold most of their own words. One common word ("time", "data") is no bearing.
    """
    said = frozenset(content_terms(text))
    usable = sorted((one for one in beliefs if one.usable), key=lambda one: -one.confidence)
    return tuple(one for one in usable if one.kind in FORM or one in meant or names(said, one))


def names(said: frozenset[str], belief: Belief) -> bool:
    """Whether the question holds the belief's own words."""
    about = words_of(belief.address, belief.value)
    if about.isdisjoint(said):
        return False
    shared = [look_up(term).rarity for term in about & said]
    if belief.kind in NAMED and max(shared) >= NAME:
        return True
    return sum(shared) >= ENOUGH * sum(look_up(term).rarity for term in about)


@lru_cache(maxsize=8192)  # a person's beliefs are compared with each of their questions
def words_of(address: str, value: str) -> frozenset[str]:
    """The own words of a belief, as stems: for expertise its topic, for all else its value."""
    return frozenset(content_terms(topic_of(address) if kind_of(address) == "expertise" else value))
