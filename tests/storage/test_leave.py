"""A workspace that leaves takes all of its rows with it, and none of anyone else's."""

from __future__ import annotations

from storage_samples import AT, BEN, make_consent
from test_transfer import count_rows, fill

from bot.enrichment.enrich import enrich
from bot.knowledge.model import Document, Passage
from bot.turn import Member
from storage.leave import erase_workspace
from storage.sql import open_sql

DOCUMENT = Document(path="b", title="B", text="", digest="d", updated=AT)
COUNTER = "knowledge"  # holds no word; an index in some process follows it


async def test_nothing_is_left_of_it(url: str) -> None:
    async with open_sql(url) as stores:
        await fill(stores)
    filled = await count_rows(url)
    erased = await erase_workspace(url, "W1")
    left = await count_rows(url)
    assert {name for name, rows in left.items() if rows} == {COUNTER}
    assert erased == {name: rows for name, rows in filled.items() if rows and name != COUNTER}


async def test_others_keep_what_is_theirs(url: str) -> None:
    other = Member("W2", BEN.id)
    async with open_sql(url) as stores:
        await stores.consents.save(make_consent())
        await stores.consents.save(type(make_consent())(member=other, modelling=True))
        await stores.knowledge.replace("W2", DOCUMENT, (Passage(id="b#0", document="b", title="B", text="kafka"),))
        await erase_workspace(url, "W1")
        assert (await stores.consents.load(other)).modelling
        assert len(await stores.knowledge.passages("W2")) == 1


async def test_documents_that_come_back_with_it_are_found_by_who_searched_before(url: str) -> None:
    query, grants = enrich("kafka", (), ()), frozenset({"everyone"})
    passage = Passage(id="b#0", document="b", title="B", text="kafka holds it for 7 days")
    async with open_sql(url) as stores:
        await stores.knowledge.replace("W1", DOCUMENT, (passage,))
        assert await stores.knowledge.search("W1", query, grants, 3)
        await erase_workspace(url, "W1")
        await stores.knowledge.replace("W1", DOCUMENT, (passage,))
        assert [one.passage.id for one in await stores.knowledge.search("W1", query, grants, 3)] == ["b#0"]
