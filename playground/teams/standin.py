"""What of Teams an app meets: who issues its tokens, and the connector that takes what is posted.

It issues tokens (metadata, keys, `POST /sign` for tokens as Teams makes them, the login for the bot's own by secret, by
the machine's identity for managed ones), and plays the connector: it keeps what was posted, and refuses what Teams
would: a call without our token, an unknown conversation, what its `rules` find wrong, a stream elsewhere than in a
personal chat or out of order, too fast or too late, a message for one person that names none. `GET /posted` gives back
what was posted; `POST /told` {"status": 429, "code": "…", "times": n, "after": m} lets n calls fail after the next m
(status 0: no answer at all, -1: one that cannot be read; "wait": seconds to wait; "done": what was asked is done all
the same), and from {"hold": true} to {"hold": false} what was posted is there and nobody is answered. `POST /check`
says what is wrong with a card of an invoke's answer. `/files/…` serves what `POST /files/…` left there, as OneDrive
does.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

APP_ID, SECRET, TENANT = "the-bot", "a-client-secret", "the-tenant"
LOGINS = (TENANT, "botframework.com")  # the latter for bots of several tenants
ISSUER, KEY = "https://issuer.example", "key-1"
HANG_UP, GARBLE = 0, -1  # in place of a status: no answer at all, and one that cannot be read
PACE, LONGEST = 0.9, 120.0  # seconds between two updates of a stream (Teams takes one a second), and of a whole one

STATE = web.AppKey("state", dict)
RULES: web.AppKey[Rules] = web.AppKey("rules")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is wrong with a message, or with a card, "" where nothing is; and who is in the tenant, by their account."""

    message: Callable[[dict[str, Any]], str] = lambda body: ""
    card: Callable[[dict[str, Any]], str] = lambda card: ""
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    tenants: tuple[str, ...] = (TENANT, "other-tenant")


def make_state() -> dict[str, Any]:
    """Nothing posted yet, three keys: ours, one not endorsed for Teams, and a stranger's."""
    keys = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in (KEY, "mail", "stranger")}
    told, answers = {"status": 0, "times": 0}, asyncio.Event()
    answers.set()
    state = {"posted": [], "opened": [], "told": told, "keys": keys, "granted": [], "streams": {}, "files": {}}
    return {**state, "answers": answers}


async def metadata(request: web.Request) -> web.Response:
    return web.json_response({"issuer": ISSUER, "jwks_uri": f"http://{request.host}/keys"})


async def keys(request: web.Request) -> web.Response:
    """The public keys that the issuer stands for."""
    endorsed = {KEY: ["msteams"], "mail": ["email"]}
    known = request.app[STATE]["keys"]
    listed = [
        {**json.loads(RSAAlgorithm.to_jwk(known[name].public_key())), "kid": name, "endorsements": endorsements}
        for name, endorsements in endorsed.items()
    ]
    return web.json_response({"keys": listed})


async def sign(request: web.Request) -> web.Response:
    """A token as asked for: Teams' own unless told otherwise."""
    asked = await request.json()
    return web.Response(text=sign_token(request.app[STATE], service(request), asked))


def sign_token(state: dict[str, Any], service: str, asked: dict[str, Any] | None = None) -> str:
    """A token for activities from that service address; `asked`: other claims or keys than Teams' own."""
    wish, now = asked or {}, int(time.time())
    claims = {"iss": ISSUER, "aud": APP_ID, "nbf": now - 10, "exp": now + 600, "serviceurl": service}
    claims = {name: value for name, value in (claims | wish.get("claims", {})).items() if value is not None}
    key = state["keys"][wish.get("key", KEY)]
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": wish.get("kid", KEY)})


async def grant(request: web.Request) -> web.Response:
    """The login: a token for the bot, by its id and secret."""
    form = await request.post()
    if (form.get("client_id"), form.get("client_secret")) != (APP_ID, SECRET) or request.match_info[
        "tenant"
    ] not in LOGINS:
        return web.json_response({"error": "invalid_client"}, status=401)
    granted = request.app[STATE]["granted"]
    granted.append(f"token-{len(granted)}")
    return web.json_response({"access_token": granted[-1], "expires_in": 3600})


def service(request: web.Request) -> str:
    return f"http://{request.host}/teams/"


