"""The tables of inbox and outbox, of the lanes that keep each conversation's order, and of the pace of sending."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field

from storage.tables.base import COUNTER, Row, counter, moment, words


class LaneRow(Row, table=True):
    """One conversation of a box ("in" or "out"): work on it is taken, and ordered, lane by lane.

    `ready_at` is when its next work may start, empty where there is none; `lease_until` when the present lease lapses,
    0 where there is none; `fence` counts the leases; `person` is who gave it work last; `slot` is the turn in sending
    that its next message waits for, 0 where it has none.
    """

    __tablename__ = "lane"
    __table_args__ = (
        Unique("box", "workspace", "platform", "conversation"),
        Index(None, "box", "ready_at"),
        Index(None, "box", "workspace", "ready_at"),
        Index(None, "box", "lease_until"),
    )
    id: int | None = counter(primary_key=True)
    box: str
    workspace: str
    platform: str
    conversation: str
    person: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    ready_at: float | None = None
    lease_until: float = 0.0
    worker: str = ""
    fence: int = 0
    slot: float = Field(default=0.0, sa_column_kwargs={"server_default": text("0")})


class EventRow(Row, table=True):
    """Something a platform told us; `body` and `person` are emptied once it is done. `step` is empty, or "answered"
    where all but learning from it is done."""

    __tablename__ = "event"
    __table_args__ = (Unique("platform", "workspace", "id"), Index(None, "lane", "state", "sequence"))
    sequence: int | None = counter(primary_key=True)
    platform: str
    workspace: str
    id: str
    lane: int = Field(sa_type=COUNTER, foreign_key="lane.id")
    body: str = words()
    received_at: datetime = moment()
    person: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    step: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    state: str
    attempt: int = 0
    error: str = words(default="")


class OutgoingRow(Row, table=True):
    """Something to deliver once; `content` is emptied once it is delivered, `message` is what the platform calls it;
    `posted`, as JSON, what it calls those parts of it that are known to be there; `lost`, how many of those who took it
    were not heard of again."""

    __tablename__ = "outgoing"
    __table_args__ = (
        Unique("key"),
        Index(None, "lane", "state", "sequence"),
        Index(None, "workspace", "channel", "message"),
    )
    sequence: int | None = counter(primary_key=True)
    key: str
    workspace: str
    platform: str
    channel: str
    thread: str
    lane: int = Field(sa_type=COUNTER, foreign_key="lane.id")
    form: str
    content: str = words()
    only_to: str
    alone: bool
    exchange: str
    replaces: str
    state: str
    attempt: int = 0
    lost: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    uncertain: bool = False
    posted: str = words(default="[]", sa_column_kwargs={"server_default": "[]"})
    message: str = ""
    error: str = words(default="")


class PaceRow(Row, table=True):
    """How fast one thing may be done on a platform: `scope` is a channel, a method, or "" for all of a workspace;
    `free_at` is when the next is due at a steady pace, which is in the future after a burst (GCRA's arrival time)."""

    __tablename__ = "pace"
    platform: str = Field(primary_key=True)
    workspace: str = Field(primary_key=True)
    scope: str = Field(primary_key=True)
    free_at: float
