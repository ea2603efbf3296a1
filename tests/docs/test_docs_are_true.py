"""What the documents say of settings, commands, scopes, prices and limits is what the code holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from adapters.documents import read_folder
from adapters.documents.attached import LARGEST as LARGEST_FILE
from adapters.slack.blocks import LONGEST_MARKDOWN
from adapters.slack.files import MOST as FILES
from adapters.teams.connect import MESSAGES_PATH
from adapters.teams.package import COMMANDS, VERSION
from bot.answering.prompt import MOST_DOCUMENTS, MOST_HISTORY
from bot.cli import app
from bot.flows.respond import PASSAGES
from bot.flows.work import LEASE_SECONDS, RETRY_SECONDS
from bot.knowledge.glossary import find_terms
from bot.knowledge.model import Document, Failure
from bot.knowledge.split import LONGEST, split
from bot.operations.cost import PRICED_ON, PRICES
from bot.pilot.roster import CELL, GROUP
from bot.pilot.satisfaction import FEW, SMALL
from bot.pilot.say import say_number
from bot.self_model.model import CONFIDENCE_FLOOR
from bot.settings import list_settings
from bot.trust.commands import parse_command

ROOT = Path(__file__).parents[2]
READ = list(read_folder(ROOT / "docs"))
DOCUMENTS = [one for one in READ if isinstance(one, Document)]
TEXTS = {one.path: one.text for one in DOCUMENTS}
EVERYTHING = "\n".join(TEXTS.values())
OWN_COMMANDS = re.findall(r"`(?:\.venv/bin/)?daytwo ([a-z]+)|bin/daytwo ([a-z]+)", EVERYTHING)


def rows(path: str, heading: str) -> list[list[str]]:
    """The body of the first table under a heading."""
    section = TEXTS[path].split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_document_can_be_read() -> None:
    assert not [one for one in READ if isinstance(one, Failure)]
    assert len(DOCUMENTS) >= 15


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.path)
def test_a_section_makes_a_good_passage(document: Document) -> None:
    """Long enough to say something, short enough to be read; the glossaries' lists are longer, tables do not count."""
    for section in document.text.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        most = 350 if document.path in ("glossary.md", "self-model.md", "settings.md") else 230
        prose = [line for line in body.splitlines() if not line.startswith("|")]
        assert len(body.split()) >= 40, heading
        assert len(" ".join(prose).split()) <= most, heading


def test_every_setting_named_is_one() -> None:
    known = {name for name, _, _ in list_settings()}
    named = set(re.findall(r"DAYTWO_[A-Z_]+[A-Z]", EVERYTHING))
    assert named <= known


def test_the_defaults_told_are_the_defaults() -> None:
    defaults = {name: default for name, default, _ in list_settings()}
    for name, told, _ in rows("operate.md", "Settings"):
        assert told.strip("`") in (defaults[name.strip("`")], defaults[name.strip("`")].removesuffix(".0")), name


@pytest.mark.parametrize("command", sorted({one or other for one, other in OWN_COMMANDS}))
def test_every_command_named_is_one(command: str) -> None:
    names = {one.name or getattr(one.callback, "__name__", "") for one in app.registered_commands}
    assert command in names


def test_the_chat_commands_told_are_understood() -> None:
    told = [
        one
        for row in rows("data-and-privacy.md", "Commands to see, correct and delete your self-model")
        for one in row[0].split(" / ")
    ]
    assert len(told) >= 7
    assert all(parse_command(one.strip("`")) for one in told)


def test_the_scopes_explained_are_those_asked_for() -> None:
    manifest = yaml.safe_load((ROOT / "app_manifest.yaml").read_text(encoding="utf-8"))
    asked = set(manifest["oauth_config"]["scopes"]["bot"])
    told = {
        one
        for row in rows("install-slack.md", "Scopes and why each is needed")
        for one in re.findall(r"`([^`]+)`", row[0])
    }
    assert told == asked


def test_the_prices_told_are_those_charged() -> None:
    assert f"{PRICED_ON.day} {PRICED_ON:%B %Y}" in TEXTS["cost.md"]
    told = {row[0].split(" (")[0].lower().replace(" ", "-"): row[1:3] for row in rows("cost.md", "Cost per question")}
    for model, rates in PRICES.items():
        assert told[model] == [f"${rates.input:g}", f"${rates.output:g}"]


def test_a_typical_question_costs_what_is_told() -> None:
    """5,000 tokens in, 350 out."""
    told = {row[0].split(" (")[0].lower().replace(" ", "-"): row[3] for row in rows("cost.md", "Cost per question")}
    for model, rates in PRICES.items():
        assert float(told[model].strip("$")) == pytest.approx(
            (5_000 * rates.input + 350 * rates.output) / 1e6, abs=6e-4
        )


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("integrations.md", f"about {LONGEST:,} characters"),
        ("install-slack.md", f"{say_number(FILES)} files with one question, up to {LARGEST_FILE // 1_000_000} MB each"),
        ("limits.md", f"{PASSAGES} found, {MOST_DOCUMENTS} sent to the model"),
        ("limits.md", f"| earlier lines of a conversation used | {MOST_HISTORY} |"),
        ("limits.md", f"{LONGEST_MARKDOWN:,} characters, longer ones are split"),
        ("how-it-answers.md", f"at least {CONFIDENCE_FLOOR}"),
        ("operate.md", f"for {LEASE_SECONDS:g} seconds at a time"),
        ("operate.md", "after {:g}, {:g}, {:g} and {:g} seconds".format(*RETRY_SECONDS)),
        ("pilot-and-digest.md", f"change larger than {SMALL} points"),
    ],
)
def test_a_figure_told_is_the_one_in_the_code(path: str, words: str) -> None:
    assert words in TEXTS[path]


def test_the_small_numbers_are_told_in_words() -> None:
    assert (GROUP, CELL, FEW) == (3, 5, 5)
    assert "at least three people" in TEXTS["data-and-privacy.md"]
    assert "fewer than five people" in TEXTS["data-and-privacy.md"]
    assert "at least five rated answers on at least two days" in TEXTS["pilot-and-digest.md"]


def test_the_glossary_is_found_whole() -> None:
    written = re.findall(r"^- \*\*(.+?)\*\*:", TEXTS["glossary.md"], re.MULTILINE)
    found = {one.name for one in find_terms(passage for document in DOCUMENTS for passage in split(document))}
    assert len(written) > 50
    assert set(written) <= found


def test_what_is_told_of_teams_is_what_is_served_and_written() -> None:
    told = TEXTS["install-teams.md"]
    assert set(re.findall(r"YOUR-HOST(/[a-z/]+)", told)) == {MESSAGES_PATH}
    assert f"messages path, `{MESSAGES_PATH}`" in told
    assert f"manifest version {VERSION}" in told
    assert len(COMMANDS) == 8
    assert "eight commands" in told
