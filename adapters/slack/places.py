"""Places that Slack itself does not have: an aside, seen by one person in a channel where others read, and a person.

An aside is a place of its own, so that whatever is said there can be shown to its person alone, and to nobody else.
"""

from __future__ import annotations

from bot.turn import EVERYONE, Audience, Member, Place, channel_label, person_label

APART = "/"  # between a channel and the person an aside is with; no id of Slack's has it


def aside(channel: str, member: Member, thread: str = "") -> Place:
    """Where the bot speaks to one person alone, within a channel. `thread` is no thread of Slack's; it only keeps what
    belongs together."""
    return Place(member.workspace, f"{channel}{APART}{member.id}", thread)


def open_aside(place: Place) -> tuple[str, str]:
    """The channel and the person of an aside, else the channel and ""."""
    channel, _, person = place.channel.partition(APART)
    return channel, person


def own_place(member: Member) -> Place:
    """A person as a place: their direct conversation, which is opened on delivery."""
    return Place(member.workspace, member.id)


def is_person(place: Place) -> bool:
    """Whether a place is a person and not a conversation: such ids begin with U, in Enterprise Grid with W."""
    return place.channel.startswith(("U", "W")) and APART not in place.channel


def audience_of_aside(channel: str, member: Member) -> Audience:
    """The person alone, who may read what everyone may, what is for the channel, and what is for them."""
    return Audience(alone=True, grants=frozenset({EVERYONE, channel_label(channel), person_label(member.id)}))
