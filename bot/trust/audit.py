"""Audit entries: who did what, when, about whom, in ids and counts; and the standing figures of what was learned.

The junk monitor lives here: what came in by kind, what was dropped and why, what was heard twice, corrected, retired,
and retired wrongly (a correction brought it back). The figures are sums over the entries, so they survive restarts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.self_model.model import Observation, SelfModel, Source
from bot.self_model.weighing import identify
from bot.trust.model import AuditEntry, AuditKind, Consent, Receipt
from bot.turn import Member

BOT = "daytwo"
Counts = Mapping[str, int]


def count_learning(
    before: SelfModel, after: SelfModel, observations: Iterable[Observation], dropped: Counts
) -> dict[str, int]:
    """What one message changed, in counts; keys are stable, they are what the standing figures sum."""
    known = {identify(one) for one in before.observations}
    given = list(observations)
    fresh = [one for one in given if identify(one) not in known]
    counts = Counter(f"observed {one.source}" for one in fresh)
    counts["duplicates"] = len(given) - len(fresh)
    counts["corrections"] = sum(one.source is Source.CORRECTION for one in fresh)
    counts["retired"] = len(held(before) - held(after))
    counts["held anew"] = len(held(after) - held(before))
    counts["restored"] = len(restored(before, after, fresh))
    counts.update({f"dropped {reason}": number for reason, number in dropped.items()})
    return {name: number for name, number in sorted(counts.items()) if number}


def held(model: SelfModel) -> set[tuple[str, str]]:
    return {(one.address, one.value) for one in model.beliefs if one.valid_to is None}


def restored(before: SelfModel, after: SelfModel, fresh: Iterable[Observation]) -> set[tuple[str, str]]:
    """Beliefs that had ended and that a correction at their address brought back: they had been retired wrongly."""
    corrected = {one.address for one in fresh if one.source is Source.CORRECTION}
    ended = {(one.address, one.value) for one in before.past} - held(before)
    return {(address, value) for address, value in ended & held(after) if address in corrected}


def learned(member: Member, message: str, counts: Counts, at: datetime) -> AuditEntry:
    """That something was learned from a message, with its counts."""
    return entry(AuditKind.LEARNED, BOT, member, at, {"message": message, **counts})


def consented(consent: Consent, at: datetime) -> AuditEntry:
    """That someone changed what they agree to, and to what."""
    agreed = {
        "modelling": int(consent.modelling),
        "paused": int(consent.paused),
        "private in public": int(consent.private_in_public),
        "named to champion": int(consent.named_to_champion),
    }
    return entry(AuditKind.CONSENTED, consent.member.id, consent.member, at, agreed)


def erased(receipt: Receipt) -> AuditEntry:
    """That something was erased on the person's word. The receipt's counts go along, the address with no value."""
    detail: dict[str, str | int | float] = {"receipt": receipt.id, "scope": receipt.scope, **receipt.removed}
    return entry(AuditKind.ERASED, receipt.member.id, receipt.member, receipt.at, detail)


def exported(member: Member, beliefs: int, at: datetime) -> AuditEntry:
    return entry(AuditKind.EXPORTED, member.id, member, at, {"beliefs": beliefs})


def entry(
    kind: AuditKind, actor: str, subject: Member, at: datetime, detail: Mapping[str, str | int | float]
) -> AuditEntry:
    """An entry in the workspace of the one it is about."""
    return AuditEntry(
        workspace=subject.workspace, kind=kind, actor=actor, subject=subject.id, at=at, detail=dict(detail)
    )


def standing_figures(entries: Iterable[AuditEntry]) -> dict[str, int]:
    """The junk monitor's figures over any period: sums of what the entries of learning counted, and their number."""
    figures: Counter[str] = Counter()
    for one in entries:
        if one.kind is AuditKind.LEARNED:
            figures["messages"] += 1
            figures.update({name: value for name, value in one.detail.items() if isinstance(value, int)})
    return dict(sorted(figures.items()))


def false_retirement_share(figures: Counts) -> float | None:
    """Of the beliefs retired, the share that a correction brought back (0-1); None where none was retired."""
    retired = figures.get("retired", 0)
    return figures.get("restored", 0) / retired if retired else None
