"""What all tables share; whoever changes a table adds a migration beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, Table, Text, TypeDecorator
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
COUNTER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only a column of type INTEGER


class SqliteMoment(sqlite.DATETIME):
    """A moment as SQLite keeps it: ISO 8601 in UTC with its offset, always of one length, so that it sorts as text.

    It is read by the standard library's parser, several times faster than by the dialect's own and a second step.
    """

    def bind_processor(self, dialect: Dialect) -> Any:
        return lambda value: value and value.isoformat(" ", "microseconds")

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        parse = datetime.fromisoformat
        return lambda value: value and parse(value)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware going in, kept as UTC, aware UTC coming out, also where the database keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            cast(Any, SqliteMoment)() if dialect.name == "sqlite" else DateTime(timezone=True)
        )

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        return value.astimezone(UTC)


def moment(**options: Any) -> Any:
    """A column of moments."""
    return Field(sa_type=UtcDateTime, **options)


def words(**options: Any) -> Any:
    """A column of words of any length."""
    return Field(sa_type=Text, **options)


def counter(**options: Any) -> Any:
    """A column the database counts up."""
    return Field(default=None, sa_type=cast(Any, COUNTER), **options)


class Row(SQLModel):
    """What all tables share: one catalogue, with names for constraints that both databases agree on."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def table_of(row: type[Row]) -> Table:
    """The table behind a row class, for statements."""
    return cast(Table, cast(Any, row).__table__)
