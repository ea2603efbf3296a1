"""The stand-in's page: what it shows of a workspace, and that what is written and pressed there reaches the app."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from markupsafe import escape

from playground.slack.__main__ import make_workspace
from playground.slack.page import to_page
from playground.slack.standin import StandIn
from playground.slack.workspace import Workspace

GOLDEN = sorted((Path(__file__).parents[1] / "adapters" / "slack" / "golden").glob("*.json"))
BLOCKS = {one.stem: found for one in GOLDEN if isinstance(found := json.loads(one.read_text(encoding="utf-8")), list)}
WORDS = {"type": "plain_text", "text": "Deeper"}


def make_shown(blocks: list[dict[str, Any]], **fields: object) -> Workspace:
    """A workspace in which the app posted that, under somebody's question."""
    workspace = make_workspace()
    workspace.hear({"channel": "CPILOT", "ts": "1800000000.0", "user": "UCTO", "text": "why <@UBOT>?"})
    posted = {"channel": "CPILOT", "ts": "1800000001.0", "thread_ts": "1800000000.0", "text": "t", "blocks": blocks}
    workspace.posted.append({"method": "chat.postMessage", **posted, **fields})
    return workspace


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_every_kind_of_reply_is_shown_with_all_its_buttons(name: str) -> None:
    page = to_page(make_shown(BLOCKS[name]), title="Here")
    buttons = [one for block in BLOCKS[name] for one in (*block.get("elements", []), block.get("accessory") or {})]
    for button in (one for one in buttons if one.get("type") == "button"):
        assert escape(button["text"]["text"]) in page
    assert "<form" not in page
    assert page.count("<button disabled") >= sum(one.get("type") == "button" for one in buttons)


def test_a_workspace_is_shown_by_its_channels_threads_and_names() -> None:
    page = to_page(make_shown([{"type": "header", "text": WORDS}]), title="Here")
    for shown in ("# pilot", "Direct messages with Daytwo", "Data Engineer", "@Daytwo</span>?", "Deeper"):
        assert shown in page
    assert page.index("@Daytwo</span>?") < page.index("Deeper")


def test_what_anyone_writes_is_shown_and_never_run() -> None:
    workspace = make_shown([{"type": "markdown", "text": "<script>alert(1)</script> [x](javascript:alert(2))"}])
    for text in ("<img src=x onerror=alert(3)>", "&lt;b&gt; *bold*", "<javascript:alert(4)|click>"):
        workspace.hear({"channel": "CPILOT", "ts": workspace.stamp(), "user": "UCTO", "text": text})
    page = to_page(workspace, title="<i>Here")
    for never in ("<script>alert", "<img src=x", "<b> ", 'href="javascript', "<i>Here"):
        assert never not in page
    assert "&lt;b&gt; <b>bold</b>" in page


def test_what_only_one_person_sees_says_so() -> None:
    page = to_page(make_shown([], method="chat.postEphemeral", user="UANALYST"), title="Here")
    assert "Only visible to Junior Analyst" in page


async def test_what_is_written_and_pressed_there_reaches_the_app(
    standin: StandIn, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []

    async def deliver(self: object, body: dict[str, Any]) -> dict[str, Any]:
        told.append(body)
        return {}

    monkeypatch.setattr(type(standin.delivery), "deliver", deliver)
    written = {"user": "U1", "channel": "C1", "thread": "", "text": "@Daytwo why?"}
    typed = {**written, "text": "/daytwo help"}
    async with aiohttp.ClientSession() as session:
        for form in (written, typed):
            async with session.post(f"{address}/write", data=form) as response:
                assert "@Daytwo</span> why?" in await response.text()
        root = told[0]["event"]["ts"]
        pressed = {"action": "daytwo_why", "value": "v", "ts": "5.0", "thread": root, "channel": "C1", "unseen": ""}
        async with session.post(f"{address}/press", data=pressed) as response:
            assert response.status == 200
    assert told[0]["event"]["text"] == "<@UBOT> why?"
    assert (told[1]["command"], told[1]["text"], "team" in told[1]) == ("/daytwo", "help", False)
    assert told[2]["user"] == {"id": "U1"}
    assert told[2]["actions"][0] == {"type": "button", "action_id": "daytwo_why", "value": "v"}
    assert standin.workspace.triggers.keys() == {told[1]["trigger_id"], told[2]["trigger_id"]}
