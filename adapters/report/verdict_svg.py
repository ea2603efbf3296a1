"""Our own charts drawn into a PDF as vectors: the few SVG elements that `bot/digest` draws with, and no others.

Classes and sizes are those of `bot/digest/canvas.py`; words take the ink of the page where the chart says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

from fpdf import FPDF

INK: Final = "#17202a"
GRID: Final = 0.16  # opacity
FAINT: Final = 0.65
POINTS_A_MM: Final = 72 / 25.4
FILL: Final = re.compile(r"fill:\s*(#\w+)")
Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where a chart is drawn: its upper left corner on the page, and millimetres a pixel."""

    pdf: FPDF
    left: float
    top: float
    scale: float

    def x(self, pixels: float) -> float:
        return self.left + pixels * self.scale

    def y(self, pixels: float) -> float:
        return self.top + pixels * self.scale

    def points(self, listed: str) -> list[tuple[float, float]]:
        """An SVG list of coordinates, on the page."""
        pairs = [one.split(",") for one in listed.split()]
        return [(self.x(float(x)), self.y(float(y))) for x, y in pairs]


def size_of(svg: str) -> tuple[float, float]:
    """A chart's width and height in pixels."""
    _, _, width, height = ElementTree.fromstring(svg).attrib["viewBox"].split()
    return float(width), float(height)


def draw_svg(pdf: FPDF, svg: str, *, left: float, top: float, width: float) -> None:
    """Draw a chart into the page, so many millimetres wide."""
    root = ElementTree.fromstring(svg)
    canvas = Canvas(pdf, left, top, width / size_of(svg)[0])
    for element in root:
        draw = DRAWN.get(element.tag.rpartition("}")[2])
        if draw:
            draw(canvas, element.attrib, "".join(element.itertext()))


def draw_text(canvas: Canvas, given: Attributes, words: str) -> None:
    """Words at their anchor, on their baseline."""
    pdf, classes = canvas.pdf, given.get("class", "").split()
    pixels = 11 if "small" in classes else 13
    pdf.set_font(style="B" if "strong" in classes else "", size=pixels * canvas.scale * POINTS_A_MM)
    found = FILL.search(given.get("style", ""))
    pdf.set_text_color(found[1] if found else INK)
    x, wide = canvas.x(float(given["x"])), pdf.get_string_width(words)
    x -= {"middle": wide / 2, "end": wide}.get(given.get("text-anchor", ""), 0.0)
    with pdf.local_context(fill_opacity=FAINT if "faint" in classes else 1):
        pdf.text(x, canvas.y(float(given["y"])), words)


def draw_line(canvas: Canvas, given: Attributes, _: str) -> None:
    """A straight line."""
    ends = [canvas.x(float(given["x1"])), canvas.y(float(given["y1"]))]
    ends += [canvas.x(float(given["x2"])), canvas.y(float(given["y2"]))]
    with stroke(canvas, given):
        canvas.pdf.line(*ends)


def draw_polyline(canvas: Canvas, given: Attributes, _: str) -> None:
    """A line through points; a single point draws nothing."""
    points = canvas.points(given["points"])
    if len(points) > 1:
        with stroke(canvas, given):
            canvas.pdf.polyline(points)


def draw_polygon(canvas: Canvas, given: Attributes, _: str) -> None:
    """A filled band."""
    with fill(canvas, given):
        canvas.pdf.polygon(canvas.points(given["points"]), style="F")


def draw_circle(canvas: Canvas, given: Attributes, _: str) -> None:
    """A dot, or a ring where it has no fill."""
    pdf, x, y = canvas.pdf, canvas.x(float(given["cx"])), canvas.y(float(given["cy"]))
    radius = float(given["r"]) * canvas.scale
    if given.get("fill") == "none":
        with stroke(canvas, given):
            pdf.circle(x, y, radius, style="D")
    else:
        with fill(canvas, given):
            pdf.circle(x, y, radius, style="F")


def draw_rectangle(canvas: Canvas, given: Attributes, _: str) -> None:
    """A bar."""
    x, y, wide, high = (float(given[name]) for name in ("x", "y", "width", "height"))
    with fill(canvas, given):
        canvas.pdf.rect(canvas.x(x), canvas.y(y), wide * canvas.scale, high * canvas.scale, style="F")


def stroke(canvas: Canvas, given: Attributes) -> Any:
    """The graphics state of a line: colour, width, dashes, opacity."""
    grid = "grid" in given.get("class", "").split()
    dashes = [float(one) * canvas.scale for one in given.get("stroke-dasharray", "").split()]
    return canvas.pdf.local_context(
        draw_color=colour_of(given.get("stroke", "currentColor")),
        line_width=float(given.get("stroke-width", 1)) * canvas.scale,
        stroke_opacity=GRID if grid else float(given.get("opacity", 1)),
        dash_pattern={"dash": dashes[0], "gap": dashes[1], "phase": 0} if dashes else None,
    )


def fill(canvas: Canvas, given: Attributes) -> Any:
    """The graphics state of a filled shape."""
    return canvas.pdf.local_context(
        fill_color=colour_of(given.get("fill", INK)), fill_opacity=float(given.get("opacity", 1))
    )


def colour_of(name: str) -> str:
    return INK if name == "currentColor" else name


DRAWN: Final[Mapping[str, Callable[[Canvas, Attributes, str], None]]] = {
    "text": draw_text,
    "line": draw_line,
    "polyline": draw_polyline,
    "polygon": draw_polygon,
    "circle": draw_circle,
    "rect": draw_rectangle,
}
