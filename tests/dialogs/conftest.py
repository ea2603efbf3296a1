"""A conversation with the bot, end to end in memory: who says what, where, and what is answered."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.flows.converse import converse, overhear
from bot.flows.ingest import ingest
from bot.flows.means import Means
from bot.knowledge.model import Document
from bot.ports import Engine, Notice
from bot.self_model.model import SelfModel
from bot.self_model.revise import read
from bot.trust.model import Consent
from bot.turn import EVERYONE, Exchange, Member, Message, Place, Reply, Turn, audience_at
from storage.memory import open_memory

WORKSPACE = "T1"
HANDBOOK = """# Relay handbook

## What Relay is
Relay is a message queue that other services run beside their database. It keeps every message on disk before it
confirms it, so a crash loses nothing that was confirmed.

## Retention
Messages are kept for 14 days. The setting `RELAY_RETENTION_DAYS` changes this; the longest is 90 days. Longer
retention costs disk: a million messages take about 2 GB.

## Installing Relay
1. Install the package with `pip install relay`.
2. Set `RELAY_DATABASE_URL` to your PostgreSQL address.
3. Start it with `relay serve`. The first start takes about a minute.

## Cost
Relay is billed by message: 0.40 US dollars for a million messages. A team of twenty sends about five million a month,
which is 2 US dollars.

## Trade-offs
Relay favours safety over speed: each confirmed message waits for one write to disk, which takes 2 to 5 milliseconds.
A queue in memory is faster and loses what it holds when it stops.

## Security
Relay encrypts its connections with TLS 1.3. Payloads are stored as they are sent: encrypt them yourself if they are
sensitive.

## Words
**Retention**: how long a message is kept after it was confirmed.

**Payload**: the content of a message, as opposed to its headers.
"""


@dataclass
class Dialog:
    """The bot, a clock that moves a minute a message, and everything said so far."""

    means: Means
    now: datetime = datetime(2026, 10, 5, 9, tzinfo=UTC)
    number: int = 0
    notices: list[Notice] = field(default_factory=list)

    async def agree(self, *people: str) -> None:
        """These people let the bot learn."""
        for person in people:
            await self.means.stores.consents.save(
                Consent(member=Member(WORKSPACE, person), modelling=True, at=self.now)
            )

    async def say(
        self, person: str, text: str, *, alone: bool = True, thread: str = "", channel: str = "C-shared"
    ) -> Reply | Notice:
        """Somebody says something to the bot, in private or in a channel; what it answers. The bot learns from it
        afterwards."""
        self.now += timedelta(minutes=1)
        self.number += 1
        channel = f"D-{person}" if alone else channel
        message = Message(
            id=f"{channel}:{self.number}", author=Member(WORKSPACE, person), text=text, at=self.now, private=alone
        )
        place = Place(WORKSPACE, channel, thread)
        turn = Turn(
            message=message, place=place, audience=audience_at(place, message.author, alone=alone), platform="test"
        )
        said = await converse(self.means, turn, self.now)
        if isinstance(said, Exchange):
            await overhear(self.means, message, self.now)
            return said.reply
        self.notices.append(said)
        return said

    async def model(self, person: str) -> SelfModel:
        """What is believed of someone now."""
        return read(await self.means.stores.self_models.load(Member(WORKSPACE, person)), self.now)


def make_document(path: str, text: str, *readers: str) -> Document:
    """A document for these labels; for everyone where none is given."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(path=path, title=path, text=text, digest=digest, readers=frozenset(readers or {EVERYONE}))


async def open_dialog(engine: Engine | None = None) -> Dialog:
    """A bot that has read the handbook."""
    means = Means(stores=open_memory(), engine=engine, model="claude-sonnet-5-5")
    await ingest(means.stores.knowledge, WORKSPACE, [make_document("handbook.md", HANDBOOK)])
    return Dialog(means)


@pytest.fixture
async def dialog() -> Dialog:
    return await open_dialog()


@pytest.fixture
def open_with() -> Callable[[Engine], Awaitable[Dialog]]:
    """Opens a bot with a model behind the port."""
    return open_dialog
