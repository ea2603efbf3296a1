"""The daily digest: once a day, whoever asks; over gaps, crashes and replicas; and only of those who agreed."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from bot.digest.model import Digest
from bot.digest.text import to_text
from bot.errors import Refused, Unavailable
from bot.flows.review import review
from bot.flows.send_digest import GRACE, send_digest, send_due_digests
from bot.flows.tell_own import tell_last_told
from bot.operations.model import Cost
from bot.pilot.calendar import begin_of, telling_time
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource, Pilot, Replayed
from bot.pilot.verdict import Recommendation
from bot.ports import Effects, Stores
from bot.self_model.model import DirectoryEntry
from bot.trust.model import AuditKind, Consent
from bot.turn import Audience, Decision, Exchange, Member, Message, Place, Reply, Turn
from storage.memory import open_memory
from storage.sql import open_sql

STARTS = date(2026, 10, 23)  # the clock in Berlin changes on the 25th
CHAMPION, SECOND = Member("W", "C1"), Member("W", "C2")
ALICE, BOB = Member("W", "U1"), Member("W", "U2")
PILOT = Pilot(
    id="p",
    workspace="W",
    name="Pilot",
    champions=(CHAMPION,),
    evaluators=(ALICE, BOB),
    starts=STARTS,
    time_zone="Europe/Berlin",
)
SERVER = os.environ.get("DAYTWO_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")


def morning_after(day: int) -> datetime:
    """The moment at which the pilot's day, counted from 1, is told."""
    return telling_time(PILOT, STARTS + timedelta(days=day - 1))


async def ask(stores: Stores, member: Member, day: int, rating: float = 4.0) -> None:
    """One question on the pilot's day, answered and rated."""
    at = datetime(2026, 10, 22, 10, tzinfo=UTC) + timedelta(days=day)
    message = Message(id=f"{member.id}-{day}", author=member, text="How is data kept? My words stay mine.", at=at)
    turn = Turn(message=message, place=Place("W", "pilot"), audience=Audience(alone=False))
    reply = Reply(decision=Decision.ANSWER, text="Safely [1].", confidence=0.9)
    exchange = Exchange(id=message.id, turn=turn, enriched=message.text, reply=reply, at=at)
    said = Feedback(
        id=f"f-{message.id}",
        exchange=message.id,
        member=member,
        at=at + timedelta(minutes=1),
        source=FeedbackSource.THUMBS,
        kind=FeedbackKind.NONE,
        satisfaction=rating,
    )
    await stores.journal.commit(Effects(exchange=exchange, feedback=(said,)))


async def agree(stores: Stores, *members: Member, named: bool = True) -> None:
    for one in members:
        await stores.consents.save(
            Consent(member=one, modelling=True, named_to_champion=named, at=datetime(2026, 10, 1, tzinfo=UTC))
        )


async def take_all(stores: Stores) -> list[tuple[Member | None, Digest]]:
    """Everything that is to be delivered, by addressee."""
    taken = []
    while sending := await stores.outbox.next("test", 60):
        assert isinstance(sending.outgoing.content, Digest)
        taken.append((sending.outgoing.only_to, sending.outgoing.content))
        await stores.outbox.sent(sending.outgoing.key, "m")
    return taken


@pytest.fixture
async def stores() -> Stores:
    """A pilot on its first day: two evaluators who agreed, one question each."""
    opened = open_memory()
    await opened.pilots.save(PILOT)
    await agree(opened, ALICE, BOB)
    await ask(opened, ALICE, 1)
    await ask(opened, BOB, 1)
    return opened


async def test_the_digest_comes_at_the_champions_hour_and_once(stores: Stores) -> None:
    early, due = morning_after(1) - timedelta(seconds=1), morning_after(1)
    assert await send_digest(stores, PILOT, early) is None
    assert await send_digest(stores, PILOT, due)
    assert await send_digest(stores, PILOT, due) is None
    assert await send_digest(stores, PILOT, due + timedelta(hours=5)) is None
    assert [who for who, _ in await take_all(stores)] == [CHAMPION]


async def test_every_champion_gets_it_alone(stores: Stores) -> None:
    pilot = replace(PILOT, champions=(CHAMPION, SECOND))
    await send_digest(stores, pilot, morning_after(1))
    assert {who for who, _ in await take_all(stores)} == {CHAMPION, SECOND}


