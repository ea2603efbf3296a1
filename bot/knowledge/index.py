"""Search: passages in, ranked passages out, by BM25 over stems, on tantivy; by nearness in meaning too, where there is
an embedder.

Access control comes first: what the asker may not read is no candidate. The index lives in memory and follows changes.
What the scores mean is `relevance.py`'s matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import tantivy

from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Passage, Ranked
from bot.knowledge.relevance import Found, Hit, judge
from bot.knowledge.vectors import Embedder, Vectors
from bot.words import content_terms

FIELDS = {"text": 1.0, "title": 0.5}  # what a term counts for in a passage's text, and in its headings
HEAP = 100_000_000  # bytes the writer may hold before it writes a segment
MEANING = 0.75  # what full nearness in meaning adds, as a share of the best score by words


class Index:
    """The passages of one knowledge base, searchable. Changed by one thread at a time, searched by any."""

    def __init__(self, passages: Iterable[Passage] = (), embedder: Embedder | None = None) -> None:
        self._index = tantivy.Index(make_schema())
        self._index.register_tokenizer("stems", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        self._passages: dict[str, Passage] = {}
        self._by_document: dict[str, list[str]] = {}
        self._circles: dict[frozenset[str], str] = {}  # each set of readers, and the name it is indexed under
        self._vectors = Vectors(embedder) if embedder else None
        self._write(passages)

    def __len__(self) -> int:
        return len(self._passages)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All of them, in the order in which they came."""
        return tuple(self._passages.values())

    def replace(self, document: str, passages: Iterable[Passage]) -> None:
        """Put a document's passages in place of whatever it had; none removes it."""
        self.follow({document: tuple(passages)})

    def follow(self, changed: Mapping[str, Iterable[Passage]]) -> None:
        """Put these documents' passages in place of whatever they had, all at once."""
        self._write((one for passages in changed.values() for one in passages), gone=changed)

    def search(self, query: EnrichedQuery, grants: frozenset[str], limit: int) -> tuple[Ranked, ...]:
        """The passages readable with `grants`, best first, each with the probability that it helps."""
        found = self.look_up(query, grants, limit)
        return tuple(
            Ranked(self._passages[hit.id], hit.score, chance)
            for hit, chance in zip(found.hits, judge(found), strict=True)
        )

    def look_up(self, query: EnrichedQuery, grants: frozenset[str], limit: int) -> Found:
        """What `search` rests on: the hits with their stems, before anything is made of them."""
        weights = weigh(query)
        if not weights or limit < 1 or not self._passages:
            return Found((), {}, {}, 0)
        found = self._searcher.search(self._make_query(weights, grants), limit, count=False).hits
        hits = tuple(self._make_hit(address, score) for score, address in found)
        if self._vectors:
            words = query.weights or ((query.enriched, 1.0),)
            near = self._vectors.find_near(words, grants, limit, beside=[one.id for one in hits])
            hits = self._fuse(hits, near, weights)[:limit]
        return Found(hits, weights, {term: self._count(term) for term in weights}, len(self._passages))

    def _write(self, passages: Iterable[Passage], gone: Iterable[str] = ()) -> None:
        writer = self._index.writer(heap_size=HEAP, num_threads=1)  # one thread: ties fall the same way every time
        added, removed = tuple(passages), set[str]()
        for document in gone:
            writer.delete_documents_by_term("document", document)
            for name in self._by_document.pop(document, ()):
                del self._passages[name]
                removed.add(name)
        for passage in added:
            circle = self._circles.setdefault(passage.readers, f"c{len(self._circles)}")
            writer.add_document(make_row(passage, circle))
            self._passages[passage.id] = passage
            self._by_document.setdefault(passage.document, []).append(passage.id)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        if self._vectors:
            self._vectors.change(removed, added)

    def _make_query(self, weights: Mapping[str, float], grants: frozenset[str]) -> tantivy.Query:
        """Any of the terms, and none of the circles of readers that the asker is not in.

        Shutting out the few closed circles is faster than letting in the many open ones, and with none to shut out the
        engine can skip whole blocks of passages.
        """
        schema, query, terms = self._index.schema, tantivy.Query, self._match(weights)
        closed = [
            (tantivy.Occur.MustNot, query.term_query(schema, "circle", circle))
            for readers, circle in self._circles.items()
            if readers.isdisjoint(grants)
        ]
        return query.boolean_query([(tantivy.Occur.Must, query.boolean_query(terms)), *closed] if closed else terms)

    def _match(self, weights: Mapping[str, float]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """Each term in each field, as something that need not match and counts by its weight."""
        schema, query = self._index.schema, tantivy.Query
        return [
            (tantivy.Occur.Should, query.boost_query(query.term_query(schema, field, term), weight * share))
            for term, weight in weights.items()
            for field, share in FIELDS.items()
        ]

    def _make_hit(self, address: tantivy.DocAddress, score: float) -> Hit:
        row = self._searcher.doc(address)
        terms, title = (frozenset(str(row[field][0]).split()) if row[field] else frozenset() for field in FIELDS)
        return Hit(str(row["id"][0]), score, terms, title)

    def _fuse(self, hits: tuple[Hit, ...], near: Mapping[str, float], weights: Mapping[str, float]) -> tuple[Hit, ...]:
        """The hits by words and those by meaning as one list: a score by words, plus nearness times a share of the best
        score. A weighted sum keeps what scores say, which fusing by ranks would lose (Bruch, Gai & Ingber 2023)."""
        unit = MEANING * (hits[0].score if hits else 1.0)
        by_words = {one.id for one in hits}
        more = self._find([name for name in near if name not in by_words], weights)
        raised = (replace(one, score=one.score + unit * near.get(one.id, 0.0)) for one in (*hits, *more))
        return tuple(sorted(raised, key=lambda one: -one.score))

    def _find(self, names: Sequence[str], weights: Mapping[str, float]) -> tuple[Hit, ...]:
        """The passages of these ids, with what they score by words: nothing, where they hold none."""
        if not names:
            return ()
        query, occur = tantivy.Query, tantivy.Occur
        among = query.const_score_query(query.term_set_query(self._index.schema, "id", list(names)), 0.0)
        scored = query.boolean_query([(occur.Must, among), *self._match(weights)])
        found = self._searcher.search(scored, len(names), count=False).hits
        return tuple(self._make_hit(address, score) for score, address in found)

    def _count(self, term: str) -> int:
        """How many passages hold the term."""
        return self._searcher.doc_freq("text", term)


def make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("circle", tokenizer_name="raw", index_option="basic")
    for field in FIELDS:
        builder.add_text_field(field, stored=True, tokenizer_name="stems", index_option="freq")
    return builder.build()


def make_row(passage: Passage, circle: str) -> tantivy.Document:
    row = tantivy.Document(id=passage.id, document=passage.document, circle=circle)
    row.add_text("title", " ".join(content_terms(passage.title)))
    row.add_text("text", " ".join(content_terms(passage.text)))
    return row


def weigh(query: EnrichedQuery) -> dict[str, float]:
    """Stem -> weight: as enrichment weighed them, or the query's words at 1."""
    given = query.weights or tuple((word, 1.0) for word in content_terms(query.enriched))
    weights: dict[str, float] = {}
    for word, weight in given:
        for term in content_terms(word):
            weights[term] = max(weights.get(term, 0.0), weight)
    return {term: weight for term, weight in weights.items() if weight > 0}
