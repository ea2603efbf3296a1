"""The page as people use it: they write there, press buttons, open homes and fill in forms, and the app is told as
Slack would tell it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping

from aiohttp import web

from playground.slack import modals
from playground.slack.page import HOME, tell_version, to_page
from playground.slack.standin import STANDIN, StandIn
from playground.slack.workspace import Record

TITLE = "A stand-in of Slack"
NAMED = "@Daytwo"  # how people name the bot where they write


async def show(request: web.Request) -> web.Response:
    """The workspace as it stands."""
    page = to_page(request.app[STANDIN].workspace, title=TITLE, live=True)
    return web.Response(text=page, content_type="text/html")


async def write(request: web.Request) -> web.Response:
    """Somebody writes a message; back to the page."""
    standin, form = request.app[STANDIN], await request.post()
    user, channel, text = (str(form[name]) for name in ("user", "channel", "text"))
    if text.startswith("/"):
        await type_command(standin, user, channel, text)
        raise web.HTTPSeeOther(f"./#{channel}")
    direct = channel.startswith("D")
    channel = f"D{user}" if direct else channel
    written = {"user": user, "channel": channel, "ts": f"{time.time():.6f}"}
    written["text"] = text.replace(NAMED, f"<@{standin.workspace.bot}>")
    if form.get("thread"):
        written["thread_ts"] = str(form["thread"])
    standin.workspace.hear({"type": "message", **written})
    event = {"type": "message", "channel_type": "im" if direct else "channel", **written, "event_ts": written["ts"]}
    await tell(standin, {"type": "event_callback", "event_id": f"Ev{uuid.uuid4().hex}", "event": event})
    raise web.HTTPSeeOther(f"./#{channel}")


async def type_command(standin: StandIn, user: str, channel: str, text: str) -> None:
    """Somebody types a command, which nobody else sees."""
    trigger, (command, _, words) = uuid.uuid4().hex, text.partition(" ")
    standin.workspace.issue(trigger, user)
    typed = {"command": command, "text": words, "user_id": user, "channel_id": channel, "trigger_id": trigger}
    await tell(standin, typed)


async def press(request: web.Request) -> web.Response:
    """Somebody presses a button, or picks from a menu, under a message or in their App Home; back to the page."""
    standin, form = request.app[STANDIN], await request.post()
    given = {name: str(value) for name, value in form.items()}
    home, trigger = given.get("home", ""), uuid.uuid4().hex
    user, where = (home, stand_at_home(standin, home)) if home else stand_under(standin, given)
    standin.workspace.issue(trigger, user)
    chosen = {"selected_option": {"value": given["value"]}} if given.get("picks") else {"value": given["value"]}
    action = {"type": "static_select" if given.get("picks") else "button", "action_id": given["action"], **chosen}
    await tell(
        standin,
        {"type": "block_actions", "trigger_id": trigger, "user": {"id": user}, "actions": [action], **where},
    )
    raise web.HTTPSeeOther(f"./#{HOME}{home}" if home else f"./#{given['channel']}")


def stand_under(standin: StandIn, given: Mapping[str, str]) -> tuple[str, Record]:
    """Who presses what stands under a message, and where that is."""
    channel = given["channel"]
    alone = channel[1:] if channel.startswith("D") else find_asker(standin, given["thread"])
    container = {"type": "message", "message_ts": given["ts"], "is_ephemeral": bool(given.get("unseen"))}
    container |= {"thread_ts": given["thread"]} if given["thread"] != given["ts"] else {}
    return given.get("unseen") or alone, {"channel": {"id": channel}, "container": container}


def stand_at_home(standin: StandIn, user: str) -> Record:
    """Where something in a person's App Home stands: in a view, and in no channel."""
    shown = standin.workspace.homes.get(user, [{}])[-1]
    return {"container": {"type": "view", "view_id": f"V{user}"}, "view": {"id": f"V{user}", **shown}}


async def open_home(request: web.Request) -> web.Response:
    """Somebody opens the app's home tab; back to the page."""
    standin, form = request.app[STANDIN], await request.post()
    user = str(form["user"])
    opened = {"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": "home"}
    event = {**opened, "event_ts": f"{time.time():.6f}"}
    await tell(standin, {"type": "event_callback", "event_id": f"Ev{uuid.uuid4().hex}", "event": event})
    raise web.HTTPSeeOther(f"./#{HOME}{user}")


async def submit(request: web.Request) -> web.Response:
    """Somebody sends a form: what has to be mended, by field; it closes where nothing has."""
    standin, form = request.app[STANDIN], await request.post()
    filled = {name: [str(one) for one in form.getall(name)] for name in form}
    identity = filled.pop("view")[0]
    view = standin.workspace.modals[identity]
    if missing := modals.find_missing(view, filled):
        return web.json_response({"errors": missing})
    trigger, user = uuid.uuid4().hex, standin.workspace.viewers.get(identity, "")
    standin.workspace.issue(trigger, user)
    sent = {**view, "state": modals.read_state(view, filled)}
    done = await tell(standin, {"type": "view_submission", "trigger_id": trigger, "user": {"id": user}, "view": sent})
    if done["status"] != 200:
        return web.json_response({"failed": "The app did not answer."})
    answer = modals.read_answer(done["answer"])
    if answer.get("response_action") == "errors":
        return web.json_response({"errors": answer["errors"]})
    if answer.get("response_action") == "update":
        view.update(answer["view"])
    else:
        standin.workspace.viewers.pop(identity, None)
    return web.json_response({})


async def close(request: web.Request) -> web.Response:
    """Somebody closes a form without sending it."""
    standin, form = request.app[STANDIN], await request.post()
    view = standin.workspace.modals[str(form["view"])]
    user = standin.workspace.viewers.pop(view["id"], "")
    if view.get("notify_on_close"):
        await tell(standin, {"type": "view_closed", "user": {"id": user}, "view": view})
    return web.json_response({})


async def version(request: web.Request) -> web.Response:
    """What the page shows, as a word that is another one when it shows something else."""
    return web.json_response(tell_version(request.app[STANDIN].workspace))


def find_asker(standin: StandIn, thread: str) -> str:
    """Who began a thread: the one who presses its buttons, where nobody else is named."""
    began = standin.workspace.find(ts=thread)
    return str(began[0].get("user")) if began else next(iter(standin.workspace.people), "")


async def tell(standin: StandIn, payload: Record) -> Record:
    """Send it to the app; what came of that."""
    team = standin.workspace.team
    whose = {} if "command" in payload else {"team": {"id": team}}
    return await standin.delivery.deliver({**payload, "team_id": team, **whose})


ROUTES = (
    web.get("/", show),
    web.get("/version", version),
    web.post("/write", write),
    web.post("/press", press),
    web.post("/home", open_home),
    web.post("/submit", submit),
    web.post("/close", close),
)
