"""A workspace that leaves: its tokens go at once, all that is kept of it some days later, unless it comes back before.

It is back when its platform takes us for theirs again: the app was installed anew, or its token works. That the
settings name the workspace is no sign of that.

Removing an app is easily done by mistake; what it had learned in months is not learned anew in days.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.errors import Unavailable
from bot.ports import Vault

LEFT = "left/"
IsBack = Callable[[str], Awaitable[bool]]
Erase = Callable[[str], Awaitable[Mapping[str, int]]]
log = logging.getLogger(__name__)


async def leave(vault: Vault, workspace: str, now: datetime) -> None:
    """Note that a workspace has left; the first time counts."""
    await vault.swap(workspace, LEFT + workspace, None, now.isoformat())


async def come_back(vault: Vault, workspace: str) -> None:
    """Note that it is back, so that nothing of it is deleted."""
    since = await vault.read(LEFT + workspace)
    if since is not None:
        await vault.swap(workspace, LEFT + workspace, since, None)


async def has_left(vault: Vault, workspace: str) -> bool:
    """Whether it was noted as left."""
    return await vault.read(LEFT + workspace) is not None


async def erase_left(
    vault: Vault, is_back: IsBack, erase: Erase, days: float, now: datetime
) -> Mapping[str, Mapping[str, int]]:
    """Delete for good all that is kept of the workspaces that left so many days ago and are not back; workspace ->
    table -> rows. Where that cannot be told just now (`is_back` raises Unavailable), it waits for the next time."""
    erased = {}
    for key, since in (await vault.all(LEFT)).items():
        if datetime.fromisoformat(since) <= now - timedelta(days=days):
            workspace = key.removeprefix(LEFT)
            try:
                if await is_back(workspace):
                    await come_back(vault, workspace)
                else:
                    erased[workspace] = await erase(workspace)
            except Unavailable as error:
                log.warning("What is kept of %s, which has left, is not deleted yet: %s", workspace, error)
    return erased
