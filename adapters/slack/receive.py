"""Slack's signed requests: verified, kept, acknowledged. Bolt's dispatch is not in the way, and nothing else waits.

Socket Mode keeps to Bolt (see `connect`); both end in the same inbox.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from adapters.payload import Payload, make_storable, word
from adapters.slack.intake import Intake
from bot.errors import Garbled, Unavailable


@dataclass(frozen=True, slots=True)
class Receiver:
    """The handler of Slack's requests: 401 for what is not signed by the secret or is older than five minutes, 400 for
    what is no payload of Slack's, 503 where it cannot be kept just now, so that Slack sends it again."""

    verifier: SignatureVerifier
    intake: Intake

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        if not self.is_signed(raw, request):
            return web.json_response({"error": "The signature does not hold."}, status=401)
        try:
            body = parse(raw)
            if word(body, "type") == "url_verification":
                return web.json_response({"challenge": word(body, "challenge")})
            answer = await self.intake.take(body)
        except Garbled as error:
            return web.json_response({"error": str(error)}, status=400)
        except Unavailable as error:
            return web.json_response({"error": str(error)}, status=503)
        return web.Response() if answer is None else web.json_response(answer)

    def is_signed(self, raw: bytes, request: web.Request) -> bool:
        """Whether the request is Slack's, and new."""
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        try:
            return self.verifier.is_valid(raw.decode(), stamp, signature)
        except ValueError:  # no UTF-8, or a time that is no number
            return False


def parse(raw: bytes) -> Payload:
    """A request's body: JSON, a form with JSON in it (clicks), or a form (slash commands). Raises Garbled."""
    try:
        text = raw.decode()
        body = json.loads(text) if text.startswith("{") else read_form(text)
    except (ValueError, RecursionError) as error:
        raise Garbled("The body is not a payload of Slack's.") from error
    if not isinstance(body, dict):
        raise Garbled("The body is not a payload of Slack's.")
    return make_storable(body) if r"\ud" in text.lower() else body


def read_form(text: str) -> object:
    """A form's fields, or what its `payload` holds."""
    fields = dict(parse_qsl(text, keep_blank_values=True))
    return json.loads(fields["payload"]) if "payload" in fields else fields
