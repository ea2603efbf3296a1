"""Who knows a platform's people, for commands that serve nobody."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack

from pydantic import SecretStr

from bot.errors import Unavailable
from bot.flows.means import Means
from bot.ports import Clock, Directory
from bot.settings import Settings
from bot.wiring.slack import open_slack
from bot.wiring.teams import open_teams

log = logging.getLogger(__name__)


async def open_directory(means: Means, settings: Settings, platform: str, clock: Clock) -> Directory | None:
    """Who knows a platform's people, for a command that takes in no events; None where the settings do not connect it
    or it cannot be reached just now."""
    if platform == "teams" and settings.has_teams:
        return open_teams(means, settings, clock).directory
    if platform != "slack" or not settings.has_slack:
        return None
    unheard = settings.slack_signing_secret or SecretStr("no request is verified")
    quiet = settings.model_copy(update={"slack_app_token": None, "slack_signing_secret": unheard})
    try:
        async with AsyncExitStack() as stack:
            return (await open_slack(means, quiet, stack, clock)).directory
    except Unavailable as error:
        log.warning("People go by the names that digests called them: %s", error)
        return None
