"""The paper under every chart: scales, colours, and the frame of an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

# Told apart with any colour vision (after Okabe and Ito), and each at least 3:1 against white and against near-black.
COLOURS: Final = ("#2F7FC1", "#D55E00", "#0B9A6D", "#C2649A", "#A87B0A", "#8067C2", "#2A93A8", "#808790")
BETTER, WORSE, LEVEL = "#0B9A6D", "#D55E00", "#808790"
LOW, HIGH = 1.0, 5.0
# Words and lines take the colour of the text around them, so that a chart follows light and dark with its page.
STYLE: Final = (
    "text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:currentColor}"
    ".faint{opacity:.65}.small{font-size:11px}.strong{font-weight:600}.grid{stroke:currentColor;opacity:.16}"
)

Points = Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where data lie: a rectangle in pixels, from a first to a last date, and from 1 to 5."""

    left: float
    right: float
    top: float
    bottom: float
    first: date
    last: date

    def x(self, on: date) -> float:
        """Pixels from the left; a single date stands in the middle."""
        span = (self.last - self.first).days
        share = (on - self.first).days / span if span else 0.5
        return self.left + (self.right - self.left) * share

    def y(self, value: float) -> float:
        """Pixels from the top."""
        return self.top + (self.bottom - self.top) * (HIGH - value) / (HIGH - LOW)

    def place(self, points: Points) -> str:
        """Points as an SVG list of coordinates."""
        return " ".join(f"{self.x(on):.1f},{self.y(value):.1f}" for on, value in points)


def draw_scale(frame: Frame, values: Sequence[int] = (1, 2, 3, 4, 5)) -> list[str]:
    """Lines across at these values, numbered."""
    return [
        f'<line class="grid" x1="{frame.left:.1f}" x2="{frame.right:.1f}" y1="{frame.y(v):.1f}" y2="{frame.y(v):.1f}"/>'
        f'<text class="faint small" x="{frame.left - 8:.1f}" y="{frame.y(v) + 4:.1f}" text-anchor="end">{v}</text>'
        for v in values
    ]


def draw_dates(frame: Frame, most: int = 7) -> list[str]:
    """Dates under the frame: every one while there is room, else the ends."""
    days = (frame.last - frame.first).days
    dates = {frame.first, frame.last}
    if days < most:
        dates |= {date.fromordinal(frame.first.toordinal() + i) for i in range(days)}
    anchors = {frame.first: "start", frame.last: "end"} if days else {}
    return [
        f'<text class="faint small" x="{frame.x(on):.1f}" y="{frame.bottom + 18:.1f}" '
        f'text-anchor="{anchors.get(on, "middle")}">{on.day} {on:%b}</text>'
        for on in sorted(dates)
    ]


def draw_line(frame: Frame, points: Points, colour: str, *, width: float = 2.5, dots: bool = True) -> str:
    """A line through points, its last one marked."""
    x, y = frame.x(points[-1][0]), frame.y(points[-1][1])
    line = (
        f'<polyline points="{frame.place(points)}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
    )
    return line + (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{width + 1.5}" fill="{colour}"/>' if dots else "")


def wrap(width: float, height: float, title: str, told: str, parts: Sequence[str]) -> str:
    """The parts as one self-contained SVG, with its words for those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img"><title>{escape(title)}</title><desc>{escape(told)}</desc>'
        f"<style>{STYLE}</style>{''.join(parts)}</svg>"
    )


def shorten(name: str, most: int) -> str:
    """A name cut to fit."""
    return name if len(name) <= most else name[: most - 1] + "…"


def colour_of(trend: str) -> str:
    """The colour of a trend."""
    return {"improving": BETTER, "worsening": WORSE}.get(trend, LEVEL)
