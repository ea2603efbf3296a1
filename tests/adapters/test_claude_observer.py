"""Observing through the real SDK, against the stand-in of the Messages API in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from adapters.claude_access import Access
from adapters.claude_observer import ClaudeObserver
from bot.errors import Garbled, Unavailable
from bot.self_model.extract import INSTRUCTIONS, SCHEMA

MESSAGES = [("m1", "I run the platform"), ("m2", 'quote " and } brace')]
NOTE = {
    "message": "m1",
    "address": "role",
    "value": "platform",
    "quote": "I run the platform",
    "speaks": "for",
    "source": "stated",
    "ends": False,
}


def open_observer(address: str, seconds: float = 5.0) -> ClaudeObserver:
    return ClaudeObserver(Access(api_key="test-key", base_url=address), model="claude-haiku-5-5", seconds=seconds)


async def test_notes_come_back_as_they_are_with_what_the_call_used(
    address: str, tell: Callable[[str, int], None]
) -> None:
    tell("say:" + json.dumps({"observations": [NOTE, "not an object"]}), 1)
    observer = open_observer(address)
    noted = await observer.observe(MESSAGES)
    await observer.close()
    assert noted.items == (NOTE,)
    assert (noted.model, noted.input_tokens, noted.cached_tokens) == ("claude-haiku-5-5", 100, 300)


async def test_the_batch_goes_as_data_in_one_call_with_the_shape_of_the_answer(
    address: str, sent: Callable[[], dict[str, Any]]
) -> None:
    observer = open_observer(address)
    await observer.observe(MESSAGES)
    await observer.close()
    body = sent()
    assert body["system"][0]["text"] == INSTRUCTIONS
    assert body["system"][0]["cache_control"] == {"type": "ephemeral"}
    assert body["output_config"]["format"] == {"type": "json_schema", "schema": SCHEMA}
    assert json.loads(body["messages"][0]["content"]) == [{"id": one, "text": text} for one, text in MESSAGES]


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("slow", Unavailable),
        ("429", Unavailable),
        ("500", Unavailable),
        ("529", Unavailable),
        ("401", Unavailable),
        ("refusal", Garbled),
        ("truncated", Garbled),
        ("empty", Garbled),
        ("garbage", Garbled),
        ("say:not json", Garbled),
        ("say:[1, 2]", Garbled),
        ('say:{"observations": 3}', Garbled),
    ],
)
async def test_each_way_to_fail_is_one_of_our_errors(
    address: str, tell: Callable[[str, int], None], mode: str, error: type[Exception]
) -> None:
    tell(mode, 9)
    observer = open_observer(address, seconds=2.0 if mode != "slow" else 0.3)
    with pytest.raises(error):
        await observer.observe(MESSAGES)
    await observer.close()
