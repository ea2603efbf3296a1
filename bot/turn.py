"""The words everything else is said in: who, where, message, turn, reply, exchange.

Values only. Nothing here knows a platform, a database or the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

EVERYONE = "everyone"


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A person in a workspace; `id` is the platform's and means nothing without its workspace."""

    workspace: str
    id: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A conversation: a channel, direct or group message, and the thread in it, if any."""

    workspace: str
    channel: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a conversation as others see it. `speaker` is "agent" for the bot, else any name."""

    speaker: str
    text: str

    @property
    def by_bot(self) -> bool:
        return self.speaker == "agent"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who will read a reply. `alone`: only the asker. `grants`: the labels that *all* its readers hold."""

    alone: bool
    grants: frozenset[str] = frozenset({EVERYONE})

    def may_read(self, readers: frozenset[str]) -> bool:
        """Whether something readable by `readers` may be quoted to this audience."""
        return not self.grants.isdisjoint(readers)


def channel_label(channel: str) -> str:
    """The label that everyone in a channel or chat holds, by the platform's id of it."""
    return f"channel:{channel}"


def person_label(person: str) -> str:
    """The label that one person holds, by the platform's id of them."""
    return f"person:{person}"


def audience_at(place: Place, asker: Member, *, alone: bool) -> Audience:
    """Who reads a reply to `asker` at `place`: everyone's label and the channel's; the asker's own only where nobody
    else reads there. Of other channels that a person is in nothing is known, so nothing of theirs is granted."""
    own = {person_label(asker.id)} if alone else set()
    return Audience(alone=alone, grants=frozenset({EVERYONE, channel_label(place.channel), *own}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one person wrote, once: the unit the self-model learns from.

    `text` is as written, quotes and code included, the mention of the bot removed. `context` is what was said just
    before, oldest first; it is never evidence. `private`: written where only the bot reads.
    """

    id: str
    author: Member
    text: str
    at: datetime
    permalink: str = ""
    private: bool = False
    context: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file handed over with a message, as Markdown: read for the answer to it, never kept, never evidence."""

    name: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message to the bot, where it was said, who will read the reply, and what was said before it. `mentioned`: the
    bot was named, or is the only one who could be meant. `platform` names who delivers the reply."""

    message: Message
    place: Place
    audience: Audience
    history: tuple[Said, ...] = ()
    mentioned: bool = True
    platform: str = "terminal"
    attached: tuple[Attached, ...] = ()

    @property
    def asker(self) -> Member:
        return self.message.author


class Decision(StrEnum):
    """What to do with a question: answer it, say what is uncertain, ask back, or say the documents lack it."""

    ANSWER = "answer"
    HEDGE = "hedge"
    ASK = "ask"
    DECLINE = "decline"


class Depth(StrEnum):
    """How deep an answer goes, and how much someone knows of a topic: the same four steps, easiest first."""

    FOUNDATIONAL = "foundational"
    WORKING = "working"
    ADVANCED = "advanced"
    EXPERT = "expert"

    @property
    def rank(self) -> int:
        """0 for foundational to 3 for expert."""
        return list(Depth).index(self)

    def moved(self, steps: int) -> Depth:
        """The depth that many steps deeper (negative: simpler), held at the ends."""
        depths = list(Depth)
        return depths[max(0, min(len(depths) - 1, self.rank + steps))]


class Lens(StrEnum):
    """The angle a role reads from. GENERAL where no role is known."""

    EXECUTIVE = "executive"
    ARCHITECT = "architect"
    ENGINEER = "engineer"
    PRODUCT = "product"
    NEWCOMER = "newcomer"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Assumption:
    """What enrichment took a mention to mean. `origin` is "history" or the address of the belief it came from."""

    mention: str
    reading: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A passage's mention in a reply: `number` is the marker in the text, `link` opens the document if it can."""

    number: int
    passage: str
    document: str
    title: str
    excerpt: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the bot shows. `text` is Markdown with citation markers like [1]; `choices` are the readings to pick from.

    `confidence` (0-1) is that a direct answer is right. `engine` names who wrote it, "" where nothing was asked;
    `fallback` says why the model's own answer was not used ("" where it was, or where no model was asked). `undone`:
    mentions that the asker did not mean as they had been taken, and that this answer left as they are.
    """

    decision: Decision
    text: str
    confidence: float
    depth: Depth = Depth.WORKING
    lens: Lens = Lens.GENERAL
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    choices: tuple[str, ...] = ()
    beliefs_used: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    engine: str = "offline"
    fallback: str = ""
    prompt_version: str = ""
    undone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A turn and its reply. `id` is the turn's message id; `held_back`: answered without the self-model, as control."""

    id: str
    turn: Turn
    enriched: str
    reply: Reply
    at: datetime
    held_back: bool = False

    @property
    def asked(self) -> bool:
        """Whether something was asked, and an engine answered; not thanks, a remark or a command."""
        return bool(self.reply.engine)

    @property
    def asker(self) -> Member:
        return self.turn.asker
