"""Deleting all that is kept of a workspace, when it has left for good."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, update

from storage.engine import open_database
from storage.tables import METADATA, KnowledgeRow, LinkRow, table_of

KNOWLEDGE = table_of(KnowledgeRow)  # a counter that indexes follow: it must never begin anew
LINKS = table_of(LinkRow)


async def erase_workspace(url: str, workspace: str) -> Mapping[str, int]:
    """Delete every row of a workspace for good, in one transaction; table -> rows. Raises Unavailable."""
    database, rows = open_database(url), {}
    try:
        async with database.write() as connection:
            for table in reversed(METADATA.sorted_tables):
                if "workspace" not in table.c or table is KNOWLEDGE:
                    continue
                done = await connection.execute(delete(table).where(table.c.workspace == workspace))
                if done.rowcount:
                    rows[table.name] = done.rowcount
            await connection.execute(delete(LINKS).where(LINKS.c.main_workspace == workspace))
            changed = update(KNOWLEDGE).values(revision=KNOWLEDGE.c.revision + 1)
            await connection.execute(changed.where(KNOWLEDGE.c.workspace == workspace))
    finally:
        await database.close()
    return rows
