"""The cheap look before a dear pattern hides nothing that the pattern finds."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bot.self_model import observe
from bot.self_model.lexicon import load_stances, load_tastes
from bot.self_model.quick import Quick, look_at

CASES = sorted(Path(__file__).parent.glob("*.jsonl"))
MODULES = [module for name, module in sorted(sys.modules.items()) if name.startswith(observe.__package__ or "")]


def patterns_in(value: object) -> Iterator[Quick]:
    """Every pattern in a module's value, however deep."""
    if isinstance(value, Quick):
        yield value
    elif isinstance(value, dict):
        yield from patterns_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from patterns_in(one)


PATTERNS = list(
    dict.fromkeys(one for module in MODULES for value in vars(module).values() for one in patterns_in(value))
)
PATTERNS += [*patterns_in(load_stances()), *patterns_in(load_tastes())]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\b(?:says|said|tells?)\b", {"says", "said", "tell"}),
        (r"\bmy (?:wife|husband)", {"my wife", "my husband"}),
        (r"\b(?:union (?:rep|steward)|gay)\b", {"union rep", "union steward", "gay"}),
        (r"(?:very )?(?:gay|hiv)+", {"gay", "hiv"}),
        (r"\b(?:if|unless)\b", {"if", "unless"}),
        (r"\b(?:i|we) \w+", set()),
        (r"(?!never)a|b", set()),
        (r"ABC\d", {"abc"}),
    ],
)
def test_the_letters_are_read_off_the_pattern(pattern: str, needed: set[str]) -> None:
    (way,) = Quick(pattern).ways
    assert way.needed == needed


def test_every_wording_can_be_compiled() -> None:
    assert all(way.small and quick.pattern for quick in PATTERNS for way in quick.ways)


def test_nothing_is_hidden() -> None:
    texts = [
        text for path in CASES for line in path.read_text("utf-8").splitlines() for text in strings_of(json.loads(line))
    ]
    assert len(texts) > 1000
    assert len(PATTERNS) > 200
    for quick in PATTERNS:
        for text in texts[:: len(texts) // 200]:
            assert spans_of(quick.finditer(text)) == spans_of(quick.pattern.finditer(text))
            assert spans_of([quick.match(text)]) == spans_of([quick.pattern.match(text)])


def spans_of(found: Iterable[re.Match[str] | None]) -> list[tuple[int, int, dict[str, str]]]:
    return [(*one.span(), one.groupdict()) for one in found if one]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"on (?-i:[A-Z])\w+", "on kafka, on Kafka"),  # capitals are asked for
        (r"we (?!use (?-i:[A-Z]))\w+", "we USE kafka"),  # or forbidden
        (r"[A-Z]bc|[^A-Z]x", "ABC 1X"),
        (r"\b(?:says?|told)$", "he told"),
        (r"it.s", "İT'S it's"),  # small letters of another length
        (r"\W*", "ok, fine"),  # the empty string is found
        (r"(?<=a)b|^b", "ab b"),
    ],
)
def test_it_finds_what_re_finds(pattern: str, text: str) -> None:
    assert spans_of(Quick(pattern).finditer(text)) == spans_of(re.finditer(pattern, text, re.IGNORECASE))


def test_wordings_of_a_long_pattern_are_told_apart() -> None:
    words = [f"word{number}" for number in range(400)]
    quick = Quick(rf"\b(?:{'|'.join(f'{word} (?P<w{word}>here|there)' for word in words)})\b")
    assert len(quick.ways) == len(words)
    found = quick.search("word7 nowhere, word399 there, word12 here")
    assert found is not None
    assert found[0] == "word399 there"
    assert quick.search("word7 and word8") is None


@pytest.mark.parametrize(("text", "may_be_in"), [("it may be so", True), ("because", False), ("to-be", False)])
def test_a_word_between_spaces_is_looked_for_whole(text: str, may_be_in: bool) -> None:
    (way,) = Quick(r"\w+ be \w+").ways
    assert bool(way.sign & look_at(text)[1]) is may_be_in


def test_a_pattern_made_later_is_looked_for_too() -> None:
    text = "an utterly new wording"
    look_at(text)
    assert Quick(r"\butterly\b").search(text) is not None


def test_what_is_found_is_what_the_pattern_finds() -> None:
    quick = Quick(r"\b(?:data|platform) (\w+)")
    text = "The DATA Platform team"
    assert quick.search(text) is not None
    assert quick.search(text)[1] == re.search(quick.pattern, text)[1] == "Platform"  # type: ignore[index]
    assert quick.search("nothing of the kind") is None


def strings_of(value: object) -> Iterator[str]:
    """Every string inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings_of(one)
