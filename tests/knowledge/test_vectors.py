"""With an embedder, what shares no word with the question is found; rights come first, and changes are followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from bot.enrichment.model import EnrichedQuery
from bot.knowledge.index import Index
from bot.knowledge.model import Document, Passage
from bot.knowledge.vectors import Matrix
from storage.memory.knowledge import MemoryKnowledge

ALL = frozenset({"everyone"})
MATTERS = (("car", "vehicle", "automobile"), ("invoice", "bill", "receipt"), ("holiday", "leave", "vacation"))


class ByMatter:
    """An embedder that knows three matters, and none of anything else."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        rows = np.array([[sum(one.lower().count(word) for word in words) for words in MATTERS] for one in texts])
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def passage(name: str, text: str, *readers: str) -> Passage:
    return Passage(id=name, document=name, title="", text=text, readers=frozenset(readers or ALL))


CAR = passage("car", "Each automobile is insured.")
BILL = passage("bill", "Receipts go to accounting.")
SECRET = passage("secret", "The board's automobile is armoured.", "channel:board")
OTHER = passage("other", "The kitchen is cleaned daily.")


def find(index: Index, text: str, grants: frozenset[str] = ALL, limit: int = 9) -> list[str]:
    return [one.passage.id for one in index.search(EnrichedQuery(text=text), grants, limit)]


def test_what_shares_no_word_is_found_by_meaning_alone() -> None:
    assert find(Index([CAR, BILL, OTHER]), "vehicle cover") == []
    assert find(Index([CAR, BILL, OTHER], ByMatter()), "vehicle cover") == ["car"]


def test_what_matches_by_words_and_meaning_comes_first() -> None:
    both = passage("both", "A vehicle is cleaned. An automobile too.")
    assert find(Index([OTHER, CAR, both], ByMatter()), "is a vehicle cleaned?") == ["both", "car", "other"]
    words = passage("words", "How a vehicle is cleaned: a vehicle cleaned.")
    assert find(Index([CAR, words], ByMatter()), "is a vehicle cleaned?") == ["words", "car"]


@pytest.mark.parametrize("limit", [1, 2, 9])
def test_what_may_not_be_read_is_no_candidate_however_near(limit: int) -> None:
    index = Index([SECRET, CAR, OTHER], ByMatter())
    assert find(index, "vehicle", limit=limit) == ["car"]
    assert set(find(index, "vehicle", ALL | {"channel:board"})) == {"car", "secret"}


def test_changes_are_followed() -> None:
    index = Index([CAR, BILL], ByMatter())
    index.replace("car", [replace(CAR, text="Vacation is thirty days.")])
    assert find(index, "vehicle") == []
    assert find(index, "leave") == ["car"]
    index.replace("car", [])
    assert find(index, "leave") == []
    assert find(index, "invoice") == ["bill"]


def test_nothing_known_changes_nothing() -> None:
    plain, fused = Index([CAR, BILL, OTHER]), Index([CAR, BILL, OTHER], ByMatter())
    query = EnrichedQuery(text="is the kitchen insured?")
    assert plain.search(query, ALL, 9) == fused.search(query, ALL, 9)


@pytest.mark.parametrize(("car", "bill", "first"), [(1.0, 0.4, "car"), (0.4, 1.0, "bill")])
def test_words_count_by_meaning_as_much_as_they_weigh(car: float, bill: float, first: str) -> None:
    query = EnrichedQuery(text="and that?", weights=(("vehicle", car), ("invoice", bill)))
    assert next(one.passage.id for one in Index([CAR, BILL], ByMatter()).search(query, ALL, 9)) == first


def test_how_many_are_wanted_does_not_change_what_is_first() -> None:
    words = passage("words", "Cleaned, cleaned: the kitchen is cleaned.")
    both = passage("both", "Each automobile is cleaned in the yard behind the kitchen of the house next door.")
    index = Index([words, both, CAR, OTHER], ByMatter())
    assert find(index, "are vehicles cleaned?", limit=1) == find(index, "are vehicles cleaned?")[:1] == ["both"]


async def test_a_knowledge_base_searches_with_its_embedder() -> None:
    knowledge = MemoryKnowledge(ByMatter())
    document = Document(path="car", title="", text=CAR.text, digest="1")
    await knowledge.replace("w", document, [CAR])
    assert [one.passage for one in await knowledge.search("w", EnrichedQuery(text="vehicle"), ALL, 5)] == [CAR]
