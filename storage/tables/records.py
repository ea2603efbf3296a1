"""The tables of what happened: exchanges, feedback, costs, audit, reviews."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.tables.base import Row, counter, moment, words


class ExchangeRow(Row, table=True):
    """A turn and its reply, whole."""

    __tablename__ = "exchange"
    __table_args__ = (
        Index(None, "workspace", "at"),
        Index(None, "workspace", "member", "at"),
        Index(None, "workspace", "channel", "thread", "at"),
    )
    workspace: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    member: str
    channel: str
    thread: str
    at: datetime = moment()
    body: str = words()


class FeedbackRow(Row, table=True):
    """Someone's word on a reply."""

    __tablename__ = "feedback"
    __table_args__ = (Index(None, "workspace", "at"),)
    workspace: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    member: str
    exchange: str
    at: datetime = moment()
    source: str
    kind: str
    satisfaction: float
    weight: float
    private: bool


class CostRow(Row, table=True):
    """One model call and its price."""

    __tablename__ = "cost"
    __table_args__ = (Index(None, "workspace", "at"),)
    workspace: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    member: str
    purpose: str
    model: str
    input_tokens: int
    cached_tokens: int
    cache_writes: int
    output_tokens: int
    dollars: float
    at: datetime = moment()


class AuditRow(Row, table=True):
    """Who did what, when, about whom."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "workspace", "at"),)
    n: int | None = counter(primary_key=True)
    workspace: str
    kind: str
    actor: str
    subject: str
    at: datetime = moment()
    detail: str = words()


class ReviewRow(Row, table=True):
    """Something a person should look at, and what became of it."""

    __tablename__ = "review"
    __table_args__ = (Index(None, "workspace", "resolved", "at"),)
    workspace: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    kind: str
    sample: str = words()
    at: datetime = moment()
    resolved: bool
    exchange: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    outcome: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    closed_by: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    closed_at: datetime | None = moment(default=None)
