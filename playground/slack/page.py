"""The workspace as a page to look at: its conversations with their threads, and Block Kit as words, boxes and buttons.
Not Slack's own looks: what is shown is what an app sent."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markdown_it import MarkdownIt
from markupsafe import Markup

from playground.slack.modals import show_field
from playground.slack.workspace import Record, Workspace

TOKEN: Final = re.compile(r"<([^<>\n]+)>")
STYLES: Final = (
    (re.compile(r"```\n?(.+?)```", re.DOTALL), r"<pre>\1</pre>"),
    (re.compile(r"^&gt; ?(.*)$\n?", re.MULTILINE), r"<blockquote>\1</blockquote>"),
    (re.compile(r"`([^`\n]+)`"), r"<code>\1</code>"),
    (re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)"), r"<b>\1</b>"),
    (re.compile(r"(?<!\w)_([^_\n]+)_(?!\w)"), r"<i>\1</i>"),
    (re.compile(r"(?<!\w)~([^~\n]+)~(?!\w)"), r"<s>\1</s>"),
)
HOME: Final = "home-"  # what the anchor of a person's App Home begins with
EPHEMERAL: Final = "chat.postEphemeral"
EMOJI: Final = {
    "+1": "👍",
    "-1": "👎",
    "eyes": "👀",
    "heart": "❤️",
    "shrug": "🤷",
    "slightly_smiling_face": "🙂",
    "sob": "😭",
    "sweat_smile": "😅",
    "tada": "🎉",
    "wave": "👋",
}
SHORTCODE: Final = re.compile(r":([a-z0-9_+-]+):")


def to_page(workspace: Workspace, *, title: str, live: bool = False) -> str:
    """The page. `live`: it is served, so that one can write and press there."""
    people = {user: name_of(one) for user, one in sorted(workspace.people.items()) if not one.get("is_bot")}
    return load_template().render(
        title=title,
        conversations=[show_conversation(workspace, one) for one in find_conversations(workspace)],
        homes=[show_home(workspace, user, name) for user, name in people.items() if live or user in workspace.homes],
        modal=show_modal(workspace) if live else None,
        version=tell_version(workspace) if live else "",
        people=people,
        live=live,
    )


def tell_version(workspace: Workspace) -> str:
    """A word for all that the page shows; another one where that has changed."""
    views = (workspace.homes, list(workspace.viewers), [workspace.modals[one] for one in workspace.viewers])
    shown = json.dumps((workspace.said, workspace.posted, views), sort_keys=True, default=str)
    return sha256(shown.encode()).hexdigest()[:16]


def show_home(workspace: Workspace, user: str, name: str) -> Mapping[str, Any]:
    """A person's App Home as it was published last; no blocks where it never was."""
    published = workspace.homes.get(user, [])
    blocks = [show_block(workspace, one) for one in published[-1]["blocks"]] if published else []
    return {"id": f"{HOME}{user}", "user": user, "name": name, "blocks": blocks}


def show_modal(workspace: Workspace) -> Mapping[str, Any] | None:
    """The modal that was opened last and is still open: its fields, and what stands between them."""
    seen = [workspace.modals[one] for one, user in workspace.viewers.items() if user]
    if not seen:
        return None
    view = seen[-1]
    viewer = workspace.people.get(workspace.viewers[view["id"]], {"id": workspace.viewers[view["id"]]})
    blocks = [
        {"kind": "input", "field": show_field(workspace, one)} if one["type"] == "input" else show_block(workspace, one)
        for one in view["blocks"]
    ]
    words = {name: (view.get(name) or {"text": ""})["text"] for name in ("title", "submit", "close")}
    return {"id": view["id"], "viewer": name_of(viewer), "blocks": blocks, **words}


def find_conversations(workspace: Workspace) -> list[str]:
    """Where anything was said, channels before direct messages."""
    found = {str(one["channel"]) for one in (*workspace.said, *workspace.posted) if one.get("channel")}
    return sorted(found, key=lambda one: (one.startswith("D"), name_channel(workspace, one)))


def show_conversation(workspace: Workspace, channel: str) -> Mapping[str, Any]:
    """A conversation: its roots in order, each with what hangs on it."""
    here = [one for one in (*workspace.said, *workspace.posted) if one.get("channel") == channel]
    here.sort(key=lambda one: float(one["ts"]))
    roots = {one["ts"] for one in here}
    threads: dict[str, list[Record]] = {}
    for one in here:
        thread = str(one.get("thread_ts"))
        threads.setdefault(thread if thread in roots else str(one["ts"]), []).append(one)
    shown = [[show_message(workspace, one) for one in thread] for thread in threads.values()]
    alone = channel[1:] if channel.startswith("D") and channel[1:] in workspace.people else ""
    return {"id": channel, "name": name_channel(workspace, channel), "with": alone, "threads": shown}


def name_channel(workspace: Workspace, channel: str) -> str:
    if channel.startswith("D"):
        others = [str(one.get("user")) for one in workspace.said if one.get("channel") == channel]
        return name_of(workspace.people.get((others or [channel[1:]])[0], {"id": channel}))
    return f"# {workspace.names.get(channel, channel)}"


def name_of(person: Record) -> str:
    profile = person.get("profile") or {}
    return str(profile.get("display_name") or person.get("real_name") or person["id"])


