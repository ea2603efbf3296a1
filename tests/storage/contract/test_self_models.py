"""What every store of self-models keeps to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_samples import (
    ANA,
    AT,
    BEN,
    later,
    make_belief,
    make_exchange,
    make_model,
    make_outgoing,
    make_receipt,
)

from bot.errors import Superseded
from bot.ports import Effects, Stores
from bot.self_model.model import Belief, SelfModel, Status, Tombstone
from bot.turn import Member

UNTIL = AT + timedelta(days=1)


async def test_nobody_known_has_an_empty_self_model(stores: Stores) -> None:
    assert await stores.self_models.load(ANA) == SelfModel(member=ANA)
    assert await stores.self_models.members("W1") == ()


async def test_a_self_model_comes_out_as_it_went_in(stores: Stores) -> None:
    saved = await stores.self_models.save(make_model())
    assert saved == replace(make_model(), version=1)
    assert await stores.self_models.load(ANA) == saved


async def test_a_version_that_is_no_longer_the_stored_one_is_refused(stores: Stores) -> None:
    first = await stores.self_models.save(make_model())
    second = await stores.self_models.save(replace(first, status=Status.KNOWN))
    for stale in (make_model(), first, replace(second, version=7)):
        with pytest.raises(Superseded):
            await stores.self_models.save(stale)
    assert await stores.self_models.load(ANA) == second


async def test_of_two_revisions_at_once_one_is_kept(stores: Stores) -> None:
    seen = await stores.self_models.save(make_model())
    revisions = [replace(seen, beliefs=(make_belief("role", role),)) for role in ("CTO", "analyst", "designer")]
    results = await asyncio.gather(*map(stores.self_models.save, revisions), return_exceptions=True)
    kept = [result for result in results if isinstance(result, SelfModel)]
    assert len(kept) == 1
    assert all(isinstance(result, SelfModel | Superseded) for result in results)
    assert await stores.self_models.load(ANA) == kept[0]


async def test_two_first_saves_at_once_keep_one(stores: Stores) -> None:
    models = [make_model(status=status) for status in Status]
    results = await asyncio.gather(*map(stores.self_models.save, models), return_exceptions=True)
    assert sum(isinstance(result, SelfModel) for result in results) == 1


async def test_order_and_changes_of_beliefs_are_kept(stores: Stores) -> None:
    beliefs = tuple(make_belief(f"expertise:t{n}", "expert", first=n) for n in range(6))
    seen = await stores.self_models.save(make_model(beliefs=beliefs))
    turned = (replace(beliefs[4], confidence=0.9), beliefs[0], make_belief("role", "analyst"), *beliefs[5:2:-1])
    seen = await stores.self_models.save(replace(seen, beliefs=turned, past=(*seen.past, beliefs[1])))
    assert (await stores.self_models.load(ANA)).beliefs == turned
    assert (await stores.self_models.load(ANA)).past == (*make_model().past, beliefs[1])


async def test_self_models_are_apart(stores: Stores) -> None:
    elsewhere = Member("W2", ANA.id)
    await stores.self_models.save(make_model(BEN))
    await stores.self_models.save(make_model(ANA, beliefs=()))
    await stores.self_models.save(make_model(elsewhere, status=Status.KNOWN))
    assert (await stores.self_models.load(ANA)).beliefs == ()
    assert (await stores.self_models.load(BEN)).beliefs == make_model().beliefs
    assert await stores.self_models.members("W1") == (ANA, BEN)
    assert await stores.self_models.members("W2") == (elsewhere,)


async def test_erasing_leaves_what_the_self_model_holds_and_a_receipt(stores: Stores) -> None:
    seen = await stores.self_models.save(make_model())
    tombstone = Tombstone(address="role", value="", at=later(60))
    left = replace(seen, beliefs=seen.beliefs[1:], tombstones=(*seen.tombstones, tombstone))
    await stores.journal.commit(Effects(exchange=make_exchange()))
    await stores.self_models.erase(left, make_receipt("role"))
    assert await stores.self_models.load(ANA) == replace(left, version=2)
    assert await stores.self_models.receipts(ANA) == (make_receipt("role"),)
    assert await stores.self_models.receipts(BEN) == ()
    assert await stores.journal.exchange("W1", "C1:1") == make_exchange()


async def test_erasing_everything_takes_the_words_of_their_exchanges_too(stores: Stores) -> None:
    seen = await stores.self_models.save(make_model())
    await stores.journal.commit(Effects(exchange=make_exchange("C1:1"), outgoing=(make_outgoing("k1"),)))
    await stores.journal.commit(Effects(exchange=make_exchange("C1:2", asker=BEN)))
    await stores.self_models.erase(replace(seen, beliefs=(), past=()), make_receipt())
    theirs, others = await stores.journal.exchanges("W1", AT, UNTIL)
    assert "secret" not in repr(theirs)
    assert "Kafka" not in repr(theirs)
    assert theirs.reply.decision == make_exchange().reply.decision
    assert others == make_exchange("C1:2", asker=BEN)


async def test_erasing_a_version_that_is_no_longer_the_stored_one_is_refused(stores: Stores) -> None:
    seen = await stores.self_models.save(make_model())
    await stores.self_models.save(seen)
    with pytest.raises(Superseded):
        await stores.self_models.erase(replace(seen, beliefs=()), make_receipt())
    assert (await stores.self_models.load(ANA)).beliefs == make_model().beliefs
    assert await stores.self_models.receipts(ANA) == ()


async def test_what_was_erased_can_be_said_anew(stores: Stores) -> None:
    seen = await stores.self_models.save(make_model())
    await stores.self_models.erase(replace(seen, beliefs=(), past=()), make_receipt("role"))
    left = await stores.self_models.load(ANA)
    again = await stores.self_models.save(replace(left, beliefs=make_model().beliefs))
    assert await stores.self_models.load(ANA) == again


NUMBERS = count()
BELIEF = st.builds(
    make_belief,
    st.sampled_from(["role", "goal", "expertise:kafka"]),
    st.sampled_from(["a", "b"]),
    confidence=st.sampled_from([0.1, 0.5]),
    first=st.integers(0, 3),
)
MODELS = st.lists(
    st.tuples(st.lists(BELIEF, max_size=6), st.lists(BELIEF, max_size=4), st.integers(0, 3), st.integers(0, 3)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MODELS)
async def test_any_sequence_of_saves_reads_back_as_the_last(
    stores: Stores, histories: list[tuple[list[Belief], list[Belief], int, int]]
) -> None:
    """Also where the same belief stands twice, moves to the past or comes back."""
    seen = SelfModel(member=Member("W1", f"U{next(NUMBERS)}"))
    for held, past, first, last in histories:
        tombstones = tuple(Tombstone(address="goal", value=str(n), at=AT) for n in range(first, last))
        changed = replace(seen, beliefs=tuple(held), past=tuple(past), tombstones=tombstones)
        seen = await stores.self_models.save(changed)
        assert seen == replace(changed, version=changed.version + 1)
    assert await stores.self_models.load(seen.member) == seen
