"""Observing with Claude: a batch of one person's messages in, raw notes out. Translation only: the core checks them.

The instructions and the shape of the answer are the stable part and cached; the messages go as JSON, so that none can
pass for an instruction or for another message.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from anthropic.types import Message

from adapters.claude import cached_text
from adapters.claude_access import Access, make_client
from adapters.claude_calls import Breaker, calling
from bot.errors import Garbled
from bot.self_model.extract import INSTRUCTIONS, SCHEMA, Noted, make_request

MOST_TOKENS = 2_000  # about forty notes
SECONDS = 60.0  # nobody waits for it


class ClaudeObserver:
    """An observer (see `bot.ports.Observer`) on the Messages API."""

    def __init__(self, access: Access, *, model: str, seconds: float = SECONDS) -> None:
        self._client = make_client(access, seconds)
        self._model = model
        self._seconds = seconds
        self._breaker = Breaker()

    async def observe(self, messages: Sequence[tuple[str, str]]) -> Noted:
        """What the model notes of these (id, text) pairs, unchecked. Raises Unavailable or Garbled."""
        async with calling(self._breaker, self._seconds):
            answer = await self._client.messages.create(
                model=self._model,
                max_tokens=MOST_TOKENS,
                system=[cached_text(INSTRUCTIONS)],
                messages=[{"role": "user", "content": make_request(messages)}],
                output_config={"format": {"type": "json_schema", "schema": SCHEMA}},
            )
            if not isinstance(answer, Message):  # a gateway's page is handed through as text
                raise Garbled("Claude answered in a shape that cannot be read.")
            return read_notes(answer)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()


def read_notes(answer: Message) -> Noted:
    """The notes in an answer; raises Garbled where it was refused, cut off, or is not the shape that was asked for."""
    if answer.stop_reason != "end_turn":
        raise Garbled(f"Claude ended its notes with {answer.stop_reason}.")
    text = "".join(block.text for block in answer.content if block.type == "text")
    try:
        items = json.loads(text)["observations"]
    except (ValueError, KeyError, TypeError) as error:
        raise Garbled("Claude's notes are not the JSON that was asked for.") from error
    if not isinstance(items, list):
        raise Garbled("Claude's notes are not a list.")
    return Noted(
        items=tuple(item for item in items if isinstance(item, dict)),
        model=answer.model,
        input_tokens=answer.usage.input_tokens,
        cached_tokens=answer.usage.cache_read_input_tokens or 0,
        cache_writes=answer.usage.cache_creation_input_tokens or 0,
        output_tokens=answer.usage.output_tokens,
    )
