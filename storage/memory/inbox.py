"""The inbox in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.errors import Superseded
from bot.ports import Event, Lease
from bot.reviews.kinds import of_event
from bot.turn import Member
from storage.limits import MAX_ATTEMPTS
from storage.memory.lanes import Lane, Lanes
from storage.memory.reviews import Reviews, open_reviews


@dataclass(slots=True)
class Received:
    """An event and what became of it."""

    event: Event
    state: str = "waiting"
    attempt: int = 0
    answered: bool = False
    error: str = ""


class MemoryInbox:
    """What was received and not yet worked on."""

    def __init__(self, seconds_now: Callable[[], float]) -> None:
        self._now = seconds_now
        self._lanes: Lanes[Received] = Lanes(seconds_now)
        self.reviews: Reviews = {}
        self._known: dict[tuple[str, str, str], Received] = {}

    async def receive(self, event: Event) -> bool:
        key = (event.platform, event.workspace, event.id)
        if key in self._known:
            return False
        self._known[key] = Received(event)
        self._lanes.add(self._lane_of(event), self._known[key], event.person)
        return True

    async def lease(self, worker: str, seconds: float) -> Lease | None:
        while lane := self._lanes.take(seconds):
            first = lane.items[0]
            first.attempt += 1
            if first.attempt <= MAX_ATTEMPTS:
                first.state = "leased"
                return Lease(event=first.event, fence=lane.fence, attempt=first.attempt, answered=first.answered)
            self._give_up(first, "its workers died")
        return None

    async def check(self, lease: Lease) -> None:
        self.find_held(lease)

    async def release(self, lease: Lease, error: str, retry_in: float) -> bool:
        first = self.find_held(lease)
        if lease.attempt >= MAX_ATTEMPTS:
            self._give_up(first, error)
            return False
        first.state, first.error = "waiting", error
        self._lanes.let_go(self._lane_of(lease.event), retry_in)
        return True

    async def finish(self, lease: Lease) -> None:
        self.mark_done(lease)

    async def depths(self) -> Mapping[str, int]:
        depths = {"waiting": 0, "leased": 0, "done": 0, "dead": 0}
        for received in self._known.values():
            depths[received.state] += 1
        return depths

    async def waited(self) -> float:
        return self._lanes.find_wait()

    def find_held(self, lease: Lease) -> Received:
        """The event in hand; raises Superseded where the lease was taken over."""
        event = lease.event
        received = self._known.get((event.platform, event.workspace, event.id))
        if received is None or received.state != "leased" or self._lane_of(event).fence != lease.fence:
            raise Superseded
        return received

    def mark_done(self, lease: Lease) -> None:
        """Mark it done, or answered where there is still something to learn from it; raises Superseded where the lease
        was taken over."""
        first, lane = self.find_held(lease), self._lane_of(lease.event)
        if lease.teaches and not lease.answered:
            first.state, first.answered, first.attempt = "waiting", True, 0
        else:
            first.state = "done"
            lane.items.pop(0)
        self._lanes.let_go(lane)

    def erase(self, member: Member) -> None:
        """Drop what was given up, or was still to be learned from, of one person's."""
        for received in self._known.values():
            event = received.event
            theirs = (event.workspace, event.person) == (member.workspace, member.id)
            if theirs and (received.state == "dead" or received.answered):
                lane = self._lane_of(event)
                if received in lane.items:
                    lane.items.remove(received)
                    self._lanes.let_go(lane)
                received.state, received.event = "done", replace(event, body={}, person="")

    def _give_up(self, first: Received, error: str) -> None:
        first.state, first.error = "dead", error
        lane, event = self._lane_of(first.event), first.event
        lane.items.pop(0)
        self._lanes.let_go(lane)
        at = datetime.fromtimestamp(self._now(), UTC)
        open_reviews(self.reviews, [of_event(event.platform, event.id, event.workspace, error, at)])

    def _lane_of(self, event: Event) -> Lane[Received]:
        return self._lanes[event.workspace, event.platform, event.conversation]
