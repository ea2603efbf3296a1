"""User groups of Slack as evaluators: named in the form, a command or a message, and followed as people come and go."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_forms import opened, submit, wait_until
from slack_server import Slack, words
from test_home import click, direct

from adapters.slack.commands import read_command
from adapters.slack.groups import is_group, read_changed_group
from adapters.slack.text import to_plain
from bot.pilot.roster import listed_on
from storage.sql import open_sql

BOSS = {"id": "U60", "team_id": "T1", "is_admin": True, "profile": {}}
FORM = {"name": "Relay by groups", "champions": ["U60"], "starts": "2026-11-02"}


def put_in(slack: Slack, id: str, handle: str, users: Sequence[str]) -> None:
    """Who is in a group of the workspace's."""
    slack.prepare(
        "people", people=[BOSS], groups=[{"id": id, "handle": handle, "name": handle.title(), "users": users}]
    )


def change(slack: Slack, id: str, users: Sequence[str]) -> None:
    """People come and go, and Slack tells of it."""
    put_in(slack, id, f"team-{id.lower()}", users)
    told = {"subteam_id": id, "team_id": "T1", "date_update": 1, "added_users": list(users), "event_ts": "1.0"}
    assert slack.event(type="subteam_members_changed", **told) == 200


def evaluators(slack: Slack) -> set[str]:
    """Who the pilot lists today."""

    async def read() -> set[str]:
        async with open_sql(slack.database, migrate=False) as stores:
            today = datetime.now(UTC).date()
            return {one.id for pilot in await stores.pilots.all("T1") for one in listed_on(pilot, today)}

    return asyncio.run(read())


def open_form(slack: Slack, since: int = 0) -> dict[str, Any]:
    """An administrator opens the pilot's form."""
    click(slack, "U60", "daytwo_pilot", "new")
    return opened(slack, "pilot", since=since)


def test_a_group_named_in_the_form_is_followed(slack: Slack) -> None:
    put_in(slack, "S61", "team-s61", ["U61", "U62"])
    form = open_form(slack)
    assert submit(slack, form, FORM | {"groups": "@nobody"}, user="U60") == {}
    slack.wait(lambda _: any("There is no group @nobody" in words(one) for one in direct(slack, "U60")))
    assert submit(slack, form, FORM | {"groups": "@team-s61"}, user="U60") == {}
    wait_until(lambda: evaluators(slack) == {"U61", "U62"})
    again = open_form(slack, since=1)
    (field,) = [one for one in again["blocks"] if one["block_id"] == "groups"]
    assert field["element"]["initial_value"] == "@team-s61"
    change(slack, "S61", ["U62", "U63"])
    wait_until(lambda: evaluators(slack) == {"U62", "U63"})


@pytest.mark.parametrize(("id", "named"), [("S71", "<!subteam^S71|@team-s71>"), ("S72", "@team-s72"), ("S73", "S73")])
def test_a_command_lets_a_group_in_and_out(slack: Slack, id: str, named: str) -> None:
    keep = evaluators(slack)
    put_in(slack, id, f"team-{id.lower()}", [f"U{id}"])
    assert slack.command(f"pilot add {named} from 2026-11-02", user="U60") == 200
    wait_until(lambda: evaluators(slack) == keep | {f"U{id}"})
    slack.say(f"pilot remove <!subteam^{id}>", kind="message", user="U60", channel="DU60", channel_type="im")
    wait_until(lambda: evaluators(slack) == keep)


def test_a_command_names_people_by_id_whatever_they_are_called(slack: Slack) -> None:
    slack.prepare("people", people=[{"id": "U81", "team_id": "T1", "profile": {}}])
    assert slack.command("pilot add <@U81|ana.at.work>", user="U60") == 200
    wait_until(lambda: "U81" in evaluators(slack))


def test_without_the_scope_it_says_what_to_do(slack: Slack) -> None:
    put_in(slack, "S91", "team-s91", ["U91"])
    slack.tell("missing_scope", 1, method="usergroups.list")
    assert slack.command("pilot add @team-s91", user="U60") == 200
    slack.wait(lambda posted: any("install it again from the current manifest" in words(one) for one in posted))


@pytest.mark.parametrize(
    "event", [{}, {"type": "subteam_members_changed"}, {"type": "subteam_updated", "subteam_id": "S1"}]
)
def test_what_tells_of_no_change_is_none(event: dict[str, str]) -> None:
    assert read_changed_group({"event": event}) == ""


def test_a_group_is_known_by_id_handle_and_name() -> None:
    one = {"id": "S1", "handle": "data-team", "name": "Data Team"}
    assert [is_group(one, named) for named in ("S1", "@data-team", "data team", "", "data")] == [True] * 3 + [False] * 2


def test_a_question_that_names_a_group_reads_as_it_was_meant() -> None:
    assert to_plain("ask <!subteam^S1|@data-team> or <!here>", {}) == "ask @data-team or @here"
    typed = {"command": "/daytwo", "text": "is <@U1|ana> in?", "team_id": "T1", "channel_id": "C1", "user_id": "U2"}
    heard: Any = read_command({**typed, "trigger_id": "1"}, datetime.now(UTC))
    assert heard.message.text == "is @ana in?"
