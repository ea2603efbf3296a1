"""A message that is a command about a pilot or its digest, carried out; what is told goes to its writer alone."""

from __future__ import annotations

from datetime import datetime

from bot.digest.steering import parse_steering
from bot.flows import set_up_pilot
from bot.flows.control import Told, answer
from bot.flows.means import Means
from bot.flows.name_reviewers import REVIEWERS, name_reviewers
from bot.flows.steer_digest import steer_digest
from bot.pilot.commands import parse_pilot_command
from bot.ports import Lease, Notice
from bot.turn import Turn


async def govern_pilot(means: Means, turn: Turn, now: datetime, lease: Lease | None = None) -> Notice | None:
    """Carry out what a turn wants of a pilot; None where it wants nothing of the kind. What is returned is what its
    place gets to see."""
    notice = await find_notice(means, turn, now)
    if notice is None:
        return None
    return await answer(means.stores, turn, Told(notice), directory=means.directory, lease=lease)


async def find_notice(means: Means, turn: Turn, now: datetime) -> Notice | None:
    """The words for the turn's writer, once it is done."""
    text, pilots = turn.message.text, means.stores.pilots
    if steering := parse_steering(text):
        return await steer_digest(means.stores, turn.asker, steering, now)
    if command := parse_pilot_command(text):
        asked = set_up_pilot.Asked(
            member=turn.asker, platform=turn.platform, now=now, directory=means.directory, admins=means.admins
        )
        if command.do in REVIEWERS:
            return await name_reviewers(means.stores, asked, turn, command)
        return await set_up_pilot.carry_out(pilots, asked, command)
    return None
