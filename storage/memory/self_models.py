"""Self-models in memory."""

from __future__ import annotations

from bot.errors import Superseded
from bot.self_model.model import SelfModel
from bot.trust.model import Receipt
from bot.turn import Member
from storage.memory.conversations import MemoryConversations
from storage.memory.journal import MemoryJournal


class MemorySelfModels:
    """One self-model a member."""

    def __init__(self, journal: MemoryJournal, conversations: MemoryConversations) -> None:
        self._journal, self._conversations = journal, conversations
        self._models: dict[Member, SelfModel] = {}
        self._receipts: dict[str, Receipt] = {}

    async def load(self, member: Member) -> SelfModel:
        return self._models.get(member) or SelfModel(member=member)

    async def save(self, model: SelfModel) -> SelfModel:
        if (await self.load(model.member)).version != model.version:
            raise Superseded
        self._models[model.member] = model.stored_as(model.version + 1)
        return self._models[model.member]

    async def erase(self, model: SelfModel, receipt: Receipt) -> None:
        await self.save(model)
        self._receipts[receipt.id] = receipt
        if receipt.scope == "everything":
            self._journal.wipe_words(model.member)
            self._conversations.erase(model.member)

    async def receipts(self, member: Member) -> tuple[Receipt, ...]:
        theirs = (receipt for receipt in self._receipts.values() if receipt.member == member)
        return tuple(sorted(theirs, key=lambda receipt: (receipt.at, receipt.id)))

    async def members(self, workspace: str) -> tuple[Member, ...]:
        return tuple(sorted(member for member in self._models if member.workspace == workspace))
