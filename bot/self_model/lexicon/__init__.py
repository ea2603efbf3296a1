"""Word lists that the rules read: tools by category, topics with their terms of art. Loaded once, never changed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from bot.self_model.quick import Quick

STEM = 4  # letters by which a word is looked for before its pattern
LONG_WORD = 7  # letters: a slip in a shorter word may as well be another word


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool's usual name, its category, and whether it counts only when written exactly so."""

    name: str
    category: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`tools` and `topics` by lower-case name, `deep` terms of art -> topic, `categories` by what they are called."""

    tools: dict[str, Tool]
    topics: dict[str, str]
    deep: dict[str, str]
    categories: dict[str, str]
    longest: dict[str, int]


@cache
def load() -> Lexicon:
    """The word lists, read from the package."""
    tools, listed = _read("tools.json"), _read("topics.json")
    topics = listed["topics"]
    exact = {_plain(name) for name in tools["exact"].split(", ")}
    by_name: dict[str, Tool] = {}
    for category, names in tools["categories"].items():
        for name in names.split(", "):
            by_name[_plain(name)] = Tool(tools["same"].get(name, name), category, _plain(name) in exact)
    topic_of = {_plain(name): topic for topic, of in topics.items() for name in of["names"].split(", ")}
    for name in listed["plain"].split(", "):
        topic_of.setdefault(_plain(name), listed["same"].get(name, "-".join(name.split())))
    deep = {_plain(term): topic for topic, of in topics.items() for term in of["deep"].split(", ")}
    categories = {_plain(word): name for name, words in tools["also_called"].items() for word in words.split(", ")}
    longest: dict[str, int] = {}
    for name in (*by_name, *topic_of, *deep):
        first, count = name.split()[0], len(name.split())
        longest[first] = max(count, longest.get(first, 0))
    return Lexicon(by_name, topic_of, deep, categories, longest)


@dataclass(frozen=True, slots=True)
class Occupations:
    """`heads`: nouns that say a job by themselves; `weak`: only after a word that says of what; `not_jobs`: nouns
    that only look like one; `fields`: lines of work; `general`: what follows "in" and is no field."""

    heads: frozenset[str]
    weak: frozenset[str]
    not_jobs: frozenset[str]
    fields: frozenset[str]
    general: frozenset[str]


@cache
def load_occupations() -> Occupations:
    """The words for what people do for a living, read from the package."""
    listed = _read("occupations.json")
    heads, fields = ", ".join(listed["heads"]), ", ".join(listed["fields"])
    return Occupations(*(_names(one) for one in (heads, listed["weak"], listed["not_jobs"], fields, listed["general"])))


@cache
def load_misspelt(kind: str) -> dict[str, str]:
    """What long words become when a letter is missing, doubled, swapped or wrong, and the word each was meant to be.

    `kind`: heads, fields, topics or tools. A word of seven letters or more has every form with one letter left out.
    """
    words = load_occupations().heads if kind == "heads" else load_occupations().fields
    if kind in ("topics", "tools"):
        words = frozenset(load().topics if kind == "topics" else load().tools)
    return {form: word for word in sorted(words) if " " not in word for form in left_out(word)}


def left_out(word: str) -> frozenset[str]:
    """A word and all that it becomes with one letter left out, if it is long enough to be recognised then."""
    if len(word) < LONG_WORD or not word.isalpha():
        return frozenset()
    return frozenset({word, *(word[:place] + word[place + 1 :] for place in range(len(word)))})


@lru_cache(maxsize=20_000)  # the same words come up in every message
def mend(word: str, kind: str) -> str:
    """The word of a list that differs from this one by a slip of a letter; "" if there is none."""
    forms = load_misspelt(kind)
    for form in sorted(left_out(word), key=len, reverse=True):
        meant = forms.get(form, "")
        if meant and meant[0] == word[0] and meant[-1] == word[-1] and _is_slip(word, meant):
            return meant
    return ""


def _is_slip(word: str, meant: str) -> bool:
    """Whether a letter is missing, doubled or swapped; one letter in place of another makes another word too often."""
    return abs(len(meant) - len(word)) == 1 or (len(meant) == len(word) and sorted(meant) == sorted(word))


def _names(listed: str) -> frozenset[str]:
    return frozenset(_plain(name) for name in listed.split(", "))


@cache
def load_tastes() -> tuple[tuple[str, str, Quick], ...]:
    """Wishes about the form of answers: the preference, its value, and how people word it."""
    return tuple(
        (preference, value, Quick(rf"\b(?:{'|'.join(wordings)})"))
        for preference, values in _read("tastes.json")["tastes"].items()
        for value, wordings in values.items()
    )


@cache
def load_origins() -> tuple[str, ...]:
    """How people word where they come from, as patterns."""
    return tuple(_read("origins.json")["origins"])


@cache
def load_forms() -> tuple[tuple[str, str, re.Pattern[str], frozenset[str]], ...]:
    """What the forms of an answer are called: the preference, its value, its names, and how their words begin."""
    listed = _read("tastes.json")
    return tuple(
        (
            preference,
            value,
            re.compile(rf"\b(?:{names})\b", re.IGNORECASE),
            frozenset(word[:STEM] for word in re.findall(r"[a-z']+", names)),
        )
        for group in (listed["nouns"], listed["other"])
        for preference, values in group.items()
        for value, names in values.items()
    )


@cache
def load_opposites() -> dict[str, tuple[str, str]]:
    """What someone wants who dislikes a form: its value -> the preference and the value."""
    return {value: (preference, other) for value, (preference, other) in _read("tastes.json")["opposite"].items()}


@cache
def load_stances() -> tuple[tuple[str, Quick], ...]:
    """How people word where they stand with a topic: the depth it tells, and the wordings, in the order to be tried."""
    return tuple(
        (depth, Quick(rf"\b(?:{'|'.join(wordings)})\b")) for depth, wordings in _read("stances.json")["stances"].items()
    )


def _plain(name: str) -> str:
    """A name as it is looked up: lower-case words between single spaces."""
    return " ".join(word.lower().strip(".") for word in name.split())


def _read(name: str) -> Any:
    return json.loads(files("bot.self_model.lexicon").joinpath(name).read_text("utf-8"))
