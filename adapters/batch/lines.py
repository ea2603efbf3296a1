"""What a line of each task must hold, parsed once at the edge. Unknown fields are ignored; empty text is valid."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from bot.self_model.model import ADDRESS

Id = str | int


def as_utc(value: datetime) -> datetime:
    """A time without a zone is taken as UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Time = Annotated[datetime, AfterValidator(as_utc)]


class Speech(BaseModel):
    """One line of history."""

    speaker: str
    text: str


class GivenBelief(BaseModel):
    """A belief as handed in."""

    address: Annotated[str, StringConstraints(pattern=f"^(?:{ADDRESS.pattern})$")]
    value: str
    confidence: float = Field(ge=0, le=1)


class Question(BaseModel):
    """understand, retrieve, decide, answer."""

    id: Id
    text: str
    history: list[Speech] = []
    beliefs: list[GivenBelief] = []
    enrich: bool = True


class WrittenMessage(BaseModel):
    """One message of the person observed."""

    id: str
    text: str
    at: Time | None = None
    context: str | list[str] = []


class Messages(BaseModel):
    """observe."""

    id: Id
    messages: list[WrittenMessage]
    as_of: Time | None = None


class EarlierTurn(BaseModel):
    """One line of earlier conversation."""

    id: str
    speaker: str
    text: str


class Recollection(BaseModel):
    """recall."""

    id: Id
    text: str
    turns: list[EarlierTurn]


class Word(BaseModel):
    """feedback."""

    id: Id
    history: list[Speech]
    text: str | None


class Text(BaseModel):
    """level."""

    id: Id
    text: str


class Screened(BaseModel):
    """screen."""

    id: Id
    text: str
    source: Literal["message", "document"] = "message"


class GivenPassage(BaseModel):
    """A line of --passages."""

    id: str
    title: str = ""
    text: str
