"""Where the app is installed: one sealed token a workspace or an organization (Enterprise Grid), renewed in time by one
process at a time, and gone with the installation.

A workspace's own installation counts before its organization's. Which organization a workspace belongs to is told in
what comes from it, and is kept.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from slack_sdk.errors import SlackClientError, SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.sealing import Seal
from adapters.slack.web import Ended
from bot.errors import Unavailable
from bot.ports import Clock, Vault

KEPT, GRID, RENEWING = "slack/installed/", "slack/grid/", "slack/renewing/"
EARLY = 120  # minutes before its end at which a token is renewed; Slack's tokens last twelve hours
LAPSED = timedelta(minutes=5)  # a process that has been renewing for so long has died
GONE = "The app is not installed in workspace {workspace} any more; its people can do nothing about it, an admin can."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """One installation. `id`: the workspace's, or the organization's; it is there `since`, and its token `ends`, in
    seconds since 1970; 0 for never."""

    id: str
    token: str
    bot: str
    bot_id: str = ""
    name: str = ""
    refresh: str = ""
    ends: int = 0
    since: float = 0.0


Welcome = Callable[[str], Coroutine[None, None, None]]


async def no_welcome(workspace: str) -> None:
    """Nothing is done."""


class Installations(AsyncInstallationStore):
    """The installations, sealed in the vault."""

    def __init__(
        self, vault: Vault, seal: Seal, rotator: AsyncTokenRotator, clock: Clock, welcome: Welcome = no_welcome
    ) -> None:
        """`welcome`: what is done for a workspace that is served from now on."""
        self._vault, self._seal, self._rotator, self._clock = vault, seal, rotator, clock
        self._welcome, self._welcoming = welcome, set[asyncio.Task[None]]()
        self._renewing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._grid: dict[str, str] = {}

    async def async_save(self, installation: Installation) -> None:
        """Keep a new installation in place of an earlier one. Tokens of people are not kept: the app never acts as
        one."""
        team = None if installation.is_enterprise_install else installation.team_id
        await self._put(
            Installed(
                id=team or installation.enterprise_id or "",
                token=installation.bot_token or "",
                bot=installation.bot_user_id or "",
                bot_id=installation.bot_id or "",
                name=installation.team_name or installation.enterprise_name or "",
                refresh=installation.bot_refresh_token or "",
                ends=installation.bot_token_expires_at or 0,
                since=self._clock().timestamp(),
            )
        )
        log.info("The app was installed in %s.", team or installation.enterprise_id)
        if team:  # the page is not kept waiting; of an organization's workspaces the first message tells
            task = asyncio.create_task(self._welcome(team))
            self._welcoming.add(task)
            task.add_done_callback(self._welcoming.discard)

    async def find(self, workspace: str) -> Installed:
        """The installation that serves a workspace, its token renewed where it soon ends. Raises Unavailable where
        there is none, or its token has ended and cannot be renewed."""
        for place in (workspace, await self._organization(workspace)):
            if place and (sealed := await self._vault.read(KEPT + place)):
                return await self._fresh(place, sealed)
        raise Ended(GONE.format(workspace=workspace))

    async def workspaces(self) -> tuple[str, ...]:
        """The workspaces it is known to be installed in; of an organization those that it has heard from."""
        own = [key.removeprefix(KEPT) for key in await self._vault.all(KEPT)]
        grid = {key.removeprefix(GRID): of for key, of in (await self._vault.all(GRID)).items()}
        served = {team for team, of in grid.items() if of in own}
        return tuple(sorted(served | {one for one in own if one not in grid.values()}))

    async def belongs(self, workspace: str, organization: str) -> None:
        """A workspace belongs to an organization; one that was not known is made ready."""
        if self._grid.get(workspace) == organization:
            return
        before = await self._vault.read(GRID + workspace)
        if before != organization:
            await self._vault.swap(workspace, GRID + workspace, before, organization)
            await self._welcome(workspace)
        self._grid[workspace] = organization

    async def drop(self, workspace: str, organization: str, at: datetime) -> tuple[str, ...]:
        """An installation has ended, and its token goes: the workspace's own where it has one, else its organization's;
        not one that was made anew since `at`. The workspaces that are served no more."""
        served = await self.workspaces()
        for place in (workspace, organization):
            if place and (sealed := await self._vault.read(KEPT + place)):
                if Installed(**self._seal.open(sealed)).since <= at.timestamp():
                    await self._vault.swap(place, KEPT + place, sealed, None)
                    log.info("The app was removed from %s.", place)
                break
        still = await self.workspaces()
        return tuple(one for one in served if one not in still)

    async def _organization(self, workspace: str) -> str:
        if workspace not in self._grid:
            self._grid[workspace] = await self._vault.read(GRID + workspace) or ""
        return self._grid[workspace]

    async def _put(self, installed: Installed) -> None:
        key, sealed = KEPT + installed.id, self._seal.close(asdict(installed))
        while not await self._vault.swap(installed.id, key, await self._vault.read(key), sealed):
            continue

    async def _fresh(self, id: str, sealed: str) -> Installed:
        """What is kept, with a token that is good for a while. One at a time here, and one process at a time."""
        installed = Installed(**self._seal.open(sealed))
        if not self._ends_within(installed, timedelta(minutes=EARLY)):
            return installed
        async with self._renewing[id]:
            sealed = await self._vault.read(KEPT + id) or sealed
            installed = Installed(**self._seal.open(sealed))  # another may have renewed it meanwhile
            if self._ends_within(installed, timedelta(minutes=EARLY)) and (claim := await self._claim(id)):
                try:
                    installed = await self._renew(installed, sealed)
                finally:
                    await self._vault.swap(id, RENEWING + id, claim, None)
        if self._ends_within(installed, timedelta()):
            raise Unavailable(f"Slack's token of {id} has ended and is being renewed.")
        return installed

    async def _renew(self, installed: Installed, sealed: str) -> Installed:
        """Exchange the refresh token for new ones, and keep them. Where Slack will not, the token serves to its end."""
        bot = Bot(
            bot_token=installed.token,
            bot_id=installed.bot_id,
            bot_user_id=installed.bot,
            bot_refresh_token=installed.refresh,
            bot_token_expires_at=installed.ends,
            installed_at=0.0,
        )
        try:
            renewed = await self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=EARLY)
        except (SlackTokenRotationError, SlackClientError, OSError) as error:
            log.error("The token of %s could not be renewed: %s", installed.id, error)
            return installed
        if renewed is None:
            return installed
        after = replace(
            installed,
            token=renewed.bot_token,
            refresh=renewed.bot_refresh_token or "",
            ends=renewed.bot_token_expires_at or 0,
        )
        await self._vault.swap(installed.id, KEPT + installed.id, sealed, self._seal.close(asdict(after)))
        return after

    async def _claim(self, id: str) -> str:
        """The right to renew a token, for one process; "" where another has it and lives."""
        now = self._clock()
        before = await self._vault.read(RENEWING + id)
        if before and datetime.fromisoformat(before) > now - LAPSED:
            return ""
        claim = now.isoformat()
        return claim if await self._vault.swap(id, RENEWING + id, before, claim) else ""

    def _ends_within(self, installed: Installed, time: timedelta) -> bool:
        return bool(installed.ends) and installed.ends <= (self._clock() + time).timestamp()
