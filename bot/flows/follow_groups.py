"""Groups whose members are evaluators, followed: read once a day and whenever the platform tells of a change."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.errors import Refused, Unavailable
from bot.pilot.calendar import local_date
from bot.pilot.groups import find_group, follow, open_groups, stale_groups, swap_group
from bot.pilot.model import PilotKey, UserGroup
from bot.ports import Directory, Pilots

log = logging.getLogger(__name__)


async def follow_groups(pilots: Pilots, directories: Mapping[str, Directory], now: datetime) -> None:
    """See who is in every pilot's groups, where that has not been seen on its local date; `directories` by platform.
    Where one cannot be read just now, the next tick tries again; of one that is refused the last reading holds."""
    for pilot in await pilots.all():
        directory, today = directories.get(pilot.platform), local_date(pilot, now)
        if directory is None:
            continue
        for group in stale_groups(pilot, today):
            try:
                await read_anew(pilots, directory, pilot.key, group, today)
            except Unavailable as error:
                log.info("Who is in %s is read later: %s", group.name or group.id, error)


async def follow_group(pilots: Pilots, directory: Directory, workspace: str, id: str, now: datetime) -> None:
    """Who is in a group has changed: see who is, for every pilot that it takes part in. Raises Unavailable."""
    for pilot in await pilots.all(workspace):
        if group := find_group(open_groups(pilot), id):
            await read_anew(pilots, directory, pilot.key, group, local_date(pilot, now))


async def read_anew(pilots: Pilots, directory: Directory, key: PilotKey, group: UserGroup, today: date) -> None:
    """Read one group and keep who is in it. Raises Unavailable."""
    found, why = None, "there is no such group"
    try:
        found = await directory.read_group(key.workspace, group.id)
    except Refused as refused:
        why = str(refused)
    if found is None:
        log.warning("Who is in %s cannot be read: %s", group.name or group.id, why)
    for pilot in await pilots.all(key.workspace):  # as it is now: it may have been changed meanwhile
        if pilot.key == key and (known := find_group(open_groups(pilot), group.id)):
            after = follow(known, found, today) if found else replace(known, read_on=today)
            if after != known:
                await pilots.save(swap_group(pilot, known, after))
