"""The stores of one person's things, by whichever of their accounts they are asked for: the main account holds them."""

from __future__ import annotations

from dataclasses import replace

from bot.ports import Consents, Links, SelfModels, Stores
from bot.self_model.model import SelfModel
from bot.trust.model import Consent, Receipt
from bot.turn import Member

EVERYTHING = "everything"


def link_people(stores: Stores) -> Stores:
    """The same stores, in which linked accounts share a self-model and a consent."""
    links = stores.links
    return replace(
        stores,
        self_models=LinkedSelfModels(stores.self_models, links),
        consents=LinkedConsents(stores.consents, links),
    )


class LinkedSelfModels:
    """One self-model a person."""

    def __init__(self, self_models: SelfModels, links: Links) -> None:
        self._self_models, self._links = self_models, links

    async def load(self, member: Member) -> SelfModel:
        return await self._self_models.load(await self._links.main(member))

    async def save(self, model: SelfModel) -> SelfModel:
        return await self._self_models.save(model)

    async def erase(self, model: SelfModel, receipt: Receipt) -> None:
        """Everything is erased of all the person's accounts: the words of their exchanges lie with each of them."""
        await self._self_models.erase(model, replace(receipt, member=model.member))
        if receipt.scope == EVERYTHING:
            for other in await self._links.linked(model.member):
                own = await self._self_models.load(other)
                empty = SelfModel(member=other, version=own.version, tombstones=model.tombstones)
                await self._self_models.erase(empty, replace(receipt, member=other))

    async def receipts(self, member: Member) -> tuple[Receipt, ...]:
        return await self._self_models.receipts(await self._links.main(member))

    async def members(self, workspace: str) -> tuple[Member, ...]:
        return await self._self_models.members(workspace)


class LinkedConsents:
    """One consent a person."""

    def __init__(self, consents: Consents, links: Links) -> None:
        self._consents, self._links = consents, links

    async def load(self, member: Member) -> Consent:
        return await self._consents.load(await self._links.main(member))

    async def save(self, consent: Consent) -> None:
        await self._consents.save(replace(consent, member=await self._links.main(consent.member)))
