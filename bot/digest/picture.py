"""A digest's picture as PNG, for messages, where SVG is not shown. matplotlib is imported only when one is drawn."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from bot.digest.canvas import COLOURS, HIGH, LEVEL, LOW, shorten
from bot.digest.chart import LOUD, NAMED, place_labels
from bot.digest.model import Digest, DigestLine

INCHES: Final = (8.0, 3.6)
DOTS_AN_INCH: Final = 160
INK: Final = "#3d4450"


def draw_picture(digest: Digest) -> bytes | None:
    """The evaluators' satisfaction by day, on white; None where nothing was heard or one day is all there is."""
    lines = [one for one in digest.lines if len(one.trajectory) > 1]
    if not lines:
        return None
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=INCHES, dpi=DOTS_AN_INCH, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.05, 0.12, 0.68, 0.76))
    draw_axes(axes, lines)
    loud = pick_loud(lines)
    colours = {one.person: COLOURS[i % len(COLOURS)] for i, one in enumerate(loud)}
    for one in sorted(lines, key=lambda line: line.person in colours):
        draw_course(axes, one, colours.get(one.person))
    draw_names(axes, loud, colours)
    figure.text(0.05, 0.93, f"{digest.name}: satisfaction with answers", color=INK, fontsize=11, fontweight="bold")
    held = BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()


def describe_picture(digest: Digest) -> str:
    """The picture in words, for those who do not see it."""
    told = [
        f"{one.name} from {one.trajectory[0][1]:.1f} to {one.trajectory[-1][1]:.1f}, {one.trend}"
        for one in digest.lines
        if one.trajectory
    ]
    return f"Satisfaction with answers by day, from 1 to 5. {'; '.join(told)}." if told else "No answer was rated yet."


def pick_loud(lines: list[DigestLine]) -> list[DigestLine]:
    """Whom to name: everyone while they can be told apart, else those who changed most."""
    if len(lines) <= NAMED:
        return lines
    return sorted(lines, key=lambda one: -abs(one.trajectory[-1][1] - one.trajectory[0][1]))[:LOUD]


def draw_axes(axes: Any, lines: list[DigestLine]) -> None:
    """A scale of 1 to 5 and dates below; no frame."""
    dates = sorted({on for one in lines for on, _ in one.trajectory})
    axes.set_ylim(LOW - 0.1, HIGH + 0.1)
    axes.set_yticks(range(1, 6))
    shown = dates if len(dates) <= 7 else [dates[0], dates[-1]]
    axes.set_xticks([on.toordinal() for on in shown], [f"{on.day} {on:%b}" for on in shown])
    axes.set_xlim(dates[0].toordinal(), dates[-1].toordinal())
    axes.grid(axis="y", color="#d9dde3", linewidth=0.8)
    axes.tick_params(length=0, colors="#6b7280", labelsize=9, pad=7)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)


def draw_course(axes: Any, line: DigestLine, colour: str | None) -> None:
    """One evaluator's line; grey and thin where it is only background."""
    days = [on.toordinal() for on, _ in line.trajectory]
    values = [value for _, value in line.trajectory]
    axes.plot(days, values, color=colour or LEVEL, linewidth=2.2 if colour else 0.8, solid_capstyle="round")
    if colour:
        axes.plot(days[-1], values[-1], "o", color=colour, markersize=6, clip_on=False)


def draw_names(axes: Any, loud: list[DigestLine], colours: dict[Any, str]) -> None:
    """Names at the ends of their lines, kept apart."""
    unit = 60.0  # a point of the scale in the units in which labels are kept apart
    places = place_labels([(HIGH - one.trajectory[-1][1]) * unit for one in loud], lowest=4 * unit, gap=17)
    for one, place in zip(loud, places, strict=True):
        said = f"{shorten(one.name, 20)} {one.trajectory[-1][1]:.1f}"
        axes.annotate(
            said,
            (1.025, HIGH - place / unit),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=9.5,
            fontweight="bold",
            color=colours[one.person],
            annotation_clip=False,
        )
