"""Which models answer and observe, as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ports import Engine, Observer
from bot.settings import Settings, reveal

if TYPE_CHECKING:
    from adapters.claude_access import Access


def make_engine(settings: Settings) -> Engine | None:
    """Claude where it is wanted and a key or a cloud is set, else None: the offline engine."""
    is_set = settings.anthropic_api_key is not None or settings.claude_through != "anthropic"
    if settings.engine == "offline" or (settings.engine == "auto" and not is_set):
        return None
    from adapters.claude import ClaudeEngine

    return ClaudeEngine(make_access(settings), model=settings.answer_model, seconds=settings.model_seconds)


def make_observer(settings: Settings) -> Observer | None:
    """The model that helps observe, where that is on."""
    if not settings.observe_with_claude or settings.engine == "offline":
        return None
    from adapters.claude_observer import ClaudeObserver

    return ClaudeObserver(make_access(settings), model=settings.observe_model)


def make_access(settings: Settings) -> Access:
    """How the settings say that Claude is reached."""
    from adapters.claude_access import Access

    return Access(
        through=settings.claude_through,
        api_key=reveal(settings.anthropic_api_key),
        base_url=settings.anthropic_base_url,
        region=settings.claude_region,
        project=settings.vertex_project,
    )
