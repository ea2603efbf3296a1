"""Points at which a process under test kills itself, put around ports and into the driver from outside.

The product knows nothing of them. `DAYTWO_FAILPOINT=name:n` kills the process with SIGKILL at the n-th passing of the
point, in the middle of whatever else it does: no handler runs, nothing is flushed. `name:n:STOP` stops it instead, to
be continued from outside.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

# name -> the highest passing at which a kill makes sense
POINTS = {
    "verified": 6,
    "inserted": 6,
    "acked": 6,
    "leased": 6,
    "model answered": 3,
    "before commit": 6,
    "inside commit": 6,
    "after commit": 6,
    "sending": 4,
    "stream begun": 3,
    "mid stream": 3,
    "sent before marked": 4,
    "marked": 4,
    "mid digest": 2,
    "mid migration": 40,
    "mid learn": 3,
    "mid purge": 4,
}


class Failpoints:
    """Counts passings, and kills at the one that was asked for."""

    def __init__(self, told: str) -> None:
        self.name, number, does = told.split(":") if told.count(":") == 2 else (*f"{told}:1".split(":")[:2], "KILL")
        self.left, self.signal = int(number), signal.Signals[f"SIG{does}"]

    def reach(self, name: str) -> None:
        """Pass a point; the end, where it is the one."""
        if name == self.name:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), self.signal)


class Around:
    """A port with something done before and after some of its calls; all else goes straight through."""

    def __init__(self, port: Any, **calls: Callable[..., Any]) -> None:
        self._port, self._calls = port, calls

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self._port, name)
        around = self._calls.get(name)
        return (lambda *args, **kwargs: around(inner, *args, **kwargs)) if around else inner


def watch_driver(points: Failpoints, committing: list[bool]) -> None:
    """Points inside the driver: between the statements of a migration, and before the COMMIT of a flow's effects."""

    def before(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT INTO ALEMBIC", "UPDATE ALEMBIC")):
            points.reach("mid migration")

    def commit(_connection: Any) -> None:
        if committing:
            points.reach("inside commit")

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "commit", commit)
