"""An answer is taken apart into pieces that can go one by one, and put together again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.pieces import join_pieces, split_pieces


@pytest.mark.parametrize(
    "text",
    [
        "One. [1]",
        "One. Two. [1]",
        "One. [1] Two. [2]",
        'He said "so." [1] Then he left. [2]',
        'You can ask "what do you know?". [1]',
        "Both say so. [1][2]",
        "- One. [1]\n- Two [2]",
        "Intro: [1]\n\n```sh\na\n\nb\n```\n\nEnd. [1]",
        "Intro: [1]\n\n1. One.\n2. Two.",
        "1. One. [1]\n2. Two. [2]",
        "**Head**: [1]\n\n| a |\n| - |\n| 1 |",
        "In plain words:\n- **a**: b. [1]",
    ],
)
def test_what_is_put_together_again_is_the_same(text: str) -> None:
    assert join_pieces(split_pieces(text)) == text


def test_a_sentence_rests_on_the_next_marker_of_its_paragraph() -> None:
    supports = [one.support for one in split_pieces("One. Two. [1] Three.\n\nFour. [2]")]
    assert supports == [(1,), (1,), (), (2,)]


def test_code_rests_on_the_line_before_it() -> None:
    code = split_pieces("Do: [3]\n\n```\nx\n```")[-1]
    assert (code.support, code.prose) == ((3,), False)


def test_an_introduction_goes_with_what_it_introduced() -> None:
    pieces = split_pieces("Fine. [1]\n\nIn plain words:\n- **a**: b.")
    assert join_pieces([one for one in pieces if "**a**" not in one.text]) == "Fine. [1]"


@given(st.text(alphabet="ab .[]1\n|`-*:", max_size=100))
def test_any_text_is_taken_apart_without_losing_words(text: str) -> None:
    words = "".join(one for one in text if one.isalpha())
    assert "".join(one for piece in split_pieces(text) for one in piece.text if one.isalpha()) == words
