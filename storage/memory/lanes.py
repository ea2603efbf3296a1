"""Lanes in memory: one conversation's queue in a box, of which one worker at a time takes the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(slots=True)
class Lane(Generic[Item]):
    """One conversation's open items, in order, and who has its first in hand until when."""

    workspace: str
    items: list[Item] = field(default_factory=list)
    person: str = ""
    ready_at: float = 0.0
    lease_until: float = 0.0
    fence: int = 0
    slot: float = 0.0


class Lanes(Generic[Item]):
    """The lanes of a box. They take turns as those in a database do."""

    def __init__(self, seconds_now: Callable[[], float]) -> None:
        self._now = seconds_now
        self._lanes: dict[tuple[str, ...], Lane[Item]] = {}

    def __getitem__(self, key: tuple[str, ...]) -> Lane[Item]:
        """The lane of a conversation (its workspace first), made where there is none."""
        return self._lanes.setdefault(key, Lane(workspace=key[0]))

    def add(self, lane: Lane[Item], item: Item, person: str = "") -> None:
        """Put something at the end of a lane."""
        if not lane.items:
            lane.ready_at = self._now()
        lane.items.append(item)
        lane.person = person

    def find_wait(self) -> float:
        """Seconds for which the oldest lane that could be taken has been ready."""
        now = self._now()
        return max((now - lane.ready_at for lane in self._find_due(now)), default=0.0)

    def _find_due(self, now: float) -> list[Lane[Item]]:
        return [
            lane for lane in self._lanes.values() if lane.items and lane.ready_at <= now and lane.lease_until <= now
        ]

    def take(self, seconds: float) -> Lane[Item] | None:
        """Lease the next lane that has work and is in nobody's hands."""
        now = self._now()
        lane = min(self._find_due(now), key=lambda lane: self._turn(lane, now), default=None)
        if lane:
            lane.fence += 1
            lane.lease_until = now + seconds
            lane.ready_at = now
        return lane

    def let_go(self, lane: Lane[Item], delay: float = 0.0) -> None:
        """End the lease on a lane; its next work may start after `delay` seconds."""
        lane.lease_until = 0.0
        lane.ready_at = self._now() + delay

    def _turn(self, lane: Lane[Item], now: float) -> tuple[int, int, float]:
        held = [one for one in self._lanes.values() if one.lease_until > now and one.workspace == lane.workspace]
        return len(held), sum(one.person == lane.person for one in held), lane.ready_at
