"""Documents are split by their headings; what belongs together stays together."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.model import Document, Passage
from bot.knowledge.split import LONGEST, split


def split_text(text: str, title: str = "Guide") -> tuple[Passage, ...]:
    return split(Document(path="guide.md", title=title, text=text, digest="1", readers=frozenset({"finance"})))


def test_passages_carry_their_headings_place_and_readers() -> None:
    passages = split_text("# Guide\n\nIntro.\n\n## Limits\n\nFive.\n\n### Slack ###\n\nTen.\n\n## Cost\n\nNone.")
    assert [(one.id, one.title, one.text, one.position) for one in passages] == [
        ("guide.md#0", "Guide", "Intro.", 0),
        ("guide.md#1", "Guide › Limits", "Five.", 1),
        ("guide.md#2", "Guide › Limits › Slack", "Ten.", 2),
        ("guide.md#3", "Guide › Cost", "None.", 3),
    ]
    assert {one.readers for one in passages} == {frozenset({"finance"})}


def test_a_document_without_headings_is_titled_by_its_own_title() -> None:
    assert [one.title for one in split_text("Just words.")] == ["Guide"]


def test_the_documents_title_goes_before_headings_that_do_not_repeat_it() -> None:
    assert [one.title for one in split_text("# Limits\n\nFive.")] == ["Guide › Limits"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Limits\n======\n\nFive.\n\nSlack\n-----\n\nTen.", ["Guide › Limits", "Guide › Limits › Slack"]),
        ("# The `daytwo` **tool** and [docs](x.md)\n\nText.", ["Guide › The daytwo tool and docs"]),
        ("---\ntitle: x\n---\n# A\n\n<!-- hidden -->\nText.", ["Guide › A"]),
        ("# A\r\n\r\nText.\r\n", ["Guide › A"]),
        ("```sh\n# not a heading\n\nrun\n```", ["Guide"]),
        ("# Alone\n\n## Empty\n", []),
        ("", []),
    ],
)
def test_headings_are_found_where_they_are(text: str, titles: list[str]) -> None:
    assert [one.title for one in split_text(text)] == titles


def test_code_is_never_cut_however_long() -> None:
    code = "```python\n" + "\n\n".join(f"call({number})" for number in range(400)) + "\n```"
    assert code in [one.text for one in split_text(f"Before.\n\n{'Words. ' * 150}\n\n{code}\n\nAfter.")]


def test_a_list_stays_with_the_line_that_introduces_it() -> None:
    intro, points = "It needs three things:", "\n".join(f"- thing {number} {'x' * 300}" for number in range(3))
    assert any(
        intro in one.text and "thing 0" in one.text for one in split_text(f"{'w ' * 600}\n\n{intro}\n\n{points}")
    )


def test_a_long_table_is_cut_between_rows_and_repeats_its_head() -> None:
    rows = [f"| {number} | {'value ' * 8}|" for number in range(60)]
    passages = split_text("\n".join(["| n | what |", "| --- | --- |", *rows]))
    assert len(passages) > 1
    assert all(one.text.startswith("| n | what |\n| --- | --- |\n|") for one in passages)
    assert [row for one in passages for row in one.text.split("\n")[2:]] == rows


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    passages = split_text(" ".join(f"This is the sentence with number {number}." for number in range(120)))
    assert len(passages) > 1
    assert all(one.text.startswith("This") and one.text.endswith(".") for one in passages)


@given(
    st.lists(st.sampled_from(["# A", "## B", "Some words here.", "- one\n- two", "| a |\n| - |\n| b |", "```\nx\n```"]))
)
def test_no_word_is_lost_or_said_twice(blocks: list[str]) -> None:
    said = [word for one in split_text("\n\n".join(blocks)) for word in re.findall(r"\w+", one.text)]
    assert said == [word for one in blocks if not one.startswith("#") for word in re.findall(r"\w+", one)]


@given(st.text(alphabet="ab .\n#|-`*>", max_size=400))
def test_any_text_can_be_split(text: str) -> None:
    passages = split_text(text)
    assert [one.position for one in passages] == list(range(len(passages)))
    assert all(one.text.strip() for one in passages)


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=60), max_size=80))
def test_prose_passages_are_no_longer_than_a_screen(sentences: list[str]) -> None:
    text = " ".join(f"A{one.strip()}." for one in sentences)
    assert all(len(one.text) <= LONGEST for one in split_text(text))
