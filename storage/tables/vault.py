"""The table of sealed secrets."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Row, words


class SecretRow(Row, table=True):
    """A secret under its key, sealed by a key that no database holds; `workspace` is whose it is."""

    __tablename__ = "secret"
    __table_args__ = (Index(None, "workspace"),)
    key: str = Field(primary_key=True)
    workspace: str
    sealed: str = words()
