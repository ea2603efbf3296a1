"""The app package is what Teams takes: valid against the official schemas, with icons of the right sizes."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator
from typer.testing import CliRunner

from adapters.teams.explain import EXPLAIN
from adapters.teams.home import HOME
from adapters.teams.package import COMMANDS, Package, make_manifest, make_words, write_package
from bot.cli import app
from bot.errors import Refused
from bot.trust.commands import parse_command

SCHEMAS = Path(__file__).parents[2] / "schemas"
ID = "00000000-0000-4000-8000-000000000001"
PACKAGE = Package(app_id=ID, host="daytwo.example.com", version="0.1.0")


def check(value: object, schema: str) -> list[str]:
    """What the schema finds wrong."""
    known = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    return [f"{one.json_path}: {one.message}" for one in Draft4Validator(known).iter_errors(value)]


@pytest.mark.parametrize("observe", [False, True])
def test_the_manifest_is_valid(observe: bool) -> None:
    assert check(make_manifest(replace(PACKAGE, observe=observe)), "teams-manifest-1.30.json") == []


def test_its_words_are_valid() -> None:
    assert check(make_words(), "teams-localization-1.30.json") == []


def test_reading_without_a_mention_is_asked_for_only_where_it_is_wanted() -> None:
    assert "authorization" not in make_manifest(PACKAGE)
    asked: Any = make_manifest(replace(PACKAGE, observe=True))["authorization"]
    names = [one["name"] for one in asked["permissions"]["resourceSpecific"]]
    assert names == ["ChannelMessage.Read.Group", "ChatMessage.Read.Chat"]


def test_the_message_extension_is_the_one_that_is_answered() -> None:
    manifest: Any = make_manifest(PACKAGE)
    (extension,) = manifest["composeExtensions"]
    (command,) = extension["commands"]
    assert (extension["botId"], command["id"], command["fetchTask"]) == (ID, EXPLAIN, True)


@pytest.mark.parametrize("title", [title for title, _ in COMMANDS])
def test_every_command_of_the_menu_is_understood(title: str) -> None:
    assert title in HOME or parse_command(title)


def test_the_package_holds_all_it_names_and_is_the_same_twice(tmp_path: Path) -> None:
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    write_package(PACKAGE, first)
    write_package(PACKAGE, second)
    assert first.read_bytes() == second.read_bytes()
    with ZipFile(first) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["bots"][0]["botId"] == ID
        named = {*manifest["icons"].values(), manifest["localizationInfo"]["defaultLanguageFile"], "manifest.json"}
        assert named == set(archive.namelist())
        for name, size in (("color.png", 192), ("outline.png", 32)):
            assert struct.unpack(">II", archive.read(name)[16:24]) == (size, size)


@pytest.mark.parametrize(
    "host", ["https://daytwo.example.com", "daytwo.example.com:443", "localhost", "", "a/b.c", "-a.b"]
)
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(Refused, match="host"):
        make_manifest(replace(PACKAGE, host=host))


def test_the_command_writes_it_or_says_why_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["init", "teams", "--host", "daytwo.example.com", "--app-id", ID])
    assert (done.exit_code, (tmp_path / "daytwo-teams.zip").is_file()) == (0, True)
    wrong = CliRunner().invoke(app, ["init", "teams", "--host", "daytwo.example.com", "--app-id", "mine"])
    assert (wrong.exit_code, "application id" in wrong.output) == (2, True)
    assert CliRunner().invoke(app, ["init", "shoe", "--host", "daytwo.example.com"]).exit_code == 2
