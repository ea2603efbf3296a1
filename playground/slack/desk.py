"""The page as people use it: they write there and press buttons, and the app is told as Slack would tell it."""

from __future__ import annotations

import time
import uuid

from aiohttp import web

from playground.slack.page import to_page
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
    standin.workspace.issue(trigger)
    typed = {"command": command, "text": words, "user_id": user, "channel_id": channel, "trigger_id": trigger}
    await tell(standin, typed)


async def press(request: web.Request) -> web.Response:
    """Somebody presses a button under a message; back to the page."""
    standin, form = request.app[STANDIN], await request.post()
    channel, trigger = str(form["channel"]), uuid.uuid4().hex
    alone = channel[1:] if channel.startswith("D") else find_asker(standin, str(form["thread"]))
    user = str(form.get("unseen") or alone)
    standin.workspace.issue(trigger)
    container = {"type": "message", "message_ts": str(form["ts"]), "is_ephemeral": bool(form.get("unseen"))}
    container |= {"thread_ts": str(form["thread"])} if form["thread"] != form["ts"] else {}
    click = {
        "type": "block_actions",
        "trigger_id": trigger,
        "user": {"id": user},
        "channel": {"id": channel},
        "container": container,
        "actions": [{"type": "button", "action_id": str(form["action"]), "value": str(form["value"])}],
    }
    await tell(standin, click)
    raise web.HTTPSeeOther(f"./#{channel}")


def find_asker(standin: StandIn, thread: str) -> str:
    """Who began a thread: the one who presses its buttons, where nobody else is named."""
    began = standin.workspace.find(ts=thread)
    return str(began[0].get("user")) if began else next(iter(standin.workspace.people), "")


async def tell(standin: StandIn, payload: Record) -> None:
    """Send it to the app."""
    team = standin.workspace.team
    whose = {} if "command" in payload else {"team": {"id": team}}
    await standin.delivery.deliver({**payload, "team_id": team, **whose})


ROUTES = (web.get("/", show), web.post("/write", write), web.post("/press", press))
