"""How often a method may be called in a workspace: counted, and refused with the time to wait where it is too often."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from playground.slack.workspace import Denied, Record

MINUTE: Final = 60.0  # seconds
# Calls a minute, from Slack's reference: its tiers 1 to 4, and what it says of methods with a limit of their own.
TIERS: Final[Mapping[str, int]] = {"Tier1": 1, "Tier2": 20, "Tier3": 50, "Tier4": 100, "Special": 600}
TIER_OF: Final[Mapping[str, str]] = {
    "apps.connections.open": "Tier1",
    "assistant.threads.setStatus": "Special",
    "assistant.threads.setSuggestedPrompts": "Tier3",
    "assistant.threads.setTitle": "Tier3",
    "auth.revoke": "Tier3",
    "auth.test": "Special",
    "chat.appendStream": "Tier4",
    "chat.delete": "Tier3",
    "chat.getPermalink": "Special",
    "chat.postEphemeral": "Tier4",
    "chat.postMessage": "Special",
    "chat.startStream": "Tier2",
    "chat.stopStream": "Tier2",
    "chat.update": "Tier3",
    "conversations.history": "Tier3",
    "conversations.info": "Tier3",
    "conversations.open": "Tier3",
    "conversations.replies": "Tier3",
    "files.completeUploadExternal": "Tier4",
    "files.getUploadURLExternal": "Tier4",
    "files.info": "Tier4",
    "oauth.v2.access": "Tier4",
    "reactions.add": "Tier3",
    "reactions.get": "Tier3",
    "reactions.remove": "Tier2",
    "team.info": "Tier3",
    "usergroups.list": "Tier2",
    "usergroups.users.list": "Tier2",
    "users.info": "Tier4",
    "views.open": "Tier4",
    "views.publish": "Tier4",
    "views.push": "Tier4",
    "views.update": "Tier4",
}
POST: Final = "chat.postMessage"
POST_SECONDS: Final = 1.0  # between posts to one channel, in the long run
POST_BURST: Final = 5  # of them at once, before that holds


@dataclass(slots=True)
class Tiers:
    """The calls of one workspace. `speed`: how many of Slack's seconds pass in one of ours; 0 refuses nothing."""

    speed: float = 1.0
    clock: Callable[[], float] = time.monotonic
    _made: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _most: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _all: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _refused: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _posts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def count(self, method: str, channel: str) -> None:
        """One more call. Raises Denied with how many of our seconds to wait where it is one too many."""
        now = self.clock() * (self.speed or 1.0)
        made = self._made[method]
        while made and made[0] <= now - MINUTE:
            made.popleft()
        most = TIERS[TIER_OF.get(method, "Tier3")]
        wait = made[0] + MINUTE - now if len(made) >= most else 0.0
        if method == POST:
            wait = max(wait, wait_for_channel(self._posts[channel], now))
        if wait > 0 and self.speed:
            self._refused[method] += 1
            raise Denied("ratelimited", retry_after=max(1, math.ceil(wait / self.speed)))
        made.append(now)
        self._all[method] += 1
        self._most[method] = max(self._most[method], len(made))
        if method == POST:
            self._posts[channel].append(now)

    def show(self) -> Record:
        """Of each method: its calls, the most of them in a minute, what a minute takes, how many were refused; and of
        each channel how many posts it got and how long they took, in Slack's seconds."""
        methods = sorted({*self._all, *self._refused})
        posts = {channel: [len(times), times[-1] - times[0]] for channel, times in self._posts.items() if times}
        shown = {
            one: {
                "calls": self._all[one],
                "most_in_a_minute": self._most[one],
                "takes": TIERS[TIER_OF.get(one, "Tier3")],
                "refused": self._refused[one],
            }
            for one in methods
        }
        return {"methods": shown, "posts": posts}


def wait_for_channel(posts: Sequence[float], now: float) -> float:
    """Seconds until a channel takes another post: each takes a second, and a few may be had in advance."""
    free = 0.0  # when all that was posted will have been paid for
    for at in posts[-10 * POST_BURST :]:
        free = max(free, at) + POST_SECONDS
    return free - now - (POST_BURST - 1) * POST_SECONDS
