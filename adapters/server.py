"""One HTTP server for all platforms: their routes, and a health page that says whether the work gets done."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import Misconfigured

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Depths = Callable[[], Awaitable[Mapping[str, Mapping[str, int]]]]


@asynccontextmanager
async def serving(
    host: str, port: int, routes: Mapping[str, Handler], depths: Depths, *, pages: Mapping[str, Handler] | None = None
) -> AsyncIterator[int]:
    """Serve POST on each route, GET on each page and on /health while the context is open; yields the port that is
    listened on. Raises Misconfigured where that port cannot be had."""
    app = web.Application(client_max_size=1024 * 1024)
    for path, handler in routes.items():
        app.router.add_post(path, handler)
    for path, handler in (pages or {}).items():
        app.router.add_get(path, handler)
    app.router.add_get("/health", make_health(depths))
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        why = (error.strerror or str(error)).rpartition(": ")[2]
        raise Misconfigured(f"DAYTWO_HOST and DAYTWO_PORT: {host}:{port} cannot be listened on: {why}.") from error
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def make_health(depths: Depths) -> Handler:
    """200 with the depths of the queues, or 503 where the database does not answer."""

    async def health(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response({"status": "ok", "queues": {k: dict(v) for k, v in (await depths()).items()}})
        except Exception as error:
            return web.json_response({"status": "failing", "why": type(error).__name__}, status=503)

    return health
