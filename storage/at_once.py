"""SQLite's one writing connection: statements run where they stand, and only the write to disk waits in a thread.

A statement takes microseconds and a trip to a thread and back more than a hundred of them, at whose end the event loop
may be busy; a transaction made of such trips holds the only lock for as long. Here it holds it for its statements and
its commit.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, Engine, Executable, StaticPool, create_engine, event
from sqlalchemy.exc import OperationalError

PRAGMAS = (
    "PRAGMA busy_timeout = 10000",  # first, because to go over to WAL may itself have to wait
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what was acknowledged survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what was forgotten does not linger in free pages
)
PATIENCE = 10.0  # seconds that another process's transaction is waited for
LOOK = 0.001  # seconds between two looks at it; SQLite's own waits grow to a tenth of a second


class AtOnce:
    """A blocking connection in the shape of an awaited one: no call of it ever gives way to the event loop."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.dialect = connection.dialect

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        return self._connection.execute(statement, parameters)


class Writer:
    """The connection, opened when it is first used, and the thread that commits."""

    def __init__(self, url: URL) -> None:
        self._engine = _open(url)
        self._connection: Connection | None = None
        self._thread = ThreadPoolExecutor(1, "commit")

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AtOnce]:
        """A transaction, committed at the end of the block, dropped where the block raises; one at a time."""
        if self._connection is None:
            self._connection = await self._in_thread(self._engine.connect)
        connection = self._connection
        try:
            await _begin(connection)
            yield AtOnce(connection)
            await self._in_thread(connection.commit)
        except BaseException:
            connection.rollback()
            raise

    async def close(self) -> None:
        """Let go of the connection."""
        if self._connection:
            await self._in_thread(self._connection.close)
        self._engine.dispose()
        self._thread.shutdown()

    async def _in_thread(self, work: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


async def _begin(connection: Connection) -> None:
    """Take SQLite's only lock; raises OperationalError where another process holds it for too long."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            connection.rollback()
            if not _is_busy(error.orig) or time.monotonic() > until:
                raise
        await asyncio.sleep(LOOK)


def set_pragmas(connection: Any, _record: object = None) -> None:
    """Set up a new connection. To go over to WAL needs the file for itself, and does not wait for it on its own."""
    cursor = connection.cursor()
    until = time.monotonic() + PATIENCE
    for pragma in PRAGMAS:
        while True:
            try:
                cursor.execute(pragma)
                break
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or time.monotonic() > until:
                    raise
                time.sleep(LOOK)
    cursor.close()


def _is_busy(error: object) -> bool:
    """Whether another process has the lock."""
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _open(url: URL) -> Engine:
    options = {"isolation_level": None, "timeout": PATIENCE, "check_same_thread": False}
    engine = create_engine(url.set(drivername="sqlite"), connect_args=options, poolclass=StaticPool)
    event.listen(engine, "connect", set_pragmas)
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout = 0"))
    return engine
