"""A platform as connected, in the words that the rest of the wiring shares."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.flows.work import Handle
from bot.ports import Directory, Messenger


@dataclass(frozen=True, slots=True)
class Part:
    """A platform as connected: which workspaces it serves, whether it takes us for theirs in one of them (raises
    Unavailable where it cannot be asked), who delivers there, who knows their people, what handles their events; what
    is served over HTTP by POST and as pages."""

    served: Callable[[], Awaitable[Sequence[str]]]
    is_there: Callable[[str], Awaitable[bool]]
    messenger: Messenger
    directory: Directory
    handle: Handle
    routes: Mapping[str, Callable[..., Awaitable[Any]]]
    pages: Mapping[str, Callable[..., Awaitable[Any]]] = field(default_factory=dict)


async def is_there(parts: Sequence[Part], workspace: str) -> bool:
    """Whether a platform takes us for theirs in a workspace. Raises Unavailable."""
    return any([await part.is_there(workspace) for part in parts if workspace in await part.served()])


async def find_served(parts: Sequence[Part]) -> Sequence[str]:
    """Every workspace that is served just now."""
    return sorted({workspace for part in parts for workspace in await part.served()})
