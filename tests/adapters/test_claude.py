"""Claude through the real SDK, against a stand-in of the Messages API that can fail in every way it is known to."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from adapters.claude import ClaudeEngine
from adapters.claude_access import Access
from adapters.claude_calls import FAILURES_TO_OPEN, OPEN_SECONDS, Breaker
from bot.answering.model import Prompt, Unfit
from bot.errors import Garbled, Unavailable

PROMPT = Prompt(
    version="answer-1",
    instructions="Answer from the documents.",
    documents=(("p1", "Retention", "Messages are kept for 365 days. Receipts stay."), ("p2", "Cost", "It costs $2.")),
    history=(("user", "hello"), ("agent", "hi")),
    person="The reader is new to this.",
    question="How long are messages kept?",
    max_tokens=500,
)


def open_engine(address: str, seconds: float = 5.0) -> ClaudeEngine:
    return ClaudeEngine(Access(api_key="test-key", base_url=address), model="claude-sonnet-5-5", seconds=seconds)


async def test_an_answer_carries_markers_and_what_it_used(address: str) -> None:
    """Citations become markers into the cited passages; the three counts of input stay apart."""
    engine = open_engine(address)
    grown: list[str] = []
    draft = await engine.answer(PROMPT, grown.append)
    await engine.close()
    assert draft.text == "Messages are kept for 365 days. [1]"
    assert draft.passages == ("p1",)
    assert (draft.input_tokens, draft.cache_writes, draft.cached_tokens, draft.output_tokens) == (100, 20, 300, 40)
    assert grown[-1] == "Messages are kept for 365 days."
    assert all(later.startswith(earlier) for earlier, later in pairwise(grown))


async def test_stable_parts_come_first_and_end_in_cache_breakpoints(
    address: str, sent: Callable[[], dict[str, Any]]
) -> None:
    """Instructions, documents, history, reader, question: in this order, with breakpoints after the first two."""
    engine = open_engine(address)
    await engine.answer(PROMPT)
    await engine.close()
    body = sent()
    assert body["system"][0]["cache_control"] == {"type": "ephemeral"}
    blocks = body["messages"][0]["content"]
    assert [one["type"] for one in blocks] == ["document", "document", "text", "text", "text"]
    assert [("cache_control" in one) for one in blocks] == [False, True, False, False, False]
    assert all(one["citations"] == {"enabled": True} for one in blocks[:2])
    assert "agent: hi" in blocks[2]["text"]
    assert blocks[3]["text"].endswith("new to this.")
    assert blocks[4]["text"].endswith("How long are messages kept?")


@pytest.mark.parametrize("mode", ["refusal", "truncated", "too_long", "empty", "uncited"])
async def test_an_answer_that_cannot_be_used_says_what_it_cost(
    address: str, tell: Callable[[str, int], None], mode: str
) -> None:
    tell(mode, 1)
    engine = open_engine(address)
    with pytest.raises(Unfit) as caught:
        await engine.answer(PROMPT)
    await engine.close()
    assert caught.value.spent.output_tokens == 40


@pytest.mark.parametrize("mode", ["401", "404", "429", "500", "529", "breaks_off", "hangs_up", "no_end"])
async def test_what_is_down_or_breaks_off_is_unavailable(
    address: str, tell: Callable[[str, int], None], mode: str
) -> None:
    """Also after the SDK's own repetitions."""
    tell(mode, 10)
    engine = open_engine(address)
    with pytest.raises(Unavailable):
        await engine.answer(PROMPT)
    await engine.close()


async def test_a_call_that_fails_before_it_begins_is_repeated(address: str, tell: Callable[[str, int], None]) -> None:
    tell("529", 1)
    engine = open_engine(address)
    draft = await engine.answer(PROMPT)
    await engine.close()
    assert draft.passages == ("p1",)


async def test_too_slow_is_unavailable(address: str, tell: Callable[[str, int], None]) -> None:
    tell("slow", 10)
    engine = open_engine(address, seconds=0.3)
    with pytest.raises(Unavailable, match=r"longer than 0\.3 s"):
        await engine.answer(PROMPT)
    await engine.close()


async def test_nonsense_is_garbled_or_unavailable(address: str, tell: Callable[[str, int], None]) -> None:
    tell("garbage", 10)
    engine = open_engine(address)
    with pytest.raises((Garbled, Unavailable), match="Claude"):
        await engine.answer(PROMPT)
    await engine.close()


async def test_nobody_there_is_unavailable() -> None:
    engine = open_engine("http://127.0.0.1:9")
    with pytest.raises(Unavailable, match="cannot be reached"):
        await engine.answer(PROMPT)
    await engine.close()


def test_the_breaker_opens_after_failures_in_a_row_and_lets_one_try_later() -> None:
    """Open for a while, then one call tries; its success closes it."""
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(FAILURES_TO_OPEN):
        breaker.admit()
        breaker.failed()
    with pytest.raises(Unavailable):
        breaker.admit()
    now[0] += OPEN_SECONDS
    breaker.admit()
    with pytest.raises(Unavailable):
        breaker.admit()
    breaker.succeeded()
    breaker.admit()


def test_failures_that_are_not_in_a_row_leave_the_breaker_closed() -> None:
    breaker = Breaker(lambda: 0.0)
    for _ in range(FAILURES_TO_OPEN * 2):
        breaker.admit()
        breaker.failed()
        breaker.succeeded()
    breaker.admit()
