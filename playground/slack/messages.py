"""chat.*: messages as posted, changed, deleted and linked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from playground.slack.workspace import Call, Denied, Method, Record, Workspace

EPHEMERAL: Final = "chat.postEphemeral"


def post(workspace: Workspace, call: Call) -> Record:
    """Keep a message; in a thread, it ends the status shown there."""
    body = call.body
    workspace.enter(body["channel"])
    if call.method == EPHEMERAL:
        workspace.meet(body["user"])
    stamp = workspace.stamp()
    kept = {**body, "channel": open_channel(body["channel"]), "ts": stamp, "method": call.method}
    workspace.posted.append(kept)
    end_status(workspace, kept)
    if call.method == EPHEMERAL:
        return {"message_ts": stamp, "ts": stamp, "channel": kept["channel"]}
    return {"ts": stamp, "channel": kept["channel"], "message": show(kept)}


def open_channel(channel: str) -> str:
    """A person named as a channel is written to in their direct conversation."""
    return f"D{channel}" if channel.startswith(("U", "W")) else channel


def end_status(workspace: Workspace, message: Record) -> None:
    """A status is shown until the app writes in that thread."""
    thread = message.get("thread_ts")
    if thread and any(one["thread_ts"] == thread and one["status"] for one in workspace.statuses[-1:]):
        workspace.statuses.append({"channel_id": message["channel"], "thread_ts": thread, "status": ""})


def show(message: Record) -> Record:
    """A message as Slack gives it back."""
    shown = {name: value for name, value in message.items() if name not in ("method", "changed", "token")}
    return {"type": "message", **shown}


def update(workspace: Workspace, call: Call) -> Record:
    """Put other words in place of a message of the app's."""
    body = call.body
    found = workspace.own(body["channel"], body["ts"], "cant_update_message")
    if found.get("streaming"):
        raise Denied("streaming_state_conflict")
    found.update({**body, "changed": True})
    return {"ts": body["ts"], "channel": body["channel"], "text": body.get("text", ""), "message": show(found)}


def delete(workspace: Workspace, call: Call) -> Record:
    """Take a message of the app's away."""
    body = call.body
    workspace.posted.remove(workspace.own(body["channel"], body["ts"], "cant_delete_message"))
    return {"ts": body["ts"], "channel": body["channel"]}


def get_permalink(workspace: Workspace, call: Call) -> Record:
    """A message's address."""
    channel, stamp = call.body["channel"], call.body["message_ts"]
    workspace.message(channel, stamp)
    return {"channel": channel, "permalink": f"{workspace.url}archives/{channel}/p{stamp.replace('.', '')}"}


METHODS: Final[Mapping[str, Method]] = {
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "chat.postEphemeral": post,
    "chat.postMessage": post,
    "chat.update": update,
}