def show_message(workspace: Workspace, message: Record) -> Mapping[str, Any]:
    """A message with who wrote it and when."""
    own = "method" in message
    writer = "Daytwo" if own else name_of(workspace.people.get(str(message.get("user")), {"id": "?"}))
    blocks = message.get("blocks") or []
    only = name_of(workspace.people.get(message["user"], {"id": message["user"]})) if is_unseen(message) else ""
    emojis = [(EMOJI.get(one["name"], one["name"]), len(one["users"])) for one in message.get("reactions", [])]
    return {
        "own": own,
        "writer": writer,
        "at": f"{datetime.fromtimestamp(float(message['ts']), UTC):%d %b %H:%M}",
        "only": only,
        "reader": str(message["user"]) if only else "",
        "ts": message["ts"],
        "thread": message.get("thread_ts") or message["ts"],
        "blocks": [show_block(workspace, one) for one in blocks]
        or [{"kind": "text", "shown": to_html(workspace, str(message.get("text", "")))}],
        "picture": show_picture(workspace, message),
        "reactions": emojis,
        "growing": bool(message.get("streaming")),
    }


def is_unseen(message: Record) -> bool:
    return message.get("method") == EPHEMERAL


def show_picture(workspace: Workspace, message: Record) -> Mapping[str, str] | None:
    """A picture that was uploaded, in the page itself."""
    told = message.get("file")
    if not told or told["id"] not in workspace.files:
        return None
    content = base64.b64encode(workspace.files[told["id"]]["content"]).decode()
    return {"source": f"data:image/png;base64,{content}", "alt": told["alt_txt"] or "", "title": told["title"]}


def show_block(workspace: Workspace, block: Record) -> Mapping[str, Any]:
    """A block as the template takes it: its kind, what it shows, and its buttons."""
    kind = str(block["type"])
    if kind == "markdown":
        return {"kind": "markdown", "shown": to_markdown(block["text"])}
    if kind == "header":
        return {"kind": "header", "shown": block["text"]["text"]}
    if kind == "divider":
        return {"kind": "divider"}
    if kind == "context":
        texts = [to_html(workspace, one["text"]) for one in block["elements"] if "text" in one]
        return {"kind": "context", "shown": Markup(" ").join(texts)}
    if kind in ("actions", "context_actions"):
        return {"kind": kind, "buttons": [one for each in block["elements"] for one in show_buttons(each)]}
    said = [one["text"] for one in (block.get("text"), *(block.get("fields") or [])) if one]
    words = Markup("<br>").join(to_html(workspace, one) for one in said)
    return {"kind": "section", "shown": words, "buttons": show_buttons(block.get("accessory") or {})}


def show_buttons(element: Record) -> list[Mapping[str, Any]]:
    """An element's buttons: itself, a menu with its options, or the two of a pair of thumbs."""
    action = str(element.get("action_id", ""))
    if element.get("type") == "feedback_buttons":
        pair: tuple[Record, ...] = (element["positive_button"], element["negative_button"])
    elif element.get("type") == "button":
        pair = (element,)
    elif element.get("type") == "static_select":
        options = [(one["text"]["text"], str(one["value"])) for one in element["options"]]
        words = (element.get("placeholder") or {"text": "Pick one"})["text"]
        return [{"words": words, "action": action, "options": options, "look": ""}]
    else:
        return []
    look, sure = str(element.get("style", "")), (element.get("confirm") or {}).get("text", {}).get("text", "")
    return [
        {"words": one["text"]["text"], "action": action, "value": str(one.get("value", "")), "look": look, "sure": sure}
        for one in pair
    ]


def to_html(workspace: Workspace, text: str) -> Markup:
    """mrkdwn as HTML: links, mentions, dates and a few styles; all else as it stands."""
    parts = TOKEN.split(text)
    shown = [style(part) if place % 2 == 0 else show_token(workspace, part) for place, part in enumerate(parts)]
    return Markup("".join(shown).replace("\n", "<br>"))


def style(text: str) -> str:
    """Words with their styles; entities of Slack's are read first, so that nothing is escaped twice."""
    shown = html.escape(html.unescape(text), quote=False)
    shown = SHORTCODE.sub(lambda found: EMOJI.get(found.group(1), found.group(0)), shown)
    for pattern, by in STYLES:
        shown = pattern.sub(by, shown)
    return shown


def show_token(workspace: Workspace, token: str) -> str:
    """What stands in angle brackets: a mention, a date or a link."""
    target, _, label = token.partition("|")
    if target.startswith("@"):
        user = target[1:]
        known = "Daytwo" if user == workspace.bot else name_of(workspace.people.get(user, {"id": user}))
        return f'<span class="mention">@{html.escape(known)}</span>'
    if target.startswith(("!", "#")):
        return html.escape(label or target)
    if not target.startswith(("http://", "https://", "mailto:")):
        return html.escape(label or target)
    return f'<a href="{html.escape(target)}">{html.escape(label or target)}</a>'


@cache
def reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def to_markdown(text: str) -> Markup:
    return Markup(reader().render(text))


@cache
def load_template() -> Template:
    """The page's template; whatever is not marked as HTML is escaped."""
    loader = PackageLoader("playground.slack", "")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("page.html.j2")
