"""How the figures of a pilot are written, by what they measure: a share as percent, cost as dollars."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from bot.pilot.say import say_share


class Unit(StrEnum):
    """What a figure is counted in."""

    STARS = "1 to 5"
    SHARE = "%"
    DOLLARS = "$"
    DAYS = "days"
    NUMBER = ""


_WORDS: Final = {
    "satisf": Unit.STARS,
    "complet": Unit.SHARE,
    "good answer": Unit.SHARE,
    "overrid": Unit.SHARE,
    "declin": Unit.SHARE,
    "active": Unit.SHARE,
    "cost": Unit.DOLLARS,
    "time to value": Unit.DAYS,
}


def unit_of(metric: str) -> Unit:
    """The unit of what a criterion names; NUMBER where it names nothing that is measured here."""
    name = metric.lower()
    return next((unit for word, unit in _WORDS.items() if word in name), Unit.NUMBER)


def say_figure(value: float, unit: Unit) -> str:
    """A figure with its unit: 4.12, 74 %, $0.02, 1.5 days."""
    if unit is Unit.SHARE:
        return say_share(value)
    if unit is Unit.STARS:
        return f"{value:.2f}"
    if unit is Unit.DAYS:
        return f"{value:.1f} days"
    return say_dollars(value) if unit is Unit.DOLLARS else f"{value:g}"


def say_dollars(value: float) -> str:
    """US dollars: whole from ten on, cents below, tenths of a cent below ten cents."""
    if value >= 10:
        return f"${value:,.0f}"
    return f"${value:.2f}" if value >= 0.1 or value == 0 else f"${value:.3f}"


def say_range(low: float, high: float, unit: Unit) -> str:
    """An interval with its unit once, where that reads well."""
    if unit is Unit.SHARE:
        return f"{low * 100:.0f}–{high * 100:.0f} %"
    return f"{say_figure(low, unit)}–{say_figure(high, unit)}"


def say_day(on: date) -> str:
    """A date in full: 7 October 2026."""
    return f"{on.day} {on:%B %Y}"


def round_off(n: float) -> int:
    """A number to the three digits that an estimate can carry."""
    digits = len(str(int(abs(n))))
    return int(round(n, min(0, 3 - digits)))
