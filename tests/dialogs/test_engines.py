"""With a model behind the port: what it writes is shown if it holds; else the offline engine answers, marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.answering.model import Draft, Prompt, Unfit
from bot.errors import Garbled, Unavailable
from bot.turn import Decision, Member, Reply

WORKSPACE = "T1"
QUESTION = "How long are messages kept?"


@dataclass
class Scripted:
    """An engine that writes what it is told to, or fails as it is told to."""

    text: str = "They stay for 14 days. [1]"
    error: Exception | None = None
    name: str = "claude"
    asked: int = 0

    async def answer(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Draft:
        self.asked += 1
        if self.error:
            raise self.error
        holding = [passage for passage, _, text in prompt.documents if "14 days" in text]
        return Draft(
            text=self.text, passages=tuple(holding[:1]), engine=self.name, input_tokens=2000, output_tokens=100
        )

    async def close(self) -> None:
        """Nothing is held."""


async def ask(open_with: Any, engine: Scripted, **changes: float) -> tuple[Any, Reply]:
    """One question to a bot with that engine."""
    dialog = await open_with(engine)
    dialog.means = replace(dialog.means, **changes)
    reply = await dialog.say("engineer", QUESTION)
    assert isinstance(reply, Reply)
    return dialog, reply


async def spent(dialog: Any) -> float:
    """US dollars recorded so far."""
    since, until = dialog.now - timedelta(days=1), dialog.now + timedelta(days=1)
    return sum(one.dollars for one in await dialog.means.stores.journal.costs(WORKSPACE, since, until))


async def test_what_a_model_writes_is_shown_with_its_citation_and_its_cost_is_kept(open_with: Any) -> None:
    dialog, reply = await ask(open_with, Scripted())
    assert (reply.text, reply.engine, reply.fallback) == ("They stay for 14 days. [1]", "claude", "")
    assert [one.document for one in reply.citations] == ["handbook.md"]
    assert await spent(dialog) > 0


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("Claude is overloaded."),
        Garbled("Claude sent nonsense."),
        Unfit("Claude declined to answer.", Draft(text="", passages=(), engine="claude", input_tokens=2000)),
    ],
    ids=["down", "garbled", "refused"],
)
async def test_when_it_fails_the_offline_engine_answers_marked_and_someone_is_told(
    open_with: Any, error: Exception
) -> None:
    dialog, reply = await ask(open_with, Scripted(error=error))
    assert "14 days" in reply.text
    assert (reply.engine, reply.fallback) == ("offline", str(error))
    assert [one.kind for one in await dialog.means.stores.journal.reviews(WORKSPACE)] == ["fallback"]
    assert (await spent(dialog) > 0) is isinstance(error, Unfit)


@pytest.mark.parametrize(
    "text",
    ["They stay for 30 days. [1]", "They stay for 14 days.", "They stay for 14 days. [7]", ""],
    ids=["an invented number", "uncited", "a citation that does not exist", "empty"],
)
async def test_what_does_not_hold_is_not_shown(open_with: Any, text: str) -> None:
    _, reply = await ask(open_with, Scripted(text=text))
    assert "30 days" not in reply.text
    assert reply.engine == "offline"
    assert reply.fallback
    assert "14 days" in reply.text


async def test_over_the_budget_no_model_is_asked(open_with: Any) -> None:
    engine = Scripted()
    dialog, first = await ask(open_with, engine, budget_person_day=0.001)
    second = await dialog.say("engineer", "What does Relay cost?")
    assert isinstance(second, Reply)
    assert (first.engine, second.engine) == ("claude", "offline")
    assert "budget" in second.fallback
    assert engine.asked == 1


async def test_no_model_is_asked_for_what_is_declined(open_with: Any) -> None:
    engine = Scripted()
    dialog = await open_with(engine)
    reply = await dialog.say("engineer", "What is the boiling point of ethanol?")
    assert isinstance(reply, Reply)
    assert reply.decision is Decision.DECLINE
    assert engine.asked == 0


async def test_a_model_never_sees_what_a_person_said_of_themself_in_private_when_others_read(open_with: Any) -> None:
    seen: list[Prompt] = []

    class Watched(Scripted):
        async def answer(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Draft:
            seen.append(prompt)
            return await super().answer(prompt, on_text)

    dialog = await open_with(Watched())
    await dialog.agree("cto")
    await dialog.say("cto", "I'm the CTO and our project is the billing migration. How long are messages kept?")
    assert (await dialog.model("cto")).member == Member(WORKSPACE, "cto")
    seen.clear()
    await dialog.say("cto", QUESTION, alone=False)
    assert seen
    assert "billing" not in repr(seen[0])
