"""How to reach conversations, in a database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.turn import Member, Place
from storage.codec import from_json, to_json
from storage.engine import Database, seconds_now
from storage.sql.statements import put
from storage.tables import ConversationRow, table_of

CONVERSATIONS = table_of(ConversationRow)


class SqlConversations:
    """How to reach the conversations of platforms."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(
        self, place: Place, platform: str, reference: Mapping[str, object], direct_with: Member | None = None
    ) -> None:
        row: dict[str, object] = {
            "workspace": place.workspace,
            "channel": place.channel,
            "platform": platform,
            "direct_with": direct_with.id if direct_with else "",
            "reference": to_json(dict(reference)),
        }
        async with self._database.write() as connection:
            row["at"] = (await connection.execute(select(seconds_now()))).scalar_one()
            await put(connection, CONVERSATIONS, [row])

    async def reference(self, place: Place) -> Mapping[str, object] | None:
        query = select(CONVERSATIONS.c.reference).where(*_at(place))
        async with self._database.read() as connection:
            kept = (await connection.execute(query)).scalar_one_or_none()
        found: dict[str, object] | None = None if kept is None else from_json(kept)
        return found

    async def direct(self, member: Member) -> Place | None:
        theirs = (CONVERSATIONS.c.workspace == member.workspace, CONVERSATIONS.c.direct_with == member.id)
        query = select(CONVERSATIONS.c.channel).where(*theirs).order_by(CONVERSATIONS.c.at.desc()).limit(1)
        async with self._database.read() as connection:
            channel = (await connection.execute(query)).scalar_one_or_none()
        return None if channel is None else Place(member.workspace, channel)

    async def drop(self, place: Place) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(CONVERSATIONS).where(*_at(place)))


async def erase_conversations(connection: AsyncConnection, member: Member) -> None:
    """Let go of what is one person's: their conversations with the bot, and their own address."""
    own = or_(CONVERSATIONS.c.direct_with == member.id, CONVERSATIONS.c.channel == member.id)
    await connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.workspace == member.workspace, own))


def _at(place: Place) -> tuple[Any, Any]:
    return CONVERSATIONS.c.workspace == place.workspace, CONVERSATIONS.c.channel == place.channel
