"""What people call "my project", "our stack", "my role": resolved from their beliefs, and from nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.self_model.model import Belief
from bot.turn import Assumption

WHOSE = r"\b(?:my|our)\b (?!(?:first|last|old|next|new|former|previous|other)\b)(?:\w+ )?"  # of which there are several
NAMES = {
    "project": r"(?:projects?|initiative|migration|rollout|work)",
    "tool": r"(?:stack|tools?|tooling|set-?up|systems?|environment|infrastructure|platform)",
    "role": r"(?:role|job|position|profession|seat)",
    "goal": r"(?:goals?|objectives?|targets?|aims?|okrs?)",
    "constraint": r"(?:constraints?|restrictions?|requirements?|polic(?:y|ies)|rules)",
    "criterion": r"(?:criteri(?:a|on)|evaluation|scorecard)",
    "background": r"(?:background|experience)",
}
MENTIONS = {kind: re.compile(rf"{WHOSE}{names}\b", re.IGNORECASE) for kind, names in NAMES.items()}
FOR_ME = re.compile(
    r"\b(?:for|to) (?:someone like me|a person like me|people like me|me in my role|someone in my (?:role|position))\b",
    re.IGNORECASE,
)
TOGETHER = frozenset({"tool", "constraint", "criterion", "goal"})  # kinds of which one mention may mean several
MOST_TOGETHER = 3
CLEAR = 0.15  # how much surer the surest must be for a single one to be taken without doubt


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention taken to mean something; `sure` (0-1) that it is meant."""

    assumption: Assumption
    belief: Belief
    sure: float


def resolve_own(text: str, beliefs: Sequence[Belief]) -> list[Resolved]:
    """What each "my …" of the text means by the usable beliefs, in the order of the text."""
    found = [(match, kind) for kind, pattern in MENTIONS.items() for match in [pattern.search(text)] if match]
    found += [(match, "role") for match in [FOR_ME.search(text)] if match]
    return [
        one for match, kind in sorted(found, key=lambda one: one[0].start()) for one in read(match[0], kind, beliefs)
    ]


def read(mention: str, kind: str, beliefs: Sequence[Belief]) -> list[Resolved]:
    """The beliefs of that kind that the mention stands for: several of some kinds, else the one that fits best.

    A belief whose own words are in the mention ("my billing project") goes before surer ones.
    """
    words = frozenset(re.findall(r"\w{4,}", mention.lower()))
    held = [one for one in beliefs if one.usable and one.kind == kind]
    named = [one for one in held if not words.isdisjoint(re.findall(r"\w+", one.value.lower()))]
    ordered = sorted(named or held, key=lambda one: -one.confidence)
    if not ordered:
        return []
    if kind in TOGETHER:
        return [Resolved(assume(mention, one), one, one.confidence) for one in ordered[:MOST_TOGETHER]]
    rival = ordered[1].confidence if len(ordered) > 1 else 0.0
    best = ordered[0]
    doubt = 1.0 if named or best.confidence - rival >= CLEAR else 0.5
    return [Resolved(assume(mention, best), best, best.confidence * doubt)]


def assume(mention: str, belief: Belief) -> Assumption:
    return Assumption(mention, belief.value, belief.address)
