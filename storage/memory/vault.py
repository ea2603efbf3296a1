"""Sealed secrets in memory."""

from __future__ import annotations

from collections.abc import Mapping


class MemoryVault:
    """Sealed secrets, changed only by whoever knows what they were."""

    def __init__(self) -> None:
        self._sealed: dict[str, tuple[str, str]] = {}

    async def read(self, key: str) -> str | None:
        return self._sealed[key][1] if key in self._sealed else None

    async def swap(self, workspace: str, key: str, before: str | None, after: str | None) -> bool:
        if await self.read(key) != before:
            return False
        if after is None:
            self._sealed.pop(key, None)
        else:
            self._sealed[key] = workspace, after
        return True

    async def all(self, prefix: str) -> Mapping[str, str]:
        return {key: sealed for key, (_, sealed) in sorted(self._sealed.items()) if key.startswith(prefix)}
