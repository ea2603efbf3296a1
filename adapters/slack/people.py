"""What Slack's directory tells of a person, as a directory entry. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.self_model.model import DirectoryEntry
from bot.turn import Member


def read_entry(member: Member, user: Mapping[str, Any]) -> DirectoryEntry:
    """What Slack tells of a person. In Enterprise Grid one belongs to several workspaces."""
    profile = user.get("profile") or {}
    teams = (user.get("enterprise_user") or {}).get("teams") or [user.get("team_id") or member.workspace]
    limited = any(user.get(one) for one in ("is_restricted", "is_ultra_restricted", "is_stranger"))
    return DirectoryEntry(
        member=member,
        name=profile.get("display_name") or user.get("real_name") or "",
        title=profile.get("title") or "",
        email=profile.get("email") or "",
        time_zone=user.get("tz") or "",
        is_bot=bool(user.get("is_bot")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_outside=limited or member.workspace not in teams,
    )
