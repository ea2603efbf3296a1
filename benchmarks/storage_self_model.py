"""How fast self-models are read, saved and learned with SQLite: `python benchmarks/storage_self_model.py`.

Prints medians in milliseconds, for a self-model in the process's memory (its version is compared with the database's)
and for one that is not, and messages observed and revised a second, each committed to disk before the next.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bot.ports import SelfModels
from bot.self_model.model import Observation, SelfModel, Source
from bot.self_model.observe import observe
from bot.self_model.revise import revise
from bot.turn import Member, Message
from storage.sql import open_sql

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BELIEFS, EVIDENCE = 200, 2
WORDS = (
    "I run the data platform team and we use Snowflake and Airflow.",
    "what does exactly-once mean for consumer offsets in Kafka?",
    "ok thanks, that helps",
    "My goal is to move the billing service to streaming this quarter.",
    "Please keep it short, bullets are fine.",
    "not sure I follow, what is a partition?",
)


def make_model(member: Member) -> SelfModel:
    """A self-model of 200 beliefs with two observations each, as revising leaves it."""
    observations = (
        Observation(
            address=f"expertise:topic{n}",
            value="advanced",
            weight=0.5,
            source=Source.STATED,
            quote="we have been running this in production",
            message=f"C1:{n}.{m}",
            at=AT + timedelta(hours=n, days=m),
            permalink=f"https://chat.example/archives/C1/p{n}{m}",
        )
        for n in range(BELIEFS)
        for m in range(EVIDENCE)
    )
    return revise(SelfModel(member=member), observations, AT + timedelta(days=10))


async def take_median(work: Callable[[], Awaitable[object]], times: int = 101) -> float:
    """Median milliseconds of doing some work."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        await work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


async def time_reading(url: str) -> None:
    """Print how long it takes to read 200 beliefs, and to save one that changed."""
    member = Member("W1", "U1")
    async with open_sql(url) as stores:
        current = await stores.self_models.save(make_model(member))
        print(f"load, {BELIEFS} beliefs, again: {await take_median(lambda: stores.self_models.load(member)):.2f} ms")
        turn = count()

        async def change_one() -> None:
            nonlocal current
            changed = list(current.beliefs)
            n = next(turn) % BELIEFS
            changed[n] = replace(changed[n], confidence=changed[n].confidence * 0.99)
            current = await stores.self_models.save(replace(current, beliefs=tuple(changed)))

        print(f"save, 1 of {BELIEFS} beliefs changed: {await take_median(change_one):.2f} ms")
    others = [Member("W1", f"U{n}") for n in range(2, 24)]
    async with open_sql(url) as stores:
        for one in others:
            await stores.self_models.save(make_model(one))
    async with open_sql(url) as stores:
        firsts = [await take_median(lambda one=one: stores.self_models.load(one), times=1) for one in others]
    print(f"load, {BELIEFS} beliefs, not in memory: {statistics.median(firsts[1:]):.2f} ms")
    print(f"load, {BELIEFS} beliefs, the first of all, with the connection opened: {firsts[0]:.2f} ms")


async def learn(self_models: SelfModels, member: Member, messages: int) -> None:
    """Observe, revise and save a member's messages, one by one."""
    for n in range(messages):
        at = AT + timedelta(minutes=37 * n)
        message = Message(id=f"C1:{n}", author=member, text=WORDS[n % len(WORDS)], at=at)
        observations = observe(message)
        if observations:
            await self_models.save(revise(await self_models.load(member), observations, at))


async def time_learning(url: str, members: int, messages: int) -> None:
    """Print how many messages a second are observed, revised and saved, where so many people write at once."""
    async with open_sql(url) as stores:
        start = time.perf_counter()
        people = [Member(f"W{members}", f"U{n}") for n in range(members)]
        await asyncio.gather(*(learn(stores.self_models, member, messages) for member in people))
        taken = time.perf_counter() - start
    print(f"observed, revised and saved, {members} at once: {members * messages / taken:.0f} messages/s")


def main() -> None:
    """Run all of it on a file that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'benchmark.db'}"
        asyncio.run(time_reading(url))
        asyncio.run(time_learning(url, members=8, messages=150))
        asyncio.run(time_learning(url, members=1, messages=300))


if __name__ == "__main__":
    main()
