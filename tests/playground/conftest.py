"""A stand-in of Slack in this process, and Slack's own client to call it with."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

sys.path.insert(0, str(Path(__file__).parent))  # for the helpers beside this file

from playground.slack.checks import Rules
from playground.slack.server import serving
from playground.slack.standin import StandIn
from playground.slack.workspace import Workspace

SCOPES = frozenset({"chat:write", "channels:history", "files:write", "users:read"})


@pytest.fixture
def standin() -> StandIn:
    """A workspace with one person and one bot token."""
    people = {"U1": {"id": "U1", "team_id": "T1", "profile": {}}}
    app_token = {"xapp-test": frozenset({"connections:write"})}
    return StandIn(Workspace(people=people), Rules(granted={"xoxb-test": SCOPES, **app_token}))


@pytest.fixture
async def address(standin: StandIn) -> AsyncIterator[str]:
    async with serving(standin) as served:
        yield served


@pytest.fixture
def client(address: str) -> AsyncWebClient:
    return AsyncWebClient(token="xoxb-test", base_url=f"{address}/api/")