async def post(request: web.Request) -> web.Response:
    """A message into a conversation, or in place of an earlier one."""
    told = request.app[STATE]["told"]
    if told.get("done") and not told.get("after", 0) and told["times"] > 0:
        await take(request)
    answer = find_fault(request) or await take(request)
    await request.app[STATE]["answers"].wait()
    return answer


async def take(request: web.Request) -> web.Response:
    """Keep a message, or refuse what Teams would."""
    state, body = request.app[STATE], await request.json()
    conversation, replaced = request.match_info["conversation"], request.match_info.get("message", "")
    if not conversation.startswith(("a:", "19:")) or conversation == "a:gone":
        return refuse(404, "ConversationNotFound")
    if conversation.startswith("19:removed"):
        return refuse(403, "BotNotInConversationRoster")
    if conversation == "a:blocked":
        return refuse(403, "MessageWritesBlocked")
    aside = request.query.get("isTargetedActivity") == "true"
    if aside and (conversation.startswith("a:") or not (body.get("recipient") or {}).get("id")):
        return refuse(400, "BadSyntax: a message for one person needs that person, in a shared conversation")
    if aside and body["recipient"]["id"] == "29:away":
        return refuse(403, "NotInConversationRoster")
    if (body.get("conversation") or {}).get("tenantId") not in request.app[RULES].tenants:
        return refuse(403, "MessageWritesBlocked")
    if wrong := request.app[RULES].message(body):
        return refuse(400, f"BadSyntax: {wrong}")
    message = replaced or f"{1_791_190_000_000 + len(state['posted'])}"
    if told := find_stream(body):
        if wrong := follow_stream(state["streams"], body, told, message):
            return refuse(403, f"ContentStreamNotAllowed: {wrong}")
        message = told.get("streamId") or message
    state["posted"].append({**body, "at": conversation, "id": message, "method": request.method, "aside": aside})
    if body.get("text") and body.get("attachments"):  # Teams splits it, and tells the id of neither part
        return web.json_response({}, status=202)
    return web.json_response({"id": message}, status=200 if replaced else 201)


async def open_conversation(request: web.Request) -> web.Response:
    """A direct conversation with one person."""
    if fault := find_fault(request):
        return fault
    body = await request.json()
    members = body.get("members") or []
    if len(members) != 1 or body.get("isGroup") or body.get("tenantId") != TENANT:
        return refuse(400, "BadArgument")
    if members[0]["id"] == "29:blocked":
        return refuse(403, "ForbiddenOperationException")
    request.app[STATE]["opened"].append(body)
    return web.json_response({"id": f"a:{members[0]['id']}"}, status=201)


async def member(request: web.Request) -> web.Response:
    """A line of a conversation's roster."""
    if fault := find_fault(request):
        return fault
    user = request.match_info["user"]
    role = "guest" if "guest" in user else "user"
    known = request.app[RULES].people.get(user, {"name": "The CTO", "email": "cto@example.com"})
    return web.json_response({"id": user, "userRole": role, **known})


def find_fault(request: web.Request) -> web.Response | None:
    """What Teams was told to fail with, or a missing token."""
    state = request.app[STATE]
    if state["told"].get("after", 0) > 0:
        state["told"]["after"] -= 1
    elif state["told"]["times"] > 0:
        state["told"]["times"] -= 1
        state["told"]["done"] = state["told"].get("done", False) and state["told"]["times"] > 0
        if state["told"]["status"] == HANG_UP and request.transport:
            request.transport.close()
        if state["told"]["status"] == GARBLE:
            return web.Response(body=b'{"id": ', content_type="application/json")
        answer = refuse(state["told"]["status"] or 500, state["told"].get("code", "Told"))
        answer.headers.update({"Retry-After": str(state["told"].pop("wait"))} if "wait" in state["told"] else {})
        return answer
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return None if token in state["granted"] else refuse(401, "Unauthorized")


def find_stream(body: dict[str, Any]) -> dict[str, Any]:
    """What an activity says of a stream; empty where it is part of none."""
    return next((one for one in body.get("entities") or [] if one.get("type") == "streaminfo"), {})


