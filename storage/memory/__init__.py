"""Every store in memory: for tests, the replay and the terminal. Nothing outlives the process."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from bot.ports import Pace, Stores
from storage.memory.consents import MemoryConsents
from storage.memory.conversations import MemoryConversations
from storage.memory.inbox import MemoryInbox
from storage.memory.journal import MemoryJournal
from storage.memory.knowledge import MemoryKnowledge
from storage.memory.links import MemoryLinks
from storage.memory.outbox import MemoryOutbox
from storage.memory.pilots import MemoryPilots
from storage.memory.self_models import MemorySelfModels
from storage.memory.vault import MemoryVault


def open_memory(seconds_now: Callable[[], float] = time.time, *, paces: Mapping[str, Pace] | None = None) -> Stores:
    """Empty stores; `seconds_now` stands for a database's clock (seconds since 1970). `paces`: how fast each platform
    takes messages."""
    inbox, outbox = MemoryInbox(seconds_now), MemoryOutbox(seconds_now, paces or {})
    journal, conversations = MemoryJournal(inbox, outbox), MemoryConversations()
    return Stores(
        journal=journal,
        self_models=MemorySelfModels(journal, conversations),
        consents=MemoryConsents(),
        knowledge=MemoryKnowledge(),
        pilots=MemoryPilots(),
        inbox=inbox,
        outbox=outbox,
        conversations=conversations,
        vault=MemoryVault(),
        links=MemoryLinks(),
    )
