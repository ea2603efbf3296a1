"""Reviewers get what went wrong in their channel: once, a few at a time, and no more of it than they may see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import DaytwoError, Refused, Unavailable
from bot.flows.amend import retract
from bot.flows.close_review import Pressed, close_as_operator, press
from bot.flows.control import control
from bot.flows.deliver import deliver_all
from bot.flows.forget import forget_all
from bot.flows.govern_pilot import govern_pilot
from bot.flows.means import Means
from bot.flows.rate import record_vote
from bot.flows.tell_reviewers import KNOCK, MOST_OPEN, key_of, tell_reviewers
from bot.knowledge.model import Document, Passage
from bot.pilot.feedback import Judged
from bot.pilot.model import FeedbackKind, FeedbackSource, Pilot, Ring
from bot.ports import Effects, Event, Notice, Outgoing, Sending, Stores
from bot.reviews.card import ReviewCard, to_text
from bot.reviews.kinds import of_event, of_fallback, of_wrong
from bot.self_model.model import DirectoryEntry
from bot.trust.model import AuditKind, Consent, Outcome, Review
from bot.turn import Audience, Citation, Decision, Exchange, Member, Message, Place, Reply, Turn, audience_at
from storage.memory import open_memory
from storage.sql import open_sql

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
CHAMPION, ANA, KIM = Member("W", "C1"), Member("W", "U1"), Member("W", "U2")
ASKED, REVIEWERS, OTHER = "asked", "reviewers", "other"
PILOT = Pilot(
    id="p",
    workspace="W",
    name="Relay",
    champions=(CHAMPION,),
    starts=date(2026, 11, 2),
    platform="slack",
    rings=(Ring(opens=date(2026, 11, 2), channels=(ASKED,)),),
    reviewers=REVIEWERS,
)
QUESTION, ANSWER = "How long are audit logs kept?", "They are kept for 90 days [1]."
LINK = "https://slack.example/archives/asked/p1"
DONE = "Done by Kim, Mon 2 Nov, 09:00 (UTC)"


class Channel:
    """A messenger that shows what is posted, and refuses what it is told to."""

    platform = "slack"

    def __init__(self) -> None:
        self.shown: dict[str, ReviewCard | Notice] = {}
        self.posts: list[str] = []
        self.error: DaytwoError | None = None

    async def send(self, sending: Sending) -> str:
        outgoing = sending.outgoing
        if self.error:
            raise self.error
        assert isinstance(outgoing.content, ReviewCard | Notice)
        message = outgoing.replaces or f"{outgoing.place.channel}/{len(self.posts) + 1}"
        if not outgoing.replaces:
            self.posts.append(outgoing.key)
        self.shown[message] = outgoing.content
        return message

    def cards(self, channel: str = REVIEWERS) -> list[ReviewCard]:
        here = (one for message, one in self.shown.items() if message.startswith(f"{channel}/"))
        return [one for one in here if isinstance(one, ReviewCard)]

    def told(self) -> list[str]:
        return [one.text for one in self.shown.values() if isinstance(one, Notice)]


class People:
    """A directory that knows everybody's name."""

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        return DirectoryEntry(member, name={"U2": "Kim"}.get(member.id, ""), is_admin=member.id == "ADMIN")

    async def direct_place(self, member: Member) -> Place:
        return Place(member.workspace, f"D{member.id}")

    async def read_group(self, workspace: str, group: str) -> None:
        return None


