"""A message as people write it, taken apart: what asks, what only tells, and the parts of a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

CODE = re.compile(r"```.*?(?:```|\Z)|^[ \t]*>[^\n]*$", re.DOTALL | re.MULTILINE)
END = re.compile(
    r"(?<=[.?!])[\"'”)]*\s+|\n+"
    r"|(?<=:)\s+(?=(?:what|who|which|when|where|why|how|is|are|was|does|do|did|can|could|would|should|will)\b)",
    re.I,
)
ASKS = re.compile(
    r"\?|^\W*(?:(?:and|so|but|ok(?:ay)?|hey|hi|hello|also|then|again|well)\b\W*)*(?:what|who|which|when|where|why|how|is|are|"
    r"was|does|do|did|can|could|would|should|will|may|any|explain|tell|show|give|list|compare|describe|summari[sz]e|walk|"
    r"define|remind|help|please(?! (?:with|in|as|no|for)\b))\b"
    r"|\b(?:i (?:want|need|would like|'d like) to (?:know|understand|see)|wondering|i meant?)\b",
    re.I,
)
ASPECT = re.compile(
    r"\?+|;|,?\s+(?:and|or|but)\s+(?=(?:also\s+)?(?:what|how|who|where|when|why|which|is|are|does|do|can|could|would|will)"
    r"\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """`aspects` are the parts of what asks, `telling` the sentences that only tell; code and quotes are in neither."""

    asking: tuple[str, ...]
    aspects: tuple[str, ...]
    telling: tuple[str, ...]

    @property
    def question(self) -> str:
        """All that asks, as one text."""
        return " ".join(self.asking)


@lru_cache(maxsize=256)
def take_apart(text: str) -> Parts:
    """The parts of a message. Where nothing asks, all of it does: keywords, as typed into a search box."""
    sentences = [one.strip() for one in END.split(CODE.sub(" ", text)) if one.strip()]
    asking = tuple(one for one in sentences if ASKS.search(one))
    asking = tuple(one for one in asking if not one.endswith(":")) or asking or tuple(sentences)  # ":" leads up to it
    aspects = tuple(part.strip() for one in asking for part in ASPECT.split(one) if part.strip())
    return Parts(asking, aspects, tuple(one for one in sentences if one not in asking))
