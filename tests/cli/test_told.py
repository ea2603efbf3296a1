"""What an operator meets when something outside is wrong: a sentence that names it, an exit status, no stack trace."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.running import FAILED, INTERRUPTED, MISCONFIGURED, REFUSED

PATIENCE = 60.0  # seconds


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAYTWO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'daytwo.db'}")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("# Hours\n\nThe office opens at nine.", encoding="utf-8")
    (tmp_path / "a-file").write_text("not a folder", encoding="utf-8")


def do(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=typed)


@pytest.mark.parametrize("words", [("demo", "--out", "a-file"), ("demo", "--json", "nowhere/replay.json")])
def test_what_cannot_be_written_is_found_before_the_replay_and_told(words: tuple[str, ...]) -> None:
    told = do(*words)
    assert (told.exit_code, type(told.exception)) == (FAILED, SystemExit)
    assert words[-1] in told.output
    assert "question" not in told.output


def test_a_demo_is_of_one_platform_and_of_people_who_are_there() -> None:
    assert do("demo", "--slack", "--teams").exit_code == REFUSED
    told = do("demo", "--consented", "CTO, Nobody")
    assert (told.exit_code, "Nobody" in told.output, "CTO" in told.output) == (REFUSED, True, False)


def test_more_days_than_there_were_are_refused() -> None:
    assert do("monitor", "--days", "99999999999").exit_code == REFUSED


@pytest.mark.parametrize(
    ("words", "named"),
    [(("restore", "a-file"), "a-file:"), (("move", "--to", "foo"), "--to "), (("backup", "nowhere/b.db"), "nowhere")],
)
def test_what_is_wrong_is_named_as_it_was_given(words: tuple[str, ...], named: str) -> None:
    told = do(*words)
    assert told.exit_code == MISCONFIGURED
    assert named in told.output
    assert "DAYTWO_DATABASE_URL" not in told.output


def test_a_wrong_address_is_not_repeated_for_it_may_hold_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYTWO_DATABASE_URL", "postgresql//daytwo:hunter2@host/name")
    told = do("migrate")
    assert told.exit_code == MISCONFIGURED
    assert "hunter2" not in told.output


def test_why_a_database_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DAYTWO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'docs'}")
    told = do("migrate")
    assert told.exit_code == FAILED
    assert "unable to open database file" in told.output


def test_a_question_instead_of_an_answer_on_consent_is_no_answer() -> None:
    told = do("chat", typed="when does the office open?\nyes please\nwhat do you believe about me?\n")
    assert "That is neither" in told.output
    assert "Learning is on" in told.output


def test_leaving_before_consent_says_nothing_on_it() -> None:
    assert do("chat", typed="").exit_code == 0
    assert "May I learn" in do("chat", typed="").output


def test_ctrl_c_ends_a_talk_at_once_and_quietly(tmp_path: Path) -> None:
    terminal, its_end = pty.openpty()
    command = [sys.executable, "-m", "bot", "chat"]
    talk = subprocess.Popen(command, stdin=its_end, stdout=its_end, stderr=its_end, start_new_session=True)
    os.close(its_end)
    shown = read_until(terminal, b"No, answer without >")
    talk.send_signal(signal.SIGINT)
    shown += read_until(terminal, b"")
    assert talk.wait(PATIENCE) == INTERRUPTED
    assert b"Error" not in shown


def read_until(terminal: int, words: bytes) -> bytes:
    """What a terminal shows until it shows these words, or ends where there are none."""
    shown, end = b"", time.monotonic() + PATIENCE
    while time.monotonic() < end and not (words and words in shown):
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
    return shown


def test_a_server_that_waits_for_its_platform_ends_at_ctrl_c(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes a connection, and never answers
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/api/"
        environment = os.environ | {
            "DAYTWO_SLACK_API_URL": address,
            "DAYTWO_SLACK_BOT_TOKEN": "xoxb-test",
            "DAYTWO_SLACK_APP_TOKEN": "xapp-test",
        }
        command = [sys.executable, "-m", "bot", "serve"]
        server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        silent.settimeout(PATIENCE)
        waiting, _ = silent.accept()
        server.send_signal(signal.SIGINT)
        with waiting:
            told = server.communicate(timeout=PATIENCE)[1]
    assert (server.returncode, told) == (INTERRUPTED, "")


def test_of_a_damaged_document_only_our_own_sentence_is_shown(tmp_path: Path) -> None:
    (tmp_path / "docs" / "damaged.pdf").write_text("no PDF", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "bot", "documents"], capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "damaged.pdf" in done.stdout
