"""The demo: the bundled pilot as people see it, the shape of its JSON, and what broken material is answered with."""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app, demo_slack, demo_teams
from bot.flows.recording import Recording
from playground.slack.delivery import Delivery
from playground.slack.standin import StandIn
from playground.teams.standin import RULES, STATE

sys.path.insert(0, str(Path(__file__).parents[1] / "standins"))

import slack as schemas
from slack_events import find_faults
from teams_checks import find_wrong

ROOT = Path(__file__).parents[2]
PILOT = ROOT / "examples" / "pilot"
BOT = next(one["id"] for one in json.loads((PILOT / "users.json").read_text()) if one.get("is_bot"))


def run_demo(out: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["demo", "--out", str(out), "--json", str(out / "replay.json"), *options])


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any], str]:
    """What the bundled pilot gives: the terminal's text, the JSON, the page."""
    out = tmp_path_factory.mktemp("demo")
    result = run_demo(out)
    assert result.exit_code == 0, result.output
    page = (out / "report.html").read_text(encoding="utf-8")
    return result.output, json.loads((out / "replay.json").read_text(encoding="utf-8")), page


def read_messages() -> dict[str, dict[str, Any]]:
    """Every message of the bundled export, by channel and ts."""
    return {
        f"{path.parent.name}:{message['ts']}": message
        for path in PILOT.glob("*/*.json")
        for message in json.loads(path.read_text(encoding="utf-8"))
    }


def test_every_day_has_its_questions_self_models_satisfaction_and_digest(replayed: Any) -> None:
    days = replayed[1]["days"]
    assert [day["date"] for day in days] == ["2026-10-05", "2026-10-06", "2026-10-07"]
    for day in days:
        assert day["questions"]
        assert day["digest"]["text"]
        assert {"estimate", "low", "high", "n", "trend"} <= set(next(iter(day["satisfaction"].values())))


def test_every_message_that_mentions_the_bot_or_is_written_to_it_alone_is_a_question(replayed: Any) -> None:
    asked = {question["id"] for day in replayed[1]["days"] for question in day["questions"]}
    direct = {one["id"] for one in json.loads((PILOT / "dms.json").read_text())}
    for identity, message in read_messages().items():
        if message.get("user") not in (None, BOT) and not message.get("subtype"):
            to_bot = f"<@{BOT}>" in message["text"] or identity.partition(":")[0] in direct
            assert not to_bot or identity in asked, message["text"]


def test_every_quote_stands_word_for_word_in_a_message_its_person_wrote(replayed: Any) -> None:
    messages = read_messages()
    for day in replayed[1]["days"]:
        for person, beliefs in day["self_models"].items():
            for belief in beliefs:
                own = [messages[one]["text"] for one in belief["evidence"] if one in messages]
                assert all(messages[one]["user"] == person for one in belief["evidence"] if one in messages)
                if own:
                    squeezed = " ".join(" ".join(own).replace("&amp;", "&").split())
                    assert any(" ".join(quote.split()) in squeezed for quote in belief["quotes"]), belief


def test_the_question_that_five_people_asked_is_answered_five_ways(replayed: Any) -> None:
    last = replayed[1]["days"][-1]["questions"]
    texts = [question["text"] for question in last]
    shared = max(texts, key=texts.count)
    answers = [question for question in last if question["text"] == shared]
    assert len({question["person"] for question in answers}) == 5
    assert len({question["answer"] for question in answers}) == 5
    assert len({tuple(one["passage"] for one in question["citations"]) for question in answers}) >= 3
    assert all(question["citations"] for question in answers)


def test_the_page_needs_nothing_from_outside_and_says_why_each_answer_is_as_it_is(replayed: Any) -> None:
    page = replayed[2]
    assert not re.search(r"""(?:src|href)=["']https?://[^"']+\.(?:js|css|png|woff2?)""", page)
    assert "<script" not in page
    assert page.count("Why this answer") == 5
    assert "<svg" in page


def test_the_terminal_shows_answers_self_models_assumptions_and_digests(replayed: Any) -> None:
    shown = replayed[0]
    for part in ("One question, 5 answers", "What it believes of each", "What enrichment assumed", "Digest of day 3"):
        assert part in shown


def test_the_go_or_no_go_report_stands_beside_the_page_and_holds_it_against_what_was_agreed(
    replayed: Any, tmp_path: Path
) -> None:
    assert "Go or no-go: " in replayed[0]
    export = tmp_path / "export"
    shutil.copytree(PILOT, export)
    (export / "pilot.toml").unlink()
    for source, told in ((PILOT, "Satisfaction with answers"), (export, "No success criteria were agreed")):
        result = run_demo(tmp_path, "--export", str(source))
        assert result.exit_code == 0, result.output
        text = (tmp_path / "verdict.md").read_text(encoding="utf-8")
        assert text.startswith("# Three days of a pilot: extend")
        assert told in text
        assert (tmp_path / "verdict.pdf").read_bytes().startswith(b"%PDF")


def test_the_same_replay_gives_the_same_twice(replayed: Any, tmp_path: Path) -> None:
    again = run_demo(tmp_path)
    assert json.loads((tmp_path / "replay.json").read_text(encoding="utf-8")) == replayed[1]
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == replayed[2]
    strip = re.compile(r"The same as a page:.*", re.DOTALL)
    assert strip.sub("", again.output) == strip.sub("", replayed[0])


