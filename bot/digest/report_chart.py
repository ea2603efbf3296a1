"""The report's own charts as SVG: criteria against targets, use by week, the lift of the control group."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from bot.digest.canvas import BETTER, COLOURS, LEVEL, WORSE, shorten, wrap
from bot.digest.chart import draw_empty
from bot.pilot.adoption import Adoption
from bot.pilot.figures import Unit, say_figure, unit_of
from bot.pilot.model import Lift
from bot.pilot.say import cap, say_share
from bot.pilot.verdict import HARD_REVIEW, Finding, Met

WIDTH: Final = 880
MIDDLING: Final = "#A87B0A"
TONES: Final = {Met.YES: BETTER, Met.LIKELY: MIDDLING, Met.NO: WORSE, Met.OPEN: LEVEL}
ROW: Final = 54
LABEL: Final = 84  # pixels between two labels that do not touch
WEEKS: Final = 26  # bars that fit side by side; of a longer pilot the last ones


def draw_criteria(findings: Sequence[Finding], *, title: str = "Success criteria against targets") -> str:
    """A row a criterion, each on its own scale: the measured value, its 90 % interval, baseline and target."""
    measured = [one for one in findings if one.value is not None]
    if not measured:
        return draw_empty(title, width=WIDTH)
    parts = [part for i, one in enumerate(measured) for part in draw_criterion(one, 12 + ROW * i)]
    told = "; ".join(f"{one.criterion.metric} is {one.met}" for one in measured)
    return wrap(WIDTH, ROW * len(measured) + 16, title, f"{told}.", parts)


def draw_criterion(finding: Finding, top: float) -> list[str]:
    """One row: the name and verdict left, the scale right."""
    held, unit, colour = finding.criterion, unit_of(finding.criterion.metric), TONES[finding.met]
    left, right, y = 270.0, WIDTH - 40.0, top + 20
    value, low, high = (one or 0.0 for one in (finding.value, finding.low, finding.high))
    least, most = scale_of(unit, [value, low, high, held.target, held.baseline or 0.0])

    def x(at: float) -> float:
        return left + (right - left) * (min(max(at, least), most) - least) / (most - least)

    marks = [
        f'<text class="strong" x="0" y="{y - 2}">{escape(shorten(cap(held.metric), 34))}</text>',
        f'<text class="small" x="0" y="{y + 15}" style="fill:{colour}">{finding.met.value}</text>',
        f'<line class="grid" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>',
        f'<line x1="{x(low):.1f}" x2="{x(high):.1f}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="8" '
        'opacity=".35" stroke-linecap="round"/>',
        f'<circle cx="{x(value):.1f}" cy="{y}" r="6" fill="{colour}"/>',
        f'<text class="strong" x="{x(value):.1f}" y="{y - 11}" text-anchor="middle">{say_figure(value, unit)}</text>',
        f'<line x1="{x(held.target):.1f}" x2="{x(held.target):.1f}" y1="{y - 10}" y2="{y + 10}" '
        'stroke="currentColor" stroke-width="2"/>',
        f'<text class="small faint" x="{x(held.target):.1f}" y="{y + 24}" text-anchor="middle">'
        f"target {say_figure(held.target, unit)}</text>",
    ]
    if held.baseline is not None:
        before = x(held.baseline)
        marks.append(f'<circle cx="{before:.1f}" cy="{y}" r="5" fill="none" stroke="{LEVEL}" stroke-width="2"/>')
        if abs(before - x(held.target)) > LABEL:
            marks.append(
                f'<text class="small faint" x="{before:.1f}" y="{y + 24}" text-anchor="middle">'
                f"before {say_figure(held.baseline, unit)}</text>"
            )
    return marks


def scale_of(unit: Unit, values: Sequence[float]) -> tuple[float, float]:
    """Where a criterion's scale begins and ends."""
    if unit is Unit.STARS:
        return 1.0, 5.0
    return (0.0, 1.0) if unit is Unit.SHARE else (0.0, max(*values, 1e-9) * 1.2)


def draw_weeks(adoption: Adoption, *, title: str = "Evaluators who asked, by week") -> str:
    """A bar a week, its height the share of evaluators who asked; the line of the hard review across."""
    weeks = adoption.weeks[-WEEKS:]
    if not any(one.active.n for one in weeks):
        return draw_empty(title, width=WIDTH)
    left, right, top, bottom = 44.0, WIDTH - 150.0, 26.0, 190.0
    step = (right - left) / max(len(weeks), 6)
    bar = min(64.0, step * 0.6)
    parts = []
    for share in (0.0, 0.5, 1.0):
        y = bottom - (bottom - top) * share
        parts.append(f'<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text class="faint small" x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{say_share(share)}</text>'
        )
    for i, one in enumerate(weeks):
        share = one.active.value or 0.0
        x, y = left + step * i + (step - bar) / 2, bottom - (bottom - top) * share
        colour = WORSE if share < HARD_REVIEW else COLOURS[0]
        parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{bar:.1f}" height="{bottom - y:.1f}" fill="{colour}" '
            f'opacity="{1 if one.whole else 0.55}"/>'
        )
        middle = x + bar / 2
        if len(weeks) <= 13:
            label = f"{one.active.of} of {one.active.n}"
            parts.append(f'<text class="small" x="{middle:.1f}" y="{y - 6:.1f}" text-anchor="middle">{label}</text>')
        if len(weeks) <= 13 or i % 4 == 0:
            parts.append(
                f'<text class="faint small" x="{middle:.1f}" y="{bottom + 18}" text-anchor="middle">'
                f"week {one.number}</text>"
            )
    y = bottom - (bottom - top) * HARD_REVIEW
    parts += [
        f'<line x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{WORSE}" stroke-dasharray="5 4"/>',
        f'<text class="small" x="{right + 8}" y="{y + 4:.1f}" style="fill:{WORSE}">20 %: hard review</text>',
    ]
    told = "; ".join(f"week {one.number}: {one.active.of} of {one.active.n}" for one in weeks)
    return wrap(WIDTH, 220, title, f"{told}.", parts)


def draw_lift(lift: Lift, *, title: str = "What the fit to the person is worth") -> str:
    """The difference in satisfaction with its 90 % interval, around zero."""
    left, right, y = 60.0, WIDTH - 60.0, 44.0
    most = max(1.0, abs(lift.low), abs(lift.high)) * 1.1

    def x(at: float) -> float:
        return left + (right - left) * (at + most) / (2 * most)

    colour = BETTER if lift.low > 0 else WORSE if lift.high < 0 else LEVEL
    parts = [
        f'<line class="grid" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>',
        f'<line x1="{x(0):.1f}" x2="{x(0):.1f}" y1="20" y2="68" stroke="currentColor" stroke-width="1.5"/>',
        f'<text class="small faint" x="{x(0):.1f}" y="86" text-anchor="middle">no difference</text>',
        f'<text class="small faint" x="{left}" y="86">better without</text>',
        f'<text class="small faint" x="{right}" y="86" text-anchor="end">better with it</text>',
        f'<line x1="{x(lift.low):.1f}" x2="{x(lift.high):.1f}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="8" '
        'opacity=".35" stroke-linecap="round"/>',
        f'<circle cx="{x(lift.difference):.1f}" cy="{y}" r="7" fill="{colour}"/>',
        f'<text class="strong" x="{x(lift.difference):.1f}" y="{y - 14}" text-anchor="middle">'
        f"{lift.difference:+.1f}</text>",
    ]
    told = f"{lift.difference:+.1f} points, 90 % interval {lift.low:+.1f} to {lift.high:+.1f}."
    return wrap(WIDTH, 96, title, told, parts)
