"""The SDK's six defects, each shown on the bare SDK first, so that a release without one is noticed; then ours."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from threading import Event
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity, ActivityTypes
from botframework.connector.auth.jwt_token_extractor import _OpenIdMetadata
from http_issuer import serve_slowly
from teams_server import Teams

from adapters.teams.connect import Endpoint
from adapters.teams.invokes import Desk
from adapters.teams.reference import read_reference
from adapters.teams.sdk import Connector, Registration
from adapters.teams.sdk.connector import make_activity
from adapters.teams.sdk.tokens import Keys
from storage.memory import open_memory

LABEL = {
    "type": "https://schema.org/Message",
    "@type": "Message",
    "@context": "https://schema.org",
    "additionalType": ["AIGeneratedContent"],
    "citation": [{"@type": "Claim", "position": 1, "appearance": {"name": "Retention", "a.b": {"c": [1, None]}}}],
}
ACTIVITY = {
    "type": "message",
    "id": "1",
    "channelId": "msteams",
    "serviceUrl": "http://127.0.0.1:1/",
    "from": {"id": "29:ana"},
    "recipient": {"id": "28:bot"},
    "conversation": {"id": "a:ana", "conversationType": "personal", "tenantId": "the-tenant"},
    "channelData": {"tenant": {"id": "the-tenant"}},
    "text": "hello",
}
INVOKE = {**ACTIVITY, "type": "invoke", "id": "2", "name": "adaptiveCard/action", "value": {}}


def test_1_entities_keep_all_their_fields() -> None:
    body = {"type": "message", "text": "14 days [1]", "entities": [LABEL]}
    assert Activity().deserialize(body).serialize()["entities"] == [{"type": LABEL["type"]}]
    assert make_activity(body).serialize()["entities"] == [LABEL]


def test_2_the_tenant_is_read() -> None:
    assert Activity().deserialize(ACTIVITY).conversation.tenant_id is None
    reference = read_reference(ACTIVITY)
    assert reference
    assert reference.tenant == "the-tenant"


class Bot(ActivityHandler):  # type: ignore[misc]
    """A bot on the bare SDK: it answers an invoke with a dict, counts messages, and fails when told to."""

    def __init__(self) -> None:
        self.heard = 0

    async def on_turn(self, turn_context: TurnContext) -> None:
        self.heard += 1
        if turn_context.activity.text == "fail":
            raise ValueError("a fault in the bot")
        if turn_context.activity.type == ActivityTypes.invoke:
            answer = Activity(type=ActivityTypes.invoke_response, value=InvokeResponse(status=200, body={"a": 1}))
            await turn_context.send_activity(answer)


class Configuration:
    """The bare SDK with a registration, or open to anyone."""

    def __init__(self, app_id: str = "", keys_url: str = "") -> None:
        self.APP_ID, self.APP_PASSWORD = app_id, "secret" if app_id else ""
        if keys_url:
            self.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = keys_url
            self.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = "https://issuer.example"


@asynccontextmanager
async def bare(bot: Bot, configuration: Configuration | None = None) -> AsyncIterator[str]:
    """The bare SDK behind a server."""
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(configuration or Configuration()))

    async def receive(request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse = await adapter.process(request, bot)
        return answer

    async with serving(receive) as url:
        yield url


@asynccontextmanager
async def ours(stores: Any = None) -> AsyncIterator[str]:
    """Our endpoint behind a server, open as in development."""
    stores = stores or open_memory()

    def clock() -> datetime:
        return datetime(2026, 11, 21, tzinfo=UTC)

    endpoint = Endpoint(
        connector=Connector(Registration(app_id="")),
        stores=stores,
        clock=clock,
        desk=Desk(stores, clock),
        workspace="local",
        tenants=(),
        open=True,
    )
    async with serving(endpoint.route()) as url:
        yield url


@asynccontextmanager
async def serving(handler: Any) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def post(url: str, body: object, token: str = "") -> tuple[int, str]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"content-type": "application/json"} | ({"authorization": token} if token else {})
    async with aiohttp.ClientSession() as session, session.post(url, data=data, headers=headers) as response:
        return response.status, await response.text()


async def test_3_an_invoke_is_answered_with_a_dict() -> None:
    async with bare(Bot()) as url:
        assert (await post(url, INVOKE))[0] == 500
    async with ours() as url:
        status, told = await post(url, INVOKE)
        assert (status, json.loads(told)["statusCode"]) == (200, 200)


@pytest.mark.parametrize(("token", "body"), [("Bearer a.b.c", ACTIVITY), ("Bearer ", ACTIVITY), ("", b"{")], ids=str)
async def test_4_what_is_forged_or_garbled_is_no_fault_of_ours(
    teams: Teams, standin: str, token: str, body: object
) -> None:
    async with bare(Bot(), Configuration("the-bot", f"{standin}/openid")) as url:
        assert (await post(url, body, token))[0] == 500
    asked = body if isinstance(body, bytes) else {**teams.activity(text="hello")}
    assert teams.send(asked, token=token)[0] in (400, 401)


async def test_4_an_expired_token_is_no_fault_of_ours(teams: Teams, standin: str) -> None:
    token = f"Bearer {teams.sign(claims={'exp': 1_700_000_000})}"
    async with bare(Bot(), Configuration("the-bot", f"{standin}/openid")) as url:
        assert (await post(url, {**ACTIVITY, "serviceUrl": teams.service}, token))[0] == 500
    assert teams.send(teams.activity(text="hello"), token=token)[0] == 401


@pytest.mark.parametrize("of_sdk", [True, False], ids=["bare", "ours"])
async def test_5_keys_are_fetched_while_everything_else_goes_on(of_sdk: bool) -> None:
    """The issuer answers once it hears that something else went on meanwhile, or gives up waiting for that."""
    went_on = Event()
    with serve_slowly(went_on, patience=1.0) as issuer:
        keys = (_OpenIdMetadata if of_sdk else Keys)(issuer.url)
        asking = asyncio.create_task(keys.get("key-1"))
        await asyncio.to_thread(issuer.asked.wait) if not of_sdk else await asyncio.sleep(0)
        went_on.set()
        await asyncio.gather(asking, return_exceptions=True)
        assert issuer.heard_in_time is not of_sdk


ODD = {**ACTIVITY, "timestamp": "yesterday"}


async def test_6_a_fault_an_odd_field_and_a_repeat_do_no_harm() -> None:
    bot = Bot()
    async with bare(bot) as url:
        assert (await post(url, {**ACTIVITY, "text": "fail"}))[0] == 500
        assert (await post(url, ODD))[0] == 500
        heard = bot.heard
        assert [(await post(url, ACTIVITY))[0] for _ in range(2)] == [201, 201]
        assert bot.heard == heard + 2
    stores = open_memory()
    async with ours(stores) as url:
        assert [(await post(url, one))[0] for one in ({**ACTIVITY, "text": "fail"}, ODD, ACTIVITY)] == [200] * 3
    assert (await stores.inbox.depths())["waiting"] == 1
