"""Every workspace that the app serves, each through a client with its own token: one messenger, one directory and one
place to show progress (see `bot.ports`) for all of them."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.installations import Installed
from adapters.slack.messenger import SlackMessenger
from adapters.slack.translate import PLATFORM
from adapters.slack.web import Ended, call
from bot.pilot.groups import FoundGroup
from bot.ports import Sending
from bot.self_model.model import DirectoryEntry
from bot.turn import Member, Place, Turn

KEPT = 60.0  # seconds for which an installation is not looked up again

Find = Callable[[str], Awaitable[Installed]]
Make = Callable[[str], SlackMessenger]


class Workspaces:
    """Delivers where the thing to deliver belongs. `find` gives a workspace's installation, `make` the messenger for a
    token. Every method raises Unavailable where the app is not installed there any more."""

    platform = PLATFORM

    def __init__(self, find: Find, make: Make) -> None:
        self._find, self._make = find, make
        self._known: dict[str, tuple[float, Installed]] = {}
        self._messengers: dict[str, tuple[str, SlackMessenger]] = {}

    async def of(self, workspace: str) -> SlackMessenger:
        """The messenger of one workspace."""
        token = (await self._installed(workspace)).token
        kept = self._messengers.get(workspace)
        if kept is None or kept[0] != token:
            kept = self._messengers[workspace] = token, self._make(token)
        return kept[1]

    async def bot_in(self, workspace: str) -> str:
        """Who the bot is there."""
        return (await self._installed(workspace)).bot

    async def hasty_client(self, workspace: str) -> AsyncWebClient:
        """The client for what is not worth waiting for."""
        return (await self.of(workspace)).hasty

    async def is_there(self, workspace: str) -> bool:
        """Whether Slack accepts the app's token there. Raises Unavailable where that cannot be told just now."""
        try:
            await call(await self.hasty_client(workspace), "auth.test")
        except Ended:
            return False
        return True

    def forget(self, workspace: str) -> None:
        """Look a workspace's installation up anew."""
        self._known.pop(workspace, None)
        self._messengers.pop(workspace, None)

    async def send(self, sending: Sending) -> str:
        """Deliver it (see `SlackMessenger.send`)."""
        return await (await self.of(sending.outgoing.place.workspace)).send(sending)

    async def tell(self, turn: Turn, doing: str) -> None:
        """Show what is being done."""
        await (await self.of(turn.place.workspace)).tell(turn, doing)

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        """What the workspace's directory says of a member."""
        return await (await self.of(member.workspace)).look_up(member)

    async def direct_place(self, member: Member) -> Place:
        """The direct conversation with a member."""
        return await (await self.of(member.workspace)).direct_place(member)

    async def read_group(self, workspace: str, named: str) -> FoundGroup | None:
        """A user group of a workspace's."""
        return await (await self.of(workspace)).read_group(workspace, named)

    async def _installed(self, workspace: str) -> Installed:
        kept = self._known.get(workspace)
        if kept is None or kept[0] < time.monotonic() - KEPT:
            kept = self._known[workspace] = time.monotonic(), await self._find(workspace)
        return kept[1]