@pytest.fixture(params=["memory", "sql"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    if request.param == "memory":
        yield open_memory()
        return
    async with open_sql(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}") as opened:
        yield opened


@pytest.fixture
async def means(stores: Stores) -> Means:
    """A running pilot with a document that everyone may read; its evaluator agreed."""
    await stores.pilots.save(PILOT)
    for evaluator in (ANA, KIM):
        await stores.consents.save(Consent(member=evaluator, modelling=True, at=AT))
    await write_document(stores, frozenset({"everyone"}))
    return Means(stores=stores, directory=People(), admins=frozenset({"ADMIN"}))


async def write_document(stores: Stores, readers: frozenset[str]) -> None:
    document = Document(path="audit.md", title="Audit", text="…", digest=str(sorted(readers)))
    passage = Passage(id="audit.md#0", document="audit.md", title="Audit", text="…", readers=readers)
    await stores.knowledge.replace("W", document, [passage])


def make_exchange(
    id: str = "m1", *, text: str = QUESTION, channel: str = ASKED, private: bool = False, answer: str = ANSWER
) -> Exchange:
    message = Message(id=id, author=ANA, text=text, at=AT, permalink="" if private else LINK, private=private)
    cited = Citation(number=1, passage="audit.md#0", document="audit.md", title="Audit", excerpt="…")
    reply = Reply(decision=Decision.ANSWER, text=answer, confidence=0.9, citations=(cited,), engine="offline")
    turn = Turn(message=message, place=Place("W", channel, "t"), audience=Audience(alone=private), platform="slack")
    return Exchange(id=id, turn=turn, enriched=text, reply=reply, at=AT)


async def happen(means: Means, *reviews: Review, exchange: Exchange | None = None) -> None:
    """Something comes up."""
    await means.stores.journal.commit(Effects(exchange=exchange, reviews=reviews))


async def tick(means: Means, channel: Channel, after: timedelta = timedelta()) -> int:
    """One round: put in line, and deliver."""
    told = await tell_reviewers(means, AT + after, {"slack"})
    await deliver_all(means.stores.outbox, {"slack": channel})
    return told


async def click(
    means: Means,
    channel: Channel,
    does: str,
    card: str,
    *,
    by: Member = KIM,
    at: str = REVIEWERS,
    outside: bool = False,
) -> Notice | None:
    pressed = Pressed(
        id=f"{does}/{len(channel.shown)}/{by.id}",
        member=by,
        platform="slack",
        place=Place("W", at, "1"),
        does=does,
        card=card,
        outside=outside,
    )
    told = await press(means, pressed, AT)
    await deliver_all(means.stores.outbox, {"slack": channel})
    return told.text if told else ""


async def test_what_comes_up_is_posted_once_and_closed_with_a_name(means: Means) -> None:
    channel = Channel()
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange())
    assert [await tick(means, channel) for _ in range(3)] == [1, 0, 0]
    (card,) = channel.cards()
    assert (card.question, card.answer, card.link, card.note) == (QUESTION, ANSWER, LINK, "")
    assert "Ana" not in to_text(card)
    assert "U1" not in to_text(card)
    assert await click(means, channel, "done", "wrong/m1") == ""
    (closed,) = channel.cards()
    assert closed == ReviewCard(
        id="wrong/m1", title="An answer was called wrong", told="Mon 2 Nov, 09:00 (UTC)", closed=DONE
    )
    assert await means.stores.journal.reviews("W") == ()
    (entry,) = await means.stores.journal.audit("W", AT, AT + timedelta(seconds=1))
    assert (entry.kind, entry.actor, entry.subject) == (AuditKind.REVIEWED, "U2", "wrong/m1")
    assert [await tick(means, channel) for _ in range(2)] == [0, 0]
    assert len(channel.posts) == 1


async def test_what_is_closed_already_says_so_and_by_whom(means: Means) -> None:
    channel = Channel()
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange())
    await tick(means, channel)
    await click(means, channel, "dismiss", "wrong/m1")
    for does in ("done", "dismiss", "show"):
        told = await click(means, channel, does, "wrong/m1", by=CHAMPION)
        assert told == "This is closed already. Dismissed by Kim, Mon 2 Nov, 09:00 (UTC)."
    kept = await means.stores.journal.review("W", "wrong/m1")
    assert kept
    assert (kept.outcome, kept.closed_by) == (Outcome.DISMISSED, "U2")


