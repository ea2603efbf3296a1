"""A long answer goes out in parts: each once and in order, whatever happens between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from adapters.slack.messenger import SlackMessenger
from adapters.slack.web import make_client
from bot.flows.deliver import deliver_next
from bot.ports import Effects, Outgoing, Stores
from bot.turn import Decision, Place, Reply
from storage.memory import open_memory

LONG = "\n\n".join(f"{number}. {'word ' * 1_900}" for number in range(1, 4))  # three messages' worth
PLACE = Place("T1", "C1", "1790000000.000001")
FAULTS = ("limited", "dropped", "error")


class Platform:
    """It fails at the n-th post in one way, once, and gives back what was posted."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        self.fault, self.at, self.calls = "", 0, 0

    async def post(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        now = self.calls == self.at
        if now and self.fault == "limited":
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "30"})
        self.posted.append({**await request.json(), "ts": f"1790000001.{len(self.posted):06d}"})
        if now and self.fault == "dropped":
            assert request.transport
            request.transport.abort()
        if now and self.fault == "error":
            return web.json_response({"ok": False, "error": "internal_error"})
        return web.json_response({"ok": True, "ts": self.posted[-1]["ts"]})

    async def read(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "messages": self.posted})

    @property
    def parts(self) -> list[int]:
        return [one["metadata"]["event_payload"]["part"] for one in self.posted]


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def platform() -> AsyncIterator[tuple[Platform, str]]:
    standin, app = Platform(), web.Application()
    app.router.add_post("/api/chat.postMessage", standin.post)
    app.router.add_get("/api/conversations.replies", standin.read)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield standin, f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    await runner.cleanup()


async def queue(clock: Clock) -> Stores:
    stores = open_memory(clock)
    reply = Reply(decision=Decision.ANSWER, text=LONG, confidence=0.9)
    answer = Outgoing(key="reply/C1:1", platform="slack", place=PLACE, content=reply, exchange="C1:1")
    await stores.journal.commit(Effects(outgoing=(answer,)))
    return stores


def make_messenger(address: str, stores: Stores) -> SlackMessenger:
    """A process's messenger: it remembers nothing of the one before."""
    return SlackMessenger(
        make_client("xoxb-1", address), hasty=make_client("xoxb-1", address, patient=False), stores=stores
    )


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("at", [1, 2, 3])
async def test_a_part_that_fails_is_sent_again_and_no_other(
    platform: tuple[Platform, str], fault: str, at: int
) -> None:
    standin, address = platform
    standin.fault, standin.at = fault, at
    clock = Clock()
    stores = await queue(clock)
    await deliver_next(stores.outbox, {"slack": make_messenger(address, stores)}, "first")
    clock.now += 29.0 if fault == "limited" else 2.0
    if fault == "limited":  # Slack said 30 seconds
        assert not await deliver_next(stores.outbox, {"slack": make_messenger(address, stores)}, "second")
        clock.now += 2.0
    assert await deliver_next(stores.outbox, {"slack": make_messenger(address, stores)}, "second")
    assert standin.parts == [0, 1, 2]
    assert await stores.outbox.message("reply/C1:1") == standin.posted[0]["ts"]


@pytest.mark.parametrize("before", [1, 2, 3])
async def test_a_process_that_dies_between_parts_is_followed_by_one_that_sends_the_rest(
    platform: tuple[Platform, str], before: int
) -> None:
    standin, address = platform
    stores = await queue(Clock())
    sending = await stores.outbox.next("one that dies", -1.0)
    assert sending
    standin.fault, standin.at = "dropped", before  # what the dead one sent last, it never heard of
    with pytest.raises(Exception, match=r"Slack gave no answer"):
        await make_messenger(address, stores).send(sending)
    assert standin.parts == list(range(before))
    assert await deliver_next(stores.outbox, {"slack": make_messenger(address, stores)}, "another")
    assert standin.parts == [0, 1, 2]
