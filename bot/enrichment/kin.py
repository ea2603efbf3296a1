"""Everyday words that people use for one matter when they ask about software: who asks whether it is *safe* is answered
by a section on *security*. English; a closed list of matters, no thesaurus."""

from __future__ import annotations

from bot.words import stem, tokenize

MATTERS = (
    "safe safely secure securely security protect protected protection privacy private encrypt encryption",
    "cost costs price prices priced pricing expensive cheap budget budgets spend spending pay dollars cents",
    "run running install installing installation deploy deploying deployment host hosting operate setup start",
    "integrate integrates integration connect connects connection connector interface plug works",
    "delete deleted deletion erase erased erasure forget forgets forgotten remove removed",
    "kept store stored storage retain retained retention hold",
    "wrong error errors mistake mistakes incorrect inaccurate fault faults",
    "accurate accuracy correct reliable trust confidence calibrated",
    "fast slow speed latency quick quickly seconds performance",
    "fail fails failure crash crashes die dies died outage down break breaks disappears",
    "think thinks learn learns know knows remember remembers memory believe believes belief",
    "limit limits limited limitation limitations maximum constraint boundary",
    "measure measured measures metric metrics prove proof evidence",
    "access permission permissions rights allowed readers",
    "differ differs difference different compare compared comparison versus alternative alternatives",
    "scale scales scaling load throughput replicas",
    "upgrade upgrades update updates migrate migration",
    "daily day days every",
    "language languages translate english multilingual",
)


def _relate() -> dict[str, frozenset[str]]:
    related: dict[str, set[str]] = {}
    for matter in MATTERS:
        stems = set(stem(tokenize(matter)))
        for one in stems:
            related.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in related.items()}


_RELATED = _relate()


def kin_of(stemmed: str) -> frozenset[str]:
    """The stems of the words that are used for the same matter; none for most words."""
    return _RELATED.get(stemmed, frozenset())
