"""A running server that speaks to a stand-in of Slack."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the helpers beside this file

from slack_server import Slack, make_environment, serve, standing_in


@pytest.fixture(scope="module")
def standin() -> Iterator[str]:
    """The stand-in's address."""
    with standing_in() as address:
        yield address


@pytest.fixture(scope="module")
def slack(standin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """A running server with one document, and the stand-in it posts to."""
    with serve(standin, make_environment(tmp_path_factory.mktemp("serve"), standin)) as served:
        yield served
