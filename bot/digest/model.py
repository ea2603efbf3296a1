"""The value of a digest: the day told, from which every rendering (blocks, card, text, HTML) is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.pilot.model import PilotKey
from bot.turn import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """One evaluator's line: figures already in words, so that every rendering says the same; `detail` is what opens
    behind it."""

    person: Member
    name: str
    today: float
    first: float | None
    low: float
    high: float
    n: int
    trend: str
    sure: str
    note: str = ""
    trajectory: tuple[tuple[date, float], ...] = ()
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to do next, for whom and why; `id` lets it be marked done."""

    id: str
    text: str
    reason: str
    person: Member | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The day told to the champion. Readable in a minute: headline, a line per evaluator, what was learned, who needs
    attention and the next step, proof, cost. `yesterday` says whether the last steps were done; `covers` names the days
    where it is more than one; `more` counts the people who need attention beyond those listed. `champion` is whom it is
    told to; None: to every champion of its pilot. `weekly`: they asked to be told once a week."""

    pilot: str
    name: str
    on: date
    day: int
    headline: str
    lines: tuple[DigestLine, ...] = ()
    learned: tuple[str, ...] = ()
    attention: tuple[Step, ...] = ()
    proof: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    footnote: str = ""
    yesterday: tuple[str, ...] = ()
    covers: str = ""
    more: int = 0
    workspace: str = ""
    champion: Member | None = None
    weekly: bool = False

    @property
    def key(self) -> PilotKey:
        return PilotKey(self.workspace, self.pilot)
