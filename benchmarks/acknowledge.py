"""How fast what comes in is kept and acknowledged: `python benchmarks/acknowledge.py`. Prints a few lines and no more.

Signed requests go over HTTP to three processes that take turns in one run, medians of which are told as ratios: a bare
Bolt app that keeps nothing and does nothing; the receiving half of the product, which keeps every event on disk
(SQLite, synchronous=FULL) before it answers, with no worker beside it; and the real `daytwo serve`, which works on the
same events meanwhile, and answers the questions among them from the project's documents. First events come at 100 a
second, one in fifty of them a question, and it is told how long an acknowledgement takes; then as fast as they can.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from aiohttp import ClientSession, web

ROOT = Path(__file__).parents[1]
STANDIN = ROOT / "tests" / "standins" / "slack.py"
PATH = "/slack/events"
SECRET = "a-signing-secret"
RATE, WARM_SECONDS, PACED_SECONDS, QUESTION_EVERY = 100, 2, 12, 50
QUESTIONS = Path(__file__).with_name("questions.txt").read_text("utf-8").splitlines()
CONNECTIONS, ROUNDS, ROUND_SECONDS = (32, 128), 5, 2.0
NUMBERS = itertools.count(1)


async def main() -> None:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        start = partial(run_beside, stack)
        _, standin = await start([str(STANDIN), "1000"])
        shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("images"))
        ports = {name: find_port() for name in ("bare", "kept", "served")}
        env = make_environment(folder, standin, ports["served"])
        pids = {
            "bare": (await start([__file__, "bare", str(ports["bare"])]))[0],
            "kept": (await start([__file__, "kept", str(ports["kept"]), str(folder / "kept.db")]))[0],
            "served": (await start(["-m", "bot", "serve"], env=env, folder=folder))[0],
        }
        await measure_paced(ports, standin)
        await measure_saturated(ports, pids)


async def measure_paced(ports: dict[str, int], standin: str) -> None:
    """How long an acknowledgement takes at a steady rate: before anything has piled up for the workers to do."""
    for name, told in (("kept", "workers paused"), ("served", "workers working, with 2 questions/s among them")):
        await pace(ports[name], WARM_SECONDS)
        times = sorted(await pace(ports[name], PACED_SECONDS))
        p50, p99 = (1000 * times[int(len(times) * share)] for share in (0.5, 0.99))
        print(f"{RATE} events/s, {told}: acknowledged in p50 {p50:.1f} ms, p99 {p99:.1f} ms, {len(times)} events")
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{standin}/posted") as response:
        print(f"  {len(await response.json())} messages were posted by then")


async def measure_saturated(ports: dict[str, int], pids: dict[str, int]) -> None:
    """How many are kept a second. Figures of processor time hang less on what else the machine does."""
    await saturate(ports["bare"], 1.0, CONNECTIONS[0])
    for connections in CONNECTIONS:
        rates: dict[str, list[float]] = {name: [] for name in ports}
        costs: dict[str, list[float]] = {name: [] for name in ports}
        for _ in range(ROUNDS):
            for name, port in ports.items():
                before = read_processor_time(pids[name])
                rates[name].append(await saturate(port, ROUND_SECONDS, connections))
                spent = read_processor_time(pids[name]) - before
                costs[name].append(1e6 * spent / (rates[name][-1] * ROUND_SECONDS))
        bare, kept, served = (statistics.median(rates[name]) for name in ("bare", "kept", "served"))
        print(
            f"{connections} connections that wait for nothing: bare Bolt throws away {bare:,.0f} events/s; kept with "
            f"workers paused {kept:,.0f} ({kept / bare:.2f}), with workers working {served:,.0f} ({served / bare:.2f})"
        )
        told = ", ".join(f"{name} {statistics.median(costs[name]):.0f}" for name in ("bare", "kept"))
        print(f"  processor time in microseconds an event: {told}")


async def pace(port: int, seconds: int) -> list[float]:
    """Seconds to each acknowledgement, at a steady rate, whether or not the one before has come."""
    started, tasks = time.perf_counter(), []
    clients = [await Client.connect(port) for _ in range(CONNECTIONS[0])]
    for number in range(RATE * seconds):
        await asyncio.sleep(max(0.0, started + number / RATE - time.perf_counter()))
        request = make_request(asks=number % QUESTION_EVERY == 0)
        tasks.append(asyncio.create_task(clients[number % len(clients)].post(request)))
    taken = list(await asyncio.gather(*tasks))
    for client in clients:
        client.close()
    return taken


async def saturate(port: int, seconds: float, connections: int) -> float:
    """Acknowledged a second, with so many connections that wait for nothing."""
    until, counted = time.perf_counter() + seconds, 0

    async def repeat() -> None:
        nonlocal counted
        client = await Client.connect(port)
        while time.perf_counter() < until:
            await client.post(make_request())
            counted += 1
        client.close()

    await asyncio.gather(*(repeat() for _ in range(connections)))
    return counted / seconds


class Client:
    """One connection that is kept: the least of HTTP, so that the servers are measured and not the client."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer, self._turn = reader, writer, asyncio.Lock()

    @classmethod
    async def connect(cls, port: int) -> Client:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, request: bytes) -> float:
        """Send one event; seconds until it was acknowledged."""
        started = time.perf_counter()
        async with self._turn:
            self._writer.write(request)
            head = await self._reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"answered with {head!r}")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await self._reader.readexactly(int(length.split(b":")[1]))
        return time.perf_counter() - started

    def close(self) -> None:
        self._writer.close()


