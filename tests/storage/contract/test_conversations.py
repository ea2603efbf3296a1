"""What every store of how to reach conversations keeps to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from storage_samples import ANA, BEN, make_model, make_receipt

from bot.ports import Stores
from bot.turn import Member, Place

SHARED, ALONE = Place("W1", "19:team"), Place("W1", "a:ana")
REFERENCE = {"service": "https://smba.example/emea/", "bot": {"id": "28:bot"}, "tenant": "ü"}


async def test_what_was_never_kept_is_not_known(stores: Stores) -> None:
    assert await stores.conversations.reference(SHARED) is None
    assert await stores.conversations.direct(ANA) is None


async def test_a_place_is_reached_by_the_latest_reference_whatever_the_thread(stores: Stores) -> None:
    await stores.conversations.remember(SHARED, "teams", {"service": "old"})
    await stores.conversations.remember(replace(SHARED, thread="17"), "teams", REFERENCE)
    assert await stores.conversations.reference(replace(SHARED, thread="18")) == REFERENCE
    assert await stores.conversations.reference(Place("W2", SHARED.channel)) is None


async def test_a_direct_conversation_is_its_persons_alone(stores: Stores) -> None:
    await stores.conversations.remember(SHARED, "teams", REFERENCE)
    await stores.conversations.remember(ALONE, "teams", REFERENCE, ANA)
    assert await stores.conversations.direct(ANA) == ALONE
    assert await stores.conversations.direct(BEN) is None
    assert await stores.conversations.direct(Member("W2", ANA.id)) is None


async def test_a_later_direct_conversation_takes_the_place_of_an_earlier_one(stores: Stores) -> None:
    later = Place("W1", "a:ana-again")
    await stores.conversations.remember(ALONE, "teams", REFERENCE, ANA)
    await stores.conversations.remember(later, "teams", REFERENCE, ANA)
    assert await stores.conversations.direct(ANA) == later
    await stores.conversations.drop(later)
    assert await stores.conversations.direct(ANA) == ALONE


@pytest.mark.parametrize("scope", ["everything", "role"])
async def test_a_persons_own_conversations_go_with_everything_else_of_theirs(stores: Stores, scope: str) -> None:
    own, others = Place("W1", ANA.id), Place("W1", "a:ben")
    await stores.conversations.remember(SHARED, "teams", REFERENCE)
    await stores.conversations.remember(ALONE, "teams", REFERENCE, ANA)
    await stores.conversations.remember(own, "teams", REFERENCE)
    await stores.conversations.remember(others, "teams", REFERENCE, BEN)
    seen = await stores.self_models.save(make_model())
    await stores.self_models.erase(replace(seen, beliefs=()), make_receipt(scope))
    left = [await stores.conversations.reference(one) is not None for one in (SHARED, ALONE, own, others)]
    assert left == [True, scope == "role", scope == "role", True]
