"""Messages that grow while they are written (chat.startStream, appendStream, stopStream), and when they end by
themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from playground.slack.messages import end_status
from playground.slack.workspace import Call, Denied, Method, Record, Workspace

LONGEST_STREAM: Final = 300.0  # seconds from its start, as observed; Slack documents none
LONGEST_PAUSE: Final = 120.0  # seconds between two appends
LONGEST_PART: Final = 12_000  # characters of markdown in one call


def start(workspace: Workspace, call: Call) -> Record:
    """Begin a message in a thread; outside of direct messages Slack must be told for whom."""
    body = call.body
    workspace.enter(body["channel"])
    if not body.get("thread_ts"):
        raise Denied("invalid_thread_ts")
    if not body["channel"].startswith("D"):
        for name in ("recipient_team_id", "recipient_user_id"):
            if not body.get(name):
                raise Denied(f"missing_{name}")
    if body.get("recipient_user_id"):
        workspace.person(body["recipient_user_id"])
    now = workspace.seconds()
    stamp = workspace.stamp()
    begun = {"ts": stamp, "method": call.method, "streaming": True, "started": now, "touched": now, "parts": 0}
    kept = {**{name: body[name] for name in ("channel", "thread_ts")}, **begun, "text": "", "blocks": []}
    grow(kept, body)
    workspace.posted.append(kept)
    end_status(workspace, kept)
    return {"channel": body["channel"], "ts": stamp}


def append(workspace: Workspace, call: Call) -> Record:
    """Add to it."""
    kept = find(workspace, call)
    if not read_text(call.body) and not call.body.get("chunks"):
        raise Denied("no_text")
    grow(kept, call.body)
    kept["touched"] = workspace.seconds()
    return {"channel": kept["channel"], "ts": kept["ts"]}


def stop(workspace: Workspace, call: Call) -> Record:
    """End it, with blocks under what was written."""
    kept = find(workspace, call)
    grow(kept, call.body)
    kept["blocks"] = [*kept["blocks"], *(call.body.get("blocks") or [])]
    kept |= {name: call.body[name] for name in ("metadata", "session_status") if name in call.body}
    kept["streaming"] = False
    return {"channel": kept["channel"], "ts": kept["ts"], "message": {"text": kept["text"], "blocks": kept["blocks"]}}


def find(workspace: Workspace, call: Call) -> Record:
    """The message, as long as it is being written. Raises Denied."""
    kept = workspace.own(call.body["channel"], call.body["ts"], "message_not_owned_by_app")
    now = workspace.seconds()
    if kept.get("streaming") and (now - kept["started"] > LONGEST_STREAM or now - kept["touched"] > LONGEST_PAUSE):
        kept["streaming"] = False
    if not kept.get("streaming"):
        raise Denied("message_not_in_streaming_state")
    return kept


def read_text(body: Record) -> str:
    """The Markdown that a call adds."""
    chunks = body.get("chunks") or []
    told = [one.get("text", "") for one in chunks if one.get("type") == "markdown_text"]
    return "".join([body.get("markdown_text") or "", *told])


def grow(kept: Record, body: Record) -> None:
    """Add what a call brings. Raises Denied where it is too much at once."""
    text = read_text(body)
    if len(text) > LONGEST_PART:
        raise Denied("msg_too_long")
    kept["text"] += text
    kept["parts"] += bool(text)
    if kept["text"]:
        kept["blocks"] = [{"type": "markdown", "text": kept["text"]}]


METHODS: Final[Mapping[str, Method]] = {
    "chat.appendStream": append,
    "chat.startStream": start,
    "chat.stopStream": stop,
}
