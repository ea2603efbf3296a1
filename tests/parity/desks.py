"""One way to use each platform, as a person does: the same dialogs are held at each of these desks."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import requests
from slack_forms import opened, submit
from slack_server import Slack, replies_to
from teams_server import PATIENCE, Teams, find_action

BUTTONS = ("Simpler", "Deeper", "Why this answer")
REASONS = {"too basic": "too_basic", "not specific": "not_specific"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Something a person wrote to the bot: where, and as what the platform knows it."""

    user: str
    where: str
    about: Any


@dataclass(frozen=True, slots=True)
class Card:
    """Something to review, as reviewers see it; `about` is what the platform knows it as."""

    about: Any
    shown: str


class Desk(Protocol):
    """What a person can do. `where`: "own" (alone with the bot), "channel" or "group". What is shown comes as words,
    markup and all. A desk that lacks something has no such method, and the dialogs about it name the reason."""

    def ask(self, text: str, *, user: str, where: str = "own") -> Asked:
        """Write something to the bot."""
        ...

    def follow_up(self, asked: Asked, text: str) -> None:
        """Write more in the same conversation, without naming the bot."""

    def answers(self, asked: Asked, least: int = 1) -> list[str]:
        """What everyone there sees of the bot's answers, once there are so many."""
        ...

    def press(self, asked: Asked, title: str, *, user: str = "") -> None:
        """Press a button under the first answer."""

    def told_alone(self, user: str, asked: Asked | None, holds: str) -> str:
        """What was shown to that person alone, once something holds those words."""
        ...

    def name_reviewers(self, user: str, text: str = "pilot reviewers here") -> None:
        """Say it in the channel where reviewers read."""

    def cards(self) -> list[Card]:
        """What reviewers see, oldest first."""
        ...

    def press_card(self, card: Card, title: str, *, user: str, elsewhere: bool = False) -> None:
        """Press a button of a card where reviewers read, or of one that was carried elsewhere."""

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """What the database holds."""
        ...


def patiently(find: Callable[[], Any]) -> Any:
    """What there is, once there is something."""
    ends = time.monotonic() + PATIENCE
    while not (found := find()):
        assert time.monotonic() < ends, "nothing came"
        time.sleep(0.05)
    return found


