"""What a seed sends, and what the database holds before: documents, consents, a pilot, words that are due to go."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.flows.ingest import ingest
from bot.knowledge.model import Document
from bot.pilot.model import Pilot
from bot.ports import Effects, Stores
from bot.trust.model import Consent
from bot.turn import EVERYONE, Audience, Decision, Exchange, Member, Message, Place, Reply, Turn
from storage.sql import open_sql

TEAM, MODEL = "T1", "claude-sonnet-5-5"
MESSAGES, PEOPLE, OLD = 6, 6, 5
CHAMPION = Member(TEAM, "U0")
HANDBOOK = """# Relay handbook

## Retention
The retention of messages is 14 days: that is how long messages are kept in any case, for a data engineer, a product
manager, the CTO, an analyst or a data scientist. The setting `RELAY_RETENTION_DAYS` changes this; the longest is 90
days. Longer retention costs disk: a million messages take about 2 GB.
"""
PILOT = Pilot(
    id="p1",
    workspace=TEAM,
    name="Pilot",
    champions=(CHAMPION,),
    evaluators=tuple(Member(TEAM, f"U{n}") for n in range(1, PEOPLE)),
    starts=date(2026, 3, 2),
    ends=date(2026, 4, 1),
    platform="slack",
)
ROLES = ("a data engineer", "a product manager", "the CTO", "an analyst", "a data scientist", "a product manager")


def make_payloads(seed: int, run: int, *, edits: bool = False) -> Sequence[dict[str, Any]]:
    """A seed's events: questions with a word about oneself, in four threads, from six people. A platform repeats itself
    up to four times and mixes up threads; after a crash it sends all again. With `edits` it tells of an edit of each
    thread's first message before it tells of that message."""
    chance = random.Random(f"{seed}/{run}")
    threads: dict[int, list[dict[str, Any]]] = {}
    for number in range(MESSAGES):
        first = [make_edit(seed, number)] if edits and number < 4 else []
        threads.setdefault(number % 4, []).extend([*first, make_payload(seed, number)])
    order: list[dict[str, Any]] = []
    while any(threads.values()):
        queue = chance.choice([one for one in threads.values() if one])
        order += [queue.pop(0)]
        order += [chance.choice(order) for _ in range(chance.choice((0, 0, 1, 3)))]
    return order


def make_payload(seed: int, number: int) -> dict[str, Any]:
    """One mention, as Slack sends it."""
    text = f"I'm {ROLES[number % PEOPLE]}. How long is the retention of messages? (case {seed}-{number})"
    event = {
        "type": "app_mention",
        "user": f"U{number % PEOPLE}",
        "channel": channel_of(seed),
        "ts": stamp_of(number),
        "thread_ts": stamp_of(number % 4),
        "text": f"<@UBOT> {text}",
    }
    return {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{seed}-{number}", "event": event}


def make_edit(seed: int, number: int) -> dict[str, Any]:
    """The same mention, edited, as Slack tells of it."""
    payload = make_payload(seed, number)
    said = payload["event"]
    before = {name: said[name] for name in ("user", "ts", "text")}
    after = before | {"text": f"{said['text']} Please.", "edited": {"user": said["user"], "ts": said["ts"]}}
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel": said["channel"],
        "ts": said["ts"],
        "message": {"type": "message", **after},
        "previous_message": {"type": "message", **before},
    }
    return payload | {"event_id": f"EvEdit{seed}-{number}", "event": event}


def make_said(seed: int) -> list[dict[str, Any]]:
    """What people wrote, as the platform holds it."""
    said = [make_payload(seed, number)["event"] for number in range(MESSAGES)]
    return [{**one, "type": "message"} for one in said]


def channel_of(seed: int) -> str:
    return f"CT{seed}"


def stamp_of(number: int) -> str:
    return f"1791190000.{number + 1:06d}"


def exchange_id(seed: int, number: int) -> str:
    return f"{channel_of(seed)}:{stamp_of(number)}"


async def prepare(url: str) -> None:
    """Bring a database up to date and fill it with what every seed starts from; safe to repeat."""
    async with open_sql(url) as stores:
        digest = hashlib.sha256(HANDBOOK.encode()).hexdigest()
        document = Document(
            path="handbook.md", title="Handbook", text=HANDBOOK, digest=digest, readers=frozenset({EVERYONE})
        )
        await ingest(stores.knowledge, TEAM, [document])
        for number in range(PEOPLE):
            member = Member(TEAM, f"U{number}")
            await stores.consents.save(Consent(member=member, modelling=True, at=datetime(2026, 3, 1, tzinfo=UTC)))
        await stores.pilots.save(PILOT)
        await add_old_words(stores)


async def add_old_words(stores: Stores) -> None:
    """Exchanges of years ago."""
    for number in range(OLD):
        at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=number)
        author = Member(TEAM, f"U{number}")
        message = Message(id=f"Cold:{number}", author=author, text="old words", at=at)
        place = Place(TEAM, "Cold", str(number))
        turn = Turn(message=message, place=place, audience=Audience(alone=False, grants=frozenset({EVERYONE})))
        reply = Reply(decision=Decision.DECLINE, text="old words too", confidence=0.5)
        await stores.journal.commit(
            Effects(exchange=Exchange(id=message.id, turn=turn, enriched="old words", reply=reply, at=at))
        )
