"""A digest's picture, posted under it."""

from __future__ import annotations

import asyncio
import logging

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.digest.model import Digest
from bot.digest.picture import describe_picture, draw_picture

LONGEST_ALT = 1_000  # characters of the words for a picture

log = logging.getLogger(__name__)


async def show_picture(client: AsyncWebClient, digest: Digest, channel: str) -> None:
    """Post it, with its words for those who do not see it. What a digest says does not hang on its picture: where it
    cannot be shown, that is logged, and nothing is sent again."""
    picture = await asyncio.to_thread(draw_picture, digest)
    if picture is None:
        return
    words = describe_picture(digest)
    try:
        await client.files_upload_v2(
            channel=channel,
            content=picture,
            filename=f"day-{digest.day}.png",
            title=f"{digest.name} · day {digest.day}",
            alt_txt=words[:LONGEST_ALT],
        )
    except (SlackApiError, SlackClientError, ClientError, TimeoutError, OSError) as error:
        log.warning("The picture of a digest could not be shown: %s", error)
