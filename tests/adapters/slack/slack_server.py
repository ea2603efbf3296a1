"""The real server process, real signed requests in, real client calls out to a stand-in of Slack."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote_plus, urlencode
from urllib.request import Request, urlopen

sys.path.insert(0, str(Path(__file__).parents[2] / "standins"))

from slack_events import find_faults

from playground.slack.files import ORDINARY

DOCUMENT = (
    "# Relay\n\n## Retention\nMessages are kept for 14 days. The longest retention that can be set is 90 days.\n\n"
    "## Storage\nThe relay stores messages on three brokers with a replication factor of 3.\n"
)
STANDIN = Path(__file__).parents[2] / "standins" / "slack.py"
SECRET = "a-signing-secret"
PATIENCE = 60.0  # seconds to wait for something that should happen at once, on a busy machine


@dataclass
class Slack:
    """The stand-in and the server under test."""

    standin: str
    server: str
    database: str = ""
    number: int = 0

    def send(self, body: dict[str, Any], *, secret: str = SECRET, age: int = 0, form: bool = False) -> int:
        """Send a signed request as Slack does; the status it is answered with."""
        if trigger := body.get("trigger_id"):
            self.prepare("triggers", trigger_id=str(trigger), user=str((body.get("user") or {}).get("id", "")))
        data = f"payload={quote_plus(json.dumps(body))}" if form else json.dumps(body)
        return self.send_raw(data, secret=secret, age=age, form=form)

    def send_raw(self, data: str, *, secret: str = SECRET, age: int = 0, form: bool = False) -> int:
        """Send a signed body; the status it is answered with."""
        stamp = str(int(time.time()) - age)
        signature = hmac.new(secret.encode(), f"v0:{stamp}:{data}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "content-type": "application/x-www-form-urlencoded" if form else "application/json",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={signature}",
        }
        try:
            with urlopen(Request(f"{self.server}/slack/events", data=data.encode(), headers=headers)) as response:
                return int(response.status)
        except HTTPError as error:
            return error.code

    def say(self, text: str, *, kind: str = "app_mention", event_id: str = "", **fields: Any) -> str:
        """A person writes something; its ts."""
        self.number += 1
        stamp = fields.pop("ts", f"17911900{self.number:02d}.000100")
        event = {"type": kind, "user": "U1", "channel": "C1", "ts": stamp, "event_ts": stamp, "text": text}
        event |= {"channel_type": "channel"} if kind == "message" else {}
        event |= fields
        whole = [{**ORDINARY, **one} for one in fields.get("files", ()) if "file_access" not in one]
        shape = {"files": whole} if "files" in fields else {}  # of others, in shared channels, there is no official one
        assert find_faults(event | shape) == []
        body = {"type": "event_callback", "team_id": "T1", "event_id": event_id or f"Ev{self.number}", "event": event}
        self.prepare("said", messages=[event])
        assert self.send(body) == 200
        return stamp

    def event(self, **event: Any) -> int:
        """Something happens; the status it is answered with."""
        self.number += 1
        body = {"type": "event_callback", "team_id": "T1", "event_id": f"EvX{self.number}", "event": event}
        return self.send(body)

    def edit(self, stamp: str, text: str, *, before: str = "", **fields: Any) -> None:
        """The person edits their message."""
        self.number += 1
        message = {"type": "message", "user": "U1", "ts": stamp, **fields}
        new = {**message, "text": text, "edited": {"user": "U1", "ts": f"17911950{self.number:02d}.000000"}}
        old = {**message, "text": before}
        changed = {"type": "message", "subtype": "message_changed", "channel": "C1", "channel_type": "channel"}
        self.prepare("said", messages=[{"channel": "C1", **new}])
        assert self.event(**changed, ts=stamp, message=new, previous_message=old) == 200

    def delete(self, stamp: str, user: str = "U1") -> None:
        """A message is deleted."""
        old = {"type": "message", "user": user, "ts": stamp, "text": "gone"}
        gone = {"type": "message", "subtype": "message_deleted", "channel": "C1", "channel_type": "channel"}
        self.prepare("said", messages=[{"channel": "C1", "ts": stamp, "deleted": True}])
        assert self.event(**gone, ts=stamp, deleted_ts=stamp, previous_message=old) == 200

    def click(self, action: str, value: str, *, user: str = "U1", channel: str = "C1", **container: Any) -> int:
        """A person clicks a button; the status it is answered with."""
        self.number += 1
        body = {
            "type": "block_actions",
            "trigger_id": f"click{self.number}",
            "team": {"id": "T1"},
            "user": {"id": user},
            "channel": {"id": channel},
            "container": {"type": "message", "message_ts": "1791190001.000000", **container},
            "actions": [{"action_id": action, "value": value, "type": "button"}],
        }
        return self.send(body, form=True)

    def command(self, text: str, *, user: str = "U1", channel: str = "C1", secret: str = SECRET, **fields: str) -> int:
        """A person types /daytwo …; the status it is answered with."""
        self.number += 1
        told = {"command": "/daytwo", "text": text, "team_id": "T1", "channel_id": channel, "user_id": user}
        told |= {"trigger_id": f"command{self.number}", "response_url": f"{self.standin}/respond/{self.number}"}
        self.prepare("triggers", trigger_id=f"command{self.number}", user=user)
        return self.send_raw(urlencode(told | fields), secret=secret, form=True)

    def wait_for(self, user: str, **fields: str) -> list[dict[str, Any]]:
        """What was shown to one person alone, once there is any."""
        wanted = {"user": user, "method": "chat.postEphemeral", **fields}

        def find(posted: list[dict[str, Any]]) -> list[dict[str, Any]]:
            return [one for one in posted if wanted.items() <= {k: v for k, v in one.items() if k in wanted}.items()]

        return find(self.wait(lambda posted: bool(find(posted))))

    def open_home(self, user: str) -> None:
        """A person opens the bot's App Home."""
        opened = {"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": "home", "event_ts": "1.0"}
        assert self.event(**opened) == 200

    def wait_for_home(self, user: str, holds: str) -> dict[str, Any]:
        """A person's home, once it says that."""
        ends = time.monotonic() + PATIENCE
        while True:
            with urlopen(f"{self.standin}/views") as response:
                shown = json.load(response).get(user, [{}])[-1]
            if holds in json.dumps(shown, ensure_ascii=False):
                return dict(shown)
            assert time.monotonic() < ends, shown
            time.sleep(0.05)

    def posted(self) -> list[dict[str, Any]]:
        with urlopen(f"{self.standin}/posted") as response:
            return list(json.load(response))

    def deliver(self, body: dict[str, Any]) -> dict[str, Any]:
        """Have the stand-in send it, over its socket or by HTTP; what came of each attempt."""
        return self.prepare("deliver", body=body)

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that should happen at once."""
        ends = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < ends
            time.sleep(0.05)

    def state(self) -> dict[str, Any]:
        """What else the app did: modals, statuses, prompts, answers to a response_url, rules it broke."""
        with urlopen(f"{self.standin}/state") as response:
            return dict(json.load(response))

    def counts(self) -> dict[str, Any]:
        """How often each method was called, and how often Slack would have had enough of it."""
        with urlopen(f"{self.standin}/counts") as response:
            return dict(json.load(response))

    def tell(self, error: str, times: int, **told: object) -> None:
        """Let the next calls fail: those of `method`, else posts; `after`: with a limit of calls, the wait."""
        self.prepare("told", error=error, times=times, **told)

    def prepare(self, what: str, **told: object) -> dict[str, Any]:
        """Tell the stand-in something; what it answers."""
        request = Request(f"{self.standin}/{what}", data=json.dumps(told).encode())
        request.add_header("content-type", "application/json")
        with urlopen(request) as response:
            return dict(json.load(response))

    def wait(self, until: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """What was posted, once it is as it should be."""
        ends = time.monotonic() + PATIENCE
        while not until(found := self.posted()):
            assert time.monotonic() < ends, found
            time.sleep(0.05)
        return found


def start(*command: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )


def make_environment(home: Path, standin: str) -> dict[str, str]:
    """The settings of a server with one document, which posts to the stand-in."""
    (home / "docs").mkdir()
    (home / "docs" / "relay.md").write_text(DOCUMENT, encoding="utf-8")
    return {
        "DAYTWO_DATABASE_URL": f"sqlite+aiosqlite:///{home / 'test.db'}",
        "DAYTWO_DOCS": str(home / "docs"),
        "DAYTWO_ENGINE": "offline",
        "DAYTWO_PORT": str(free_port()),
        "DAYTWO_SLACK_API_URL": f"{standin}/api/",
        "DAYTWO_SLACK_BOT_TOKEN": "xoxb-test",
        "DAYTWO_SLACK_SIGNING_SECRET": SECRET,
        "DAYTWO_SLACK_SPEED": "60",  # as the stand-in's
    }


@contextmanager
def serve(standin: str, environment: dict[str, str]) -> Iterator[Slack]:
    """The server, until the block ends."""
    with running("-m", "bot", "serve", **environment) as server:
        assert server.stdout
        assert "listens on" in server.stdout.readline()
        yield Slack(standin, f"http://127.0.0.1:{environment['DAYTWO_PORT']}", environment["DAYTWO_DATABASE_URL"])
        server.terminate()
        assert server.wait(PATIENCE) == 0


@contextmanager
def running(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A process that is gone when the block ends, however it ends."""
    with start(*command, **environment) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def standing_in(speed: float | None = None) -> Iterator[str]:
    """A stand-in of Slack; its address. Whoever made it a call that breaks a rule of Slack's fails here."""
    with running(str(STANDIN), *([str(speed)] if speed else [])) as process:
        assert process.stdout
        address = f"http://127.0.0.1:{int(process.stdout.readline())}"
        yield address
        assert Slack(address, "").state()["broken"] == []


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def replies_to(posted: list[dict[str, Any]], thread: str) -> list[dict[str, Any]]:
    return [one for one in posted if one.get("thread_ts") == thread]


def words(message: dict[str, Any]) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)
