"""The values of a recording: a pilot's messages and reactions as read from somewhere, to be replayed day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.self_model.model import DirectoryEntry
from bot.turn import Audience, Member, Message, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A message where it was written. `mentioned`: the bot was named, or nobody else could be meant (direct message).
    `addressed`: that, or it stands in a thread where the bot was asked before. `day`: as its source files it; `source`:
    its record there."""

    message: Message
    place: Place
    audience: Audience
    mentioned: bool
    addressed: bool
    day: date
    source: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """An emoji that a member put on the bot's reply to a message (`exchange` is that message's id)."""

    exchange: str
    member: Member
    name: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """All of it, oldest first. `channels`: the platform's ids of conversations, by what the recording calls them.
    `problems`: sentences about what could not be read, each naming its file."""

    workspace: str
    bot: Member | None
    people: Mapping[str, DirectoryEntry]
    postings: tuple[Posting, ...]
    reactions: tuple[Reaction, ...] = ()
    channels: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(sorted({one.day for one in self.postings}))

    def name(self, member: Member) -> str:
        """What a member is called; the id where the recording does not say."""
        entry = self.people.get(member.id)
        return entry.name if entry and entry.name else member.id
