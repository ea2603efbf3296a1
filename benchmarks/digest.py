"""How long a day's figures and digest take on a large pilot, and how much memory.

    python benchmarks/digest.py [--evaluators 300] [--days 90] [--members 5000]

A made-up pilot in an SQLite file: each evaluator asks twice a day and rates one answer in two; everyone else in the
workspace asks now and then. Measured is `send_digest` on the last day: read, measure, compose, commit.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.flows.send_digest import send_digest
from bot.pilot.calendar import telling_time
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource, Pilot
from bot.ports import Effects, Stores
from bot.trust.model import Consent
from bot.turn import Audience, Citation, Decision, Exchange, Member, Message, Place, Reply, Turn
from storage.sql import open_sql

STARTS = date(2026, 1, 5)
WORDS = "how is our data kept safe and what would it take to run it here in our own cloud with our own keys".split()
ANSWER = Reply(
    decision=Decision.ANSWER,
    text="Data is encrypted at rest and kept for 90 days [1]. " * 8,
    confidence=0.8,
    citations=(Citation(number=1, passage="p1", document="security.md", title="Security", excerpt="Encrypted. " * 10),),
)


def make_exchange(member: Member, at: datetime, dice: random.Random) -> Exchange:
    """A question of ordinary length with its answer."""
    text = " ".join(dice.choices(WORDS, k=14))
    message = Message(id=f"{member.id}-{at.timestamp()}", author=member, text=text, at=at)
    turn = Turn(message=message, place=Place("W", f"C{hash(member.id) % 50}"), audience=Audience(alone=False))
    return Exchange(id=message.id, turn=turn, enriched=text, reply=ANSWER, at=at)


def make_effects(members: list[Member], evaluators: int, days: int) -> Iterator[Effects]:
    """Everything that happened, in order of days."""
    dice = random.Random(1)
    for day in range(days):
        for i, member in enumerate(members):
            for number in range(2 if i < evaluators else int(dice.random() < 0.02)):
                at = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(
                    days=day, minutes=i % 400, seconds=number * 30 + i // 400
                )
                exchange = make_exchange(member, at, dice)
                said = Feedback(
                    id=f"f{exchange.id}",
                    exchange=exchange.id,
                    member=member,
                    at=at + timedelta(seconds=10),
                    source=FeedbackSource.THUMBS,
                    kind=FeedbackKind.NONE,
                    satisfaction=dice.choice((1.6, 4.6, 4.6)),
                )
                yield Effects(exchange=exchange, feedback=(said,) if dice.random() < 0.5 else ())


async def fill(stores: Stores, args: argparse.Namespace, pilot: Pilot) -> int:
    """Write the pilot; returns how many questions it holds."""
    members = [Member("W", f"U{i}") for i in range(args.members)]
    await stores.pilots.save(pilot)
    for member in members[: args.evaluators]:
        await stores.consents.save(Consent(member=member, modelling=True, at=datetime(2026, 1, 1, tzinfo=UTC)))
    count = 0
    for effects in make_effects(members, args.evaluators, args.days):
        await stores.journal.commit(effects)
        count += 1
        if count % 5000 == 0:
            print(f"  {count} questions written", flush=True)
    return count


async def main(args: argparse.Namespace) -> None:
    evaluators = tuple(Member("W", f"U{i}") for i in range(args.evaluators))
    champion = Member("W", "champion")
    pilot = Pilot(id="p", workspace="W", name="Large", champions=(champion,), evaluators=evaluators, starts=STARTS)
    with tempfile.TemporaryDirectory() as folder:
        async with open_sql(f"sqlite+aiosqlite:///{Path(folder) / 'digest.db'}") as stores:
            count = await fill(stores, args, pilot)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            begun = time.perf_counter()
            told = await send_digest(stores, pilot, telling_time(pilot, STARTS + timedelta(days=args.days - 1)))
            took = time.perf_counter() - begun
        assert told
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{args.evaluators} evaluators, {args.days} days, {count} questions: digest of {len(told.lines)} lines")
        print(f"  {took:.2f} s, peak {after:.0f} MB (before {before:.0f} MB)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluators", type=int, default=300)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--members", type=int, default=5000)
    asyncio.run(main(parser.parse_args()))
