"""The knowledge base in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Document, Failure, Passage, Ranked, Term

if TYPE_CHECKING:
    from bot.knowledge.index import Index
    from bot.knowledge.vectors import Embedder


class MemoryKnowledge:
    """The knowledge base of a workspace: its passages, searched; its glossary."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._embedder = embedder
        self._documents: dict[str, dict[str, tuple[Document, tuple[Passage, ...]]]] = defaultdict(dict)
        self._terms: dict[str, tuple[Term, ...]] = {}
        self._failures: dict[str, tuple[Failure, ...]] = {}
        self._indexes: dict[str, Index] = {}
        self._stale: dict[str, set[str]] = defaultdict(set)  # documents that an index has not followed yet

    async def digests(self, workspace: str) -> Mapping[str, str]:
        return {path: document.digest for path, (document, _) in self._documents[workspace].items()}

    async def replace(self, workspace: str, document: Document, passages: Sequence[Passage]) -> None:
        self._documents[workspace][document.path] = (document, tuple(passages))
        self._stale[workspace].add(document.path)

    async def remove(self, workspace: str, path: str) -> None:
        self._documents[workspace].pop(path, None)
        self._stale[workspace].add(path)

    async def define(self, workspace: str, terms: Sequence[Term]) -> None:
        self._terms[workspace] = tuple(terms)

    async def fail(self, workspace: str, failures: Sequence[Failure]) -> None:
        self._failures[workspace] = tuple(failures)

    async def changed(self, workspace: str) -> Mapping[str, datetime]:
        held = (document for document, _ in self._documents[workspace].values())
        return {one.path: one.updated for one in held if one.updated}

    async def failures(self, workspace: str) -> tuple[Failure, ...]:
        return self._failures.get(workspace, ())

    async def passages(self, workspace: str) -> tuple[Passage, ...]:
        documents = self._documents[workspace]
        return tuple(passage for path in sorted(documents) for passage in documents[path][1])

    async def readers(self, workspace: str, documents: Collection[str]) -> Mapping[str, frozenset[str]]:
        held = self._documents[workspace]
        texts = {path: held[path][1] for path in documents if path in held and held[path][1]}
        return {path: frozenset.intersection(*(one.readers for one in some)) for path, some in texts.items()}

    async def glossary(self, workspace: str) -> tuple[Term, ...]:
        return self._terms.get(workspace, ())

    async def search(
        self, workspace: str, query: EnrichedQuery, grants: frozenset[str], limit: int
    ) -> tuple[Ranked, ...]:
        from bot.knowledge.index import Index  # its engine is slow to import and not every command searches

        stale = sorted(self._stale.pop(workspace, ()))
        if workspace not in self._indexes:
            self._indexes[workspace] = Index(await self.passages(workspace), self._embedder)
        elif stale:
            documents = self._documents[workspace]
            changed = {path: documents[path][1] if path in documents else () for path in stale}
            self._indexes[workspace].follow(changed)
        return self._indexes[workspace].search(query, grants, limit)
