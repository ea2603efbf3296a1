"""The batch contract: order, ids, errors on their own lines, statuses. What is behind it is tested elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.batch.run import run
from bot.errors import Refused

PASSAGES = [
    {"id": "p1", "title": "Retention", "text": "Messages are kept for 14 days. The longest retention is 90 days."},
    {"id": "p2", "title": "Cost", "text": "Relay costs 0.40 US dollars for a million messages."},
]
LINES = {
    "understand": {"text": "what about the second one?", "history": [], "beliefs": []},
    "retrieve": {"text": "how long are messages kept?", "history": []},
    "decide": {"text": "how long are messages kept?", "history": []},
    "observe": {"messages": [{"id": "m1", "text": "I'm a data engineer."}]},
    "recall": {"text": "retention", "turns": [{"id": "t1", "speaker": "user", "text": "how long is retention?"}]},
    "feedback": {"history": [{"speaker": "agent", "text": "42"}], "text": "that's wrong"},
    "level": {"text": "The cat sat."},
    "answer": {"text": "how long are messages kept?", "history": [], "beliefs": []},
    "screen": {"text": "mail me at someone@example.org", "source": "message"},
}


@pytest.fixture
def passages(tmp_path: Path) -> Path:
    path = tmp_path / "passages.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in PASSAGES), encoding="utf-8")
    return path


@pytest.mark.parametrize("task", LINES)
def test_every_task_answers_under_the_lines_id(task: str, passages: Path) -> None:
    (output,) = run(task, [json.dumps({"id": 7, **LINES[task], "unknown": True})], passages, 1)
    assert output["id"] == 7
    assert "error" not in output
    assert json.loads(json.dumps(output)) == output


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": "a", "history": []}', "text"),
        ('{"id": "a", "text": 5}', "text"),
        ('{"id": "a", "text": "hi", "beliefs": [{"address": "Role!", "value": "x", "confidence": 2}]}', "confidence"),
        ("", "not JSON"),
    ],
)
def test_a_line_that_cannot_be_read_gives_an_error_and_the_run_goes_on(line: str, told: str) -> None:
    good = json.dumps({"id": "good", **LINES["understand"]})
    first, second = run("understand", [line, good], None, 1)
    assert told in str(first["error"])
    assert second["id"] == "good"
    assert "error" not in second


@pytest.mark.parametrize("task", ["understand", "decide", "level", "screen"])
def test_empty_text_is_valid(task: str) -> None:
    (output,) = run(task, [json.dumps({"id": "e", "text": "", "history": []})], None, 1)
    assert "error" not in output


def test_without_a_knowledge_base_nothing_is_declined() -> None:
    (output,) = run("decide", [json.dumps({"id": "a", "text": "what is the capital of Mongolia?"})], None, 1)
    assert output["p_decline"] == 0


def test_several_workers_give_what_one_gives_in_the_same_order(passages: Path) -> None:
    lines = [json.dumps({"id": number, **LINES["answer"]}) for number in range(40)]
    assert list(run("answer", lines, passages, 3)) == list(run("answer", lines, passages, 1))


def test_a_task_that_does_not_exist_or_lacks_its_passages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there are understand"):
        list(run("guess", [], None, 1))
    with pytest.raises(Refused, match="--passages"):
        list(run("retrieve", [], None, 1))
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "p"}', encoding="utf-8")
    with pytest.raises(Refused, match=r"broken.jsonl, line 1: text"):
        list(run("retrieve", [], broken, 1))


@pytest.mark.parametrize(("given", "status"), [('{"id": 1, "text": "x"}\n', 0), ("nonsense\n", 1), ("", 0)])
def test_the_exit_status_says_whether_any_line_failed(given: str, status: int) -> None:
    command = [sys.executable, "-m", "bot", "batch", "level"]
    result = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert result.returncode == status
    assert len(result.stdout.splitlines()) == len(given.splitlines())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["nonsense"], "There is no task"),
        (["level", "--embeddings", "no/such/folder"], "DAYTWO_EMBEDDINGS: there is no folder no/such/folder."),
    ],
)
def test_what_cannot_run_at_all_exits_with_two_and_one_sentence(options: list[str], said: str) -> None:
    command = [sys.executable, "-m", "bot", "batch", *options]
    result = subprocess.run(command, input="", capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
