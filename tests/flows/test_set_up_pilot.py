"""A pilot set up and changed from the chat, by those who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.errors import Refused
from bot.flows.converse import converse
from bot.flows.means import Means
from bot.flows.set_up_pilot import Asked, open_form, set_up_pilot
from bot.pilot.groups import FoundGroup, is_called
from bot.pilot.roster import listed_on
from bot.ports import Notice
from bot.self_model.model import DirectoryEntry
from bot.turn import Audience, Member, Message, Place, Turn
from storage.memory import open_memory

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
ADMIN, CHAMPION, ANYONE, ANA = (Member("W", one) for one in ("A1", "C1", "X1", "U1"))
KNOWN = {ADMIN.id, CHAMPION.id, ANYONE.id, ANA.id}


class Workspace:
    """A directory with one administrator."""

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        if member.id not in KNOWN:
            raise Refused(f"user_not_found: {member.id}")
        return DirectoryEntry(member, name=member.id, is_admin=member == ADMIN)

    async def read_group(self, workspace: str, named: str) -> FoundGroup | None:
        here = is_called("S1", named) or is_called("data-team", named)
        return FoundGroup("S1", "data-team", (ANA, CHAMPION)) if here else None

    async def direct_place(self, member: Member) -> Place:
        return Place(member.workspace, f"D{member.id}")


@pytest.fixture
def means() -> Means:
    return Means(stores=open_memory(), directory=Workspace())


async def say(means: Means, words: str, member: Member = ADMIN) -> str:
    """What a message in a direct conversation is answered with."""
    message = Message(id=f"{member.id}/{words}", author=member, text=words, at=NOW, private=True)
    turn = Turn(message=message, place=Place("W", f"D{member.id}"), audience=Audience(alone=True), platform="slack")
    said = await converse(means, turn, NOW)
    assert isinstance(said, Notice)
    return said.text


SET_UP = "pilot set up\nName: Relay\nChampions: C1\nStarts: 2026-11-02\nEvaluators: @U1"


async def test_an_administrator_sets_one_up_in_words_and_hears_what_is_missing(means: Means) -> None:
    assert "Name, Champions and Starts are needed" in await say(means, "pilot set up")
    told = await say(means, SET_UP)
    assert "Set up: **Relay** [pilot]" in told
    assert "a hypothesis" in told
    (pilot,) = await means.stores.pilots.all("W")
    assert (pilot.champions, pilot.evaluators, pilot.platform) == ((CHAMPION,), (ANA,), "slack")


async def test_what_is_wrong_is_told_by_field_and_nothing_is_saved(means: Means) -> None:
    told = await say(means, f"{SET_UP}\nTime zone: Mars/Olympus\nEnds: 2026-10-01")
    assert "Nothing was saved" in told
    assert "**Ends**: It would end before it starts." in told
    assert "Europe/Berlin" in told
    assert await means.stores.pilots.all() == ()


async def test_people_nobody_knows_are_refused(means: Means) -> None:
    assert "**Champions**: Nobody here has the id C7" in await say(means, SET_UP.replace("C1", "C7"))
    await say(means, SET_UP)
    assert "Nobody here has the id U7" in await say(means, "pilot add U7")


async def test_nobody_else_may(means: Means) -> None:
    assert "Only an administrator" in await say(means, SET_UP, ANYONE)
    await say(means, SET_UP)
    for words in ("pilot add X1", "pilot remove U1", "pilot missing", "pilot set up\nChampions: X1"):
        assert "Only an administrator" in await say(means, words, ANYONE)
    (pilot,) = await means.stores.pilots.all()
    assert pilot.champions == (CHAMPION,)


async def test_whom_the_operator_names_and_the_champion_may_too(means: Means) -> None:
    named = replace(means, admins=frozenset({ANYONE.id}))
    assert "Set up" in await say(named, SET_UP, ANYONE)
    assert "Changed: **Relay**" in await say(means, "pilot set up\nOwner: Head of Support", CHAMPION)
    (pilot,) = await means.stores.pilots.all()
    assert (pilot.owner, pilot.name) == ("Head of Support", "Relay")


async def test_a_next_ring_opens_on_its_day_and_people_come_and_go(means: Means) -> None:
    await say(means, SET_UP)
    assert "1 more from Mon 9 Nov" in await say(means, "pilot add X1 from 2026-11-09")
    assert "1 person out from Wed 4 Nov" in await say(means, "pilot remove U1")
    (pilot,) = await means.stores.pilots.all()
    assert pilot.left == ((ANA, date(2026, 11, 4)),)
    assert "You have left Relay" in await say(means, "leave the pilot", ANYONE)
    (pilot,) = await means.stores.pilots.all()
    assert dict(pilot.left)[ANYONE] == date(2026, 11, 4)


async def test_a_form_is_opened_with_what_is_known_and_only_for_who_may(means: Means) -> None:
    asked = Asked(member=ADMIN, platform="teams", now=NOW, directory=means.directory)
    assert (await open_form(means.stores.pilots, asked)).pilot == ""
    values = {"name": "Relay", "champions": "C1", "starts": "2026-11-02"}
    filled, notice = await set_up_pilot(means.stores.pilots, asked, values)
    assert filled.pilot
    assert filled.pilot.platform == "teams"
    assert "Not ready yet" in notice.text
    again = await open_form(means.stores.pilots, asked, filled.pilot.id)
    assert {one.name: one.value for one in again.fields}["name"] == "Relay"
    with pytest.raises(Refused, match="Only an administrator"):
        await open_form(means.stores.pilots, replace(asked, member=ANYONE))


async def test_of_several_pilots_one_is_named_in_brackets(means: Means) -> None:
    await say(means, SET_UP)
    (first,) = await means.stores.pilots.all()
    await means.stores.pilots.save(replace(first, id="other", name="Other", champions=(ADMIN,)))
    assert "Changed: **Relay**" in await say(means, "pilot set up [pilot]\nOwner: Someone")
    assert "There is no pilot “none” here." in await say(means, "pilot missing [none]")
    assert "several pilots" in await say(means, "pilot missing", ANYONE)


async def test_whoever_is_in_a_group_that_is_named_is_an_evaluator_but_its_champions(means: Means) -> None:
    told = await say(means, "pilot set up\nName: Relay\nChampions: C1\nStarts: 2026-11-02\nGroups: @data-team")
    assert "Set up: **Relay**" in told
    assert "Evaluators: 1." in told
    (pilot,) = await means.stores.pilots.all("W")
    assert listed_on(pilot, date(2026, 11, 2)) == (ANA,)
    asked = Asked(member=ADMIN, platform="slack", now=NOW, directory=means.directory)
    form = await open_form(means.stores.pilots, asked)
    assert next(one.value for one in form.fields if one.name == "groups") == "@data-team"


async def test_a_group_that_nobody_knows_is_refused_by_its_field(means: Means) -> None:
    told = await say(means, "pilot set up\nName: Relay\nChampions: C1\nStarts: 2026-11-02\nGroups: @nobody")
    assert "- **Groups**: There is no group @nobody" in told
    assert await means.stores.pilots.all("W") == ()


async def test_a_group_is_let_in_and_out_as_people_are(means: Means) -> None:
    await say(means, SET_UP.replace("U1", "X1"))
    told = await say(means, "pilot add @data-team and @A1 from 2026-11-09")
    assert "1 person and @data-team in from Mon 9 Nov." in told
    (pilot,) = await means.stores.pilots.all("W")
    assert [ANA in listed_on(pilot, date(2026, 11, day)) for day in (8, 9)] == [False, True]
    await say(means, "pilot remove @S1 from 2026-11-12")
    (pilot,) = await means.stores.pilots.all("W")
    assert [ANA in listed_on(pilot, date(2026, 11, day)) for day in (11, 12)] == [True, False]
    await say(means, "pilot add @S1 from 2026-11-16")
    (pilot,) = await means.stores.pilots.all("W")
    assert [ANA in listed_on(pilot, date(2026, 11, day)) for day in (11, 12, 16)] == [True, False, True]