def test_only_those_named_as_consenting_are_learned_from(tmp_path: Path) -> None:
    result = run_demo(tmp_path, "--consented", "Data Engineer")
    assert result.exit_code == 0, result.output
    day = json.loads((tmp_path / "replay.json").read_text(encoding="utf-8"))["days"][-1]
    known = {person for person, beliefs in day["self_models"].items() if beliefs}
    assert len(known) == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--export", "no-such-export"), "There is no Slack export at no-such-export"),
        (("--docs", "no-such-docs"), "no-such-docs"),
        (("--bot", "UNOBODY"), "UNOBODY"),
        (("--champion", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_found_is_told_in_a_sentence(options: tuple[str, ...], told: str, tmp_path: Path) -> None:
    result = run_demo(tmp_path, *options)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output


def test_broken_material_is_told_by_its_file_and_the_rest_goes_on(tmp_path: Path) -> None:
    export, docs = tmp_path / "export", tmp_path / "docs"
    shutil.copytree(PILOT, export)
    (export / "general" / "2026-10-05.json").write_text("[{", encoding="utf-8")
    docs.mkdir()
    shutil.copy(ROOT / "docs" / "cost.md", docs)
    (docs / "broken.pdf").write_bytes(b"\x00\x01 not a pdf")
    result = run_demo(tmp_path, "--export", str(export), "--docs", str(docs))
    assert result.exit_code == 0, result.output
    assert "general/2026-10-05.json is not valid JSON" in result.output
    assert "broken.pdf" in result.output
    assert "Digest of day 3" in result.output


def test_an_empty_knowledge_base_declines_everything_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    result = run_demo(tmp_path, "--docs", str(tmp_path / "docs"))
    assert result.exit_code == 0, result.output
    assert "every question will be declined" in result.output
    days = json.loads((tmp_path / "replay.json").read_text(encoding="utf-8"))["days"]
    assert not any(question["citations"] for day in days for question in day["questions"])


def test_words_that_look_like_markup_are_shown_as_they_are(tmp_path: Path) -> None:
    export = tmp_path / "export"
    (export / "general").mkdir(parents=True)
    users = [{"id": "UB", "is_bot": True, "name": "bot"}, {"id": "U1", "name": "[bold]one[/]"}]
    message = {
        "type": "message",
        "user": "U1",
        "ts": "1791187200.0001",
        "text": "<@UB> I am a [red]data engineer[/red]. hi?",
    }
    for name, content in (("users.json", users), ("channels.json", []), ("general/2026-10-05.json", [message])):
        (export / name).write_text(json.dumps(content), encoding="utf-8")
    result = run_demo(tmp_path, "--export", str(export))
    assert result.exit_code == 0, result.output
    assert "[bold]one[/]" in result.output
    assert "Digest of day 1" in result.output
    assert "No digest" not in result.output


def test_done_on_slack_it_ends_with_the_same_answers_and_digests(
    replayed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standins: list[StandIn] = []

    def make_strict(recording: Recording, then: demo_slack.Then) -> StandIn:
        standins.append(make_standin(recording, then))
        standins[-1].rules.validate = schemas.validate
        return standins[-1]

    async def deliver(delivery: Delivery, body: dict[str, Any]) -> dict[str, Any]:
        assert find_faults(body["event"]) == []
        return await send(delivery, body)

    make_standin, send = demo_slack.make_standin, Delivery.deliver
    monkeypatch.setattr(Delivery, "deliver", deliver)
    monkeypatch.setattr(demo_slack, "make_standin", make_strict)
    done = run_demo(tmp_path, "--slack")
    assert done.exit_code == 0, done.output
    straight, slack = replayed[1], json.loads((tmp_path / "replay.json").read_text(encoding="utf-8"))
    for here, there in zip(straight["days"], slack["days"], strict=True):
        assert [pick(one) for one in there["questions"]] == [pick(one) for one in here["questions"]]
        assert there["digest"] == here["digest"]
        assert there["alerts"] == here["alerts"]
    page = (tmp_path / "slack.html").read_text(encoding="utf-8")
    assert page.count("Why this answer") == sum(
        bool(one["citations"]) for day in slack["days"] for one in day["questions"]
    )
    (standin,) = standins
    told = [one["channel"] for one in standin.workspace.posted if "header" in str(one.get("blocks"))]
    assert told == ["DU086CH3WD4"] * 3
    assert sum(one["refused"] for one in standin.tiers.show()["methods"].values()) == 0


def test_done_on_teams_it_ends_with_the_same_answers_and_digests(
    replayed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every message to the connector is held to the schema of cards and to Teams' limits."""
    standins: list[web.Application] = []

    def make_strict(recording: Recording) -> web.Application:
        standins.append(make_standin(recording))
        standins[-1][RULES] = replace(standins[-1][RULES], message=find_wrong)
        return standins[-1]

    make_standin = demo_teams.make_standin
    monkeypatch.setattr(demo_teams, "make_standin", make_strict)
    done = run_demo(tmp_path, "--teams")
    assert done.exit_code == 0, done.output
    straight, teams = replayed[1], json.loads((tmp_path / "replay.json").read_text(encoding="utf-8"))
    for here, there in zip(straight["days"], teams["days"], strict=True):
        assert [pick(one) for one in there["questions"]] == [pick(one) for one in here["questions"]]
        assert there["digest"] == here["digest"]
        assert there["alerts"] == here["alerts"]
    posted = standins[0][STATE]["posted"]
    digests = [one["at"] for one in posted if "Evaluators" in json.dumps(one.get("attachments", []))]
    assert len(digests) == 3
    assert all(one.startswith("a:") for one in digests)


def pick(question: dict[str, Any]) -> list[Any]:
    """What must not depend on the way that a question came."""
    names = ("person", "text", "enriched", "decision", "depth", "answer", "citations")
    return [question[name] for name in names]
