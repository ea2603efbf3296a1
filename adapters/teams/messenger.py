"""Delivering to Teams: into a conversation whose reference is kept, or a person's own, opened where there is none.

Teams can neither be asked what was posted nor told a key of ours. So nothing whose first attempt may have gone through
is sent again: it is told to the operator as unknown.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from adapters.payload import word
from adapters.teams.outside import OUTSIDE
from adapters.teams.picture import show_picture
from adapters.teams.reference import PERSON, Reference, kept_reference, open_aside, own_place
from adapters.teams.render import message, render
from adapters.teams.sdk import Connector, Denied
from adapters.teams.stream import Streams, is_streamed
from adapters.teams.translate import PLATFORM
from bot.digest.model import Digest
from bot.errors import DaytwoError, Refused, Unavailable, Unknown, Unsure
from bot.pilot.groups import FoundGroup
from bot.ports import Outgoing, Sending, Stores
from bot.self_model.model import DirectoryEntry
from bot.turn import Member, Place, Turn

log = logging.getLogger(__name__)
Activity = Mapping[str, object]
MOVED = "You asked where I can no longer post, so I answer you here:"
HOUR = 3_600.0  # seconds for which what Teams said of a member is taken to hold


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something may be posted. `aside`: shown there to the reference's person alone."""

    place: Place
    reference: Reference
    aside: bool = False


