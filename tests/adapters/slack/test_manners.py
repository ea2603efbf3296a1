"""What goes wrong around a workspace has a clear outcome: limits, archived channels, scopes, tokens, outsiders."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_server import PATIENCE, Slack, replies_to, standing_in, words

from adapters.slack.home import show_quote
from adapters.slack.messenger import SlackMessenger, read_entry
from adapters.slack.web import Denied, make_client
from bot.errors import Refused, Unavailable
from bot.flows.control import ask_consent
from bot.ports import Effects, Notice, Outgoing, Sending
from bot.self_model.explain import Quote
from bot.turn import Audience, Decision, Exchange, Member, Message, Place, Reply, Turn
from storage.memory import open_memory
from storage.sql import open_sql

ASKER = Member("T1", "U1")
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
QUESTION = "<@UBOT> How long is the retention of messages?"


async def test_events_that_slack_dropped_are_put_before_an_administrator(slack: Slack) -> None:
    body = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1518467820, "api_app_id": "A1"}
    assert [slack.send(body), slack.send(body)] == [200, 200]
    async with open_sql(slack.database) as stores:
        ends = time.monotonic() + PATIENCE
        while not (found := [one for one in await stores.journal.reviews("T1") if "dropped" in one.kind]):
            assert time.monotonic() < ends
    (review,) = found
    assert "2018-02-12 20:37 UTC" in review.sample


@pytest.mark.parametrize("minute", [None, "soon", -1])
def test_an_odd_limit_is_acknowledged(slack: Slack, minute: object) -> None:
    assert slack.send({"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": minute}) == 200


@pytest.mark.parametrize(("channel", "closed"), [("C7", "archived"), ("C8", "absent")])
def test_where_a_channel_is_closed_meanwhile_its_asker_gets_the_answer(slack: Slack, channel: str, closed: str) -> None:
    slack.prepare("people", archived=["C7"], absent=["C8", "C9"])
    user = f"U8{closed}"
    slack.say(QUESTION, user=user, channel=channel)
    slack.wait(lambda posted: any(is_apart(one, user, channel) for one in posted))


def is_apart(one: dict[str, Any], user: str, channel: str) -> bool:
    """Whether it is the answer, with where it was asked, in the asker's direct messages."""
    return one["channel"] == f"D{user}" and "14 days" in words(one) and f"You asked in <#{channel}>" in words(one)


def make_sending(content: Notice | Reply, **fields: Any) -> Sending:
    given: dict[str, Any] = {"key": "k", "platform": "slack", "place": Place("T1", "C1"), "content": content}
    return Sending(outgoing=Outgoing(**given | fields), attempt=1)


@pytest.fixture(scope="module")
def away() -> Iterator[Slack]:
    """A stand-in that nobody else speaks to."""
    with standing_in() as address:
        yield Slack(address, "")


@pytest.fixture
def messenger(away: Slack) -> SlackMessenger:
    return SlackMessenger(make_client("xoxb-test", f"{away.standin}/api/", patient=False))


async def test_a_missing_scope_is_named_with_the_way_out(away: Slack, messenger: SlackMessenger) -> None:
    away.tell("missing_scope", 1)
    with pytest.raises(Denied, match=r"lacks the scope .*install it again from the current manifest"):
        await messenger.send(make_sending(Notice("hello")))


@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth", "account_inactive", "token_expired"])
async def test_a_revoked_token_says_so_and_the_work_waits(away: Slack, messenger: SlackMessenger, error: str) -> None:
    away.tell(error, 1)
    with pytest.raises(Unavailable, match=r"no longer accepts the bot token.*DAYTWO_SLACK_BOT_TOKEN"):
        await messenger.send(make_sending(Notice("hello")))


@pytest.mark.parametrize("error", ["user_disabled", "cannot_dm_bot", "user_not_found"])
async def test_who_has_left_is_told_to_the_operator(away: Slack, messenger: SlackMessenger, error: str) -> None:
    away.tell(error, 1, method="conversations.open")
    with pytest.raises(Refused, match=r"account is deactivated|cannot be written to|no such person"):
        await messenger.send(make_sending(Notice("hello"), place=Place("T1", "U1")))


async def test_a_limit_is_waited_out_by_the_outbox(away: Slack, messenger: SlackMessenger) -> None:
    away.tell("ratelimited", 1, after=30)
    with pytest.raises(Unavailable, match=r"cannot take chat.postMessage just now"):
        await messenger.send(make_sending(Notice("hello")))


async def test_what_is_archived_and_nobodys_answer_is_given_up(away: Slack) -> None:
    stores = open_memory()
    client = make_client("xoxb-test", f"{away.standin}/api/", patient=False)
    away.tell("is_archived", 1)
    with pytest.raises(Denied, match=r"archived"):
        await SlackMessenger(client, stores=stores).send(make_sending(Notice("hello")))


async def test_an_answer_never_leaves_a_direct_conversation(away: Slack) -> None:
    stores, place = open_memory(), Place("T1", "D1", "1.0")
    reply = Reply(decision=Decision.DECLINE, text="no", confidence=0.1)
    turn = Turn(message=Message(id="D1:1.0", author=ASKER, text="?", at=AT), place=place, audience=Audience(alone=True))
    exchange = Exchange(id="D1:1.0", turn=turn, enriched="?", reply=reply, at=AT)
    await stores.journal.commit(Effects(exchange=exchange))
    away.tell("is_archived", 1)
    messenger = SlackMessenger(make_client("xoxb-test", f"{away.standin}/api/", patient=False), stores=stores)
    with pytest.raises(Denied, match=r"archived"):
        await messenger.send(make_sending(reply, place=place, exchange="D1:1.0"))


