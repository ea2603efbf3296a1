"""A client of Teams that nobody here wrote: Microsoft 365 Agents Playground, walked through in a browser.

It is a development tool under a licence of its own, so it is not part of the project. Where
DAYTWO_TEAMS_PLAYGROUND names a folder in which `npm i @microsoft/m365agentsplayground@0.2.28 puppeteer-core` was run,
and Chromium is there, this runs; else it skips. DAYTWO_TEAMS_PICTURES names a folder for pictures.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from digest_samples import make_case
from teams_server import free_port, start

from bot.ports import Effects, Outgoing
from bot.turn import Member, Place
from storage.sql import open_sql

HERE = Path(__file__).parent / "playground"
CLIENT = Path(os.environ.get("DAYTWO_TEAMS_PLAYGROUND", "/nowhere"))
PICTURES = os.environ.get("DAYTWO_TEAMS_PICTURES", "")
CHROMIUM, NODE = shutil.which("chromium"), shutil.which("node")
CLI = CLIENT / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
ARCHITECT = Member("local", "20000000-0000-4000-8000-0000000000a1")
SEEN = "greeted consent asked-back picked answered why rated home digest group channel".split()

pytestmark = pytest.mark.skipif(not (CLI.is_file() and CHROMIUM and NODE), reason="the playground is not there")


def make_person(number: int, role: str) -> dict[str, str]:
    """One of the tenant's people."""
    name = role.lower().replace(" ", "-")
    return {
        "id": f"29:{name}",
        "name": role,
        "userPrincipleName": f"{name}@example.com",
        "aadObjectId": f"20000000-0000-4000-8000-0000000000a{number}",
        "givenName": role,
        "surname": "Member",
        "email": f"{name}@example.com",
    }


def make_config() -> dict[str, object]:
    """A tenant with people, a chat and a team; the client ends without a word where there are fewer than six people."""
    roles = ("Architect", "Engineer", "Product lead", "Newcomer", "Director", "Champion")
    person, *others = (make_person(number, role) for number, role in enumerate(roles, start=1))
    team = {
        "id": "19:team@thread.tacv2",
        "name": "Pilot team",
        "aadGroupId": "20000000-0000-4000-8000-0000000000b1",
        "channels": [{"id": "19:channel@thread.tacv2", "name": "Pilot"}],
    }
    return {
        "version": "0.1.1",
        "tenantId": "20000000-0000-4000-8000-000000000000",
        "bot": {"id": "28:20000000-0000-4000-8000-000000000001", "name": "Daytwo"},
        "currentUser": person,
        "users": others,
        "personalChat": {"id": "a:personal"},
        "groupChat": {"id": "19:group@thread.v2", "name": "Pilot group"},
        "team": team,
    }


@contextmanager
def playground(bot: str, home: Path) -> Iterator[str]:
    """The client, talking to the bot; its address."""
    port, config = free_port(), home / "playground.yml"
    config.write_text(json.dumps(make_config()), encoding="utf-8")  # JSON is YAML
    environment = os.environ | {
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(config),
        "NODE_OPTIONS": f"--require {HERE / 'loopback.cjs'}",
    }
    command = [NODE or "", str(CLI), "start", "-e", bot, "-c", "msteams", "-p", str(port), "--dt", "true"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=CLIENT) as process:
        try:
            assert process.stdout
            for line in process.stdout:
                if "Listening" in line:
                    break
            yield f"http://localhost:{port}/"
        finally:
            process.terminate()


def send_digest(database: str) -> None:
    """Put a digest into the outbox, as the champion's hour does."""
    digest = make_case("mixed_day").digest

    async def put() -> None:
        async with open_sql(database) as stores:
            place = Place(ARCHITECT.workspace, ARCHITECT.id)
            sent = Outgoing(key="digest", platform="teams", place=place, content=digest, only_to=ARCHITECT, alone=True)
            await stores.journal.commit(Effects(outgoing=(sent,)))

    asyncio.run(put())


def test_a_person_walks_through_it(tmp_path: Path) -> None:
    database, port = f"sqlite+aiosqlite:///{tmp_path / 'test.db'}", str(free_port())
    environment = {
        "DAYTWO_DATABASE_URL": database,
        "DAYTWO_DOCS": str(Path(__file__).parents[3] / "docs"),
        "DAYTWO_ENGINE": "offline",
        "DAYTWO_PORT": port,
        "DAYTWO_TEAMS_WITHOUT_AUTHENTICATION": "true",
    }
    walk = CLIENT / "walk.mjs"  # where it finds puppeteer
    shutil.copy(HERE / "walk.mjs", walk)
    with (
        start("-m", "bot", "serve", **environment) as server,
        playground(f"http://localhost:{port}/teams/messages", tmp_path) as at,
    ):
        assert server.stdout
        assert "listens on" in server.stdout.readline()
        command = [NODE or "", str(walk), at, CHROMIUM or "", *([PICTURES] if PICTURES else [])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=CLIENT) as walking:
            assert walking.stdout
            seen = []
            for line in walking.stdout:
                if line.strip() == "send a digest":
                    send_digest(database)
                else:
                    seen.append(line.strip().replace(" ", "-"))
        assert seen == SEEN
