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
