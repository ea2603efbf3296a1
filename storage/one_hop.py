"""SQLite's connection with one trip to its thread a statement instead of four; the trips cost more than the statements.

A statement is run, its rows fetched and its cursor closed in one go, so all its rows are in memory at once: not for
walking through whole tables.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

import aiosqlite

CHUNK = 64  # rows; what aiosqlite itself takes


class OneHopCursor(aiosqlite.Cursor):
    """A cursor that has all its rows, and is closed, when `execute` returns."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._conn = connection
        self._rows: deque[Any] = deque()
        self._described: Any = None
        self._counted = -1
        self._last: int | None = None

    async def __aenter__(self) -> OneHopCursor:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> OneHopCursor:
        await self._hop(self._run, sqlite3.Connection.execute, sql, parameters or ())
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> OneHopCursor:
        await self._hop(self._run, sqlite3.Connection.executemany, sql, parameters)
        return self

    async def _hop(self, work: Callable[..., None], *parameters: Any) -> None:
        await cast(Any, self._conn)._execute(work, *parameters)

    def _run(self, call: Callable[..., sqlite3.Cursor], sql: str, parameters: Any) -> None:
        cursor = call(self._conn._conn, sql, parameters)
        self._described = cursor.description
        self._rows = deque(cursor.fetchall() if cursor.description else ())
        self._counted, self._last = cursor.rowcount, cursor.lastrowid
        cursor.close()

    async def fetchall(self) -> Iterable[Any]:
        rows, self._rows = self._rows, deque()
        return rows

    async def close(self) -> None:
        self._rows.clear()

    @property
    def description(self) -> Any:
        return self._described

    @property
    def rowcount(self) -> int:
        return self._counted

    @property
    def lastrowid(self) -> int | None:
        return self._last


class OneHopConnection(aiosqlite.Connection):
    """A connection whose cursors make one trip a statement."""

    async def _connect(self) -> aiosqlite.Connection:
        """Connect; where that fails, wait for the thread, which would else report to an event loop that is closed."""
        try:
            return await super()._connect()
        except BaseException:
            await asyncio.to_thread(self._thread.join)
            raise

    def cursor(self) -> Any:
        return OneHopCursor(self)


def connect(database: str, **options: Any) -> OneHopConnection:
    """A connection to await; `options` are those of sqlite3.connect."""
    connection = OneHopConnection(partial(sqlite3.connect, database, **options), CHUNK)
    connection._thread.daemon = True  # a connection that was left open does not keep the process from ending
    return connection
