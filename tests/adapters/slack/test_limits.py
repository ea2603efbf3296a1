"""The limits that are held: Slack's own figures, and no minute and no channel with more than they allow."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from test_manifest import methods_called

from adapters.slack.limits import A_MINUTE, MESSAGES, Limits, Spacing, make_pace
from bot.errors import Unavailable
from bot.ports import Outbox, Pace

TIERS = Path(__file__).parents[2] / "schemas" / "slack-rate-limit-tiers.json"
TAKES = {"Tier1": 1, "Tier2": 20, "Tier3": 50, "Tier4": 100}
# Held elsewhere: messages by channel, streams by how many are begun; or called once, or by a person's click.
ELSEWHERE = {
    "assistant.threads.setStatus",
    "assistant.threads.setSuggestedPrompts",
    "auth.test",
    "chat.appendStream",
    "chat.postMessage",
    "chat.startStream",
    "chat.stopStream",
    "chat.stream",
    "files.info",
    "files.upload.v2",
    "oauth.v2.access",
    "views.open",
}


def test_the_tiers_are_slacks_own_and_none_is_missing() -> None:
    official = json.loads(TIERS.read_text(encoding="utf-8"))
    assert {method: TAKES[official[method]] for method in A_MINUTE} == A_MINUTE
    assert methods_called() - ELSEWHERE <= A_MINUTE.keys()


@pytest.mark.parametrize("most", sorted(set(A_MINUTE.values())))
def test_no_minute_has_more_calls_than_the_tier(most: int) -> None:
    pace, free, now, calls = make_pace(most, 1.0), 0.0, 0.0, list[float]()
    while now < 300.0:
        free = max(free, now) + pace.every
        now = max(now, free - pace.every * pace.burst)
        calls.append(now)
    assert max(sum(begin <= one < begin + 60.0 for one in calls) for begin in calls) <= most


async def test_a_turn_that_nobody_waits_for_is_not_taken() -> None:
    taken = list[str]()

    async def wait_for(platform: str, workspace: str, what: str, pace: Pace) -> float:
        taken.append(what)
        return 30.0

    outbox = SimpleNamespace(wait_for=wait_for)
    limits = Limits(cast(Outbox, outbox), "xoxb-test")
    for _ in range(3):
        with pytest.raises(Unavailable) as caught:
            await limits.wait("conversations.open")
        assert 29.0 < (caught.value.retry_in or 0.0) <= 30.0
    assert taken == ["conversations.open"]
    await limits.wait("auth.test")


async def test_messages_to_a_channel_leave_apart_however_they_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    now, left = 100.0, list[float]()

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    async def send(spacing: Spacing, channel: str) -> None:
        async with spacing.turn(channel):
            left.append(now)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    spacing = Spacing(MESSAGES, clock=lambda: now)
    await asyncio.gather(*(send(spacing, "C1") for _ in range(6)))
    assert left == [100.0, 100.0, 100.0, 101.0, 102.0, 103.0]
    await send(spacing, "C2")
    assert left[-1] == 103.0


async def test_one_message_to_a_channel_is_there_before_the_next_leaves() -> None:
    spacing, steps = Spacing(Pace(every=0.0, burst=1)), list[str]()

    async def send(name: str) -> None:
        async with spacing.turn("C1"):
            steps.append(f"{name} leaves")
            await asyncio.sleep(0.01)
            steps.append(f"{name} is there")

    await asyncio.gather(send("one"), send("two"))
    assert steps == ["one leaves", "one is there", "two leaves", "two is there"]
