"""The process under test: the real flows on a real database, against a stand-in of Slack in another process.

It receives a seed's events as a platform would send them, works, learns, delivers, sends the digest that is due and
purges, until nothing is left to do. Each step is told in a log file at once, so that a kill loses no line.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from failpoints import Around, Failpoints, watch_driver
from sqlalchemy.exc import DBAPIError
from workload import MODEL, PILOT, TEAM, make_payloads, prepare

from adapters import talk
from adapters.slack.messenger import SlackMessenger
from adapters.slack.translate import PLATFORM, identify, read
from adapters.slack.web import make_client
from bot.answering.model import Draft, Prompt
from bot.errors import Superseded, Unavailable
from bot.flows.deliver import deliver_next
from bot.flows.means import Means
from bot.flows.purge import purge
from bot.flows.send_digest import send_due_digests
from bot.flows.work import work_next, work_until
from bot.pilot.calendar import telling_time
from bot.ports import Journal, Lease, Stores
from storage.sql import open_sql

LEASE = 2.0  # seconds, in place of the product's 90 and 60
SPEED = 60.0  # of Slack's seconds in one of ours: its limits are tried elsewhere
BOT = "UBOT"
WORKERS, REST = 3, 0.05  # how many; seconds between two looks
LONGEST = 60.0  # seconds a life may last: more than the locks of a stopped one are waited for


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One life of the process. `url` of the database, `api` of the platform; `run` counts the lives of a seed. `skew`:
    seconds that its clock goes wrong by; `edits`: the platform tells of edits, before what they edit."""

    url: str
    api: str
    log: Path
    seed: int
    run: int = 0
    failpoint: str = ""
    receives: bool = True
    prepares: bool = False
    lease: float = LEASE
    skew: float = 0.0
    edits: bool = False


