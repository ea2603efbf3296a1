"""What the stand-in refuses, as Slack does: tokens, scopes, arguments, blocks, calls that come too often."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack.limits import find_faults, find_in_view
from playground.slack.standin import METHODS, StandIn
from playground.slack.tiers import TIER_OF, TIERS, Tiers
from playground.slack.workspace import Denied

OFFICIAL = Path(__file__).parents[1] / "schemas" / "slack-rate-limit-tiers.json"
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "ok"}, "action_id": "a", "value": "v"}


def section(text: str, **more: object) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


async def refused(client: AsyncWebClient, method: str, **arguments: object) -> str:
    """Slack's error on a call."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    return str(caught.value.response["error"])


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("chat.postMessage", {"text": "hi"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C1", "blocks": [section("hi")]}, "no_text"),
        ("chat.postMessage", {"channel": "C1", "text": "t" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {"channel": "C1", "text": "hi", "blocks": [section("")]}, "invalid_blocks"),
        ("reactions.add", {"channel": "C1", "timestamp": "1.0", "name": "eyes"}, "missing_scope"),
        ("users.info", {"user": "U1"}, "invalid_arguments"),
        ("views.publish", {"user_id": "U1", "view": {"type": "modal", "blocks": [section("x" * 3001)]}}, None),
    ],
)
async def test_a_call_that_breaks_a_rule_is_refused_and_written_down(
    client: AsyncWebClient, standin: StandIn, method: str, arguments: dict[str, object], code: str | None
) -> None:
    assert await refused(client, method, **arguments) == (code or "invalid_arguments")
    assert [one["method"] for one in standin.rules.broken] == [method]


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("chat.postMessage", {"channel": "X1", "text": "hi"}, "channel_not_found"),
        ("chat.update", {"channel": "C1", "ts": "1.0", "text": "hi"}, "message_not_found"),
        ("chat.delete", {"channel": "C1", "ts": "5.0"}, "cant_delete_message"),
        ("views.open", {"trigger_id": "none", "view": {"type": "modal", "blocks": []}}, "invalid_trigger_id"),
        ("views.update", {"view_id": "V9", "view": {"type": "modal", "blocks": []}}, "not_found"),
        ("chat.startStream", {"channel": "C1", "thread_ts": "5.0"}, "missing_recipient_team_id"),
        ("no.such", {}, "unknown_method"),
    ],
)
async def test_what_is_not_there_is_refused_and_breaks_no_rule(
    client: AsyncWebClient, standin: StandIn, method: str, arguments: dict[str, object], code: str
) -> None:
    standin.workspace.hear({"channel": "C1", "ts": "5.0", "user": "U1", "text": "a person's own"})
    assert await refused(client, method, **arguments) == code
    assert standin.rules.broken == []


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x")] * 51,
        [section("x" * 3_001)],
        [{"type": "markdown", "text": "x" * 12_001}],
        [{"type": "markdown", "text": "x" * 7_000}] * 2,
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "actions", "elements": [BUTTON, BUTTON]}],
        [{"type": "actions", "elements": []}],
        [{"type": "actions", "elements": [{**BUTTON, "value": "x" * 2_001}]}],
        [section("x", block_id="same"), section("y", block_id="same")],
        [{"type": "input", "label": {"type": "plain_text", "text": "x"}, "element": {}}],
        [section("x", accessory={"type": "overflow", "action_id": "a", "options": [{}] * 6})],
    ],
)
def test_blocks_beyond_the_limits_are_found(blocks: list[dict[str, Any]]) -> None:
    assert list(find_faults(blocks, "message"))


def test_blocks_within_the_limits_are_taken() -> None:
    other = {**BUTTON, "action_id": "b"}
    assert not list(find_faults([section("x" * 3_000), {"type": "actions", "elements": [BUTTON, other]}], "message"))
    assert list(find_in_view({"type": "modal", "title": {"text": "x" * 25}, "blocks": []}))
    assert list(find_in_view({"type": "home", "blocks": [{"type": "markdown", "text": "x"}]}))


def test_the_tiers_are_those_that_slack_publishes() -> None:
    official = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    assert set(METHODS) <= TIER_OF.keys()
    for method, tier in TIER_OF.items():
        assert official.get(method, tier).partition("Tier_")[0] in (tier, "Special"), method


def test_one_call_too_many_waits_until_the_minute_is_over() -> None:
    now = 0.0
    tiers = Tiers(clock=lambda: now)
    for _ in range(TIERS["Tier2"]):
        tiers.count("chat.startStream", "C1")
    with pytest.raises(Denied) as caught:
        tiers.count("chat.startStream", "C2")
    assert caught.value.fields == {"retry_after": 60}
    now = 60.0
    tiers.count("chat.startStream", "C1")
    assert tiers.show()["methods"]["chat.startStream"] == {
        "calls": 21,
        "most_in_a_minute": 20,
        "takes": 20,
        "refused": 1,
    }


def test_a_channel_takes_a_post_a_second_after_a_few_at_once() -> None:
    now, taken = 0.0, 0
    tiers = Tiers(clock=lambda: now)
    for tenth in range(300):
        now = tenth / 10
        try:
            tiers.count("chat.postMessage", "C1")
            taken += 1
        except Denied:
            continue
    assert taken == 30 + 4
    tiers.count("chat.postMessage", "C2")


async def test_a_limit_is_told_as_slack_tells_it(client: AsyncWebClient, standin: StandIn) -> None:
    standin.told["chat.postMessage"] = {"error": "ratelimited", "times": 1, "after": 7}
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C1", text="hi")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert (await client.chat_postMessage(channel="C1", text="hi"))["ok"]


async def test_a_token_that_nobody_gave_out_is_refused(address: str, standin: StandIn) -> None:
    assert await refused(AsyncWebClient(token="xoxb-other", base_url=f"{address}/api/"), "auth.test") == "invalid_auth"
    assert await refused(AsyncWebClient(base_url=f"{address}/api/"), "auth.test") == "not_authed"
