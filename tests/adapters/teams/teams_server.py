"""The real server process, signed activities in, real client calls out to a stand-in of Teams."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

STANDIN = Path(__file__).parents[2] / "standins" / "teams.py"
PATIENCE = 60.0  # seconds to wait for something that should happen at once, on a busy machine
DOCUMENT = (
    "# Relay\n\n## Retention\nMessages are kept for 14 days. The longest retention that can be set is 90 days.\n\n"
    "## Storage\nThe relay stores messages on three brokers with a replication factor of 3.\n"
)


@dataclass
class Teams:
    """The stand-in and the server under test."""

    standin: str
    server: str
    database: Path = Path()
    number: int = 0

    @property
    def service(self) -> str:
        return f"{self.standin}/teams/"

    @property
    def chat(self) -> str:
        """The group chat, another one for each server."""
        return f"19:chat-{self.server.rpartition(':')[2]}@thread.v2"

    def sign(self, **asked: Any) -> str:
        """A token for an activity; Teams' own unless told otherwise."""
        return fetch(f"{self.standin}/sign", asked).decode()

    def send(self, body: Any, *, token: str | None = None) -> tuple[int, Any]:
        """Send an activity, or raw bytes; the status and body it is answered with."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        authorization = f"Bearer {self.sign()}" if token is None else token
        headers = {"content-type": "application/json", "authorization": authorization}
        try:
            with urlopen(Request(f"{self.server}/teams/messages", data=data, headers=headers)) as response:
                return int(response.status), json.loads(response.read() or b"null")
        except HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def activity(self, kind: str = "message", *, where: str = "personal", user: str = "ana", **fields: Any) -> Any:
        """An activity as Teams sends it."""
        self.number += 1
        conversations = {"personal": f"a:{user}", "groupChat": self.chat, "channel": "19:team@thread.tacv2"}
        conversation = {"id": conversations[where], "conversationType": where, "tenantId": "the-tenant"}
        return {
            "type": kind,
            "id": f"17911900{self.number:05d}",
            "timestamp": f"2026-11-21T09:{self.number % 60:02d}:00.1234567Z",
            "channelId": "msteams",
            "serviceUrl": self.service,
            "from": {"id": f"29:{user}", "aadObjectId": user, "name": user.title()},
            "recipient": {"id": "28:the-bot", "name": "Daytwo"},
            "conversation": conversation,
            "channelData": {"tenant": {"id": "the-tenant"}},
            **fields,
        }

    def say(self, text: str, *, where: str = "personal", thread: str = "", mention: bool = False, **fields: Any) -> Any:
        """A person writes something; the activity as it was sent."""
        body = self.activity(where=where, text=text, textFormat="plain", **fields)
        if mention:
            body["text"] = f"<at>Daytwo</at> {text}"
            named = {"id": "28:the-bot", "name": "Daytwo"}
            body["entities"] = [{"type": "mention", "text": "<at>Daytwo</at>", "mentioned": named}]
        if where == "channel":
            body["conversation"]["id"] += f";messageid={thread or body['id']}"
        assert self.send(body)[0] == 200
        return body

    def act(self, message: Any, title: str, said: Any, **fields: Any) -> Any:
        """Press a button of a message's card; what the press is answered with."""
        action = find_action(message["attachments"][0]["content"], title)
        return self.invoke("adaptiveCard/action", {"action": action}, said, replyToId=message["id"], **fields)

    def invoke(self, name: str, value: Any, said: Any = None, **fields: Any) -> Any:
        """Something that is waited for; its answer, whose card is one that Teams shows."""
        body = self.activity("invoke", name=name, value=value, **fields)
        if said:
            body["conversation"] = said["conversation"]
        status, told = self.send(body)
        assert status == 200
        for card in find_cards(told):
            assert json.loads(fetch(f"{self.standin}/check", card)) == {"wrong": ""}
        return told

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """What the server's database holds."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchall()

    def posted(self) -> list[dict[str, Any]]:
        with urlopen(f"{self.standin}/posted") as response:
            return list(json.load(response))

    def opened(self) -> list[dict[str, Any]]:
        with urlopen(f"{self.standin}/opened") as response:
            return list(json.load(response))

    def at(self, body: Any) -> list[dict[str, Any]]:
        """What was posted into that activity's conversation."""
        return [one for one in self.posted() if one["at"] == body["conversation"]["id"]]

    def tell(self, status: int, times: int, code: str = "Told") -> None:
        fetch(f"{self.standin}/told", {"status": status, "times": times, "code": code})

    def wait(self, until: Callable[[], Any]) -> Any:
        """What there is, once there is something."""
        ends = time.monotonic() + PATIENCE
        while not (found := until()):
            assert time.monotonic() < ends, self.posted()[-3:]
            time.sleep(0.05)
        return found

    def answer(self, body: Any, already: int = 0) -> dict[str, Any]:
        """The message that answers an activity: the next one in its conversation after so many."""
        found: list[dict[str, Any]] = self.wait(lambda: self.at(body)[already:])
        return found[0]


def fetch(url: str, body: object) -> bytes:
    with urlopen(Request(url, data=json.dumps(body).encode(), headers={"content-type": "application/json"})) as answer:
        found: bytes = answer.read()
    return found


def find_action(card: Any, title: str) -> Any:
    """The action of that title, anywhere in a card."""
    if isinstance(card, dict):
        if card.get("title") == title and str(card.get("type")).startswith("Action."):
            return card
        card = list(card.values())
    found = (find_action(one, title) for one in card) if isinstance(card, list) else ()
    return next((one for one in found if one), None)


def find_cards(told: Any) -> list[Any]:
    """The Adaptive Cards in an answer."""
    if isinstance(told, dict):
        if told.get("type") == "AdaptiveCard":
            return [told]
        told = list(told.values())
    return [card for one in told for card in find_cards(one)] if isinstance(told, list) else []


@contextmanager
def start(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A process that is ended at the end."""
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def make_environment(home: Path, standin: str, **more: str) -> dict[str, str]:
    """The settings of a server with one document that speaks to the stand-in."""
    (home / "docs").mkdir(exist_ok=True)
    (home / "docs" / "relay.md").write_text(DOCUMENT, encoding="utf-8")
    return {
        "DAYTWO_DATABASE_URL": f"sqlite+aiosqlite:///{home / 'test.db'}",
        "DAYTWO_DOCS": str(home / "docs"),
        "DAYTWO_ENGINE": "offline",
        "DAYTWO_ADMINS": "boss",
        "DAYTWO_LINK_PEOPLE": "true",
        "DAYTWO_PORT": str(free_port()),
        "DAYTWO_TEAMS_APP_ID": "the-bot",
        "DAYTWO_TEAMS_ASIDES": "true",
        "DAYTWO_TEAMS_APP_PASSWORD": "a-client-secret",
        "DAYTWO_TEAMS_TENANT_ID": "the-tenant",
        "DAYTWO_TEAMS_LOGIN_URL": standin,
        "DAYTWO_TEAMS_ISSUER": "https://issuer.example",
        "DAYTWO_TEAMS_KEYS_URL": f"{standin}/openid",
        **more,
    }


@contextmanager
def serve(standin: str, environment: dict[str, str]) -> Iterator[Teams]:
    """A running server."""
    with start("-m", "bot", "serve", **environment) as server:
        assert server.stdout
        assert "listens on" in server.stdout.readline()
        database = Path(environment["DAYTWO_DATABASE_URL"].partition(":///")[2])
        yield Teams(standin, f"http://127.0.0.1:{environment['DAYTWO_PORT']}", database)
        server.terminate()
        assert server.wait(PATIENCE) == 0
