"""`daytwo documents`: take the documents in, and say what is held, how old it is, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.running import now, progress, run

if TYPE_CHECKING:
    from rich.table import Table

    from adapters.documents import Source
    from bot.flows.ingest import Ingested
    from bot.flows.means import Means
    from bot.knowledge.model import Passage
    from bot.settings import Settings

Docs = Annotated[Path | None, typer.Option(help="The folder of documents; by default DAYTWO_SOURCES or DAYTWO_DOCS.")]


def documents(docs: Docs = None) -> None:
    """Take in what is new or changed, and list what is held: passages, age and readers of each document; failures."""
    run(show(docs))


async def show(docs: Path | None) -> None:
    """Sync, then print the table."""
    from rich.console import Console

    from bot.settings import read_settings
    from bot.wiring import open_means

    settings = read_settings()
    console = Console()
    async with open_means(settings) as means:
        ingested = await sync(means, settings.workspace, find_sources(settings, docs))
        passages = await means.stores.knowledge.passages(settings.workspace)
    console.print(make_table(passages, now()))
    console.print(tell_sync(ingested, now()))
    for problem in tell_problems(ingested, passages):
        console.print(f"[yellow]{problem}[/]")


def find_sources(settings: Settings, docs: Path | None = None) -> tuple[Source, ...]:
    """Where documents come from: the folder given on the command line, the sources' file, or the one folder set."""
    from adapters.documents import Source, read_sources

    if docs is None and settings.sources is not None:
        return read_sources(settings.sources)
    return (Source(docs or settings.docs),)


async def take_in(means: Means, workspace: str, sources: Sequence[Source]) -> tuple[str, ...]:
    """Sync the sources; what could not be read, in sentences."""
    ingested = await sync(means, workspace, sources)
    return tell_problems(ingested, await means.stores.knowledge.passages(workspace))


async def sync(means: Means, workspace: str, sources: Sequence[Source]) -> Ingested:
    """Make the knowledge base hold what the sources hold. Files are read beside whatever else is going on."""
    import asyncio

    from adapters.documents import read_documents
    from bot.flows.ingest import ingest

    found = read_documents(sources)
    with progress("reading the documents", None) as step:
        read = await asyncio.to_thread(list, found)
        return await ingest(means.stores.knowledge, workspace, read, on_progress=step)


def make_table(passages: Sequence[Passage], now: datetime) -> Table:
    """The documents held, each with its passages, age and readers."""
    from rich.table import Table

    counts = Counter(one.document for one in passages)
    firsts = {one.document: one for one in reversed(passages)}
    title = f"documents: {len(counts)}, passages: {len(passages)}"
    table = Table("document", "passages", "age", "read by", title=title)
    for name in sorted(counts):
        updated = firsts[name].updated
        age = tell_span(now - updated) if updated else "unknown"
        table.add_row(name, str(counts[name]), age, ", ".join(sorted(firsts[name].readers)))
    return table


def tell_sync(ingested: Ingested, now: datetime) -> str:
    """What this sync did, and how far behind the knowledge base had been."""
    counts = f"{len(ingested.added)} new, {len(ingested.changed)} changed, {len(ingested.removed)} removed"
    lag = f"; the oldest change had waited {tell_span(now - ingested.behind_since)}" if ingested.behind_since else ""
    return f"Taken in now: {counts}, {len(ingested.failed)} failed{lag}."


def tell_span(span: timedelta) -> str:
    """A span of time in its largest unit: 3 d, 5 h, 12 min."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes >= 24 * 60:
        return f"{minutes // (24 * 60)} d"
    return f"{minutes // 60} h" if minutes >= 60 else f"{minutes} min"


def tell_problems(ingested: Ingested, passages: Sequence[Passage]) -> tuple[str, ...]:
    """What could not be read, and that nothing is held where that is so."""
    problems = tuple(f"{one.path}: {one.reason}" for one in ingested.failed)
    if not passages:
        problems += ("No document that can be read is there: every question will be declined. Add some.",)
    return problems
