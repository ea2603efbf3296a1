"""Charts of a pilot as SVG: small, sharp, self-contained, and the same every time.

Each carries a title and a description for those who do not see it. PNG for messages is drawn in `picture`.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from bot.digest.canvas import (
    BETTER,
    COLOURS,
    LEVEL,
    WORSE,
    Frame,
    Points,
    colour_of,
    draw_dates,
    draw_line,
    draw_scale,
    shorten,
    wrap,
)
from bot.pilot.model import PersonDay, Trend

NAMED: Final = 8  # lines that can be told apart; beyond, all are grey but for those that changed most
LOUD: Final = 3
PANELS: Final = 12
TREND_ORDER: Final = (Trend.WORSENING, Trend.IMPROVING, Trend.STEADY, Trend.TOO_FEW)


def draw_trajectories(
    people: Sequence[PersonDay], *, title: str = "Satisfaction with answers", width: int = 880, height: int = 320
) -> str:
    """Satisfaction by day, a line a person with the name at its end."""
    drawn = [one for one in people if one.trajectory]
    if not drawn:
        return draw_empty(title, width=width)
    dates = [on for one in drawn for on, _ in one.trajectory]
    frame = Frame(left=30, right=width - 190, top=14, bottom=height - 30, first=min(dates), last=max(dates))
    loud = pick_loud(drawn)
    colours = {one.person: COLOURS[i % len(COLOURS)] for i, one in enumerate(loud)}
    lines = [draw_line(frame, one.trajectory, LEVEL, width=1, dots=False) for one in drawn if one.person not in colours]
    lines += [draw_line(frame, one.trajectory, colours[one.person]) for one in loud]
    ends = place_labels([frame.y(one.trajectory[-1][1]) for one in loud], lowest=height - 24)
    names = [
        f'<text class="strong" x="{frame.right + 14}" y="{y + 4:.1f}" style="fill:{colours[one.person]}">'
        f"{escape(shorten(one.name, 18))} {one.trajectory[-1][1]:.1f}</text>"
        for one, y in zip(loud, ends, strict=True)
    ]
    told = f"From 1 to 5, by day. {'; '.join(map(tell_course, drawn))}."
    return wrap(width, height, title, told, [*draw_scale(frame), *draw_dates(frame), *lines, *names])


def draw_panels(
    people: Sequence[PersonDay], *, title: str = "Satisfaction with answers, one by one", width: int = 880
) -> str:
    """A small chart a person: the estimate by day in its 90 % band, so that what is little known looks so. Beyond
    twelve people, those with a clear trend come first."""
    drawn = [one for one in people if one.trajectory]
    if len(drawn) > PANELS:
        drawn = sorted(drawn, key=lambda one: TREND_ORDER.index(one.satisfaction.trend))[:PANELS]
    if not drawn:
        return draw_empty(title, width=width)
    columns = len(drawn) if 3 <= len(drawn) <= 5 else 4
    wide, high = width / columns, 150
    dates = [on for one in drawn for on, _ in one.trajectory]
    parts: list[str] = []
    for i, one in enumerate(drawn):
        left, top = wide * (i % columns), high * (i // columns)
        frame = Frame(
            left=left + 22,
            right=left + wide - 18,
            top=top + 44,
            bottom=top + high - 26,
            first=min(dates),
            last=max(dates),
        )
        parts += draw_panel(frame, one)
    rows = (len(drawn) + columns - 1) // columns
    told = f"From 1 to 5, by day, with 90 % intervals. {'; '.join(map(tell_course, drawn))}."
    return wrap(width, high * rows, title, told, parts)


def draw_panel(frame: Frame, person: PersonDay) -> list[str]:
    """One person's panel: name, figures and trend above, band and line below."""
    points, held = person.trajectory, person.satisfaction
    colour = colour_of(held.trend.value)
    edges = [*zip((on for on, _ in points), (high for _, high in person.band), strict=True)]
    edges += [*zip((on for on, _ in points), (low for low, _ in person.band), strict=True)][::-1]
    figures = f"{points[0][1]:.1f} → {points[-1][1]:.1f}" if len(points) > 1 else f"{points[-1][1]:.1f}"
    name = escape(shorten(person.name, 20))
    return [
        f'<text class="strong" x="{frame.left - 8:.1f}" y="{frame.top - 28:.1f}">{name}</text>',
        f'<text class="small" x="{frame.left - 8:.1f}" y="{frame.top - 12:.1f}" style="fill:{colour}">{figures} · '
        f"{held.trend.value}</text>",
        *draw_scale(frame, (1, 3, 5)),
        *draw_dates(frame, most=1),
        f'<polygon points="{frame.place(edges)}" fill="{colour}" opacity=".18"/>' if len(points) > 1 else "",
        draw_whisker(frame, person, colour),
        draw_line(frame, points, colour),
    ]


