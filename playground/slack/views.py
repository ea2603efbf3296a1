"""views.*: homes, and modals that a trigger opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from playground.slack.workspace import Call, Denied, Method, Record, Workspace

MOST_MODALS: Final = 3  # above one another


def publish(workspace: Workspace, call: Call) -> Record:
    """Put a view in place of a person's home."""
    workspace.meet(call.body["user_id"])
    view = keep(workspace, call.body["view"])
    workspace.homes.setdefault(call.body["user_id"], []).append(call.body["view"])
    return {"view": view}


def open_view(workspace: Workspace, call: Call) -> Record:
    """Open a modal for whoever did what the trigger came with, or one above it."""
    trigger = workspace.pull(call.body["trigger_id"])
    view = keep(workspace, call.body["view"])
    view["trigger_id"] = call.body["trigger_id"]
    if call.method == "views.push" and len(workspace.modals) >= MOST_MODALS:
        raise Denied("push_limit_reached")
    workspace.modals[view["id"]] = view
    workspace.viewers[view["id"]] = trigger.user
    return {"view": view}


def update(workspace: Workspace, call: Call) -> Record:
    """Put another view in place of an open one, found by its id or by the app's own."""
    body = call.body
    mine = [one for one in workspace.modals.values() if one.get("external_id") == body.get("external_id")]
    found = workspace.modals.get(body.get("view_id", "")) or (mine[-1] if body.get("external_id") and mine else None)
    if found is None:
        raise Denied("not_found")
    if body.get("hash") and body["hash"] != found["hash"]:
        raise Denied("hash_conflict")
    found.update({**body["view"], "hash": workspace.stamp()})
    return {"view": found}


def keep(workspace: Workspace, view: Record) -> Record:
    """A view as Slack keeps it."""
    number = workspace.stamp()
    identity = f"V{number.replace('.', '')}"
    return {**view, "id": identity, "root_view_id": identity, "team_id": workspace.team, "hash": number}


METHODS: Final[Mapping[str, Method]] = {
    "views.open": open_view,
    "views.publish": publish,
    "views.push": open_view,
    "views.update": update,
}
