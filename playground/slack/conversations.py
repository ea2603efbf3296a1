"""Conversations and people: what was said in them, who is there, reactions, an assistant's status and prompts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from playground.slack.messages import show
from playground.slack.workspace import MOST_REACTIONS, Call, Denied, Method, Record, Workspace

MOST_PROMPTS: Final = 4


def read_thread(workspace: Workspace, call: Call) -> Record:
    """conversations.replies: a message and what hangs on it, oldest first. Where nothing that people wrote is known of
    here, a thread may be empty."""
    body = call.body
    enter(workspace, body["channel"])
    root = workspace.find(channel=body["channel"], ts=body["ts"])
    found = [*root, *workspace.find(channel=body["channel"], thread_ts=body["ts"])]
    if not found and workspace.find(channel=body["channel"]):
        raise Denied("thread_not_found")
    return page(found, body)


def read_history(workspace: Workspace, call: Call) -> Record:
    """conversations.history: what stands in a conversation itself, newest first."""
    body = call.body
    enter(workspace, body["channel"])
    found = [one for one in workspace.find(channel=body["channel"]) if one.get("thread_ts") in (None, one["ts"])]
    oldest, latest = float(body.get("oldest") or 0), float(body.get("latest") or "inf")
    inclusive = str(body.get("inclusive", "")).lower() in ("1", "true")
    found = [one for one in found if oldest < float(one["ts"]) < latest or (inclusive and float(one["ts"]) == latest)]
    return page(found[::-1], body)


def page(found: list[Record], body: Record) -> Record:
    """As many as were asked for."""
    limit = int(body.get("limit") or 100)
    return {"messages": [show(one) for one in found[:limit]], "has_more": len(found) > limit}


def enter(workspace: Workspace, channel: str) -> None:
    """Raises Denied where the bot cannot read."""
    if not channel.startswith(("C", "D", "G")):
        raise Denied("channel_not_found")
    if channel in workspace.absent:
        raise Denied("not_in_channel")


def get_info(workspace: Workspace, call: Call) -> Record:
    """conversations.info."""
    channel = call.body["channel"]
    if not channel.startswith(("C", "D", "G")):
        raise Denied("channel_not_found")
    direct = channel.startswith("D")
    kind = {"is_channel": channel.startswith("C"), "is_group": channel.startswith("G"), "is_im": direct}
    named = {"user": channel[1:]} if direct else {"name": channel.lower()}
    there = {"is_member": channel not in workspace.absent, "is_archived": channel in workspace.archived}
    return {"channel": {"id": channel, **kind, **named, **there, "is_private": not kind["is_channel"]}}


def open_conversation(workspace: Workspace, call: Call) -> Record:
    """conversations.open: the direct conversation with one person, or a group's."""
    users = str(call.body.get("users") or "").split(",")
    if users == [""]:
        raise Denied("users_list_not_supplied")
    for user in users:
        if not user.startswith(("U", "W")):
            raise Denied("user_not_found")
        if workspace.people.get(user, {}).get("deleted"):
            raise Denied("user_disabled")
        workspace.meet(user)
    return {"channel": {"id": f"D{users[0]}" if len(users) == 1 else f"G{''.join(sorted(users))}"}}


def get_user(workspace: Workspace, call: Call) -> Record:
    return {"user": workspace.person(call.body["user"])}


def list_groups(workspace: Workspace, call: Call) -> Record:
    """usergroups.list: those that are in use, without who is in them."""
    shown = ("handle", "name")
    return {
        "usergroups": [
            {"id": group, "team_id": workspace.team, "is_usergroup": True, "user_count": len(one["users"])}
            | {name: one.get(name, "") for name in shown}
            for group, one in workspace.groups.items()
            if not one.get("disabled")
        ]
    }


def list_group(workspace: Workspace, call: Call) -> Record:
    """usergroups.users.list: who is in one."""
    found = workspace.groups.get(str(call.body["usergroup"]))
    if found is None or found.get("disabled"):
        raise Denied("no_such_subteam")
    return {"users": list(found["users"])}


def react(workspace: Workspace, call: Call) -> Record:
    """reactions.add and remove: the bot's own emoji on a message."""
    body = call.body
    shown = workspace.message(body["channel"], body["timestamp"]).setdefault("reactions", [])
    mine = [one for one in shown if one["name"] == body["name"] and workspace.bot in one["users"]]
    if call.method == "reactions.remove":
        if not mine:
            raise Denied("no_reaction")
        shown.remove(mine[0])
        return {}
    if mine:
        raise Denied("already_reacted")
    if len(shown) >= MOST_REACTIONS:
        raise Denied("too_many_emoji")
    shown.append({"name": body["name"], "users": [workspace.bot], "count": 1})
    return {}


def get_reactions(workspace: Workspace, call: Call) -> Record:
    found = workspace.message(call.body["channel"], call.body["timestamp"])
    return {"type": "message", "message": show(found)}


def set_status(workspace: Workspace, call: Call) -> Record:
    """assistant.threads.setStatus: what the bot is doing, until it writes; "" takes it away."""
    enter(workspace, call.body["channel_id"])
    workspace.statuses.append({name: value for name, value in call.body.items() if name != "token"})
    return {}


def set_prompts(workspace: Workspace, call: Call) -> Record:
    """assistant.threads.setSuggestedPrompts: questions to start from."""
    enter(workspace, call.body["channel_id"])
    if not 0 < len(call.body["prompts"]) <= MOST_PROMPTS:
        raise Denied("invalid_arguments")
    workspace.prompts.append({name: value for name, value in call.body.items() if name != "token"})
    return {}


def get_team(workspace: Workspace, call: Call) -> Record:
    return {"team": {"id": workspace.team, "name": "Example", "domain": "example"}}


METHODS: Final[Mapping[str, Method]] = {
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setSuggestedPrompts": set_prompts,
    "assistant.threads.setTitle": lambda workspace, call: {},
    "conversations.history": read_history,
    "conversations.info": get_info,
    "conversations.open": open_conversation,
    "conversations.replies": read_thread,
    "reactions.add": react,
    "reactions.get": get_reactions,
    "reactions.remove": react,
    "team.info": get_team,
    "usergroups.list": list_groups,
    "usergroups.users.list": list_group,
    "users.info": get_user,
}
