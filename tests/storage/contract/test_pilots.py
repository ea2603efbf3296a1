"""What every store of pilots keeps to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from storage_samples import ANA, AT, BEN, make_digest, make_pilot

from bot.pilot.model import PilotKey, Rhythm
from bot.ports import Stores

P1, P2 = PilotKey("W1", "p1"), PilotKey("W1", "p2")
ELSEWHERE = PilotKey("W2", "p1")  # the same id in another workspace
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


async def test_a_pilot_comes_out_as_it_went_in_and_is_replaced(stores: Stores) -> None:
    await stores.pilots.save(make_pilot())
    assert await stores.pilots.all() == (make_pilot(),)
    await stores.pilots.save(replace(make_pilot(), name="Anew"))
    assert await stores.pilots.all() == (replace(make_pilot(), name="Anew"),)


async def test_pilots_of_one_workspace_or_of_all_in_order(stores: Stores) -> None:
    for name, workspace in (("p2", "W1"), ("p1", "W2"), ("P3", "W1")):
        await stores.pilots.save(make_pilot(name, workspace))
    assert [pilot.id for pilot in await stores.pilots.all("W1")] == ["P3", "p2"]
    assert [pilot.id for pilot in await stores.pilots.all()] == ["P3", "p1", "p2"]


async def test_a_digest_is_claimed_once_however_many_ask_at_once(stores: Stores) -> None:
    claims = await asyncio.gather(*(stores.pilots.claim(P1, BEN, MONDAY, AT) for _ in range(8)))
    assert sorted(claims) == [False] * 7 + [True]


async def test_pilot_champion_and_day_each_make_another_claim(stores: Stores) -> None:
    assert await stores.pilots.claim(P1, BEN, MONDAY, AT)
    assert await stores.pilots.claim(P1, BEN, TUESDAY, AT)
    assert await stores.pilots.claim(P1, ANA, MONDAY, AT)
    assert await stores.pilots.claim(P2, BEN, MONDAY, AT)


async def test_the_last_claim_is_the_latest_day(stores: Stores) -> None:
    assert await stores.pilots.last_claimed(P1, BEN) is None
    await stores.pilots.claim(P1, BEN, TUESDAY, AT)
    await stores.pilots.claim(P1, BEN, MONDAY, AT)
    assert await stores.pilots.last_claimed(P1, BEN) == TUESDAY
    assert await stores.pilots.last_claimed(P1, ANA) is None


async def test_digests_are_kept_one_a_day_oldest_first(stores: Stores) -> None:
    for day in (TUESDAY, MONDAY):
        await stores.pilots.keep_digest(make_digest(day))
    await stores.pilots.keep_digest(replace(make_digest(MONDAY), headline="Anew"))
    assert await stores.pilots.digests(P1) == (
        replace(make_digest(MONDAY), headline="Anew"),
        make_digest(TUESDAY),
    )
    assert await stores.pilots.digests(P2) == ()


async def test_a_step_done_twice_is_done(stores: Stores) -> None:
    for step in ("s1", "s2", "s1"):
        await stores.pilots.mark_done(P1, step, AT)
    assert await stores.pilots.done_steps(P1) == {"s1", "s2"}
    assert await stores.pilots.done_steps(P2) == frozenset()


async def test_the_same_id_in_two_workspaces_is_two_pilots(stores: Stores) -> None:
    for workspace in ("W1", "W2"):
        await stores.pilots.save(make_pilot("p1", workspace))
        await stores.pilots.keep_digest(replace(make_digest(MONDAY), workspace=workspace, headline=workspace))
    await stores.pilots.mark_done(P1, "s1", AT)
    assert {one.workspace for one in await stores.pilots.all()} == {"W1", "W2"}
    assert [one.headline for one in await stores.pilots.digests(ELSEWHERE)] == ["W2"]
    assert await stores.pilots.done_steps(ELSEWHERE) == frozenset()
    assert await stores.pilots.claim(P1, BEN, MONDAY, AT)
    assert await stores.pilots.claim(ELSEWHERE, replace(BEN, workspace="W2"), MONDAY, AT)


async def test_each_champion_has_digests_of_their_own_and_those_told_to_all(stores: Stores) -> None:
    to_all, to_ben = make_digest(MONDAY), replace(make_digest(TUESDAY), champion=BEN)
    to_ana = replace(make_digest(TUESDAY), champion=ANA)
    for one in (to_ben, to_ana, to_all):
        await stores.pilots.keep_digest(one)
    assert await stores.pilots.digests(P1, BEN) == (to_all, to_ben)
    assert await stores.pilots.digests(P1, ANA) == (to_all, to_ana)
    assert set(await stores.pilots.digests(P1)) == {to_all, to_ana, to_ben}
    assert await stores.pilots.last_digest(P1, BEN) == to_ben
    assert await stores.pilots.last_digest(P2, BEN) is None


async def test_a_champion_is_told_daily_until_they_choose_otherwise(stores: Stores) -> None:
    assert await stores.pilots.rhythm(P1, BEN) == Rhythm()
    chosen = Rhythm(weekly=True, snoozed_until=TUESDAY)
    await stores.pilots.set_rhythm(P1, BEN, Rhythm(weekly=True))
    await stores.pilots.set_rhythm(P1, BEN, chosen)
    assert await stores.pilots.rhythm(P1, BEN) == chosen
    assert await stores.pilots.rhythm(P1, ANA) == Rhythm()
    assert await stores.pilots.rhythm(ELSEWHERE, BEN) == Rhythm()
