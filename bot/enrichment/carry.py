"""What a question leans on: the few words said before that it needs to stand alone, if it needs any.

Three small linear models, fitted by `training/understand.py`: does the question lean on anything; if it does, is this
word one of those it needs; and the same again, knowing how the other words fared. Nothing is added unless the first is
sure enough, the best word is likely enough, and the question shows by its form that something is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.enrichment.candidates import Candidate, find_candidates
from bot.enrichment.completeness import read_completeness
from bot.enrichment.cues import points, read_cues
from bot.enrichment.linear import Features, Linear, load_models, logit
from bot.enrichment.mentions import is_thanks
from bot.turn import Said

WEIGHTS = Path(__file__).parent / "weights" / "understand.json"
LEANS = 0.75  # a question is completed only where it leans on earlier words this surely;
GOOD = 0.2  # then by words that are this likely to be needed,
CLOSE = 0.6  # and at least this share as likely as the best of them,
MOST = 4  # at most so many


@dataclass(frozen=True, slots=True)
class Carried:
    """`words` carried over, as first said, and the chances (0-1) that the question leans on earlier words at all and,
    if so, that the best word was meant (0 where it was not asked)."""

    words: tuple[str, ...]
    leans: float
    sure: float


def carry(text: str, history: Sequence[Said]) -> Carried:
    """The words of `history` (oldest first) that the question needs, in the order in which they were first said."""
    if not history or is_thanks(text):
        return Carried((), 0.0, 0.0)
    models = load()
    leans = models["leans"].chance(read_completeness(text, history))
    if leans < LEANS:
        return Carried((), leans, 0.0)
    cues = read_cues(text, history)
    found = find_candidates(text, history, cues)
    chances = judge(cues, found, models)
    sure = max(chances, default=0.0)
    if not points(cues) or not found:
        return Carried((), leans, sure)
    least = max(GOOD, CLOSE * sure, sorted(chances, reverse=True)[:MOST][-1])
    return Carried(tuple(one.form for one, chance in zip(found, chances, strict=True) if chance >= least), leans, sure)


def judge(cues: Features, found: Sequence[Candidate], models: Mapping[str, Linear]) -> list[float]:
    """The chance of each candidate being needed; what the cues add is the same for all and summed once."""
    word, again = models["word"], models["word again"]
    shared = word.sum(cues)
    first = [word.chance(one.features, shared) for one in found]
    shared = again.sum(cues)
    pairs = zip(found, compare(found, first), strict=True)
    return [again.chance(one.features, shared + again.sum(more)) for one, more in pairs]


def compare(found: Sequence[Candidate], chances: Sequence[float]) -> list[dict[str, float]]:
    """Each candidate's first chance beside those of its neighbours and rivals."""
    by_stem = {one.stem: chance for one, chance in zip(found, chances, strict=True)}
    ordered = sorted(chances, reverse=True)
    places = {chance: place for place, chance in reversed(list(enumerate(ordered)))}
    return [
        {
            "c own": logit(min(max(chance, 1e-6), 1 - 1e-6)),
            "c left": by_stem.get(one.beside[0], 0.0),
            "c right": by_stem.get(one.beside[1], 0.0),
            "c best": ordered[0],
            "c to best": chance / ordered[0],
            "c place": float(min(places[chance], 20)),
            "c sum": sum(ordered),
        }
        for one, chance in zip(found, chances, strict=True)
    ]


@cache
def load() -> dict[str, Linear]:
    """The bundled models."""
    return load_models(WEIGHTS)
