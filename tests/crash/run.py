"""Kill the real flows at named points and look at what is left: `python tests/crash/run.py --seeds 500`.

A seed picks a store, a point and a passing; a process works until it is killed there, now and then a second one too,
and another one brings the work to its end. With `--stopped` a replica is stopped (SIGSTOP) beyond its lease, another
one takes over, and the first is continued. Prints the figures as JSON, faults first; ends with 1 where there are any.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from check import FIGURES, judge
from child import Life, live
from failpoints import POINTS
from rig import Databases, end, fork, platform, read_log, read_posted, tell, wait, wait_for
from rough import ROUGH
from workload import make_said

KINDS = ("sqlite", "postgresql")
STOPS = ("model answered", "before commit")
RunSeed = Callable[[int, Path, Databases, str], dict[str, Any]]
LIVES = 4  # at most: two that may be killed, and one more that must not


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=500)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--stopped", action="store_true")
    options.add_argument("--rough", choices=sorted(ROUGH))
    asked = options.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        seeds = range(asked.first, asked.first + asked.seeds)
        run_seed = ROUGH[asked.rough] if asked.rough else stop if asked.stopped else kill
        results = run_all(seeds, asked.jobs, Path(folder), run_seed)
    told = sum_up(results) | {"seconds": round(time.monotonic() - started, 1)}
    print(json.dumps(told, indent=1))
    sys.exit(int(bool(told["faults"]) or told["seeds"] != asked.seeds))


def run_all(seeds: Sequence[int], jobs: int, folder: Path, run_seed: RunSeed) -> list[dict[str, Any]]:
    """Every seed's result, in processes beside each other."""
    pids = []
    for job in range(jobs):
        place = folder / str(job)
        place.mkdir()
        pids.append(fork(lambda job=job, place=place: run_some(seeds[job::jobs], place, run_seed)))  # type: ignore[misc]
    for pid in pids:
        wait(pid)
    found = [path.read_text().splitlines() for path in folder.glob("*/results")]
    return [json.loads(line) for lines in found for line in lines]


def run_some(seeds: Sequence[int], folder: Path, run_seed: RunSeed) -> None:
    """One seed after the other; their results into a file."""
    databases = Databases(folder)
    try:
        with (folder / "results").open("w", buffering=1) as results:
            for seed in seeds:
                with platform() as api:
                    tell(api, "said", {"messages": make_said(seed)})
                    results.write(json.dumps(run_seed(seed, folder, databases, api)) + "\n")
    finally:
        databases.close()


def kill(seed: int, folder: Path, databases: Databases, api: str) -> dict[str, Any]:
    """Kill, restart, look."""
    chance = random.Random(seed)
    point = list(POINTS)[seed // len(KINDS) % len(POINTS)]
    kind = KINDS[seed % len(KINDS)]
    bare = point == "mid migration"
    url, log = databases.open(kind, seed, bare=bare), folder / f"{seed}.log"
    life = Life(url=url, api=f"{api}/api/", log=log, seed=seed, prepares=bare)
    failpoints = [f"{point}:{chance.randint(1, POINTS[point])}"]
    if chance.random() < 0.3:
        other = chance.choice([one for one in POINTS if one != "mid migration"])
        failpoints.append(f"{other}:{chance.randint(1, POINTS[other])}")
    beside = kind == "postgresql" and not bare and chance.random() < 0.5
    standby = fork(lambda: live(replace(life, run=9, receives=False))) if beside else 0
    kills, failed = live_on(life, failpoints, log)
    if standby:
        end(standby)
    figures = judge(url, seed, read_log(log), read_posted(api))
    return {"seed": seed, "kind": kind, "point": point, "beside": beside, "kills": kills, "refused": 0} | (
        figures | {"failpoints": failpoints, "lives that failed": failed}
    )


def stop(seed: int, folder: Path, databases: Databases, api: str) -> dict[str, Any]:
    """Stop a replica beyond its lease, let another one do the work, continue the first: its late write is refused.
    On PostgreSQL alone: SQLite is for one process, and one that is stopped may hold its only lock."""
    kind, point = "postgresql", STOPS[seed % len(STOPS)]
    url, log = databases.open(kind, seed, bare=False), folder / f"{seed}.log"
    life = Life(url=url, api=f"{api}/api/", log=log, seed=seed)
    first = fork(lambda: live(replace(life, failpoint=f"{point}:1:STOP")))
    os.waitpid(first, os.WUNTRACED)
    second = fork(lambda: live(replace(life, run=1)))
    code = wait(second)
    os.kill(first, signal.SIGCONT)
    refused = wait_for(log, lambda lines: any(one["what"] == "refused" and one["run"] == 0 for one in lines))
    failed = (code != 0) + (wait(first) != 0)
    lines = [one for one in read_log(log) if one["what"] != "called" or one["run"]]  # it cannot know that it is late
    figures = judge(url, seed, lines, read_posted(api))
    told = {"seed": seed, "kind": kind, "point": point, "beside": True, "kills": 0, "refused": int(refused)}
    return told | figures | {"lives that failed": failed}


def live_on(life: Life, failpoints: Sequence[str], log: Path) -> tuple[int, int]:
    """Lives until one comes to its end by itself: how many were killed, how many failed."""
    kills = failed = 0
    for run, failpoint in enumerate([*failpoints, *[""] * (LIVES - len(failpoints))]):
        code = wait(fork(lambda run=run, failpoint=failpoint: live(replace(life, run=run, failpoint=failpoint))))  # type: ignore[misc]
        if code != -signal.SIGKILL:
            failed += code != 0
            if code == 0 and run > 0:
                break
            continue
        kills += 1
        line = {"what": "killed", "about": failpoint, "run": run, "at": time.monotonic()}
        with log.open("a") as file:
            file.write(json.dumps(line) + "\n")
    return kills, failed


def sum_up(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The figures over all seeds, and each seed with a fault."""
    faults = [one for one in results if any(one[name] for name in FIGURES)]
    total: Callable[[str], int] = lambda name: sum(one[name] for one in results)  # noqa: E731
    others = ("messages", "kills", "second model calls where nothing was stored", "takeovers")
    return {
        "faults": faults,
        "seeds": len(results),
        "seeds by store": dict(Counter(one["kind"] for one in results)),
        "seeds with a second replica": total("beside"),
        "killed at": dict(Counter(one["point"] for one in results if one["kills"])),
        **{name: total(name) for name in (*FIGURES, *others, "refused")},
        "slowest takeover, ms": max((one["slowest takeover, ms"] for one in results), default=0),
    }


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