@pytest.mark.parametrize(
    "person",
    [
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"team_id": "T9"},
        {"is_stranger": True, "team_id": "T9"},
    ],
)
def test_a_guest_is_answered_only_from_what_is_open_to_them(slack: Slack, person: dict[str, Any]) -> None:
    user = f"U9{len(json.dumps(person))}"
    slack.prepare("people", people=[{"id": user, "team_id": "T1", "profile": {}} | person])
    stamp = slack.say(QUESTION, user=user)
    (reply, *_) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, stamp))), stamp)
    assert "14 days" not in words(reply)
    assert "Not in the documents" in words(reply)


def test_a_guest_is_offered_nothing_internal_and_a_stale_button_gives_nothing(slack: Slack) -> None:
    slack.prepare("people", people=[{"id": "U96", "team_id": "T1", "is_restricted": True, "profile": {}}])
    assert slack.click("daytwo_choice_0", f"gone {QUESTION}", user="U96", channel="DU96") == 200
    (reply,) = slack.wait(lambda posted: any(one["channel"] == "DU96" for one in posted)) and [
        one for one in slack.posted() if one["channel"] == "DU96" and "May I learn" not in words(one)
    ]
    assert "14 days" not in words(reply)


def test_in_a_channel_with_another_organization_nothing_internal_is_said(slack: Slack) -> None:
    stamp = "1791191234.000100"
    event = {"type": "app_mention", "user": "U1", "channel": "C2", "ts": stamp, "text": QUESTION}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "EvShared", "event": event}
    slack.prepare("said", messages=[event])
    assert slack.send({**body, "is_ext_shared_channel": True}) == 200
    (reply, *_) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, stamp))), stamp)
    assert "14 days" not in words(reply)


def test_who_clicks_there_gets_no_more_than_stands_there(slack: Slack) -> None:
    stamp = "1791191235.000100"
    event = {"type": "app_mention", "user": "U1", "channel": "C2", "ts": stamp, "text": QUESTION}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "EvShared2", "event": event}
    slack.prepare("said", messages=[event])
    slack.send({**body, "is_ext_shared_channel": True})
    slack.wait(lambda posted: bool(replies_to(posted, stamp)))
    slack.click("daytwo_choice_0", f"C2:{stamp} {QUESTION}", user="U2", channel="C2", thread_ts=stamp)
    found = slack.wait(lambda posted: len(replies_to(posted, stamp)) >= 2)
    assert not any("14 days" in words(one) for one in replies_to(found, stamp))


class Distant:
    """A directory of people who cannot be written to."""

    async def look_up(self, member: Member) -> None:
        return None

    async def direct_place(self, member: Member) -> Place:
        raise Refused("That person is of another organization.")


async def test_an_outsider_is_asked_for_consent_where_they_are_if_they_cannot_be_written_to() -> None:
    stores, place = open_memory(), Place("T1", "C1", "1.0")
    message = Message(id="C1:1.0", author=ASKER, text="?", at=AT)
    turn = Turn(message=message, place=place, audience=Audience(alone=False), platform="slack")
    assert await ask_consent(stores, turn, directory=Distant())
    sending = await stores.outbox.next("worker", 60.0)
    assert sending
    assert (sending.outgoing.place, sending.outgoing.only_to) == (place, ASKER)


async def test_without_consent_nothing_is_learned_of_anyone(slack: Slack) -> None:
    slack.say("<@UBOT> I'm a data engineer. How long is the retention of messages?", user="U98")
    later = slack.say(QUESTION, user="U97")
    slack.wait(lambda posted: bool(replies_to(posted, later)))
    async with open_sql(slack.database) as stores:
        assert (await stores.self_models.load(Member("T1", "U98"))).beliefs == ()


@pytest.mark.parametrize(
    ("user", "outside"),
    [
        ({}, False),
        ({"team_id": "T1"}, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T2", "T1"]}}, False),
        ({"team_id": "T2"}, True),
        ({"team_id": "T1", "is_restricted": True}, True),
    ],
)
def test_who_is_from_outside(user: dict[str, Any], *, outside: bool) -> None:
    assert read_entry(ASKER, user).is_outside is outside


async def test_the_directory_is_asked_once_in_ten_minutes(away: Slack, messenger: SlackMessenger) -> None:
    first = await messenger.look_up(ASKER)
    away.tell("fatal_error", 1, method="users.info")
    assert await messenger.look_up(ASKER) == first
    away.tell("", 0, method="users.info")
    assert first
    assert first.time_zone in ("", "Europe/Berlin")


def test_a_day_is_told_by_its_readers_own_clock_and_language() -> None:
    quote = Quote(text="I'm the CTO", how="you said", permalink="https://slack.com/archives/C1/p1", at=AT)
    shown = show_quote(quote)
    assert "<!date^1793610000^{date_pretty}^https://slack.com/archives/C1/p1|2 November>" in shown
