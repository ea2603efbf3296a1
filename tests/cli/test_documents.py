"""`daytwo documents`: what is held, how old it is, who may read it, what failed, how far behind it was."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.documents import tell_span

NOW = datetime.now(UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two sources, and settings that name them."""
    for name in ("open", "closed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.md").write_text("# Page\n\nSome words.", encoding="utf-8")
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nname = "open"\nfolder = "open"\neveryone = true\n'
        '[[source]]\nname = "closed"\nfolder = "closed"\nchannels = ["C1"]\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("DAYTWO_SOURCES", str(tmp_path / "sources.toml"))
    monkeypatch.setenv("DAYTWO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'daytwo.db'}")
    monkeypatch.setenv("COLUMNS", "150")
    return tmp_path


def run_documents() -> str:
    result = CliRunner().invoke(app, ["documents"])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_every_document_is_listed_with_its_readers(folder: Path) -> None:
    said = run_documents()
    assert "documents: 2, passages: 2" in said
    assert "channel:C1" in said
    assert "everyone" in said
    assert "Taken in now: 2 new, 0 changed, 0 removed, 0 failed." in said


def test_changes_failures_and_the_lag_are_told(folder: Path) -> None:
    run_documents()
    changed = folder / "open" / "page.md"
    changed.write_text("# Page\n\nOther words.", encoding="utf-8")
    three_hours_ago = (NOW - timedelta(hours=3, minutes=5)).timestamp()
    os.utime(changed, (three_hours_ago, three_hours_ago))
    (folder / "open" / "old.doc").write_bytes(b"\xd0\xcf")
    said = run_documents()
    assert "0 new, 1 changed, 0 removed, 1 failed; the oldest change had waited 3 h." in said
    assert "open/old.doc: Files of the kind .doc are not read." in said


def test_a_folder_given_by_hand_takes_the_place_of_the_sources(folder: Path) -> None:
    result = CliRunner().invoke(app, ["documents", "--docs", str(folder / "closed")])
    assert "documents: 1, passages: 1" in result.output


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(0), "0 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(days=3), "3 d"),
    ],
)
def test_a_span_is_told_in_its_largest_unit(span: timedelta, told: str) -> None:
    assert tell_span(span) == told
