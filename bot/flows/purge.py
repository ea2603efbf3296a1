"""Purging what has reached its age: the words of exchanges, of which is left that they took place; and feedback and
audit entries, of which nothing is left.

Beliefs are not purged: they fade, and go when their person says so. Safe to repeat, and on several replicas at once.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ports import Effects, Journal
from bot.trust.model import AuditEntry, AuditKind
from bot.trust.retention import find_cutoff, is_due, without_words

START = datetime(1970, 1, 1, tzinfo=UTC)


async def purge(journal: Journal, workspace: str, days: int, now: datetime) -> int:
    """Wipe the words of a workspace's exchanges that are older than so many days, and delete its feedback and audit
    entries of before; how many records it was."""
    cutoff = find_cutoff(days, now)
    due = [one for one in await journal.exchanges(workspace, START, cutoff) if is_due(one, cutoff)]
    for exchange in due:
        await journal.commit(Effects(exchange=without_words(exchange)))
    dropped = await journal.drop_before(workspace, cutoff)
    purged = len(due) + sum(dropped.values())
    if purged:
        detail: dict[str, str | int | float] = {"scope": "retention", "exchanges": len(due), **dropped}
        entry = AuditEntry(
            workspace=workspace, kind=AuditKind.ERASED, actor="daytwo", subject="", at=now, detail=detail
        )
        await journal.commit(Effects(audit=(entry,)))
    return purged
