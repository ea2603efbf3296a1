"""What becomes of connections that are cut, locks that others hold, and clocks that are wrong."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import run_on_server
from sqlalchemy import make_url, text

import storage
from bot.errors import Misconfigured, Unavailable
from bot.ports import Event
from storage.engine import Database, open_database
from storage.sql import make_stores

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OWN_CLOCK = re.compile(r"time\.time\(|datetime\.now\(|utcnow\(|date\.today\(")


def make_event(name: str) -> Event:
    return Event(platform="slack", id=name, workspace="W1", conversation=name, body={}, received_at=AT)


async def cut_connections(database: Database, many: int) -> None:
    """What a restart of the server does to a pool: every connection in it is gone."""

    async def find_own() -> int:
        async with database.read() as connection:
            pid = (await connection.execute(text("SELECT pg_backend_pid(), pg_sleep(0.1)"))).scalar_one()
            return int(pid)

    for pid in {await one for one in [asyncio.create_task(find_own()) for _ in range(many)]}:
        await run_on_server(f"SELECT pg_terminate_backend({pid})")


async def test_a_pool_whose_connections_were_cut_goes_on(request: pytest.FixtureRequest, postgresql: str) -> None:
    database = open_database(postgresql)
    try:
        stores = make_stores(database, {})
        await cut_connections(database, 5)
        names = [f"{request.node.name}-{number}" for number in range(5)]
        assert await asyncio.gather(*(stores.inbox.receive(make_event(name)) for name in names)) == [True] * 5
        await cut_connections(database, 5)
        assert (await stores.inbox.depths())["waiting"] >= 5
    finally:
        await database.close()


async def test_a_statement_that_is_cut_off_is_unavailable(postgresql: str) -> None:
    database = open_database(postgresql)

    async def wait_long() -> None:
        async with database.read() as connection:
            pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            cutting = asyncio.create_task(run_on_server(f"SELECT pg_sleep(0.2), pg_terminate_backend({int(pid)})"))
            try:
                await connection.execute(text("SELECT pg_sleep(30)"))
            finally:
                await cutting

    try:
        with pytest.raises(Unavailable):
            await wait_long()
    finally:
        await database.close()


@pytest.fixture
def shared(sqlite: Path, tmp_path: Path) -> Path:
    """A file that another process has open too."""
    return Path(shutil.copy(sqlite, tmp_path / "shared.db"))


async def test_a_lock_that_another_process_holds_is_waited_for(shared: Path) -> None:
    other = sqlite3.connect(shared, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database = open_database(f"sqlite+aiosqlite:///{shared}")
    try:
        receiving = asyncio.create_task(make_stores(database, {}).inbox.receive(make_event("e1")))
        done, _ = await asyncio.wait({receiving}, timeout=0.2)
        assert not done
        other.execute("COMMIT")
        assert await receiving
    finally:
        other.close()
        await database.close()


async def test_a_lock_that_is_held_for_too_long_is_unavailable(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.at_once.PATIENCE", 0.1)
    other = sqlite3.connect(shared, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database = open_database(f"sqlite+aiosqlite:///{shared}")
    try:
        inbox = make_stores(database, {}).inbox
        with pytest.raises(Unavailable):
            await inbox.receive(make_event("e1"))
        other.execute("COMMIT")
        assert await inbox.receive(make_event("e1"))
    finally:
        other.close()
        await database.close()


def test_no_replicas_own_clock_decides_who_may_work_on_what() -> None:
    """A process whose clock is minutes off leases, waits and retries as all others do: by the database's clock."""
    folder = Path(storage.__file__).parent
    own = [
        file.name for file in folder.rglob("*.py") if "memory" not in file.parts and OWN_CLOCK.search(file.read_text())
    ]
    assert own == []


@pytest.mark.parametrize(("part", "wrong"), [("user", "nobody-here"), ("database", "nothing-here")])
async def test_an_address_that_postgresql_refuses_is_named(postgresql: str, part: str, wrong: str) -> None:
    url = make_url(postgresql)
    changed = url.set(username=wrong, password="hunter2") if part == "user" else url.set(database=wrong)
    database = open_database(changed.render_as_string(hide_password=False))
    try:
        with pytest.raises(Misconfigured, match=f"DAYTWO_DATABASE_URL: PostgreSQL says .*{wrong}") as told:
            await database.apply(lambda connection: connection.execute(text("SELECT 1")))
        assert "hunter2" not in str(told.value)
    finally:
        await database.close()
