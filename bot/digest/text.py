"""A digest as plain text: for a terminal, a mail, or any place without blocks and cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from bot.digest.model import Digest, DigestLine
from bot.pilot.say import count

BARS: Final = "▁▂▃▄▅▆▇█"
BARS_SHOWN: Final = 14  # days
LOWEST, HIGHEST = 1.0, 5.0  # of the scale
LINES: Final = 12  # evaluators listed one by one; the rest as a number


def to_text(digest: Digest) -> str:
    """The digest as Markdown-free text, a fact a line."""
    parts = [
        f"{digest.name} · day {digest.day} · {digest.on:%A} {digest.on.day} {digest.on:%B %Y}",
        digest.headline,
        *([digest.covers] if digest.covers else []),
        section("Evaluators", list_lines(digest.lines)),
        section("Needs attention", list_steps(digest)),
        section("Last time's steps", [f"• {one}" for one in digest.yesterday]),
        section("Learned", [f"• {one}" for one in digest.learned]),
        section("Proof", [f"• {one}" for one in digest.proof]),
        section("Figures", [f"• {name}: {value}" for name, value in digest.figures]),
        digest.footnote,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def section(title: str, lines: Iterable[str]) -> str:
    """A titled block, or nothing where there is nothing to say."""
    listed = list(lines)
    return "\n".join((title, *listed)) if listed else ""


def list_steps(digest: Digest) -> list[str]:
    """Each step with its reason under it, and how many people more have one in the report."""
    listed = [line for one in digest.attention for line in (f"• {one.text}", f"  {one.reason}")]
    return [*listed, f"• {say_more(digest.more)}"] if digest.more else listed


def say_more(n: int) -> str:
    return "and 1 more person to look at" if n == 1 else f"and {n} more people to look at"


def list_lines(lines: tuple[DigestLine, ...]) -> list[str]:
    """One line an evaluator; those beyond the limit as a number."""
    shown = [f"• {say_line(one)}" for one in lines[:LINES]]
    return [*shown, f"• {say_rest(lines[LINES:])}"] if len(lines) > LINES else shown


def draw_course(trajectory: Sequence[tuple[date, float]]) -> str:
    """The last days of a course as bars of letters, from 1 to 5: ▁▃▅█."""
    steps = [round((value - LOWEST) / (HIGHEST - LOWEST) * (len(BARS) - 1)) for _, value in trajectory[-BARS_SHOWN:]]
    return "".join(BARS[max(0, min(len(BARS) - 1, step))] for step in steps)


def say_rest(lines: Sequence[DigestLine]) -> str:
    """The evaluators who are not listed one by one: and 18 more: 12 steady, 6 too few to say."""
    return f"and {len(lines)} more: {say_trends(lines)}"


def say_trends(lines: Sequence[DigestLine]) -> str:
    """How many of each trend: 12 steady, 6 too few to say."""
    return ", ".join(f"{n} {trend}" for trend, n in Counter(one.trend for one in lines).items())


def say_line(line: DigestLine) -> str:
    """An evaluator in one line: today, interval, day 1, how sure, on how many rated answers."""
    if line.n == 0:
        return f"{line.name}: {line.sure} ({line.note})"
    change = f", day 1 {line.first:.1f}" if line.first is not None else ""
    rated = count(line.n, "rated answer")
    said = f"{line.name}: {line.today:.1f} ({line.low:.1f}–{line.high:.1f}){change} · {line.sure} · {rated}"
    return f"{said} · {line.note}" if line.note else said
