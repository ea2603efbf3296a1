"""The outbox in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.errors import Unavailable
from bot.ports import Delivery, Notice, Outgoing, Pace, Sending
from bot.turn import Place
from storage.limits import MAX_LOST, UNDER_WAY
from storage.memory.lanes import Lane, Lanes

OPEN = ("waiting", "sending")


@dataclass(slots=True)
class Queued:
    """Something to deliver and what became of it."""

    outgoing: Outgoing
    state: str = "waiting"
    attempt: int = 0
    lost: int = 0
    uncertain: bool = False
    posted: tuple[str, ...] = ()
    message: str = ""
    error: str = ""


class MemoryOutbox:
    """What is to be delivered, in order within a place; `paces` by platform."""

    def __init__(self, seconds_now: Callable[[], float], paces: Mapping[str, Pace]) -> None:
        self._now, self._paces = seconds_now, paces
        self._free_at: dict[tuple[str, str, str], float] = {}
        self._lanes: Lanes[Queued] = Lanes(seconds_now)
        self._known: dict[str, Queued] = {}

    def insert(self, outgoing: Outgoing) -> None:
        """Queue something to deliver; dropped where its key is known."""
        if outgoing.key not in self._known:
            self._known[outgoing.key] = Queued(outgoing)
            self._lanes.add(self._lane_of(outgoing), self._known[outgoing.key])

    async def next(self, worker: str, seconds: float) -> Sending | None:
        while lane := self._lanes.take(seconds):
            first = lane.items[0]
            if await self._must_wait(lane, first.outgoing):
                continue
            first.attempt += 1
            first.lost += 1  # until it is heard of again
            first.uncertain = first.uncertain or first.state == "sending"
            if first.lost <= MAX_LOST:
                first.state = "sending"
                return Sending(
                    outgoing=first.outgoing,
                    attempt=first.attempt,
                    uncertain=first.uncertain,
                    begun=first.message,
                    posted=first.posted,
                )
            first.state = "unknown" if first.uncertain else "failed"
            first.error = first.error or "its workers died while sending"
            lane.items.pop(0)
            self._lanes.let_go(lane)
        return None

    async def wait_for(self, platform: str, workspace: str, what: str, pace: Pace) -> float:
        if platform not in self._paces:
            return 0.0
        now, known = self._now(), (platform, workspace, what)
        self._free_at[known] = max(self._free_at.get(known, now), now) + pace.every
        return max(0.0, self._free_at[known] - pace.every * pace.burst - now)

    async def posted(self, key: str, messages: Sequence[str]) -> None:
        queued = self._known.get(key)
        if queued and queued.state == "sending":
            queued.posted = tuple(messages)

    async def begun(self, key: str, message: str) -> None:
        queued = self._known.get(key)
        if queued and queued.state == "sending":
            queued.message = message

    async def sent(self, key: str, message: str) -> None:
        queued = self._known.get(key)
        if queued and queued.state == "sending":
            queued.message = message
            self._close(queued, "sent")

    async def failed(self, key: str, error: str, retry_in: float | None, *, uncertain: bool = False) -> None:
        queued = self._known.get(key)
        if queued and queued.state == "sending":
            queued.error, queued.uncertain = error, queued.uncertain or uncertain
            queued.lost -= 1
            given_up = "unknown" if uncertain else "failed"
            self._close(queued, given_up if retry_in is None else "waiting", retry_in or 0.0)

    async def message(self, key: str) -> str:
        queued = self._known.get(key)
        return queued.message if queued else ""

    async def deliveries(self, keys: Collection[str]) -> Mapping[str, Delivery]:
        return {key: _to_delivery(self._known[key]) for key in keys if key in self._known}

    async def take_back(self, key: str) -> bool:
        queued = self._known.get(key)
        if queued and queued.state == "unknown":
            queued.outgoing = replace(queued.outgoing, content=Notice(""))
        if queued is None or queued.state not in ("waiting", "failed"):
            return False
        lane = self._lane_of(queued.outgoing)
        lane.items = [one for one in lane.items if one is not queued]
        del self._known[key]
        return True

    async def key_of(self, place: Place, message: str) -> str:
        if not message:
            return ""
        here = (place.workspace, place.channel)
        there = [
            one for one in self._known.values() if (one.outgoing.place.workspace, one.outgoing.place.channel) == here
        ]
        for queued in reversed(there):
            if queued.message == message or (queued.state in OPEN and message in queued.posted):
                return queued.outgoing.key
        if any(queued.state == "sending" for queued in there):
            raise Unavailable(UNDER_WAY)
        return ""

    async def depths(self) -> Mapping[str, int]:
        depths = {"waiting": 0, "sending": 0, "sent": 0, "failed": 0, "unknown": 0}
        for queued in self._known.values():
            depths[queued.state] += 1
        return depths

    async def waited(self) -> float:
        return self._lanes.find_wait()

    async def _must_wait(self, lane: Lane[Queued], outgoing: Outgoing) -> bool:
        """Whether a lane in hand has to wait for its turn to send; it is let go then until its turn comes, once."""
        pace = self._paces.get(outgoing.platform)
        if pace is None or lane.slot:
            lane.slot = 0.0
            return False
        scope = outgoing.place.channel if pace.by_channel else ""
        if wait := await self.wait_for(outgoing.platform, lane.workspace, scope, pace):
            self._lanes.let_go(lane, wait)
            lane.slot = lane.ready_at
        return bool(wait)

    def _close(self, queued: Queued, state: str, delay: float = 0.0) -> None:
        queued.state = state
        lane = self._lane_of(queued.outgoing)
        if state != "waiting":
            lane.items.remove(queued)
        self._lanes.let_go(lane, delay)

    def _lane_of(self, outgoing: Outgoing) -> Lane[Queued]:
        place = outgoing.place
        return self._lanes[place.workspace, outgoing.platform, place.channel, place.thread]


def _to_delivery(queued: Queued) -> Delivery:
    outgoing = queued.outgoing
    return Delivery(
        platform=outgoing.platform,
        place=outgoing.place,
        state=queued.state,
        message=queued.message,
        error=queued.error,
    )
