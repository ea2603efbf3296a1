"""What was forgotten never comes back by itself: random histories of saying, forgetting and hearing old words again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows.forget import forget_all, forget_message, forget_some
from bot.flows.learn import learn
from bot.ports import Stores
from bot.self_model.model import SelfModel
from bot.self_model.revise import as_of, read
from bot.self_model.values import same_value
from bot.trust.consent import agree
from bot.trust.model import Receipt
from bot.turn import Member, Message
from storage.memory import open_memory

START = datetime(2026, 10, 5, 9, tzinfo=UTC)
SOMEONE = Member("acme", "someone")
SAID = (
    "I'm a data engineer",
    "I'm a product manager",
    "Actually I'm an architect now",
    "We use Kafka for events",
    "We use Snowflake",
    "we don't use Snowflake any more",
    "I'm working on the billing migration",
    "The billing migration is done",
    "My goal is to cut the warehouse bill",
    "I'm new to Kafka",
    "keep it short please",
    "What is a consumer group?",
    "How do I tune the partition count of a Kafka topic?",
)
FORGOTTEN = (
    ("", ""),
    ("role", ""),
    ("role", "data engineer"),
    ("tool:streaming", "Kafka"),
    ("tool:warehouse", ""),
    ("project", ""),
    ("goal", ""),
    ("expertise:kafka", ""),
    ("preference:length", "short"),
)


@dataclass(frozen=True)
class Say:
    """A new message."""

    text: str


@dataclass(frozen=True)
class Hear:
    """An old message, heard again: a redelivery, a replay, a late arrival."""

    number: int


@dataclass(frozen=True)
class Forget:
    """A deletion; address and value as in a tombstone."""

    address: str
    value: str


STEPS = st.lists(
    st.one_of(
        st.sampled_from(SAID).map(Say),
        st.integers(0, 30).map(Hear),
        st.sampled_from(FORGOTTEN).map(lambda one: Forget(*one)),
    ),
    min_size=2,
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(steps=STEPS, hours=st.integers(1, 200))
def test_what_was_forgotten_comes_back_only_when_it_is_said_anew(steps: list[object], hours: int) -> None:
    """After every step: no belief, held or past, rests on words that were written before they were to be forgotten."""
    asyncio.run(live_through(steps, timedelta(hours=hours)))


async def live_through(steps: list[object], pause: timedelta) -> None:
    """Carry the steps out, one after the other, and look after each."""
    stores = open_memory()
    await stores.consents.save(agree(await stores.consents.load(SOMEONE), START))
    said: list[Message] = []
    forgotten: list[tuple[Forget, datetime]] = []
    for number, step in enumerate(steps):
        now = START + number * pause
        if isinstance(step, Say):
            said.append(Message(id=f"m{number}", author=SOMEONE, text=step.text, at=now))
            await learn(stores, said[-1], now)
        elif isinstance(step, Hear) and said:
            await learn(stores, said[step.number % len(said)], now)
        elif isinstance(step, Forget):
            await forget(stores, step, f"forget/{number}", now)
            forgotten.append((step, now))
        model = await stores.self_models.load(SOMEONE)
        for seen in (model, read(model, now), as_of(model, now), as_of(model, START + pause)):
            check(seen, forgotten)


async def forget(stores: Stores, step: Forget, id: str, now: datetime) -> None:
    if step.address:
        await forget_some(stores, SOMEONE, ((step.address, step.value),), id=id, at=now)
    else:
        await forget_all(stores, SOMEONE, id=id, at=now)


def check(model: SelfModel, forgotten: list[tuple[Forget, datetime]]) -> None:
    """Raises where something forgotten is there again."""
    for belief in (*model.beliefs, *model.past):
        for one, at in forgotten:
            concerns = one.address in ("", belief.address) and (
                not one.value or same_value(belief.address, one.value, belief.value)
            )
            if concerns:
                old = [seen for seen in belief.evidence if seen.at <= at and seen.value == belief.value]
                assert not old, f"{belief.address}={belief.value} came back after it was forgotten"


def test_a_deleted_message_takes_along_only_what_rests_on_it_alone() -> None:
    async def story() -> tuple[SelfModel, SelfModel, Receipt | None, Receipt | None]:
        stores = open_memory()
        await stores.consents.save(agree(await stores.consents.load(SOMEONE), START))
        for number, text in enumerate(("We use Kafka for events", "I'm a data engineer", "I'm a data engineer")):
            at = START + timedelta(days=number)
            await learn(stores, Message(id=f"m{number}", author=SOMEONE, text=text, at=at), at)
        now = START + timedelta(days=5)
        first = await forget_message(stores, SOMEONE, "m1", at=now)
        before = await stores.self_models.load(SOMEONE)
        await forget_message(stores, SOMEONE, "m2", at=now)
        unknown = await forget_message(stores, SOMEONE, "m9", at=now)
        return before, await stores.self_models.load(SOMEONE), first, unknown

    before, after, receipt, unknown = asyncio.run(story())
    assert before.at("role") is not None
    assert after.at("role") is None
    assert after.at("tool:streaming") is not None
    assert receipt is not None
    assert receipt.removed["observations"] >= 1
    assert unknown is None


def test_forgetting_what_is_not_held_still_keeps_it_from_being_learned() -> None:
    """A deletion that arrives before the message it is about, as with a late delivery."""

    async def story() -> SelfModel:
        stores = open_memory()
        await stores.consents.save(agree(await stores.consents.load(SOMEONE), START))
        await forget_some(stores, SOMEONE, (("role", ""),), id="f", at=START + timedelta(hours=1))
        late = Message(id="m", author=SOMEONE, text="I'm a data engineer", at=START)
        await learn(stores, late, START + timedelta(hours=2))
        return await stores.self_models.load(SOMEONE)

    assert asyncio.run(story()).at("role") is None
