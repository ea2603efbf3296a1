"""What whoever runs the stand-in looks at and tells it.

`GET /posted`, `/views`, `/state`, `/counts`: what the app did. `POST /told` {"error", "times", "method", "after"}: let
the next calls of a method (by default the posts) fail so; with the error "lost" they are carried out, and only their
answers do not arrive. `POST /said`: what people wrote; `/deliver`: a payload for
the app, where `/connect` has told its address or it holds a socket; `/disconnect`: end its sockets. `POST
/triggers`, `/people`, `/files`, `/register`: what else there is.
"""

from __future__ import annotations

import time

from aiohttp import web

from playground.slack import files
from playground.slack.standin import STANDIN

POSTS = ("chat.postMessage", "chat.postEphemeral")


def done(**fields: object) -> web.Response:
    return web.json_response({"ok": True, **fields})


async def show_posted(request: web.Request) -> web.Response:
    return web.json_response(request.app[STANDIN].workspace.posted)


async def show_views(request: web.Request) -> web.Response:
    return web.json_response(request.app[STANDIN].workspace.homes)


async def show_state(request: web.Request) -> web.Response:
    """All else that the app did: modals, statuses, prompts, answers to a response_url; which rules it broke."""
    standin = request.app[STANDIN]
    names = ("modals", "statuses", "prompts", "answers", "said")
    state = {one: getattr(standin.workspace, one) for one in names}
    state |= {"sockets": len(standin.delivery.sockets), "tried": standin.delivery.tried}
    return web.json_response(state | {"broken": standin.rules.broken, "refreshed": standin.oauth.refreshed})


async def show_counts(request: web.Request) -> web.Response:
    return web.json_response(request.app[STANDIN].tiers.show())


async def tell(request: web.Request) -> web.Response:
    """Let the next calls of a method fail."""
    told = await request.json()
    for method in [told["method"]] if told.get("method") else POSTS:
        request.app[STANDIN].told[method] = dict(told)
    return done()


async def hear(request: web.Request) -> web.Response:
    """What people wrote: messages as they stand in events; one that stands there is put in its place, and one that is
    `deleted` goes."""
    workspace = request.app[STANDIN].workspace
    for message in (await request.json())["messages"]:
        workspace.hear(message)
    return done()


async def prepare(request: web.Request) -> web.Response:
    """Who is there, and in which user groups; which conversations the bot is not in or cannot write to."""
    told, workspace = await request.json(), request.app[STANDIN].workspace
    workspace.people.update({one["id"]: one for one in told.get("people", [])})
    workspace.groups.update({one["id"]: one for one in told.get("groups", [])})
    workspace.absent = set(told.get("absent", workspace.absent))
    workspace.archived = set(told.get("archived", workspace.archived))
    return done()


async def issue(request: web.Request) -> web.Response:
    """Somebody did something that lets the app open a view."""
    told = await request.json()
    request.app[STANDIN].workspace.meet(told.get("user", ""))
    request.app[STANDIN].workspace.issue(told["trigger_id"], told.get("user", ""))
    return done()


async def share(request: web.Request) -> web.Response:
    """A file that a person shares; as it stands in their message."""
    return done(file=files.share(request.app[STANDIN].workspace, await request.json(), request.host))


async def connect(request: web.Request) -> web.Response:
    """Where the app is reached over HTTP, the secret its requests are signed with, how fast they are sent again."""
    told, delivery = await request.json(), request.app[STANDIN].delivery
    delivery.url, delivery.secret = told["url"], told["secret"]
    delivery.speed = float(told.get("speed", delivery.speed))
    return done()


async def deliver(request: web.Request) -> web.Response:
    """Send a payload to the app; what came of each attempt."""
    return done(**await request.app[STANDIN].delivery.deliver((await request.json())["body"]))


async def fall_silent(request: web.Request) -> web.Response:
    """Answer nothing for some seconds, and nobody else meanwhile."""
    time.sleep((await request.json())["seconds"])  # noqa: ASYNC251 - the whole platform is to stand still
    return done()


async def disconnect(request: web.Request) -> web.Response:
    await request.app[STANDIN].delivery.disconnect((await request.json())["reason"])
    return done()


async def register(request: web.Request) -> web.Response:
    """How the app is registered: whether its tokens are rotated, whether the administrator says no; how much time of
    what expires has passed."""
    told, standin = await request.json(), request.app[STANDIN]
    standin.oauth.rotates = bool(told.get("rotates", standin.oauth.rotates))
    standin.oauth.denies = bool(told.get("denies", standin.oauth.denies))
    standin.workspace.passed += float(told.get("passed", 0.0))
    return done(client_id=standin.oauth.client_id, client_secret=standin.oauth.client_secret)


ROUTES = (
    web.get("/posted", show_posted),
    web.get("/views", show_views),
    web.get("/state", show_state),
    web.get("/counts", show_counts),
    web.post("/told", tell),
    web.post("/said", hear),
    web.post("/silent", fall_silent),
    web.post("/people", prepare),
    web.post("/triggers", issue),
    web.post("/files", share),
    web.post("/connect", connect),
    web.post("/deliver", deliver),
    web.post("/disconnect", disconnect),
    web.post("/register", register),
)
