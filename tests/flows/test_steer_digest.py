"""A champion opens, marks done, snoozes and slows the digest, by button or words; nobody else can; nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.digest.model import Digest, DigestLine, Step
from bot.digest.steering import Steer, Steering
from bot.flows.converse import converse
from bot.flows.means import Means
from bot.flows.send_digest import send_digest
from bot.flows.steer_digest import steer_digest
from bot.flows.tell_own import tell_last_told
from bot.pilot.calendar import telling_time
from bot.pilot.model import Pilot, Rhythm
from bot.ports import Notice, Stores
from bot.turn import Audience, Member, Message, Place, Turn
from storage.memory import open_memory

STARTS = date(2026, 10, 5)  # a Monday
CHAMPION, SECOND, ANA, OTTO = (Member("W", one) for one in ("C1", "C2", "U1", "U2"))
PILOT = Pilot(id="p", workspace="W", name="Relay", champions=(CHAMPION, SECOND), evaluators=(ANA, OTTO), starts=STARTS)
NOW = datetime(2026, 10, 7, 10, tzinfo=UTC)
LINE = DigestLine(
    person=ANA,
    name="The CTO",
    today=4.1,
    first=2.8,
    low=3.5,
    high=4.7,
    n=9,
    trend="improving",
    sure="improving, 97 % sure",
    detail=("Questions: 3 answered", "Found wrong: too generic ×1"),
)
STEPS = tuple(Step(id=f"s{i}", text=f"Step {i}.", reason="For a reason.", person=ANA) for i in (1, 2))
DIGEST = Digest(
    pilot="p",
    workspace="W",
    name="Relay",
    on=date(2026, 10, 6),
    day=2,
    headline="Better.",
    lines=(LINE,),
    attention=STEPS,
)


@pytest.fixture
async def stores() -> Stores:
    opened = open_memory()
    await opened.pilots.save(PILOT)
    await opened.pilots.keep_digest(replace(DIGEST, champion=CHAMPION))
    return opened


async def ask(stores: Stores, do: Steer, subject: str = "", member: Member = CHAMPION, **what: int) -> str:
    return (await steer_digest(stores, member, Steering(do, subject, **what), NOW)).text


@pytest.mark.parametrize("subject", ["U1", "The CTO", "cto", "ct"])
async def test_an_evaluator_opens_by_id_name_or_its_beginning(stores: Stores, subject: str) -> None:
    told = await ask(stores, Steer.OPEN, subject)
    assert "Found wrong: too generic ×1" in told
    assert "Step 1." in told


async def test_what_opens_is_what_its_person_can_read(stores: Stores) -> None:
    opened, own = await ask(stores, Steer.OPEN, "U1"), await tell_last_told(stores, ANA)
    for part in (*LINE.detail, "Step 1. For a reason."):
        assert part in own
        assert part in opened.replace("**", "")


async def test_whoever_is_not_named_cannot_be_opened(stores: Stores) -> None:
    assert "It names The CTO." in await ask(stores, Steer.OPEN, "U2")


@pytest.mark.parametrize("do", [do for do in Steer if do is not Steer.SHOW])
async def test_nobody_but_a_champion_steers(stores: Stores, do: Steer) -> None:
    assert "Only a champion" in await ask(stores, do, "1" if do is Steer.DONE else "U1", ANA)
    assert await stores.pilots.done_steps(PILOT.key) == frozenset()
    assert await stores.pilots.rhythm(PILOT.key, ANA) == Rhythm()


@pytest.mark.parametrize(
    ("subject", "done"), [("", {"s1", "s2"}), ("2", {"s2"}), ("s1", {"s1"}), ("7", set()), ("0", set())]
)
async def test_steps_are_marked_done_by_number_id_or_all(stores: Stores, subject: str, done: set[str]) -> None:
    told = await ask(stores, Steer.DONE, subject)
    assert await stores.pilots.done_steps(PILOT.key) == done
    assert ("Noted" in told) == bool(done)


async def test_a_snooze_says_until_when_and_ends_early_if_asked(stores: Stores) -> None:
    assert "no digest before Sat 10 Oct" in await ask(stores, Steer.SNOOZE, days=3)
    assert (await stores.pilots.rhythm(PILOT.key, CHAMPION)).snoozed_until == date(2026, 10, 10)
    assert "each day at 8:00 (UTC)" in await ask(stores, Steer.RESUME)
    assert await stores.pilots.rhythm(PILOT.key, CHAMPION) == Rhythm()


async def tell_all(stores: Stores, days: int) -> dict[Member, list[tuple[int, int]]]:
    """(first, last) day of each digest sent to each champion, ticking twice a day for so many days."""
    for hour in range(24, 24 * days, 12):
        await send_digest(stores, PILOT, telling_time(PILOT, STARTS) + timedelta(hours=hour))
    return {
        one: [
            (on - told.covers_days, on)
            for told, on in ((Told(d), d.day) for d in await stores.pilots.digests(PILOT.key, one))
        ]
        for one in PILOT.champions
    }


class Told:
    """How many days before its last a digest covers, read off its own words."""

    def __init__(self, digest: Digest) -> None:
        first = digest.covers.removeprefix("Covers ").partition(" to ")[0]
        begins = datetime.strptime(f"{first} 2026", "%a %d %b %Y").replace(tzinfo=UTC).date() if first else digest.on
        self.covers_days = (digest.on - begins).days


async def test_each_champion_is_told_in_their_own_rhythm_and_no_day_is_lost() -> None:
    stores = open_memory()
    await stores.pilots.save(PILOT)
    await steer_digest(stores, SECOND, Steering(Steer.WEEKLY), NOW)
    told = await tell_all(stores, 16)
    assert told[CHAMPION] == [(1, 2), *((day, day) for day in range(3, 17))]
    assert told[SECOND] == [(1, 7), (8, 14)]


async def test_after_a_snooze_one_digest_covers_the_silence() -> None:
    stores = open_memory()
    await stores.pilots.save(PILOT)
    await steer_digest(stores, CHAMPION, Steering(Steer.SNOOZE, days=5), NOW)  # until Monday 12 October
    assert (await tell_all(stores, 9))[CHAMPION] == [(1, 7), (8, 8), (9, 9)]


async def test_words_do_what_the_buttons_do_and_tell_it_in_private(stores: Stores) -> None:
    means = Means(stores=stores)
    message = Message(id="m", author=CHAMPION, text="digest open the CTO", at=NOW)
    said = await converse(
        means, Turn(message=message, place=Place("W", "channel"), audience=Audience(alone=False)), NOW
    )
    assert isinstance(said, Notice)
    assert "too generic" not in said.text
    contents = []
    while sending := await stores.outbox.next("test", 60):
        contents.append((sending.outgoing.only_to, sending.outgoing.content))
        await stores.outbox.sent(sending.outgoing.key, "m")
    private = [content for only_to, content in contents if only_to == CHAMPION]
    assert len(private) == 1
    assert "too generic" in str(private[0])
