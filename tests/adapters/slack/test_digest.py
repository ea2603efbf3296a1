"""The digest in Slack: a direct message, its picture with words for it, and the button that marks a step as done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from slack_server import Slack, standing_in, words

from adapters.slack.messenger import SlackMessenger
from adapters.slack.web import make_client
from bot.digest.model import Digest, DigestLine, Step
from bot.pilot.model import Pilot
from bot.ports import Outgoing, Sending
from bot.turn import Member, Place
from storage.sql import open_sql

CHAMPION = Member("T1", "U1")
LINE = DigestLine(
    person=Member("T1", "U2"),
    name="Ana & Co",
    today=4.1,
    first=3.2,
    low=3.6,
    high=4.5,
    n=7,
    trend="improving",
    sure="",
    trajectory=((date(2026, 11, 19), 3.2), (date(2026, 11, 20), 4.1)),
)
DIGEST = Digest(
    pilot="p1",
    name="Relay pilot",
    on=date(2026, 11, 20),
    day=3,
    headline="Answers got better for one of two evaluators.",
    lines=(LINE,),
    attention=(Step(id="s1", text="Ask Ben what was missing.", reason="Two answers were too basic."),),
)
OUTGOING = Outgoing(
    key="digest/p1/2026-11-20/U1",
    platform="slack",
    place=Place("T1", "U1"),
    content=DIGEST,
    only_to=CHAMPION,
    alone=True,
)


@pytest.fixture
def alone() -> Iterator[Slack]:
    """A stand-in of its own, without a server."""
    with standing_in() as address:
        yield Slack(address, "")


async def send(slack: Slack, outgoing: Outgoing = OUTGOING, **how: Any) -> str:
    messenger = SlackMessenger(make_client("xoxb-test", f"{slack.standin}/api/"))
    return await messenger.send(Sending(outgoing=outgoing, attempt=1, **how))


async def test_it_goes_to_the_champion_alone_with_a_picture_told_in_words(alone: Slack) -> None:
    await send(alone)
    message, picture = alone.posted()
    assert {message["channel"], picture["channel"]} == {"DU1"}
    assert "Answers got better" in words(message)
    assert "daytwo_step_done" in words(message)
    assert picture["file"]["begins"] == "89504e470d0a1a0a"  # a PNG
    assert "Ana & Co from 3.2 to 4.1" in picture["file"]["alt_txt"]


async def test_without_days_to_compare_there_is_no_picture(alone: Slack) -> None:
    await send(alone, replace(OUTGOING, content=replace(DIGEST, lines=())))
    assert len(alone.posted()) == 1


async def test_a_picture_that_cannot_be_shown_keeps_no_digest_back(alone: Slack) -> None:
    alone.tell("missing_scope", 1, method="files.getUploadURLExternal")
    assert await send(alone)
    assert len(alone.posted()) == 1


async def test_a_digest_that_may_have_gone_out_is_not_sent_twice(alone: Slack) -> None:
    first = await send(alone)
    assert await send(alone, uncertain=True) == first
    assert len(alone.posted()) == 2


async def test_done_is_noted_for_a_champion_and_for_nobody_else(slack: Slack) -> None:
    today = datetime.now(UTC).date()
    pilot = Pilot(
        id="p1", workspace="T1", name="Relay", champions=(CHAMPION,), starts=today + timedelta(days=1), platform="slack"
    )
    async with open_sql(slack.database) as stores:
        await stores.pilots.save(pilot)
        for user, told in (("U2", "Only a champion"), ("U1", "Noted as done")):
            assert slack.click("daytwo_step_done", "p1 s1", user=user, channel=f"D{user}") == 200
            shown = slack.wait(lambda posted, user=user: any(one.get("user") == user for one in posted))
            assert told in words(next(one for one in shown if one.get("user") == user))
            assert await stores.pilots.done_steps(pilot.key) == (frozenset({"s1"}) if user == "U1" else frozenset())


async def test_a_snooze_is_kept_and_told_to_its_champion_alone(slack: Slack) -> None:
    today = datetime.now(UTC).date()
    champion = Member("T1", "U41")
    pilot = Pilot(
        id="p4", workspace="T1", name="Relay", champions=(champion,), starts=today + timedelta(days=1), platform="slack"
    )
    async with open_sql(slack.database) as stores:
        await stores.pilots.save(pilot)
        said = "snooze the digest for 3 days [p4]"
        assert slack.click("daytwo_say_snooze", said, user="U41", channel="DU41") == 200
        shown = slack.wait(lambda posted: any("no digest before" in words(one) for one in posted))
        told = next(one for one in shown if "no digest before" in words(one))
        assert told.get("user") == "U41" or told["channel"] == "DU41"
        rhythm = await stores.pilots.rhythm(pilot.key, champion)
        assert rhythm.snoozed_until
        assert (rhythm.snoozed_until - today).days in (3, 4)  # by midnight the day may be another one
