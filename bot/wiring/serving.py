"""Every connected platform served in one process, from its start to its stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial

from bot.errors import Misconfigured
from bot.flows.work import find_depths, work_through
from bot.ports import Clock
from bot.settings import Settings
from bot.wiring.means import open_means
from bot.wiring.slack import open_slack
from bot.wiring.teams import open_teams
from bot.wiring.ticking import MINUTE, Prepare, list_work, sync_all, welcome

Ready = Callable[[str], None]


async def serve(settings: Settings, stop: asyncio.Event, clock: Clock, ready: Ready, prepare: Prepare) -> None:
    """Serve every platform that the settings connect, until told to stop; `prepare` is called with each workspace
    first, and again as often as the documents are to be looked at. Raises Misconfigured where there is no platform."""
    from adapters.scheduler import ticking
    from adapters.server import serving

    async with open_means(settings) as means, AsyncExitStack() as stack:
        welcomed = partial(welcome, means, prepare, clock)
        parts = [await open_slack(means, settings, stack, clock, welcomed)] if settings.has_slack else []
        parts += [open_teams(means, settings, clock)] if settings.has_teams else []
        if not parts:
            raise Misconfigured(
                "No platform is set up: set DAYTWO_SLACK_BOT_TOKEN (see docs/install-slack.md) or DAYTWO_TEAMS_APP_ID "
                "(see docs/install-teams.md)."
            )
        sync = partial(sync_all, means, parts, prepare, clock)
        await sync()
        routes = {path: handler for part in parts for path, handler in part.routes.items()}
        pages = {path: handler for part in parts for path, handler in part.pages.items()}
        served = serving(settings.host, settings.port, routes, partial(find_depths, means.stores), pages=pages)
        port = await stack.enter_async_context(served)
        for work, seconds in list_work(means, parts, settings, clock):
            await stack.enter_async_context(ticking(work, seconds=seconds))
        if settings.sync_minutes:
            await stack.enter_async_context(ticking(sync, seconds=settings.sync_minutes * MINUTE))
        ready(f"Daytwo listens on {settings.host}:{port} for {', '.join(one.messenger.platform for one in parts)}.")
        messengers = {one.messenger.platform: one.messenger for one in parts}
        handlers = {one.messenger.platform: one.handle for one in parts}
        await work_through(means.stores, handlers, messengers, stop, clock)
