"""Which accounts are one person's, in a database."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select

from bot.trust.model import Offer
from bot.turn import Member
from storage.engine import Database
from storage.sql.statements import put
from storage.tables import LinkRow, OfferRow, table_of

LINKS, OFFERS = table_of(LinkRow), table_of(OfferRow)


class SqlLinks:
    """Which accounts are one person's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def offer(self, offer: Offer) -> None:
        row = {
            "workspace": offer.member.workspace,
            "member": offer.member.id,
            "code": offer.code,
            "email": offer.email,
            "ends": offer.ends,
        }
        await self._database.apply(lambda connection: put(connection, OFFERS, [row]))

    async def redeem(self, code: str, now: datetime) -> Offer | None:
        async with self._database.write() as connection:
            taken = delete(OFFERS).where(OFFERS.c.code == code).returning(OFFERS)
            row = (await connection.execute(taken)).one_or_none()
        if row is None or row.ends <= now:
            return None
        return Offer(member=Member(row.workspace, row.member), code=row.code, email=row.email, ends=row.ends)

    async def link(self, member: Member, main: Member) -> None:
        row = {
            "workspace": member.workspace,
            "member": member.id,
            "main_workspace": main.workspace,
            "main_member": main.id,
        }
        await self._database.apply(lambda connection: put(connection, LINKS, [row]))

    async def unlink(self, member: Member) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(LINKS).where(or_(_is(member), _is_main(member))))

    async def main(self, member: Member) -> Member:
        whose = {"of_workspace": member.workspace, "of_member": member.id}
        async with self._database.look() as connection:
            row = (await connection.execute(_select_main(), whose)).one_or_none()
        return Member(row.main_workspace, row.main_member) if row else member

    async def linked(self, main: Member) -> tuple[Member, ...]:
        query = select(LINKS.c.workspace, LINKS.c.member).where(_is_main(main))
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(sorted(Member(row.workspace, row.member) for row in rows))


def _is(member: Member) -> Any:
    return and_(LINKS.c.workspace == member.workspace, LINKS.c.member == member.id)


def _is_main(member: Member) -> Any:
    return and_(LINKS.c.main_workspace == member.workspace, LINKS.c.main_member == member.id)


@cache  # building a statement takes longer than running it
def _select_main() -> Any:
    whose = (LINKS.c.workspace == bindparam("of_workspace"), LINKS.c.member == bindparam("of_member"))
    return select(LINKS.c.main_workspace, LINKS.c.main_member).where(*whose)
