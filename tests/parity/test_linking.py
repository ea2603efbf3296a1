"""One server for both platforms, and one person on both: linked by their word in both places, two people otherwise."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
import slack_server
import teams_server
from slack_server import Slack
from teams_server import Teams

from bot.trust import linking

EMAIL = "cto@example.com"  # whom Teams' stand-in takes everyone for
ROLE, TOOL = "I'm a data engineer here.", "I use Kafka every day."
ASKS = "what do you believe about me?"


@dataclass
class Both:
    """Slack and Teams at the same server."""

    slack: Slack
    teams: Teams

    def on_slack(self, user: str, text: str, holds: str) -> str:
        """Write to the bot alone on Slack; its answer, once it says that."""
        channel = f"D{user}"
        before = len(self.shown_on_slack(channel))
        self.slack.say(text, kind="message", user=user, channel=channel, channel_type="im")
        self.slack.wait(lambda _: any(holds in one for one in self.shown_on_slack(channel)[before:]))
        return next(one for one in self.shown_on_slack(channel)[before:] if holds in one)

    def shown_on_slack(self, channel: str) -> list[str]:
        return [json.dumps(one, ensure_ascii=False) for one in self.slack.posted() if one["channel"] == channel]

    def on_teams(self, user: str, text: str, holds: str) -> str:
        """Write to the bot alone on Teams; its answer, once it says that."""
        before = len(self.teams.posted())
        said = self.teams.say(text, user=user)

        def find() -> str:
            new = [one for one in self.teams.posted()[before:] if one["at"] == said["conversation"]["id"]]
            return next((shown for one in new if holds in (shown := json.dumps(one, ensure_ascii=False))), "")

        return str(self.teams.wait(find))

    def agree(self, slack: str, teams: str) -> None:
        """The same person lets the bot learn on both, and says something about themself on each."""
        self.slack.prepare("people", people=[{"id": slack, "team_id": "T1", "profile": {"email": EMAIL}}])
        self.on_slack(slack, "yes, learn from what I write", "Thank you")
        self.on_slack(slack, ROLE, "")
        self.on_teams(teams, "yes, learn from what I write", "Thank you")
        self.on_teams(teams, TOOL, "")
        self.settle(slack, "data engineer")
        self.settle(teams, "Kafka")

    def settle(self, member: str, value: str) -> None:
        """Until the bot has learned that."""
        query = "SELECT 1 FROM observation WHERE member = ? AND value LIKE ?"
        self.teams.wait(lambda: self.teams.rows(query, member, f"%{value}%"))

    def link(self, slack: str, teams: str, holds: str) -> None:
        """Ask for a code on Slack, and write it on Teams."""
        told = self.on_slack(slack, "link", "within 15 minutes")
        found = re.search(r"link [A-Z0-9]{5}-[A-Z0-9]{5}", told)
        assert found, told
        self.on_teams(teams, found[0], holds)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Both stand-ins, and one server that is connected to both."""
    with (
        slack_server.standing_in() as slack,
        teams_server.start(str(teams_server.STANDIN)) as process,
    ):
        assert process.stdout
        teams = f"http://127.0.0.1:{int(process.stdout.readline())}"
        home = tmp_path_factory.mktemp("both")
        environment = slack_server.make_environment(home, slack) | teams_server.make_environment(home, teams)
        environment |= {"DAYTWO_SLACK_BOT_TOKEN": "xoxb-linking"}
        with teams_server.serve(teams, environment) as running:
            yield Both(Slack(slack, running.server, environment["DAYTWO_DATABASE_URL"]), running)


def short(told: str) -> str:
    """The first words of what the bot says, as they stand in a message."""
    return told.partition(":")[0].partition("*")[0].strip()


def test_one_server_answers_on_both_from_the_same_documents(both: Both) -> None:
    both.on_slack("U9", "How long is the retention of messages?", "14 days")
    both.on_teams("nine", "How long is the retention of messages?", "14 days")


def test_who_confirms_it_in_both_places_is_one_person_until_they_say_otherwise(both: Both) -> None:
    both.agree("U1", "one")
    assert "Kafka" not in both.on_slack("U1", ASKS, "data engineer")
    both.link("U1", "one", "you are one person to me on both platforms")
    for ask, user in ((both.on_slack, "U1"), (both.on_teams, "one")):
        told = ask(user, ASKS, "data engineer")
        assert "Kafka" in told
    both.on_teams("one", "forget my role", "")
    both.teams.wait(lambda: not roles(both))
    assert "data engineer" not in both.on_slack("U1", ASKS, "Kafka")
    both.on_slack("U1", "unlink", short(linking.UNDONE))
    both.on_teams("one", ASKS, "I believe nothing about you yet")
    both.on_slack("U1", ASKS, "Kafka")  # it stays with the account that was linked from


def test_another_address_keeps_them_two(both: Both) -> None:
    both.agree("U2", "two")
    both.slack.prepare("people", people=[{"id": "U3", "team_id": "T1", "profile": {"email": "other@example.com"}}])
    both.link("U3", "two", "different e-mail addresses")
    assert "Kafka" not in both.on_slack("U2", ASKS, "data engineer")
    assert "data engineer" not in both.on_teams("two", ASKS, "Kafka")


def test_an_address_that_slack_does_not_show_links_nobody(both: Both) -> None:
    both.slack.prepare("people", people=[{"id": "U4", "team_id": "T1", "profile": {}}])
    both.on_slack("U4", "link", short(linking.NO_EMAIL))


def test_a_code_counts_once(both: Both) -> None:
    both.slack.prepare("people", people=[{"id": "U5", "team_id": "T1", "profile": {"email": EMAIL}}])
    told = both.on_slack("U5", "link", "within 15 minutes")
    found: Any = re.search(r"link [A-Z0-9]{5}-[A-Z0-9]{5}", told)
    both.on_teams("five", found[0], "you are one person to me on both platforms")
    both.on_teams("six", found[0], "I do not know that code")


def roles(both: Both) -> list[tuple[Any, ...]]:
    """What is held of the first person's role."""
    with closing(sqlite3.connect(f"file:{both.teams.database}?mode=ro", uri=True)) as connection:
        query = "SELECT value FROM observation WHERE member IN ('U1', 'one') AND address LIKE 'role%'"
        return connection.execute(query).fetchall()
