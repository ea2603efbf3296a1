"""What a database adds to the contract: it outlives the process, is shared between processes, and can be away."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from storage_samples import ANA, AT, make_exchange, make_model, make_outgoing, make_receipt

from bot.enrichment.model import EnrichedQuery
from bot.errors import Misconfigured, Superseded, Unavailable
from bot.knowledge.model import Document, Passage
from bot.ports import Effects, Event, Stores
from bot.turn import EVERYONE
from storage.engine import open_database
from storage.sql import open_sql
from storage.tables import METADATA

GRANTS = frozenset({EVERYONE})
DOCUMENT = Document(path="a.md", title="A", text="", digest="d")


def make_event(id: str = "e1", at: datetime = AT) -> Event:
    return Event(platform="slack", id=id, workspace="W1", conversation="C1", body={"text": "zebra"}, received_at=at)


async def read_everything(url: str) -> str:
    """All that all tables hold, as text."""
    database = open_database(url)
    async with database.read() as connection:
        rows = [(await connection.execute(table.select())).all() for table in METADATA.sorted_tables]
    await database.close()
    return repr(rows)


async def test_what_was_acknowledged_is_there_after_a_restart(url: str) -> None:
    async with open_sql(url) as stores:
        await stores.inbox.receive(make_event())
        await stores.inbox.lease("worker that dies", -1)
        await stores.self_models.save(make_model())
        await stores.journal.commit(Effects(exchange=make_exchange(), outgoing=(make_outgoing("k1"),)))
        await stores.outbox.next("worker that dies", -1)
    async with open_sql(url) as stores:
        lease = await stores.inbox.lease("worker", 60)
        assert lease is not None
        assert (lease.event, lease.attempt) == (make_event(), 2)
        assert await stores.self_models.load(ANA) == replace(make_model(), version=1)
        sending = await stores.outbox.next("worker", 60)
        assert sending is not None
        assert sending.uncertain


async def test_processes_see_each_others_self_models(url: str) -> None:
    async with open_sql(url) as here, open_sql(url) as there:
        first = await here.self_models.save(make_model())
        second = await there.self_models.save(replace(await there.self_models.load(ANA), beliefs=()))
        assert await here.self_models.load(ANA) == second
        with pytest.raises(Superseded):
            await there.self_models.save(first)


async def test_processes_see_each_others_documents(url: str) -> None:
    passage = Passage(id="a.md#0", document="a.md", title="A", text="The zebra is striped.")
    async with open_sql(url) as here, open_sql(url) as there:
        assert await here.knowledge.search("W1", EnrichedQuery(text="zebra"), GRANTS, 3) == ()
        await there.knowledge.replace("W1", DOCUMENT, (passage,))
        assert len(await here.knowledge.search("W1", EnrichedQuery(text="zebra"), GRANTS, 3)) == 1
        await there.knowledge.remove("W1", "a.md")
        assert await here.knowledge.search("W1", EnrichedQuery(text="zebra"), GRANTS, 3) == ()


async def test_two_processes_share_a_queue_in_order(url: str) -> None:
    async with open_sql(url) as here, open_sql(url) as there:
        for n in range(20):
            event = replace(make_event(f"e{n:02}"), conversation=f"C{n % 3}")
            await (here, there)[n % 2].inbox.receive(event)
        done: dict[str, list[str]] = {}

        async def work(stores: object, name: str) -> None:
            inbox = here.inbox if stores is here else there.inbox
            while lease := await inbox.lease(name, 60):
                done.setdefault(lease.event.conversation, []).append(lease.event.id)
                await inbox.finish(lease)

        await asyncio.gather(work(here, "a"), work(there, "b"), work(here, "c"), work(there, "d"))
    assert done == {f"C{c}": [f"e{n:02}" for n in range(c, 20, 3)] for c in range(3)}


async def test_what_is_done_or_delivered_keeps_no_words(url: str) -> None:
    async with open_sql(url) as stores:
        await stores.inbox.receive(make_event())
        lease = await stores.inbox.lease("worker", 60)
        await stores.journal.commit(Effects(outgoing=(make_outgoing("k1"),), done=lease))
        await stores.outbox.next("worker", 60)
        assert "Kafka" in await read_everything(url)
        await stores.outbox.sent("k1", "1")
    everything = await read_everything(url)
    assert "zebra" not in everything
    assert "Kafka" not in everything


async def test_nothing_erased_is_left_in_any_row(url: str) -> None:
    async with open_sql(url) as stores:
        seen = await stores.self_models.save(make_model())
        await stores.journal.commit(Effects(exchange=make_exchange(), outgoing=(make_outgoing("k1"),)))
        await stores.outbox.next("worker", 60)
        await stores.outbox.failed("k1", "channel_not_found", None)
        given_up = replace(make_event(), body={"user": ANA.id, "text": "zebra"})
        await stores.inbox.receive(given_up)
        for _ in range(5):
            lease = await stores.inbox.lease("worker", 60)
            assert lease is not None
            await stores.inbox.release(lease, "no model", 0.0)
        everything = await read_everything(url)
        assert "zebra" in everything
        assert "Kafka" in everything
        assert "words number" in everything
        assert "secret" in everything
        await stores.self_models.erase(replace(seen, beliefs=(), past=()), make_receipt())
    everything = await read_everything(url)
    assert "words number" not in everything
    assert "secret" not in everything
    assert "billing" not in everything
    assert "zebra" not in everything
    assert "holds it for 7 days" not in everything


async def test_a_save_writes_no_row_that_did_not_change(url: str) -> None:
    async with open_sql(url) as stores:
        await stores.self_models.save(make_model())
    database = open_database(url)
    async with database.write() as connection:
        await connection.execute(text("UPDATE belief SET mass = 99 WHERE address = 'role'"))
    await database.close()
    async with open_sql(url) as stores:
        seen = await stores.self_models.load(ANA)
        changed = replace(seen.beliefs[1], confidence=0.1)
        async with open_sql(url) as other:  # it never saw the first belief, so it could not write it back unchanged
            await other.self_models.load(ANA)
            await stores.self_models.save(replace(seen, beliefs=(seen.beliefs[0], changed)))
            held = (await other.self_models.load(ANA)).beliefs
    assert [one.mass for one in held] == [99, 1.5]
    assert [one.confidence for one in held] == [0.75, 0.1]


async def test_moments_are_kept_to_the_microsecond_in_utc(url: str) -> None:
    elsewhere = datetime(2026, 3, 2, 23, 30, 0, 7, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    async with open_sql(url) as stores:
        await stores.inbox.receive(make_event(at=elsewhere))
        lease = await stores.inbox.lease("worker", 60)
    assert lease is not None
    assert lease.event.received_at == elsewhere
    assert lease.event.received_at.tzinfo == UTC


async def test_an_event_that_cannot_be_written_fails_alone(url: str) -> None:
    naive = make_event("naive", at=datetime(2026, 3, 2))  # noqa: DTZ001 - what is not allowed
    async with open_sql(url) as stores:
        events = [make_event("e1"), naive, make_event("e2")]
        results = await asyncio.gather(*map(stores.inbox.receive, events), return_exceptions=True)
        assert [results[0], results[2]] == [True, True]
        assert isinstance(results[1], Exception)
        assert (await stores.inbox.depths())["waiting"] == 2


async def test_who_stops_waiting_takes_no_one_elses_event_along(url: str) -> None:
    async with open_sql(url) as stores:
        tasks = [asyncio.create_task(stores.inbox.receive(make_event(f"e{n}"))) for n in range(4)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        assert (await asyncio.gather(*tasks, return_exceptions=True))[1:] == [True, True, True]


async def test_a_server_that_is_away_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        async with open_sql("postgresql+asyncpg://nobody@127.0.0.1:1/none"):
            pass


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "mysql://root@localhost/x",
        "sqlite+aiosqlite://",
        "sqlite:///:memory:",
        "sqlite+aiosqlite:////nowhere/at/all.db",
    ],
)
async def test_an_address_we_cannot_use_is_said_at_start(address: str) -> None:
    with pytest.raises(Misconfigured, match="DAYTWO_DATABASE_URL"):
        async with open_sql(address):
            pass


async def test_a_file_that_is_no_database_is_said_at_start(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("not a database at all, " * 100)
    with pytest.raises(Misconfigured, match="not a database"):
        async with open_sql(f"sqlite+aiosqlite:///{tmp_path / 'notes.db'}"):
            pass


async def test_an_index_follows_what_another_process_changed(url: str) -> None:
    """Only what changed is read again; a document removed elsewhere is found here no more."""

    def make(path: str, words: str) -> tuple[Document, list[Passage]]:
        return replace(DOCUMENT, path=path), [Passage(id=f"{path}#0", document=path, title="", text=words)]

    async with open_sql(url) as here, open_sql(url) as there:
        for path in "ab":
            await here.knowledge.replace("W1", *make(path, "Kafka."))
        for stores in (here, there):
            assert await find_passages(stores, "kafka") == {"a#0", "b#0"}
        await there.knowledge.replace("W1", *make("c", "Kafka."))
        await there.knowledge.remove("W1", "a")
        await there.knowledge.replace("W1", *make("b", "Billing."))
        for stores in (here, there):
            assert await find_passages(stores, "kafka") == {"c#0"}
            assert await find_passages(stores, "billing") == {"b#0"}


async def find_passages(stores: Stores, words: str) -> set[str]:
    ranked = await stores.knowledge.search("W1", EnrichedQuery(text=words), GRANTS, 9)
    return {one.passage.id for one in ranked}


async def test_more_events_than_go_into_one_statement_are_all_kept(url: str) -> None:
    async with open_sql(url) as stores:
        events = [make_event(f"e{number % 1200}") for number in range(1300)]
        kept = await asyncio.gather(*map(stores.inbox.receive, events))
        assert sum(kept) == 1200
        assert (await stores.inbox.depths())["waiting"] == 1200
