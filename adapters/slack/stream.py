"""An answer written piece by piece into its thread, as a model's reader expects; only what is already checked is shown.

The message's ts is kept in the outbox as soon as Slack tells it, so that whatever ends the stream (a crash, its expiry,
a refusal) the same message is finished by an update. Where no stream can be begun, the answer is posted.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_chat_stream import AsyncChatStream
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.blocks import Block, Post
from adapters.slack.limits import STREAM, Limits
from adapters.slack.places import APART
from adapters.slack.web import explain
from adapters.wording import find_cut
from bot.errors import Refused
from bot.ports import Outgoing, Stores
from bot.turn import Decision, Place, Reply

PIECE = 400  # characters appended at once: about a paragraph

log = logging.getLogger(__name__)


def is_streamed(outgoing: Outgoing, posts: Sequence[Post]) -> bool:
    """Whether it is written piece by piece: a model's own plain answer, in a thread, that fits into one message."""
    content = outgoing.content
    return (
        isinstance(content, Reply)
        and content.decision is Decision.ANSWER
        and content.engine not in ("", "offline")
        and bool(outgoing.place.thread)
        and APART not in outgoing.place.channel
        and not outgoing.only_to
        and not outgoing.replaces
        and len(posts) == 1
    )


def cut(post: Post) -> tuple[list[str], list[Block]]:
    """The answer's text in pieces that add up to it, and the blocks that come below it at the end."""
    first, *below = post.blocks
    text, pieces = str(first["text"]), []
    while len(text) > PIECE:
        at = find_cut(text, PIECE)
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text], below


class Broken(Refused):
    """Slack ended a stream before the answer was there in full."""

    def __init__(self, stamp: str) -> None:
        super().__init__()
        self.stamp = stamp


class Streamer:
    """Begins streams, as many as Slack takes."""

    def __init__(self, client: AsyncWebClient, stores: Stores, limits: Limits) -> None:
        self._client, self._stores, self._limits = client, stores, limits

    async def write(self, outgoing: Outgoing, place: Place, post: Post, metadata: dict[str, object]) -> str:
        """Write it, and return its ts; "" where no stream could be begun. Raises Broken once the message is there but
        not finished, Unavailable where it may be."""
        exchange = await self._stores.journal.exchange(place.workspace, outgoing.exchange)
        if exchange is None or not await self._limits.is_free(STREAM):
            return ""
        stream = await self._client.chat_stream(
            channel=place.channel,
            thread_ts=place.thread,
            recipient_team_id=exchange.asker.workspace,
            recipient_user_id=exchange.asker.id,
            buffer_size=1,
        )
        pieces, below = cut(post)
        if not await self._begin(stream, pieces[0]):
            return ""
        stamp = str(stream.ts)
        await self._stores.outbox.begun(outgoing.key, stamp)
        try:
            for piece in pieces[1:]:
                await stream.append(markdown_text=piece)
            await stream.stop(blocks=below, metadata=metadata)
        except SlackApiError as error:
            raise Broken(stamp) from error
        except (SlackClientError, ClientError, TimeoutError, OSError) as error:
            raise explain("chat.appendStream", error) from error
        return stamp

    async def _begin(self, stream: AsyncChatStream, piece: str) -> bool:
        """Show the first piece; False where Slack takes no stream now, or none there. Raises Unsure."""
        try:
            await stream.append(markdown_text=piece)
        except SlackApiError as error:
            why = explain("chat.startStream", error)
            if error.response.status_code >= 500:
                raise why from error
            log.info("An answer is posted, for it cannot be streamed: %s", why)
            return False
        except (SlackClientError, ClientError, TimeoutError, OSError) as error:
            raise explain("chat.startStream", error) from error
        return True
