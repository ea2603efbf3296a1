"""Whether a call is one that Slack would take: its token and scopes, its arguments, its blocks. What breaks a rule is
refused with Slack's error and written down, so that whoever made it can be told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from playground.slack.limits import LONGEST_TEXT, find_faults, find_in_view
from playground.slack.workspace import Call, Denied, Record

Validate = Callable[[str, object], Iterable[str]]  # what an official schema finds wrong with a method's arguments

HISTORY: Final = ("channels:history", "groups:history", "im:history", "mpim:history")
READ: Final = ("channels:read", "groups:read", "im:read", "mpim:read")
# What Slack's reference asks a bot token for: one of these scopes. A method that is not here needs none.
SCOPES: Final[Mapping[str, tuple[str, ...]]] = {
    "apps.connections.open": ("connections:write",),
    "assistant.threads.setStatus": ("assistant:write", "chat:write"),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "assistant.threads.setTitle": ("assistant:write",),
    "chat.appendStream": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.startStream": ("chat:write",),
    "chat.stopStream": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": HISTORY,
    "conversations.info": READ,
    "conversations.open": ("im:write", "mpim:write"),
    "conversations.replies": HISTORY,
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "reactions.add": ("reactions:write",),
    "reactions.get": ("reactions:read",),
    "reactions.remove": ("reactions:write",),
    "team.info": ("team:read",),
    "usergroups.list": ("usergroups:read",),
    "usergroups.users.list": ("usergroups:read",),
    "users.info": ("users:read",),
}
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "assistant.threads.setStatus": ("channel_id", "thread_ts", "status"),
    "assistant.threads.setSuggestedPrompts": ("channel_id", "prompts"),
    "chat.appendStream": ("channel", "ts"),
    "chat.delete": ("channel", "ts"),
    "chat.getPermalink": ("channel", "message_ts"),
    "chat.postEphemeral": ("channel", "user"),
    "chat.postMessage": ("channel",),
    "chat.startStream": ("channel", "thread_ts"),
    "chat.stopStream": ("channel", "ts"),
    "chat.update": ("channel", "ts"),
    "conversations.history": ("channel",),
    "conversations.info": ("channel",),
    "conversations.replies": ("channel", "ts"),
    "files.completeUploadExternal": ("files",),
    "files.getUploadURLExternal": ("filename", "length"),
    "files.info": ("file",),
    "reactions.add": ("channel", "timestamp", "name"),
    "reactions.get": ("channel", "timestamp"),
    "reactions.remove": ("channel", "timestamp", "name"),
    "usergroups.users.list": ("usergroup",),
    "users.info": ("user",),
    "views.open": ("trigger_id", "view"),
    "views.publish": ("user_id", "view"),
    "views.push": ("trigger_id", "view"),
    "views.update": ("view",),
}
# These read their arguments from the query or a form, never from JSON.
NO_JSON: Final = frozenset(
    {
        "conversations.history",
        "conversations.info",
        "conversations.replies",
        "files.info",
        "usergroups.list",
        "usergroups.users.list",
        "users.info",
    }
)
WRITES: Final = frozenset({"chat.postMessage", "chat.postEphemeral", "chat.update"})


@dataclass(slots=True)
class Rules:
    """What calls are held to. `granted`: the scopes of each token; `validate`: the official schemas, where they are at
    hand; `broken`: what was broken so far."""

    granted: dict[str, frozenset[str] | None] = field(default_factory=dict)  # None: all of them
    validate: Validate | None = None
    broken: list[Record] = field(default_factory=list)

    def grants(self, token: str, *scopes: str) -> bool:
        """Whether a token has one of the scopes."""
        held = self.granted.get(token, frozenset())
        return held is None or not held.isdisjoint(scopes)

    def note(self, made: Call, rule: str) -> None:
        """Write down that a call broke a rule."""
        sample = json.dumps(made.body, ensure_ascii=False, default=str)[:600]
        self.broken.append({"method": made.method, "rule": rule, "call": sample})


def check(rules: Rules, made: Call, sent_as: str) -> None:
    """Raises Denied where Slack would not take the call."""
    if made.token not in rules.granted:
        raise Denied("invalid_auth" if made.token else "not_authed")
    for code, rule in find_broken(rules, made, sent_as):
        rules.note(made, rule)
        needed = {"needed": ",".join(SCOPES[made.method])} if code == "missing_scope" else {}
        raise Denied(code, **needed)


def find_broken(rules: Rules, made: Call, sent_as: str) -> Iterable[tuple[str, str]]:
    """Slack's error and the rule that was broken, for each."""
    method, body = made.method, made.body
    if method in SCOPES and not rules.grants(made.token, *SCOPES[method]):
        yield "missing_scope", f"none of the scopes {', '.join(SCOPES[method])}"
    if method in NO_JSON and sent_as == "application/json":
        yield "invalid_arguments", "arguments as JSON, where Slack takes none"
    for name in NEEDED.get(method, ()):
        if body.get(name) in (None, "") and name != "status":
            yield "invalid_arguments", f"no {name}"
    if method in WRITES:
        yield from find_in_message(body)
    elif body.get("blocks"):
        yield from (("invalid_blocks", one) for one in find_faults(body["blocks"], "message"))
    if isinstance(body.get("view"), dict):
        yield from (("invalid_arguments", one) for one in find_in_view(body["view"]))
    if rules.validate:
        yield from (("invalid_arguments", one) for one in rules.validate(method, body))


def find_in_message(body: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What is wrong with a message. Slack takes one without text where it has blocks; its notification is then empty,
    so here that counts as wrong."""
    if not (body.get("text") or body.get("markdown_text")):
        yield "no_text", "no text for the notification"
    if len(body.get("text") or "") > LONGEST_TEXT:
        yield "msg_too_long", f"text longer than {LONGEST_TEXT}"
    for one in find_faults(body.get("blocks") or [], "message"):
        yield ("msg_blocks_too_long" if "together" in one else "invalid_blocks"), one
