"""What a second replica brings: `python benchmarks/replicas.py`. Prints two lines and no more.

One and then two processes work off the same queue of questions on one PostgreSQL (DAYTWO_TEST_POSTGRES_URL, by default
postgresql://postgres@127.0.0.1:5432/test), through the real flows, each with as many workers as `daytwo serve` has. A
model stands in that takes a fixed second. They take turns, and the ratio of their medians is told; the order within
each conversation is checked.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import asyncpg

from adapters.slack.translate import identify, read
from adapters.talk import handle
from bot.answering.model import Draft, Prompt
from bot.flows.ingest import ingest
from bot.flows.means import Means
from bot.flows.work import WORKERS, work_next, work_until
from bot.knowledge.model import Document
from bot.ports import Lease, Stores
from storage.sql import open_sql

SERVER = os.environ.get("DAYTWO_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
CONVERSATIONS, TURNS, ROUNDS = 32, 3, 3
MODEL_SECONDS = 1.0
TEXT = "# Relay\n\n## Retention\n\nThe retention of messages is 14 days: that is how long messages are kept.\n"
START = datetime(2000, 1, 1, tzinfo=UTC)


class Model:
    """A model whose time dominates."""

    name = "claude"

    async def answer(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Draft:
        await asyncio.sleep(MODEL_SECONDS)
        held = tuple(passage for passage, _, _ in prompt.documents)[:1]
        return Draft(text="Messages are kept for 14 days. [1]", passages=held, engine="claude")

    async def close(self) -> None:
        """Nothing is held."""


async def main() -> None:
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        for replicas, taken in seconds.items():
            taken.append(await run(replicas))
    one, two = (statistics.median(taken) for taken in seconds.values())
    print(
        f"{CONVERSATIONS * TURNS} questions in {CONVERSATIONS} conversations, {WORKERS} workers a replica, PostgreSQL"
    )
    print(f"one replica {one:.1f} s, two {two:.1f} s: {one / two:.2f} times as fast, order kept in each conversation")


async def run(replicas: int) -> float:
    """Seconds in which so many replicas work off a queue of their own."""
    schema = f"bench_{secrets.token_hex(6)}"
    connection = await asyncpg.connect(SERVER)
    await connection.execute(f"CREATE SCHEMA {schema}")
    url = f"{SERVER.replace('postgresql://', 'postgresql+asyncpg://')}?schema={schema}"
    try:
        async with open_sql(url) as stores:
            await fill(stores)
            workers = [await start(url) for _ in range(replicas)]
            started = time.perf_counter()
            for worker in workers:
                assert worker.stdin
                worker.stdin.write(b"go\n")
            while (await stores.inbox.depths())["done"] < CONVERSATIONS * TURNS:  # noqa: ASYNC110 - others do it
                await asyncio.sleep(0.05)
            taken = time.perf_counter() - started
            for worker in workers:
                worker.kill()
                await worker.wait()
            await check_order(stores)
            return taken
    finally:
        await connection.execute(f"DROP SCHEMA {schema} CASCADE")
        await connection.close()


async def fill(stores: Stores) -> None:
    """A document, and the questions."""
    await ingest(stores.knowledge, "T1", [Document(path="a.md", title="Relay", text=TEXT, digest="1")])
    for turn in range(TURNS):
        for number in range(CONVERSATIONS):
            about = {"user": f"U{number}", "channel": f"C{number}", "ts": f"{1_800_000_000 + turn}.000001"}
            question = "<@UBOT> How long is the retention of messages?"
            event = {"type": "app_mention", "thread_ts": "1800000000.000001", "text": question, **about}
            kept = identify({"type": "event_callback", "team_id": "T1", "event": event}, datetime.now(UTC))
            assert kept
            await stores.inbox.receive(kept)


async def check_order(stores: Stores) -> None:
    """Each conversation was answered by the model, in the order it was asked in, and all of it."""
    exchanges = await stores.journal.exchanges("T1", START, datetime.now(UTC) + timedelta(days=1))
    if any(one.reply.engine != Model.name for one in exchanges):
        raise RuntimeError("the model was not asked")
    for number in range(CONVERSATIONS):
        answered = [one.id for one in sorted(exchanges, key=lambda one: one.at) if one.id.startswith(f"C{number}:")]
        if len(answered) != TURNS or answered != sorted(answered):
            raise RuntimeError(f"conversation {number} was answered out of order: {answered}")


async def start(url: str) -> asyncio.subprocess.Process:
    """A replica that is ready to work, and waits for a line to begin."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, __file__, url, stdin=pipe, stdout=pipe)
    assert process.stdout
    await process.stdout.readline()
    return process


async def work(url: str) -> None:
    """One replica."""
    async with open_sql(url, migrate=False) as stores:
        means = Means(stores=stores, engine=Model(), budget_person_day=1e9, budget_pilot_day=1e9)

        async def handle_it(lease: Lease) -> None:
            did = read(lease.event.body, "UBOT", lease.event.received_at)
            await handle(means, "slack", did, lease, lambda: datetime.now(UTC))

        await stores.knowledge.glossary("T1")
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        step = partial(work_next, stores, handle_it, str(os.getpid()), lambda: datetime.now(UTC))
        await asyncio.gather(*(work_until(asyncio.Event(), step) for _ in range(WORKERS)))


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]) if len(sys.argv) > 1 else main())
