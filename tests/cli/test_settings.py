"""Settings: read once, wrong ones named, secrets never shown, the page of the docs never stale."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.settings import to_page
from bot.errors import Misconfigured
from bot.settings import list_settings, read_settings

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def no_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_page_of_the_docs_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == to_page(list_settings()), "run: daytwo settings --markdown"


@pytest.mark.parametrize(
    ("name", "value"),
    [("DAYTWO_PORT", "many"), ("DAYTWO_SLACK_BOT_TOKEN", "xoxp-1"), ("DAYTWO_ENGINE", "gpt"), ("DAYTWO_PORT", "0")],
)
def test_a_wrong_setting_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured, match=name):
        read_settings()


def test_a_secret_is_said_to_be_set_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYTWO_SLACK_BOT_TOKEN", "xoxb-very-secret")
    shown = CliRunner().invoke(app, ["settings"])
    assert shown.exit_code == 0
    assert "very-secret" not in shown.output


def test_a_file_beside_the_process_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("DAYTWO_PORT=4000\nDAYTWO_WORKSPACE=here\n", encoding="utf-8")
    monkeypatch.setenv("DAYTWO_PORT", "5000")
    assert (read_settings().port, read_settings().workspace) == (5000, "here")
