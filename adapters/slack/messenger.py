"""Delivering to Slack through its real client: post once, under a key that travels with the message."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.blocks import Post, context
from adapters.slack.groups import read_group
from adapters.slack.limits import Limits
from adapters.slack.people import read_entry
from adapters.slack.picture import show_picture
from adapters.slack.places import APART, is_person, open_aside
from adapters.slack.render import render
from adapters.slack.stream import Broken, Streamer, cut, is_streamed
from adapters.slack.translate import PLATFORM
from adapters.slack.web import ELSEWHERE, Denied, call
from bot.digest.model import Digest
from bot.errors import DaytwoError, Unknown
from bot.flows.respond import exchange_of
from bot.flows.suggest import Suggestion
from bot.pilot.groups import FoundGroup
from bot.ports import Outgoing, Sending, Stores
from bot.self_model.model import DirectoryEntry
from bot.turn import Member, Place, Reply, Turn

BEGIN = "To begin with"  # above the questions that are suggested
KEPT, MOST_KEPT = 600.0, 10_000  # seconds for which a directory entry holds; people
# Why what was begun cannot be finished in place: it is gone, or may not be changed any more.
UNCHANGEABLE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})

log = logging.getLogger(__name__)


def make_metadata(key: str, part: int) -> dict[str, object]:
    """What travels with a message: the outbox's key, and which part of it this is."""
    return {"event_type": "daytwo", "event_payload": {"key": key, "part": part}}


def make_payload(message: Mapping[str, Any]) -> dict[str, Any]:
    """What travels with a message of ours; empty with any other."""
    told = message.get("metadata") or {}
    return dict(told.get("event_payload") or {}) if told.get("event_type") == "daytwo" else {}


def find_reader(outgoing: Outgoing, place: Place) -> tuple[str, str]:
    """The channel it goes to, and the person who alone sees it there, "" where everyone does."""
    channel, person = open_aside(place)
    return channel, person or (outgoing.only_to.id if outgoing.only_to and place == outgoing.place else "")


