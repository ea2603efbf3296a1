"""How to reach a conversation in Teams: read from an authenticated activity, kept, and used to speak there later.

The tenant comes from the channel's data: in `conversation.tenantId` the SDK never sees it. Names are not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

from adapters.payload import Payload, part, word
from bot.turn import Member, Place

CHANNEL = "msteams"
PERSON = "person"
THREAD = ";messageid="
SHARED = "19:"  # what the ids of conversations begin with in which several people read
APART = "/"  # between a shared conversation and the person an aside in it is with; no id of Teams' has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where (service address, tenant, conversation) and between whom (bot's account; the person's account and their id
    in the directory, where it is theirs alone). `kind` is personal, groupChat or channel, or PERSON in a person's own
    reference: its conversation is one they were seen in, and their direct one has still to be opened."""

    service: str
    tenant: str
    bot: str
    conversation: str
    kind: str = "personal"
    user: str = ""
    person: str = ""

    def to_dict(self) -> Mapping[str, object]:
        return asdict(self)

    def in_thread(self, thread: str) -> Reference:
        """The same conversation, within a channel's thread; chats have none."""
        return replace(self, conversation=f"{self.conversation}{THREAD}{thread}") if self.in_channel else self

    @property
    def in_channel(self) -> bool:
        return self.kind == "channel"


def read_reference(body: Payload) -> Reference | None:
    """An activity's reference, without its thread; None where it does not say enough to answer."""
    conversation = part(body, "conversation")
    found = Reference(
        service=word(body, "serviceUrl"),
        tenant=read_tenant(body),
        bot=word(part(body, "recipient"), "id"),
        user=word(part(body, "from"), "id"),
        person=word(part(body, "from"), "aadObjectId"),
        conversation=read_channel(body),
        kind=word(conversation, "conversationType") or "personal",
    )
    return found if found.service and found.bot and found.conversation else None


def kept_reference(kept: Mapping[str, object] | None) -> Reference | None:
    """A reference as it was kept; None where nothing was, or something else."""
    names = [one.name for one in fields(Reference)]
    if kept is None or not all(isinstance(kept.get(name), str) for name in names):
        return None
    return Reference(**{name: str(kept[name]) for name in names})


def read_tenant(body: Payload) -> str:
    """The tenant an activity comes from."""
    return word(part(part(body, "channelData"), "tenant"), "id") or word(part(body, "conversation"), "tenantId")


def read_channel(body: Payload) -> str:
    """The conversation's id without the thread in it."""
    return word(part(body, "conversation"), "id").partition(THREAD)[0]


def read_member(account: Payload, workspace: str) -> Member:
    """A person, by the directory's id, which is the same in every conversation; else by the account's own."""
    return Member(workspace, word(account, "aadObjectId") or word(account, "id"))


def read_place(body: Payload, workspace: str) -> tuple[Place, bool]:
    """Where something was said or done, and whether its person alone reads there: in a personal chat, and aside, where
    it was shown to the bot alone within a shared conversation. In a channel the place is a thread; in a chat, which has
    none, each message begins its own."""
    channel, stamp = read_channel(body), word(body, "id")
    thread = word(part(body, "conversation"), "id").partition(THREAD)[2]
    if is_aside(body):
        return Place(workspace, aside(channel, read_member(part(body, "from"), workspace)), thread or stamp), True
    alone = word(part(body, "conversation"), "conversationType") == "personal"
    return Place(workspace, channel, thread or stamp), alone


def is_aside(body: Payload) -> bool:
    """Whether a message in a shared conversation is shown to its writer and the bot alone."""
    return part(body, "recipient").get("isTargeted") is True and read_channel(body).startswith(SHARED)


def aside(channel: str, member: Member) -> str:
    """A place of its own for what one person and the bot say to each other within a shared conversation."""
    return f"{channel}{APART}{member.id}"


def open_aside(place: Place) -> tuple[str, str]:
    """The conversation and the person of an aside, else the conversation and ""."""
    channel, _, person = place.channel.partition(APART)
    return (channel, person) if channel.startswith(SHARED) else (place.channel, "")


def own_place(member: Member) -> Place:
    """Where a person's own reference is kept: how to open a direct conversation with them."""
    return Place(member.workspace, member.id)