async def test_what_comes_up_again_after_it_was_closed_gets_a_new_card(means: Means) -> None:
    channel = Channel()
    for minutes in (0, 5):
        await happen(means, of_wrong("W", "m1", AT + timedelta(minutes=minutes)), exchange=make_exchange())
        assert await tick(means, channel) == 1
        await happen(means, of_wrong("W", "m1", AT + timedelta(minutes=minutes + 1)))  # said once more meanwhile
        assert await tick(means, channel) == 0
        await click(means, channel, "done", "wrong/m1")
    assert [bool(one.closed) for one in channel.cards()] == [True, True]


async def test_who_is_not_of_the_workspace_or_not_in_the_channel_is_told_so_and_changes_nothing(means: Means) -> None:
    channel = Channel()
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange())
    await tick(means, channel)
    refused = [
        await click(means, channel, "done", "wrong/m1", outside=True),
        await click(means, channel, "done", "wrong/m1", at=OTHER),
        await click(means, channel, "done", "wrong/m1", by=Member("W2", "U2")),
        await click(means, channel, "done", "wrong/m9"),
        await click(means, channel, "shred", "wrong/m1"),
    ]
    assert [one.split(",")[0] for one in refused] == [
        "Only people of this workspace can close what is to be reviewed here.",
        "This is not where reviewers read",
        "That is not to be reviewed any more.",
        "That is not to be reviewed any more.",
        "That is not to be reviewed any more.",
    ]
    assert len(await means.stores.journal.reviews("W")) == 1
    assert channel.cards()[0].closed == ""


async def test_no_words_of_a_direct_conversation_leave_it(means: Means) -> None:
    channel = Channel()
    await happen(
        means, of_fallback("W", "m1", "Claude is down", AT), exchange=make_exchange(channel="DU1", private=True)
    )
    await tick(means, channel)
    (card,) = channel.cards()
    assert (card.question, card.answer, card.link) == ("", "", "")
    assert card.note == "It was said in a direct conversation, so its words are not shown."
    assert card.why == "The model was not used: Claude is down."
    told = await click(means, channel, "show", card.id)
    assert told == card.note


@pytest.mark.parametrize(
    ("pilot", "consent", "exchange", "words", "link", "note"),
    [
        (PILOT, Consent(member=ANA, modelling=True, at=AT), make_exchange(), True, True, ""),
        (PILOT, Consent(member=ANA), make_exchange(), False, False, "has not agreed to be named"),
        (
            PILOT,
            Consent(member=ANA, modelling=True, at=AT, named_to_champion=False),
            make_exchange(),
            False,
            False,
            "has not agreed to be named",
        ),
        (
            replace(PILOT, aggregate_only=True),
            Consent(member=ANA, modelling=True, at=AT),
            make_exchange(),
            False,
            False,
            "names nobody",
        ),
        (
            PILOT,
            Consent(member=ANA, modelling=True, at=AT),
            make_exchange(channel=OTHER),
            False,
            True,
            "outside the pilot's channels",
        ),
        (
            PILOT,
            Consent(member=ANA, modelling=True, at=AT),
            make_exchange(text=""),
            False,
            False,
            "erased",
        ),
    ],
    ids=["all", "never heard", "unnamed", "aggregate", "another channel", "erased"],
)
async def test_reviewers_see_only_what_they_may(
    means: Means, pilot: Pilot, consent: Consent, exchange: Exchange, words: bool, link: bool, note: str
) -> None:
    channel = Channel()
    await means.stores.pilots.save(pilot)
    await means.stores.consents.save(consent)
    await happen(means, of_wrong("W", "m1", AT), exchange=exchange)
    await tick(means, channel)
    (card,) = channel.cards()
    assert (bool(card.question), bool(card.answer), bool(card.link)) == (words, words, link)
    assert note in card.note
    assert bool(card.note) == bool(note)


