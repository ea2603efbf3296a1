"""An answer written piece by piece in a personal chat: what is being done, then the text as it grows, then the message.

Teams takes one update a second, each with all of the text so far, for two minutes from the first; elsewhere than in a
personal chat it takes none. Only what is already checked is shown. Where no stream is begun, or Teams ends one, the
answer is posted as a plain message.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from adapters.teams.reference import Reference
from adapters.teams.sdk import Connector
from adapters.wording import find_cut
from bot.errors import DaytwoError, Unsure
from bot.ports import Outgoing
from bot.turn import Decision, Reply

PACE = 1.05  # seconds between two updates
LONGEST = 100.0  # seconds from the first update after which a stream is not gone on with, of Teams' 120
PIECE, MOST_PIECES = 400, 4  # characters an update adds, about a paragraph; updates of text before the whole

log = logging.getLogger(__name__)
Activity = Mapping[str, object]


@dataclass(slots=True)
class Stream:
    """One that was begun: its id, the number of its last update and when that was, and when the first was."""

    id: str
    begun: float
    last: float
    sequence: int = 1


@dataclass(slots=True)
class Streams:
    """The streams that were begun, by exchange. `clock` in seconds; `rest` waits."""

    connector: Connector
    clock: Callable[[], float] = time.monotonic
    pace: float = PACE
    begun: dict[str, Stream] = field(default_factory=dict)

    async def tell(self, reference: Reference, exchange: str, doing: str) -> None:
        """Begin one with what is being done, where it can be shown; never raises."""
        self._let_go()
        try:
            await self._update(reference, exchange, f"Daytwo {doing}", "informative")
        except DaytwoError as error:
            log.info("What is being done was not shown: %s", error)

    async def write(self, reference: Reference, exchange: str, final: Activity) -> str:
        """Write the text as it grows, then the message; its id, "" where it has to be posted instead. Raises Unsure
        where the message may be there: growing text goes by itself, the message stays."""
        try:
            stream = await self._grow(reference, exchange, str(final["text"]))
            if stream is None:
                return ""
            await self.connector.send(reference, end(final, stream.id))
        except Unsure:
            raise
        except DaytwoError as error:
            log.info("An answer is posted, for its stream came to an end: %s", error)
            return ""
        finally:
            self.begun.pop(exchange, None)
        return stream.id

    async def _grow(self, reference: Reference, exchange: str, text: str) -> Stream | None:
        """Show the text as it grows, all but the message; the stream that the message can end, None where none can."""
        try:
            for grown in grow(text):
                await self._update(reference, exchange, grown, "streaming")
        except DaytwoError as error:
            log.info("An answer is posted, for its stream came to an end: %s", error)
            return None
        stream = self.begun.get(exchange)
        if stream is None or self.clock() - stream.begun > LONGEST:
            return None
        await self._rest(stream)
        return stream

    async def _update(self, reference: Reference, exchange: str, text: str, kind: str) -> None:
        """One update, a pace after the one before it."""
        stream = self.begun.get(exchange)
        if stream is None:
            made = typing(text, {"streamType": kind, "streamSequence": 1})
            if name := await self.connector.send(reference, made):
                self.begun[exchange] = Stream(name, self.clock(), self.clock())
            return
        if self.clock() - stream.begun > LONGEST:
            return
        await self._rest(stream)
        stream.sequence += 1
        told = {"streamId": stream.id, "streamType": kind, "streamSequence": stream.sequence}
        await self.connector.send(reference, typing(text, told))
        stream.last = self.clock()

    async def _rest(self, stream: Stream) -> None:
        await asyncio.sleep(max(0.0, stream.last + self.pace - self.clock()))

    def _let_go(self) -> None:
        """Forget those that were never gone on with."""
        now = self.clock()
        self.begun = {name: one for name, one in self.begun.items() if now - one.begun <= LONGEST}


def is_streamed(outgoing: Outgoing, reference: Reference, posts: Sequence[Activity]) -> bool:
    """Whether it is written piece by piece: a model's own plain answer, in a personal chat, that fits into one message
    beside the card below it."""
    content = outgoing.content
    return (
        isinstance(content, Reply)
        and content.decision is Decision.ANSWER
        and content.engine not in ("", "offline")
        and reference.kind == "personal"
        and not outgoing.replaces
        and len(posts) <= 2
        and bool(posts[0].get("text"))
    )


def grow(text: str) -> list[str]:
    """The text as it grows: each update has all of the one before it."""
    ends, at = [], 0
    piece = max(PIECE, -(-len(text) // MOST_PIECES))
    while len(text) - at > piece:
        at += find_cut(text[at:], piece)
        ends.append(at)
    return [text[:one] for one in (*ends, len(text))][:MOST_PIECES]


def typing(text: str, told: Mapping[str, object]) -> Activity:
    """An update of a stream."""
    return {"type": "typing", "text": text, "entities": [{"type": "streaminfo", **told}]}


def end(final: Activity, stream: str) -> Activity:
    """The message that ends a stream."""
    entities = final.get("entities")
    told = {"type": "streaminfo", "streamId": stream, "streamType": "final"}
    return {**final, "entities": [*(entities if isinstance(entities, list) else []), told]}
