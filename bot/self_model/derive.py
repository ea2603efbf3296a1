"""From all the observations at an address to the beliefs there: those held, and those that ended.

Pure and indifferent to the order of arrival: the same set of observations always gives the same beliefs. At a
single-valued address the values compete over time; at a multi-valued one each value stands alone until it is said to
be over. A correction takes effect at once; other conflict lowers confidence first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from bot.self_model.calibration import LEAST_MASS, find_cap, to_confidence
from bot.self_model.ledger import DEPTH_KEYS, WHO, Ledger
from bot.self_model.model import MULTI_VALUED, Belief, Observation, Source, kind_of
from bot.self_model.overtaken import end_each, find_replaced
from bot.self_model.values import (
    WHATEVER,
    Key,
    is_meant,
    key_of,
    merge_keys,
)
from bot.self_model.weighing import SAID, in_order, keep_few, weigh
from bot.turn import Depth

BEHAVIOUR, CORRECTION = Source.BEHAVIOUR, Source.CORRECTION  # looked up once: they are compared with often
TIE = 1e-9


@dataclass(slots=True)
class Span:
    """A time during which a value was held; `end` None: still."""

    key: Key
    start: datetime
    end: datetime | None = None
    by: Key | None = None
    evidence: list[Observation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Derived:
    """The beliefs at one address, held and past, and what they are at any later time computed from: the sums of all
    evidence there, the `last` of it, and for each belief held its value's key and the cap of its evidence."""

    held: tuple[Belief, ...]
    past: tuple[Belief, ...]
    ledger: Ledger
    last: datetime
    keys: tuple[Key, ...]
    caps: tuple[float, ...]

    def held_at(self, at: datetime) -> tuple[Belief, ...]:
        """The beliefs held, as they stand at another time: their evidence has faded since, or not yet."""
        return _fade(self.ledger, self.held, self.keys, self.caps, max(at, self.last))


def derive(address: str, observations: Sequence[Observation], at: datetime) -> Derived:
    """The beliefs that these observations at an address amount to, as of `at`."""
    ordered = keep_few(in_order(observations))
    if any(one.value == WHATEVER for one in ordered):  # a message first ends what was, then says what is instead
        ordered.sort(key=lambda one: (one.at, one.message, one.value != WHATEVER))
    kind = kind_of(address)
    if not ordered:
        return Derived((), (), Ledger(kind, at), at, (), ())
    named = [key_of(kind, one.value) for one in ordered]
    merged = merge_keys(kind, [key for key, one in zip(named, ordered, strict=True) if not one.ends])
    keys = [merged.get(key, key) for key in named]
    ledger = Ledger(kind, ordered[0].at)
    spans = (_follow_each if kind in MULTI_VALUED else _follow_one)(ledger, ordered, keys)
    return _tell(address, _Read(ledger, ordered, keys, spans), at)


@dataclass(frozen=True, slots=True)
class _Read:
    """An address read through: its observations with their keys, the spans found and the ledger at the end."""

    ledger: Ledger
    ordered: list[Observation]
    keys: list[Key]
    spans: list[Span]


def _follow_one(ledger: Ledger, ordered: list[Observation], keys: list[Key]) -> list[Span]:
    """Let the values of a single-valued address compete, one message after the other.

    The manner of writing alone makes no history of who someone is: it is weighed once, at the end.
    """
    spans: list[Span] = []
    always = telling = ledger.kind not in WHO
    counted = list(zip(ordered, keys, weigh(ordered), strict=True))
    for (at, _), of_message in groupby(counted, key=lambda item: (item[0].at, item[0].message)):
        said: set[Key] = set()
        telling = always
        for one, key, weight in of_message:
            if one.ends:
                end_each(ledger, one)
                continue
            if one.source is CORRECTION:
                ledger.clear(key, rivals=weight > 0)
            ledger.add(key, weight, one)
            telling = telling or one.source is not BEHAVIOUR
            if weight > 0 and one.source in SAID:
                said.add(key)
        if telling:
            _decide(ledger, spans, said, at)
    if not telling:
        _decide(ledger, spans, set(), ordered[-1].at)
    return spans


def _decide(ledger: Ledger, spans: list[Span], said: set[Key], at: datetime) -> None:
    """Let the value of most mass at a time be the one that is held."""
    held = spans[-1].key if spans and spans[-1].end is None else None
    if held is not None and ledger.is_unrivalled(held, at):  # as nearly always
        return
    masses = ledger.masses(at)
    if ledger.kind in WHO:
        masses = {key: mass for key, mass in masses.items() if ledger.may_win(key)}
    winner = _find_winner(masses, held, said)
    if winner != held:
        _turn(spans, winner, at)


def _find_winner(masses: dict[Key, float], held: Key | None, said: set[Key]) -> Key | None:
    """The value of most mass. In a tie what was just `said` prevails over what was held; anything else does not."""
    best = max(masses.values(), default=0.0)
    if best < LEAST_MASS:
        return None
    ahead = [key for key, mass in masses.items() if mass >= best - TIE]
    if len(ahead) == 1:  # as nearly always
        return ahead[0]
    new = [key for key in ahead if key in said]
    if held in ahead and (not new or held in new):
        return held
    return min(new or ahead, key=sorted)


