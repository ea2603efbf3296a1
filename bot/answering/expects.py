"""What kind of words an answer to a question is expected to hold: an amount, a time, a reason."""

from __future__ import annotations

import re
from functools import lru_cache

EXPECTED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked, re.I), re.compile(answer, re.I))
    for asked, answer in (
        (
            r"\bhow (?:much|expensive)\b.*\b(?:cost|pay|spend|money|budget)|\b(?:costs?|pric\w+|budget|fees?)\b",
            r"[$€£]\s?\d|\b\d[\d.,]*\s*(?:\w+\s)?(?:dollars?|cents?|euros?|usd)\b|\b(?:cents?|dollars?)\b",
        ),
        (
            r"\bhow (?:long|often|soon|fast|quick\w*)\b|\bwhen\b",
            r"\b(?:\d[\d.,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|half|every|each|per)\b"
            r"[\w\s-]{0,12}\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|ms|milliseconds?)\b|\bdaily\b",
        ),
        (r"\bhow (?:many|big|large)\b|\blimits?\b", r"\d"),
        (r"\bwhy\b", r"\b(?:because|since|so that|therefore|reason|in order to)\b"),
    )
)


def meets(question: str, sentence: str) -> float:
    """1 where the sentence holds the kind of words the question expects, 0.5 where it expects none, else 0."""
    expected = expected_by(question)
    if not expected:
        return 0.5
    return 1.0 if any(one.search(sentence) for one in expected) else 0.0


@lru_cache(maxsize=256)
def expected_by(question: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of what the question expects."""
    return tuple(answer for asked, answer in EXPECTED if asked.search(question))
