"""The words by which a champion steers the digest."""

from __future__ import annotations

import pytest

from bot.digest.steering import MOST_DAYS, SNOOZE_DAYS, Steer, Steering, parse_steering


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("digest weekly", Steering(Steer.WEEKLY)),
        ("Weekly digest, please!", Steering(Steer.WEEKLY)),
        ("send me the digest once a week", None),
        ("send the digest once a week", Steering(Steer.WEEKLY)),
        ("make my digest daily", Steering(Steer.DAILY)),
        ("snooze the digest", Steering(Steer.SNOOZE, days=SNOOZE_DAYS)),
        ("snooze the digest for 5 days", Steering(Steer.SNOOZE, days=5)),
        ("snooze digest for a week", Steering(Steer.SNOOZE, days=7)),
        ("snooze the digest for 900 days", Steering(Steer.SNOOZE, days=MOST_DAYS)),
        ("digest snooze [relay]", Steering(Steer.SNOOZE, pilot="relay")),
        ("resume the digest", Steering(Steer.RESUME)),
        ("digest open the CTO", Steering(Steer.OPEN, "the CTO")),
        ("digest open U1 [relay]", Steering(Steer.OPEN, "U1", pilot="relay")),
        ("open evaluator Ana", Steering(Steer.OPEN, "Ana")),
        ("digest done", Steering(Steer.DONE)),
        ("digest done 2", Steering(Steer.DONE, "2")),
        ("step 1 is done", Steering(Steer.DONE, "1")),
        ("pilot", Steering(Steer.SHOW)),
        ("How is the pilot going?", Steering(Steer.SHOW)),
        ("what is in the weekly digest?", None),
        ("does the digest open on Mondays?", None),
        ("how do I snooze the digest for a week in my settings", None),
    ],
)
def test_only_whole_messages_steer(words: str, meant: Steering | None) -> None:
    assert parse_steering(words) == meant
