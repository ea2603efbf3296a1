"""Answers written by Claude: a prompt in, a cited draft out. Translation only; what it says is checked by the core.

Documents go as citation-enabled blocks, so that citations are positions in what was sent and not words of the model.
Cache breakpoints stand after the instructions and after the documents; what is known of the reader comes last.
"""

from __future__ import annotations

from collections.abc import Callable

from anthropic.types import DocumentBlockParam, Message, MessageParam, TextBlock, TextBlockParam, Usage

from adapters.claude_access import Access, make_client
from adapters.claude_calls import NAME, Breaker, calling
from bot.answering.model import Draft, Prompt, Unfit
from bot.errors import Unavailable

UNFINISHED = {
    "refusal": "Claude declined to answer.",
    "max_tokens": "Claude's answer was cut off at its token limit.",
    "model_context_window_exceeded": "What Claude was sent is longer than it can read.",
}


class ClaudeEngine:
    """An engine (see `bot.ports.Engine`) on the Messages API."""

    name = NAME

    def __init__(self, access: Access, *, model: str, seconds: float = 30.0) -> None:
        self._client = make_client(access, seconds)
        self._model = model
        self._seconds = seconds
        self._breaker = Breaker()

    async def answer(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Draft:
        """Have the prompt answered; `on_text` gets the whole text so far, without markers, each time it grows. Raises
        Unavailable (down, slow, overloaded, broken off) or Unfit (refused, cut off, empty, uncited)."""
        async with calling(self._breaker, self._seconds):
            message = await self._stream(prompt, on_text)
            return make_draft(message, prompt)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def _stream(self, prompt: Prompt, on_text: Callable[[str], None] | None) -> Message:
        """The whole message, once its last event has come."""
        text = ""
        async with self._client.messages.stream(
            model=self._model,
            max_tokens=prompt.max_tokens,
            system=[cached_text(prompt.instructions)],
            messages=make_messages(prompt),
        ) as stream:
            async for event in stream:
                if event.type == "text":
                    text += event.text
                    if on_text:
                        on_text(text)
                elif event.type == "message_stop":
                    return event.message
        raise Unavailable("Claude broke off in the middle of its answer.")


def cached_text(text: str) -> TextBlockParam:
    """A text block that ends a cacheable part."""
    return {"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}


def make_messages(prompt: Prompt) -> list[MessageParam]:
    """One message of the user: the documents, what was said before, the reader, the question. In this order."""
    documents = [make_document(title, text) for _, title, text in prompt.documents]
    if documents:
        documents[-1]["cache_control"] = {"type": "ephemeral"}
    said = "\n\n".join(f"{speaker}: {text}" for speaker, text in prompt.history)
    texts = [
        f"Said before:\n\n{said}" if said else "",
        f"The reader\n{prompt.person}",
        f"The question\n{prompt.question}",
    ]
    blocks: list[TextBlockParam] = [{"type": "text", "text": text} for text in texts if text]
    return [{"role": "user", "content": [*documents, *blocks]}]


def make_document(title: str, text: str) -> DocumentBlockParam:
    """A passage as a document that can be cited; an empty one would be refused."""
    return {
        "type": "document",
        "source": {"type": "text", "media_type": "text/plain", "data": text or title or "(empty)"},
        "title": title[:500] or "Untitled",
        "citations": {"enabled": True},
    }


def make_draft(message: Message, prompt: Prompt) -> Draft:
    """The answer with markers; raises Unfit where it was not finished, is empty, or cites nothing."""
    text, cited = write_markers([block for block in message.content if block.type == "text"], prompt)
    draft = count_tokens(Draft(text=text, passages=cited, engine=NAME), message.usage)
    if message.stop_reason in UNFINISHED:
        raise Unfit(UNFINISHED[message.stop_reason], draft)
    if not text:
        raise Unfit("Claude answered with nothing.", draft)
    if not cited:
        raise Unfit("Claude cited no document.", draft)
    return draft


def write_markers(blocks: list[TextBlock], prompt: Prompt) -> tuple[str, tuple[str, ...]]:
    """The blocks as one text, each followed by the markers of what it cites, and the passages by marker."""
    cited: list[str] = []
    parts: list[str] = []
    for block in blocks:
        places = [getattr(one, "document_index", -1) for one in block.citations or ()]
        numbers: list[int] = []
        for place in dict.fromkeys(places):
            if 0 <= place < len(prompt.documents):
                passage = prompt.documents[place][0]
                if passage not in cited:
                    cited.append(passage)
                numbers.append(cited.index(passage) + 1)
        body = block.text.rstrip()
        markers = "".join(f"[{number}]" for number in sorted(numbers))
        parts.append(f"{body} {markers}{block.text[len(body) :]}" if markers and body else block.text)
    return "".join(parts).strip(), tuple(cited)


def count_tokens(draft: Draft, usage: Usage) -> Draft:
    """The draft with what it used; the three counts of input are apart from each other."""
    return Draft(
        text=draft.text,
        passages=draft.passages,
        engine=draft.engine,
        input_tokens=usage.input_tokens,
        cached_tokens=usage.cache_read_input_tokens or 0,
        cache_writes=usage.cache_creation_input_tokens or 0,
        output_tokens=usage.output_tokens,
    )
