"""The knowledge base is kept in step with the documents: only what changed is read again, and failures are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.enrichment.model import EnrichedQuery
from bot.flows.ingest import Ingested, ingest
from bot.knowledge.model import Document, Failure, Passage
from bot.turn import EVERYONE
from storage.memory.knowledge import MemoryKnowledge

ANYONE = frozenset({EVERYONE})
FAILURE = Failure("c.md", "It is not UTF-8 text. Save it as UTF-8.")


class Watched(MemoryKnowledge):
    """The knowledge base in memory, which also notes what is put in."""

    def __init__(self) -> None:
        super().__init__()
        self.replaced: list[str] = []

    async def replace(self, workspace: str, document: Document, passages: list[Passage] | tuple[Passage, ...]) -> None:
        self.replaced.append(document.path)
        await super().replace(workspace, document, passages)


def document(path: str, text: str) -> Document:
    return Document(path=path, title=path, text=text, digest=text)


A, B = document("a.md", "# Limits\n\nA limit is a number that holds."), document("b.md", "Kafka is read.")


async def find(knowledge: MemoryKnowledge, text: str) -> list[str]:
    return [one.passage.document for one in await knowledge.search("w", EnrichedQuery(text=text), ANYONE, 5)]


async def test_documents_are_found_after_they_came_in() -> None:
    knowledge = Watched()
    assert await ingest(knowledge, "w", [A, B]) == Ingested(added=("a.md", "b.md"))
    assert await find(knowledge, "kafka") == ["b.md"]
    assert [one.name for one in await knowledge.glossary("w")] == ["limit"]


async def test_only_what_changed_is_read_again() -> None:
    knowledge = Watched()
    await ingest(knowledge, "w", [A, B])
    knowledge.replaced.clear()
    changed = document("b.md", "Pulsar is read.")
    assert await ingest(knowledge, "w", [A, changed]) == Ingested(changed=("b.md",), unchanged=("a.md",))
    assert knowledge.replaced == ["b.md"]
    assert await find(knowledge, "kafka pulsar") == ["b.md"]
    assert await ingest(knowledge, "w", [A, changed]) == Ingested(unchanged=("a.md", "b.md"))


async def test_a_moved_document_is_found_under_its_new_path_only() -> None:
    knowledge = Watched()
    await ingest(knowledge, "w", [A])
    assert await ingest(knowledge, "w", [document("new/a.md", A.text)]) == Ingested(
        added=("new/a.md",), removed=("a.md",)
    )
    assert await find(knowledge, "limit") == ["new/a.md"]


async def test_what_was_deleted_is_no_longer_found_nor_defined() -> None:
    knowledge = Watched()
    await ingest(knowledge, "w", [A, B])
    assert (await ingest(knowledge, "w", [B])).removed == ("a.md",)
    assert await find(knowledge, "limit") == []
    assert await knowledge.glossary("w") == ()


async def test_a_document_that_fails_keeps_what_it_had_and_stops_nothing() -> None:
    knowledge = Watched()
    await ingest(knowledge, "w", [document("c.md", "Old words.")])
    ingested = await ingest(knowledge, "w", [FAILURE, B])
    assert ingested == Ingested(added=("b.md",), failed=(FAILURE,))
    assert await knowledge.failures("w") == (FAILURE,)
    assert await find(knowledge, "old words") == ["c.md"]
    assert (await ingest(knowledge, "w", [B])).removed == ("c.md",)
    assert await knowledge.failures("w") == ()


@pytest.mark.parametrize(("readers", "found"), [(ANYONE, ["c.md"]), (frozenset({"channel:C1"}), [])])
async def test_a_document_that_fails_loses_what_it_had_where_others_could_read_that(readers, found) -> None:
    knowledge = Watched()
    await ingest(knowledge, "w", [document("c.md", "Old words.")])
    await ingest(knowledge, "w", [Failure("c.md", "It is damaged.", readers)])
    assert await find(knowledge, "old words") == found
    assert await knowledge.failures("w") == (Failure("c.md", "It is damaged."),)


async def test_how_long_a_change_waited_is_told_and_new_documents_do_not_count() -> None:
    knowledge, changed_at = Watched(), datetime(2026, 10, 5, tzinfo=UTC)
    assert (await ingest(knowledge, "w", [replace(A, updated=changed_at)])).behind_since is None
    later = replace(A, updated=changed_at + timedelta(hours=3), digest="other")
    assert (await ingest(knowledge, "w", [later, replace(B, updated=changed_at)])).behind_since == later.updated


async def test_workspaces_do_not_touch_each_other() -> None:
    knowledge = Watched()
    await ingest(knowledge, "w", [A])
    await ingest(knowledge, "other", [B])
    assert await find(knowledge, "limit kafka") == ["a.md"]


@pytest.mark.parametrize("documents", [[], [FAILURE]])
async def test_an_empty_source_is_fine(documents: list[Document | Failure]) -> None:
    knowledge = Watched()
    assert (await ingest(knowledge, "w", documents)).held == 0
    assert await find(knowledge, "anything") == []


async def test_progress_names_every_path() -> None:
    told: list[str] = []
    await ingest(Watched(), "w", [A, FAILURE, B], on_progress=told.append)
    assert told == ["a.md", "c.md", "b.md"]
