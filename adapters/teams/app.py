"""Teams as it was kept: how to reach people is remembered, then what they did is handled. The flows act."""

from __future__ import annotations

import logging
from dataclasses import replace

from adapters import talk
from adapters.did import Heard
from adapters.payload import Payload, part, parts, word
from adapters.teams.explain import EXPLAINING
from adapters.teams.files import WITH_A_QUESTION, SentFile, fetch_all, read_files
from adapters.teams.home import HOME, WELCOME, render_home
from adapters.teams.messenger import TeamsMessenger
from adapters.teams.outside import is_outside, narrow
from adapters.teams.reference import PERSON, Reference, own_place, read_member, read_reference
from adapters.teams.render import show
from adapters.teams.translate import PLATFORM, asker_of, read
from bot.errors import Refused
from bot.flows.control import IN_PRIVATE, NOTICE
from bot.flows.means import Means
from bot.flows.suggest import suggest
from bot.flows.tell_home import read_home
from bot.flows.tell_office import read_office
from bot.ports import Clock, Conversations, Effects, Lease, Notice, Outgoing
from bot.turn import Member, Place

log = logging.getLogger(__name__)
HOME_IS_HERE = "Your home: what I believe about you, what you agreed to, and what the champion sees."


async def handle(means: Means, messenger: TeamsMessenger, lease: Lease, clock: Clock) -> None:
    """One kept activity: answer, learn, note a word on a reply, or show a home. Ends with the lease marked done."""
    body, workspace = lease.event.body, lease.event.workspace
    conversations = means.stores.conversations
    if is_goodbye(body):
        await let_go(conversations, body, workspace)
        await means.stores.inbox.finish(lease)
        return
    await remember(conversations, body, workspace)
    did = await narrow(messenger, body, read(body, workspace, lease.event.received_at))
    if is_hello(body):
        await show_home(means, messenger, read_member(part(body, "from"), workspace), clock, greeting=WELCOME)
        await means.stores.inbox.finish(lease)
    elif isinstance(did, Heard) and asks_for_home(did):
        await show_home(means, messenger, did.message.author, clock)
        await end_asking(means, did, lease)
    else:
        if isinstance(did, Heard) and not lease.answered and (files := read_files(body)):
            did = await open_files(means, did, files, word(body, "serviceUrl"))
        await talk.handle(means, PLATFORM, did, lease, clock)
    await remember(conversations, body, workspace)  # what they did may have been to have everything of theirs erased


async def show_home(
    means: Means, messenger: TeamsMessenger, member: Member, clock: Clock, *, greeting: str = ""
) -> None:
    """Show a person their home in their own chat. Raises Unavailable; where Teams will not take it, that is logged."""
    home, office = await read_home(means.stores, member, clock()), await read_office(means, member, clock())
    outside = await is_outside(messenger, member)
    asks = await suggest(means.stores, member, clock(), outside=outside)
    try:
        await messenger.post(member, show(render_home(home, office, asks=asks, greeting=greeting), HOME_IS_HERE))
    except Refused as error:
        log.warning("A home was not shown: %s", error)


async def open_files(means: Means, heard: Heard, files: tuple[SentFile, ...], service: str) -> Heard:
    """A message with the words of the files that came with it; what is not read is said at once. Raises Unavailable."""
    read_ones, remarks = await fetch_all(files, service)
    if read_ones and not heard.message.text:
        remarks.append(WITH_A_QUESTION)
    if remarks:
        told = Outgoing(
            key=f"files/{heard.message.id}",
            platform=PLATFORM,
            place=heard.place,
            content=Notice("\n".join(remarks)),
            alone=heard.audience.alone,
        )
        await means.stores.journal.commit(Effects(outgoing=(told,)))
    return replace(heard, attached=tuple(read_ones))


def asks_for_home(heard: Heard) -> bool:
    """Whether a message to the bot asks for its writer's home."""
    return heard.mentioned and heard.message.text.lower().strip(" .!?") in HOME


async def end_asking(means: Means, heard: Heard, lease: Lease) -> None:
    """Done; where others read, the place gets a word that it was shown in private."""
    key = f"{NOTICE}{heard.message.id}"
    told = Outgoing(key=key, platform=PLATFORM, place=heard.place, content=Notice(IN_PRIVATE))
    outgoing = () if heard.audience.alone else (told,)
    await means.stores.journal.commit(Effects(outgoing=outgoing, done=lease))


async def remember(conversations: Conversations, body: Payload, workspace: str) -> None:
    """Keep how to reach the conversation and, from a shared one, the person; written only where it is news. Where a
    message was picked to be explained the bot may not be, so the conversation is not kept."""
    reference = read_reference(body)
    if reference is None:
        return
    member = asker_of(body, workspace)
    alone, is_visit = reference.kind == "personal", word(body, "name") in EXPLAINING
    if not is_visit:
        there = Place(workspace, reference.conversation)
        shown = reference if alone else replace(reference, user="", person="")
        await keep(conversations, there, shown, member if alone else None)
    if member and (is_visit or not alone):
        await keep(conversations, own_place(member), replace(reference, kind=PERSON), None)


async def keep(conversations: Conversations, place: Place, reference: Reference, direct_with: Member | None) -> None:
    """Write a reference where another one or none is kept."""
    if await conversations.reference(place) != reference.to_dict():
        await conversations.remember(place, PLATFORM, reference.to_dict(), direct_with)


def is_hello(body: Payload) -> bool:
    """Whether a person added the bot to their own apps."""
    installed = word(body, "type") == "installationUpdate" and word(body, "action") == "add"
    return installed and word(part(body, "conversation"), "conversationType") == "personal" and bool(part(body, "from"))


def is_goodbye(body: Payload) -> bool:
    """Whether the bot was taken out of the conversation."""
    if word(body, "type") == "installationUpdate":
        return word(body, "action").startswith("remove") and word(body, "action") != "remove-upgrade"
    bot = word(part(body, "recipient"), "id")
    gone = [word(one, "id") for one in parts(body, "membersRemoved")]
    return word(body, "type") == "conversationUpdate" and bool(bot) and bot in gone


async def let_go(conversations: Conversations, body: Payload, workspace: str) -> None:
    """Forget how to reach a conversation that the bot is no longer in."""
    if reference := read_reference(body):
        await conversations.drop(Place(workspace, reference.conversation))
