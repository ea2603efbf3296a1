"""What a seed runs on: an empty database of either kind, a stand-in of Slack in a process of its own, forked lives."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import asyncpg
from workload import prepare

from storage.tables import METADATA

SERVER = os.environ.get("DAYTWO_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
STANDIN = Path(__file__).parents[1] / "standins" / "slack.py"


def fork(work: Callable[[], object]) -> int:
    """Do a piece of work in a process of its own; its id."""
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def wait(pid: int) -> int:
    """Until a process has ended: 0, its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def end(pid: int) -> None:
    """Kill a process of ours and wait for it."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def call(work: Callable[[], Any]) -> Any:
    """What a piece of work gives back, done in a process of its own, so that none of it is left over here."""
    reading, writing = os.pipe()
    pid = fork(lambda: os.write(writing, json.dumps(work()).encode()))
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        said = file.read()
    if code := wait(pid):
        raise RuntimeError(f"the work ended with {code}")
    return json.loads(said)


def run_on_server(statement: str) -> None:
    """Run one statement on the test server."""

    async def run() -> None:
        connection = await asyncpg.connect(SERVER, timeout=5)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    call(lambda: asyncio.run(run()))


@contextmanager
def platform() -> Iterator[str]:
    """A stand-in of Slack; its address."""
    with subprocess.Popen([sys.executable, str(STANDIN)], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield find_address(process)
        finally:
            process.kill()


def find_address(process: subprocess.Popen[str]) -> str:
    """The address that a stand-in tells when it is there."""
    assert process.stdout is not None
    return f"http://127.0.0.1:{process.stdout.readline().strip()}"


class Mortal:
    """A stand-in of Slack that can be killed, and comes back at the same address with nothing of what was posted."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, str(STANDIN)], stdout=subprocess.PIPE, text=True)
        self.address = find_address(self._process)

    def die(self) -> list[dict[str, Any]]:
        """Kill it; what had been posted a moment before."""
        posted = read_posted(self.address)
        self.close()
        return posted

    def come_back(self, speed: float = 60.0) -> None:
        """Start it anew at the same port."""
        command = [sys.executable, str(STANDIN), str(speed), self.address.rpartition(":")[2]]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        find_address(self._process)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


def tell(platform: str, path: str, told: object) -> None:
    """Tell the stand-in something (see playground/slack/control.py)."""
    headers = {"content-type": "application/json"}
    urlopen(Request(f"{platform}/{path}", data=json.dumps(told).encode(), headers=headers), timeout=10).close()


def read_posted(platform: str) -> list[dict[str, Any]]:
    """What was posted there so far."""
    with urlopen(f"{platform}/posted", timeout=10) as response:
        return list(json.load(response))


class Databases:
    """Databases for one seed after the other: prepared ones by copy or refill, bare ones where asked."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._schemas = folder, [self._make_schema()]
        self._template = folder / "template.db"
        call(lambda: asyncio.run(prepare(f"sqlite+aiosqlite:///{self._template}")))
        call(lambda: asyncio.run(prepare(self._address(self._schemas[0]))))
        self._used = False

    def prepare(self, server: str) -> str:
        """The address of a whole server's own database, with what every seed starts from."""
        url = server.replace("postgresql://", "postgresql+asyncpg://")
        call(lambda: asyncio.run(prepare(url)))
        return url

    def open(self, kind: str, seed: int, *, bare: bool, at: Path | None = None) -> str:
        """The address of a database with what every seed starts from, or without tables; `at`: the folder of a file."""
        if kind == "sqlite":
            path = (at or self._folder) / f"{seed}.db"
            if not bare:
                shutil.copy(self._template, path)
            return f"sqlite+aiosqlite:///{path}"
        if bare:
            self._schemas.append(self._make_schema())
            return self._address(self._schemas[-1])
        schema = self._schemas[0]
        if self._used:
            tables = reversed(METADATA.sorted_tables)
            run_on_server("; ".join(f'DELETE FROM {schema}."{table.name}"' for table in tables))
            call(lambda: asyncio.run(prepare(self._address(schema))))
        self._used = True
        return self._address(schema)

    def close(self) -> None:
        """Drop what was made on the server."""
        for schema in self._schemas:
            run_on_server(f"DROP SCHEMA {schema} CASCADE")

    def _make_schema(self) -> str:
        schema = f"crash_{secrets.token_hex(6)}"
        run_on_server(f"CREATE SCHEMA {schema}")
        return schema

    def _address(self, schema: str) -> str:
        return f"{SERVER.replace('postgresql://', 'postgresql+asyncpg://')}?schema={schema}"


def read_log(path: Path) -> list[dict[str, Any]]:
    """All that lives of a seed have told; a line cut by a kill is none."""
    lines = path.read_text().splitlines() if path.exists() else []
    return [json.loads(line) for line in lines if line.endswith("}")]


def wait_for(log: Path, holds: Callable[[list[dict[str, Any]]], bool], seconds: float = 20.0) -> bool:
    """Until the log holds something; False where it does not in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds(read_log(log)):
            return True
        time.sleep(0.02)
    return False