async def test_an_answer_from_documents_that_are_not_for_everyone_is_not_shown(means: Means) -> None:
    await write_document(means.stores, frozenset({"channel:asked"}))
    channel = Channel()
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange())
    await tick(means, channel)
    (card,) = channel.cards()
    assert (card.question, card.answer) == (QUESTION, "")
    assert "not everyone here may read" in card.note
    told = await click(means, channel, "show", card.id)
    assert ANSWER not in told


async def test_personal_data_and_secrets_do_not_stand_on_a_card(means: Means) -> None:
    channel = Channel()
    said = "Why does ana@example.com get a 403 with key AKIAIOSFODNN7EXAMPLE?"
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange(text=said))
    await tick(means, channel)
    shown = to_text(channel.cards()[0])
    assert "ana@example.com" not in shown
    assert "AKIA" not in shown
    assert "Why does" in shown


async def test_what_an_error_quotes_is_not_posted(means: Means) -> None:
    channel = Channel()
    await happen(means, of_event("slack", "said/D1/1", "W", "ValueError: bad literal 'my salary is 1'", AT))
    await tick(means, channel)
    (card,) = channel.cards()
    assert card.why == "It failed with ValueError."
    assert "salary" not in to_text(card)


async def test_a_long_answer_is_cut_and_shown_whole_to_who_asks(means: Means) -> None:
    channel = Channel()
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange(answer="So it is. " * 200))
    await tick(means, channel)
    (card,) = channel.cards()
    assert card.is_cut
    assert len(card.answer) <= 700
    told = await click(means, channel, "show", card.id)
    assert told.count("So it is.") == 200
    assert len(channel.cards()) == 1


async def fill(means: Means, many: int) -> list[Review]:
    reviews = [of_fallback("W", f"m{n}", "Claude is down", AT + timedelta(seconds=n)) for n in range(many)]
    await happen(means, *reviews)
    return reviews


async def test_a_bad_day_does_not_flood_the_channel(means: Means) -> None:
    channel = Channel()
    reviews = await fill(means, 40)
    for _ in range(4):
        await tick(means, channel, timedelta(minutes=2))
    single, rest = channel.cards()[:-1], channel.cards()[-1]
    assert [one.id for one in single] == [one.id for one in reviews[:MOST_OPEN]]
    assert (rest.title, rest.waiting) == ("35 more wait to be looked at", 35)
    assert rest.why == "35 answers written without the model."
    await happen(means, of_event("slack", "e", "W", "its workers died", AT + timedelta(minutes=1)))
    await click(means, channel, "done", single[0].id)
    await tick(means, channel, timedelta(minutes=2))
    assert channel.cards()[-1].id == "event/slack/e"  # what is most urgent comes next
    assert channel.cards()[MOST_OPEN].waiting == 35  # and the number follows
    assert len(channel.posts) == MOST_OPEN + 2


async def test_what_waits_is_listed_and_dismissed_at_one_go(means: Means) -> None:
    channel = Channel()
    await fill(means, 30)
    await tick(means, channel)
    await tick(means, channel)
    rest = channel.cards()[-1]
    await happen(means, of_wrong("W", "m99", AT + timedelta(hours=1)))
    listed = await click(means, channel, "list", rest.id)
    assert listed.count("\n- ") == 20
    assert listed.endswith("- and 5 more")
    told = await click(means, channel, "dismiss", rest.id)
    assert told == "Dismissed: 25 items. What came up later stays."
    assert len(await means.stores.journal.reviews("W")) == MOST_OPEN + 1
    await tick(means, channel)
    assert channel.cards()[-1].title == "1 more waits to be looked at"
    again = await click(means, channel, "dismiss", rest.id)
    assert again == "Nothing more waits."
    assert "not where reviewers read" in await click(means, channel, "dismiss", rest.id, at=OTHER)
    assert "Nothing more waits" in await click(means, channel, "dismiss", "rest/soon")
    assert "Only people of this workspace" in await click(means, channel, "dismiss", rest.id, outside=True)
    assert len(await means.stores.journal.reviews("W")) == MOST_OPEN + 1


