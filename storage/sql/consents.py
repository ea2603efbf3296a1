"""Consents in a database."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from bot.trust.model import Consent
from bot.turn import Member
from storage.engine import Database
from storage.sql.statements import put
from storage.tables import ConsentRow, table_of

CONSENTS = table_of(ConsentRow)


class SqlConsents:
    """What each member agreed to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, member: Member) -> Consent:
        whose = {"of_workspace": member.workspace, "of_member": member.id}
        async with self._database.look() as connection:
            row = (await connection.execute(_select(), whose)).one_or_none()
        if row is None:
            return Consent(member=member)
        return Consent(
            member=member,
            modelling=row.modelling,
            paused=row.paused,
            private_in_public=row.private_in_public,
            named_to_champion=row.named_to_champion,
            at=row.at,
        )

    async def save(self, consent: Consent) -> None:
        row = {
            "workspace": consent.member.workspace,
            "member": consent.member.id,
            "modelling": consent.modelling,
            "paused": consent.paused,
            "private_in_public": consent.private_in_public,
            "named_to_champion": consent.named_to_champion,
            "at": consent.at,
        }
        await self._database.apply(lambda connection: put(connection, CONSENTS, [row]))


@cache  # building a statement takes longer than running it
def _select() -> Any:
    whose = (CONSENTS.c.workspace == bindparam("of_workspace"), CONSENTS.c.member == bindparam("of_member"))
    return select(CONSENTS).where(*whose)
