"""The next self-model from observations; reading one at a time, now or as of then; correcting and forgetting.

Deterministic, and indifferent to the order in which messages arrive and to those that arrive twice: the beliefs at an
address are derived anew from all observations there. Only addresses that an observation touches are derived again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.self_model.derive import Derived, derive
from bot.self_model.model import ADDRESS, Belief, Observation, SelfModel, Source, Standing, Status, Tombstone
from bot.self_model.sensitive import is_sensitive
from bot.self_model.values import same_value
from bot.self_model.weighing import identify
from bot.turn import Depth, Message

ANEW = frozenset({Source.STATED, Source.CORRECTION, Source.FEEDBACK})  # what can bring a forgotten belief back
KNOWN_ROLE, KNOWN_BELIEFS, KNOWN_KINDS = 0.6, 3, 2  # a sure role and so many usable beliefs, of so many kinds
CORRECTION_WEIGHT = 1.5
Told = tuple[str, datetime, datetime | None, tuple[Observation, ...]]  # what tells a belief from others at its address


def revise(model: SelfModel, observations: Iterable[Observation], at: datetime) -> SelfModel:
    """The self-model after these observations, as of `at`. Those that a tombstone bars, or that it has, add nothing."""
    fresh: dict[str, dict[object, Observation]] = {}
    for one in observations:
        if not is_barred(model.tombstones, one) and ADDRESS.fullmatch(one.address):
            fresh.setdefault(one.address, {})[identify(one)] = one
    if not fresh:
        return model
    return _with(model, _derive_anew(model, fresh, at))


def read(model: SelfModel, at: datetime) -> SelfModel:
    """The self-model as it stands at `at`: evidence has faded since it was last revised."""
    missing: dict[str, dict[object, Observation]] = {
        one.address: {} for one in model.beliefs if one.address not in model.derived
    }
    whole = _with(model, _derive_anew(model, missing, at)) if missing else model
    for address, known in _known_at(model, missing).items():
        if _agrees(whole.derived[address], known):
            model.derived[address] = whole.derived[address]
    addresses = dict.fromkeys(one.address for one in whole.beliefs)
    fresh = ((whole.derived[each], each in missing) for each in addresses)
    held = (one.held if is_fresh else one.held_at(at) for one, is_fresh in fresh)
    beliefs = sorted((one for each in held for one in each), key=_by_confidence)
    faded = replace(whole, beliefs=tuple(beliefs), status=find_status(beliefs))
    faded.derived.update(whole.derived)
    return faded


def as_of(model: SelfModel, at: datetime) -> SelfModel:
    """The self-model as it stood at `at`: from what had been written by then. What was forgotten stays forgotten."""
    bare = replace(model, beliefs=(), past=(), status=Status.UNKNOWN)
    return revise(bare, (one for one in model.observations if one.at <= at), at)


def forget(model: SelfModel, address: str, value: str, at: datetime) -> SelfModel:
    """The self-model without what it holds at an address ("": everywhere) and of a value ("": any), and a tombstone
    that keeps it from being relearned: from anything written before, or from anything later but their own word."""
    tombstone = Tombstone(address=address, value=value, at=at)
    kept = [one for one in model.observations if not _is_forgotten(tombstone, one)]
    bare = replace(
        model,
        beliefs=(),
        past=(),
        status=Status.UNKNOWN,
        tombstones=tuple(dict.fromkeys((*model.tombstones, tombstone))),
    )
    return revise(bare, kept, at)


def correct(message: Message, address: str, value: str, *, wrong: str = "") -> tuple[Observation, ...]:
    """The observations of an explicit correction: `value` is right at `address`, `wrong` is not ("" for either: not
    said). Raises Refused where that cannot be kept."""
    if not ADDRESS.fullmatch(address):
        raise Refused(f"I have no place for {address!r}.")
    if is_sensitive(value):
        raise Refused("That is something I do not keep about anyone.")
    if address.startswith("expertise:") and value and value not in set(Depth):
        raise Refused("How much someone knows is foundational, working, advanced or expert.")
    told = [(wrong, -CORRECTION_WEIGHT), (value, CORRECTION_WEIGHT)]
    return tuple(
        Observation(
            address=address,
            value=said,
            weight=weight,
            source=Source.CORRECTION,
            quote=message.text,
            message=message.id,
            at=message.at,
            permalink=message.permalink,
            private=message.private,
        )
        for said, weight in told
        if said
    )


def is_barred(tombstones: Sequence[Tombstone], one: Observation) -> bool:
    """Whether something forgotten keeps this from being learned: written before it was forgotten, or not said anew."""
    return any(
        _concerns(tombstone, one) and (one.at <= tombstone.at or one.source not in ANEW) for tombstone in tombstones
    )


def find_status(beliefs: Sequence[Belief]) -> Status:
    """How well someone with these beliefs is known."""
    usable = [one for one in beliefs if one.usable]
    if not usable:
        return Status.UNKNOWN
    sure_of_role = any(one.address == "role" and one.confidence >= KNOWN_ROLE for one in usable)
    enough = len(usable) >= KNOWN_BELIEFS and len({one.kind for one in usable}) >= KNOWN_KINDS
    return Status.KNOWN if sure_of_role and enough else Status.LEARNING


def _concerns(tombstone: Tombstone, one: Observation) -> bool:
    return tombstone.address in ("", one.address) and (
        not tombstone.value or same_value(one.address, tombstone.value, one.value)
    )


def _is_forgotten(tombstone: Tombstone, one: Observation) -> bool:
    return _concerns(tombstone, one) and one.at <= tombstone.at


def _derive_anew(
    model: SelfModel, fresh: Mapping[str, Mapping[object, Observation]], at: datetime
) -> dict[str, Derived]:
    """What all evidence at these addresses amounts to: what the self-model rests on there, and what is fresh."""
    known: dict[str, list[Observation]] = {address: [] for address in fresh}
    for belief in (*model.beliefs, *model.past):
        if belief.address in known:
            known[belief.address] += belief.evidence
    return {
        address: derive(address, [*_but_for(new, known[address]), *new.values()], at) for address, new in fresh.items()
    }


def _but_for(fresh: Mapping[object, Observation], known: Sequence[Observation]) -> list[Observation]:
    """The observations known but for those that are learned again."""
    messages = {one.message for one in fresh.values()}
    return [one for one in known if one.message not in messages or identify(one) not in fresh]


def _with(model: SelfModel, derived: Mapping[str, Derived]) -> SelfModel:
    """The self-model with these addresses put in place of what it held there."""
    before = _known_at(model, derived)
    recorded = {address: _as_recorded(new, before[address]) for address, new in derived.items()}
    beliefs = [one for one in model.beliefs if one.address not in derived]
    past = [one for one in model.past if one.address not in derived]
    for new in recorded.values():
        beliefs += new.held
        past += new.past
    beliefs.sort(key=_by_confidence)
    past.sort(key=lambda one: (one.valid_to or one.valid_from, one.address, one.value, one.valid_from))
    made = replace(model, beliefs=tuple(beliefs), past=tuple(past), status=find_status(beliefs))
    made.derived.update({**model.derived, **recorded})
    return made


def _by_confidence(belief: Belief) -> tuple[float, str, str]:
    return (-belief.confidence, belief.address, belief.value)


def _known_at(model: SelfModel, addresses: Iterable[str]) -> dict[str, dict[Told, Belief]]:
    """The beliefs, held and past, at each of these addresses."""
    found: dict[str, dict[Told, Belief]] = {address: {} for address in addresses}
    for belief in (*model.beliefs, *model.past):
        if belief.address in found:
            found[belief.address][_tell_apart(belief)] = belief
    return found


def _as_recorded(new: Derived, known: Mapping[Told, Belief]) -> Derived:
    """Beliefs with the times they were first recorded, where their evidence and their end are what they were."""
    held, past = (
        tuple(
            one.as_at(one.confidence, one.mass, before.recorded_at)
            if (before := known.get(_tell_apart(one))) and one.evidence == before.evidence
            else one
            for one in some
        )
        for some in (new.held, new.past)
    )
    return Derived(held, past, new.ledger, new.last, new.keys, new.caps)


def _tell_apart(belief: Belief) -> Told:
    """Its value, its beginning and end, and the first of its evidence, which is no other belief's."""
    return belief.value, belief.valid_from, belief.valid_to, belief.evidence[:1]


def _agrees(new: Standing, known: Mapping[Told, Belief]) -> bool:
    """Whether these are the beliefs that the self-model holds, as it recorded them."""
    told = [(one, known.get(_tell_apart(one))) for one in (*new.held, *new.past)]
    return len(told) == len(known) and all(
        before is not None and one.evidence == before.evidence and one.superseded_by == before.superseded_by
        for one, before in told
    )
