"""Claude's stand-in, and each kind of day in turn, for every platform's rendering of a digest."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

TESTS = Path(__file__).parents[1]
STANDIN = TESTS / "standins" / "claude.py"
for folder in ("pilot", "digest"):
    sys.path.insert(0, str(TESTS / folder))  # for the samples


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the stand-in listens."""
    with subprocess.Popen([sys.executable, str(STANDIN)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.terminate()


@pytest.fixture
def tell(address: str) -> Iterator[Callable[[str, int], None]]:
    """Tells the stand-in how its next answers go; afterwards it behaves again."""

    def post(mode: str, times: int = 1) -> None:
        body = json.dumps({"mode": mode, "times": times}).encode()
        urlopen(Request(f"{address}/told", data=body, headers={"content-type": "application/json"})).close()

    yield post
    post("fine", 0)


@pytest.fixture
def sent(address: str) -> Callable[[], dict[str, Any]]:
    """Reads the body of the last request to the stand-in of Claude."""

    def read() -> dict[str, Any]:
        with urlopen(f"{address}/asked") as response:
            return json.load(response)[-1]

    return read
