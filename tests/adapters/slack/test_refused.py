"""A server that cannot start on Slack says which setting is wrong, and ends."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_server import make_environment

from adapters.server import serving
from adapters.slack.connect import find_socket
from bot.errors import Misconfigured, Unavailable

PATIENCE = 60.0  # seconds


@pytest.mark.parametrize("wrong", [{"DAYTWO_SLACK_APP_TOKEN": "xapp-wrong"}, {"DAYTWO_SLACK_BOT_TOKEN": "xoxb-wrong"}])
def test_a_token_that_slack_refuses_is_named_and_not_tried_for_ever(
    standin: str, tmp_path: Path, wrong: dict[str, str]
) -> None:
    environment = make_environment(tmp_path, standin) | {"DAYTWO_SLACK_SIGNING_SECRET": ""}
    environment |= {"DAYTWO_SLACK_APP_TOKEN": "xapp-test"} | wrong
    command = [sys.executable, "-m", "bot", "serve"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    (name,) = wrong
    assert (done.returncode, done.stderr) == (3, f"{name}: Slack says invalid_auth.\n")


async def test_slack_that_does_not_answer_is_waited_for_by_nobody() -> None:
    with pytest.raises(Unavailable, match="Slack opens no connection"):
        await find_socket(AsyncWebClient(base_url="http://127.0.0.1:1/api/"), "xapp-test")


async def test_a_port_that_is_taken_is_named() -> None:
    async def depths() -> dict[str, dict[str, int]]:
        return {}

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Misconfigured, match=rf"DAYTWO_PORT: 127.0.0.1:{port} .* address already in use"):
            async with asyncio.timeout(PATIENCE), serving("127.0.0.1", port, {}, depths):
                pass
