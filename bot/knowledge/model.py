"""The values of the knowledge base: documents, passages, ranked passages, glossary terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.turn import EVERYONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file or page as it came in. `path` names it within its source; `digest` changes when its content does."""

    path: str
    title: str
    text: str
    digest: str
    updated: datetime | None = None
    language: str = "en"
    readers: frozenset[str] = frozenset({EVERYONE})
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a document that can be cited. `title` is the path of headings ("Limits › Slack"); `text` is Markdown
    without its heading; `position` counts from 0 within the document; `readers` are the labels that may read it."""

    id: str
    document: str
    title: str
    text: str
    position: int = 0
    updated: datetime | None = None
    language: str = "en"
    readers: frozenset[str] = frozenset({EVERYONE})
    link: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage found for a query. `score` is the engine's own; `relevance` (0-1) is the probability that it helps."""

    passage: Passage
    score: float
    relevance: float


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry: what a word of the documents means, and the passage that says so ("" for a glossary file), with
    the labels that may read it."""

    name: str
    meaning: str
    passage: str = ""
    readers: frozenset[str] = frozenset({EVERYONE})


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read: its path, a sentence that says why and what to do, and the labels that its
    source lets read it, where it says so."""

    path: str
    reason: str
    readers: frozenset[str] | None = field(default=None, compare=False)
