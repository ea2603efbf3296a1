"""Every desk at which the dialogs are held; a dialog says at which it cannot be, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the helpers there
sys.path.insert(0, str(Path(__file__).parents[1] / "adapters" / "slack"))
sys.path.insert(0, str(Path(__file__).parents[1] / "adapters" / "teams"))

import slack_server
import teams_server
from capabilities import PLATFORMS, missing_of
from desks import Desk, SlackDesk, TeamsDesk, TerminalDesk


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hold a dialog at every desk but those it names."""
    if "desk" in metafunc.fixturenames:
        missing = missing_of(metafunc.function)
        metafunc.parametrize("desk", [one for one in PLATFORMS if one not in missing], indirect=True)


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackDesk]:
    """Slack's stand-in and a server at it."""
    with slack_server.running(str(slack_server.STANDIN)) as process:
        assert process.stdout
        standin = f"http://127.0.0.1:{int(process.stdout.readline())}"
        environment = slack_server.make_environment(tmp_path_factory.mktemp("slack"), standin)
        environment["DAYTWO_ADMINS"] = "UBOSS"
        with slack_server.serve(standin, environment) as running:
            yield SlackDesk(running)
            assert running.state()["broken"] == []


@pytest.fixture(scope="module")
def teams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamsDesk]:
    """Teams' stand-in and a server at it."""
    with teams_server.start(str(teams_server.STANDIN)) as process:
        assert process.stdout
        standin = f"http://127.0.0.1:{int(process.stdout.readline())}"
        environment = teams_server.make_environment(tmp_path_factory.mktemp("teams"), standin)
        with teams_server.serve(standin, environment) as running:
            yield TeamsDesk(running)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TerminalDesk]:
    """A terminal with the same document."""
    home = tmp_path_factory.mktemp("terminal")
    (home / "docs").mkdir()
    (home / "docs" / "relay.md").write_text(slack_server.DOCUMENT, encoding="utf-8")
    url = f"sqlite+aiosqlite:///{home / 'test.db'}"
    desk = TerminalDesk({"DAYTWO_DATABASE_URL": url, "DAYTWO_DOCS": str(home / "docs"), "DAYTWO_ENGINE": "offline"})
    yield desk
    desk.close()


@pytest.fixture
def desk(request: pytest.FixtureRequest) -> Desk:
    """The desk at hand."""
    found: Desk = request.getfixturevalue(request.param.lower())
    return found
