"""SQLite's connection for looking up a few rows: statements run where they stand, without a trip to a thread.

Finding rows by their key takes microseconds, and a trip to a thread and back ten times as long. In write-ahead mode a
reader waits for nobody. What reads through many rows belongs in a thread, so that the event loop goes on meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL, Connection, StaticPool, create_engine, event

from storage.at_once import AtOnce, set_pragmas

PATIENCE = 250  # milliseconds that a lock is waited for: there is one only while a database is restored or recovered


class Reader:
    """The connection, opened when it is first used."""

    def __init__(self, url: URL) -> None:
        options = {"isolation_level": None, "check_same_thread": False}
        self._engine = create_engine(url.set(drivername="sqlite"), connect_args=options, poolclass=StaticPool)
        event.listen(self._engine, "connect", set_pragmas)
        event.listen(self._engine, "connect", _only_read)
        self._opening = asyncio.Lock()
        self._connection: Connection | None = None

    @asynccontextmanager
    async def look(self, *, snapshot: bool = False) -> AsyncIterator[AtOnce]:
        """The connection, for statements alone: nothing else may be awaited in the block, because it is shared. With
        `snapshot`, all its statements see the same moment."""
        connection = self._connection or await self._open()
        try:
            if snapshot:
                connection.exec_driver_sql("BEGIN")
            yield AtOnce(connection)
        finally:
            connection.rollback()

    async def close(self) -> None:
        """Let go of the connection."""
        if self._connection:
            self._connection.close()
        self._engine.dispose()

    async def _open(self) -> Connection:
        async with self._opening:
            if self._connection is None:
                self._connection = await asyncio.to_thread(self._engine.connect)
        return self._connection


def _only_read(connection: object, _record: object) -> None:
    execute = connection.execute  # type: ignore[attr-defined]
    execute(f"PRAGMA busy_timeout = {PATIENCE}")
    execute("PRAGMA query_only = ON")
