"""How fast Slack takes what is sent to it, by its documentation: messages by channel, methods by tier."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

from adapters.slack.translate import PLATFORM
from bot.errors import Unavailable
from bot.ports import Outbox, Pace

# "1 per second per channel. Short bursts above this limit are allowed."
MESSAGES = Pace(every=1.0, burst=3, by_channel=True)
STREAM = "chat.startStream"  # as many as are begun are stopped, which is limited alike
A_MINUTE: Mapping[str, int] = {  # what a tier allows at least
    "chat.delete": 50,
    "chat.postEphemeral": 100,
    STREAM: 20,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.open": 50,
    "conversations.replies": 50,
    "usergroups.list": 20,
    "usergroups.users.list": 20,
    "users.info": 100,
    "views.publish": 100,
}
POST = "chat.postMessage"
MOST_CHANNELS = 1_000  # of which the last turns are remembered
AT_ONCE = 0.2  # the share of a minute's calls that may come together
PATIENCE = 5.0  # seconds that a turn is waited for in hand; for longer, the work is put back


def make_paces(speed: float) -> Mapping[str, Pace]:
    """The pace of messages; `speed`: how many of Slack's seconds pass in one of ours."""
    return {PLATFORM: replace(MESSAGES, every=MESSAGES.every / speed)}


def make_pace(most: int, speed: float) -> Pace:
    """A pace by which no minute has more calls than `most`, not even one that begins with those that come together."""
    burst = int(most * AT_ONCE)
    return Pace(every=60.0 / (most - burst) / speed, burst=burst)


class Spacing:
    """Keeps messages to a channel apart as they leave this process, one after the other: the turns that were taken in
    the outbox all come at once after a standstill."""

    def __init__(self, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self._pace, self._clock = pace, clock
        self._channels: dict[str, tuple[asyncio.Lock, float]] = {}

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait for the channel's next turn, and keep others from it until the message is there."""
        if len(self._channels) >= MOST_CHANNELS:
            self._channels = {name: kept for name, kept in self._channels.items() if kept[0].locked()}
        lock = self._channels.setdefault(channel, (asyncio.Lock(), 0.0))[0]
        async with lock:
            now = self._clock()
            free = max(self._channels.get(channel, (lock, 0.0))[1], now) + self._pace.every
            self._channels[channel] = lock, free
            await asyncio.sleep(max(0.0, free - self._pace.every * self._pace.burst - now))
            yield


class Limits:
    """Holds the tiers of one workspace, beside all replicas that hold them too. `speed`: as for the paces."""

    def __init__(
        self, outbox: Outbox, token: str, speed: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._outbox, self._speed, self._clock = outbox, speed, clock
        self._spacing = Spacing(make_paces(speed)[PLATFORM])
        self._kept: dict[str, float] = {}  # when a turn comes that was taken and not used, by method
        self._comes: dict[str, float] = {}  # when the last turn that was taken comes, by method
        self._whose = hashlib.sha256(token.encode()).hexdigest()[:16]  # limits hold for an app in a workspace

    @asynccontextmanager
    async def turn(self, method: str, channel: str) -> AsyncIterator[None]:
        """What is called within may be called now. Raises Unavailable where it cannot be for long."""
        await self.wait(method)
        if method != POST:
            yield
            return
        async with self._spacing.turn(channel):
            yield

    async def wait(self, method: str) -> None:
        """Wait until a method may be called. Raises Unavailable where that takes long."""
        if method not in A_MINUTE:
            return
        most = A_MINUTE[method]
        seconds = self._comes.get(method, 0.0) - self._clock()
        if seconds <= PATIENCE:  # else a turn would be taken that nobody waits for
            seconds = await self._outbox.wait_for(PLATFORM, self._whose, method, make_pace(most, self._speed))
            self._comes[method] = self._clock() + seconds
        if seconds > PATIENCE:
            raise Unavailable(f"Slack takes {method} only {most} times a minute.", retry_in=seconds)
        await asyncio.sleep(seconds)

    async def is_free(self, method: str) -> bool:
        """Whether a method may be called right now, by whoever does something else otherwise. A turn that comes later
        is kept for the next one who asks."""
        now = self._clock()
        if method in self._kept:
            return self._kept[method] <= now and self._kept.pop(method) <= now
        pace = make_pace(A_MINUTE[method], self._speed)
        seconds = await self._outbox.wait_for(PLATFORM, self._whose, method, pace)
        if seconds > 0:
            self._kept[method] = now + seconds
        return seconds <= 0
