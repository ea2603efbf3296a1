"""All that Daytwo listens to on Slack, as its code has it: events, the command's words, the shortcut, buttons, forms;
and for each a payload as Slack sends it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adapters.slack.commands import COMMAND, USAGE
from adapters.slack.manifest import EVENTS, make_manifest

ADAPTER = Path(__file__).parents[3] / "adapters" / "slack"
READ_IN = {  # the functions that tell buttons and forms apart, by the kind that they read
    "action": ("read_action", "open_form"),
    "form": ("read_form",),
}
ALSO = {"action": ("vote", "pilot"), "form": ()}  # told apart by a plain comparison
RENDERED = re.compile(r"^daytwo_([a-z]+)")
Payload = dict[str, Any]


def registered() -> tuple[str, ...]:
    """Every handler as `kind:name`, such as `action:vote`."""
    features: Any = make_manifest()["features"]
    found = [f"event:{one}" for one in EVENTS]
    found += [f"command:{one.split()[0]}" for one in USAGE.split("|")]
    found += [f"shortcut:{one['callback_id']}" for one in features["shortcuts"]]
    for kind, functions in READ_IN.items():
        found += [f"{kind}:{name}" for name in sorted({*find_cases(functions), *ALSO[kind]})]
    return tuple(found)


def find_cases(functions: tuple[str, ...]) -> Iterator[str]:
    """The names that these functions' match statements know."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name in functions:
                for case in (one for one in ast.walk(node) if isinstance(one, ast.match_case)):
                    first = case.pattern.patterns[0] if isinstance(case.pattern, ast.MatchSequence) else case.pattern
                    if isinstance(first, ast.MatchValue) and isinstance(first.value, ast.Constant):
                        yield str(first.value.value)


def rendered_actions() -> set[str]:
    """The first word of every id of ours that some button, or its form, is made with."""
    texts = (
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {found.group(1) for text in texts if (found := RENDERED.match(text))}


def trees() -> Iterator[ast.Module]:
    return (ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ADAPTER.glob("*.py")))


def make_payload(handler: str, user: str, number: int) -> Payload:
    """What Slack sends for it when this person does it; nothing that it is about exists."""
    kind, _, name = handler.partition(":")
    common = {"trigger_id": f"{user}-{number}", "team": {"id": "T1"}, "user": {"id": user}}
    match kind:
        case "event":
            event = make_event(name, user, number)
            return {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{user}{number}", "event": event}
        case "command":
            typed = {"command": COMMAND, "text": name, "channel_id": "C5", "user_id": user, "team_id": "T1"}
            return typed | {"trigger_id": f"{user}-{number}"}
        case "shortcut":
            message = {"type": "message", "user": "U9", "ts": "1791190001.000100", "text": "The relay keeps it."}
            return {
                **common,
                "type": "message_action",
                "callback_id": name,
                "channel": {"id": "C5"},
                "message": message,
            }
        case "action":
            container = {"type": "message", "message_ts": "1791190001.000200", "thread_ts": "1791190001.000100"}
            action = {"type": "button", "action_id": f"daytwo_{name}_x", "value": "C5:1791190001.000100"}
            action["action_id"] = (
                f"daytwo_{name}" if name in ("vote", "why", "pilot", "change", "consent") else action["action_id"]
            )
            return {
                **common,
                "type": "block_actions",
                "channel": {"id": "C5"},
                "container": container,
                "actions": [action],
            }
    view = {"type": "modal", "callback_id": f"daytwo_{name}", "private_metadata": "{}", "state": {"values": {}}}
    return {**common, "type": "view_submission", "view": view}


def make_event(name: str, user: str, number: int) -> Payload:
    """The inner event."""
    stamp = f"1791192{number:03d}.000100"
    kind, _, where = name.partition(".")
    channel = {"im": f"D{user}", "groups": "G5", "mpim": "G6"}.get(where, "C5")
    written = {"user": user, "channel": channel, "ts": stamp, "text": "<@UBOT> How long is the retention?"}
    if kind == "message":
        return {"type": kind, **written, "channel_type": where.removesuffix("s") or "channel"}
    others: dict[str, Payload] = {
        "app_context_changed": {"user": user, "context": {"entities": []}},
        "app_home_opened": {"user": user, "channel": f"D{user}", "tab": "home"},
        "app_mention": written,
        "app_uninstalled": {},
        "reaction_added": {
            "user": user,
            "reaction": "+1",
            "item": {"type": "message", "channel": "C5", "ts": "1791190001.000200"},
        },
        "subteam_members_changed": {"subteam_id": "S1", "team_id": "T1", "added_users": [user], "removed_users": []},
        "tokens_revoked": {"tokens": {"oauth": [user]}},
    }
    return {"type": name, **others[name]}
