"""What must hold after a seed: nothing acknowledged is lost, no effect is there twice, the database is whole."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from child import LEASE
from rig import call
from workload import CHAMPION, MESSAGES, PEOPLE, PILOT, TEAM, channel_of, exchange_id

from bot.flows.respond import REPLY
from bot.trust.model import AuditKind
from bot.turn import Member
from storage.engine import open_database
from storage.sql import open_sql
from storage.transfer import check

FIGURES = (
    "acknowledged and lost",
    "effects twice",
    "second model calls where stored",
    "takeovers over lease + 5 s",
    "integrity faults",
    "not purged",
    "digests missing",
    "lives that failed",
    "out of order",
    "learned nothing",
    "streams left open",
)
SLACK = 5.0  # seconds over the lease


async def read_database(url: str, seed: int) -> dict[str, Any]:
    """What a database holds at the end of a seed."""
    start, now = datetime(2000, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=365)
    async with open_sql(url, migrate=False) as stores:
        exchanges = await stores.journal.exchanges(TEAM, start, now)
        audit = await stores.journal.audit(TEAM, start, now)
        costs = await stores.journal.costs(TEAM, start, now)
        models = [await stores.self_models.load(Member(TEAM, f"U{n}")) for n in range(PEOPLE)]
        found = {
            "exchanges": [one.id for one in exchanges if one.turn.place.channel == channel_of(seed)],
            "answered": [str(one.detail["exchange"]) for one in audit if one.kind is AuditKind.ANSWERED],
            "digests": len(await stores.pilots.digests(PILOT.key)),
            "told": sum(one.kind is AuditKind.DIGEST_SENT for one in audit),
            "costs": [one.id for one in costs],
            "words": sum(bool(one.turn.message.text) for one in exchanges if one.turn.place.channel == "Cold"),
            "beliefs": sum(bool(one.beliefs) for one in models),
            "unanswered": len(await stores.journal.reviews(TEAM)),
        }
    database = open_database(url)
    try:
        return found | {"integrity": await check(database)}
    finally:
        await database.close()


def judge(url: str, seed: int, log: Sequence[Mapping[str, Any]], posted: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The figures of a seed; all of `FIGURES` are to be 0."""
    held = call(lambda: asyncio.run(read_database(url, seed)))
    keys = Counter(key for one in posted if (key := key_of(one)).startswith(f"{REPLY}{channel_of(seed)}:"))
    digests = sum(is_digest(one) for one in posted)
    acked = {f"{REPLY}{channel_of(seed)}:{one['about'].rsplit('/', 1)[1]}" for one in log if is_question(one)}
    late = find_takeovers(log)
    counted = [*Counter(held["exchanges"]).values(), *Counter(held["answered"]).values(), *keys.values()]
    return {
        "acknowledged and lost": len([key for key in acked if not keys[key]]) + held["unanswered"],
        "effects twice": sum(count - 1 for count in (*counted, max(1, digests), max(1, held["digests"]))),
        "second model calls where stored": count_second_calls(log),
        "takeovers over lease + 5 s": sum(one > LEASE + SLACK for one in late),
        "integrity faults": int(bool(held["integrity"])),
        "not purged": held["words"],
        "digests missing": int(digests == 0),
        "out of order": count_out_of_order(seed, posted),
        "second model calls where nothing was stored": count_calls(log) - len({*called(log)}),
        "learned nothing": PEOPLE - held["beliefs"],
        "streams left open": sum(one.get("method") == "chat.startStream" and not key_of(one) for one in posted),
        "takeovers": len(late),
        "slowest takeover, ms": round(1000 * max(late, default=0)),
        "messages": len(acked),
    }


def is_question(line: Mapping[str, Any]) -> bool:
    """Whether a line tells that a question was acknowledged; an edit of one is nothing to answer by itself."""
    return bool(line["what"] == "acked") and str(line["about"]).startswith("said/")


def key_of(post: Mapping[str, Any]) -> str:
    """The outbox's key that travels with a post's first part, else ""."""
    payload = (post.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("key", "")) if payload.get("part") == 0 else ""


def is_digest(post: Mapping[str, Any]) -> bool:
    return key_of(post).startswith("digest/") and CHAMPION.id in str(post["channel"])


def called(log: Sequence[Mapping[str, Any]]) -> list[str]:
    return [one["about"] for one in log if one["what"] == "called"]


def count_calls(log: Sequence[Mapping[str, Any]]) -> int:
    return len(called(log))


def count_second_calls(log: Sequence[Mapping[str, Any]]) -> int:
    """Model calls for an exchange that had been stored before; not those of a process whose lease another one had taken
    over meanwhile, which cannot know that it is late and whose effects are refused."""
    stored: set[str] = set()
    holder: dict[str, int] = {}
    second = 0
    for one in log:
        if one["what"] == "stored":
            stored.add(one["about"])
        elif one["what"] == "leased":
            holder[name_of(one)] = one["run"]
        elif one["what"] == "called":
            seed, _, number = one["about"].partition("-")
            exchange = exchange_id(int(seed), int(number))
            second += exchange in stored and holder.get(exchange, one["run"]) == one["run"]
    return second


def find_takeovers(log: Sequence[Mapping[str, Any]]) -> list[float]:
    """Seconds from each kill until what the dead held was in somebody's hands again."""
    waits = []
    for index, kill in enumerate(log):
        if kill["what"] == "killed":
            for begin, finish in (("leased", "stored"), ("sending", "sent")):
                mine = [one for one in log[:index] if one["run"] == kill["run"]]
                ended = {name_of(one) for one in mine if one["what"] == finish}
                held = {name_of(one) for one in mine if one["what"] == begin} - ended
                for name in held:
                    again = (o["at"] for o in log[index:] if o["what"] == begin and name_of(o) == name)
                    waits += [at - kill["at"] for at in [next(again, None)] if at is not None]
    return waits


def name_of(line: Mapping[str, Any]) -> str:
    """What a line is about: an event and its exchange by the same name."""
    return str(line["about"]).removeprefix("said/").replace("/", ":")


def count_out_of_order(seed: int, posted: Sequence[Mapping[str, Any]]) -> int:
    """Replies in a thread that came before the reply to an earlier message there."""
    threads: dict[str, list[str]] = {}
    for one in posted:
        if key_of(one).startswith(f"{REPLY}{channel_of(seed)}:"):
            threads.setdefault(str(one.get("thread_ts")), []).append(key_of(one))
    return sum(keys != sorted(keys) for keys in threads.values()) if MESSAGES else 0