def make_request(*, asks: bool = False) -> bytes:
    """One signed event: something said in a channel, or a question to the bot."""
    number = next(NUMBERS)
    stamp = f"17911{number:05d}.{number % 1_000_000:06d}"
    question = QUESTIONS[number // QUESTION_EVERY % len(QUESTIONS)]
    kind, text = ("app_mention", f"<@UBOT> {question}") if asks else ("message", "noted")
    # the one person whom the stand-in knows: what others say would wait for who they are
    event = {"type": kind, "user": "U1", "channel": f"C{10 + number % 20}", "ts": stamp, "text": text}
    data = json.dumps({"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}", "event": event})
    now = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{now}:{data}".encode(), hashlib.sha256).hexdigest()
    return (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: v0={signature}\r\n"
        f"Content-Length: {len(data)}\r\n\r\n{data}"
    ).encode()


async def serve_kept(port: int, file: str) -> None:
    """The product's receiver and its database, without workers."""
    from datetime import UTC, datetime

    from slack_sdk.signature import SignatureVerifier

    from adapters.server import serving
    from adapters.slack.intake import Intake
    from adapters.slack.receive import Receiver
    from bot.flows.work import find_depths
    from storage.sql import open_sql

    async def no_client(_workspace: str) -> object:
        raise AssertionError("nothing here opens a form")

    async with open_sql(f"sqlite+aiosqlite:///{file}") as stores:
        intake = Intake(stores.inbox, lambda: datetime.now(UTC), no_client)  # type: ignore[arg-type]
        routes = {PATH: Receiver(SignatureVerifier(SECRET), intake)}
        async with serving("127.0.0.1", port, routes, lambda: find_depths(stores)):
            print("ready", flush=True)
            await asyncio.Event().wait()


async def serve_bare(port: int) -> None:
    """A Bolt app as its own examples show it, over the same web server: it verifies, acknowledges and keeps nothing."""
    from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
    from slack_bolt.app.async_app import AsyncApp
    from slack_bolt.authorization import AuthorizeResult

    async def authorize(**_about: object) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="UBOT")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize)

    @app.event("message")
    async def heard(event: dict[str, object]) -> None:
        """Nothing is done with it."""

    async def receive(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.router.add_post(PATH, receive)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


async def run_beside(
    stack: AsyncExitStack, arguments: list[str], env: dict[str, str] | None = None, folder: Path | None = None
) -> tuple[int, str]:
    """A process until the stack is unwound; its id, and the first line it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=subprocess.PIPE, env=env, cwd=folder
    )

    async def end() -> None:
        process.kill()
        await process.wait()

    stack.push_async_callback(end)
    assert process.stdout
    return process.pid, (await asyncio.wait_for(process.stdout.readline(), 60)).decode().strip()


def read_processor_time(pid: int) -> float:
    """Seconds of processor time that a process has used (Linux tells)."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def make_environment(folder: Path, standin: str, port: int) -> dict[str, str]:
    """The server's settings, nothing of ours but the path."""
    return {
        "PATH": os.environ["PATH"],
        "DAYTWO_SLACK_BOT_TOKEN": "xoxb-1",
        "DAYTWO_SLACK_SIGNING_SECRET": SECRET,
        "DAYTWO_SLACK_API_URL": f"http://127.0.0.1:{standin}/api/",
        "DAYTWO_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'bench.db'}",
        "DAYTWO_DOCS": str(folder / "docs"),
        "DAYTWO_ENGINE": "offline",
        "DAYTWO_PORT": str(port),
    }


def find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    role, *given = sys.argv[1:] or ["measure"]
    if role == "bare":
        asyncio.run(serve_bare(int(given[0])))
    elif role == "kept":
        asyncio.run(serve_kept(int(given[0]), given[1]))
    else:
        asyncio.run(main())
