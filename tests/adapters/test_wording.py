"""Long words in parts: none too long, none lost, code closed and opened again where it is cut; sources by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.wording import find_address, name_source, split
from bot.turn import Citation

WORDS = st.lists(st.sampled_from(["word", "\n", "\n\n", "```", " ", "x" * 30, "|a|b|"]), max_size=60).map("".join)


@given(WORDS, st.integers(20, 80))
def test_no_part_is_too_long_and_nothing_is_lost(text: str, longest: int) -> None:
    parts = split(text, longest)
    assert all(len(one) <= longest for one in parts)
    assert bare("".join(parts)) == bare(text)


def bare(text: str) -> str:
    """The words without the marks around code and without white space."""
    return "".join(text.replace("`", "").split())


def test_code_that_is_cut_is_code_in_every_part() -> None:
    listing = "\n".join(f"line {number}" for number in range(40))
    parts = split(f"Before:\n\n```json\n{listing}\n```\n\nAfter.", 120)
    assert len(parts) > 2
    assert all(one.count("```") % 2 == 0 for one in parts)
    assert parts[-1].endswith("After.")


def test_it_is_cut_between_paragraphs_where_that_is_possible() -> None:
    assert split(f"{'a' * 30}\n\n{'b' * 30}", 50) == ["a" * 30, "b" * 30]


@pytest.mark.parametrize(
    ("title", "link", "name"),
    [
        ("Relay › Retention", "", "Relay › Retention (relay.md)"),
        ("Relay › Retention", "docs/relay.md", "Relay › Retention (relay.md)"),
        ("Relay › Retention", "https://wiki.example.com/relay", "Relay › Retention"),
        ("", "", "relay.md"),
        ("relay.md", "", "relay.md"),
    ],
)
def test_a_source_that_nothing_opens_is_named_with_its_document(title: str, link: str, name: str) -> None:
    source = Citation(number=1, passage="relay.md#0", document="relay.md", title=title, excerpt="…", link=link)
    assert name_source(source) == name
    assert find_address(source) == (link if link.startswith("https") else "")
