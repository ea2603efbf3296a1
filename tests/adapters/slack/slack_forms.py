"""Filling in the modals that the server opens, as a person does."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote_plus
from urllib.request import Request, urlopen

from slack_server import PATIENCE, SECRET, Slack


def opened(slack: Slack, name: str, since: int = 0) -> dict[str, Any]:
    """The modal of that name that was opened last, once there is one more than `since`."""

    def mine() -> list[dict[str, Any]]:
        return [one for one in slack.state()["modals"].values() if one["callback_id"] == f"daytwo_{name}"]

    wait_until(lambda: len(mine()) > since)
    return mine()[-1]


def count_opened(slack: Slack) -> int:
    return len(slack.state()["modals"])


def wait_until(true: Callable[[], bool]) -> None:
    """Until it is so, or patience ends."""
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.05)


def submit(
    slack: Slack, view: Mapping[str, Any], given: Mapping[str, Any], *, user: str = "U1", team: str = "T1"
) -> dict[str, Any]:
    """Send a modal with what is filled in; what the server answers: {} where it closes."""
    slack.number += 1
    state = {"values": {name: {name: make_given(value)} for name, value in given.items()}}
    body = {
        "type": "view_submission",
        "trigger_id": f"form{slack.number}",
        "team": {"id": team},
        "user": {"id": user},
        "view": {**view, "state": state},
    }
    return post(slack, f"payload={quote_plus(json.dumps(body))}")


def make_given(value: Any) -> dict[str, Any]:
    """An input's state: text, a date, one option, or several."""
    if isinstance(value, tuple):
        return {"type": "radio_buttons", "selected_option": {"value": value[0]}}
    if isinstance(value, list) and any(one.startswith("U") for one in value):
        return {"type": "multi_users_select", "selected_users": value}
    if isinstance(value, list):
        return {"type": "checkboxes", "selected_options": [{"value": one} for one in value]}
    return {"type": "plain_text_input", "value": value}


def post(slack: Slack, data: str) -> dict[str, Any]:
    """Send a signed form; the JSON it is answered with, {} where there is none."""
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:{data}".encode(), hashlib.sha256).hexdigest()
    request = Request(f"{slack.server}/slack/events", data=data.encode())
    request.add_header("content-type", "application/x-www-form-urlencoded")
    request.add_header("x-slack-request-timestamp", stamp)
    request.add_header("x-slack-signature", f"v0={signature}")
    with urlopen(request) as response:
        text = response.read()
    return dict(json.loads(text)) if text else {}