def _turn(spans: list[Span], winner: Key | None, at: datetime) -> None:
    """Close the span that is held, if any, and open the winner's, if any."""
    if spans and spans[-1].end is None:
        spans[-1].end, spans[-1].by = at, winner
    if winner is not None:
        spans.append(Span(winner, at))


def _follow_each(ledger: Ledger, ordered: list[Observation], keys: list[Key]) -> list[Span]:
    """Let each value of a multi-valued address stand for itself until it is denied or said to be over."""
    spans: list[Span] = []
    denying = {one.message for one in ordered if one.source is CORRECTION and one.weight < 0}  # they say what is wrong
    for one, key, weight in zip(ordered, keys, weigh(ordered), strict=True):
        for over in () if one.message in denying else find_replaced(ledger, one, key):
            ledger.tallies.pop(over)
            _open_or_close(spans, over, False, one.at)
        hit = [key]
        if one.ends:
            hit = end_each(ledger, one)
        elif one.source is CORRECTION and weight < 0:
            ledger.tallies.pop(key, None)
        else:
            ledger.add(key, weight, one)
        for value in hit:
            _open_or_close(spans, value, ledger.mass_of(value, one.at) >= LEAST_MASS, one.at)
    return spans


def _open_or_close(spans: list[Span], key: Key, held: bool, at: datetime) -> None:
    current = next((span for span in spans if span.key == key and span.end is None), None)
    if held and current is None:
        spans.append(Span(key, at))
    elif not held and current is not None:
        current.end = at


def _tell(address: str, read: _Read, at: datetime) -> Derived:
    """The beliefs of an address that has been read through; every observation is evidence of exactly one of them."""
    spans = list(read.spans)
    counting = {
        id(one): span  # the same objects, so that nothing need be compared
        for span in spans
        if span.end is None and span.key in read.ledger.tallies
        for _, one in read.ledger.tallies[span.key].counted
    }
    for one, key in zip(read.ordered, read.keys, strict=True):
        (counting.get(id(one)) or _span_for(spans, read.ledger.kind, one, key)).evidence.append(one)
    names = _name(read)
    told = [(span, _make(address, span, names, at)) for span in spans if span.evidence]
    held = [(span, belief) for span, belief in told if span.end is None]
    keys = tuple([span.key for span, _ in held])
    caps = tuple([find_cap(span.evidence) for span, _ in held])
    last = read.ordered[-1].at
    return Derived(
        held=_fade(read.ledger, [belief for _, belief in held], keys, caps, max(at, last)),
        past=tuple([belief for span, belief in told if span.end is not None]),
        ledger=read.ledger,
        last=last,
        keys=keys,
        caps=caps,
    )


def _span_for(spans: list[Span], kind: str, one: Observation, key: Key) -> Span:
    """The span an observation belongs to: its value's at that time, the one that it ended, or one never held."""
    own = [
        span
        for span in spans
        if span.key == key or (one.ends and (one.value == WHATEVER or is_meant(key, span.key) or span.end == one.at))
    ]
    if own:
        begun = [span for span in own if span.start < one.at or (span.start == one.at and not one.ends)]
        return begun[-1] if begun else own[0]
    current = next((span for span in spans if span.end is None), None)
    if kind == "expertise" and current is not None:
        return current
    never = Span(key, one.at, one.at, None if kind in MULTI_VALUED or current is None else current.key)
    spans.append(never)
    return never


def _name(read: _Read) -> dict[Key, str]:
    """The wording that stands for each value: the latest one that says it in full."""
    kind = read.ledger.kind
    names: dict[Key, str] = {}
    if kind == "expertise":
        names = {key: str(depth) for key, depth in zip(DEPTH_KEYS, Depth, strict=True)}
    for one, key in zip(read.ordered, read.keys, strict=True):
        if key_of(kind, one.value) == key and (one.weight > 0 or key not in names):
            names[key] = one.value
    return names


def _make(address: str, span: Span, names: dict[Key, str], at: datetime) -> Belief:
    """A belief but for its mass and confidence, which depend on the time."""
    return Belief(
        address=address,
        value=names[span.key],
        confidence=0.0,
        mass=0.0,
        evidence=tuple(span.evidence),
        valid_from=span.start,
        valid_to=span.end,
        superseded_by=names.get(span.by, "") if span.by is not None else "",
        recorded_at=at,
    )


def _fade(
    ledger: Ledger, held: Sequence[Belief], keys: Sequence[Key], caps: Sequence[float], at: datetime
) -> tuple[Belief, ...]:
    """The beliefs of an address with the mass and confidence that all evidence there gives them at a time not before
    any of it."""
    masses = ledger.masses(at)
    compete = ledger.kind not in MULTI_VALUED
    faded = []
    for belief, key, cap in zip(held, keys, caps, strict=True):
        mass = max(0.0, masses.get(key, 0.0))
        rivals = [other for rival, other in masses.items() if rival != key] if compete else ()
        confidence = min(to_confidence(mass, rivals), cap)
        faded.append(belief.as_at(round(confidence, 4), round(mass, 4), belief.recorded_at))
    return tuple(faded)