async def test_after_downtime_one_digest_covers_the_gap(stores: Stores) -> None:
    await send_digest(stores, PILOT, morning_after(1))
    await ask(stores, ALICE, 3)
    late = await send_digest(stores, PILOT, morning_after(6) + timedelta(hours=3))
    assert late
    assert late.day == 6
    assert late.covers
    assert dict(late.figures)["Questions"] == "1"
    assert len(await take_all(stores)) == 2


async def test_a_pilot_without_champions_or_not_begun_tells_nothing(stores: Stores) -> None:
    assert await send_digest(stores, replace(PILOT, champions=()), morning_after(1)) is None
    assert await send_digest(stores, PILOT, morning_after(-3)) is None


async def test_a_replica_that_dies_after_its_claim_is_made_up_for(stores: Stores) -> None:
    await stores.pilots.claim(PILOT.key, CHAMPION, STARTS, morning_after(1))
    assert await send_digest(stores, PILOT, morning_after(1) + timedelta(minutes=1)) is None
    assert await send_digest(stores, PILOT, morning_after(1) + GRACE)
    assert len(await take_all(stores)) == 1


async def test_a_replica_that_dies_before_it_keeps_the_digest_sends_no_second_one(stores: Stores) -> None:
    class Dying:
        """The pilots' store of a replica that dies as it keeps the digest."""

        def __getattr__(self, name: str) -> object:
            return getattr(stores.pilots, name)

        async def keep_digest(self, digest: Digest) -> None:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await send_digest(replace(stores, pilots=Dying()), PILOT, morning_after(1))  # type: ignore[arg-type]
    assert await send_digest(stores, PILOT, morning_after(1) + GRACE)
    assert len(await take_all(stores)) == 1
    assert len(await stores.pilots.digests(PILOT.key)) == 1


async def test_who_did_not_agree_to_be_named_is_not_in_it_even_in_totals(stores: Stores) -> None:
    await agree(stores, BOB, named=False)
    told = await send_digest(stores, PILOT, morning_after(1), names={ALICE: "The CTO", BOB: "The analyst"})
    assert told
    assert "analyst" not in to_text(told)
    assert [one.name for one in told.lines] == ["The CTO"]
    assert dict(told.figures)["Questions"] == "1"


async def test_an_evaluator_reads_word_for_word_what_the_champion_was_told_of_them(stores: Stores) -> None:
    told = await send_digest(stores, PILOT, morning_after(1), names={ALICE: "The CTO", BOB: "The analyst"})
    assert told
    own = await tell_last_told(stores, ALICE)
    line = next(one for one in own.split("\n") if one.startswith("•"))
    assert line in to_text(told)
    assert "analyst" not in own
    assert await tell_last_told(stores, CHAMPION) == ""


async def test_nobodys_words_are_in_it(stores: Stores) -> None:
    told = await send_digest(stores, PILOT, morning_after(1))
    assert told
    assert "My words" not in to_text(told)
    assert "My words" not in repr(told)


async def test_the_last_steps_are_asked_after(stores: Stores) -> None:
    for day in range(1, 6):
        await ask(stores, ALICE, day, rating=5 - day)
        await ask(stores, BOB, day)
    first = None
    for day in range(1, 6):
        first = first or (
            told if (told := await send_digest(stores, PILOT, morning_after(day))) and told.attention else None
        )
    assert first
    await stores.pilots.mark_done(PILOT.key, first.attention[0].id, morning_after(6))
    after = await send_digest(stores, PILOT, morning_after(6))
    assert after
    assert after.yesterday


async def test_the_cost_is_that_of_the_pilots_people_on_the_days_told(stores: Stores) -> None:
    def spend(id: str, member: Member, day: int) -> Cost:
        at = datetime(2026, 10, 22, 11, tzinfo=UTC) + timedelta(days=day)
        tokens = {"input_tokens": 1, "cached_tokens": 0, "cache_writes": 0, "output_tokens": 1}
        return Cost(id=id, member=member, purpose="answer", model="m", dollars=0.25, at=at, **tokens)

    costs = (
        spend("a", ALICE, 1),
        spend("b", CHAMPION, 1),
        spend("c", Member("W", "stranger"), 1),
        spend("d", ALICE, 2),
    )
    await stores.journal.commit(Effects(costs=costs))
    told = await send_digest(stores, PILOT, morning_after(1))
    assert told
    assert dict(told.figures)["Cost"].startswith("$0.50 for 2 model calls")


async def test_it_is_in_the_audit_without_anyones_name(stores: Stores) -> None:
    await send_digest(stores, PILOT, morning_after(1), names={ALICE: "The CTO"})
    entries = await stores.journal.audit("W", morning_after(1), morning_after(1) + timedelta(seconds=1))
    assert [one.kind for one in entries] == [AuditKind.DIGEST_SENT]
    assert "CTO" not in repr(entries)


