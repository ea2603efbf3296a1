"""Backup, restore and move carry every row over unchanged, or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from storage_samples import (
    ANA,
    AT,
    BEN,
    make_consent,
    make_cost,
    make_digest,
    make_entry,
    make_exchange,
    make_feedback,
    make_model,
    make_outgoing,
    make_pilot,
    make_receipt,
    make_review,
)

from bot.errors import Misconfigured, Refused
from bot.knowledge.model import Document, Failure, Passage, Term
from bot.pilot.model import PilotKey, Rhythm
from bot.ports import Effects, Event, Pace, Stores
from bot.trust.model import Offer
from bot.turn import Place
from storage.engine import open_database
from storage.migrate import migrate
from storage.sql import open_sql
from storage.tables import METADATA
from storage.transfer import Differs, back_up, check, compare, move, restore

P1 = PilotKey("W1", "p1")
SHOUTED = "Zebra, äpfel, apple, Apple, _under, 9, ﬁ, 🦓".split(", ")
PACES = {"slack": Pace(every=1.0, burst=3)}


def make_event(id: str) -> Event:
    return Event(platform="slack", id=id, workspace="W1", conversation=id, body={"text": "ü"}, received_at=AT)


async def fill(stores: Stores) -> None:
    """Put something into every table."""
    for name in SHOUTED:
        await stores.inbox.receive(make_event(name))
    lease = await stores.inbox.lease("worker", 60)
    outgoing = (make_outgoing("k1"), make_outgoing("k2", Place("W1", "C2"), make_digest()))
    await stores.journal.commit(
        Effects(
            exchange=make_exchange(),
            feedback=(make_feedback(),),
            audit=(make_entry(),),
            costs=(make_cost(),),
            outgoing=outgoing,
            reviews=(make_review(),),
            done=lease,
        )
    )
    await stores.outbox.next("worker", 60)
    await stores.outbox.wait_for("slack", "W1", "C1", PACES["slack"])
    seen = await stores.self_models.save(make_model())
    await stores.self_models.erase(replace(seen, beliefs=seen.beliefs[1:]), make_receipt("role"))
    await stores.consents.save(make_consent())
    await stores.links.link(BEN, ANA)
    await stores.links.offer(Offer(member=ANA, code="digest", email="digest", ends=AT))
    passages = tuple(Passage(id=f"a#{n}", document="a", title=word, text=word) for n, word in enumerate(SHOUTED))
    await stores.knowledge.replace("W1", Document(path="a", title="A", text="", digest="d", updated=AT), passages)
    await stores.knowledge.define("W1", (Term("a", "b"),))
    await stores.knowledge.fail("W1", (Failure("x", "y"),))
    await stores.pilots.save(make_pilot())
    await stores.pilots.claim(P1, BEN, AT.date(), AT)
    await stores.pilots.keep_digest(make_digest())
    await stores.pilots.mark_done(P1, "s1", AT)
    await stores.pilots.set_rhythm(P1, BEN, Rhythm(weekly=True))
    await stores.conversations.remember(Place("W1", "D1"), "teams", {"service": "https://x"}, ANA)
    await stores.vault.swap("W1", "slack/installed/W1", None, "sealed")


async def count_rows(url: str) -> dict[str, int]:
    database = open_database(url)
    async with database.read() as connection:
        counts = {
            name: (await connection.execute(text(f'SELECT count(*) FROM "{name}"'))).scalar_one()
            for name in METADATA.tables
        }
    await database.close()
    return counts


async def test_a_backup_restored_is_the_same_database(url: str, tmp_path: Path) -> None:
    async with open_sql(url, paces=PACES) as stores:
        await fill(stores)
        model = await stores.self_models.load(ANA)
    counts = await count_rows(url)
    assert all(counts.values()), "every table is to be tried"
    file = tmp_path / "backup.db"
    assert await back_up(url, file) == counts
    before = file.read_bytes()
    restored = f"sqlite+aiosqlite:///{tmp_path / 'restored.db'}"
    assert await restore(file, restored) == counts
    assert file.read_bytes() == before
    async with open_sql(restored) as stores:
        assert await stores.self_models.load(ANA) == model
        assert await stores.journal.exchange("W1", "C1:1") == make_exchange()
        assert len(await stores.knowledge.passages("W1")) == len(SHOUTED)


async def test_what_was_moved_to_a_server_works_on(bare_url: str, tmp_path: Path) -> None:
    old = f"sqlite+aiosqlite:///{tmp_path / 'old.db'}"
    async with open_sql(old) as stores:
        await fill(stores)
    assert await move(old, bare_url) == await count_rows(old) == await count_rows(bare_url)
    async with open_sql(bare_url) as stores:
        assert not await stores.inbox.receive(make_event("Apple"))
        assert await stores.inbox.receive(make_event("new"))
        await stores.journal.commit(Effects(audit=(make_entry(),), outgoing=(make_outgoing("k3"),)))
        left = []
        while lease := await stores.inbox.lease("worker", 60):
            left.append(lease.event.id)
            await stores.inbox.finish(lease)
        assert sorted(left) == sorted({*SHOUTED[1:], "new"})


async def test_only_an_empty_database_is_filled(url: str, tmp_path: Path) -> None:
    async with open_sql(url) as stores:
        await fill(stores)
    counts = await count_rows(url)
    other = f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"
    async with open_sql(other) as stores:
        await stores.consents.save(make_consent())
    with pytest.raises(Refused, match="empty"):
        await move(other, url)
    assert await count_rows(url) == counts


async def test_files_are_neither_overwritten_nor_invented(url: str, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(Refused, match="there already"):
        await back_up(url, there)
    with pytest.raises(Refused, match="no file"):
        await restore(tmp_path / "none.db", url)
    with pytest.raises(Misconfigured):
        await restore(there, url)
    assert there.read_text() == "mine"


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE passage SET text = text || '.' WHERE n = 3",
        "DELETE FROM passage WHERE n = 3",
        "UPDATE passage SET n = 99 WHERE n = 3",
        "INSERT INTO passage SELECT workspace, 'zz', n, id, title, text, position, updated, language, readers, link "
        "FROM passage WHERE n = 3",
    ],
)
async def test_a_row_that_is_changed_missing_or_added_is_noticed(url: str, tmp_path: Path, harm: str) -> None:
    async with open_sql(url) as stores:
        await fill(stores)
    copied = f"sqlite+aiosqlite:///{tmp_path / 'copied.db'}"
    await move(url, copied)
    source, target = open_database(url, for_walking=True), open_database(copied, for_walking=True)
    async with target.write() as connection:
        await connection.execute(text(harm))
    async with source.read() as sent, target.read() as received:
        with pytest.raises(Differs):
            await compare(sent, received, METADATA.tables["passage"])
        await compare(sent, received, METADATA.tables["exchange"])
    await source.close()
    await target.close()


async def test_an_intact_database_passes_its_own_check(url: str) -> None:
    database = open_database(url)
    await migrate(database)
    assert await check(database) == ""
    await database.close()