async def test_a_channel_that_cannot_be_reached_loses_nothing_and_is_tried_again(
    means: Means, caplog: pytest.LogCaptureFixture
) -> None:
    channel = Channel()
    channel.error = Refused("the channel is archived")
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange())
    for _ in range(3):
        await tick(means, channel)
    assert caplog.text.count("cannot be posted in reviewers: the channel is archived") == 1
    assert (await means.stores.outbox.depths())["failed"] == 1
    channel.error = None
    await tick(means, channel, KNOCK / 2)
    assert channel.cards() == []
    await tick(means, channel, KNOCK)
    assert len(channel.cards()) == 1
    assert (await means.stores.outbox.depths())["failed"] == 0


async def test_what_was_refused_goes_to_the_channel_that_is_named_instead(means: Means) -> None:
    channel = Channel()
    channel.error = Refused("the channel is archived")
    await happen(means, of_wrong("W", "m1", AT), of_wrong("W", "m2", AT), exchange=make_exchange())
    await tick(means, channel)
    channel.error = None
    told = await say(means, "pilot reviewers here", CHAMPION, OTHER)
    assert "Open just now: 2" in told
    await tick(means, channel)
    assert len(channel.cards(OTHER)) == 2
    assert channel.cards() == []
    assert (await means.stores.outbox.depths())["failed"] == 0


async def test_what_is_open_in_another_channel_leaves_room_in_the_new_one(means: Means) -> None:
    channel = Channel()
    await fill(means, MOST_OPEN + 2)
    await tick(means, channel)
    await say(means, "pilot reviewers here", CHAMPION, OTHER)
    await tick(means, channel)
    assert [one.id for one in channel.cards(OTHER)] == [f"fallback/m{n}" for n in (MOST_OPEN, MOST_OPEN + 1)]
    assert await click(means, channel, "done", "fallback/m0") == ""  # the cards there can still be closed there
    assert channel.cards()[0].closed == DONE


async def say(means: Means, text: str, by: Member, channel: str, *, alone: bool = False, outside: bool = False) -> str:
    """What a command is answered with, in private."""
    place = Place("W", channel, text)
    audience = audience_at(place, by, alone=alone)
    audience = replace(audience, grants=frozenset()) if outside else audience
    message = Message(id=f"{channel}:{text}:{by.id}:{alone}:{outside}", author=by, text=text, at=AT)
    await govern_pilot(means, Turn(message=message, place=place, audience=audience, platform="slack"), AT)
    said: list[str] = []
    while sending := await means.stores.outbox.next("test", 60):
        content = sending.outgoing.content
        said += [content.text] if isinstance(content, Notice) else []
        await means.stores.outbox.sent(sending.outgoing.key, "x")
    return "\n".join(said)


async def test_a_channel_is_named_by_who_may_and_where_reviewers_can_read(means: Means) -> None:
    async def channel() -> str:
        (pilot,) = await means.stores.pilots.all("W")
        return pilot.reviewers

    assert "Only an administrator" in await say(means, "pilot reviewers here", ANA, OTHER)
    assert "mention me there" in await say(means, "pilot reviewers here", CHAMPION, "DC1", alone=True)
    assert "outside this workspace" in await say(means, "pilot reviewers here", CHAMPION, OTHER, outside=True)
    assert "no pilot “q”" in await say(means, "pilot reviewers here [q]", CHAMPION, OTHER)
    assert await channel() == REVIEWERS
    assert "From now on I post here" in await say(means, "Pilot reviewers here.", Member("W", "ADMIN"), OTHER)
    assert await channel() == OTHER
    assert "is posted any more" in await say(means, "pilot reviewers off", CHAMPION, OTHER)
    assert await channel() == ""
    await happen(means, of_wrong("W", "m1", AT))
    assert await tick(means, Channel()) == 0


