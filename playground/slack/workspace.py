"""What a workspace holds: people, conversations, messages, views, files; and what an app has done there."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
EPOCH = 1791190000  # the second in which messages are written as long as no clock is set
TRIGGER_SECONDS = 60.0  # Slack says 3; a busy machine may take longer
MOST_REACTIONS = 23  # distinct emojis that Slack lets one person put on a message


class Denied(Exception):
    """Slack's answer to a call that it does not carry out: its error code, and what comes with it."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code, self.fields = code, fields


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web API: its method, its arguments, the token it came with, the address it came to."""

    method: str
    body: Record
    token: str = ""
    host: str = ""


Method = Callable[["Workspace", Call], Record]


@dataclass(slots=True)
class Trigger:
    """What lets an app open a view, once and not for long."""

    issued: float
    user: str = ""
    used: bool = False


@dataclass(slots=True)
class Workspace:
    """One workspace. `speed`: how many of its seconds pass in one of ours; `clock`: the time at which messages are
    written, in seconds since 1970, where it is set."""

    team: str = "T1"
    bot: str = "UBOT"
    url: str = "https://example.slack.com/"
    people: dict[str, Record] = field(default_factory=dict)
    groups: dict[str, Record] = field(default_factory=dict)  # user groups: handle, name, users
    names: dict[str, str] = field(default_factory=dict)  # of channels
    absent: set[str] = field(default_factory=set)  # conversations that the bot is not in
    archived: set[str] = field(default_factory=set)
    said: list[Record] = field(default_factory=list)  # what people wrote
    posted: list[Record] = field(default_factory=list)  # what the app did that people see, in order
    homes: dict[str, list[Record]] = field(default_factory=dict)
    modals: dict[str, Record] = field(default_factory=dict)
    viewers: dict[str, str] = field(default_factory=dict)  # of the modals that are open, by the modal's id
    triggers: dict[str, Trigger] = field(default_factory=dict)
    statuses: list[Record] = field(default_factory=list)
    prompts: list[Record] = field(default_factory=list)
    answers: list[Record] = field(default_factory=list)  # what was sent to a response_url
    files: dict[str, Record] = field(default_factory=dict)
    speed: float = 1.0
    passed: float = 0.0  # seconds let go by at once
    clock: Callable[[], float] | None = None
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def stamp(self) -> str:
        """A new message's ts."""
        second = int(self.clock()) + 1 if self.clock else EPOCH  # after whatever it answers
        return f"{second}.{next(self.numbers):06d}"

    def seconds(self) -> float:
        """The workspace's own time, for what expires."""
        return time.monotonic() * self.speed + self.passed

    def hear(self, message: Record) -> None:
        """What a person wrote, in place of the same message as it was; one that is `deleted` goes."""
        self.meet(str(message.get("user", "")))
        same = [one for one in self.said if (one["channel"], one["ts"]) == (message["channel"], message["ts"])]
        for one in same:
            self.said.remove(one)
        if not message.get("deleted"):
            self.said.append(message)

    def react(self, message: Record, user: str, name: str) -> None:
        """A person puts an emoji on a message."""
        shown = message.setdefault("reactions", [])
        same = next((one for one in shown if one["name"] == name), None)
        if same is None:
            shown.append({"name": name, "users": [user], "count": 1})
        elif user not in same["users"]:
            same["users"].append(user)
            same["count"] += 1

    def find(self, **fields: str | None) -> list[Record]:
        """Messages with these fields, in the order they came; one that is None is not looked at."""
        wanted = {name: value for name, value in fields.items() if value is not None}
        both = (*self.said, *(one for one in self.posted if one["method"] != "chat.postEphemeral"))
        return [one for one in both if all(one.get(name) == value for name, value in wanted.items())]

    def message(self, channel: str, stamp: str) -> Record:
        """The message there. Raises Denied where there is none."""
        found = self.find(channel=channel, ts=stamp)
        if not found:
            raise Denied("message_not_found")
        return found[-1]

    def own(self, channel: str, stamp: str, otherwise: str) -> Record:
        """The app's own message there. Raises Denied where there is none, or it is somebody else's."""
        found = self.message(channel, stamp)
        if "method" not in found:
            raise Denied(otherwise)
        return found

    def enter(self, channel: str) -> None:
        """Raises Denied where the app may not write."""
        if not channel.startswith(("C", "D", "G", "U", "W")):
            raise Denied("channel_not_found")
        if channel in self.absent:
            raise Denied("not_in_channel")
        if channel in self.archived:
            raise Denied("is_archived")

    def person(self, user: str) -> Record:
        """A person's record. Raises Denied where nobody is called so."""
        if user not in self.people:
            raise Denied("user_not_found")
        return self.people[user]

    def meet(self, user: str) -> None:
        """Somebody of whom no more is known than that they are there."""
        if user:
            self.people.setdefault(user, {"id": user, "team_id": self.team, "profile": {}})

    def pull(self, trigger: str) -> Trigger:
        """Use a trigger. Raises Denied where it is none, was used, or is too old."""
        found = self.triggers.get(trigger)
        if found is None:
            raise Denied("invalid_trigger_id")
        if found.used:
            raise Denied("exchanged_trigger_id")
        if self.seconds() - found.issued > TRIGGER_SECONDS:
            raise Denied("expired_trigger_id")
        found.used = True
        return found

    def issue(self, trigger: str, user: str = "") -> None:
        """Let an app use this trigger, which came of something that a person did, from now on for a while."""
        self.triggers[trigger] = Trigger(self.seconds(), user)
