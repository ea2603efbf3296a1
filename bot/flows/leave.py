"""A workspace that leaves: its tokens go at once, all that is kept of it some days later, unless it comes back before.

Removing an app is easily done by mistake; what it had learned in months is not learned anew in days.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.ports import Vault

LEFT = "left/"
Erase = Callable[[str], Awaitable[Mapping[str, int]]]


async def leave(vault: Vault, workspace: str, now: datetime) -> None:
    """Note that a workspace has left; the first time counts."""
    await vault.swap(workspace, LEFT + workspace, None, now.isoformat())


async def come_back(vault: Vault, workspace: str) -> None:
    """Note that it is back, so that nothing of it is deleted."""
    since = await vault.read(LEFT + workspace)
    if since is not None:
        await vault.swap(workspace, LEFT + workspace, since, None)


async def erase_left(vault: Vault, erase: Erase, days: float, now: datetime) -> Mapping[str, Mapping[str, int]]:
    """Delete for good all that is kept of the workspaces that left so many days ago; workspace -> table -> rows."""
    erased = {}
    for key, since in (await vault.all(LEFT)).items():
        if datetime.fromisoformat(since) <= now - timedelta(days=days):
            workspace = key.removeprefix(LEFT)
            erased[workspace] = await erase(workspace)
    return erased
