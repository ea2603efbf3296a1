"""A pilot's own days: local dates, when a digest is due, and which span of time a digest covers.

A day is a calendar date in the pilot's time zone, so it may last 23 or 25 hours. Times in and out are aware.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import Refused
from bot.pilot.model import Pilot, Rhythm


@dataclass(frozen=True, slots=True)
class Due:
    """A digest to be sent: told on `on`, for the pilot's day `day`, covering the local dates `covers_from`..`on`."""

    on: date
    day: int
    covers_from: date


def zone_of(pilot: Pilot) -> ZoneInfo:
    """The pilot's time zone; raises Refused where there is no such zone."""
    try:
        return ZoneInfo(pilot.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refused(f"There is no time zone {pilot.time_zone!r}; use a name such as Europe/Berlin.") from error


def local_date(pilot: Pilot, at: datetime) -> date:
    """The pilot's date at a moment."""
    return at.astimezone(zone_of(pilot)).date()


def begin_of(pilot: Pilot, day: date) -> datetime:
    """The moment (UTC) at which a local date begins; where midnight is skipped, the first moment after it."""
    return datetime.combine(day, time(), tzinfo=zone_of(pilot)).astimezone(UTC)


def day_number(pilot: Pilot, on: date) -> int:
    """The pilot's day, counted from 1."""
    return (on - pilot.starts).days + 1


def telling_time(pilot: Pilot, on: date) -> datetime:
    """When (UTC) the digest of a local date is told: at the digest hour of the *next* date, once the day is over.

    Where the clock jumps over that hour, the moment it jumps to; where it comes twice, the first.
    """
    local = datetime.combine(on + timedelta(days=1), time(pilot.digest_hour % 24), tzinfo=zone_of(pilot))
    return local.astimezone(UTC)


DAILY: Final = Rhythm()


def due(pilot: Pilot, last: date | None, now: datetime, rhythm: Rhythm = DAILY) -> Due | None:
    """The digest to send now, if any: for the latest date whose telling time has come, and not told (`last`) yet.

    After a gap it is one digest that covers the gap, never a burst; a snooze and a weekly rhythm are gaps like any
    other. None before the pilot's first day is over, and once its last day was told.
    """
    on = local_date(pilot, now)
    if rhythm.snoozed_until and on < rhythm.snoozed_until:
        return None
    while on >= pilot.starts and telling_time(pilot, on) > now:
        on -= timedelta(days=1)
    if pilot.ends is not None:
        on = min(on, pilot.ends)
    if rhythm.weekly and on != pilot.ends:
        on -= timedelta(days=(on.weekday() + 1) % 7)  # weeks end on Sunday; the pilot's last day is told by itself
    if on < pilot.starts or (last is not None and last >= on):
        return None
    covers_from = max(pilot.starts, last + timedelta(days=1) if last else pilot.starts)
    return Due(on=on, day=day_number(pilot, on), covers_from=covers_from)
