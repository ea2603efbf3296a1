"""The knowledge base in a database, and the search index that follows it, one a workspace and process."""

from __future__ import annotations

import asyncio
import gc
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Document, Failure, Passage, Ranked, Term
from storage.codec import from_json, to_json
from storage.engine import Database
from storage.sql.statements import add, insert, put
from storage.tables import DocumentRow, FailureRow, KnowledgeRow, PassageRow, TermRow, table_of

if TYPE_CHECKING:
    from bot.knowledge.index import Index
    from bot.knowledge.vectors import Embedder

KNOWLEDGE = table_of(KnowledgeRow)
DOCUMENTS = table_of(DocumentRow)
PASSAGES = table_of(PassageRow)
TERMS = table_of(TermRow)
FAILURES = table_of(FailureRow)


class SqlKnowledge:
    """The knowledge base of a workspace: its passages, searched; its glossary."""

    def __init__(self, database: Database, embedder: Embedder | None = None) -> None:
        self._database = database
        self._embedder = embedder
        self._indexes: dict[str, _Held] = {}
        self._glossaries: dict[str, tuple[int, tuple[Term, ...]]] = {}  # with the revision that each is of
        self._building: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def digests(self, workspace: str) -> Mapping[str, str]:
        query = select(DOCUMENTS.c.path, DOCUMENTS.c.digest).where(DOCUMENTS.c.workspace == workspace)
        async with self._database.read() as connection:
            return {row.path: row.digest for row in await connection.execute(query)}

    async def replace(self, workspace: str, document: Document, passages: Sequence[Passage]) -> None:
        async with self._database.write() as connection:
            revision = await _count_revision(connection, workspace)
            await _drop_passages(connection, workspace, document.path)
            await put(connection, DOCUMENTS, [_from_document(workspace, document, revision)])
            rows = [_from_passage(workspace, document.path, n, one) for n, one in enumerate(passages)]
            await add(connection, PASSAGES, rows)

    async def remove(self, workspace: str, path: str) -> None:
        async with self._database.write() as connection:
            await _count_revision(connection, workspace)
            await _drop_passages(connection, workspace, path)
            gone = delete(DOCUMENTS).where(DOCUMENTS.c.workspace == workspace, DOCUMENTS.c.path == path)
            await connection.execute(gone)

    async def define(self, workspace: str, terms: Sequence[Term]) -> None:
        rows = [
            {
                "workspace": workspace,
                "n": n,
                "name": one.name,
                "meaning": one.meaning,
                "passage": one.passage,
                "readers": to_json(sorted(one.readers)),
            }
            for n, one in enumerate(terms)
        ]
        async with self._database.write() as connection:
            await _count_revision(connection, workspace)
            await connection.execute(delete(TERMS).where(TERMS.c.workspace == workspace))
            await add(connection, TERMS, rows)

    async def fail(self, workspace: str, failures: Sequence[Failure]) -> None:
        rows = [
            {"workspace": workspace, "n": n, "path": one.path, "reason": one.reason} for n, one in enumerate(failures)
        ]
        async with self._database.write() as connection:
            await connection.execute(delete(FAILURES).where(FAILURES.c.workspace == workspace))
            await add(connection, FAILURES, rows)

    async def changed(self, workspace: str) -> Mapping[str, datetime]:
        known = (DOCUMENTS.c.workspace == workspace, DOCUMENTS.c.updated.is_not(None))
        async with self._database.read() as connection:
            rows = await connection.execute(select(DOCUMENTS.c.path, DOCUMENTS.c.updated).where(*known))
            return {row.path: row.updated for row in rows}

    async def failures(self, workspace: str) -> tuple[Failure, ...]:
        query = select(FAILURES).where(FAILURES.c.workspace == workspace).order_by(FAILURES.c.n)
        async with self._database.read() as connection:
            return tuple(Failure(row.path, row.reason) for row in await connection.execute(query))

    async def passages(self, workspace: str) -> tuple[Passage, ...]:
        async with self._database.read() as connection:
            return await _read_passages(connection, workspace)

    async def readers(self, workspace: str, documents: Collection[str]) -> Mapping[str, frozenset[str]]:
        of_them = (PASSAGES.c.workspace == workspace, PASSAGES.c.document.in_(sorted(documents)))
        query = select(PASSAGES.c.document, PASSAGES.c.readers).where(*of_them).distinct()
        found: dict[str, frozenset[str]] = {}
        async with self._database.read() as connection:
            for row in await connection.execute(query):
                labels = frozenset(from_json(row.readers))
                found[row.document] = found.get(row.document, labels) & labels
        return found

    async def glossary(self, workspace: str) -> tuple[Term, ...]:
        async with self._database.look(snapshot=True) as connection:
            revision = await _read_revision(connection, workspace)
            held = self._glossaries.get(workspace)
            if held is None or held[0] != revision:
                rows = await connection.execute(_select_terms(), {"of_workspace": workspace})
                held = self._glossaries[workspace] = (revision, tuple(map(_to_term, rows)))
        return held[1]

    async def search(
        self, workspace: str, query: EnrichedQuery, grants: frozenset[str], limit: int
    ) -> tuple[Ranked, ...]:
        index = await self._index_of(workspace)
        return index.search(query, grants, limit)

    async def _index_of(self, workspace: str) -> Index:
        """The workspace's index as of its present revision; what another process changed is followed. Nobody searches
        while it changes: whoever wants to waits here."""
        async with self._building[workspace]:
            async with self._database.look() as connection:
                revision = await _read_revision(connection, workspace)
            held = self._indexes.get(workspace)
            if held and held.revision == revision:
                return held.index
            if held and held.revision > revision:
                held = None  # an older state was restored under us
            async with self._database.read(snapshot=True) as connection:
                changes = await _read_changes(connection, workspace, held)
            self._indexes[workspace] = await asyncio.to_thread(_follow, held, changes, self._embedder)
            return self._indexes[workspace].index


