"""The values of operations: what a model call cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.turn import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One model call: for whom, for what purpose (answer, observe), tokens, and US dollars."""

    id: str
    member: Member
    purpose: str
    model: str
    input_tokens: int
    cached_tokens: int
    cache_writes: int
    output_tokens: int
    dollars: float
    at: datetime
