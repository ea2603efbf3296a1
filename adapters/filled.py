"""Forms that people sent, and what comes of them: the same for every platform."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adapters.did import Agreed, Clicked, SetUp
from bot.errors import Refused
from bot.flows.agree import Choice
from bot.flows.close_review import Pressed
from bot.flows.means import Means
from bot.flows.set_up_pilot import Asked, set_up_pilot
from bot.ports import Clock, Effects, Lease, Notice, Outgoing
from bot.turn import Member


def as_choice(platform: str, agreed: Agreed) -> Choice:
    """What was chosen, for the flow."""
    return Choice(
        id=agreed.id,
        member=agreed.member,
        platform=platform,
        place=agreed.place,
        learns=agreed.learns,
        named=agreed.named,
        in_public=agreed.in_public,
    )


def as_pressed(platform: str, clicked: Clicked) -> Pressed:
    """A button of a card for reviewers, for the flow."""
    return Pressed(
        id=clicked.id,
        member=clicked.member,
        platform=platform,
        place=clicked.place,
        does=clicked.words,
        card=clicked.about,
        outside=clicked.outside,
    )


def as_asked(means: Means, platform: str, member: Member, clock: Clock) -> Asked:
    """Who wants something done with a pilot."""
    return Asked(member=member, platform=platform, now=clock(), directory=means.directory, admins=means.admins)


async def set_up(means: Means, platform: str, did: SetUp, lease: Lease, clock: Clock) -> None:
    """Save a pilot as it was filled in, and say to whoever did it what it still lacks."""
    asked = as_asked(means, platform, did.member, clock)
    try:
        _, notice = await set_up_pilot(means.stores.pilots, asked, did.values, did.pilot)
    except Refused as refused:
        notice = Notice(str(refused))
    told = Outgoing(key=did.id, platform=platform, place=did.place, content=notice, only_to=did.member, alone=True)
    await means.stores.journal.commit(Effects(outgoing=(told,), done=lease))


def put_meant(question: str, meant: Sequence[tuple[str, str]]) -> str:
    """The question with its mentions replaced by what was meant; one that it does not hold is said beside it."""
    for mention, words in meant:
        parts = re.split(rf"(?<!\w){re.escape(mention)}(?!\w)", question, maxsplit=1, flags=re.IGNORECASE)
        question = words.join(parts) if len(parts) == 2 else f"{question} ({mention}: {words})"
    return question
