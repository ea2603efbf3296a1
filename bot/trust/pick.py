"""Which beliefs a person means: "my role", "that I use Kafka", `expertise:kafka`."""

from __future__ import annotations

import re

from bot.self_model.model import ADDRESS, Belief, SelfModel, kind_of
from bot.words import content_terms, tokenize

KINDS = {
    "role": "role",
    "job": "role",
    "title": "role",
    "position": "role",
    "seniority": "seniority",
    "level": "seniority",
    "goal": "goal",
    "aim": "goal",
    "project": "project",
    "constraint": "constraint",
    "criterion": "criterion",
    "criteria": "criterion",
    "background": "background",
    "history": "background",
    "expertise": "expertise",
    "skill": "expertise",
    "knowledge": "expertise",
    "tool": "tool",
    "stack": "tool",
    "preference": "preference",
}
SMALL = frozenset(
    {"my", "about", "that", "i", "am", "m", "we", "use", "a", "an", "the", "of", "in", "with", "for", "is"}
)
ENOUGH = 0.5  # share of a belief's words that must be said for it to be meant


def pick_beliefs(model: SelfModel, words: str) -> tuple[Belief, ...]:
    """The beliefs, held or past, that the words mean: by address, by kind, by kind and value, or by value."""
    all_of_them = (*model.beliefs, *model.past)
    address, _, value = words.strip().partition(" ")
    if ADDRESS.fullmatch(address):
        there = [one for one in all_of_them if one.address == address]
        exact = [one for one in there if one.value.lower() == value.strip().lower()]
        if exact or ":" in address or not value:
            return tuple(exact if value else there)
    kind, rest = split_kind(words)
    among = [one for one in all_of_them if not kind or one.kind == kind]
    if kind and not rest:
        return tuple(among)
    return tuple(one for one in among if is_meant(one, rest or set(content_terms(words))))


def pick_targets(model: SelfModel, words: str) -> tuple[tuple[str, str], ...]:
    """What is to be forgotten, as (address, value) pairs; "" for all at an address, where the words name no value."""
    meant = pick_beliefs(model, words)
    kind, rest = split_kind(words)
    if ADDRESS.fullmatch(words.strip()) or (kind and not rest):
        named = [words.strip()] if ADDRESS.fullmatch(words.strip()) else []
        addresses = dict.fromkeys([*named, *(one.address for one in meant)])
        return tuple((one, "") for one in addresses)
    return tuple(dict.fromkeys((one.address, one.value) for one in meant))


def split_kind(words: str) -> tuple[str, set[str]]:
    """The kind that the first telling word names ("" if none), and the stems of the rest."""
    said = [one for one in tokenize(words) if one not in SMALL]
    if not said:
        return "", set()
    kind = kind_word(said[0]) or kind_word(said[-1])
    rest = [one for one in said if not kind_word(one)] if kind else said
    return kind, set(content_terms(" ".join(rest)))


def kind_word(word: str) -> str:
    """The kind of belief that a word names, in singular or plural."""
    return KINDS.get(word) or KINDS.get(re.sub(r"s$", "", word), "")


def is_meant(belief: Belief, stems: set[str]) -> bool:
    """Whether enough of a belief's value or topic is said."""
    value, topic = set(content_terms(belief.value)), set(content_terms(belief.topic))
    return any(said and len(stems & said) >= ENOUGH * len(said) for said in (value, topic))


def address_for(model: SelfModel, words: str) -> str:
    """The address that the words name, for a value to be set there; "" where they name none or several."""
    if ADDRESS.fullmatch(words.strip()):
        return words.strip()
    kind, rest = split_kind(words)
    if kind and kind_of(kind) in ("role", "seniority", "goal", "project", "constraint", "criterion", "background"):
        return kind
    if kind in ("expertise", "tool") and rest:
        topic = "-".join(one for one in tokenize(words) if one not in SMALL and not kind_word(one))
        return f"{kind}:{topic}"
    addresses = {one.address for one in pick_beliefs(model, words)}
    return addresses.pop() if len(addresses) == 1 else ""
