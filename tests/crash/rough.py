"""What goes wrong without a kill: clocks that differ, a platform that fails, a database that restarts, a disk that is
full. `python tests/crash/run.py --rough NAME --seeds 8`."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from check import judge, key_of
from child import Life, live
from rig import Databases, Mortal, end, fork, read_log, read_posted, tell, wait, wait_for
from workload import make_said

SKEW = 300.0  # seconds: five minutes
DOWN = 1.0  # seconds that a disk stays full, or a platform is gone
SILENT = 4.0  # seconds: longer than a platform waits for an acknowledgement itself
DISK = 4  # megabytes
# What the platform does to the next posts, one after the other.
FAULTS: tuple[Mapping[str, object], ...] = (
    {"error": "ratelimited", "times": 3, "after": 1},
    {"error": "lost", "times": 2},
    {"error": "internal_error", "times": 2},
    {"error": "service_unavailable", "times": 2},
)


def skewed(seed: int, folder: Path, databases: Databases, api: str) -> dict[str, Any]:
    """Two replicas whose clocks are ten minutes apart; the one that is behind is killed with leases in hand."""
    url, log = databases.open("postgresql", seed, bare=False), folder / f"{seed}.log"
    life = Life(url=url, api=f"{api}/api/", log=log, seed=seed)
    behind = fork(lambda: live(replace(life, failpoint="leased:3", skew=-SKEW)))
    ahead = fork(lambda: live(replace(life, run=9, receives=False, skew=SKEW)))
    kills = int(wait(behind) == -signal.SIGKILL)
    failed = int(wait(fork(lambda: live(replace(life, run=1, skew=SKEW)))) != 0)
    end(ahead)
    return tell_of(seed, "postgresql", life, api, kills=kills, failed=failed)


def failing_platform(seed: int, folder: Path, databases: Databases, api: str) -> dict[str, Any]:
    """A platform that limits, fails, loses its answers, falls silent, and tells of edits before what they edit."""
    kind = ("sqlite", "postgresql")[seed % 2]
    url, log = databases.open(kind, seed, bare=False), folder / f"{seed}.log"
    life = Life(url=url, api=f"{api}/api/", log=log, seed=seed, edits=True)
    tell(api, "told", FAULTS[seed % len(FAULTS)])
    pid = fork(lambda: live(replace(life, run=1)))
    wait_for(log, lambda lines: any(one["what"] == "sending" for one in lines))
    tell(api, "silent", {"seconds": SILENT})
    return tell_of(seed, kind, life, api, failed=int(wait(pid) != 0))


def dead_platform(seed: int, folder: Path, databases: Databases, api: str) -> dict[str, Any]:
    """A platform that dies among the replies and comes back without them: none is posted a second time there that had
    been acknowledged, and none is lost."""
    kind = ("sqlite", "postgresql")[seed % 2]
    url, log = databases.open(kind, seed, bare=False), folder / f"{seed}.log"
    mortal = Mortal()
    try:
        life = Life(url=url, api=f"{mortal.address}/api/", log=log, seed=seed)
        tell(mortal.address, "said", {"messages": make_said(seed)})
        pid = fork(lambda: live(replace(life, run=1)))
        wait_for(log, lambda lines: sum(one["what"] == "sent" for one in lines) > seed % 4)
        before = mortal.die()
        time.sleep(DOWN)
        mortal.come_back()
        tell(mortal.address, "said", {"messages": make_said(seed)})
        failed = int(wait(pid) != 0)
        acknowledged = {one["about"] for one in read_log(log) if one["what"] == "posted"}
        kept = [one for one in before if key_of(one) in acknowledged]
        return tell_of(seed, kind, life, mortal.address, failed=failed, before=kept)
    finally:
        mortal.close()


def restarted(seed: int, folder: Path, databases: Databases, api: str) -> dict[str, Any]:
    """A PostgreSQL server of its own that is stopped at once, as by a loss of power, and started again under load."""
    log = folder / f"{seed}.log"
    with cluster(folder / f"pg{seed}") as (address, restart):
        url = databases.prepare(address)
        life = Life(url=url, api=f"{api}/api/", log=log, seed=seed)
        pids = [fork(lambda: live(replace(life, run=1))), fork(lambda: live(replace(life, run=9, receives=False)))]
        wait_for(log, lambda lines: sum(one["what"] in ("leased", "stored") for one in lines) > seed % 8)
        restart()
        failed = int(wait(pids[0]) != 0)
        end(pids[1])
        return tell_of(seed, "postgresql", life, api, kills=1, failed=failed)


def full_disk(seed: int, folder: Path, databases: Databases, api: str) -> dict[str, Any]:
    """SQLite on a disk that has no room for a while, and then has some again."""
    log = folder / f"{seed}.log"
    with disk(folder / f"disk{seed}") as place:
        url = databases.open("sqlite", seed, bare=False, at=place)
        life = Life(url=url, api=f"{api}/api/", log=log, seed=seed)
        pid = fork(lambda: live(replace(life, run=1)))
        wait_for(log, lambda lines: sum(one["what"] in ("acked", "leased") for one in lines) > seed % 6)
        fill(place)
        time.sleep(DOWN)
        (place / "filler").unlink()
        return tell_of(seed, "sqlite", life, api, failed=int(wait(pid) != 0))


ROUGH: Mapping[str, Callable[[int, Path, Databases, str], dict[str, Any]]] = {
    "clocks": skewed,
    "platform": failing_platform,
    "death": dead_platform,
    "restart": restarted,
    "disk": full_disk,
}


def tell_of(
    seed: int,
    kind: str,
    life: Life,
    api: str,
    *,
    kills: int = 0,
    failed: int = 0,
    before: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """A seed's result. `before`: what was posted there before, and is gone."""
    figures = judge(life.url, seed, read_log(life.log), [*before, *read_posted(api)])
    told = {"seed": seed, "kind": kind, "point": "rough", "beside": kind == "postgresql", "kills": kills, "refused": 0}
    return told | figures | {"lives that failed": failed}