def read_rows(file: str, query: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return connection.execute(query, values).fetchall()


def stamp() -> str:
    """Now, as Teams tells it."""
    return datetime.now(UTC).isoformat()


def spell(shown: object) -> str:
    return json.dumps(shown, ensure_ascii=False)


class SlackDesk:
    """Slack, through signed requests and the stand-in that its client calls."""

    name = "Slack"
    channel, reviewers = "C1", "C41"

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self._opened = 0

    def ask(self, text: str, *, user: str, where: str = "own", **fields: Any) -> Asked:
        user = self._id(user)
        if where == "channel":
            return Asked(user, where, self.slack.say(f"<@UBOT> {text}", user=user, **fields))
        kind = {"own": "im", "group": "mpim"}[where]
        named = f"<@UBOT> {text}" if where == "group" else text
        place = {"channel": self._channel(user, where), "channel_type": kind}
        return Asked(user, where, self.slack.say(named, kind="message", user=user, **place, **fields))

    def follow_up(self, asked: Asked, text: str) -> None:
        kind = {"own": "im", "group": "mpim", "channel": "channel"}[asked.where]
        place = {"channel": self._channel(asked.user, asked.where), "channel_type": kind}
        self.slack.say(text, kind="message", user=asked.user, thread_ts=asked.about, **place)

    def say_beside(self, text: str, *, user: str, where: str) -> None:
        place = {"channel": self._channel(user, where), "channel_type": {"channel": "channel", "group": "mpim"}[where]}
        self.slack.say(text, kind="message", user=self._id(user), **place)

    def answers(self, asked: Asked, least: int = 1) -> list[str]:
        return [spell(one) for one in patiently(lambda: self._replies(asked)[least - 1 :] and self._replies(asked))]

    def twice(self, text: str, *, user: str) -> Asked:
        stamp = self.slack.say(f"<@UBOT> {text}", user=self._id(user), event_id=f"EvTwice{user}")
        self.slack.say(f"<@UBOT> {text}", user=self._id(user), event_id=f"EvTwice{user}", ts=stamp)
        return Asked(self._id(user), "channel", stamp)

    def press(self, asked: Asked, title: str, *, user: str = "") -> None:
        button = self._button(asked, lambda one: one.get("type") == "button" and one["text"]["text"] == title)
        self._click(asked, button["action_id"], button["value"], self._id(user) if user else asked.user)

    def thumb(self, asked: Asked, *, up: bool, reason: str = "") -> None:
        rated = self._button(asked, lambda one: one.get("type") == "feedback_buttons")
        self._click(
            asked, rated["action_id"], rated["positive_button" if up else "negative_button"]["value"], asked.user
        )
        if reason:
            form = opened(self.slack, "reason", since=self._opened)
            self._opened += 1
            assert submit(self.slack, form, {"reason": (REASONS[reason],)}, user=asked.user) == {}

    def react(self, asked: Asked, emoji: str) -> None:
        item = {
            "type": "message",
            "channel": self._channel(asked.user, asked.where),
            "ts": self._replies(asked)[0]["ts"],
        }
        assert (
            self.slack.event(type="reaction_added", user=asked.user, reaction=emoji, item=item, event_ts="1.0") == 200
        )

    def edit(self, asked: Asked, text: str, *, before: str) -> None:
        assert asked.where == "channel"
        self.slack.edit(asked.about, f"<@UBOT> {text}", before=f"<@UBOT> {before}", user=asked.user)

    def delete(self, asked: Asked) -> None:
        self.slack.delete(asked.about, user=asked.user)

    def shown_in_place(self, asked: Asked, holds: str) -> list[str]:
        return patiently(lambda: (one := [spell(m) for m in self._replies(asked)]) and holds in one[0] and one)  # type: ignore[no-any-return]

    def whisper(self, text: str, *, user: str) -> None:
        """Write what only the bot sees, in a channel."""
        assert self.slack.command(text, user=self._id(user)) == 200

    def told_alone(self, user: str, asked: Asked | None, holds: str) -> str:
        user = self._id(user)

        def find() -> str:
            alone = [
                one for one in self.slack.posted() if one.get("user") == user and one["method"] == "chat.postEphemeral"
            ]
            own = [one for one in self.slack.posted() if one["channel"] == f"D{user}"]
            return next((spell(one) for one in (*alone, *own) if holds in spell(one)), "")

        return str(patiently(find))

    def home(self, user: str, holds: str) -> str:
        self.slack.open_home(self._id(user))
        return spell(self.slack.wait_for_home(self._id(user), holds))

    def explain(self, text: str, *, user: str) -> None:
        """Pick a message of somebody else's, to have it explained."""
        user = self._id(user)
        self.slack.number += 1
        self.slack.prepare("people", met=[user])
        body = {
            "type": "message_action",
            "callback_id": "daytwo_explain",
            "trigger_id": f"explain{self.slack.number}",
            "team": {"id": "T1"},
            "user": {"id": user},
            "channel": {"id": "C1"},
            "message": {"type": "message", "user": "U9", "ts": "1.0", "text": text},
            "response_url": f"{self.slack.standin}/respond/{self.slack.number}",
        }
        assert self.slack.send(body, form=True) == 200

    def share(self, text: str, name: str, content: str, *, user: str) -> Asked:
        file = self.slack.prepare("files", name=name, mimetype="text/markdown", content=content)["file"]
        return self.ask(text, user=user, files=[file], subtype="file_share")

    def name_reviewers(self, user: str, text: str = "pilot reviewers here") -> None:
        self.slack.say(f"<@UBOT> {text}", user=self._id(user), channel=self.reviewers)

    def cards(self) -> list[Card]:
        here = [one for one in self.slack.posted() if one["channel"] == self.reviewers]
        keys = [(one.get("metadata") or {}).get("event_payload", {}).get("key", "") for one in here]
        return [
            Card(one, spell(one["blocks"])) for one, key in zip(here, keys, strict=True) if key.startswith("review/")
        ]

    def press_card(self, card: Card, title: str, *, user: str, elsewhere: bool = False) -> None:
        elements = [one for block in card.about["blocks"] for one in block.get("elements", []) if "action_id" in one]
        button = next(one for one in elements if one["text"]["text"] == title)
        where = {"channel": "C8" if elsewhere else self.reviewers, "message_ts": card.about["ts"]}
        assert self.slack.click(button["action_id"], button["value"], user=self._id(user), **where) == 200

    def forge(self) -> list[int]:
        """What is signed by another secret, and what is old."""
        event = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1791190099.0", "text": "<@UBOT> hi?"}
        body = {"type": "event_callback", "team_id": "T1", "event_id": "EvForged", "event": event}
        return [self.slack.send(body, secret="another"), self.slack.send(body, age=3600)]

    def garble(self) -> list[int]:
        """What is no payload."""
        return [self.slack.send_raw(data) for data in ("{", '{"a"', "payload=%5B1%5D")]

    def surprise(self) -> list[int]:
        """What nobody knows."""
        return [self.slack.event(type="shoe"), self.slack.click("daytwo_shoe", "1"), self.slack.click("shoe", "")]

    def fail_next_post(self) -> None:
        self.slack.tell("service_unavailable", 1)

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        return read_rows(self.slack.database.partition(":///")[2], query, values)

    def member(self, user: str) -> str:
        """As whom the database knows a person."""
        return self._id(user)

    def _replies(self, asked: Asked) -> list[dict[str, Any]]:
        shown = (one for one in self.slack.posted() if one["method"] != "chat.postEphemeral")
        here = [one for one in shown if one["channel"] == self._channel(asked.user, asked.where)]
        keys = ((one.get("metadata") or {}).get("event_payload", {}).get("key", "") for one in here)
        return replies_to(
            [one for one, key in zip(here, keys, strict=True) if not key.startswith("consent/")], asked.about
        )

    def _button(self, asked: Asked, fits: Callable[[Any], bool]) -> dict[str, Any]:
        def find() -> dict[str, Any] | None:
            blocks = [block for one in self._replies(asked) for block in one["blocks"]]
            elements = [one for block in blocks for one in block.get("elements", [])]
            return next((one for one in elements if isinstance(one, dict) and fits(one)), None)

        found: dict[str, Any] = patiently(find)
        return found

    def _click(self, asked: Asked, action: str, value: str, user: str) -> None:
        where = {"channel": self._channel(asked.user, asked.where), "thread_ts": asked.about}
        assert self.slack.click(action, value, user=user, **where) == 200

    def _channel(self, user: str, where: str) -> str:
        return {"own": f"D{user}", "channel": "C1", "group": "G7"}[where]

    def _id(self, user: str) -> str:
        return user if user.startswith("U") else f"U{user.upper()}"


class TeamsDesk:
    """Teams, through signed activities and the stand-in connector that its client calls."""

    name = "Teams"
    channel, reviewers = "19:team@thread.tacv2", "19:reviewers@thread.tacv2"

    def __init__(self, teams: Teams) -> None:
        self.teams = teams
        self._shown: dict[str, list[str]] = {}  # what presses were answered with, by person

    def ask(self, text: str, *, user: str, where: str = "own", **fields: Any) -> Asked:
        kind = {"own": "personal", "channel": "channel", "group": "groupChat"}[where]
        place = {"own": f"a:{user}", "channel": "", "group": self.teams.chat}[where]  # a channel's thread is a new one
        before = len([one for one in self.teams.posted() if one["at"] == place])
        said = self.teams.say(text, where=kind, mention=where != "own", user=user, timestamp=stamp(), **fields)
        return Asked(user, where, {**said, "before": before})

    def follow_up(self, asked: Asked, text: str) -> None:
        kind = {"own": "personal", "channel": "channel", "group": "groupChat"}[asked.where]
        thread = asked.about["id"] if asked.where == "channel" else ""
        self.teams.say(text, where=kind, thread=thread, user=asked.user, timestamp=stamp())

    def say_beside(self, text: str, *, user: str, where: str) -> None:
        self.teams.say(text, where={"channel": "channel", "group": "groupChat"}[where], user=user)

    def answers(self, asked: Asked, least: int = 1) -> list[str]:
        return [spell(one) for one in patiently(lambda: self._replies(asked)[least - 1 :] and self._replies(asked))]

    def twice(self, text: str, *, user: str) -> Asked:
        body = self.teams.activity(text=text, user=user)
        assert [self.teams.send(body)[0], self.teams.send(body)[0]] == [200, 200]
        return Asked(user, "own", {**body, "before": 0})

    def press(self, asked: Asked, title: str, *, user: str = "") -> None:
        def find() -> Any:
            return [one for one in self.teams.at(asked.about) if find_action(one.get("attachments") or [], title)]

        presser = user or asked.user
        where = {"own": "personal", "channel": "channel", "group": "groupChat"}[asked.where]
        told = self.teams.act(patiently(find)[0], title, asked.about, where=where, user=presser)
        self._shown[presser] = [*self._shown.get(presser, []), spell(told)]

    def thumb(self, asked: Asked, *, up: bool, reason: str = "") -> None:
        answer = self._replies(asked)[0]
        reaction = "like" if up else "dislike"
        dialog = {"data": {"actionName": "feedback", "actionValue": {"reaction": reaction}}}
        self.teams.invoke("message/fetchTask", dialog, asked.about, replyToId=answer["id"], user=asked.user)
        if reason:
            told = {"reaction": reaction, "feedback": json.dumps({"reason": REASONS[reason], "feedbackText": ""})}
            value = {"actionName": "feedback", "actionValue": told}
            self.teams.invoke("message/submitAction", value, asked.about, replyToId=answer["id"], user=asked.user)

    def react(self, asked: Asked, emoji: str) -> None:
        kind = {"+1": "like", "-1": "sad"}[emoji]
        body = self.teams.activity("messageReaction", user=asked.user, replyToId=self._replies(asked)[0]["id"])
        body |= {"conversation": asked.about["conversation"], "reactionsAdded": [{"type": kind}]}
        assert self.teams.send(body)[0] == 200

    def edit(self, asked: Asked, text: str, *, before: str) -> None:
        self._change(asked, "messageUpdate", "editMessage", text=f"<at>Daytwo</at> {text}")

    def delete(self, asked: Asked) -> None:
        self._change(asked, "messageDelete", "softDeleteMessage", text="")

    def shown_in_place(self, asked: Asked, holds: str) -> list[str]:
        def find() -> list[str]:
            latest: dict[str, Any] = {one["id"]: one for one in self.teams.at(asked.about) if one.get("text")}
            shown = [spell(one) for one in latest.values()]
            return shown if any(holds in one for one in shown) else []

        found: list[str] = patiently(find)
        return found

    def whisper(self, text: str, *, user: str) -> None:
        bot = {"id": "28:the-bot", "name": "Daytwo", "isTargeted": True}
        self.teams.say(text.removeprefix("ask "), where="channel", user=user, recipient=bot)

    def told_alone(self, user: str, asked: Asked | None, holds: str) -> str:
        own = {f"a:{user}", f"a:29:{user}"}

        def find() -> str:
            posted = self.teams.posted()
            alone = [one for one in posted if one.get("aside") and one["recipient"]["id"] == f"29:{user}"]
            alone += [one for one in posted if one["at"] in own]
            shown = (*map(spell, alone), *self._shown.get(user, []))
            return next((one for one in shown if holds in one), "")

        return str(patiently(find))

    def home(self, user: str, holds: str) -> str:
        self.teams.say("home", user=user)
        return self.told_alone(user, None, holds)

    def explain(self, text: str, *, user: str) -> None:
        payload = {"id": "1", "body": {"contentType": "html", "content": f"<p>{text}</p>"}}
        value = {"commandId": "explain", "commandContext": "message", "messagePayload": payload}
        self.teams.invoke("composeExtension/fetchTask", value, user=user, where="groupChat")

    def share(self, text: str, name: str, content: str, *, user: str) -> Asked:
        requests.post(f"{self.teams.standin}/files/{name}", data=content.encode(), timeout=10)
        file = {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "name": name,
            "contentUrl": f"https://example-my.sharepoint.com/{name}",
            "content": {"downloadUrl": f"{self.teams.standin}/files/{name}", "fileType": name.rpartition(".")[2]},
        }
        return self.ask(text, user=user, attachments=[file])

    def name_reviewers(self, user: str, text: str = "pilot reviewers here") -> None:
        named = {"id": "28:the-bot", "name": "Daytwo"}
        body = self.teams.activity(where="channel", user=user, text=f"<at>Daytwo</at> {text}", textFormat="plain")
        body["entities"] = [{"type": "mention", "text": "<at>Daytwo</at>", "mentioned": named}]
        body["conversation"]["id"] = f"{self.reviewers};messageid={body['id']}"
        assert self.teams.send(body)[0] == 200

    def cards(self) -> list[Card]:
        here = [one for one in self.teams.posted() if one["at"] == self.reviewers and one.get("attachments")]
        latest = {one["id"]: one for one in here}
        return [Card(one, spell(one["attachments"])) for one in latest.values()]

    def press_card(self, card: Card, title: str, *, user: str, elsewhere: bool = False) -> None:
        at = "19:other@thread.tacv2" if elsewhere else self.reviewers
        said = {"conversation": {"id": f"{at};messageid={card.about['id']}", "conversationType": "channel"}}
        told = self.teams.act(card.about, title, said, where="channel", user=user)
        self._shown[user] = [*self._shown.get(user, []), spell(told)]

    def forge(self) -> list[int]:
        body = self.teams.activity(text="hi?")
        stranger = self.teams.sign(claims={"iss": "https://another.example"})
        tokens = ("Bearer forged", "Bearer ", f"Bearer {stranger}")
        return [self.teams.send(body, token=token)[0] for token in tokens]

    def garble(self) -> list[int]:
        return [self.teams.send(data)[0] for data in (b"{", b"[1]", b'{"type": 7}')]

    def surprise(self) -> list[int]:
        odd = {"action": {"verb": "shoe", "data": {"shoe": 1}}}
        sent = [self.teams.send(self.teams.activity("shoe"))[0]]
        return [*sent, self.teams.send(self.teams.activity("invoke", name="adaptiveCard/action", value=odd))[0]]

    def fail_next_post(self) -> None:
        self.teams.tell(502, 1)

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        return self.teams.rows(query, *values)

    def member(self, user: str) -> str:
        return user

    def _change(self, asked: Asked, kind: str, event: str, **fields: Any) -> None:
        channel = {**asked.about["channelData"], "eventType": event}
        said = {name: value for name, value in asked.about.items() if name != "before"}
        assert self.teams.send({**said, "type": kind, "channelData": channel, **fields})[0] == 200

    def _replies(self, asked: Asked) -> list[dict[str, Any]]:
        """What came there since, in words; a card under an answer is not another one."""
        since = self.teams.at(asked.about)[asked.about["before"] :]
        return [one for one in since if one.get("text") and one["type"] == "message" and not one.get("aside")]


@dataclass
class TerminalDesk:
    """The terminal: `daytwo chat` in a terminal of its own, a person at a time."""

    environment: Mapping[str, str]
    talks: dict[str, tuple[subprocess.Popen[bytes], int]] = field(default_factory=dict)
    heard: dict[str, list[str]] = field(default_factory=dict)
    name = "Terminal"

    def ask(self, text: str, *, user: str, where: str = "own") -> Asked:
        if user not in self.talks:
            self._begin(user)
        before = len(self.heard[user])
        self._type(user, text)
        return Asked(user, where, before)

    def follow_up(self, asked: Asked, text: str) -> None:
        self.ask(text, user=asked.user)

    def answers(self, asked: Asked, least: int = 1) -> list[str]:
        said = self.heard[asked.user][asked.about :]
        assert len(said) >= least
        return said

    def press(self, asked: Asked, title: str, *, user: str = "") -> None:
        """What is a button elsewhere is typed here."""
        self.ask({"Why this answer": "why this answer?"}.get(title, title.lower()), user=asked.user)

    def told_alone(self, user: str, asked: Asked | None, holds: str) -> str:
        return next(one for one in reversed(self.heard[user]) if holds in one)

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        return read_rows(self.environment["DAYTWO_DATABASE_URL"].partition(":///")[2], query, values)

    def member(self, user: str) -> str:
        return user

    def cards(self) -> list[Card]:
        """What `daytwo monitor` lists: an id, and below it what it is about."""
        told = self._run("monitor").partition("To be looked at:")[2].partition("\n")[2]
        return [Card(one.split("\n")[0], one) for one in told.strip().split("\n\n") if one]

    def press_card(self, card: Card, title: str, *, user: str, elsewhere: bool = False) -> None:
        """What is a button elsewhere is an option there; what comes of it is shown to whoever typed it."""
        self.heard[user] = [*self.heard.get(user, []), self._run("monitor", f"--{title.lower()}", str(card.about))]

    def _run(self, *words: str) -> str:
        environment = {**os.environ, **self.environment, "COLUMNS": "200", "TERM": "dumb"}
        command = [sys.executable, "-m", "bot", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    def close(self) -> None:
        for talk, terminal in self.talks.values():
            talk.kill()
            talk.wait()
            os.close(terminal)

    def _begin(self, user: str) -> None:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "bot", "chat", "--as", user]
        environment = {**os.environ, **self.environment, "COLUMNS": "200", "TERM": "dumb"}
        talk = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True)
        os.close(theirs)
        self.talks[user], self.heard[user] = (talk, ours), []
        self._read(user, (">",))
        self._type(user, "1")  # yes, learn from what I write
        self.heard[user].clear()

    def _type(self, user: str, text: str) -> None:
        os.write(self.talks[user][1], f"{text}\n".encode())
        self.heard[user].append(self._read(user, ("you > ",)).partition("\n")[2])

    def _read(self, user: str, prompts: tuple[str, ...]) -> str:
        """What is shown until the next prompt."""
        shown, ends = "", time.monotonic() + PATIENCE
        while not re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown).endswith((*prompts, *(f"{one} " for one in prompts))):
            assert time.monotonic() < ends, shown
            if select.select([self.talks[user][1]], [], [], 0.2)[0]:
                shown += os.read(self.talks[user][1], 65536).decode(errors="replace").replace("\r\n", "\n")
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