async def test_every_pilot_that_is_due_is_told(stores: Stores) -> None:
    await stores.pilots.save(replace(PILOT, id="q", name="Other"))
    sent = await send_due_digests(stores, morning_after(1))
    assert {one.name for one in sent} == {"Pilot", "Other"}


async def test_one_pilots_trouble_keeps_no_other_waiting(stores: Stores) -> None:
    await stores.pilots.save(replace(PILOT, id="a", time_zone="Mars/Olympus"))
    with pytest.raises(Refused, match="Mars/Olympus"):
        await send_due_digests(stores, morning_after(1))
    assert len(await take_all(stores)) == 1


async def test_people_are_called_what_the_directory_calls_them(stores: Stores) -> None:
    class Half:
        """A directory that knows one of two, and cannot be reached for the other."""

        async def look_up(self, member: Member) -> DirectoryEntry | None:
            if member == BOB:
                raise Unavailable
            return DirectoryEntry(member, name="The CTO")

        async def direct_place(self, member: Member) -> Place:
            return Place(member.workspace, member.id)

    (told,) = await send_due_digests(stores, morning_after(1), {PILOT.platform: Half()})
    assert {one.name for one in told.lines} == {"The CTO", BOB.id}


async def test_questions_are_replayed_from_the_second_day_on(stores: Stores) -> None:
    asked: list[tuple[Member, datetime, datetime, datetime]] = []

    async def prove(member: Member, since: datetime, until: datetime, *, day_one: datetime) -> Replayed | None:
        asked.append((member, since, until, day_one))
        if member == BOB:
            return None
        return Replayed(n=2, context_used=(0, 0.5), depth_match=(1, 1), resolved=(1, 1), cited=(1, 1))

    (first,) = await send_due_digests(stores, morning_after(1), prove=prove)
    (second,) = await send_due_digests(stores, morning_after(2), prove=prove)
    assert first.proof == ()
    assert "Replay of two questions" in second.proof[0]
    days = [begin_of(PILOT, STARTS + timedelta(days=i)) for i in range(3)]
    assert asked == [(ALICE, days[1], days[2], days[1]), (BOB, days[1], days[2], days[1])]


async def test_a_review_reads_the_whole_pilot(stores: Stores) -> None:
    reviewed = await review(stores, replace(PILOT, ends=STARTS + timedelta(days=2)), morning_after(9))
    assert reviewed.day.on == STARTS + timedelta(days=2)
    assert reviewed.outcomes.questions == 2
    assert reviewed.verdict.recommendation is Recommendation.EXTEND


@pytest.fixture
async def database() -> AsyncIterator[str]:
    """The address of an empty schema on a PostgreSQL server; skipped loudly without one, failing in CI."""
    schema = f"digest_{secrets.token_hex(6)}"
    try:
        connection = await asyncpg.connect(SERVER, timeout=5)
    except (OSError, asyncpg.PostgresError) as error:
        fault = f"no PostgreSQL at {SERVER} ({error}); set DAYTWO_TEST_POSTGRES_URL to one that answers"
        pytest.fail(fault) if os.environ.get("CI") == "true" else pytest.skip(fault)
    await connection.execute(f"CREATE SCHEMA {schema}")
    try:
        yield f"{SERVER.replace('postgresql://', 'postgresql+asyncpg://')}?schema={schema}"
    finally:
        await connection.execute(f"DROP SCHEMA {schema} CASCADE")
        await connection.close()


async def test_three_replicas_of_ten_days_send_ten_digests(database: str) -> None:
    """Replicas tick beside each other on one PostgreSQL, at and after each telling time; each champion gets ten."""
    pilot = replace(PILOT, champions=(CHAMPION, SECOND))
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(open_sql(database))
        replicas = [first] + [await stack.enter_async_context(open_sql(database, migrate=False)) for _ in range(2)]
        await first.pilots.save(pilot)
        await agree(first, ALICE, BOB)
        for day in range(1, 11):
            await ask(first, ALICE, day)
            for moment in (morning_after(day), morning_after(day) + 2 * GRACE):
                await asyncio.gather(*(send_digest(one, pilot, moment) for one in replicas))
        taken = await take_all(first)
        assert [told.day for who, told in taken if who == CHAMPION] == list(range(1, 11))
        assert [told.day for who, told in taken if who == SECOND] == list(range(1, 11))
        assert len(await first.pilots.digests(pilot.key, CHAMPION)) == 10