class SlackMessenger:
    """A messenger, a directory and a place to show progress (see `bot.ports`) for one workspace. `hasty` is a client
    that does not wait for rate limits; without `stores` nothing is streamed, and no limits are held."""

    platform = PLATFORM

    def __init__(
        self,
        client: AsyncWebClient,
        *,
        hasty: AsyncWebClient | None = None,
        stores: Stores | None = None,
        speed: float = 1.0,
    ) -> None:
        self._client, self._hasty, self._stores = client, hasty or client, stores
        self._known: dict[Member, tuple[float, DirectoryEntry]] = {}
        self._direct: dict[Member, str] = {}
        self._limits = Limits(stores.outbox, client.token or "", speed) if stores else None
        self._streamer = Streamer(self._hasty, stores, self._limits) if stores and self._limits else None

    async def send(self, sending: Sending) -> str:
        """Post it, and return the ts of its first message. Where an earlier attempt may have gone through, the
        conversation is read back first, so that nothing is posted twice."""
        outgoing = sending.outgoing
        place = await self._resolve(outgoing)
        if outgoing.replaces:
            return await self._put_in_place(outgoing, place)
        posts, there = render(outgoing), dict(enumerate(sending.posted))
        if sending.begun:
            return await self._finish(outgoing, place, posts[0], sending.begun)
        if sending.uncertain and not find_reader(outgoing, place)[1]:
            there |= await self._find(place, outgoing, posts)
        elif sending.uncertain and sending.attempt > 1:  # at the first, an operator has it sent all the same
            raise Unknown("What one person alone sees cannot be read back, so it is not sent again.")
        if not there and is_streamed(outgoing, posts) and (stamp := await self._stream(outgoing, place, posts[0])):
            return stamp
        stamps: list[str] = []
        for part, post in enumerate(posts):
            stamps.append(there.get(part) or await self._post(outgoing, place, post, part))
            if self._stores and len(stamps) < len(posts):  # so that another attempt begins with the next part
                await self._stores.outbox.posted(outgoing.key, stamps)
        if isinstance(outgoing.content, Digest) and not there:
            await show_picture(self._client, outgoing.content, place.channel)
        return stamps[0]

    async def tell(self, turn: Turn, doing: str) -> None:
        """Show in the thread what is being done; Slack takes it away with the answer, or after two minutes."""
        place = turn.place
        if not place.thread or APART in place.channel:
            return
        try:
            await call(
                self._hasty,
                "assistant.threads.setStatus",
                channel_id=place.channel,
                thread_ts=place.thread,
                status=doing,
            )
        except DaytwoError as error:
            log.info("What is being done was not shown: %s", error)

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        """What the workspace's directory says of a member, as of the last ten minutes. Raises Unavailable, Refused."""
        kept = self._known.get(member)
        if kept and kept[0] > time.monotonic() - KEPT:
            return kept[1]
        user = (await self._call("users.info", user=member.id, include_locale=True)).get("user") or {}
        entry = read_entry(member, user)
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        self._known[member] = time.monotonic(), entry
        return entry

    async def read_group(self, workspace: str, named: str) -> FoundGroup | None:
        """A user group of the workspace's (see `groups`)."""
        return await read_group(self._call, workspace, named)

    @property
    def client(self) -> AsyncWebClient:
        """The client it delivers with."""
        return self._client

    @property
    def hasty(self) -> AsyncWebClient:
        """The client for what is not worth waiting for."""
        return self._hasty

    async def publish(self, member: Member, view: Mapping[str, object]) -> None:
        """Put a view in place of a person's App Home. Raises Unavailable, Refused."""
        await self._call("views.publish", user_id=member.id, view=view)

    async def suggest(self, channel: str, questions: Sequence[Suggestion]) -> None:
        """Offer questions at the top of a direct conversation. Raises Unavailable, Refused."""
        # No thread is named: with agent_view Slack would drop the call without a word.
        prompts = [{"title": one.title, "message": one.question} for one in questions]
        await self._call("assistant.threads.setSuggestedPrompts", channel_id=channel, prompts=prompts, title=BEGIN)

    async def direct_place(self, member: Member) -> Place:
        """The direct conversation with a member, opened where there is none yet."""
        if member not in self._direct:
            opened = await self._call("conversations.open", users=member.id)
            self._direct[member] = str(opened["channel"]["id"])  # it stays the same
        return Place(member.workspace, self._direct[member])

    async def _resolve(self, outgoing: Outgoing) -> Place:
        """Where to post: a digest's place is its reader, whose direct conversation may have to be opened."""
        place = outgoing.place
        return await self.direct_place(Member(place.workspace, place.channel)) if is_person(place) else place

    async def _post(self, outgoing: Outgoing, place: Place, post: Post, part: int) -> str:
        channel, person = find_reader(outgoing, place)
        shown: dict[str, object] = {"text": post.text, "blocks": list(post.blocks)}
        if person:
            thread = "" if APART in place.channel else place.thread
            return await self._whisper(channel, thread, Member(place.workspace, person), shown)
        shown |= {"thread_ts": place.thread} if place.thread else {}
        try:
            return await self._say(channel, shown, make_metadata(outgoing.key, part))
        except Denied as error:
            asker = await self._asker_of(outgoing)
            if error.code not in ELSEWHERE or asker is None or channel.startswith("D"):
                raise
            log.warning("An answer went to its asker's direct messages: %s", error)
        return await self._say_apart(asker, channel, post, make_metadata(outgoing.key, part))

    async def _say(self, channel: str, shown: Mapping[str, object], metadata: Mapping[str, object]) -> str:
        """Post it; its ts."""
        posted = await self._call(
            "chat.postMessage", channel=channel, metadata=metadata, unfurl_links=False, unfurl_media=False, **shown
        )
        return str(posted["ts"])

    async def _say_apart(self, asker: Member, channel: str, post: Post, metadata: Mapping[str, object]) -> str:
        """Post to its asker alone what can no longer be posted where they asked."""
        own = await self.direct_place(asker)
        why = context(f"You asked in <#{channel}>, where I can no longer post.")
        return await self._say(own.channel, {"text": post.text, "blocks": [why, *post.blocks]}, metadata)

    async def _asker_of(self, outgoing: Outgoing) -> Member | None:
        """Who asked what a reply answers; None where it is no reply, or not known."""
        if self._stores is None or not isinstance(outgoing.content, Reply):
            return None
        exchange = await self._stores.journal.exchange(outgoing.place.workspace, outgoing.exchange)
        return exchange.asker if exchange else None

    async def _whisper(self, channel: str, thread: str, member: Member, shown: dict[str, object]) -> str:
        """Show it to one person where they are; where the bot is not, in their direct conversation instead."""
        where = {"channel": channel, **({"thread_ts": thread} if thread else {})}
        try:
            return str((await self._call("chat.postEphemeral", user=member.id, **where, **shown))["message_ts"])
        except Denied as error:
            if error.code not in ELSEWHERE:
                raise
        own = await self.direct_place(member)
        posted = await self._call(
            "chat.postMessage", channel=own.channel, unfurl_links=False, unfurl_media=False, **shown
        )
        return str(posted["ts"])

    async def _put_in_place(self, outgoing: Outgoing, place: Place) -> str:
        """Change what was posted: its first message becomes the new first one; later ones go, and come anew."""
        first, *rest = render(outgoing)
        for stamp, payload in await self._read(place) if outgoing.exchange else ():
            if exchange_of(str(payload.get("key"))) == outgoing.exchange and payload.get("part") != 0:
                await self._call("chat.delete", channel=place.channel, ts=stamp)
        stamp = await self._update(outgoing, place, first, outgoing.replaces)
        for part, post in enumerate(rest, start=1):
            await self._post(outgoing, place, post, part)
        return stamp

    async def _stream(self, outgoing: Outgoing, place: Place, post: Post) -> str:
        """Write it piece by piece; "" where that cannot be begun. What Slack ends early is finished all the same."""
        if self._streamer is None:
            return ""
        try:
            return await self._streamer.write(outgoing, place, post, make_metadata(outgoing.key, 0))
        except Broken as broken:
            return await self._finish(outgoing, place, post, broken.stamp)

    async def _finish(self, outgoing: Outgoing, place: Place, post: Post, stamp: str) -> str:
        """Put the whole answer in place of what was streamed of it."""
        with suppress(Denied):  # a stream that still runs has to end first; one that has ended refuses
            await self._call("chat.stopStream", channel=place.channel, ts=stamp)
        return await self._update(outgoing, place, post, stamp)

    async def _update(self, outgoing: Outgoing, place: Place, post: Post, stamp: str) -> str:
        """Put it in place of a message of ours; where that is gone meanwhile, an answer is posted, a note is not."""
        shown = {"text": post.text, "blocks": list(post.blocks), "metadata": make_metadata(outgoing.key, 0)}
        try:
            await self._call("chat.update", channel=place.channel, ts=stamp, **shown)
        except Denied as error:
            if error.code not in UNCHANGEABLE:
                raise
            return await self._post(outgoing, place, post, 0) if isinstance(outgoing.content, Reply) else stamp
        return stamp

    async def _find(self, place: Place, outgoing: Outgoing, posts: Sequence[Post]) -> dict[int, str]:
        """The parts of it that are there already, with their ts. A stream that was begun without our hearing of it
        carries no key; it is known by its first piece, and is finished."""
        messages = await self._read_all(place)
        keyed = [one for one in messages if make_payload(one).get("key") == outgoing.key]
        if keyed or not is_streamed(outgoing, posts):
            return {int(make_payload(one).get("part") or 0): str(one["ts"]) for one in keyed}
        begins = cut(posts[0])[0][0]
        begun = [one for one in messages if not one.get("metadata") and str(one.get("text")).startswith(begins)]
        if not begun:
            return {}
        return {0: await self._finish(outgoing, place, posts[0], str(begun[-1]["ts"]))}

    async def _read(self, place: Place) -> list[tuple[str, dict[str, Any]]]:
        """The messages of ours at a place, each with what travels with it."""
        return [(str(one["ts"]), payload) for one in await self._read_all(place) if (payload := make_payload(one))]

    async def _read_all(self, place: Place) -> list[dict[str, Any]]:
        """The messages at a place."""
        method = "conversations.replies" if place.thread else "conversations.history"
        thread = {"ts": place.thread} if place.thread else {}
        try:
            found = await self._call(method, channel=place.channel, limit=200, include_all_metadata=True, **thread)
        except Denied as error:
            if error.code != "thread_not_found":  # so Slack says where a thread's first message is gone
                raise
            return []
        return list(found.get("messages") or [])

    async def _call(self, method: str, **arguments: object) -> dict[str, Any]:
        """One call of the Web API; raises Unavailable for what may pass, Refused for what will not."""
        # What is sent from the outbox waits there, and not in somebody's hands, for as long as Slack says.
        client = self._hasty if method.startswith("chat.") else self._client
        async with self._limits.turn(method, str(arguments.get("channel"))) if self._limits else nullcontext():
            return await call(client, method, **arguments)
