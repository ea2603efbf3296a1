"""The app manifest that an administrator creates the Slack app from: for Socket Mode as it stands in the repository's
app_manifest.yaml, or for HTTP at a host. Scopes, events and commands are named here, and nowhere else in the code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from adapters.hosts import check_host
from adapters.slack.clicks import EXPLAIN
from adapters.slack.commands import COMMAND, USAGE
from bot.errors import Refused

PATH = "/slack/events"  # where Slack's signed requests go, of every kind
INSTALL, CALLBACK = "/slack/install", "/slack/oauth_redirect"  # the pages that begin and end an installation
SHORT = "Answers from your documents, at your depth, and gets better for each person."
LONG = (
    "Daytwo answers questions from the documents of a pilot. It learns from what each person writes, once they agree, "
    "how deep and from which angle to answer them, shows them what it believes and why, and forgets it when they say "
    "so. The pilot's champion gets one digest a day, with ratings, themes and counts, never anyone's beliefs or direct "
    "messages."
)
AGENT = "Ask anything that the pilot's documents answer. What I believe about you is in my Home tab."
PROMPTS = (
    {"title": "What can you do?", "message": "help"},
    {"title": "What do you believe about me?", "message": "What do you believe about me?"},
)
EXPLAINS = "Explain this to me at my depth; only you see the answer"
DOES = "Ask, see what I believe about you, have it forgotten; only you see it"
SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "im:history",
    "im:write",
    "mpim:history",
    "reactions:read",
    "usergroups:read",
    "users:read",
)
OPTIONAL = (
    "users:read.email",
)  # whoever installs the app may leave these out; what they are for is then told as missing
EVENTS = (
    "app_context_changed",
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "reaction_added",
    "subteam_members_changed",
    "tokens_revoked",
)


def make_manifest(host: str = "", *, page: bool = False) -> Mapping[str, object]:
    """The manifest: for Socket Mode without a host, else for HTTP there. With `page` it is installed from the bot's own
    page, into several workspaces or an organization, and its tokens are renewed: without a page one is set by hand, and
    would end after twelve hours. Raises Refused where the host is none, or missing."""
    if page and not host:
        raise Refused("An installation page needs the public host that leads to the bot; name it with --host.")
    url = f"https://{check_host(host)}{PATH}" if host else ""
    redirect = {"redirect_urls": [f"https://{host.lower()}{CALLBACK}"]} if page else {}
    asked = {"request_url": url} if url else {}
    command_at = {"url": url} if url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Daytwo",
            "description": SHORT,
            "long_description": LONG,
            "background_color": "#17202a",
        },
        "features": make_features(command_at),
        "oauth_config": {**redirect, "scopes": {"bot": [*SCOPES, *OPTIONAL], "bot_optional": [*OPTIONAL]}},
        "settings": {
            "event_subscriptions": {**asked, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **asked},
            "org_deploy_enabled": page,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": page,
        },
    }


def make_features(at: Mapping[str, str]) -> Mapping[str, object]:
    """What people see of the app: its home, its name, its command."""
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "agent_view": {"agent_description": AGENT, "suggested_prompts": list(PROMPTS)},
        "bot_user": {"display_name": "daytwo", "always_online": True},
        "shortcuts": [
            {"name": "Explain at my depth", "type": "message", "callback_id": EXPLAIN, "description": EXPLAINS}
        ],
        "slash_commands": [
            {
                "command": COMMAND,
                "description": DOES,
                "usage_hint": USAGE,
                "should_escape": True,
                **at,
            }
        ],
    }


def write_manifest(host: str, file: Path, *, page: bool = False) -> None:
    """Write the manifest as JSON, which Slack takes as well as YAML. Raises Refused where the host is none."""
    file.write_text(json.dumps(make_manifest(host, page=page), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
