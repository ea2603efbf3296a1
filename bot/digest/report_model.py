"""The value of a go / no-go report, from which every rendering (HTML, Markdown, PDF) is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.pilot.adoption import Adoption
from bot.pilot.model import PilotDay
from bot.pilot.outcomes import Outcomes
from bot.pilot.production import Production
from bot.pilot.service import Service
from bot.pilot.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """A pilot as it stands at its review: everything that the report tells."""

    day: PilotDay
    outcomes: Outcomes
    verdict: Verdict
    adoption: Adoption
    production: Production | None
    service: Service


class Tone(StrEnum):
    """How a fact is to be taken, so that every rendering can colour it."""

    GOOD = "good"
    MIDDLING = "mid"
    BAD = "bad"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences, one a line."""

    items: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row, and the tone of its telling cell."""

    cells: tuple[str, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. `toned` is the column that takes each row's tone; `widths` are the columns' shares."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    title: str = ""
    toned: int | None = None

    @property
    def columns(self) -> tuple[tuple[str, int], ...]:
        """Each head with its width in percent."""
        return tuple(zip(self.heads, self.widths, strict=True))


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as SVG that carries its own title and description, and the line under it. `repeats`: a table beside it
    says the same."""

    svg: str
    caption: str
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """Items that are done or open: what, on what evidence, and who can close it."""

    title: str
    items: tuple[tuple[bool, str, str, str], ...]


Block = Bullets | Table | Chart | Ticks


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the report."""

    id: str
    title: str
    lead: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The go / no-go report. `recommendation` in two or three words, `sentence` says it in one."""

    title: str
    recommendation: str
    tone: Tone
    sentence: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    footnote: str
    on: date
