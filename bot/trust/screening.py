"""Screening a text before it is kept, logged or sent on: personal data, secrets, smuggled instructions.

Finding is here; what is done about it is the flow's decision. Secrets and numbers of cards are redacted wherever words
are kept. Other personal data is only ever redacted in copies (logs, review samples), never in the question.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.trust.injection import injection
from bot.trust.model import Screening, Span
from bot.trust.names import find_names
from bot.trust.personal import find_personal
from bot.trust.secrets import find_secrets


def screen(text: str, source: str = "message") -> Screening:
    """What stands in a text; `source` is "message" or "document", for a document must not address the bot at all."""
    secrets = find_secrets(text)
    shaped = tuple(one for one in find_personal(text) if not overlaps(one, secrets))
    names = tuple(one for one in find_names(text) if not overlaps(one, (*secrets, *shaped)))
    return Screening(injection=injection(text, source), pii=tuple(sorted((*shaped, *names))), secrets=secrets)


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < one.end and one.start < span.end for one in others)


def redact(text: str, spans: Iterable[Span]) -> str:
    """The text with each span replaced by its kind in brackets: "my key is [aws-access-key]"."""
    kept: list[str] = []
    place = 0
    for span in sorted(spans):
        if span.start >= place:
            kept += [text[place : span.start], f"[{span.kind}]"]
            place = span.end
    return "".join([*kept, text[place:]])


def redact_secrets(text: str) -> str:
    """The text without its secrets: what may be kept of a message."""
    return redact(text, find_secrets(text))


def redact_all(text: str) -> str:
    """The text without secrets and personal data: what may stand in a log or a review sample."""
    found = screen(text)
    return redact(text, (*found.pii, *found.secrets))
