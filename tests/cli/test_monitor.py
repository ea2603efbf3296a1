"""The junk monitor: counts of what was learned, never anyone's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app


def test_what_was_learned_is_told_in_counts_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAYTWO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'daytwo.db'}")
    (tmp_path / "docs").mkdir()
    assert "Nothing was learned" in CliRunner().invoke(app, ["monitor"]).output
    CliRunner().invoke(app, ["chat"], input="1\nI'm a data engineer and we run Kafka.\n")
    told = CliRunner().invoke(app, ["monitor"]).output
    assert "observed stated" in told
    assert "Kafka" not in told


def test_what_should_be_looked_at_is_listed_and_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAYTWO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'daytwo.db'}")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "relay.md").write_text("# Relay\n\n## Retention\nMessages are kept for 14 days.\n")
    assert CliRunner().invoke(app, ["documents"]).exit_code == 0
    said = "1\nHow long is the retention of messages?\nthat's wrong\n"
    CliRunner().invoke(app, ["chat"], input=said)
    told = CliRunner().invoke(app, ["monitor"]).output
    assert "To be looked at: 1" in told
    assert "An answer was called wrong" in told
    assert "retention" not in told  # it was said in a direct conversation
    named = next(line for line in told.splitlines() if line.startswith("wrong/"))
    assert "0 items closed as done." in CliRunner().invoke(app, ["monitor", "--done", "wrong/none"]).output
    told = CliRunner().invoke(app, ["monitor", "--done", named]).output
    assert "1 item closed as done." in told
    assert "To be looked at: 0" in told
    assert "0 items closed as dismissed." in CliRunner().invoke(app, ["monitor", "--dismiss", "called wrong"]).output
