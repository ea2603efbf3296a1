"""The tables of the knowledge base and of the pilots."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from storage.tables.base import Row, moment, words


class KnowledgeRow(Row, table=True):
    """A workspace's knowledge base; `revision` counts its changes, so that a process knows its index is old."""

    __tablename__ = "knowledge"
    workspace: str = Field(primary_key=True)
    revision: int


class DocumentRow(Row, table=True):
    """A document held; its words are in its passages. `revision` is the knowledge base's at which it last changed."""

    __tablename__ = "document"
    workspace: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    title: str
    digest: str
    updated: datetime | None = moment(default=None)
    link: str
    revision: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class PassageRow(Row, table=True):
    """A piece of a document; `n` counts within the document."""

    __tablename__ = "passage"
    workspace: str = Field(primary_key=True)
    document: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    id: str
    title: str = words()
    text: str = words()
    position: int
    updated: datetime | None = moment(default=None)
    language: str
    readers: str = words()
    link: str


class TermRow(Row, table=True):
    """A glossary entry."""

    __tablename__ = "term"
    workspace: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    name: str
    meaning: str = words()
    passage: str
    readers: str = words(sa_column_kwargs={"server_default": "[]"})


class FailureRow(Row, table=True):
    """A document that could not be read."""

    __tablename__ = "failure"
    workspace: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    path: str
    reason: str = words()


class PilotRow(Row, table=True):
    """A pilot, whole."""

    __tablename__ = "pilot"
    workspace: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    body: str = words()


class ClaimRow(Row, table=True):
    """The right to send one digest: there can be one row a pilot, champion (both of the workspace) and local date."""

    __tablename__ = "claim"
    pilot: str = Field(primary_key=True)
    workspace: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    at: datetime = moment()


class DigestRow(Row, table=True):
    """A day told to a champion, whole; `member` is "" where it was told to all of them."""

    __tablename__ = "digest"
    workspace: str = Field(primary_key=True)
    pilot: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    body: str = words()


class StepRow(Row, table=True):
    """A digest's step that was done."""

    __tablename__ = "step"
    workspace: str = Field(primary_key=True)
    pilot: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    at: datetime = moment()


class RhythmRow(Row, table=True):
    """How often a champion wants to be told, and from which local date on again."""

    __tablename__ = "rhythm"
    workspace: str = Field(primary_key=True)
    pilot: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    weekly: bool
    snoozed_until: date | None = None
