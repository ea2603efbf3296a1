"""How the stand-in reaches an app: signed requests that are tried again, sockets, and the way it is installed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack.standin import StandIn

EVENT = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_mention"}}
CLICK = {"type": "block_actions", "trigger_id": "t1"}


@pytest.fixture
async def heard(standin: StandIn) -> AsyncIterator[list[web.Request]]:
    """What an app was sent over HTTP; it takes the third attempt."""
    got: list[web.Request] = []

    async def receive(request: web.Request) -> web.Response:
        raw = await request.read()
        assert SignatureVerifier("a-secret").is_valid_request(raw, dict(request.headers))
        got.append(request)
        return web.Response(status=200 if len(got) > 2 else 500, text="taken")

    app = web.Application()
    app.router.add_post("/", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    standin.delivery.url, standin.delivery.secret = f"http://127.0.0.1:{runner.addresses[0][1]}/", "a-secret"
    standin.delivery.speed = 10_000.0
    yield got
    await standin.delivery.close()
    await runner.cleanup()


async def test_an_event_is_sent_again_and_says_so(standin: StandIn, heard: list[web.Request]) -> None:
    done = await standin.delivery.deliver(EVENT)
    assert [one["status"] for one in done["attempts"]] == [500, 500, 200]
    assert done["answer"] == "taken"
    assert [one.headers.get("x-slack-retry-num") for one in heard] == [None, "1", "2"]
    assert heard[1].headers["x-slack-retry-reason"] == "http_error"


async def test_a_click_is_not_sent_again(standin: StandIn, heard: list[web.Request]) -> None:
    assert (await standin.delivery.deliver(CLICK))["status"] == 500
    assert len(heard) == 1


async def test_an_app_that_is_not_there_is_tried_four_times(standin: StandIn) -> None:
    standin.delivery.url, standin.delivery.speed = "http://127.0.0.1:9/", 10_000.0
    done = await standin.delivery.deliver(EVENT)
    assert [one["reason"] for one in done["attempts"]] == ["connection_failed"] * 4
    await standin.delivery.close()


async def test_sockets_say_hello_carry_envelopes_and_are_refreshed(standin: StandIn, client: AsyncWebClient) -> None:
    got: list[SocketModeRequest] = []

    async def take(socket: SocketModeClient, request: SocketModeRequest) -> None:
        got.append(request)
        await socket.send_socket_mode_response(SocketModeResponse(request.envelope_id, {"taken": True}))

    app = SocketModeClient("xapp-test", web_client=client)
    app.socket_mode_request_listeners.append(take)  # type: ignore[arg-type]
    await app.connect()
    for body, kind in ((EVENT, "events_api"), (CLICK, "interactive"), ({"command": "/x"}, "slash_commands")):
        done = await standin.delivery.deliver(body)
        assert (done["status"], done["answer"], got[-1].type) == (200, {"taken": True}, kind)
    standin.delivery.opened.clear()
    await standin.delivery.disconnect("refresh_requested")
    await asyncio.wait_for(standin.delivery.opened.wait(), 60)
    assert (await standin.delivery.deliver(EVENT))["status"] == 200
    await app.close()


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # by Slack's client
async def test_an_app_is_installed_its_token_rotated_and_revoked(
    standin: StandIn, client: AsyncWebClient, address: str
) -> None:
    back = "https://daytwo.example.com/slack/oauth_redirect"
    asked = {"client_id": "1.1", "scope": "chat:write", "state": "s1", "redirect_uri": back, "team": "T2"}
    async with aiohttp.ClientSession() as session:
        page = session.get(f"{address}/oauth/v2/authorize", params=asked, allow_redirects=False)
        async with page as response:
            told = parse_qs(urlsplit(response.headers["location"]).query)
    assert told["state"] == ["s1"]
    given = {"client_id": "1.1", "client_secret": "a-client-secret"}
    first = await client.oauth_v2_access(**given, code=told["code"][0], redirect_uri=back)
    assert (first["team"]["id"], first["scope"]) == ("T2", "chat:write")
    with pytest.raises(SlackApiError, match="code_already_used"):
        await client.oauth_v2_access(**given, code=told["code"][0], redirect_uri=back)
    owner = AsyncWebClient(token=first["access_token"], base_url=f"{address}/api/")
    assert (await owner.auth_test())["team_id"] == "T2"
    standin.workspace.passed += 43_201
    with pytest.raises(SlackApiError, match="token_expired"):
        await owner.auth_test()
    again = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = await client.oauth_v2_access(**given, **again)
    with pytest.raises(SlackApiError, match="invalid_refresh_token"):
        await client.oauth_v2_access(**given, **again)
    owner.token = second["access_token"]
    await owner.auth_revoke()
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await owner.auth_test()
