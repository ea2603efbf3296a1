"""A stand-in for the Messages API, in a process of its own: `python tests/standins/claude.py`.

It prints its port, then answers `POST /v1/messages`, streamed or whole, by quoting the first sentence of the first
document, cited. `POST /told` {"mode": …, "times": n} makes the next n answers fail in one of MODES. `GET /asked` gives
back the bodies it was sent. What the real API would refuse (a missing field, a cited document without text) gets a 400
here too.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

from aiohttp import web

MODES = (
    "fine slow 401 404 429 500 529 refusal truncated too_long empty uncited breaks_off hangs_up garbage no_end"
).split()
ASKED = web.AppKey("asked", list)
TOLD = web.AppKey("told", dict)
STOPS = {"refusal": "refusal", "truncated": "max_tokens", "too_long": "model_context_window_exceeded"}
ERRORS = {
    401: "authentication_error",
    404: "not_found_error",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}


async def tell(request: web.Request) -> web.Response:
    """Set how the next answers go."""
    request.app[TOLD].update(await request.json())
    return web.json_response(request.app[TOLD])


async def asked(request: web.Request) -> web.Response:
    return web.json_response(request.app[ASKED])


async def messages(request: web.Request) -> web.StreamResponse:
    """Answer as told. In Vertex's form the model and the way to answer are in the path."""
    body = await request.json()
    if asked_for := request.match_info.get("model"):
        model, _, way = asked_for.partition(":")
        body |= {"model": model, "stream": way == "streamRawPredict", "token": request.headers.get("Authorization")}
    request.app[ASKED].append(body)
    told = request.app[TOLD]
    mode = told["mode"] if told["times"] > 0 else "fine"
    told["times"] -= 1
    if wrong := find_wrong(body):
        return refuse(400, wrong)
    if mode.isdigit():
        return refuse(int(mode), "as told")
    if mode == "slow":
        await asyncio.sleep(5)
    if mode == "garbage":
        return web.Response(text="<html>not what you asked for</html>", content_type="text/html")
    if not body.get("stream"):
        return web.json_response(whole(body, mode))
    return await stream(request, body, mode)


def refuse(status: int, why: str) -> web.Response:
    error = {"type": "error", "error": {"type": ERRORS.get(status, "invalid_request_error"), "message": why}}
    return web.json_response(error, status=status)


def find_wrong(body: dict[str, Any]) -> str:
    """What the real API would not accept, "" where it would."""
    for field in ("model", "max_tokens", "messages"):
        if not body.get(field):
            return f"{field}: Field required"
    if any(field in body for field in ("temperature", "top_p", "top_k")):
        return "sampling parameters are not supported"
    for block in documents_of(body):
        if not block["source"].get("data"):
            return "document: text is empty"
    breakpoints = json.dumps(body).count('"cache_control"')
    return "" if breakpoints <= 4 else "at most 4 cache breakpoints"


def documents_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    contents = [one["content"] for one in body["messages"] if isinstance(one["content"], list)]
    return [block for content in contents for block in content if block["type"] == "document"]


def write_blocks(body: dict[str, Any], mode: str) -> list[dict[str, Any]]:
    """The answer's text blocks: a quote of the first document with its citation, and an end."""
    documents = documents_of(body)
    if mode == "empty":
        return []
    if mode.startswith("say:"):
        return [{"type": "text", "text": mode.removeprefix("say:"), "citations": None}]
    if not documents or mode == "uncited":
        return [{"type": "text", "text": '{"observations": []}' if not documents else "I think so.", "citations": None}]
    data = documents[0]["source"]["data"]
    quote = data.split(". ")[0].rstrip(".") + "."
    citation = {
        "type": "char_location",
        "cited_text": quote,
        "document_index": 0,
        "document_title": documents[0].get("title"),
        "start_char_index": 0,
        "end_char_index": len(quote),
        "file_id": None,
    }
    return [{"type": "text", "text": quote, "citations": [citation]}]


def whole(body: dict[str, Any], mode: str) -> dict[str, Any]:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": write_blocks(body, mode),
        "stop_reason": STOPS.get(mode, "end_turn"),
        "stop_sequence": None,
        "usage": usage(),
    }


def usage() -> dict[str, int]:
    return {
        "input_tokens": 100,
        "cache_creation_input_tokens": 20,
        "cache_read_input_tokens": 300,
        "output_tokens": 40,
    }


async def stream(request: web.Request, body: dict[str, Any], mode: str) -> web.StreamResponse:
    """Server-sent events, each followed by a breath, so that the reader sees the text grow."""
    response = web.StreamResponse(headers={"content-type": "text/event-stream"})
    await response.prepare(request)
    for event in events(body, mode):
        await response.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
        await asyncio.sleep(0)
    if mode == "hangs_up" and request.transport:
        request.transport.abort()
    return response


def events(body: dict[str, Any], mode: str) -> Iterator[dict[str, Any]]:
    """The events of one streamed answer."""
    start = {**whole(body, mode), "content": [], "stop_reason": None}
    yield {"type": "message_start", "message": start}
    for index, block in enumerate(write_blocks(body, mode)):
        empty = {"type": "text", "text": "", "citations": []}
        yield {"type": "content_block_start", "index": index, "content_block": empty}
        for word in block["text"].split(" "):
            delta = {"type": "text_delta", "text": word if word == block["text"].split(" ")[0] else f" {word}"}
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        if mode == "breaks_off":
            yield {"type": "error", "error": {"type": "overloaded_error", "message": "as told"}}
        if mode in ("breaks_off", "hangs_up", "no_end"):
            return
        for citation in block["citations"] or ():
            delta = {"type": "citations_delta", "citation": citation}
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    stop = {"stop_reason": STOPS.get(mode, "end_turn"), "stop_sequence": None}
    yield {"type": "message_delta", "delta": stop, "usage": usage()}
    yield {"type": "message_stop"}


def make_app() -> web.Application:
    """The server, told nothing yet."""
    app = web.Application(client_max_size=16 * 1024**2)
    app[ASKED] = []
    app[TOLD] = {"mode": "fine", "times": 0}
    vertex = "/projects/{project}/locations/{region}/publishers/anthropic/models/{model}"
    ways = [web.post(path, messages) for path in ("/v1/messages", vertex)]
    app.add_routes([*ways, web.post("/told", tell), web.get("/asked", asked)])
    return app


async def serve() -> None:
    """Serve on a free loopback port, print it, and go on until the process ends."""
    runner = web.AppRunner(make_app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
