"""Bring a database's tables up to date, by the migrations packaged beside the tables."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.engine import Database

HEAD = "0011"  # the newest migration: a database that has it is left alone without importing Alembic
MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_214_001  # PostgreSQL's advisory lock that lets one replica migrate while the others wait


async def migrate(database: Database) -> None:
    """Run the migrations that are still missing, in one transaction; one process does it, others wait for it."""
    async with database.read() as connection:
        if await connection.run_sync(find_version) == HEAD:
            return
    async with database.write() as connection:
        if not database.sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        await connection.run_sync(_upgrade)


def find_version(connection: Connection) -> str:
    """The newest migration a database has had; "" if none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