class TeamsMessenger:
    """A messenger, a directory and a place to show progress (see `bot.ports`) for one tenant. `asides`: whether what is
    for one person may be shown to them alone where others read, else it goes to their own chat."""

    platform = PLATFORM

    def __init__(self, connector: Connector, stores: Stores, *, asides: bool = False) -> None:
        self._connector, self._stores, self._asides = connector, stores, asides
        self._conversations = stores.conversations
        self._streams = Streams(connector)
        self._known: dict[Member, tuple[DirectoryEntry | None, float]] = {}

    async def send(self, sending: Sending) -> str:
        """Post it; the id of the message of it that can be rated, else of its first."""
        outgoing = sending.outgoing
        activities: Sequence[Activity] = render(outgoing)
        # On the first attempt it is uncertain only where an operator has it sent all the same.
        if sending.uncertain and sending.attempt > 1 and not outgoing.replaces:
            return find_rated(sending.posted, activities)
        spot = await self._resolve(outgoing)
        try:
            posted = await self._post(sending, activities, spot)
        except Denied as error:
            spot, activities = await self._find_other(outgoing, activities, spot, error)
            posted = await self._post(sending, activities, spot)
        if isinstance(outgoing.content, Digest):
            await self._show_picture(outgoing.content, spot)
        return find_rated(posted, activities) if any("channelData" in one for one in activities) else posted[0]

    async def tell(self, turn: Turn, doing: str) -> None:
        """Show what is being done: in a personal chat in words, elsewhere as someone typing."""
        reference = kept_reference(await self._conversations.reference(turn.place))
        if reference is None or open_aside(turn.place)[1]:
            return
        if reference.kind == "personal":
            await self._streams.tell(reference, turn.message.id, doing)
            return
        try:
            await self._connector.send(reference.in_thread(turn.place.thread), {"type": "typing"})
        except DaytwoError as error:
            log.info("What is being done was not shown: %s", error)

    async def post(self, member: Member, activity: Activity) -> None:
        """Post something into a person's own chat. Raises Refused, Unavailable."""
        reference = await self._find(await self.direct_place(member))
        await self._connector.send(reference, activity)

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        """What Teams says of a member, in their direct conversation or one they were seen in, as of within the hour;
        None where they were in none, or the bot no longer is. Raises Unavailable."""
        known, at = self._known.get(member, (None, 0.0))
        if known is None or time.monotonic() - at > HOUR:
            known = await self._ask_for(member)
            self._known[member] = known, time.monotonic()
        return known

    async def read_group(self, workspace: str, named: str) -> FoundGroup | None:
        """None: Teams tells a bot of no groups but the chats and teams that it is in."""
        return None

    async def _ask_for(self, member: Member) -> DirectoryEntry | None:
        place = await self.direct_place(member)
        reference = kept_reference(await self._conversations.reference(place))
        if reference is None or not reference.user:
            return None
        try:
            found = await self._connector.member(reference, reference.user)
        except Refused:
            return None
        email = word(found, "email") or word(found, "userPrincipalName")
        outside = word(found, "userRole") in OUTSIDE
        return DirectoryEntry(member=member, name=word(found, "name"), email=email, is_outside=outside)

    async def direct_place(self, member: Member) -> Place:
        """The direct conversation with a member; where there is none yet, their own place, opened on delivery."""
        return await self._conversations.direct(member) or own_place(member)

    async def _post(self, sending: Sending, activities: Sequence[Activity], spot: Spot) -> list[str]:
        """Post what another attempt has not posted; the messages' ids. Raises Unknown where it may be there."""
        outgoing, posted = sending.outgoing, list(sending.posted)
        try:
            streams = not posted and is_streamed(outgoing, spot.reference, activities)
            if streams and (message := await self._streams.write(spot.reference, outgoing.exchange, activities[0])):
                await self._note(outgoing, posted, message, len(activities))
            for activity in activities[len(posted) :]:
                replaces = "" if posted else outgoing.replaces
                message = await self._connector.send(spot.reference, activity, replaces, aside=spot.aside)
                await self._note(outgoing, posted, message, len(activities))
        except Unsure as error:
            if outgoing.replaces and not posted:  # what stands there already can be put there once more
                raise
            raise Unknown(str(error)) from error
        return posted

    async def _note(self, outgoing: Outgoing, posted: list[str], message: str, parts: int) -> None:
        """Note the next message of so many, and keep it where more follow, so that another attempt begins after it."""
        posted.append(message)
        if len(posted) < parts:
            await self._stores.outbox.posted(outgoing.key, posted)

    async def _show_picture(self, digest: Digest, spot: Spot) -> None:
        """Post a digest's picture under it. What a digest says does not hang on its picture: where it cannot be shown,
        that is logged, and nothing is sent again."""
        shown = await asyncio.to_thread(show_picture, digest)
        if shown is None:
            return
        try:
            await self._connector.send(spot.reference, shown)
        except DaytwoError as error:
            log.warning("The picture of a digest could not be shown: %s", error)

    async def _resolve(self, outgoing: Outgoing) -> Spot:
        """Where to post. What is for one person goes where others read only as an aside, else to their own chat."""
        channel, person = open_aside(outgoing.place)
        to = Member(outgoing.place.workspace, person) if person else outgoing.only_to
        place = replace(outgoing.place, channel=channel)
        if to is None:
            reference = await self._find(place)
            return Spot(place, reference.in_thread(place.thread) if place.thread else reference)
        shared = kept_reference(await self._conversations.reference(place))
        own = kept_reference(await self._conversations.reference(own_place(to)))
        if self._asides and shared and shared.kind not in ("personal", PERSON) and own and own.user:
            there = replace(shared, user=own.user, person=to.id)
            return Spot(place, there.in_thread(place.thread) if place.thread else there, aside=True)
        return await self._own_chat(outgoing)

    async def _own_chat(self, outgoing: Outgoing) -> Spot:
        """The own chat of the person that something is for."""
        person = open_aside(outgoing.place)[1]
        to = Member(outgoing.place.workspace, person) if person else outgoing.only_to
        place = await self.direct_place(to) if to else outgoing.place
        return Spot(place, await self._find(place))

    async def _find(self, place: Place) -> Reference:
        """How to reach a place; a person's own chat is opened where it has to be. Raises Unavailable, Refused."""
        kept = kept_reference(await self._conversations.reference(place))
        if kept is None and (direct := await self._conversations.direct(Member(place.workspace, place.channel))):
            kept = kept_reference(await self._conversations.reference(direct))
        if kept is None:
            raise Unavailable(f"Where {place.channel} can be reached in Teams is not known (yet).")
        return await self._open(Member(place.workspace, place.channel), kept) if kept.kind == PERSON else kept

    async def _open(self, member: Member, own: Reference) -> Reference:
        """A person's direct conversation, the one there is or opened by their own reference, and kept."""
        if direct := await self._conversations.direct(member):
            known = kept_reference(await self._conversations.reference(direct))
            if known:
                return known
        conversation = await self._connector.open_direct(own)
        if not conversation:
            raise Refused("Teams opened no conversation.")
        opened = replace(own, conversation=conversation, kind="personal")
        await self._conversations.remember(
            Place(member.workspace, conversation), PLATFORM, opened.to_dict(), direct_with=member
        )
        return opened

    async def _find_other(
        self, outgoing: Outgoing, activities: Sequence[Activity], spot: Spot, error: Denied
    ) -> tuple[Spot, Sequence[Activity]]:
        """Where else to post what Teams does not take there: what is for one person in their own chat, and so an answer
        to a question from where the bot no longer is. Raises the refusal where there is nowhere else."""
        if spot.aside:
            return await self._own_chat(outgoing), activities
        if not error.gone:
            raise error
        await self._conversations.drop(Place(spot.place.workspace, spot.place.channel))
        exchange = await self._stores.journal.exchange(outgoing.place.workspace, outgoing.exchange)
        if exchange is None or spot.reference.kind == "personal" or outgoing.replaces:
            raise error
        place = await self.direct_place(exchange.asker)
        return Spot(place, await self._find(place)), (message(MOVED), *activities)


def find_rated(posted: Sequence[str], activities: Sequence[Activity]) -> str:
    """The id of the message that can be rated, of those that are there. Raises Unknown where it may be missing."""
    for sent, activity in zip(posted, activities, strict=False):
        if "channelData" in activity:
            return sent
    raise Unknown("Teams was asked to take it and gave no answer, so it is not sent again.")
