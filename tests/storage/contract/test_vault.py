"""What every store of sealed secrets keeps to."""

from __future__ import annotations

import asyncio

from bot.ports import Stores


async def test_a_secret_is_what_it_was_last_changed_to(stores: Stores) -> None:
    vault = stores.vault
    assert await vault.read("slack/T1") is None
    assert await vault.swap("T1", "slack/T1", None, "one")
    assert await vault.swap("T1", "slack/T1", "one", "two ü")
    assert await vault.read("slack/T1") == "two ü"
    assert await vault.swap("T1", "slack/T1", "two ü", None)
    assert await vault.read("slack/T1") is None


async def test_who_does_not_know_what_it_was_changes_nothing(stores: Stores) -> None:
    vault = stores.vault
    assert not await vault.swap("T1", "slack/T1", "never", "one")
    assert await vault.swap("T1", "slack/T1", None, "one")
    assert not await vault.swap("T1", "slack/T1", None, "another")
    assert not await vault.swap("T1", "slack/T1", "another", None)
    assert await vault.read("slack/T1") == "one"


async def test_of_many_at_once_one_succeeds(stores: Stores) -> None:
    taken = await asyncio.gather(*(stores.vault.swap("T1", "claim", None, str(n)) for n in range(8)))
    assert sum(taken) == 1
    assert await stores.vault.read("claim") == str(taken.index(True))


async def test_all_of_a_kind_are_listed_in_order_and_a_prefix_is_taken_literally(stores: Stores) -> None:
    for key in ("slack_b", "slack/b", "slack/a", "slackxb", "teams/a"):
        assert await stores.vault.swap("T1", key, None, key.upper())
    assert dict(await stores.vault.all("slack/")) == {"slack/a": "SLACK/A", "slack/b": "SLACK/B"}
    assert list(await stores.vault.all("slack_")) == ["slack_b"]
    assert list(await stores.vault.all("slack/")) == ["slack/a", "slack/b"]