class Model:
    """A model that says what the first document says, and tells the log of each call."""

    name = "claude"

    def __init__(self, say: Callable[..., None], points: Failpoints) -> None:
        self._say, self._points = say, points

    async def answer(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Draft:
        case = re.findall(r"case (\d+-\d+)", prompt.question)[-1]
        self._say("called", case)
        await asyncio.sleep(0.01)
        self._points.reach("model answered")
        held = tuple(passage for passage, _, text in prompt.documents if "14 days" in text)[:1]
        return Draft(text="They stay for 14 days. [1]", passages=held, engine="claude", input_tokens=2000)

    async def close(self) -> None:
        """Nothing is held."""


def live(life: Life) -> None:
    """Live until there is nothing left to do."""
    os.environ["DAYTWO_FAILPOINT"] = life.failpoint
    asyncio.run(asyncio.wait_for(_live(life), LONGEST))


async def _live(life: Life) -> None:
    points, committing = Failpoints(os.environ["DAYTWO_FAILPOINT"]), []
    watch_driver(points, committing)
    file = os.open(life.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def say(what: str, about: str = "", **more: Any) -> None:
        line = {"what": what, "about": about, "run": life.run, "at": time.monotonic(), **more}
        os.write(file, json.dumps(line).encode() + b"\n")

    if life.prepares:
        await prepare(life.url)
    async with open_sql(life.url, migrate=life.prepares) as stores:
        say("open")
        around = surround(stores, points, committing, say, life.lease)
        means = Means(
            stores=around, engine=Model(say, points), model=MODEL, budget_person_day=1e6, budget_pilot_day=1e6
        )
        client = make_client("xoxb-1", life.api)
        messenger = Around(SlackMessenger(client, stores=around, speed=SPEED), send=partial(send, points, say))
        await do_everything(life, means, messenger, points, say)
        say("finished")


def surround(
    stores: Stores, points: Failpoints, committing: list[bool], say: Callable[..., None], seconds: float
) -> Stores:
    """The stores with points around what they do, and with short leases."""

    async def receive(inner: Any, event: Any) -> bool:
        points.reach("verified")
        new = await inner(event)
        points.reach("inserted")
        return bool(new)

    async def lease(inner: Any, worker: str, _seconds: float) -> Any:
        if leased := await inner(worker, seconds):
            say("leased", leased.event.id, fence=leased.fence)
            points.reach("leased")
        return leased

    async def check(inner: Any, lease: Any) -> None:
        try:
            await inner(lease)
        except Superseded:
            say("refused", lease.event.id)
            raise

    async def commit(inner: Any, effects: Any) -> None:
        points.reach("before commit")
        committing.append(True)
        try:
            await inner(effects)
        except Superseded:
            say("refused", effects.done.event.id if effects.done else "")
            raise
        finally:
            committing.pop()
        if effects.exchange and effects.done:
            say("stored", effects.exchange.id)
        points.reach("after commit")

    async def take(inner: Any, worker: str, _seconds: float) -> Any:
        if sending := await inner(worker, seconds):
            say("sending", sending.outgoing.key, uncertain=sending.uncertain)
            points.reach("sending")
        return sending

    async def sent(inner: Any, key: str, message: str) -> None:
        points.reach("sent before marked")
        await inner(key, message)
        say("sent", key)
        points.reach("marked")

    async def begun(inner: Any, key: str, message: str) -> None:
        points.reach("stream begun")
        await inner(key, message)
        points.reach("mid stream")

    async def keep_digest(inner: Any, digest: Any) -> None:
        points.reach("mid digest")
        await inner(digest)
        points.reach("mid digest")

    async def save(inner: Any, model: Any) -> Any:
        saved = await inner(model)
        points.reach("mid learn")
        return saved

    return replace(
        stores,
        inbox=Around(stores.inbox, receive=receive, lease=lease, check=check),
        journal=Around(stores.journal, commit=commit),
        outbox=Around(stores.outbox, next=take, sent=sent, begun=begun),
        pilots=Around(stores.pilots, keep_digest=keep_digest),
        self_models=Around(stores.self_models, save=save),
    )


async def send(points: Failpoints, say: Callable[..., None], inner: Any, sending: Any) -> str:
    message = str(await inner(sending))
    say("posted", sending.outgoing.key)
    return message


async def do_everything(life: Life, means: Means, messenger: Any, points: Failpoints, say: Callable[..., None]) -> None:
    """Receive, work with several workers, deliver, send the digest, purge; until all is done."""
    stores, stop, clock = means.stores, asyncio.Event(), lambda: datetime.now(UTC) + timedelta(seconds=life.skew)
    known = replace(means, directory=messenger)
    worker = f"run{life.run}"

    async def handle(lease: Lease) -> None:
        event = lease.event
        await talk.handle(known, PLATFORM, read(event.body, BOT, event.received_at), lease, clock)

    async with asyncio.TaskGroup() as group:
        for number in range(WORKERS):
            work = partial(work_next, stores, handle, f"{worker}/{number}", clock)
            group.create_task(work_until(stop, work, REST))
        group.create_task(work_until(stop, partial(deliver_next, stores.outbox, {PLATFORM: messenger}, worker), REST))
        if life.receives:
            await receive_all(life, stores, points, say)
        await until_done(partial(purge, point_at_commits(stores.journal, points), TEAM, 365, clock()))
        now = telling_time(PILOT, PILOT.starts) + timedelta(minutes=1 if life.run == 0 else 20)
        await until_done(partial(send_due_digests, stores, now))
        while not (life.receives and await is_done(stores)):  # noqa: ASYNC110 - another process may do it
            await asyncio.sleep(REST)
        stop.set()


async def receive_all(life: Life, stores: Stores, points: Failpoints, say: Callable[..., None]) -> None:
    """The seed's events as the platform sends them, some of them twice; in a later life all of them anew."""
    for payload in make_payloads(life.seed, life.run, edits=life.edits):
        event = identify(payload, datetime.now(UTC))
        assert event
        await until_done(partial(receive, stores.inbox, event, say))
        points.reach("acked")
        await asyncio.sleep(0.005)


async def receive(inbox: Any, event: Any, say: Callable[..., None]) -> None:
    """Keep an event, and acknowledge it."""
    say("acked", event.id, new=await inbox.receive(event))


async def until_done(step: Callable[[], Awaitable[object]]) -> None:
    """Repeat a step while the database fails it, as the platform sends again and the scheduler ticks again: one that
    was stopped loses its open transactions, and one beside it waits for their locks until then."""
    while True:
        try:
            await step()
        except (DBAPIError, Unavailable) as error:
            print(f"again after: {error}", file=sys.stderr)
            await asyncio.sleep(REST)
        else:
            return


def point_at_commits(journal: Journal, points: Failpoints) -> Journal:
    """A journal for the purge alone."""

    async def commit(inner: Any, effects: Any) -> None:
        await inner(effects)
        points.reach("mid purge")

    return Around(journal, commit=commit)  # type: ignore[return-value]


async def is_done(stores: Stores) -> bool:
    """Whether inbox and outbox hold nothing that is still to be done; not where the database does not say."""
    try:
        inbox, outbox = await stores.inbox.depths(), await stores.outbox.depths()
    except (DBAPIError, Unavailable):
        return False
    return inbox["waiting"] + inbox["leased"] + outbox["waiting"] + outbox["sending"] == 0
