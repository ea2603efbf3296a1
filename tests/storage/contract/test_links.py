"""What every store of links keeps to, and what the stores of linked people do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage_samples import ANA, BEN, make_consent

from bot.ports import Stores
from bot.trust.model import Offer
from bot.turn import Member
from storage.linked import link_people

T0 = datetime(2026, 11, 2, 9, tzinfo=UTC)
ELSEWHERE = Member("other-workspace", "ana-there")
OFFER = Offer(member=ANA, code="digest-of-a-code", email="digest-of-an-address", ends=T0 + timedelta(minutes=15))


async def test_an_offer_is_taken_once(stores: Stores) -> None:
    await stores.links.offer(OFFER)
    assert await stores.links.redeem("another", T0) is None
    assert await stores.links.redeem(OFFER.code, T0) == OFFER
    assert await stores.links.redeem(OFFER.code, T0) is None


async def test_an_offer_ends_and_the_latest_counts(stores: Stores) -> None:
    await stores.links.offer(OFFER)
    await stores.links.offer(replace(OFFER, code="later"))
    assert await stores.links.redeem(OFFER.code, T0) is None
    assert await stores.links.redeem("later", OFFER.ends) is None
    assert await stores.links.redeem("later", T0) is None


async def test_a_link_leads_to_the_main_account_until_it_is_ended_from_either_side(stores: Stores) -> None:
    links = stores.links
    assert (await links.main(ANA), await links.linked(ANA)) == (ANA, ())
    for ended_by in (ANA, ELSEWHERE):
        await links.link(ELSEWHERE, ANA)
        assert (await links.main(ELSEWHERE), await links.main(ANA), await links.main(BEN)) == (ANA, ANA, BEN)
        assert await links.linked(ANA) == (ELSEWHERE,)
        await links.unlink(BEN)
        await links.unlink(ended_by)
        assert (await links.main(ELSEWHERE), await links.linked(ANA)) == (ELSEWHERE, ())


async def test_linked_people_share_a_consent(stores: Stores) -> None:
    linked = link_people(stores)
    await stores.links.link(ELSEWHERE, ANA)
    await linked.consents.save(replace(make_consent(), member=ELSEWHERE))
    assert await linked.consents.load(ELSEWHERE) == await linked.consents.load(ANA) == make_consent()
    assert (await stores.consents.load(ELSEWHERE)).at is None
