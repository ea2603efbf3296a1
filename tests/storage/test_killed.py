"""A process that is killed at any moment has lost nothing that it acknowledged, and done nothing twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap

import pytest
from storage_samples import AT

from bot.ports import Event
from storage.engine import open_database
from storage.sql import open_sql
from storage.transfer import check

# Receives events and works on them, several at once; says on one line each what has been committed.
WORK = """
import asyncio, sys
from datetime import UTC, datetime
from bot.ports import Effects, Event, Notice, Outgoing
from bot.turn import Place
from storage.sql import open_sql

def say(*words):
    print(*words, flush=True)

async def receive(stores, name):
    for n in range(10_000):
        event = Event(platform="p", id=f"{name}-{n}", workspace="W", conversation=f"C{n % 5}", body={},
                      received_at=datetime.now(UTC))
        await stores.inbox.receive(event)
        say("received", event.id)

async def work(stores):
    while True:
        if lease := await stores.inbox.lease("worker", 0.2):
            id = lease.event.id
            outgoing = Outgoing(key=id, platform="p", place=Place("W", lease.event.conversation), content=Notice(id))
            await stores.journal.commit(Effects(outgoing=(outgoing,), done=lease))
            say("done", id)
        await asyncio.sleep(0)

async def send(stores):
    while True:
        if sending := await stores.outbox.next("sender", 0.2):
            key = sending.outgoing.key
            say("unsure" if sending.uncertain else "sending", key)
            await stores.outbox.sent(key, f"message {key}")
            say("sent", key)
        await asyncio.sleep(0)

async def main(url, run):
    async with open_sql(url) as stores:
        say("open")
        receiving = [receive(stores, f"{run}{n}") for n in range(3)]
        await asyncio.gather(*receiving, work(stores), work(stores), send(stores))

asyncio.run(main(*sys.argv[1:]))
"""


def run_until_killed(url: str, run: int, lines: int) -> list[list[str]]:
    """Let a process work until it has said so many lines, kill it, and give all whole lines it said."""
    command = [sys.executable, "-c", textwrap.dedent(WORK), url, str(run)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.send_signal(signal.SIGKILL)
        said += process.stdout.readlines()
    assert said[0] == "open\n"
    return [line.split() for line in said[1:] if line.endswith("\n")]


def make_event(id: str) -> Event:
    return Event(platform="p", id=id, workspace="W", conversation="C", body={}, received_at=AT)


@pytest.mark.parametrize("seed", [1])
async def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(url: str, seed: int) -> None:
    lengths = random.Random(seed)
    said: list[list[str]] = []
    for run in range(3):
        said += run_until_killed(url, run, lengths.randint(5, 120))
    ids = {word: [name for what, name in said if what == word] for word in ("received", "done", "sending", "sent")}
    async with open_sql(url) as stores:
        received = set(ids["received"])
        known = [not await stores.inbox.receive(event) for event in map(make_event, received)]
        assert all(known)
        delivered = [await stores.outbox.message(key) for key in ids["sent"]]
        assert all(delivered)
        in_outbox = sum((await stores.outbox.depths()).values())
        assert in_outbox == (await stores.inbox.depths())["done"] >= len(set(ids["done"]))
    for what in ("received", "done", "sending", "sent"):
        assert len(ids[what]) == len(set(ids[what])), what
    database = open_database(url)
    assert await check(database) == ""
    await database.close()
