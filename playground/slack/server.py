"""The stand-in as a web server: what an app meets of Slack. Its Web API, uploads and downloads, response_url, sockets,
the page on which it is installed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from playground.slack import control, desk, files
from playground.slack.standin import STANDIN, StandIn
from playground.slack.workspace import Call, Denied, Record


async def call(request: web.Request) -> web.Response:
    """One method of the Web API."""
    body = await read(request)
    authorization = request.headers.get("authorization", "")
    made = Call(
        method=request.match_info["method"],
        body=body,
        token=authorization.removeprefix("Bearer ") or str(body.pop("token", "")),
        host=request.host,
    )
    standin = request.app[STANDIN]
    try:
        done = standin.carry_out(made, sent_as=request.content_type, authorization=authorization)
    except Denied as denied:
        return answer(denied)
    if standin.loses_answer(made.method) and request.transport:
        request.transport.abort()
    return web.json_response({"ok": True, **done})


def answer(denied: Denied) -> web.Response:
    """A refusal as Slack sends it: a limit of calls as 429 with how long to wait, all else as 200."""
    body = {"ok": False, "error": denied.code, **denied.fields}
    if "retry_after" in denied.fields:
        wait = str(denied.fields["retry_after"])
        return web.json_response(body, status=429, headers={"retry-after": wait})
    return web.json_response(body)


async def read(request: web.Request) -> Record:
    """A call's arguments: JSON, or a form whose lists and objects are JSON in strings."""
    if request.content_type == "application/json":
        found: Record = await request.json()
        return found
    given = {**request.query, **await request.post()}
    return {name: unpack(str(value)) for name, value in given.items()}


def unpack(value: str) -> Any:
    """A form's value: what stands there as JSON, where it is a list or an object."""
    if value[:1] not in ("[", "{"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


async def respond(request: web.Request) -> web.Response:
    """What an app sends to a response_url."""
    sent = {"to": request.match_info["id"], **await request.json()}
    request.app[STANDIN].workspace.answers.append(sent)
    return web.Response(text="ok")


async def take(request: web.Request) -> web.Response:
    return await files.take(request.app[STANDIN].workspace, request)


async def give(request: web.Request) -> web.Response:
    standin = request.app[STANDIN]
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    return files.give(standin.workspace, request, allowed=standin.rules.grants(token, "files:read"))


async def hold(request: web.Request) -> web.WebSocketResponse:
    return await request.app[STANDIN].delivery.hold(request)


async def authorize(request: web.Request) -> web.Response:
    return await request.app[STANDIN].oauth.authorize(request)


def make_app(standin: StandIn) -> web.Application:
    """The stand-in as something to serve."""
    app = web.Application(client_max_size=64 * 1024**2)
    app[STANDIN] = standin
    app.router.add_routes((*control.ROUTES, *desk.ROUTES))
    app.router.add_post("/respond/{id}", respond)
    app.router.add_post("/upload/{id}", take)
    app.router.add_get("/files-pri/{id}/{name}", give)
    app.router.add_get("/link/", hold)
    app.router.add_get("/oauth/v2/authorize", authorize)
    app.router.add_route("*", "/api/{method}", call)

    async def close(app: web.Application) -> None:
        await app[STANDIN].delivery.close()

    app.on_shutdown.append(close)
    return app


@asynccontextmanager
async def serving(standin: StandIn, port: int = 0) -> AsyncIterator[str]:
    """Serve it on loopback while the context is open; its address."""
    runner = web.AppRunner(make_app(standin), shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