def follow_stream(streams: dict[str, Any], body: dict[str, Any], told: dict[str, Any], message: str) -> str:
    """What is wrong with the next step of a stream, "" where nothing is; the step is then noted."""
    name, kind, now = told.get("streamId") or message, told.get("streamType"), time.monotonic()
    known = streams.setdefault(name, {"begun": now, "last": now - 2 * PACE, "sequence": 0, "text": "", "ended": False})
    if not str((body.get("conversation") or {}).get("id")).startswith("a:"):
        return "a stream in a shared conversation"
    if known["ended"] or now - known["begun"] > LONGEST:
        return "the stream has ended"
    if kind == "final":
        known["ended"] = True
        return "" if body.get("type") == "message" and told.get("streamId") else "a final step that is no message"
    if kind not in ("informative", "streaming") or body.get("type") != "typing" or not body.get("text"):
        return "not a step of a stream"
    if told.get("streamSequence") != known["sequence"] + 1:
        return "out of order"
    if now - known["last"] < PACE:
        return "too fast"
    if kind == "streaming" and not body["text"].startswith(known["text"]):
        return "text that does not begin with what was shown"
    known |= {"last": now, "sequence": told["streamSequence"]}
    known |= {"text": body["text"]} if kind == "streaming" else {}
    return ""


def refuse(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": code}}, status=status)


async def posted(request: web.Request) -> web.Response:
    return web.json_response(request.app[STATE]["posted"])


async def opened(request: web.Request) -> web.Response:
    return web.json_response(request.app[STATE]["opened"])


async def check(request: web.Request) -> web.Response:
    """What is wrong with a card that an invoke was answered with."""
    return web.json_response({"wrong": request.app[RULES].card(await request.json())})


async def leave_file(request: web.Request) -> web.Response:
    request.app[STATE]["files"][request.match_info["name"]] = await request.read()
    return web.json_response({})


async def give_file(request: web.Request) -> web.Response:
    """A file as OneDrive serves it by its download address: without any token, and refusing one."""
    if "Authorization" in request.headers:
        return web.Response(status=401)
    found = request.app[STATE]["files"].get(request.match_info["name"])
    return web.Response(status=404) if found is None else web.Response(body=found)


async def identity(request: web.Request) -> web.Response:
    """The machine's identity: a token for the bot where it is asked for as Azure's metadata service wants it."""
    asked = request.query
    of_machine = request.headers.get("Metadata") == "true" and asked.get("api-version") == "2018-02-01"
    of_service = "X-IDENTITY-HEADER" in request.headers and asked.get("api-version") == "2019-08-01"
    if not (of_machine or of_service) or asked.get("client_id") != APP_ID:
        return web.json_response({"error": "invalid_request"}, status=400)
    if asked.get("resource") != "https://api.botframework.com":
        return web.json_response({"error": "invalid_resource"}, status=400)
    granted = request.app[STATE]["granted"]
    granted.append(f"token-{len(granted)}")
    return web.json_response({"access_token": granted[-1], "expires_in": "3600"})


async def tell(request: web.Request) -> web.Response:
    state, wish = request.app[STATE], await request.json()
    if "hold" in wish:
        (state["answers"].clear if wish.pop("hold") else state["answers"].set)()
    state["told"].update(wish)
    return web.json_response({})


def make_app(rules: Rules | None = None) -> web.Application:
    """Everything it answers to."""
    app = web.Application(client_max_size=8_000_000)
    app[STATE], app[RULES] = make_state(), rules or Rules()
    app.router.add_get("/openid", metadata)
    app.router.add_get("/keys", keys)
    app.router.add_post("/sign", sign)
    app.router.add_post("/{tenant}/oauth2/v2.0/token", grant)
    app.router.add_get("/posted", posted)
    app.router.add_get("/opened", opened)
    app.router.add_post("/told", tell)
    app.router.add_post("/check", check)
    app.router.add_post("/files/{name}", leave_file)
    app.router.add_get("/files/{name}", give_file)
    app.router.add_get("/metadata/identity/oauth2/token", identity)
    app.router.add_post("/teams/v3/conversations", open_conversation)
    app.router.add_post("/teams/v3/conversations/{conversation}/activities", post)
    app.router.add_put("/teams/v3/conversations/{conversation}/activities/{message}", post)
    app.router.add_get("/teams/v3/conversations/{conversation}/members/{user}", member)
    return app


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """Serve it on loopback; its address."""
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
