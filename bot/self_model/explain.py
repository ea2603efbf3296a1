"""What is believed about someone, for that person: grouped, with how sure it is and the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.self_model.model import Belief, Observation, SelfModel, Source

SURE, FAIRLY_SURE = 0.8, 0.55
SHOWN_QUOTES = 3
GROUPS = (
    ("Who you are", ("role", "seniority", "background")),
    ("What you are after", ("goal", "project", "criterion", "constraint")),
    ("What you work with", ("tool",)),
    ("What you know", ("expertise",)),
    ("How you like answers", ("preference",)),
    ("Other", ("other",)),
)
HOW = {
    Source.STATED: "you said",
    Source.CORRECTION: "you put me right",
    Source.ASKED: "you asked",
    Source.BEHAVIOUR: "you wrote",
    Source.FEEDBACK: "your feedback",
    Source.DIRECTORY: "your directory entry says",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that a belief rests on: verbatim, how they came to be said, where they stand, when."""

    text: str
    how: str
    permalink: str
    at: datetime
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One belief as told to its person. `label` is the question, `sureness` the confidence in words."""

    address: str
    label: str
    value: str
    confidence: float
    sureness: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The beliefs of one heading, surest first."""

    title: str
    entries: tuple[Entry, ...]


def describe(model: SelfModel) -> tuple[Group, ...]:
    """The beliefs held, grouped under headings; empty headings are left out. Read the self-model at its time first."""
    groups = (
        Group(title, tuple(describe_belief(one) for one in model.beliefs if one.kind in kinds))
        for title, kinds in GROUPS
    )
    return tuple(group for group in groups if group.entries)


def describe_belief(belief: Belief) -> Entry:
    """One belief with how sure it is and its latest quotes."""
    latest = {one.quote: one for one in belief.evidence if one.quote and one.weight > 0}
    quotes = sorted(latest.values(), key=lambda one: (one.at, one.quote))[-SHOWN_QUOTES:]
    return Entry(
        address=belief.address,
        label=label_of(belief.address),
        value=belief.value,
        confidence=belief.confidence,
        sureness=name_confidence(belief.confidence),
        quotes=tuple(_quote(one) for one in quotes),
    )


def name_confidence(confidence: float) -> str:
    """Confidence in words: sure, fairly sure, a guess."""
    if confidence >= SURE:
        return "sure"
    return "fairly sure" if confidence >= FAIRLY_SURE else "a guess"


def label_of(address: str) -> str:
    """An address in plain words: `expertise:kafka` -> "how well you know kafka", `tool:warehouse` -> "warehouse"."""
    kind, _, topic = address.partition(":")
    words = topic.replace("-", " ")
    return {"expertise": f"how well you know {words}", "tool": words, "preference": words, "other": words}.get(
        kind, kind
    )


def _quote(one: Observation) -> Quote:
    return Quote(text=one.quote, how=HOW[one.source], permalink=one.permalink, at=one.at, private=one.private)
