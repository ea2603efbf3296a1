"""A pilot's own days, over changes of the clock and gaps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused
from bot.pilot.calendar import Due, begin_of, day_number, due, local_date, telling_time
from bot.pilot.model import Pilot, Rhythm
from bot.turn import Member

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
)


def pilot(zone: str = "UTC", hour: int = 8, starts: date = date(2026, 10, 5), ends: date | None = None) -> Pilot:
    champion = Member("W", "C")
    return Pilot(
        id="p",
        workspace="W",
        name="P",
        champions=(champion,),
        starts=starts,
        ends=ends,
        time_zone=zone,
        digest_hour=hour,
    )


def at(zone: str, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]


def test_a_day_is_told_the_next_morning() -> None:
    berlin = pilot("Europe/Berlin")
    assert due(berlin, None, at("Europe/Berlin", 2026, 10, 6, 7, 59)) is None
    told = due(berlin, None, at("Europe/Berlin", 2026, 10, 6, 8))
    assert told == Due(on=date(2026, 10, 5), day=1, covers_from=date(2026, 10, 5))


def test_nothing_is_due_before_the_first_day_is_over() -> None:
    assert due(pilot(), None, at("UTC", 2026, 10, 5, 23)) is None
    assert due(pilot(), None, at("UTC", 2026, 10, 1, 9)) is None


def test_a_day_told_is_not_told_again() -> None:
    assert due(pilot(), date(2026, 10, 5), at("UTC", 2026, 10, 6, 22)) is None


def test_after_a_gap_one_digest_covers_it() -> None:
    told = due(pilot(), date(2026, 10, 6), at("UTC", 2026, 10, 12, 9))
    assert told == Due(on=date(2026, 10, 11), day=7, covers_from=date(2026, 10, 7))


def test_after_the_last_day_there_is_one_more_digest_and_then_none() -> None:
    over = pilot(ends=date(2026, 10, 7))
    told = due(over, date(2026, 10, 6), at("UTC", 2026, 11, 1, 9))
    assert told == Due(on=date(2026, 10, 7), day=3, covers_from=date(2026, 10, 7))
    assert due(over, date(2026, 10, 7), at("UTC", 2026, 11, 1, 9)) is None


def test_a_week_is_told_on_monday_and_the_last_day_by_itself() -> None:
    held, weekly = pilot(starts=date(2026, 10, 7), ends=date(2026, 10, 21)), Rhythm(weekly=True)
    assert due(held, None, at("UTC", 2026, 10, 11, 9), weekly) is None
    first = due(held, None, at("UTC", 2026, 10, 12, 9), weekly)
    assert first == Due(on=date(2026, 10, 11), day=5, covers_from=date(2026, 10, 7))
    assert due(held, date(2026, 10, 11), at("UTC", 2026, 10, 18, 9), weekly) is None
    last = due(held, date(2026, 10, 18), at("UTC", 2026, 10, 22, 9), weekly)
    assert last == Due(on=date(2026, 10, 21), day=15, covers_from=date(2026, 10, 19))


def test_a_snooze_ends_with_one_digest_for_its_days() -> None:
    silent = Rhythm(snoozed_until=date(2026, 10, 9))
    assert due(pilot(), date(2026, 10, 5), at("UTC", 2026, 10, 8, 23), silent) is None
    told = due(pilot(), date(2026, 10, 5), at("UTC", 2026, 10, 9, 8), silent)
    assert told == Due(on=date(2026, 10, 8), day=4, covers_from=date(2026, 10, 6))


@pytest.mark.parametrize(
    ("zone", "on", "hour", "told"),
    [
        ("Europe/Berlin", date(2026, 3, 28), 2, (2026, 3, 29, 1)),  # 2:00 does not exist: the clock jumps to 3:00
        ("Europe/Berlin", date(2026, 10, 24), 2, (2026, 10, 25, 0)),  # 2:00 comes twice: the first of them
        ("America/New_York", date(2026, 10, 31), 8, (2026, 11, 1, 13)),
        ("Asia/Kolkata", date(2026, 10, 5), 8, (2026, 10, 6, 2, 30)),
    ],
)
def test_the_hour_is_the_local_one_when_the_clock_changes(
    zone: str, on: date, hour: int, told: tuple[int, ...]
) -> None:
    assert telling_time(pilot(zone, hour), on) == datetime(*told, tzinfo=UTC)  # type: ignore[misc,arg-type]


@given(
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    starts=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    step=st.integers(7, 140),
    weekly=st.booleans(),
)
def test_ticking_through_a_month_tells_each_day_once_and_in_order(
    zone: str, hour: int, starts: date, step: int, *, weekly: bool
) -> None:
    """Whatever the zone, the hour, the rhythm and the pace of ticks: no day is told twice, none is left out."""
    held = pilot(zone, hour, starts)
    now, last, covered = begin_of(held, starts), None, []
    while now < begin_of(held, starts + timedelta(days=31)):
        if told := due(held, last, now, Rhythm(weekly=weekly)):
            assert told.on < local_date(held, now)
            assert told.day == day_number(held, told.on)
            covered += [told.covers_from + timedelta(days=i) for i in range((told.on - told.covers_from).days + 1)]
            last = told.on
        now += timedelta(minutes=17 * step)
    assert covered == [starts + timedelta(days=i) for i in range(len(covered))]
    assert len(covered) >= (21 if weekly else 27)


def test_an_unknown_zone_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="Mars/Olympus"):
        local_date(pilot("Mars/Olympus"), at("UTC", 2026, 10, 5))