@contextmanager
def disk(place: Path) -> Iterator[Path]:
    """A small disk of its own. Raises PermissionError for who may not mount one."""
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        raise PermissionError(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path) -> None:
    """Leave no room on a disk."""
    with suppress(OSError), (place / "filler").open("wb", buffering=0) as file:
        while True:
            file.write(b"." * 4096)


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """A PostgreSQL server of its own: its address, and what stops it at once and starts it again."""
    programs = find_programs()
    folder.mkdir(mode=0o755)
    with suppress(KeyError):
        if os.getuid() == 0:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    make_reachable(folder)
    port = str(20_000 + os.getpid() % 20_000)
    data = folder / "data"

    def control(*words: str) -> None:
        command = [str(programs / words[0]), *words[1:]]
        as_owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run([*as_owner, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    options = f"-h 127.0.0.1 -p {port} -k {folder} -c max_connections=60"
    start = ("pg_ctl", "--pgdata", str(data), "--log", str(folder / "log"), "--options", options, "--wait", "start")
    control("initdb", "--auth=trust", "--username=postgres", f"--pgdata={data}")
    control(*start)
    try:

        def restart() -> None:
            control("pg_ctl", "--pgdata", str(data), "--mode=immediate", "--wait", "stop")
            control(*start)

        yield f"postgresql://postgres@127.0.0.1:{port}/postgres", restart
    finally:
        control("pg_ctl", "--pgdata", str(data), "--mode=immediate", "--wait", "stop")


def find_programs() -> Path:
    """Where PostgreSQL's own programs are. Raises FileNotFoundError."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise FileNotFoundError("no PostgreSQL server is installed that could be started anew")
    return found[-1].parent


def make_reachable(folder: Path) -> None:
    """Let another user reach a folder below ones that are ours alone."""
    for one in folder.parents:
        with suppress(PermissionError):
            if one.stat().st_uid == os.getuid() and not one.stat().st_mode & 0o001:
                one.chmod(one.stat().st_mode | 0o111)
