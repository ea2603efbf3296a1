"""What happens in the workspace, sent to the app: signed HTTP requests, tried again, or Socket Mode's envelopes."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, WSMsgType, web

from playground.slack.workspace import Record

PATIENCE: Final = 3.0  # seconds for an acknowledgement
PAUSES: Final = (0.0, 60.0, 300.0)  # seconds before an event is sent again
EVENTS: Final = "event_callback"


def sign(secret: str, data: str, *, at: int) -> Mapping[str, str]:
    """The headers that prove who sent a body, and when (seconds since 1970)."""
    signature = hmac.new(secret.encode(), f"v0:{at}:{data}".encode(), hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": str(at), "x-slack-signature": f"v0={signature}"}


def write(body: Record) -> tuple[str, str]:
    """A payload as it goes over HTTP, and its content type: events as JSON, commands as a form, all else as JSON in a
    form."""
    if body.get("command"):
        return urlencode(body), "application/x-www-form-urlencoded"
    if body.get("type") in (EVENTS, "url_verification", "app_rate_limited"):
        return json.dumps(body), "application/json"
    return urlencode({"payload": json.dumps(body)}), "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Delivery:
    """How the app is reached: at `url`, with the signing `secret`, or over the sockets that it opened. `speed`: how
    many of Slack's seconds pass in one of ours."""

    url: str = ""
    secret: str = ""
    speed: float = 1.0
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    tried: int = 0  # attempts so far
    opened: asyncio.Event = field(default_factory=asyncio.Event)  # by each socket
    _waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _session: ClientSession | None = None

    async def deliver(self, body: Record) -> Record:
        """Send a payload until it is acknowledged, and what came of each attempt; only events are sent again."""
        pauses = PAUSES if body.get("type") == EVENTS else ()
        attempts: list[Record] = []
        reason = ""
        for number, pause in enumerate((0.0, *pauses)):
            await asyncio.sleep(pause / self.speed)
            done = await self._attempt(body, number, reason)
            attempts.append(done)
            self.tried += 1
            if done["status"] == 200 or done.get("no_retry"):
                break
            reason = str(done["reason"])
        return {"attempts": attempts, **{name: attempts[-1].get(name) for name in ("status", "answer")}}

    async def _attempt(self, body: Record, number: int, reason: str) -> Record:
        if self.sockets:
            return await self._send(body, number, reason)
        return await self._request(body, number, reason)

    async def _request(self, body: Record, number: int, reason: str) -> Record:
        """One signed request."""
        data, kind = write(body)
        headers = {"content-type": kind, **sign(self.secret, data, at=int(time.time()))}
        headers |= {"x-slack-retry-num": str(number), "x-slack-retry-reason": reason} if number else {}
        self._session = self._session or ClientSession(timeout=ClientTimeout(total=PATIENCE))
        try:
            async with self._session.post(self.url, data=data, headers=headers) as response:
                told = await response.text()
                no_retry = response.headers.get("x-slack-no-retry") == "1"
                return {"status": response.status, "answer": told, "reason": "http_error", "no_retry": no_retry}
        except TimeoutError:
            return {"status": 0, "reason": "http_timeout"}
        except ClientError:
            return {"status": 0, "reason": "connection_failed"}

    async def _send(self, body: Record, number: int, reason: str) -> Record:
        """One envelope over one of the sockets; the next one gets the next."""
        socket = self.sockets[0]
        self.sockets.append(self.sockets.pop(0))
        identity = str(uuid.uuid4())
        kind = (
            "slash_commands" if body.get("command") else "events_api" if body.get("type") == EVENTS else "interactive"
        )
        tried = {"retry_attempt": number, "retry_reason": reason} if kind == "events_api" else {}
        envelope = {"envelope_id": identity, "type": kind, "payload": body, **tried}
        envelope["accepts_response_payload"] = kind != "events_api"
        answered = self._waiting[identity] = asyncio.get_running_loop().create_future()
        try:
            await socket.send_json(envelope)
            return {"status": 200, "answer": await asyncio.wait_for(answered, PATIENCE)}
        except TimeoutError:
            return {"status": 0, "reason": "timeout"}
        except (ConnectionError, RuntimeError):
            return {"status": 0, "reason": "connection_failed"}
        finally:
            del self._waiting[identity]

    async def hold(self, request: web.Request) -> web.WebSocketResponse:
        """One socket of the app's: hello, then acknowledgements as they come, until it closes."""
        socket = web.WebSocketResponse(heartbeat=10)
        await socket.prepare(request)
        debug = {"host": request.host, "approximate_connection_time": 18060}
        told = {"type": "hello", "connection_info": {"app_id": "A1"}, "num_connections": len(self.sockets) + 1}
        await socket.send_json({**told, "debug_info": debug})
        self.sockets.append(socket)
        self.opened.set()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._hear(message.data)
        finally:
            with suppress(ValueError):
                self.sockets.remove(socket)
        return socket

    def _hear(self, text: str) -> None:
        """An acknowledgement; anything else is no concern of Slack's."""
        try:
            told = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(str(told.get("envelope_id"))) if isinstance(told, dict) else None
        if waiting and not waiting.done():
            waiting.set_result(told.get("payload"))

    async def disconnect(self, reason: str) -> None:
        """Tell every socket to go ("warning", "refresh_requested", "link_disabled"); all but a warning end it."""
        sockets = list(self.sockets)
        if reason != "warning":
            self.sockets.clear()
        for socket in sockets:
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
            if reason != "warning":
                await socket.close()

    async def close(self) -> None:
        """Let go of everything."""
        if self._session:
            await self._session.close()
        for socket in list(self.sockets):
            await socket.close()
