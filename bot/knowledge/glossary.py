"""The glossary: what the documents' own words mean, read from how documents define terms.

Four forms count: a list item `**term**: meaning`, a row of a table headed Term, a section under a Glossary heading, and
a sentence "X is a/the …" that opens a section headed X. What a term is also called, `**term** (also called X, Y): …`,
means the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.knowledge.model import Passage, Term

LONGEST_NAME = 5  # words
ITEM = re.compile(
    r"^\s*(?:[-*+]\s+)?\*\*(?P<name>[^*\n]{2,60}?)\*\*\s*(?:\((?P<other>[^)]{2,200})\))?\s*[:\-–—]\s+(?P<meaning>.+)$"
)
ALSO_CALLED = re.compile(r"also called (?P<names>.+)", re.I)
ITEM_COLON_INSIDE = re.compile(r"^\s*(?:[-*+]\s+)?\*\*(?P<name>[^*\n]{2,60}?):\*\*\s+(?P<meaning>.+)$")
ROW = re.compile(r"^\|\s*(?P<name>[^|]+?)\s*\|\s*(?P<meaning>[^|]+?)\s*\|")
TERM_HEAD = re.compile(
    r"^\|\s*(?:term|word|name|acronym|abbreviation)s?\s*\|\s*(?:means?|meaning|definition|description|what)", re.I
)
DEFINES = re.compile(
    r"^(?:an? |the )?(?P<name>[\w /+-]{2,40}?)(?: \([\w /+-]+\))? (?:is|are|means) "
    r"(?P<meaning>(?:an?|the|one|what|how|any)\b.+)$",
    re.I,
)
GLOSSARY_HEAD = re.compile(r"glossary|definitions|terminology|words", re.I)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def find_terms(passages: Iterable[Passage]) -> tuple[Term, ...]:
    """The terms that passages define, by name, each once for those who may read it: a glossary's own entry before one
    found in passing. What some may not read hides nothing that they may."""
    found: dict[tuple[str, tuple[str, ...]], Term] = {}
    ordered = sorted(passages, key=lambda one: not GLOSSARY_HEAD.search(one.title))
    for passage in ordered:
        for name, meaning in find_definitions(passage):
            key = (name.lower(), tuple(sorted(passage.readers)))
            found.setdefault(key, Term(name, meaning, passage.id, passage.readers))
    return tuple(found[key] for key in sorted(found))


def find_definitions(passage: Passage) -> Iterator[tuple[str, str]]:
    """(term, meaning) for each definition in a passage."""
    lines = passage.text.split("\n")
    in_glossary = bool(GLOSSARY_HEAD.search(passage.title))
    table = False
    for line in lines:
        table = bool(TERM_HEAD.match(line)) or (table and line.startswith("|"))
        yield from find_in_line(line, table=table, in_glossary=in_glossary)
    yield from find_opening(passage)


def find_in_line(line: str, *, table: bool, in_glossary: bool) -> Iterator[tuple[str, str]]:
    if table and not TERM_HEAD.match(line) and (row := ROW.match(line)) and not set(row["name"]) <= set("-: "):
        yield from checked(row["name"], row["meaning"])
    item = ITEM_COLON_INSIDE.match(line) or ITEM.match(line)
    if item and (in_glossary or reads_as_definition(item["meaning"])):
        also = ALSO_CALLED.match(item.groupdict().get("other") or "")
        for name in (item["name"], *(also["names"].split(", ") if also else ())):
            yield from checked(name, item["meaning"])


def find_opening(passage: Passage) -> Iterator[tuple[str, str]]:
    """The section's own subject, where its first sentence says what it is."""
    first = SENTENCE_END.split(passage.text.strip(), maxsplit=1)[0]
    said = DEFINES.match(first.replace("**", "").replace("`", ""))
    heading = passage.title.rpartition("›")[2].strip().lower()
    if said and said["name"].lower() in heading:
        yield from checked(said["name"], said["meaning"])


def reads_as_definition(meaning: str) -> bool:
    """Whether it starts like the meaning of a word rather than an instruction."""
    return bool(re.match(r"(?:an?|the|one|what|how|any|when)\b", meaning, re.I))


def checked(name: str, meaning: str) -> Iterator[tuple[str, str]]:
    """The pair without marks, its meaning up to its first sentence, if the name can be a term's."""
    name = re.sub(r"[*_`]", "", name).strip(" .:")
    meaning = SENTENCE_END.split(re.sub(r"\s+", " ", meaning).strip(), maxsplit=1)[0]
    if 0 < len(name.split()) <= LONGEST_NAME and re.search(r"[A-Za-z]", name) and len(meaning) >= 8:
        yield name, meaning
