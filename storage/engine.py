"""The database as the stores use it: short transactions, for reading or for writing, on SQLite or PostgreSQL.

Inside a transaction nothing but the database is awaited. Writers of one process take turns on SQLite, which knows only
one at a time; other processes are waited for.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import URL, Double, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.errors import Misconfigured, Unavailable
from storage.at_once import AtOnce, Writer, set_pragmas
from storage.group import Group, Result, Work
from storage.one_hop import connect
from storage.reader import Reader

SETTING = "DAYTWO_DATABASE_URL"
POSTGRES_SETTINGS = {
    "application_name": "daytwo",
    "timezone": "UTC",
    "statement_timeout": "30000",
    "lock_timeout": "15000",
    "idle_in_transaction_session_timeout": "10000",  # under lock_timeout: a stopped replica gives up its locks first
}
# PostgreSQL's codes for what passes: it stops or starts, has no room for a connection, a lock was waited for too long.
PASSING = ("57P", "53", "55P03")
DAMAGED = re.compile("file is not a database|database disk image is malformed")
# PostgreSQL's codes for what is wrong with the address itself: who connects, to which database, with what rights.
WRONG_ADDRESS = ("28", "3D", "42501")


class Database:
    """An engine, and whose turn it is to write. `named`: what its address was given as, for whoever has to mend it."""

    def __init__(self, engine: AsyncEngine, named: str = SETTING) -> None:
        self.engine = engine
        self.named = named
        self.sqlite = engine.dialect.name == "sqlite"
        self._turn = asyncio.Lock()
        self._writer = Writer(engine.url) if self.sqlite else None
        self._reader = Reader(engine.url) if self.sqlite else None
        self._group = Group(self._write_at_once)

    @asynccontextmanager
    async def read(self, *, snapshot: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection to read from; with `snapshot`, all its statements see the same moment."""
        with told_plainly(self.named):
            async with self.engine.connect() as connection:
                if snapshot and self.sqlite:
                    await connection.exec_driver_sql("BEGIN")
                elif snapshot:
                    await connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield connection

    @asynccontextmanager
    async def look(self, *, snapshot: bool = False) -> AsyncIterator[AsyncConnection]:
        """The same for a few rows: on SQLite its statements run where they stand, and nothing else may be awaited."""
        if self._reader is None:
            async with self.read(snapshot=snapshot) as connection:
                yield connection
            return
        with told_plainly(self.named):
            async with self._reader.look(snapshot=snapshot) as at_once:
                yield cast(AsyncConnection, at_once)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: committed at the end of the block, dropped where the block raises."""
        with told_plainly(self.named):
            if not self.sqlite:
                async with self.engine.begin() as connection:
                    yield connection
                return
            async with self._turn, self.engine.connect() as connection:
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield connection
                await connection.commit()

    @asynccontextmanager
    async def _write_at_once(self) -> AsyncIterator[AtOnce]:
        """The same on SQLite's writer, whose statements are run where they stand: for what is short."""
        assert self._writer
        with told_plainly(self.named):
            async with self._turn, self._writer.transaction() as connection:
                yield connection

    async def apply(self, work: Work[Result]) -> Result:
        """Do a short piece of work in a transaction, committed on return; on SQLite it shares one with what else
        waits. It may be run twice, and it awaits nothing but the connection's `execute`."""
        if self.sqlite:
            return await self._group.apply(work)
        async with self.write() as connection:
            return await work(connection)

    async def close(self) -> None:
        """Let what was begun come to its end, and let go of all connections."""
        await self._group.close()
        if self._writer:
            await self._writer.close()
        if self._reader:
            await self._reader.close()
        await self.engine.dispose()


@contextmanager
def told_plainly(named: str) -> Iterator[None]:
    """Turn what a driver raises into Unavailable where the database cannot be reached, and into Misconfigured where its
    address, as it was `named`, leads nowhere."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout, OSError) as error:
        raise Unavailable("I can't reach the database just now.") from error
    except DBAPIError as error:
        code = str(getattr(error.orig, "sqlstate", ""))
        if error.connection_invalidated or code.startswith(PASSING):
            raise Unavailable("I can't reach the database just now.") from error
        if code.startswith(WRONG_ADDRESS):
            raise Misconfigured(f"{named}: PostgreSQL says {first_line(error.orig)}.") from error
        if DAMAGED.search(str(error.orig)):
            raise Misconfigured(f"{named}: {error.orig}; restore a backup or name another file.") from error
        raise


def first_line(error: object) -> str:
    """What a driver says, without the class that it puts before it."""
    said = str(error).splitlines()[0]
    return re.sub(r"^<class '[^']*'>: ", "", said).rstrip(".")


def open_database(url: str, *, for_walking: bool = False, named: str = SETTING) -> Database:
    """Connect lazily to `sqlite+aiosqlite:///path` or `postgresql+asyncpg://…`; on PostgreSQL `?schema=name` names the
    schema its tables are in. `for_walking`: through whole tables, row by row. `named`: what a wrong address is called.
    Raises Misconfigured."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Misconfigured(
            f"{named} is not a database's address; write sqlite+aiosqlite:///daytwo.db or "
            "postgresql+asyncpg://user:password@host/name."
        ) from error  # it is not repeated here, for it may hold a password
    name = parsed.get_backend_name()
    if name == "sqlite":
        return Database(_open_sqlite(parsed.set(drivername="sqlite+aiosqlite"), for_walking, named), named)
    if name == "postgresql":
        return Database(_open_postgres(parsed.set(drivername="postgresql+asyncpg")), named)
    raise Misconfigured(f"{named}: Daytwo keeps its data in SQLite or PostgreSQL, not in {name}.")


def _open_sqlite(url: URL, for_walking: bool, named: str) -> AsyncEngine:
    if not url.database or url.database == ":memory:":
        raise Misconfigured(f"{named}: a SQLite address needs a file, such as sqlite+aiosqlite:///daytwo.db.")
    folder = Path(url.database).absolute().parent
    if not folder.is_dir():
        raise Misconfigured(f"{named}: there is no folder {folder}; make it, or name another.")
    # The driver must not open transactions of its own: we say BEGIN, so that a write is one from its first statement.
    options = {"isolation_level": None, "timeout": 10.0} | ({} if for_walking else {"async_creator_fn": connect})
    engine = create_async_engine(url, connect_args=options, pool_size=4)
    event.listen(engine.sync_engine, "connect", set_pragmas)
    return engine


def _open_postgres(url: URL) -> AsyncEngine:
    schema = url.query.get("schema")
    settings = POSTGRES_SETTINGS | ({"search_path": str(schema)} if schema else {})
    return create_async_engine(
        url.difference_update_query(["schema"]),
        connect_args={"server_settings": settings, "timeout": 10.0},
        pool_size=10,
        max_overflow=10,
        pool_timeout=15.0,
        pool_pre_ping=True,  # a connection that a restart of the server has cut is replaced, not handed out
    )


class seconds_now(FunctionElement[float]):  # noqa: N801 - reads as the SQL function it is
    """Seconds since 1970 by the database's clock, at the moment of the statement."""

    type = Double()
    inherit_cache = True


@compiles(seconds_now, "sqlite")
def _on_sqlite(_element: object, _compiler: SQLCompiler, **_options: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(seconds_now, "postgresql")
def _on_postgres(_element: object, _compiler: SQLCompiler, **_options: object) -> str:
    return "extract(epoch from clock_timestamp())::float8"
