"""The stand-in as a command: where it stands is told, and what stands in its way."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys

PATIENCE = 60.0  # seconds


def start(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "playground.slack", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_it_tells_its_address_and_ends_quietly_at_ctrl_c() -> None:
    served = start("0")
    assert served.stdout is not None
    assert "http://127.0.0.1:" in served.stdout.readline()
    served.send_signal(signal.SIGINT)
    assert (served.communicate(timeout=PATIENCE)[1], served.returncode) == ("", 130)


def test_a_port_that_is_taken_or_none_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = start(str(taken.getsockname()[1])).communicate(timeout=PATIENCE)[1]
    assert "cannot be listened on" in told
    assert "Traceback" not in told
    assert "python -m playground.slack [PORT]" in start("--help").communicate(timeout=PATIENCE)[1]
