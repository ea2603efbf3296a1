"""What the core needs from models, platforms and the clock, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.answering.model import Draft, Prompt
from bot.pilot.groups import FoundGroup
from bot.ports.values import Sending
from bot.self_model.extract import Noted
from bot.self_model.model import DirectoryEntry
from bot.turn import Member, Place, Turn


class Engine(Protocol):
    """A model that writes an answer from a prompt."""

    name: str

    async def answer(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Draft:
        """Write it; `on_text` sees the text grow. Raises Unavailable (down, slow, over budget) or Garbled."""
        ...

    async def close(self) -> None:
        """Let go of its connections."""


class Observer(Protocol):
    """A model that reads a batch of one person's messages and suggests observations; each quotes verbatim."""

    async def observe(self, messages: Sequence[tuple[str, str]]) -> Noted:
        """(message id, text) pairs in; raw items out, unchecked, with what it used. Raises Unavailable or Garbled."""
        ...

    async def close(self) -> None:
        """Let go of its connections."""


class Messenger(Protocol):
    """A platform that can deliver."""

    platform: str

    async def send(self, sending: Sending) -> str:
        """Deliver, and return the platform's message id. Raises Refused (for good) or Unavailable (try again)."""
        ...


class Progress(Protocol):
    """Where people see what is being done for them while they wait."""

    async def tell(self, turn: Turn, doing: str) -> None:
        """Show it beside their message ("is reading …"); never raises, for nothing hangs on it."""
        ...


class Directory(Protocol):
    """What the workspace knows of its members, and which labels a place's readers all hold."""

    async def look_up(self, member: Member) -> DirectoryEntry | None: ...

    async def read_group(self, workspace: str, named: str) -> FoundGroup | None:
        """A group of people by its id or what it is called, with who is in it just now; None where there is no such
        group, or the platform tells of none. Raises Unavailable, Refused."""
        ...

    async def direct_place(self, member: Member) -> Place:
        """The conversation in which the bot speaks to that member alone."""
        ...


Clock = Callable[[], datetime]