def draw_whisker(frame: Frame, person: PersonDay, colour: str) -> str:
    """The last day's interval as an upright line."""
    x, (low, high) = frame.x(person.trajectory[-1][0]), person.band[-1]
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{frame.y(low):.1f}" y2="{frame.y(high):.1f}" stroke="{colour}" '
        'stroke-width="1.5"/>'
    )


def draw_sparkline(points: Points, *, title: str, width: int = 132, height: int = 40, trend: str = "") -> str:
    """A line small enough to stand in a row of text; the last value as a dot, the middle of the scale as a rule."""
    if not points:
        return wrap(width, height, title, "Nothing heard yet.", ['<text class="faint" x="2" y="18">–</text>'])
    frame = Frame(left=6, right=width - 6, top=5, bottom=height - 5, first=points[0][0], last=points[-1][0])
    rule = f'<line class="grid" x1="4" x2="{width - 4}" y1="{frame.y(3):.1f}" y2="{frame.y(3):.1f}"/>'
    told = f"From {points[0][1]:.1f} to {points[-1][1]:.1f} on a scale of 1 to 5, over {len(points)} days."
    return wrap(width, height, title, told, [rule, draw_line(frame, points, colour_of(trend), width=2)])


def draw_pairs(rows: Sequence[tuple[str, float, float]], *, title: str, width: int = 880) -> str:
    """Shares before and after, a row each: a hollow dot for day 1, a full one for today, and the way between."""
    if not rows:
        return draw_empty(title, width=width)
    height, left, right = 34 * len(rows) + 34, 260, width - 70
    parts = [
        f'<text class="faint small" x="{left + (right - left) * v:.1f}" y="{height - 8}" text-anchor="middle">'
        f"{v * 100:.0f} %</text>"
        for v in (0.0, 0.5, 1.0)
    ]
    for i, (name, first, now) in enumerate(rows):
        parts += draw_pair(
            name, (left + (right - left) * first, left + (right - left) * now), 20 + 34 * i, (left, right)
        )
        parts.append(f'<text class="strong" x="{right + 16}" y="{24 + 34 * i}">{now * 100:.0f} %</text>')
    told = "; ".join(f"{name} from {first * 100:.0f} to {now * 100:.0f} percent" for name, first, now in rows)
    return wrap(width, height, title, f"Day 1 against today: {told}.", parts)


def draw_pair(name: str, ends: tuple[float, float], y: float, span: tuple[float, float]) -> list[str]:
    """One row of pairs: its name, its rule, and both dots."""
    start, end = ends
    colour = BETTER if end > start else WORSE if end < start else LEVEL
    return [
        f'<text x="0" y="{y + 4}">{escape(shorten(name, 36))}</text>',
        f'<line class="grid" x1="{span[0]}" x2="{span[1]}" y1="{y}" y2="{y}"/>',
        f'<line x1="{start:.1f}" x2="{end:.1f}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="3"/>',
        f'<circle cx="{start:.1f}" cy="{y}" r="7" fill="none" stroke="{colour}" stroke-width="2"/>',
        f'<circle cx="{end:.1f}" cy="{y}" r="5" fill="{colour}"/>',
    ]


def draw_empty(title: str, *, width: int) -> str:
    """What stands where a chart has nothing to show."""
    return wrap(width, 60, title, "No data yet.", ['<text class="faint" x="0" y="34">Nothing to show yet.</text>'])


def tell_course(person: PersonDay) -> str:
    """One person's line in words."""
    points = person.trajectory
    return f"{person.name} from {points[0][1]:.1f} to {points[-1][1]:.1f}"


def pick_loud(drawn: Sequence[PersonDay]) -> list[PersonDay]:
    """Whom to name in a chart: everyone while they can be told apart, else those who changed most."""
    if len(drawn) <= NAMED:
        return list(drawn)
    return sorted(drawn, key=lambda one: -abs(one.trajectory[-1][1] - one.trajectory[0][1]))[:LOUD]


def place_labels(wanted: Sequence[float], lowest: float, gap: float = 17.0) -> list[float]:
    """Heights near the wanted ones, in the order given, that keep labels apart and above the lowest."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    placed = [0.0] * len(wanted)
    above = -gap
    for i in order:
        placed[i] = above = max(wanted[i], above + gap)
    below = lowest + gap
    for i in reversed(order):
        placed[i] = below = min(placed[i], below - gap)
    return placed
