"""level and screen: how hard a text is to read, and what in it must not pass."""

from __future__ import annotations

from adapters.batch import lines
from adapters.batch.base import Base, Fields
from bot.answering.level import level
from bot.trust.model import Span
from bot.trust.screening import screen


def run_level(line: lines.Text, base: Base) -> Fields:
    measured = level(line.text)
    return {"level": measured.level, "features": dict(measured.features)}


def run_screen(line: lines.Screened, base: Base) -> Fields:
    found = screen(line.text, line.source)
    return {
        "injection": found.injection,
        "pii": [show_span(one) for one in found.pii],
        "secrets": [show_span(one) for one in found.secrets],
    }


def show_span(span: Span) -> Fields:
    return {"kind": span.kind, "start": span.start, "end": span.end}
