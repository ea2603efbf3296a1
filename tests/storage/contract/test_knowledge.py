"""What every knowledge base keeps to."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from storage_samples import AT

from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Document, Failure, Passage, Term
from bot.ports import Stores
from bot.turn import EVERYONE

ALL = frozenset({EVERYONE})
KEPT = "Topics keep data."
WORDS = ("billing", "retention", "encryption")


def make_document(path: str = "limits.md", digest: str = "d1") -> Document:
    return Document(path=path, title="Limits", text="…", digest=digest, updated=AT, link="https://docs.example")


def make_passage(n: int, text: str, *, path: str = "limits.md", to: str = EVERYONE) -> Passage:
    return Passage(
        id=f"{path}#{n}",
        document=path,
        title="Limits › Kafka",
        text=text,
        position=n,
        updated=AT,
        readers=frozenset({to}),
        link="https://docs.example/limits",
    )


async def find(stores: Stores, words: str, grants: frozenset[str] = ALL, workspace: str = "W1") -> list[str]:
    ranked = await stores.knowledge.search(workspace, EnrichedQuery(text=words), grants, 5)
    return [one.passage.id for one in ranked]


async def find_all(stores: Stores, word: str, workspace: str) -> set[str]:
    ranked = await stores.knowledge.search(workspace, EnrichedQuery(text=word), ALL, 99)
    return {one.passage.id for one in ranked}


async def test_passages_come_out_as_they_went_in(stores: Stores) -> None:
    passages = (make_passage(0, KEPT), make_passage(1, KEPT, to="team"))
    await stores.knowledge.replace("W1", make_document(), passages)
    assert await stores.knowledge.passages("W1") == passages
    assert await stores.knowledge.passages("W2") == ()
    assert await stores.knowledge.digests("W1") == {"limits.md": "d1"}


async def test_a_document_is_replaced_whole_and_removed_whole(stores: Stores) -> None:
    await stores.knowledge.replace("W1", make_document(), (make_passage(0, KEPT), make_passage(1, KEPT)))
    await stores.knowledge.replace("W1", make_document("a.md"), (make_passage(0, KEPT, path="a.md"),))
    await stores.knowledge.replace("W1", make_document(digest="d2"), (make_passage(0, "Other words."),))
    assert [one.text for one in await stores.knowledge.passages("W1")] == [KEPT, "Other words."]
    await stores.knowledge.remove("W1", "a.md")
    await stores.knowledge.remove("W1", "never.md")
    assert await stores.knowledge.digests("W1") == {"limits.md": "d2"}
    assert [one.text for one in await stores.knowledge.passages("W1")] == ["Other words."]


async def test_search_follows_what_was_added_changed_and_removed(stores: Stores) -> None:
    assert await find(stores, "retention of kafka topics") == []
    await stores.knowledge.replace("W1", make_document(), (make_passage(0, "Kafka topics have a retention."),))
    assert await find(stores, "retention of kafka topics") == ["limits.md#0"]
    await stores.knowledge.replace("W1", make_document(), (make_passage(0, "Billing is monthly."),))
    assert await find(stores, "monthly billing") == ["limits.md#0"]
    await stores.knowledge.remove("W1", "limits.md")
    assert await find(stores, "monthly billing") == []


@pytest.mark.parametrize("seed", range(6))
async def test_an_index_that_follows_finds_what_is_held(stores: Stores, seed: int) -> None:
    """Documents replaced and removed in any order, searched in between or not."""
    pick = Random(seed)
    changes = [(pick.choice("abcd"), pick.choices(WORDS, k=pick.randrange(4)), pick.random() < 0.5) for _ in range(12)]
    held: dict[str, list[str]] = {}
    for path, texts, look in changes:
        passages = [make_passage(n, one, path=path) for n, one in enumerate(texts)]
        if texts:
            await stores.knowledge.replace("W3", make_document(path), passages)
        else:
            await stores.knowledge.remove("W3", path)
        held[path] = texts
        if look:
            await find(stores, "billing", workspace="W3")
    for word in WORDS:
        found = await find_all(stores, word, "W3")
        assert found == {f"{path}#{n}" for path, texts in held.items() for n, one in enumerate(texts) if one == word}


async def test_search_finds_only_what_the_grants_allow_in_the_workspace_asked(stores: Stores) -> None:
    passages = (make_passage(0, "Salaries of the team.", to="team"), make_passage(1, "Salaries in general."))
    await stores.knowledge.replace("W1", make_document(), passages)
    assert await find(stores, "salaries") == ["limits.md#1"]
    assert sorted(await find(stores, "salaries", ALL | {"team"})) == ["limits.md#0", "limits.md#1"]
    assert await find(stores, "salaries", workspace="W2") == []


async def test_glossary_and_failures_are_replaced_whole(stores: Stores) -> None:
    await stores.knowledge.define("W1", (Term("Kafka", "a log", "limits.md#0"), Term("DLQ", "dead letters")))
    await stores.knowledge.define(
        "W1", (Term("Kafka", "a log"), Term("ack", "an answer", "p#1", frozenset({"channel:C1"})))
    )
    await stores.knowledge.fail("W1", (Failure("x.pdf", "It is encrypted."),))
    assert await stores.knowledge.glossary("W1") == (
        Term("Kafka", "a log"),
        Term("ack", "an answer", "p#1", frozenset({"channel:C1"})),
    )
    assert await stores.knowledge.failures("W1") == (Failure("x.pdf", "It is encrypted."),)
    await stores.knowledge.fail("W1", ())
    assert await stores.knowledge.failures("W1") == ()
    assert await stores.knowledge.glossary("W2") == ()


async def test_when_documents_last_changed_is_known_where_it_is_told(stores: Stores) -> None:
    await stores.knowledge.replace("W1", make_document(), (make_passage(0, "Ten."),))
    await stores.knowledge.replace("W1", replace(make_document("new.md"), updated=None), ())
    assert await stores.knowledge.changed("W1") == {"limits.md": AT}
    await stores.knowledge.remove("W1", "limits.md")
    assert await stores.knowledge.changed("W1") == {}
    assert await stores.knowledge.changed("W2") == {}


async def test_who_may_read_all_of_a_document_is_known(stores: Stores) -> None:
    mixed = (make_passage(0, "Ten."), replace(make_passage(1, "Six."), readers=frozenset({EVERYONE, "team"})))
    await stores.knowledge.replace("W1", make_document(), mixed)
    pay = tuple(make_passage(n, "Pay.", path="pay.md", to=to) for n, to in enumerate(("team", EVERYONE)))
    await stores.knowledge.replace("W1", make_document("pay.md"), pay)
    asked = ("limits.md", "pay.md", "none.md")
    assert await stores.knowledge.readers("W1", asked) == {"limits.md": ALL, "pay.md": frozenset()}
    assert await stores.knowledge.readers("W2", asked) == {}
