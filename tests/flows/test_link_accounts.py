"""One person on Slack and on Teams becomes one person, by their word on both; otherwise they stay two."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.did import Heard
from adapters.slack.commands import read_command
from bot.flows.converse import converse, overhear
from bot.flows.means import Means
from bot.ports import Notice
from bot.self_model.model import DirectoryEntry
from bot.trust import linking
from bot.turn import Exchange, Member, Message, Place, Turn, audience_at
from storage.linked import link_people
from storage.memory import open_memory

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
SLACK, TEAMS, STRANGER = Member("T1", "U1"), Member("tenant", "aad-1"), Member("tenant", "aad-2")


class People:
    """A directory of everyone, and where each can be told something alone."""

    def __init__(self, emails: dict[Member, str]) -> None:
        self._emails = emails

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        return DirectoryEntry(member=member, email=self._emails.get(member, ""))

    async def direct_place(self, member: Member) -> Place:
        return Place(member.workspace, f"own/{member.id}")


@pytest.fixture
def means() -> Means:
    emails = {SLACK: "cto@example.com", TEAMS: "CTO@example.com ", STRANGER: "other@example.com"}
    return Means(stores=link_people(open_memory()), directory=People(emails), links_people=True)


class Talk:
    """What is said to the bot, one minute after another."""

    def __init__(self, means: Means) -> None:
        self.means, self.now = means, AT

    async def say(self, member: Member, text: str, *, alone: bool = True) -> str:
        self.now += timedelta(minutes=1)
        platform = "slack" if member == SLACK else "teams"
        place = Place(member.workspace, f"d/{member.id}" if alone else "general")
        message = Message(id=f"{member.id}:{self.now:%H%M%S}", author=member, text=text, at=self.now, private=alone)
        turn = Turn(message=message, place=place, audience=audience_at(place, member, alone=alone), platform=platform)
        said = await converse(self.means, turn, self.now)
        await overhear(self.means, message, self.now)
        return said.text if isinstance(said, Notice) else said.reply.text if isinstance(said, Exchange) else ""

    async def link(self, first: Member, second: Member) -> str:
        told = await self.say(first, "link")
        found = re.search(r"`(link [A-Z0-9-]+)`", told)
        return await self.say(second, found[1]) if found else told


async def test_both_accounts_become_one_person_with_one_self_model_and_one_consent(means: Means) -> None:
    talk = Talk(means)
    await talk.say(SLACK, "yes, learn from what i write")
    await talk.say(SLACK, "I am a data engineer.")
    await talk.say(TEAMS, "yes, learn from what i write")
    await talk.say(TEAMS, "I use Kafka every day.")
    assert await talk.link(SLACK, TEAMS) == linking.DONE
    for account in (SLACK, TEAMS):
        told = await talk.say(account, "what do you believe about me")
        assert "data engineer" in told
        assert "Kafka" in told
    await talk.say(TEAMS, "forget my role")
    assert "data engineer" not in await talk.say(SLACK, "what do you believe about me")
    await talk.say(TEAMS, "pause")
    assert (await means.stores.consents.load(SLACK)).paused


async def test_forgetting_everything_on_one_platform_forgets_it_on_both(means: Means) -> None:
    talk = Talk(means)
    await talk.say(SLACK, "yes, learn from what i write")
    await talk.say(SLACK, "I am a data engineer. What is the retention?")
    await talk.say(TEAMS, "What is the replication factor?")
    await talk.link(SLACK, TEAMS)
    exported = await talk.say(TEAMS, "export")
    assert "What is the retention?" in exported
    assert "What is the replication factor?" in exported
    told = await talk.say(TEAMS, "forget everything")
    assert "2 exchanges" in told
    exported = await talk.say(SLACK, "export")
    assert not any(one in exported for one in ("data engineer", "retention", "replication"))


async def test_what_was_forgotten_or_declined_on_either_side_stays_so(means: Means) -> None:
    talk = Talk(means)
    await talk.say(SLACK, "yes, learn from what i write")
    await talk.say(SLACK, "I am a data engineer.")
    await talk.say(TEAMS, "yes, learn from what i write")
    await talk.say(TEAMS, "count me only in the aggregate")
    await talk.say(TEAMS, "I am a data engineer.")
    await talk.say(TEAMS, "forget my role")
    await talk.link(SLACK, TEAMS)
    assert "data engineer" not in await talk.say(SLACK, "what do you believe about me")
    assert not (await means.stores.consents.load(SLACK)).named_to_champion


async def test_unlinked_they_are_two_again(means: Means) -> None:
    talk = Talk(means)
    await talk.say(SLACK, "yes, learn from what i write")
    await talk.say(SLACK, "I am a data engineer.")
    await talk.link(SLACK, TEAMS)
    assert await talk.link(TEAMS, SLACK) == linking.ALREADY
    assert await talk.say(TEAMS, "unlink") == linking.UNDONE
    assert await talk.say(TEAMS, "unlink") == linking.NOT_LINKED
    assert "data engineer" in await talk.say(SLACK, "what do you believe about me")
    assert "data engineer" not in await talk.say(TEAMS, "what do you believe about me")


async def test_without_the_workspaces_word_they_stay_two(means: Means) -> None:
    talk = Talk(replace(means, links_people=False))
    assert await talk.link(SLACK, TEAMS) == linking.OFF
    assert await means.stores.links.main(TEAMS) == TEAMS


@pytest.mark.parametrize(
    ("second", "why"),
    [(STRANGER, linking.OTHER_EMAIL), (SLACK, linking.OWN_CODE), (Member("t", "x"), linking.NO_EMAIL)],
)
async def test_a_code_alone_links_nobody_elses_account(means: Means, second: Member, why: str) -> None:
    assert await Talk(means).link(SLACK, second) == why
    assert await means.stores.links.linked(SLACK) == ()


async def test_a_code_is_good_for_one_try_and_fifteen_minutes(means: Means) -> None:
    talk = Talk(means)
    told = await talk.say(SLACK, "link")
    code = re.search(r"`link ([A-Z0-9-]+)`", told)
    assert code
    assert await talk.say(STRANGER, f"link {code[1]}") == linking.OTHER_EMAIL
    assert await talk.say(TEAMS, f"link {code[1]}") == linking.NO_CODE
    told = await talk.say(SLACK, "link")
    code = re.search(r"`link ([A-Z0-9-]+)`", told)
    assert code
    talk.now += timedelta(minutes=15)
    assert await talk.say(TEAMS, f"link {code[1]}") == linking.NO_CODE
    assert await talk.say(TEAMS, "link AAAAA-AAAAA") == linking.NO_CODE


async def test_where_others_read_the_code_is_told_in_private(means: Means) -> None:
    assert await Talk(means).say(SLACK, "link", alone=False) == "I've told you in private."
    outgoing = [await means.stores.outbox.next("w", 60) for _ in range(2)]
    shown = {one.outgoing.place.channel: one.outgoing.content for one in outgoing if one}
    told = shown["own/U1"]
    assert isinstance(told, Notice)
    assert "`link " in told.text
    assert "`link " not in str(shown["general"])


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("link", ("link", "")),
        ("Link my accounts.", ("link", "")),
        ("`link abcde-fghij`", ("link", "ABCDEFGHIJ")),
        ("unlink", ("unlink", "")),
        ("link the billing document", None),
        ("how do I link two accounts?", None),
        ("link abc", None),
    ],
)
def test_only_a_whole_message_is_a_wish(text: str, wish: tuple[str, str] | None) -> None:
    assert linking.read_wish(text) == wish


def test_slacks_command_says_the_same() -> None:
    told = {"command": "/daytwo", "text": "link", "team_id": "T1", "channel_id": "C1"}
    heard = read_command({**told, "user_id": "U1", "trigger_id": "9"}, AT)
    assert isinstance(heard, Heard)
    assert linking.read_wish(heard.message.text) == ("link", "")
    assert heard.audience.alone
