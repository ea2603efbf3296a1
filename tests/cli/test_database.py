"""What an operator does with the database, through the commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAYTWO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'daytwo.db'}")


def do(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def fill(folder: Path) -> None:
    """Put a pilot in, so that there is a row to copy."""
    file = folder / "pilot.toml"
    file.write_text('name = "P"\nworkspace = "T1"\nchampions = ["U1"]\nstarts = 2026-11-02\n', encoding="utf-8")
    assert do("pilot", str(file)).exit_code == 0


def test_a_backup_restores_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)
    assert "rows" in do("backup", "backup.db").output
    monkeypatch.setenv("DAYTWO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    assert do("restore", "backup.db").exit_code == 0
    assert "P (pilot)" in do("pilot").output


def test_a_move_fills_an_empty_database_and_refuses_a_full_one(tmp_path: Path) -> None:
    fill(tmp_path)
    to = f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"
    assert do("move", "--to", to).exit_code == 0
    again = do("move", "--to", to)
    assert again.exit_code == 2
    assert "already holds rows" in again.output


def test_what_cannot_be_done_is_told_in_a_sentence() -> None:
    missing = do("restore", "nowhere.db")
    assert missing.exit_code == 2
    assert "There is no file nowhere.db" in missing.output
    (Path.cwd() / "there.db").touch()
    assert "is there already" in do("backup", "there.db").output


def test_the_queues_are_shown_and_migrating_twice_does_no_harm() -> None:
    assert do("migrate").output == do("migrate").output
    shown = do("queue").output
    assert "inbox:" in shown
    assert "outbox:" in shown
    assert "oldest due for 0 s" in shown
    assert "0 put back in line" in do("queue", "--retry").output


def test_a_workspace_is_erased_when_it_is_meant_and_no_other(tmp_path: Path) -> None:
    fill(tmp_path)
    assert CliRunner().invoke(app, ["erase", "T1"], input="n\n").exit_code == 1
    assert do("erase", "T2", "--yes").output == "Nothing is kept of a workspace 'T2'.\n"
    assert "P (pilot)" in do("pilot").output
    assert "pilot: 1" in do("erase", "T1", "--yes").output
    assert "P (pilot)" not in do("pilot").output


def test_one_person_is_erased_and_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "relay.md").write_text("# Relay\n\nMessages are kept for 14 days.\n", encoding="utf-8")
    monkeypatch.setenv("DAYTWO_WORKSPACE", "T1")
    for name in ("analyst", "engineer"):
        said = "1\nHow long are messages kept?\n"
        assert CliRunner().invoke(app, ["chat", "--as", name, "--docs", "docs"], input=said).exit_code == 0
    assert CliRunner().invoke(app, ["erase", "T1", "--member", "analyst"], input="n\n").exit_code == 1
    gone = do("erase", "T1", "--member", "analyst", "--yes").output
    assert "exchanges: " in gone
    assert "Receipt: operator/" in gone
    assert do("erase", "T1", "--member", "nobody", "--yes").output == "Nothing is kept of 'nobody' in 'T1'.\n"
    assert "exchanges: " in do("erase", "T1", "--member", "engineer", "--yes").output
