"""What speaks for each value at one address, kept as running sums while its observations are read in order.

Evidence halves in a time set by its kind, so that a sum needs no second look at what went into it: weights are kept as
of the first observation and brought to a later time by one factor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.self_model.calibration import (
    BESIDE_A_STATEMENT,
    DENSITY_FROM,
    FEWEST_IN_ONE,
    FEWEST_SIGNS,
    HALF_LIFE,
    LEAST_DENSITY,
    LEAST_MASS,
    OUTRIGHT,
    SPREAD,
)
from bot.self_model.model import Observation, Source
from bot.self_model.values import Key
from bot.turn import Depth

BEHAVIOUR, CORRECTION, STATED = (
    Source.BEHAVIOUR,
    Source.CORRECTION,
    Source.STATED,
)  # looked up once: they are compared with often
WHO = frozenset({"role", "seniority"})
DEPTH_KEYS = {frozenset({str(depth)}): depth.rank for depth in Depth}
SPREAD_FROM = {
    key: tuple((other, SPREAD[abs(rank - there)]) for other, there in DEPTH_KEYS.items())
    for key, rank in DEPTH_KEYS.items()
}


@dataclass(slots=True)
class Tally:
    """What counts for one value: the observations with their weights, and the sums by how they were come by.

    `stated` and `inferred` fade, `lasting` does not; `spoken`: something besides the manner of writing speaks for it.
    """

    counted: list[tuple[float, Observation]] = field(default_factory=list)
    stated: float = 0.0
    inferred: float = 0.0
    lasting: float = 0.0
    spoken: bool = False
    signs: set[str] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Ledger:
    """The tallies of one address by value; `start` is the time that the fading sums are kept as of."""

    kind: str
    start: datetime
    tallies: dict[Key, Tally] = field(default_factory=dict)
    shown: int = 0
    shown_in: set[str] = field(default_factory=set)
    half_life: float = field(init=False)
    last: tuple[datetime, float] = field(init=False)  # what was left when it was last asked for

    def __post_init__(self) -> None:
        self.half_life = HALF_LIFE[self.kind].total_seconds()
        self.last = (self.start, 1.0)

    def add(self, key: Key, weight: float, one: Observation) -> None:
        """Count an observation for its value."""
        tally = self.tallies.get(key)
        if tally is None:
            tally = self.tallies[key] = Tally()
        tally.counted.append((weight, one))
        source = one.source
        if source is CORRECTION:
            tally.lasting += weight
        elif source is STATED:
            tally.stated += weight / self._left(one.at)
        else:
            tally.inferred += weight / self._left(one.at)
        if weight > 0:
            if source is not BEHAVIOUR:
                tally.spoken = True
            elif self.kind in WHO:
                self._note_sign(tally, one)

    def clear(self, key: Key, *, rivals: bool) -> None:
        """Undo what spoke for the rivals of a value, or for the value itself; what spoke against them stays."""
        for other in [other for other in self.tallies if (other != key) is rivals]:
            against = [(weight, one) for weight, one in self.tallies[other].counted if weight < 0]
            self.tallies[other] = Tally()
            for weight, one in against:
                self.add(other, weight, one)

    def mass_of(self, key: Key, at: datetime) -> float:
        """The mass of one value of a multi-valued address, where each stands for itself."""
        tally = self.tallies.get(key)
        return tally.lasting + (tally.stated + tally.inferred) * self._left(at) if tally else 0.0

    def masses(self, at: datetime) -> dict[Key, float]:
        """The mass of each value at a time not before any observation counted."""
        left = self._left(at)
        if self.kind not in WHO:
            plain = {key: tally.lasting + (tally.stated + tally.inferred) * left for key, tally in self.tallies.items()}
            return _spread(plain) if self.kind == "expertise" else plain
        said = any(tally.stated * left >= OUTRIGHT or tally.lasting > 0 for tally in self.tallies.values())
        told = any(tally.spoken for tally in self.tallies.values())
        masses = {}
        for key, tally in self.tallies.items():
            inferred = tally.inferred * left
            inferred = min(inferred, BESIDE_A_STATEMENT) if said else inferred
            if told and not tally.spoken:
                inferred = min(inferred, 0.0)  # the manner of writing contradicts nobody who told, nor the directory
            masses[key] = tally.lasting + tally.stated * left + inferred
        return masses

    def is_unrivalled(self, key: Key, at: datetime) -> bool:
        """Whether a value has mass enough to be held, and nothing else here can have any: there is nothing else, or
        only a manner of writing, which counts for nothing beside what was said of who someone is."""
        tally = self.tallies.get(key)
        if tally is None or not tally.spoken or tally.inferred < 0:
            return False
        if len(self.tallies) > 1 and (
            self.kind not in WHO or any(other.spoken for name, other in self.tallies.items() if name != key)
        ):
            return False
        fading = tally.stated if self.kind in WHO else tally.stated + tally.inferred
        return tally.lasting + fading * self._left(at) >= LEAST_MASS

    def may_win(self, key: Key) -> bool:
        """Whether a value may be held at all: who someone is is never taken from a phrase or two."""
        tally = self.tallies.get(key)
        if tally is None or self.kind not in WHO or tally.spoken:
            return True
        dense = len(self.shown_in) < DENSITY_FROM or self.shown >= LEAST_DENSITY * len(self.shown_in)
        fewest = FEWEST_SIGNS if len(tally.messages) > 1 else FEWEST_IN_ONE
        return dense and len(tally.signs) >= fewest

    def _note_sign(self, tally: Tally, one: Observation) -> None:
        self.shown += 1
        self.shown_in.add(one.message)
        tally.signs.add(one.quote.lower())
        tally.messages.add(one.message)

    def _left(self, at: datetime) -> float:
        """What is left at a time of what counted 1 at the start."""
        last = self.last
        if at is not last[0]:
            last = self.last = (at, float(0.5 ** ((at - self.start).total_seconds() / self.half_life)))
        return last[1]


def _spread(masses: dict[Key, float]) -> dict[Key, float]:
    """Evidence for one depth speaks a little for its neighbours and against what is far from it."""
    known = [(SPREAD_FROM[key], mass) for key, mass in masses.items() if key in SPREAD_FROM]
    if len(known) == 1:  # as nearly always
        shares, mass = known[0]
        return {key: mass * share for key, share in shares}
    return {key: sum([mass * shares[there][1] for shares, mass in known]) for key, there in DEPTH_KEYS.items()}
