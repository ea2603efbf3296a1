"""Slack's user groups: one by its id or handle, with who is in it just now; and word that this has changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from adapters.payload import Payload, part, word
from bot.pilot.groups import FoundGroup, is_called
from bot.turn import Member

Call = Callable[..., Awaitable[dict[str, Any]]]


async def read_group(call: Call, workspace: str, named: str) -> FoundGroup | None:
    """A user group, None where there is none called so. Raises Unavailable, Refused."""
    listed = (await call("usergroups.list")).get("usergroups") or []
    found = next((one for one in listed if is_group(one, named)), None)
    if found is None:
        return None
    told = await call("usergroups.users.list", usergroup=found["id"])
    people = tuple(Member(workspace, str(one)) for one in told.get("users") or [])
    return FoundGroup(id=str(found["id"]), name=str(found.get("handle") or found["name"]), people=people)


def is_group(one: Mapping[str, Any], named: str) -> bool:
    """Whether a group is called so: by its id, the handle that mentions it, or its name."""
    return any(is_called(str(one.get(name) or ""), named) for name in ("id", "handle", "name"))


def read_changed_group(body: Payload) -> str:
    """The id of a user group of which Slack says that its members have changed, else ""."""
    event = part(body, "event")
    return word(event, "subteam_id") if word(event, "type") == "subteam_members_changed" else ""
