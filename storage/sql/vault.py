"""Sealed secrets in a database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.sql.statements import add_missing
from storage.tables import SecretRow, table_of

SECRETS = table_of(SecretRow)


class SqlVault:
    """Sealed secrets, changed only by whoever knows what they were."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, key: str) -> str | None:
        query = select(SECRETS.c.sealed).where(SECRETS.c.key == key)
        async with self._database.read() as connection:
            sealed: str | None = (await connection.execute(query)).scalar_one_or_none()
        return sealed

    async def swap(self, workspace: str, key: str, before: str | None, after: str | None) -> bool:
        async def work(connection: AsyncConnection) -> bool:
            if before is None:
                row = {"key": key, "workspace": workspace, "sealed": after}
                return after is None or await add_missing(connection, SECRETS, row)
            same = (SECRETS.c.key == key, SECRETS.c.sealed == before)
            change = delete(SECRETS) if after is None else update(SECRETS).values(sealed=after)
            return bool((await connection.execute(change.where(*same))).rowcount == 1)

        return await self._database.apply(work)

    async def all(self, prefix: str) -> Mapping[str, str]:
        query = select(SECRETS.c.key, SECRETS.c.sealed).where(SECRETS.c.key.startswith(prefix, autoescape=True))
        async with self._database.read() as connection:
            found = await connection.execute(query.order_by(SECRETS.c.key))
            return {row.key: row.sealed for row in found}
