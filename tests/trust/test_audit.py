"""The audit counts what happened and names nobody's words; the junk monitor's figures are its sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.self_model.model import Observation, SelfModel, Source
from bot.self_model.revise import revise
from bot.trust import audit
from bot.trust.model import AuditEntry, AuditKind, Consent, Receipt
from bot.turn import Member

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
SOMEONE = Member("acme", "someone")
EMPTY = SelfModel(member=SOMEONE)


def say(value: str, days: int = 0, source: Source = Source.STATED, weight: float = 1.0) -> Observation:
    return Observation(
        address="role",
        value=value,
        weight=weight,
        source=source,
        quote=f"I am a {value}",
        message=f"m{days}",
        at=NOW + timedelta(days=days),
    )


def live(*told: Observation) -> tuple[SelfModel, SelfModel]:
    """The self-model before and after the last of these observations."""
    before = after = EMPTY
    for one in told:
        before, after = after, revise(after, [one], one.at)
    return before, after


def test_a_first_statement_is_counted_by_its_kind_and_as_held_anew() -> None:
    before, after = live(say("analyst"))
    assert audit.count_learning(before, after, [say("analyst")], {}) == {"held anew": 1, "observed stated": 1}


def test_the_same_message_again_is_a_duplicate_and_nothing_else() -> None:
    _, after = live(say("analyst"))
    assert audit.count_learning(after, after, [say("analyst")], {}) == {"duplicates": 1}


def test_what_was_dropped_is_counted_by_reason() -> None:
    assert audit.count_learning(EMPTY, EMPTY, [], {"not verbatim": 2}) == {"dropped not verbatim": 2}


def test_a_correction_retires_and_a_second_one_that_goes_back_restores() -> None:
    first, wrong = say("analyst"), say("manager", 1, Source.CORRECTION)
    before, after = live(first, wrong)
    counts = audit.count_learning(before, after, [wrong], {})
    assert (counts["corrections"], counts["retired"]) == (1, 1)
    assert "restored" not in counts
    back = say("analyst", 2, Source.CORRECTION)
    before, after = live(first, wrong, back)
    assert audit.count_learning(before, after, [back], {})["restored"] == 1


def test_standing_figures_sum_learning_and_nothing_else() -> None:
    entries = [
        audit.learned(SOMEONE, "m1", {"observed stated": 2, "retired": 3}, NOW),
        audit.learned(SOMEONE, "m2", {"observed stated": 1, "restored": 1}, NOW),
        audit.exported(SOMEONE, 7, NOW),
    ]
    figures = audit.standing_figures(entries)
    assert figures == {"messages": 2, "observed stated": 3, "restored": 1, "retired": 3}
    assert audit.false_retirement_share(figures) == pytest.approx(1 / 3)
    assert audit.false_retirement_share({}) is None


RECEIPT = Receipt(id="r1", member=SOMEONE, at=NOW, scope="role", removed={"beliefs": 2})


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (audit.learned(SOMEONE, "m1", {}, NOW), AuditKind.LEARNED),
        (audit.consented(Consent(member=SOMEONE, modelling=True), NOW), AuditKind.CONSENTED),
        (audit.erased(RECEIPT), AuditKind.ERASED),
        (audit.exported(SOMEONE, 3, NOW), AuditKind.EXPORTED),
    ],
)
def test_an_entry_says_who_what_when_and_about_whom(entry: AuditEntry, kind: AuditKind) -> None:
    assert (entry.kind, entry.workspace, entry.subject, entry.at) == (kind, "acme", "someone", NOW)
    assert entry.actor in ("someone", audit.BOT)


def test_an_erasure_is_recorded_with_its_counts() -> None:
    assert audit.erased(replace(RECEIPT, removed={"beliefs": 2, "observations": 5})).detail == {
        "receipt": "r1",
        "scope": "role",
        "beliefs": 2,
        "observations": 5,
    }
