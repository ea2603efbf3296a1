"""What every store of consents keeps to."""

from __future__ import annotations

from dataclasses import replace

from storage_samples import ANA, BEN, make_consent

from bot.ports import Stores
from bot.trust.model import Consent


async def test_who_was_never_asked_agreed_to_nothing(stores: Stores) -> None:
    assert await stores.consents.load(ANA) == Consent(member=ANA)
    assert not (await stores.consents.load(ANA)).learning


async def test_the_latest_word_counts_for_its_member_alone(stores: Stores) -> None:
    await stores.consents.save(make_consent())
    assert await stores.consents.load(ANA) == make_consent()
    await stores.consents.save(replace(make_consent(), paused=False, at=None))
    assert await stores.consents.load(ANA) == replace(make_consent(), paused=False, at=None)
    assert await stores.consents.load(BEN) == Consent(member=BEN)