async def test_several_pilots_of_a_workspace_each_get_what_is_theirs(means: Means) -> None:
    second = replace(
        PILOT, id="q", reviewers=OTHER, rings=(Ring(opens=PILOT.starts, channels=("elsewhere",)),), champions=(KIM,)
    )
    await means.stores.pilots.save(second)
    channel = Channel()
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange("m1"))
    await happen(means, of_wrong("W", "m2", AT), exchange=make_exchange("m2", channel="elsewhere"))
    await happen(means, of_event("slack", "e", "W", "its workers died", AT))
    await tick(means, channel)
    assert sorted(one.id for one in channel.cards()) == ["event/slack/e", "wrong/m1"]
    assert [one.id for one in channel.cards(OTHER)] == ["wrong/m2"]


async def test_workspaces_are_told_apart_and_one_whose_platform_is_not_served_waits(means: Means) -> None:
    await means.stores.pilots.save(replace(PILOT, workspace="W2", reviewers=OTHER))
    await means.stores.pilots.save(replace(PILOT, workspace="W3", platform="teams"))
    channel = Channel()
    await happen(means, *(of_wrong(workspace, "m1", AT) for workspace in ("W", "W2", "W3")))
    assert await tick(means, channel) == 2
    assert (len(channel.cards()), len(channel.cards(OTHER))) == (1, 1)


async def test_everything_forgotten_takes_the_words_off_an_open_card(means: Means) -> None:
    channel = Channel()
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange())
    await happen(means, of_wrong("W", "m2", AT), exchange=make_exchange("m2"))
    await tick(means, channel)
    await click(means, channel, "done", "wrong/m2")
    await forget_all(means.stores, ANA, id="r", at=AT + timedelta(hours=1))
    await tick(means, channel)
    for card in channel.cards():
        assert QUESTION not in to_text(card)
        assert ANSWER not in to_text(card)
    assert [one.closed for one in channel.cards()] == ["", DONE]


@pytest.mark.parametrize("said", ["count me only in the aggregate", "don't learn from me"])
async def test_who_is_not_to_be_named_any_more_is_off_the_open_cards(means: Means, said: str) -> None:
    channel = Channel()
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange())
    await happen(means, of_wrong("W", "m2", AT), exchange=replace(make_exchange("m2"), turn=of_kim()))
    await tick(means, channel)
    turn = Turn(
        message=Message(id="x", author=ANA, text=said, at=AT),
        place=Place("W", "DU1"),
        audience=audience_at(Place("W", "DU1"), ANA, alone=True),
        platform="slack",
    )
    assert await control(means.stores, turn, AT, directory=means.directory)
    await deliver_all(means.stores.outbox, {"slack": channel})
    ana, kim = (one for one in channel.cards() if one.id.startswith("wrong/"))
    named = said != "count me only in the aggregate"
    assert (bool(ana.question), bool(ana.link)) == (named, named)
    assert kim.question == QUESTION


def of_kim() -> Turn:
    turn = make_exchange("m2").turn
    return replace(turn, message=replace(turn.message, author=KIM))


async def test_a_card_that_waits_when_everything_is_forgotten_is_posted_without_the_words(means: Means) -> None:
    channel = Channel()
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange())
    await tell_reviewers(means, AT, {"slack"})
    await forget_all(means.stores, ANA, id="r", at=AT + timedelta(hours=1))
    await tick(means, channel)
    (card,) = channel.cards()
    assert (card.question, card.answer) == ("", "")


