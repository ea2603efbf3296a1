"""The stores under test: every form of them, each empty."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from bot.ports import Stores
from storage.memory import open_memory
from storage.sql import open_sql
from storage.tables import METADATA

sys.path.insert(0, str(Path(__file__).parent))  # for the samples beside this file

DATABASES = ("sqlite", "postgresql")
SERVER = os.environ.get("DAYTWO_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")


@pytest.fixture(scope="session")
def server() -> str:
    """The PostgreSQL server's address; without one that answers, skips with the reason, or fails where CI is set."""
    try:
        asyncio.run(run_on_server("SELECT 1"))
    except (OSError, asyncpg.PostgresError) as error:
        fault = f"no PostgreSQL at {SERVER} ({error}); set DAYTWO_TEST_POSTGRES_URL to one that answers"
        if os.environ.get("CI") == "true":
            pytest.fail(fault)
        pytest.skip(fault)
    return SERVER


async def run_on_server(statement: str) -> None:
    """Run one statement on the test server."""
    connection = await asyncpg.connect(SERVER, timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@contextmanager
def fresh_schema() -> Iterator[str]:
    """The address of a schema of its own on the server, so that runs beside each other do not meet."""
    schema = f"test_{secrets.token_hex(6)}"
    asyncio.run(run_on_server(f"CREATE SCHEMA {schema}"))
    yield f"{SERVER.replace('postgresql://', 'postgresql+asyncpg://')}?schema={schema}"
    asyncio.run(run_on_server(f"DROP SCHEMA {schema} CASCADE"))


async def migrate(url: str) -> None:
    """Bring a database's tables up to date."""
    async with open_sql(url):
        pass


@pytest.fixture(scope="session")
def postgresql(server: str) -> Iterator[str]:
    """The address of a schema with tables, shared by the run; whoever uses it empties it first."""
    with fresh_schema() as url:
        asyncio.run(migrate(url))
        yield url


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with tables and no rows, to copy."""
    path = tmp_path_factory.mktemp("storage") / "empty.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(params=DATABASES)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"
        return
    request.getfixturevalue("server")
    with fresh_schema() as url:
        yield url


def prepare(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """The address of a database with tables and no rows."""
    if kind == "sqlite":
        path = folder / "test.db"
        shutil.copy(request.getfixturevalue("sqlite"), path)
        return f"sqlite+aiosqlite:///{path}"
    url: str = request.getfixturevalue("postgresql")
    schema = url.rpartition("=")[2]
    tables = reversed(METADATA.sorted_tables)  # emptied row by row, which for few rows is faster than TRUNCATE
    asyncio.run(run_on_server("; ".join(f'DELETE FROM {schema}."{table.name}"' for table in tables)))
    return url


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with tables and no rows, of each kind."""
    return prepare(request.param, request, tmp_path)


@pytest.fixture(params=("memory", *DATABASES))
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where empty stores are, of each form; "" for memory."""
    return prepare(request.param, request, tmp_path) if request.param in DATABASES else ""


@pytest.fixture
async def stores(address: str) -> AsyncIterator[Stores]:
    """Empty stores, of each form."""
    if not address:
        yield open_memory()
        return
    async with open_sql(address, migrate=False) as opened:
        yield opened
