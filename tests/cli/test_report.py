"""`daytwo report`: from a database to the three forms; what there is nothing to say of is told in a sentence."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from pypdf import PdfReader
from typer.testing import CliRunner

from bot.cli import app
from bot.pilot.model import Pilot
from bot.ports import Effects
from bot.trust.model import Consent
from bot.turn import Audience, Decision, Exchange, Member, Message, Place, Reply, Turn
from storage.sql import open_sql

ANALYST = Member("W", "analyst")
NOW = datetime.now(UTC)
PILOT = Pilot(id="spring", workspace="W", name="Support answers", champions=(), starts=NOW.date() - timedelta(days=3))


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty database that the command reads."""
    address = f"sqlite+aiosqlite:///{tmp_path / 'pilot.db'}"
    monkeypatch.setenv("DAYTWO_DATABASE_URL", address)
    return address


def fill(url: str, *pilots: Pilot, questions: int = 0) -> None:
    """Save these pilots, and an analyst who asks."""

    async def save() -> None:
        async with open_sql(url) as stores:
            for one in pilots:
                await stores.pilots.save(one)
            await stores.consents.save(Consent(member=ANALYST, modelling=True, at=NOW))
            for i in range(questions):
                at = NOW - timedelta(days=2, minutes=i)
                message = Message(id=f"m{i}", author=ANALYST, text="How is data kept?", at=at)
                turn = Turn(message=message, place=Place("W", "C"), audience=Audience(alone=False))
                reply = Reply(decision=Decision.ANSWER, text="Safely.", confidence=0.9)
                exchange = Exchange(id=message.id, turn=turn, enriched=message.text, reply=reply, at=at)
                await stores.journal.commit(Effects(exchange=exchange))

    asyncio.run(save())


def report(*options: str) -> Result:
    return CliRunner().invoke(app, ["report", *options])


def test_it_writes_html_markdown_and_pdf_and_says_what_is_recommended(url: str, tmp_path: Path) -> None:
    fill(url, PILOT, questions=4)
    out = tmp_path / "deep" / "out"
    told = report("--out", str(out), "--people", "250")
    assert told.exit_code == 0, told.output
    assert "Support answers: extend." in told.output
    assert {one.name for one in out.iterdir()} == {"verdict.html", "verdict.md", "verdict.pdf"}
    assert all(str(one) in told.output for one in out.iterdir())
    assert "250 people" in (out / "verdict.html").read_text(encoding="utf-8")
    assert "## Ready for production?" in (out / "verdict.md").read_text(encoding="utf-8")
    assert len(PdfReader(out / "verdict.pdf").pages) >= 2


def test_of_several_pilots_one_is_chosen(url: str, tmp_path: Path) -> None:
    fill(url, PILOT, replace(PILOT, id="autumn", name="Sales answers"), questions=2)
    unclear = report("--out", str(tmp_path))
    assert (unclear.exit_code, "autumn (Sales answers)" in unclear.output) == (2, True)
    chosen = report("--out", str(tmp_path), "--pilot", "autumn")
    assert chosen.exit_code == 0, chosen.output
    assert chosen.output.startswith("Sales answers")


@pytest.mark.parametrize(
    ("pilots", "options", "told"),
    [
        ((), (), "No pilot is set up"),
        ((PILOT,), (), "Nobody who may be counted has asked anything in the pilot “Support answers”"),
        ((PILOT,), ("--pilot", "winter"), "There is no pilot 'winter'; choose with --pilot: spring (Support answers)"),
        ((replace(PILOT, starts=NOW.date() + timedelta(days=9)),), (), "nothing to judge before that"),
    ],
)
def test_what_there_is_nothing_to_say_of_is_told_in_a_sentence(
    url: str, tmp_path: Path, pilots: tuple[Pilot, ...], options: tuple[str, ...], told: str
) -> None:
    fill(url, *pilots)
    result = report("--out", str(tmp_path / "out"), *options)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_a_pilot_of_nobody_cannot_be_priced(url: str) -> None:
    assert report("--people", "0").exit_code == 2


def test_the_same_id_in_two_workspaces_is_told_apart(url: str, tmp_path: Path) -> None:
    elsewhere = replace(PILOT, workspace="V", name="Another", champions=())
    fill(url, PILOT, elsewhere, questions=4)
    said = report("--pilot", "spring")
    assert said.exit_code == 2
    assert "W/spring (Support answers)" in said.output
    made = report("--pilot", "W/spring", "--out", str(tmp_path))
    assert made.exit_code == 0, made.output