async def test_while_a_card_is_on_its_way_forgetting_waits_for_it(means: Means) -> None:
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange())
    await tell_reviewers(means, AT, {"slack"})
    sending = await means.stores.outbox.next("test", 60)
    assert sending
    with pytest.raises(Unavailable):
        await forget_all(means.stores, ANA, id="r", at=AT + timedelta(hours=1))
    await means.stores.outbox.sent(sending.outgoing.key, "reviewers/1")
    await forget_all(means.stores, ANA, id="r", at=AT + timedelta(hours=1))
    channel = Channel()
    await deliver_all(means.stores.outbox, {"slack": channel})
    (card,) = channel.cards()
    assert QUESTION not in to_text(card)


async def test_a_deleted_question_leaves_no_words_on_its_card(means: Means) -> None:
    channel = Channel()
    await happen(means, of_wrong("W", "m1", AT), exchange=make_exchange())
    await means.stores.journal.commit(Effects(outgoing=(reply_to(make_exchange()),)))
    sending = await means.stores.outbox.next("test", 60)
    assert sending
    await means.stores.outbox.sent(sending.outgoing.key, "asked/9")
    await tick(means, channel)
    await means.stores.inbox.receive(
        Event(platform="slack", id="x", workspace="W", conversation="c", body={}, received_at=AT)
    )
    lease = await means.stores.inbox.lease("test", 60)
    assert lease
    await retract(means, "slack", ANA, "m1", AT, lease)
    await deliver_all(means.stores.outbox, {"slack": channel})
    (card,) = channel.cards()
    assert (card.question, card.answer) == ("", "")


def reply_to(exchange: Exchange) -> Outgoing:
    return Outgoing(
        key=f"reply/{exchange.id}",
        platform="slack",
        place=exchange.turn.place,
        content=exchange.reply,
        exchange=exchange.id,
    )


async def test_the_operator_closes_by_id_or_by_kind(means: Means) -> None:
    channel = Channel()
    await fill(means, 7)
    await happen(means, of_wrong("W", "m1", AT))
    await tick(means, channel)
    assert await close_as_operator(means, "W", ["fallback"], Outcome.DISMISSED, AT) == "7 items closed as dismissed."
    assert await close_as_operator(means, "W", ["wrong/m1"], Outcome.DONE, AT) == "1 item closed as done."
    assert await close_as_operator(means, "W", ["wrong/m1"], Outcome.DONE, AT) == "0 items closed as done."
    await tick(means, channel)
    closed = [one.closed for one in channel.cards() if not one.id.startswith("rest/")]
    assert len(closed) == MOST_OPEN
    assert all("by whoever runs the bot" in one for one in closed)


async def test_what_is_closed_before_it_is_posted_is_not_posted(means: Means) -> None:
    channel = Channel()
    channel.error = Refused("the channel is archived")
    await happen(means, of_wrong("W", "m1", AT))
    await tick(means, channel)
    await close_as_operator(means, "W", ["wrong/m1"], Outcome.DONE, AT)
    channel.error = None
    await tick(means, channel, 2 * KNOCK)
    assert channel.cards() == []


@pytest.mark.parametrize(
    ("kind", "ids"),
    [(FeedbackKind.WRONG, ["wrong/m1"]), (FeedbackKind.TOO_BASIC, []), (FeedbackKind.NONE, [])],
)
async def test_only_what_is_called_wrong_comes_up(means: Means, kind: FeedbackKind, ids: Sequence[str]) -> None:
    exchange = make_exchange()
    judged = Judged(dissatisfied=True, kind=kind, satisfaction=1.5)
    await record_vote(means.stores.journal, exchange, KIM, judged, FeedbackSource.THUMBS, at=AT)
    assert [one.id for one in await means.stores.journal.reviews("W")] == ids


def test_the_key_tells_one_coming_up_from_the_next() -> None:
    first, again = of_wrong("W", "m1", AT), of_wrong("W", "m1", AT + timedelta(minutes=1))
    assert len({key_of(first), key_of(again), key_of(replace(first, workspace="W2"))}) == 3
