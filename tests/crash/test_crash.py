"""A few seeds of the crash harness; the full run is `python tests/crash/run.py --seeds 500`."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

HERE = Path(__file__).parent
SERVER = os.environ.get("DAYTWO_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")


@pytest.fixture(scope="module", autouse=True)
def server() -> None:
    """Skips without a PostgreSQL server that answers; fails where CI is set."""

    async def ask() -> None:
        await (await asyncpg.connect(SERVER, timeout=5)).close()

    try:
        asyncio.run(ask())
    except (OSError, asyncpg.PostgresError) as error:
        fault = f"no PostgreSQL at {SERVER} ({error}); set DAYTWO_TEST_POSTGRES_URL to one that answers"
        if os.environ.get("CI") == "true":
            pytest.fail(fault)
        pytest.skip(fault)


def run(*options: str) -> dict[str, object]:
    """What the harness says."""
    command = [sys.executable, str(HERE / "run.py"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parents[1], timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_whatever_dies_when_nothing_acknowledged_is_lost_and_nothing_is_done_twice() -> None:
    """Each failpoint once on each store, killed with SIGKILL: every figure that has to be 0 is."""
    told = run("--seeds", "30", "--jobs", "4")
    assert len(told["killed at"]) >= 12  # type: ignore[arg-type]


def test_a_replica_that_was_stopped_beyond_its_lease_is_refused_when_it_goes_on() -> None:
    """SIGSTOP after the model has answered, and before the commit; another replica takes over meanwhile."""
    told = run("--stopped", "--seeds", "4")
    assert told["refused"] == 4


@pytest.mark.parametrize(("what", "seeds"), [("clocks", "2"), ("platform", "4"), ("restart", "2"), ("disk", "2")])
def test_what_goes_wrong_without_a_kill_loses_nothing_and_does_nothing_twice(what: str, seeds: str) -> None:
    """Clocks ten minutes apart; a platform that limits, fails, loses answers and falls silent; a PostgreSQL server that
    is stopped at once and started again; a full disk."""
    if what == "disk" and os.getuid() != 0:
        pytest.skip("only root may mount a small disk to fill")
    told = run("--rough", what, "--seeds", seeds)
    assert told["messages"] == 6 * int(seeds)
