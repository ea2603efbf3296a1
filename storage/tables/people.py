"""The tables of what is believed about people, and what they agreed to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field

from storage.tables.base import Row, moment, words

BY_PERSON = {"sqlite_with_rowid": False}  # SQLite keeps one person's rows side by side, read in one go


class SelfModelRow(Row, table=True):
    """The head of one person's self-model: its version, and which belief rows are held and past, in order.

    `numbered` is the highest number given to an observation or belief of this person so far.
    """

    __tablename__ = "self_model"
    workspace: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    version: int
    status: str
    numbered: int
    held: str = words()
    past: str = words()
    tombstones: int


class ObservationRow(Row, table=True):
    """What one message suggests; written once, never changed. `digest` is of all its words and figures."""

    __tablename__ = "observation"
    __table_args__ = (Unique("workspace", "member", "digest"), BY_PERSON)
    workspace: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    digest: str
    address: str
    value: str
    weight: float
    source: str
    quote: str = words()
    message: str
    at: datetime = moment()
    permalink: str
    private: bool
    ends: bool


class BeliefRow(Row, table=True):
    """A belief, derived from observations; `evidence` lists their numbers."""

    __tablename__ = "belief"
    __table_args__ = (BY_PERSON,)
    workspace: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    address: str
    value: str
    confidence: float
    mass: float
    evidence: str = words()
    valid_from: datetime = moment()
    valid_to: datetime | None = moment(default=None)
    superseded_by: str
    recorded_at: datetime = moment()


class TombstoneRow(Row, table=True):
    """What was forgotten and must not be relearned."""

    __tablename__ = "tombstone"
    workspace: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    address: str
    value: str
    at: datetime = moment()


class ReceiptRow(Row, table=True):
    """Proof of an erasure."""

    __tablename__ = "receipt"
    __table_args__ = (Index(None, "workspace", "member", "at"),)
    workspace: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    member: str
    at: datetime = moment()
    scope: str
    removed: str = words()


class LinkRow(Row, table=True):
    """An account whose self-model and consent another account of the same person's holds."""

    __tablename__ = "person_link"
    __table_args__ = (Index("ix_person_link_main", "main_workspace", "main_member"),)
    workspace: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    main_workspace: str
    main_member: str


class OfferRow(Row, table=True):
    """A wish to be linked, open for some minutes; code and e-mail address are kept as digests."""

    __tablename__ = "person_offer"
    __table_args__ = (Unique("code"),)
    workspace: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    code: str
    email: str
    ends: datetime = moment()


class ConsentRow(Row, table=True):
    """What a person agreed to."""

    __tablename__ = "consent"
    workspace: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    modelling: bool
    paused: bool
    private_in_public: bool
    named_to_champion: bool
    at: datetime | None = moment(default=None)


class ConversationRow(Row, table=True):
    """How to reach a conversation of a platform's; `direct_with` is whose alone it is, "" where others read too."""

    __tablename__ = "conversation"
    __table_args__ = (Index(None, "workspace", "direct_with", "at"),)
    workspace: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    platform: str
    direct_with: str
    reference: str = words()
    at: float
