"""What holds for all tests.

Those over real processes (servers, databases) wait for what they assert, but a shared machine can stop a process for
longer than anyone waits. One that fails is tried once more, and told of at the end of the run; all others have one try.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import bot  # noqa: F401  # before numpy, which then multiplies on one thread

HERE = Path(__file__).parent
OVER_PROCESSES = (
    "adapters/batch",
    "adapters/slack",
    "adapters/teams",
    "crash",
    "flows",
    "parity",
    "playground",
    "storage",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests over real processes a second try."""
    for item in items:
        if str(item.path.relative_to(HERE).as_posix()).startswith(OVER_PROCESSES):
            item.add_marker(pytest.mark.flaky(reruns=1, reruns_delay=2))
