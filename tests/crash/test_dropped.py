"""A platform that carries a call out and drops its answer: the message is there once."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web

from adapters.slack.messenger import SlackMessenger
from adapters.slack.web import make_client
from bot.flows.deliver import deliver_all
from bot.ports import Effects, Notice, Outgoing, Stores
from bot.turn import Member, Place
from storage.memory import open_memory

FAULTS = ("dropped", "status", "told")


def make_platform(fault: str, posted: list[dict[str, Any]]) -> web.Application:
    """It posts, fails the first time as told, and gives back what was posted."""

    async def post(request: web.Request) -> web.StreamResponse:
        posted.append({**await request.json(), "ts": f"1.{len(posted)}"})
        if len(posted) == 1 and fault == "dropped":
            assert request.transport
            request.transport.abort()
        if len(posted) == 1 and fault == "status":
            return web.Response(status=500)
        if len(posted) == 1 and fault == "told":
            return web.json_response({"ok": False, "error": "fatal_error"})
        return web.json_response({"ok": True, "ts": posted[-1]["ts"], "message_ts": posted[-1]["ts"]})

    async def read(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "messages": posted})

    app = web.Application()
    app.router.add_post("/api/chat.postMessage", post)
    app.router.add_post("/api/chat.postEphemeral", post)
    app.router.add_get("/api/conversations.history", read)
    return app


async def deliver(fault: str, only_to: Member | None, monkeypatch: pytest.MonkeyPatch) -> tuple[int, Stores]:
    """Deliver one message, until nothing is due; how often it is there, and what is known of it."""
    monkeypatch.setattr("bot.flows.deliver.wait_after", lambda _attempt: 0.0)
    posted: list[dict[str, Any]] = []
    runner = web.AppRunner(make_platform(fault, posted))
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        messenger = SlackMessenger(make_client("xoxb-1", f"http://127.0.0.1:{runner.addresses[0][1]}/api/"))
        stores = open_memory()
        note = Outgoing(key="k1", platform="slack", place=Place("T1", "C1"), content=Notice("hello"), only_to=only_to)
        await stores.journal.commit(Effects(outgoing=(note,)))
        assert await deliver_all(stores.outbox, {"slack": messenger}) == 2
    finally:
        await runner.cleanup()
    return len(posted), stores


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_post_whose_answer_is_lost_is_not_made_again(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found by its key."""
    there, stores = await deliver(fault, None, monkeypatch)
    assert (there, (await stores.outbox.depths())["sent"]) == (1, 1)


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_one_person_alone_saw_is_not_shown_again_and_told_as_unknown(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot be read back, so nobody can say whether it is there."""
    there, stores = await deliver(fault, Member("T1", "U1"), monkeypatch)
    assert (there, (await stores.outbox.depths())["unknown"]) == (1, 1)
