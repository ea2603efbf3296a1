"""Setting a pilot up from a file: what is missing is listed, what is wrong is named."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.pilot_file import read_pilot
from bot.cli import app
from bot.errors import Refused
from bot.pilot.groups import FoundGroup, follow, swap_group
from bot.pilot.model import Pilot
from bot.pilot.roster import let_out
from bot.turn import Member
from storage.sql import open_sql

DOCS = Path(__file__).parents[2] / "docs" / "pilot-and-digest.md"
LEAST = 'name = "P"\nworkspace = "T1"\nchampions = ["U1"]\nstarts = 2026-11-02\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "pilot.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_that_the_documents_show_can_be_read(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    pilot = read_pilot(write(tmp_path, shown))
    assert pilot.champions == (Member("T0123456789", "U0123456789"),)
    assert pilot.criteria[0].target == 0.7
    assert pilot.platform == "slack"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "not valid TOML"),
        ('name = "P"\n', "workspace"),
        (LEAST + "digest_hour = 25\n", "digest_hour"),
        (LEAST + 'time_zone = "Berlin"\n', "Europe/Berlin"),
        (LEAST + "ends = 2026-10-01\n", "ends is before starts"),
        (LEAST + "hold_back = 0.1\n", "hold_back"),
        (LEAST.replace('["U1"]', "[]"), "champions"),
        (LEAST + 'groups = ["it"]\n', "there is no group it; write one as [group.it]"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Refused, match=rf"pilot\.toml.*{re.escape(told)}"):
        read_pilot(write(tmp_path, text))


def test_the_channel_for_reviewers_can_be_named(tmp_path: Path) -> None:
    assert read_pilot(write(tmp_path, LEAST)).reviewers == ""
    assert read_pilot(write(tmp_path, LEAST + 'reviewers = "C7"\n')).reviewers == "C7"


def test_a_group_counts_as_its_people_and_channels(tmp_path: Path) -> None:
    text = LEAST + 'evaluators = ["U2"]\ngroups = ["it"]\n[group.it]\npeople = ["U2", "U3"]\nchannels = ["C1"]\n'
    text += '[[rings]]\nopens = 2026-11-09\npeople = ["U4"]\ngroups = ["it"]\n'
    pilot = read_pilot(write(tmp_path, text))
    assert [one.id for one in pilot.evaluators] == ["U2", "U3"]
    assert [(ring.channels, [one.id for one in ring.people]) for ring in pilot.rings] == [
        (("C1",), []),
        (("C1",), ["U4", "U2", "U3"]),
    ]


def test_a_group_of_the_platform_is_kept_to_be_looked_up_there(tmp_path: Path) -> None:
    text = LEAST + 'groups = ["@data-team"]\n[[rings]]\nopens = 2026-11-09\ngroups = ["@sales"]\n'
    pilot = read_pilot(write(tmp_path, text))
    assert [(one.id, one.opens.day, one.read_on) for one in pilot.groups] == [
        ("@data-team", 2, None),
        ("@sales", 9, None),
    ]


def test_a_file_that_is_given_again_keeps_who_was_in_a_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'pilot.db'}"
    monkeypatch.setenv("DAYTWO_DATABASE_URL", url)
    file = write(tmp_path, LEAST + 'groups = ["@data-team"]\n')
    assert "whoever is in @data-team, once that can be read" in CliRunner().invoke(app, ["pilot", str(file)]).output

    async def read_it() -> None:
        async with open_sql(url) as stores:
            (pilot,) = await stores.pilots.all()
            found = FoundGroup("S1", "data-team", (Member("T1", "U5"),))
            await stores.pilots.save(swap_group(pilot, pilot.groups[0], follow(pilot.groups[0], found, pilot.starts)))

    asyncio.run(read_it())
    assert "Evaluators: 1." in CliRunner().invoke(app, ["pilot", str(file)]).output


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        read_pilot(tmp_path / "nowhere.toml")


def test_it_is_saved_and_what_it_lacks_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYTWO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'pilot.db'}")
    none = CliRunner().invoke(app, ["pilot"])
    assert "No pilot is set up" in none.output
    set_up = CliRunner().invoke(app, ["pilot", str(write(tmp_path, LEAST))])
    assert set_up.exit_code == 0, set_up.output
    assert "missing: a hypothesis" in set_up.output
    assert CliRunner().invoke(app, ["pilot"]).output == set_up.output


def test_a_file_describes_rings_and_channels_and_nobody_who_left_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rings = LEAST + 'evaluators = ["U2"]\nchannels = ["C1"]\n[[rings]]\nopens = 2999-01-01\npeople = ["U3", "U4"]\n'
    url = f"sqlite+aiosqlite:///{tmp_path / 'pilot.db'}"
    monkeypatch.setenv("DAYTWO_DATABASE_URL", url)
    file = write(tmp_path, rings)
    shown = CliRunner().invoke(app, ["pilot", str(file)])
    assert "Evaluators: 1, whoever asks in 1 channel, 2 more from Tue 1 Jan." in shown.output

    async def leave() -> Pilot:
        async with open_sql(url) as stores:
            (pilot,) = await stores.pilots.all()
            await stores.pilots.save(let_out(pilot, [Member("T1", "U2")], date(2026, 11, 3)))
            return pilot

    asyncio.run(leave())
    again = CliRunner().invoke(app, ["pilot", str(file)])
    assert "Evaluators: 0, " in again.output
