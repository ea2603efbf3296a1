"""Whatever order workers do things in, inbox and outbox behave as a simple model of them does."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from storage_samples import make_outgoing

from bot.errors import Superseded
from bot.ports import Effects, Event, Lease, Stores
from bot.turn import Place
from storage.memory import open_memory
from storage.sql import open_sql

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TRIES, LOST = 5, 10  # after so many, an event is given up, or a message whose senders were not heard of again
CONVERSATIONS = ("A", "B", "C")
RUNS = count()  # each run has conversations of its own, so that runs can share a database
LIMITS = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)


@dataclass
class Line:
    """A conversation in the model: its open items in order, who has the first, and how often it was tried."""

    most_tries: int
    waiting: list[str] = field(default_factory=list)
    attempts: dict[str, int] = field(default_factory=dict)  # that count against it: of a message, those that died
    tried: Counter[str] = field(default_factory=Counter)  # how often a message was taken in all
    fence: int = 0
    held: bool = False  # by a lease that has not lapsed
    leased: bool = False  # by any lease that nobody took over or ended
    uncertain: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    posted: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def drop_exhausted(self) -> int:
        """Give up the first items that were tried too often; how many."""
        gone = 0
        while not self.held and self.waiting and self.attempts.get(self.waiting[0], 0) >= self.most_tries:
            self.waiting.pop(0)
            self.leased = False
            gone += 1
        return gone

    @property
    def in_doubt(self) -> bool:
        """Whether its last try has lapsed: it is given up as soon as a worker meets it, which the model cannot see."""
        return self.free and self.leased and self.attempts.get(self.waiting[0], 0) >= self.most_tries

    @property
    def free(self) -> bool:
        return bool(self.waiting) and not self.held


class Queue(RuleBasedStateMachine):
    """What both machines share: stores, a loop to run them on, and the lines."""

    most_tries: ClassVar[int]
    stores: ClassVar[Stores]
    runner: ClassVar[asyncio.Runner]

    def __init__(self) -> None:
        super().__init__()
        self.run_number = next(RUNS)
        self.lines = {conversation: Line(self.most_tries) for conversation in CONVERSATIONS}
        self.given_up = 0

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    def name(self, conversation: str) -> str:
        return f"{self.run_number}{conversation}"

    def teardown(self) -> None:
        """Empty the queue, so that the next run starts with none."""
        self.run(self.drain())

    async def drain(self) -> None:
        raise AssertionError("each machine says how its queue is drained")


class InboxMachine(Queue):
    """Receive, lease, finish and release in any order, with leases that lapse and workers that come late."""

    most_tries = TRIES

    def __init__(self) -> None:
        super().__init__()
        self.leases: list[Lease] = []
        self.known: set[str] = set()
        self.done = 0
        self.done_before = self.run(self.stores.inbox.depths())["done"]

    async def drain(self) -> None:
        while lease := await self.stores.inbox.lease("drain", 60):
            await self.stores.inbox.finish(lease)
        for lease in self.leases:
            try:
                await self.stores.inbox.finish(lease)
            except Superseded:
                continue
        while lease := await self.stores.inbox.lease("drain", 60):
            await self.stores.inbox.finish(lease)

    @rule(conversation=st.sampled_from(CONVERSATIONS), n=st.integers(0, 5))
    def receive(self, conversation: str, n: int) -> None:
        name = f"{self.run_number}{conversation}{n}"
        event = Event(
            platform="slack",
            id=name,
            workspace="W1",
            conversation=self.name(conversation),
            body={},
            received_at=AT,
        )
        assert self.run(self.stores.inbox.receive(event)) == (name not in self.known)
        if name not in self.known:
            self.known.add(name)
            self.lines[conversation].waiting.append(name)

    @rule(lapses=st.booleans())
    def lease(self, lapses: bool) -> None:
        lease: Lease | None = self.run(self.stores.inbox.lease("worker", -1.0 if lapses else 3600.0))
        if lease is None:
            self.given_up += sum(line.drop_exhausted() for line in self.lines.values())
            assert not any(line.free for line in self.lines.values())
            return
        line = self.line_of(lease)
        if line.waiting[0] != lease.event.id or line.attempts.get(lease.event.id, 0) >= TRIES:
            self.given_up += line.drop_exhausted()
        assert not line.held
        assert line.waiting[0] == lease.event.id
        assert lease.fence > line.fence
        line.attempts[lease.event.id] = line.attempts.get(lease.event.id, 0) + 1
        assert lease.attempt == line.attempts[lease.event.id]
        assert lease.answered == (lease.event.id in line.answered)
        line.fence, line.held, line.leased = lease.fence, not lapses, True
        self.leases.append(lease)

    def line_of(self, lease: Lease) -> Line:
        return self.lines[lease.event.conversation[-1]]

    def is_current(self, lease: Lease) -> bool:
        line = self.line_of(lease)
        return line.leased and line.fence == lease.fence

    @precondition(lambda self: self.leases)
    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        lease = data.draw(st.sampled_from(self.leases))
        if not self.is_current(lease):
            self.refuse(self.stores.inbox.finish(lease))
            return
        if self.line_of(lease).in_doubt:
            return
        self.run(self.stores.inbox.finish(lease))
        self.close(lease, gone=True)
        self.done += 1

    @precondition(lambda self: self.leases)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        """Finish with something still to be learned: it stays first, and counts its attempts anew; the second time it
        is done."""
        lease = data.draw(st.sampled_from(self.leases))
        work = self.stores.journal.commit(Effects(done=replace(lease, teaches=True)))
        if not self.is_current(lease):
            self.refuse(work)
            return
        line = self.line_of(lease)
        if line.in_doubt:
            work.close()
            return
        self.run(work)
        self.close(lease, gone=lease.answered)
        self.done += lease.answered
        if not lease.answered:
            line.answered.add(lease.event.id)
            line.attempts[lease.event.id] = 0

    @precondition(lambda self: self.leases)
    @rule(data=st.data())
    def check(self, data: st.DataObject) -> None:
        lease = data.draw(st.sampled_from(self.leases))
        if not self.is_current(lease):
            self.refuse(self.stores.inbox.check(lease))
        elif not self.line_of(lease).in_doubt:
            self.run(self.stores.inbox.check(lease))

    @precondition(lambda self: self.leases)
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        lease = data.draw(st.sampled_from(self.leases))
        if not self.is_current(lease):
            self.refuse(self.stores.inbox.release(lease, "late", 0.0))
            return
        if self.line_of(lease).in_doubt:
            return
        alive = self.run(self.stores.inbox.release(lease, "failed", 0.0))
        assert alive == (lease.attempt < TRIES)
        self.close(lease, gone=not alive)
        self.given_up += not alive

    def refuse(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            self.run(work)
        except Superseded:
            return
        raise AssertionError("a lease that was taken over or ended was accepted")

    def close(self, lease: Lease, *, gone: bool) -> None:
        line = self.line_of(lease)
        line.held = line.leased = False
        if gone:
            line.waiting.pop(0)

    @invariant()
    def nothing_is_lost(self) -> None:
        depths = self.run(self.stores.inbox.depths())
        assert depths["done"] - self.done_before == self.done
        open_ones = sum(len(line.waiting) for line in self.lines.values())
        # An item tried too often is given up when a worker next meets it, which the model cannot see.
        exhausted = sum(
            bool(line.waiting) and line.attempts.get(line.waiting[0], 0) >= TRIES for line in self.lines.values()
        )
        now_open = depths["waiting"] + depths["leased"]
        assert open_ones - exhausted <= now_open <= open_ones


class OutboxMachine(Queue):
    """Queue, take, and mark sent or failed in any order, with workers that die while sending."""

    most_tries = LOST

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []
        self.number = count()
        self.ended: Counter[str] = Counter()
        self.before = self.run(self.stores.outbox.depths())

    async def drain(self) -> None:
        while sending := await self.stores.outbox.next("drain", 60):
            await self.stores.outbox.sent(sending.outgoing.key, "x")
        for key in self.taken:
            await self.stores.outbox.sent(key, "x")
        while sending := await self.stores.outbox.next("drain", 60):
            await self.stores.outbox.sent(sending.outgoing.key, "x")

    @rule(conversation=st.sampled_from(CONVERSATIONS), again=st.booleans())
    def queue(self, conversation: str, again: bool) -> None:
        key = f"{self.run_number}-{next(self.number)}{conversation}"
        place = Place("W1", self.name(conversation))
        times = 2 if again else 1
        self.run(self.stores.journal.commit(Effects(outgoing=(make_outgoing(key, place),) * times)))
        self.lines[conversation].waiting.append(key)

    @rule(lapses=st.booleans())
    def take(self, lapses: bool) -> None:
        sending = self.run(self.stores.outbox.next("worker", -1.0 if lapses else 3600.0))
        if sending is None:
            self.given_up += sum(line.drop_exhausted() for line in self.lines.values())
            assert not any(line.free for line in self.lines.values())
            return
        key = sending.outgoing.key
        line = self.lines[key[-1]]
        if line.waiting[0] != key:
            self.given_up += line.drop_exhausted()
        assert not line.held
        assert line.waiting[0] == key
        if line.leased:  # the one who had it died while sending
            line.uncertain.add(key)
        line.tried[key] += 1
        line.attempts[key] = line.attempts.get(key, 0) + 1
        assert (sending.attempt, sending.uncertain) == (line.tried[key], key in line.uncertain)
        assert sending.posted == line.posted.get(key, ())
        line.held, line.leased = not lapses, True
        self.taken.append(key)

    @precondition(lambda self: self.taken)
    @rule(data=st.data(), parts=st.integers(1, 3))
    def post(self, data: st.DataObject, parts: int) -> None:
        key = data.draw(st.sampled_from(self.taken))
        line = self.lines[key[-1]]
        if line.in_doubt:
            return
        posted = tuple(f"{key}.{part}" for part in range(parts))
        self.run(self.stores.outbox.posted(key, posted))
        if line.leased and line.waiting and line.waiting[0] == key:
            line.posted[key] = posted

    @precondition(lambda self: self.taken)
    @rule(data=st.data(), outcome=st.sampled_from(["sent", "retry", "doubtful", "for good", "unknown"]))
    def close(self, data: st.DataObject, outcome: str) -> None:
        key = data.draw(st.sampled_from(self.taken))
        line = self.lines[key[-1]]
        if line.in_doubt:
            return
        if outcome == "sent":
            self.run(self.stores.outbox.sent(key, f"message of {key}"))
        else:
            wait = 0.0 if outcome in ("retry", "doubtful") else None
            doubt = outcome in ("doubtful", "unknown")
            self.run(self.stores.outbox.failed(key, "no", wait, uncertain=doubt))
        if not (line.leased and line.waiting and line.waiting[0] == key):
            return  # a late word: the model, and with the next rules the store, stay as they were
        line.held = line.leased = False
        line.attempts[key] -= 1
        if outcome == "doubtful":
            line.uncertain.add(key)
        if outcome not in ("retry", "doubtful"):
            line.waiting.pop(0)
            self.ended[outcome] += 1
        expected = f"message of {key}" if outcome == "sent" else ""
        assert self.run(self.stores.outbox.message(key)) == expected

    @invariant()
    def what_became_of_each_is_counted(self) -> None:
        now = self.run(self.stores.outbox.depths())
        new = {state: number - self.before[state] for state, number in now.items()}
        assert new["sent"] == self.ended["sent"]
        # What its senders died of too often is unknown, once a worker meets it, which the model cannot see.
        ended = self.ended["for good"] + self.ended["unknown"]
        exhausted = sum(max(line.attempts.values(), default=0) >= LOST for line in self.lines.values())
        assert ended <= new["failed"] + new["unknown"] <= ended + self.given_up + exhausted


def run_machine(machine: type[Queue], address: str) -> None:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        machine.runner = runner
        opened = stack.enter_async_context(open_sql(address, migrate=False)) if address else None
        machine.stores = runner.run(opened) if opened else open_memory()
        try:
            run_state_machine_as_test(machine, settings=LIMITS)
        finally:
            runner.run(stack.aclose())


def test_an_inbox_is_in_order_exclusive_and_loses_nothing(address: str) -> None:
    run_machine(InboxMachine, address)


def test_an_outbox_is_in_order_exclusive_and_says_what_is_uncertain(address: str) -> None:
    run_machine(OutboxMachine, address)
