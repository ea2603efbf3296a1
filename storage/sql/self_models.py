"""Self-models in a database: one transaction a load, a save or an erasure; a save writes only what changed.

The head row's version guards the whole: whoever saves has to have seen the latest, so nothing else needs a lock. What
was last read or written is kept in the process, as of its version, and used only where that is still the stored one.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import Superseded
from bot.self_model.model import SelfModel
from bot.trust.model import Receipt
from bot.trust.retention import without_words
from bot.turn import Exchange, Member
from storage.codec import decode, encode, from_json, to_json
from storage.engine import Database
from storage.sql import self_model_rows as rows
from storage.sql.conversations import erase_conversations
from storage.sql.inbox import erase_events
from storage.sql.self_model_rows import MODELS, Stored
from storage.sql.statements import put
from storage.tables import ExchangeRow, OutgoingRow, ReceiptRow, table_of

RECEIPTS = table_of(ReceiptRow)
EXCHANGES = table_of(ExchangeRow)
OUTGOING = table_of(OutgoingRow)
REMEMBERED = 256  # self-models kept in the process: those of the people who are talking


class SqlSelfModels:
    """One self-model a member."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: OrderedDict[Member, Stored] = OrderedDict()

    async def load(self, member: Member) -> SelfModel:
        if seen := self._seen.get(member):
            async with self._database.look() as connection:
                version = await rows.read_version(connection, member)
            if seen.model.version == version:
                return seen.model
        async with self._database.look(snapshot=True) as connection:
            stored = await rows.read_stored(connection, member)
        if stored.model.version:
            self._remember(stored)
        return stored.model

    async def save(self, model: SelfModel) -> SelfModel:
        stored = await self._database.apply(lambda connection: self._store(connection, model))
        self._remember(stored)
        return stored.model

    async def erase(self, model: SelfModel, receipt: Receipt) -> None:
        async def store_what_is_left(connection: AsyncConnection) -> None:
            stored = await self._store(connection, model)
            await rows.drop_unheld(connection, stored)
            await put(connection, RECEIPTS, [_from_receipt(receipt)])
            if receipt.scope == "everything":
                await _wipe_words(connection, model.member)
                await erase_conversations(connection, model.member)

        await self._database.apply(store_what_is_left)
        self._seen.pop(model.member, None)

    async def receipts(self, member: Member) -> tuple[Receipt, ...]:
        query = select(RECEIPTS).where(*rows.of(RECEIPTS, member)).order_by(RECEIPTS.c.at, RECEIPTS.c.id)
        async with self._database.read() as connection:
            return tuple(_to_receipt(row) for row in await connection.execute(query))

    async def members(self, workspace: str) -> tuple[Member, ...]:
        query = select(MODELS.c.member).where(MODELS.c.workspace == workspace)
        async with self._database.read() as connection:
            found = (await connection.execute(query)).scalars().all()
        return tuple(Member(workspace, member) for member in sorted(found))

    async def _store(self, connection: AsyncConnection, model: SelfModel) -> Stored:
        """Write the difference to what is stored; raises Superseded where that is another version by now."""
        seen = self._seen.get(model.member)
        if seen is None or seen.model.version != model.version:
            seen = await rows.read_stored(connection, model.member)
        if seen.model.version != model.version:
            raise Superseded
        return await rows.write_difference(connection, seen, model)

    def _remember(self, stored: Stored) -> None:
        self._seen[stored.model.member] = stored
        self._seen.move_to_end(stored.model.member)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)


async def _wipe_words(connection: AsyncConnection, member: Member) -> None:
    """Take the words out of a member's exchanges, and out of events and replies of theirs that were given up; drop what
    was still to be learned from them."""
    await erase_events(connection, member)
    query = select(EXCHANGES.c.id, EXCHANGES.c.body).where(*rows.of(EXCHANGES, member))
    found = (await connection.execute(query)).all()
    if not found:
        return
    statement = (
        update(EXCHANGES)
        .where(EXCHANGES.c.workspace == member.workspace, EXCHANGES.c.id == bindparam("exchange_id"))
        .values(body=bindparam("wiped"))
    )
    wiped = [{"exchange_id": row.id, "wiped": encode(without_words(decode(Exchange, row.body)))} for row in found]
    await connection.execute(statement, wiped)
    given_up = (OUTGOING.c.workspace == member.workspace, OUTGOING.c.state.in_(("failed", "unknown")))
    of_theirs = OUTGOING.c.exchange.in_([row.id for row in found])
    await connection.execute(update(OUTGOING).where(*given_up, of_theirs).values(content=""))


def _from_receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "workspace": receipt.member.workspace,
        "id": receipt.id,
        "member": receipt.member.id,
        "at": receipt.at,
        "scope": receipt.scope,
        "removed": to_json(dict(receipt.removed)),
    }


def _to_receipt(row: Any) -> Receipt:
    return Receipt(
        id=row.id,
        member=Member(row.workspace, row.member),
        at=row.at,
        scope=row.scope,
        removed=from_json(row.removed),
    )
