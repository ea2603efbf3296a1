"""What people do on a platform: they write, edit, delete, react, rate, click, fill in a form. Values only; what comes
of them is `talk`'s matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.pilot.model import FeedbackKind
from bot.turn import Attached, Audience, Member, Message, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message that a person wrote. `mentioned`: the bot was named, or nobody else could be meant. `own`: in their own
    words, so that it can be learned from. `attached`: files that came with it, read for the answer to it only."""

    message: Message
    place: Place
    audience: Audience
    mentioned: bool
    own: bool = True
    attached: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A message with its new words; its time is that of the edit."""

    heard: Heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A message that its writer took back: ours by `message`."""

    member: Member
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """An emoji put on a message, which may be a reply of the bot's."""

    member: Member
    place: Place
    message: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A thumb, with the person's own words if they gave any and the reason if they picked one, on a message of the
    bot's, on an exchange, or, where neither is named, on the last answer that the person got there."""

    member: Member
    place: Place
    up: bool
    words: str = ""
    reason: FeedbackKind = FeedbackKind.NONE
    message: str = ""
    exchange: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clicked:
    """A button. `does`: say words on the person's behalf, tell why an answer is as it is, mark a digest's step as
    done, or tell how the pilot stands. `id` is the click's own; `about` the exchange, or the pilot and step;
    `outside`: by a guest or someone of another organization."""

    id: str
    member: Member
    place: Place
    does: Literal["say", "why", "done", "pilot", "review"]
    words: str = ""
    about: str = ""
    private: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What a person agrees to, chosen all at once."""

    id: str
    member: Member
    place: Place
    learns: bool
    named: bool
    in_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """What a person meant by words of their question that were taken to mean something else: (mention, meant)."""

    id: str
    member: Member
    place: Place
    exchange: str
    meant: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """The form of a pilot as it was filled in, one text a field; `pilot` is its id, "" for a new one."""

    id: str
    member: Member
    place: Place
    values: Mapping[str, str]
    pilot: str = ""


Did = Heard | Edited | Deleted | Reacted | Rated | Clicked | Agreed | Reworded | SetUp
