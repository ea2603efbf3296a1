"""The channel in which a pilot's reviewers read, named by saying so there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.errors import Refused
from bot.flows.set_up_pilot import NO_PILOT, Asked, find_pilot, require_right
from bot.flows.tell_reviewers import key_of
from bot.pilot.commands import PilotCommand, PilotDo
from bot.pilot.model import Pilot
from bot.ports import Notice, Stores
from bot.turn import EVERYONE, Turn

REVIEWERS: Final = frozenset({PilotDo.REVIEWERS_HERE, PilotDo.REVIEWERS_OFF})
NOT_ALONE: Final = "Say that in the channel where the reviewers read: mention me there with *pilot reviewers here*."
NOT_OUTSIDE: Final = "People from outside this workspace read here, so what is to be reviewed is not posted here."
OFF: Final = "Nothing to review of “{name}” is posted any more; `daytwo monitor` lists it."
HERE: Final = (
    "From now on I post here what should be looked at in “{name}”: answers that were called wrong or written without "
    "the model, and messages I could not handle. Open just now: {waits}. Words are shown only of what was asked in the "
    "pilot's channels by people who agreed to be named, never of direct conversations."
)


async def name_reviewers(stores: Stores, asked: Asked, turn: Turn, command: PilotCommand) -> Notice:
    """Post what should be looked at where this was said, or nowhere. What may not be done is said, not raised."""
    try:
        pilot = await find_pilot(stores.pilots, asked.member, command.pilot)
        await require_right(asked, pilot)
    except Refused as refused:
        return Notice(str(refused))
    if pilot is None:
        return Notice(NO_PILOT)
    if command.do is PilotDo.REVIEWERS_OFF:
        await move(stores, pilot, "")
        return Notice(OFF.format(name=pilot.name))
    if turn.audience.alone or EVERYONE not in turn.audience.grants:
        return Notice(NOT_ALONE if turn.audience.alone else NOT_OUTSIDE)
    waits = await move(stores, pilot, turn.place.channel)
    return Notice(HERE.format(name=pilot.name, waits=waits))


async def move(stores: Stores, pilot: Pilot, channel: str) -> int:
    """Keep the channel, and take back what is not delivered yet, so that it goes there; how many items are open."""
    await stores.pilots.save(replace(pilot, reviewers=channel))
    reviews = await stores.journal.reviews(pilot.workspace)
    for review in reviews:
        await stores.outbox.take_back(key_of(review))
    return len(reviews)
