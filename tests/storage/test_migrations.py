"""Migrations make the tables, all of them and nothing else, and running them again changes nothing."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Date, MetaData, String, Table, insert, select

from storage.engine import open_database
from storage.migrate import HEAD, MIGRATIONS, find_version, migrate
from storage.tables import METADATA, DigestRow, PilotRow, StepRow, UtcDateTime, table_of

PILOT = {"id": "p1", "workspace": "W1", "body": "{}"}
DIGEST = {"pilot": "p1", "day": date(2026, 3, 2), "body": "{}"}
STEP = {"pilot": "p1", "step": "s1", "at": datetime(2026, 3, 2, 8, tzinfo=UTC)}
TYPES = {"at": UtcDateTime(), "day": Date()}


def find_differences(connection: Connection) -> list[object]:
    """What the tables in code and in the database differ in, types and defaults included."""
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), METADATA))


async def test_migrations_make_exactly_the_tables(bare_url: str) -> None:
    database = open_database(bare_url)
    await migrate(database)
    async with database.read() as connection:
        assert await connection.run_sync(find_differences) == []
        assert await connection.run_sync(find_version) == HEAD
    await database.close()


async def test_replicas_that_start_together_migrate_once(bare_url: str) -> None:
    databases = [open_database(bare_url) for _ in range(3)]
    await asyncio.gather(*(migrate(database) for database in databases))
    await migrate(databases[0])
    async with databases[1].read() as connection:
        assert await connection.run_sync(find_version) == HEAD
    for database in databases:
        await database.close()


async def test_pilots_of_before_their_keys_had_a_workspace_keep_their_digests_and_steps(bare_url: str) -> None:
    database = open_database(bare_url)
    async with database.write() as connection:
        await connection.run_sync(upgrade_to, "0005")
        for table, row in (("pilot", PILOT), ("digest", DIGEST), ("step", STEP)):
            columns = [Column(name, TYPES.get(name, String())) for name in row]
            await connection.execute(insert(Table(table, MetaData(), *columns)).values(row))
    await migrate(database)
    async with database.read() as connection:
        kept = (await connection.execute(select(table_of(DigestRow)))).mappings().one()
        done = (await connection.execute(select(table_of(StepRow)))).mappings().one()
        pilot = (await connection.execute(select(table_of(PilotRow)))).mappings().one()
    await database.close()
    assert dict(kept) == {**DIGEST, "workspace": "W1", "member": "", "day": date(2026, 3, 2)}
    assert dict(done) == {**STEP, "workspace": "W1"}
    assert dict(pilot) == PILOT


def upgrade_to(connection: Connection, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def test_the_newest_migration_is_the_one_that_is_looked_for() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD
