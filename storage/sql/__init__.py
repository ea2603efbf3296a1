"""Every store in a database, SQLite or PostgreSQL, by one code path."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.ports import Pace, Stores
from storage.engine import Database, open_database
from storage.migrate import migrate as bring_up_to_date
from storage.sql.consents import SqlConsents
from storage.sql.conversations import SqlConversations
from storage.sql.inbox import SqlInbox
from storage.sql.journal import SqlJournal
from storage.sql.knowledge import SqlKnowledge
from storage.sql.links import SqlLinks
from storage.sql.outbox import SqlOutbox
from storage.sql.pilots import SqlPilots
from storage.sql.self_models import SqlSelfModels
from storage.sql.vault import SqlVault

if TYPE_CHECKING:
    from bot.knowledge.vectors import Embedder


@asynccontextmanager
async def open_sql(
    url: str, *, migrate: bool = True, paces: Mapping[str, Pace] | None = None, embedder: Embedder | None = None
) -> AsyncIterator[Stores]:
    """The stores at `sqlite+aiosqlite:///path` or `postgresql+asyncpg://…`, their tables brought up to date first.
    `paces`: how fast each platform takes messages. `embedder`: search by meaning, too."""
    database = open_database(url)
    try:
        if migrate:
            await bring_up_to_date(database)
        yield make_stores(database, paces or {}, embedder)
    finally:
        await database.close()


def make_stores(database: Database, paces: Mapping[str, Pace], embedder: Embedder | None = None) -> Stores:
    """Every store on one database."""
    return Stores(
        journal=SqlJournal(database),
        self_models=SqlSelfModels(database),
        consents=SqlConsents(database),
        knowledge=SqlKnowledge(database, embedder),
        pilots=SqlPilots(database),
        inbox=SqlInbox(database),
        outbox=SqlOutbox(database, paces),
        conversations=SqlConversations(database),
        vault=SqlVault(database),
        links=SqlLinks(database),
    )
