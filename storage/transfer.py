"""Everything a database holds, carried over to another one: backup, restore, and the move from SQLite to PostgreSQL.

One way for all three: the source is read as of one moment, the target filled in one transaction and then compared with
the source row by row before that transaction is committed. A backup is a SQLite file, whatever it was made from.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Select, String, Table, exists, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DaytwoError, Refused
from storage.engine import SETTING, Database, open_database
from storage.migrate import migrate
from storage.tables import METADATA

BATCH = 500  # rows in hand at a time


class Differs(DaytwoError):
    """What arrived is not what was sent."""


async def back_up(url: str, file: Path) -> Mapping[str, int]:
    """Write everything at `url` to a new SQLite file; table -> rows. Raises Refused where the file is there already."""
    partial = _make_room(file)
    try:
        rows = await move(url, f"sqlite+aiosqlite:///{partial}", names=(SETTING, str(file)))
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    return rows


async def restore(file: Path, url: str) -> Mapping[str, int]:
    """Fill the empty database at `url` from a backup; table -> rows. The backup itself is not changed, also where it
    was made by an older version. Raises Refused where there is no such file or the database is not empty."""
    with tempfile.TemporaryDirectory() as folder:
        copied = _copy_file(file, Path(folder))
        return await move(f"sqlite+aiosqlite:///{copied}", url, names=(str(file), SETTING))


def _make_room(file: Path) -> Path:
    """Where to write a file until it is whole."""
    if file.exists():
        raise Refused(f"{file} is there already; name a file that is not.")
    partial = file.with_name(file.name + ".partial")
    partial.unlink(missing_ok=True)
    return partial


def _copy_file(file: Path, folder: Path) -> Path:
    if not file.is_file():
        raise Refused(f"There is no file {file} to restore from.")
    return Path(shutil.copy(file, folder))


async def move(url: str, to: str, *, names: tuple[str, str] = (SETTING, "--to")) -> Mapping[str, int]:
    """Copy everything at `url` into the empty database at `to`, brought up to date first, and check it row by row;
    table -> rows. `names`: what the two addresses were given as. Raises Refused where the target holds anything,
    Differs where a row arrived changed, Misconfigured where an address leads nowhere."""
    source, target = (
        open_database(one, for_walking=True, named=named) for one, named in zip((url, to), names, strict=True)
    )
    try:
        await migrate(source)
        await migrate(target)
        async with source.read(snapshot=True) as reading, target.write() as writing:
            return await _copy_all(reading, writing)
    finally:
        await source.close()
        await target.close()


async def check(database: Database) -> str:
    """What a database's own integrity check finds wrong; "" for nothing (PostgreSQL has none to ask)."""
    if not database.sqlite:
        return ""
    async with database.read() as connection:
        found = (await connection.execute(text("PRAGMA integrity_check"))).scalars().all()
    return "" if found == ["ok"] else "; ".join(found)


async def _copy_all(source: AsyncConnection, target: AsyncConnection) -> dict[str, int]:
    await _refuse_rows(target)
    copied = {}
    for table in METADATA.sorted_tables:
        copied[table.name] = await _copy(source, target, table)
        await compare(source, target, table)
        await _count_on(target, table)
    return copied


async def _refuse_rows(target: AsyncConnection) -> None:
    for table in METADATA.sorted_tables:
        if (await target.execute(select(exists(select(1).select_from(table))))).scalar():
            raise Refused(f"The database to fill already holds rows (in {table.name}); name an empty one.")


async def _copy(source: AsyncConnection, target: AsyncConnection, table: Table) -> int:
    copied = 0
    async with source.stream(select(table)) as rows:
        async for batch in rows.mappings().partitions(BATCH):
            await target.execute(table.insert(), [dict(row) for row in batch])
            copied += len(batch)
    return copied


async def compare(source: AsyncConnection, target: AsyncConnection, table: Table) -> None:
    """Walk both tables in the order of their keys; raise Differs at the first row that is not the same."""
    arrived = _walk(target, table)
    async for sent in _walk(source, table):
        received = await anext(arrived, None)
        if received is None or tuple(received) != tuple(sent):
            raise Differs(f"A row of {table.name} did not arrive as it was sent: {_key(sent, table)}.")
    if await anext(arrived, None) is not None:
        raise Differs(f"More rows of {table.name} arrived than were sent.")


async def _walk(connection: AsyncConnection, table: Table) -> AsyncIterator[Row[Any]]:
    async with connection.stream(_in_order(connection, table)) as rows:
        async for row in rows:
            yield row


def _in_order(connection: AsyncConnection, table: Table) -> Select[Any]:
    """All rows, by key; words by their bytes, so that both databases sort them alike."""
    by_bytes = "C" if connection.dialect.name == "postgresql" else "BINARY"
    keys = [key.collate(by_bytes) if isinstance(key.type, String) else key for key in table.primary_key]
    return select(table).order_by(*keys)


def _key(row: Row[Any], table: Table) -> str:
    return ", ".join(f"{key.name} {row._mapping[key.name]!r}" for key in table.primary_key)


async def _count_on(target: AsyncConnection, table: Table) -> None:
    """Let a column that PostgreSQL counts up go on after the highest number that arrived."""
    column = table.autoincrement_column
    if column is None or target.dialect.name != "postgresql":
        return
    highest = (await target.execute(select(func.max(column)))).scalar()
    if highest is not None:
        sequence = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
        await target.execute(select(func.setval(sequence, highest)))
