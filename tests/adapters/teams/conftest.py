"""A running server that speaks to a stand-in of Teams."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the helpers beside this file

from teams_server import STANDIN, Teams, make_environment, serve, start


@pytest.fixture(scope="session")
def standin() -> Iterator[str]:
    """The stand-in's address."""
    with start(str(STANDIN)) as process:
        assert process.stdout
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"


@pytest.fixture(scope="module")
def teams(standin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teams]:
    """A running server with one document, and the stand-in it posts to."""
    with serve(standin, make_environment(tmp_path_factory.mktemp("teams"), standin)) as running:
        yield running
