"""Files handed over with a question: passages for that one answer, beside those of the knowledge base, never in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.enrichment.model import EnrichedQuery
from bot.knowledge.index import Index
from bot.knowledge.language import guess_language
from bot.knowledge.model import Document, Passage, Ranked
from bot.knowledge.split import split
from bot.turn import Attached

MOST = 6  # passages of files that are put beside the others
OPENING = 2  # passages of files that are shown where none of them shares a word with the question
FAINT = 0.2  # the relevance of those


def join_attached(
    query: EnrichedQuery, attached: Sequence[Attached], readers: frozenset[str], ranked: Sequence[Ranked]
) -> tuple[Ranked, ...]:
    """The passages found in the knowledge base and those of the files, the most relevant first; `readers` see the
    files, for they see the message."""
    passages = tuple(read_passages(attached, readers))
    found = Index(passages).search(query, readers, MOST)
    own = found or tuple(Ranked(one, 0.0, FAINT) for one in passages[:OPENING])
    return tuple(sorted((*own, *ranked), key=lambda one: -one.relevance))


def read_passages(attached: Iterable[Attached], readers: frozenset[str]) -> Iterable[Passage]:
    """The files in passages."""
    for one in attached:
        document = Document(
            path=f"attached/{one.name}",
            title=one.name,
            text=one.text,
            digest="",
            language=guess_language(one.text),
            readers=readers,
            link=one.link,
        )
        yield from split(document)
