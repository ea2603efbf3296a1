"""The values of answering: a judgement (what to do), a plan (how to say it), a draft (what was written)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import Garbled
from bot.knowledge.model import Term
from bot.turn import Decision, Depth, Lens


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What to do with a question. All probabilities 0-1: `confidence` that a direct answer would be right, `p_ask`
    that a clarifying question is needed, `p_decline` that the knowledge base lacks it."""

    decision: Decision
    confidence: float
    p_ask: float
    p_decline: float
    question: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an answer is to be said. `sentences` is the most prose sentences it may have; `form` is prose, bullets or
    steps; `define` are terms to explain; `relate_to` are the person's own things (stack, project) to connect with;
    `seek` are words of the lens that make a sentence worth choosing; `why` says in plain words what led to the plan."""

    depth: Depth
    lens: Lens
    sentences: int
    form: str = "prose"
    define: tuple[Term, ...] = ()
    relate_to: tuple[str, ...] = ()
    seek: tuple[str, ...] = ()
    example: bool = False
    beliefs_used: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an engine wrote: Markdown with markers [1], [2] … that count into `passages` (ids, in marker order)."""

    text: str
    passages: tuple[str, ...]
    engine: str
    input_tokens: int = 0
    cached_tokens: int = 0
    cache_writes: int = 0
    output_tokens: int = 0
    fallback: str = ""


class Unfit(Garbled):
    """What the model wrote cannot be used. `spent` counts its tokens all the same: it was paid for."""

    def __init__(self, message: str, spent: Draft) -> None:
        super().__init__(message)
        self.spent = spent


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a model is given, stable parts first so that they can be cached. `documents`: (passage id, title, text)."""

    version: str
    instructions: str
    documents: tuple[tuple[str, str, str], ...]
    history: tuple[tuple[str, str], ...]
    person: str
    question: str
    max_tokens: int
