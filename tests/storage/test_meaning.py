"""A database's knowledge base searches by meaning too where it is given an embedder, and follows its changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Document
from bot.knowledge.split import split
from bot.knowledge.vectors import Matrix
from storage.sql import open_sql

QUERY = EnrichedQuery(text="vehicle")


class Cars:
    """An embedder to which cars are one thing, and all else nothing."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        return np.array([[float("vehicle" in one or "automobile" in one)] for one in texts], dtype=np.float32)


def make_document(readers: str) -> Document:
    text = "Each automobile is insured."
    return Document(path="a.md", title="", text=text, digest=readers, readers=frozenset({readers}))


async def test_what_shares_no_word_is_found_by_those_who_may_read_it(url: str) -> None:
    async with open_sql(url, embedder=Cars()) as stores, open_sql(url) as plain:
        for readers, grants, found in (("everyone", "everyone", 1), ("channel:board", "everyone", 0)):
            document = make_document(readers)
            await stores.knowledge.replace("w", document, split(document))
            assert len(await stores.knowledge.search("w", QUERY, frozenset({grants}), 5)) == found
            assert await plain.knowledge.search("w", QUERY, frozenset({grants}), 5) == ()
