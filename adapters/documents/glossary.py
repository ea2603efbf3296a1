"""A glossary file as a document: each term a section of its own, so that it is searched, cited and read like any other.

`glossary.csv` has the columns term, definition and, if wished, also-called (several parted by semicolons or commas);
`glossary.toml` has the same as `[[term]]` tables with the keys term, definition and also-called (a list).
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from adapters.documents.convert import DELIMITERS, read_text
from bot.errors import Garbled

HEAD = "Its first line must name the columns term and definition (and also-called, if there are other names)."
RENAME = "If it is no glossary, give the file another name."
KEYS = ("term", "definition", "also-called")
Entry = tuple[str, str, list[str]]


def read_csv_glossary(content: bytes) -> str:
    """The entries of a CSV file as Markdown. Raises Garbled naming the line that is wrong and what to do."""
    text = read_text(content)
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [one.strip().lower().replace("_", "-").replace(" ", "-") for one in next(rows, [])]
        if not {"term", "definition"} <= set(columns):
            raise Garbled(f"{HEAD} {RENAME}")
        given = [(f"Line {rows.line_num}", dict(zip(columns, row, strict=False))) for row in rows if any(row)]
    except csv.Error as error:
        raise Garbled(f"Line {rows.line_num} cannot be read ({error}). Save it as comma-separated UTF-8.") from error
    return to_markdown(
        check(where, row["term"], row.get("definition", ""), re.split("[;,]", row.get("also-called", "")))
        for where, row in given
    )


def read_toml_glossary(content: bytes) -> str:
    """The entries of a TOML file as Markdown. Raises Garbled naming the entry that is wrong and what to do."""
    try:
        entries = tomllib.loads(read_text(content)).get("term")
    except tomllib.TOMLDecodeError as error:
        raise Garbled(f"It is not valid TOML: {error}.") from error
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise Garbled(f"Its entries must be written as [[term]], each with term and definition. {RENAME}")
    return to_markdown(check_table(f"Entry {number}", one) for number, one in enumerate(entries, start=1))


def check_table(where: str, given: Mapping[str, Any]) -> Entry:
    """One [[term]] table as an entry."""
    if unknown := sorted(given.keys() - set(KEYS)):
        raise Garbled(f"{where} has the key {unknown[0]}. The keys are {', '.join(KEYS)}.")
    term, definition, others = (given.get(key, default) for key, default in zip(KEYS, ("", "", []), strict=True))
    if isinstance(others, str):
        others = [others]
    if not all(isinstance(one, str) for one in (term, definition)) or not isinstance(others, list):
        raise Garbled(f"{where} must have text for term and definition, and a list for also-called.")
    return check(where, term, definition, [str(one) for one in others])


def check(where: str, term: str, definition: str, others: Iterable[str]) -> Entry:
    """An entry with both its parts, without the blanks around them."""
    name, meaning = " ".join(term.replace("*", "").split()), " ".join(definition.split())
    if not name:
        raise Garbled(f"{where} has no term. Write one, or take the entry out.")
    if not meaning:
        raise Garbled(f"{where} has no definition for “{name}”. Write one, or take the entry out.")
    return name, meaning, [one.strip() for one in others if one.strip()]


def to_markdown(entries: Iterable[Entry]) -> str:
    """A section an entry. Raises Garbled where a name stands in two entries, or where there is no entry."""
    names: set[str] = set()
    sections = ["# Glossary"]
    for term, meaning, others in entries:
        own = {one.lower() for one in (term, *others)}
        if twice := sorted(names & own):
            raise Garbled(f"“{twice[0]}” stands in it twice. Keep one of the entries.")
        names |= own
        called = f" (also called {', '.join(others)})" if others else ""
        sections.append(f"## {term}\n\n**{term}**{called}: {meaning}")
    if not names:
        raise Garbled(f"It has no entries. {HEAD} {RENAME}")
    return "\n\n".join(sections)


GLOSSARIES = {"glossary.csv": read_csv_glossary, "glossary.toml": read_toml_glossary}
