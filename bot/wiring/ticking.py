"""The work that comes round by itself: documents taken in, digests told, what has reached its age wiped."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

from bot.errors import Unavailable
from bot.flows.follow_groups import follow_groups
from bot.flows.leave import come_back, erase_left, has_left
from bot.flows.means import Means
from bot.flows.prove import prove
from bot.flows.purge import purge
from bot.flows.send_digest import send_due_digests
from bot.flows.tell_reviewers import tell_reviewers
from bot.flows.tell_since import tell_since
from bot.ports import Clock
from bot.settings import Settings
from bot.wiring.part import Part, find_served, is_there

log = logging.getLogger(__name__)

MINUTE, HOUR = 60.0, 3600.0  # seconds
REVIEWS = 10.0  # seconds: reviewers see soon what is wrong, and a round costs two short reads where nothing is
Prepare = Callable[[Means, str], Awaitable[None]]
Work = Callable[[], Awaitable[object]]


def list_work(means: Means, parts: Sequence[Part], settings: Settings, clock: Clock) -> list[tuple[Work, float]]:
    """What is to be done again and again while the platforms are served, and every how many seconds. Each looks for
    itself what is due, so that a tick too many does no harm."""
    directories = {part.messenger.platform: part.directory for part in parts}
    proof = partial(prove, means)
    return [
        (lambda: follow_groups(means.stores.pilots, directories, clock()), MINUTE),
        (lambda: send_due_digests(means.stores, clock(), directories, proof), MINUTE),
        (lambda: tell_reviewers(means, clock(), directories.keys()), REVIEWS),
        (lambda: tell_since(means, clock(), directories), HOUR),
        (lambda: purge_due(means, parts, settings, clock()), HOUR),
    ]


async def sync_all(means: Means, parts: Sequence[Part], prepare: Prepare, clock: Clock) -> None:
    """Take in what changed in the documents, for every workspace that is served and has not left."""
    for workspace in await find_served(parts):
        try:
            there = await is_there(parts, workspace)
        except Unavailable as error:
            log.info("Whether the app is still in %s is asked again later: %s", workspace, error)
            there = not await has_left(means.stores.vault, workspace)
        if there:
            await welcome(means, prepare, clock, workspace)
        else:
            log.warning("The app is not in %s any more; no documents are taken in for it.", workspace)


async def welcome(means: Means, prepare: Prepare, clock: Clock, workspace: str) -> None:
    """Make a workspace ready that is there: nothing of it is deleted, what changed in the documents is taken in."""
    await come_back(means.stores.vault, workspace)
    await prepare(means, workspace)
    means.synced[workspace] = clock()


async def purge_due(means: Means, parts: Sequence[Part], settings: Settings, now: datetime) -> None:
    """Wipe the words that have reached their age, all of the workspaces that left, and what is long done."""
    from storage.leave import erase_workspace
    from storage.queue import KEPT, drop_done

    await drop_done(settings.database_url, now - KEPT)
    erase = partial(erase_workspace, settings.database_url)
    back = partial(is_there, parts)
    for workspace, rows in (await erase_left(means.stores.vault, back, erase, settings.uninstall_days, now)).items():
        log.info("All that was kept of workspace %s is deleted: %s rows.", workspace, sum(rows.values()))
    for workspace in await find_served(parts):
        await purge(means.stores.journal, workspace, settings.retention_days, now)
