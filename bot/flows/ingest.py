"""Ingest: documents into the knowledge base; only what changed is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.knowledge.glossary import find_terms
from bot.knowledge.model import Document, Failure
from bot.knowledge.split import split
from bot.ports import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What a sync did, by document path. What failed keeps the passages it had, unless others may read it now.
    `behind_since`: when the oldest change that had not been taken in was made, None where there was none."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    behind_since: datetime | None = None

    @property
    def held(self) -> int:
        """How many documents are in the knowledge base now."""
        return len(self.added) + len(self.changed) + len(self.unchanged)


async def ingest(
    knowledge: Knowledge,
    workspace: str,
    documents: Iterable[Document | Failure],
    on_progress: Callable[[str], None] | None = None,
) -> Ingested:
    """Make the knowledge base hold exactly these documents: put new and changed ones in, take out those that are gone.

    `on_progress` is told each path as it is looked at.
    """
    held = await knowledge.digests(workspace)
    seen: dict[str, str] = {}
    failed: list[Failure] = []
    behind: list[datetime] = []
    for one in documents:
        if on_progress:
            on_progress(one.path)
        if isinstance(one, Failure):
            failed.append(one)
            continue
        seen[one.path] = one.digest
        if held.get(one.path) != one.digest:
            await knowledge.replace(workspace, one, split(one))
            behind += [one.updated] if one.path in held and one.updated else []
    kept = {one.path for one in failed} - await find_opened(knowledge, workspace, failed)
    removed = sorted(held.keys() - seen.keys() - kept)
    for path in removed:
        await knowledge.remove(workspace, path)
    await knowledge.fail(workspace, failed)
    ingested = Ingested(
        added=tuple(path for path in seen if path not in held),
        changed=tuple(path for path, digest in seen.items() if path in held and held[path] != digest),
        unchanged=tuple(path for path, digest in seen.items() if held.get(path) == digest),
        removed=tuple(removed),
        failed=tuple(failed),
        behind_since=min(behind, default=None),
    )
    if ingested.added or ingested.changed or ingested.removed:
        await knowledge.define(workspace, find_terms(await knowledge.passages(workspace)))
    return ingested


async def find_opened(knowledge: Knowledge, workspace: str, failed: Sequence[Failure]) -> set[str]:
    """The failed documents whose old passages may be read by others than their source allows now: better no words than
    words in the wrong place."""
    allowed = {one.path: one.readers for one in failed if one.readers is not None}
    if not allowed:
        return set()
    passages = await knowledge.passages(workspace)
    return {one.document for one in passages if one.document in allowed and one.readers != allowed[one.document]}
