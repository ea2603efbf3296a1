"""Whether the day's money still allows a model call: a limit for each person and one for the pilot."""

from __future__ import annotations

from collections.abc import Iterable

from bot.operations.model import Cost
from bot.turn import Member


def within_budget(
    spent: Iterable[Cost], member: Member, *, person: float, pilot: float, next_call: float = 0.0
) -> bool:
    """Whether `member` may cause another call, after what everyone `spent` today. `person` and `pilot` are limits in
    US dollars a day; a limit of 0 allows nothing. `next_call` is what the call is expected to cost."""
    costs = tuple(spent)
    everyone = sum(one.dollars for one in costs)
    own = sum(one.dollars for one in costs if one.member == member)
    return left(person, own, next_call) and left(pilot, everyone, next_call)


def left(limit: float, spent: float, next_call: float) -> bool:
    """Whether anything is left of a limit, and enough for the next call."""
    return limit > 0 and spent < limit and spent + next_call <= limit