@dataclass(frozen=True, slots=True)
class _Held:
    """An index, the revision that it shows, and the documents in it."""

    revision: int
    documents: frozenset[str]
    index: Index


@dataclass(frozen=True, slots=True)
class _Changes:
    """What is new at a revision: every document there is, the changed ones among them, and their passages."""

    revision: int
    documents: frozenset[str]
    changed: frozenset[str]
    passages: tuple[Passage, ...]


def _follow(held: _Held | None, changes: _Changes, embedder: Embedder | None) -> _Held:
    """The index brought to a later revision, or made where there was none."""
    from bot.knowledge.index import Index  # its engine is slow to import and not every command searches

    if held is None:
        made = _Held(changes.revision, changes.documents, Index(changes.passages, embedder))
        gc.collect()
        gc.freeze()  # what stands in it lives as long as the process; looking through it for garbage costs every answer
        return made
    gone = held.documents - changes.documents
    if not gone and not changes.changed:  # the glossary alone
        return _Held(changes.revision, changes.documents, held.index)
    changed: dict[str, list[Passage]] = {path: [] for path in sorted(gone | changes.changed)}
    for one in changes.passages:
        changed[one.document].append(one)
    held.index.follow(changed)
    return _Held(changes.revision, changes.documents, held.index)


async def _read_changes(connection: AsyncConnection, workspace: str, held: _Held | None) -> _Changes:
    """What changed since the revision that is held; everything where none is."""
    revision = await _read_revision(connection, workspace)
    query = select(DOCUMENTS.c.path, DOCUMENTS.c.revision).where(DOCUMENTS.c.workspace == workspace)
    found = {row.path: row.revision for row in await connection.execute(query)}
    if held is None:
        return _Changes(revision, frozenset(found), frozenset(found), await _read_passages(connection, workspace))
    changed = frozenset(path for path, at in found.items() if at > held.revision)
    passages = await _read_passages(connection, workspace, since=held.revision) if changed else ()
    return _Changes(revision, frozenset(found), changed, passages)


async def _read_revision(connection: AsyncConnection, workspace: str) -> int:
    return (await connection.execute(_select_revision(), {"of_workspace": workspace})).scalar_one_or_none() or 0


@cache  # building a statement takes longer than running it
def _select_revision() -> Any:
    return select(KNOWLEDGE.c.revision).where(KNOWLEDGE.c.workspace == bindparam("of_workspace"))


@cache
def _select_terms() -> Any:
    return select(TERMS).where(TERMS.c.workspace == bindparam("of_workspace")).order_by(TERMS.c.n)


async def _count_revision(connection: AsyncConnection, workspace: str) -> int:
    """Count a change, and return its number. It comes first in a transaction: its row keeps writers in order, so that
    whoever sees a revision sees every document changed up to it."""
    statement = insert(connection, KNOWLEDGE).values(workspace=workspace, revision=1)
    changed = {"revision": KNOWLEDGE.c.revision + 1}
    await connection.execute(statement.on_conflict_do_update(index_elements=["workspace"], set_=changed))
    return await _read_revision(connection, workspace)


async def _drop_passages(connection: AsyncConnection, workspace: str, path: str) -> None:
    gone = delete(PASSAGES).where(PASSAGES.c.workspace == workspace, PASSAGES.c.document == path)
    await connection.execute(gone)


async def _read_passages(connection: AsyncConnection, workspace: str, *, since: int = -1) -> tuple[Passage, ...]:
    """The passages of the documents changed after a revision, in order."""
    query = select(PASSAGES).where(PASSAGES.c.workspace == workspace)
    if since >= 0:
        newer = select(DOCUMENTS.c.path).where(DOCUMENTS.c.workspace == workspace, DOCUMENTS.c.revision > since)
        query = query.where(PASSAGES.c.document.in_(newer))
    rows = (await connection.execute(query)).all()
    # Sorted here, because databases differ in how they sort words.
    return tuple(_to_passage(row) for row in sorted(rows, key=lambda row: (row.document, row.n)))


def _from_document(workspace: str, document: Document, revision: int) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "path": document.path,
        "title": document.title,
        "digest": document.digest,
        "updated": document.updated,
        "link": document.link,
        "revision": revision,
    }


def _from_passage(workspace: str, path: str, n: int, passage: Passage) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "document": path,
        "n": n,
        "id": passage.id,
        "title": passage.title,
        "text": passage.text,
        "position": passage.position,
        "updated": passage.updated,
        "language": passage.language,
        "readers": to_json(sorted(passage.readers)),
        "link": passage.link,
    }


def _to_passage(row: Any) -> Passage:
    return Passage(
        id=row.id,
        document=row.document,
        title=row.title,
        text=row.text,
        position=row.position,
        updated=row.updated,
        language=row.language,
        readers=frozenset(from_json(row.readers)),
        link=row.link,
    )


def _to_term(row: Any) -> Term:
    return Term(row.name, row.meaning, row.passage, frozenset(from_json(row.readers)))
