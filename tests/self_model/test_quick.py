"""The cheap look before a dear pattern hides nothing that the pattern finds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.self_model.criteria import CRITERION
from bot.self_model.goals import GOAL
from bot.self_model.lexicon import load_stances, load_tastes
from bot.self_model.limits import CONSTRAINT
from bot.self_model.projects import OVER
from bot.self_model.quick import Quick
from bot.self_model.sensitive import SENSITIVE
from bot.self_model.sentences import NEGATION, REPORTED, UNREAL

CASES = sorted(Path(__file__).parent.glob("*.jsonl"))
PATTERNS = [SENSITIVE, REPORTED, UNREAL, NEGATION, OVER, CRITERION, GOAL, CONSTRAINT]
PATTERNS += [one for _, one in load_stances()] + [one for *_, one in load_tastes()]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\b(?:says|said|tells?)\b", {"says", "said", "tell"}),
        (r"\bmy (?:wife|husband)", {"my wife", "my husband"}),
        (r"\b(?:union (?:rep|steward)|gay)\b", {"union rep", "union steward", "gay"}),
        (r"(?:very )?(?:gay|hiv)+", {"gay", "hiv"}),
        (r"\b(?:if|unless)\b", set()),
        (r"(?!never)a|b", set()),
        (r"ABC\d", {"abc"}),
    ],
)
def test_the_letters_are_read_off_the_pattern(pattern: str, needed: set[str]) -> None:
    assert set(Quick(pattern).needed) == needed


def test_nothing_is_hidden() -> None:
    texts = [
        text for path in CASES for line in path.read_text("utf-8").splitlines() for text in strings_of(json.loads(line))
    ]
    assert len(texts) > 1000
    for quick in PATTERNS:
        found = [one for one in texts if quick.pattern.search(one)]
        assert [one for one in texts if quick.search(one)] == found
        assert [one for one in texts if any(quick.finditer(one))] == found


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
