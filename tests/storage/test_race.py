"""Processes that race for the same digests: each slot is won by exactly one."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

PROCESSES, SLOTS = 8, 200

# Says that it is ready, waits for a line, then tries for every slot, and says which it won.
RACE = """
import asyncio, random, sys
from datetime import UTC, date, datetime, timedelta
from bot.pilot.model import PilotKey
from bot.turn import Member
from storage.sql import open_sql

async def main(url, slots, seed):
    order = list(range(slots))
    random.Random(seed).shuffle(order)
    async with open_sql(url, migrate=False) as stores:
        await stores.pilots.all()
        print("ready", flush=True)
        sys.stdin.readline()
        for n in order:
            champion, day = Member("W1", f"U{n % 20}"), date(2026, 3, 2) + timedelta(days=n // 20)
            if await stores.pilots.claim(PilotKey("W1", "p1"), champion, day, datetime.now(UTC)):
                print(n, flush=True)

asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
"""


def test_eight_processes_that_race_for_digests_win_each_slot_once(url: str) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, url, str(SLOTS), str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(PROCESSES)
    ]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:  # all are ready before the first may start
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    won = Counter(number for racer in racers for number in racer.communicate(timeout=120)[0].split())
    assert [racer.returncode for racer in racers] == [0] * PROCESSES
    assert len(won) == SLOTS
    assert set(won.values()) == {1}
