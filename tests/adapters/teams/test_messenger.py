"""Delivering, to a stand-in of Teams: proactive messages, and what becomes of them when Teams says no."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.request import urlopen

import pytest
from teams_server import fetch

from adapters.teams.messenger import TeamsMessenger
from adapters.teams.reference import PERSON, Reference, own_place
from adapters.teams.sdk import Connector, Registration
from bot.digest.model import Digest, DigestLine, Step
from bot.errors import Refused, Unavailable, Unknown, Unsure
from bot.ports import Effects, Notice, Outgoing, Sending, Stores
from bot.turn import Citation, Decision, Exchange, Member, Message, Place, Reply, Turn, audience_at
from storage.memory import open_memory

CHAMPION = Member("the-tenant", "champion")
DIGEST = Digest(
    pilot="p1",
    name="Relay pilot",
    on=date(2026, 11, 20),
    day=3,
    headline="Answers got better for two of three evaluators.",
    lines=(
        DigestLine(
            person=Member("the-tenant", "ana"),
            name="Ana <b>",
            today=4.1,
            first=3.2,
            low=3.6,
            high=4.5,
            n=7,
            trend="improving",
            sure="likely better",
        ),
    ),
    attention=(Step(id="s1", text="Ask Ben what was missing.", reason="Two answers were too basic."),),
    figures=(("questions", "12"),),
    footnote="Estimates with their 90 % intervals.",
)


@pytest.fixture
def stores() -> Stores:
    return open_memory()


@pytest.fixture
def messenger(standin: str, stores: Stores) -> TeamsMessenger:
    return make_messenger(standin, stores)


def make_messenger(standin: str, stores: Stores) -> TeamsMessenger:
    registration = Registration(
        app_id="the-bot", password="a-client-secret", tenants=("the-tenant",), login_url=standin, keys_url=standin
    )
    return TeamsMessenger(Connector(registration), stores, asides=True)


def reference(standin: str, **fields: str) -> dict[str, Any]:
    made = {
        "service": f"{standin}/teams/",
        "tenant": "the-tenant",
        "bot": "28:the-bot",
        "conversation": "19:x@thread.v2",
    }
    return dict(Reference(**{**made, "kind": "groupChat", **fields}).to_dict())


async def know(stores: Stores, standin: str, member: Member = CHAMPION, user: str = "29:champion") -> None:
    """The person was seen in a shared conversation."""
    own = reference(standin, kind=PERSON, user=user, person=member.id)
    await stores.conversations.remember(own_place(member), "teams", own)


def send(content: Any, place: Place, only_to: Member | None = None, key: str = "k") -> Sending:
    outgoing = Outgoing(key=key, platform="teams", place=place, content=content, only_to=only_to, alone=True)
    return Sending(outgoing=outgoing, attempt=1)


def posted(standin: str, message: str) -> dict[str, Any]:
    return all_posted(standin, message)[0]


def all_posted(standin: str, message: str = "") -> list[dict[str, Any]]:
    with urlopen(f"{standin}/posted") as response:
        return [one for one in json.load(response) if message in ("", one["id"])]


def opened(standin: str) -> int:
    with urlopen(f"{standin}/opened") as response:
        return len(json.load(response))


async def test_a_digest_opens_the_champions_own_chat_once_and_shows_as_a_card(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    await know(stores, standin)
    before = opened(standin)
    sent = [await messenger.send(send(DIGEST, own_place(CHAMPION), CHAMPION)) for _ in range(2)]
    shown = posted(standin, sent[0])
    assert shown["at"] == "a:29:champion"
    assert shown["summary"] == DIGEST.headline
    words = json.dumps(shown["attachments"], ensure_ascii=False)
    assert all(
        one in words
        for one in ("Relay pilot · day 3", "**Ana <b>**", "**4.1** (3.6–4.5)", "Ask Ben what was missing.", "Done")
    )
    assert opened(standin) == before + 1
    assert await stores.conversations.direct(CHAMPION) == Place("the-tenant", "a:29:champion")


async def test_who_was_kept_is_reached_after_a_restart(messenger: TeamsMessenger, stores: Stores, standin: str) -> None:
    await know(stores, standin)
    await messenger.send(send(Notice("first"), own_place(CHAMPION), CHAMPION))
    again = make_messenger(standin, stores)
    assert posted(standin, await again.send(send(Notice("second"), own_place(CHAMPION), CHAMPION)))["text"] == "second"


CHAT = Place("the-tenant", "19:x@thread.v2", "17")


async def test_what_is_for_one_person_is_shown_to_them_alone_where_others_read(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    await know(stores, standin)
    await stores.conversations.remember(CHAT, "teams", reference(standin))
    shown = posted(standin, await messenger.send(send(Notice("only yours"), CHAT, CHAMPION)))
    assert (shown["at"], shown["aside"], shown["recipient"]["id"]) == ("19:x@thread.v2", True, "29:champion")


async def test_what_cannot_be_shown_to_one_person_there_goes_to_their_own_chat(stores: Stores, standin: str) -> None:
    away = Member("the-tenant", "away")
    await know(stores, standin, away, "29:away")
    await know(stores, standin)
    await stores.conversations.remember(CHAT, "teams", reference(standin))
    messenger = make_messenger(standin, stores)
    shown = posted(standin, await messenger.send(send(Notice("only yours"), CHAT, away)))
    assert (shown["at"], shown["aside"]) == ("a:29:away", False)
    without = TeamsMessenger(messenger._connector, stores, asides=False)
    shown = posted(standin, await without.send(send(Notice("only yours"), CHAT, CHAMPION)))
    assert (shown["at"], shown["aside"]) == ("a:29:champion", False)


async def test_what_is_for_a_person_unknown_to_teams_waits_and_is_never_shown_to_others(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    await stores.conversations.remember(CHAT, "teams", reference(standin))
    before = len(all_posted(standin))
    with pytest.raises(Unavailable, match="not known"):
        await messenger.send(send(Notice("only yours"), CHAT, CHAMPION))
    assert len(all_posted(standin)) == before


@pytest.mark.parametrize(
    ("conversation", "kind", "said"),
    [
        ("a:gone", "personal", "404 ConversationNotFound .the conversation is gone"),
        ("19:removed@thread.v2", "groupChat", "403 BotNotInConversationRoster .the bot was taken out"),
    ],
)
async def test_a_conversation_that_is_gone_is_let_go_of(
    messenger: TeamsMessenger, stores: Stores, standin: str, conversation: str, kind: str, said: str
) -> None:
    place = Place("the-tenant", conversation)
    await stores.conversations.remember(place, "teams", reference(standin, conversation=conversation, kind=kind))
    with pytest.raises(Refused, match=said):
        await messenger.send(send(Notice("hello"), place))
    assert await stores.conversations.reference(place) is None


async def test_an_answer_from_where_the_bot_is_no_more_goes_to_its_asker_and_nobody_else(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    place = Place("the-tenant", "19:removed@thread.v2", "17")
    known = reference(standin, conversation=place.channel, kind="groupChat")
    await stores.conversations.remember(place, "teams", known)
    await know(stores, standin)
    asked = Message(id="e1", author=CHAMPION, text="how long?", at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    turn = Turn(message=asked, place=place, audience=audience_at(place, CHAMPION, alone=False), platform="teams")
    reply = Reply(decision=Decision.ANSWER, text="14 days, says a document", confidence=0.9)
    exchange = Exchange(id="e1", turn=turn, enriched="how long?", reply=reply, at=asked.at)
    await stores.journal.commit(Effects(exchange=exchange))
    answer = send(reply, place)
    await messenger.send(replace(answer, outgoing=replace(answer.outgoing, exchange="e1", alone=False)))
    *_, why, told = all_posted(standin)
    assert (why["at"], told["at"], told["text"]) == ("a:29:champion", "a:29:champion", reply.text)
    assert "no longer post" in why["text"]
    with pytest.raises(Unavailable, match="not known"):
        await messenger.send(send(reply, place))


async def test_a_person_who_blocked_the_bot_is_a_refusal_and_may_come_back(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    place = Place("the-tenant", "a:blocked")
    known = reference(standin, conversation="a:blocked", kind="personal")
    await stores.conversations.remember(place, "teams", known, CHAMPION)
    with pytest.raises(Refused, match=r"403 MessageWritesBlocked \(the person blocked the bot"):
        await messenger.send(send(Notice("hello"), place))
    assert await stores.conversations.reference(place) == known


async def test_a_thread_of_a_channel_is_kept_to(messenger: TeamsMessenger, stores: Stores, standin: str) -> None:
    channel = Place("the-tenant", "19:team@thread.tacv2", "1700")
    known = reference(standin, conversation=channel.channel, kind="channel")
    await stores.conversations.remember(channel, "teams", known)
    shown = posted(standin, await messenger.send(send(Notice("here"), channel)))
    assert shown["at"] == "19:team@thread.tacv2;messageid=1700"
    assert shown["conversation"]["tenantId"] == "the-tenant"


async def test_a_message_can_be_put_in_place_of_an_earlier_one(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    await know(stores, standin)
    first = await messenger.send(send(Notice("draft"), own_place(CHAMPION), CHAMPION))
    change = Outgoing(
        key="k2", platform="teams", place=own_place(CHAMPION), content=Notice("final"), only_to=CHAMPION, replaces=first
    )
    assert await messenger.send(Sending(outgoing=change, attempt=1)) == first
    shown = [(one["method"], one["text"]) for one in all_posted(standin, first)]
    assert shown == [("POST", "draft"), ("PUT", "final")]


async def test_a_half_posted_answer_is_finished_and_its_rated_part_is_the_one_that_is_kept(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    await know(stores, standin)
    await messenger.send(send(Notice("opens the chat"), own_place(CHAMPION), CHAMPION))
    cited = Citation(number=1, passage="a#1", document="a", title="Retention", excerpt="14 days")
    reply = Reply(decision=Decision.ANSWER, text="14 days [1]", confidence=0.9, citations=(cited,))
    half = send(reply, own_place(CHAMPION), CHAMPION, key="half").outgoing
    await stores.journal.commit(Effects(outgoing=(half,)))
    fetch(f"{standin}/told", {"status": 502, "times": 1, "after": 1})
    first = await stores.outbox.next("worker", 60)
    assert first
    with pytest.raises(Unavailable):
        await messenger.send(first)
    await stores.outbox.failed("half", "502", 0.0)
    second = await stores.outbox.next("another worker", 60)
    assert second
    message = await make_messenger(standin, stores).send(second)
    assert posted(standin, message)["text"] == "14 days [1]"
    shown = [one for one in all_posted(standin) if one.get("text") == "14 days [1]"]
    assert len(shown) == 1


async def test_what_teams_gave_no_answer_to_is_not_sent_again(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    await know(stores, standin)
    await messenger.send(send(Notice("opens the chat"), own_place(CHAMPION), CHAMPION))
    fetch(f"{standin}/told", {"status": 0, "times": 1})
    with pytest.raises(Unknown, match="no answer"):
        await messenger.send(send(Notice("perhaps"), own_place(CHAMPION), CHAMPION))
    before = len(all_posted(standin))
    again = replace(send(Notice("perhaps"), own_place(CHAMPION), CHAMPION), uncertain=True, attempt=2)
    with pytest.raises(Unknown, match="not sent again"):
        await messenger.send(again)
    assert len(all_posted(standin)) == before
    assert await messenger.send(replace(again, attempt=1))  # an operator has it sent all the same


async def test_what_takes_the_place_of_a_message_is_sent_again(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    await know(stores, standin)
    first = await messenger.send(send(Notice("draft"), own_place(CHAMPION), CHAMPION))
    change = send(Notice("final"), own_place(CHAMPION), CHAMPION, key="k2")
    change = replace(change, outgoing=replace(change.outgoing, replaces=first))
    fetch(f"{standin}/told", {"status": 0, "times": 9})  # a PUT is tried several times at once
    with pytest.raises(Unsure):
        await messenger.send(change)
    fetch(f"{standin}/told", {"times": 0})
    assert await messenger.send(replace(change, uncertain=True)) == first


async def test_how_long_to_wait_is_told_on(messenger: TeamsMessenger, stores: Stores, standin: str) -> None:
    await know(stores, standin)
    await messenger.send(send(Notice("opens the chat"), own_place(CHAMPION), CHAMPION))
    fetch(f"{standin}/told", {"status": 429, "times": 1, "wait": 17})
    with pytest.raises(Unavailable, match="too many at once") as throttled:
        await messenger.send(send(Notice("no"), own_place(CHAMPION), CHAMPION))
    assert throttled.value.retry_in == 17


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *((one, Unavailable) for one in (412, 429, 502, 503, 504)),
        *((one, Unknown) for one in (408, 500, 501)),
        *((one, Refused) for one in (400, 403, 404, 413)),
    ],
)
async def test_whether_trying_again_may_help_is_told_apart_and_nothing_is_posted_twice(
    messenger: TeamsMessenger, stores: Stores, standin: str, status: int, error: type[Exception]
) -> None:
    await know(stores, standin)
    await messenger.send(send(Notice("opens the chat"), own_place(CHAMPION), CHAMPION))
    fetch(f"{standin}/told", {"status": status, "times": 1, "code": "SomeCode"})
    with pytest.raises(error, match=f"{status} SomeCode"):
        await messenger.send(send(Notice("no"), own_place(CHAMPION), CHAMPION))


async def test_a_person_who_blocked_or_removed_the_bot_is_a_refusal(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    await know(stores, standin, user="29:blocked")
    with pytest.raises(Refused, match="403"):
        await messenger.send(send(Notice("hello"), own_place(CHAMPION), CHAMPION))


async def test_who_was_never_seen_may_still_come(messenger: TeamsMessenger) -> None:
    with pytest.raises(Unavailable, match="not known"):
        await messenger.send(send(DIGEST, own_place(CHAMPION), CHAMPION))


async def test_a_service_that_does_not_answer_is_unavailable(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    gone = reference(standin, service="http://127.0.0.1:9/", conversation="a:x", kind="personal")
    await stores.conversations.remember(Place("the-tenant", "a:x"), "teams", gone, CHAMPION)
    with pytest.raises(Unavailable, match="could not be reached"):
        await messenger.send(send(Notice("hello"), Place("the-tenant", "a:x")))


async def test_a_wrong_secret_is_unavailable_and_names_no_secret(stores: Stores, standin: str) -> None:
    registration = Registration(app_id="the-bot", password="wrong-secret", tenants=("the-tenant",), login_url=standin)
    await know(stores, standin)
    with pytest.raises(Unavailable, match="No token") as refused:
        await TeamsMessenger(Connector(registration), stores).send(send(Notice("hello"), own_place(CHAMPION), CHAMPION))
    assert "wrong-secret" not in str(refused.value)


async def test_a_member_is_looked_up_where_they_were_seen(
    messenger: TeamsMessenger, stores: Stores, standin: str
) -> None:
    assert await messenger.look_up(CHAMPION) is None
    await know(stores, standin)
    entry = await messenger.look_up(CHAMPION)
    assert entry
    assert (entry.name, entry.email) == ("The CTO", "cto@example.com")
    fetch(f"{standin}/told", {"status": 403, "times": 1})
    assert await messenger.look_up(CHAMPION) == entry
    assert await make_messenger(standin, stores).look_up(CHAMPION) is None
