"""Messages and self-models of one person, for the tests of the self-model; `score_cases` can be imported by them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.self_model.model import SelfModel
from bot.self_model.observe import observe
from bot.self_model.revise import revise
from bot.turn import Member, Message, Said

sys.path.insert(0, str(Path(__file__).parent))

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOMEONE = Member("w", "u")

Write = Callable[..., Message]
Believe = Callable[..., SelfModel]


def write_message(text: str, *, day: float = 0, id: str = "", context: tuple[str, ...] = ()) -> Message:
    at = START + timedelta(days=day)
    said = tuple(Said("someone else", line) for line in context)
    return Message(id=id or f"m{day}", author=SOMEONE, text=text, at=at, permalink=f"https://chat/{day}", context=said)


@pytest.fixture
def write() -> Write:
    """A message by the one person, `day` days after the start."""
    return write_message


@pytest.fixture
def believe() -> Believe:
    """The self-model after messages a day apart, one after the other."""

    def learn(*texts: str) -> SelfModel:
        model = SelfModel(member=SOMEONE)
        for day, text in enumerate(texts):
            message = write_message(text, day=day)
            model = revise(model, observe(message), message.at)
        return model

    return learn
