"""The inserts that both databases know but SQLAlchemy spells apart, built once a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Values = Mapping[str, Any]


def insert(connection: AsyncConnection, table: Table) -> Any:
    """The dialect's own INSERT, which knows ON CONFLICT."""
    return _insert(connection.dialect.name, table)


async def put(connection: AsyncConnection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows, each in place of the one with its primary key."""
    if rows:
        await connection.execute(_put(connection.dialect.name, table), list(rows))


async def put_where(
    connection: AsyncConnection, table: Table, rows: Sequence[Values], replaceable: ColumnElement[bool]
) -> None:
    """Insert rows, each in place of the one with its primary key where that one may be replaced."""
    if rows:
        statement = _insert(connection.dialect.name, table)
        changes = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
        replacing = statement.on_conflict_do_update(
            index_elements=list(table.primary_key), set_=changes, where=replaceable
        )
        await connection.execute(replacing, list(rows))


async def add(connection: AsyncConnection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows that are not there yet."""
    if rows:
        await connection.execute(_insert(connection.dialect.name, table), list(rows))


async def add_missing(connection: AsyncConnection, table: Table, row: Values) -> bool:
    """Insert a row unless one like it is there, by any of the table's keys; whether it was inserted."""
    result = await connection.execute(_add_missing(connection.dialect.name, table), dict(row))
    return bool(result.rowcount == 1)


@cache
def _insert(dialect: str, table: Table) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _put(dialect: str, table: Table) -> Any:
    statement = _insert(dialect, table)
    changes = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changes)


@cache
def _add_missing(dialect: str, table: Table) -> Any:
    return _insert(dialect, table).on_conflict_do_nothing()
