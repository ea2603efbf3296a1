"""A glossary file comes in as a document with its terms and their other names; what is wrong is told by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.documents import read_folder
from bot.knowledge.glossary import find_terms
from bot.knowledge.model import Document, Failure
from bot.knowledge.split import split

CSV = (
    "Term,Definition,Also called\nBackfill,Filling in days that were missed.,catch-up; replay\nSLA,What was promised.\n"
)
SEMICOLONS = (
    "term;definition;also_called\nBackfill;Filling in days that were missed.;catch-up, replay\n"
    "SLA;What was promised.;\n"
)
TOML = """
[[term]]
term = "Backfill"
definition = "Filling in days that were missed."
also-called = ["catch-up", "replay"]

[[term]]
term = "SLA"
definition = "What was promised."
"""


def read_one(
    folder: Path, name: str, text: str, readers: frozenset[str] = frozenset({"everyone"})
) -> Document | Failure:
    (folder / name).write_text(text, encoding="utf-8")
    return next(iter(read_folder(folder, readers)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("glossary.csv", CSV),
        ("Glossary.CSV", SEMICOLONS),
        ("glossary.toml", TOML),
    ],
)
def test_terms_and_their_other_names_are_found_with_the_passage_that_says_so(
    tmp_path: Path, name: str, text: str
) -> None:
    document = read_one(tmp_path, name, text, frozenset({"channel:C1"}))
    assert isinstance(document, Document)
    passages = split(document)
    assert [one.title for one in passages] == ["Glossary › Backfill", "Glossary › SLA"]
    terms = {one.name: one for one in find_terms(passages)}
    meanings = {name: one.meaning for name, one in terms.items()}
    missed, promised = "Filling in days that were missed.", "What was promised."
    assert meanings == {"Backfill": missed, "catch-up": missed, "replay": missed, "SLA": promised}
    assert {one.readers for one in terms.values()} == {frozenset({"channel:C1"})}
    assert terms["Backfill"].passage == passages[0].id


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("glossary.csv", "word,meaning\na,b\n", "first line must name the columns term and definition"),
        ("glossary.csv", "", "first line must name"),
        ("glossary.csv", "term,definition\n", "It has no entries."),
        ("glossary.csv", "term,definition\nSLA,\n", "Line 2 has no definition for “SLA”. Write one"),
        ("glossary.csv", "term,definition\nSLA\n", "Line 2 has no definition for “SLA”"),
        ("glossary.csv", "term,definition\n\n,a promise\n", "Line 3 has no term."),
        ("glossary.csv", "term,definition\nSLA,a promise\nsla,a date\n", "“sla” stands in it twice."),
        ("glossary.toml", "[[term]", "It is not valid TOML"),
        ("glossary.toml", "SLA = 'a promise'", "must be written as [[term]]"),
        ("glossary.toml", "term = ['SLA']", "must be written as [[term]]"),
        ("glossary.toml", "[[term]]\nterm = 'SLA'\n", "Entry 1 has no definition for “SLA”"),
        ("glossary.toml", "[[term]]\nname = 'SLA'\n", "Entry 1 has the key name. The keys are term, definition"),
        ("glossary.toml", "[[term]]\nterm = 3\ndefinition = 'x'\n", "Entry 1 must have text for term"),
        (
            "glossary.toml",
            "[[term]]\nterm='a'\ndefinition='x'\n[[term]]\nterm='b'\ndefinition='y'\nalso-called='A'\n",
            "“a”",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_the_way_out(tmp_path: Path, name: str, text: str, said: str) -> None:
    failure = read_one(tmp_path, name, text)
    assert isinstance(failure, Failure)
    assert said in failure.reason


def test_any_other_toml_file_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("a = 1", encoding="utf-8")
    assert list(read_folder(tmp_path)) == []
