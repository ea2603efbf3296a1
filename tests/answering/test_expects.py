"""A question about an amount, a time or a reason is answered by a sentence that holds one."""

from __future__ import annotations

import pytest

from bot.answering.expects import meets


@pytest.mark.parametrize(
    ("question", "sentence", "score"),
    [
        ("What does it cost?", "It costs 40 dollars.", 1.0),
        ("What does it cost?", "Declined replies cost nothing.", 0.0),
        ("How long are they kept?", "They are kept for 30 days.", 1.0),
        ("How long are they kept?", "They are kept in a table.", 0.0),
        ("How many people?", "About 300 people.", 1.0),
        ("Why one table?", "Because a broker needs care.", 1.0),
        ("What is it?", "Anything.", 0.5),
    ],
)
def test_the_kind_of_words_a_question_expects(question: str, sentence: str, score: float) -> None:
    assert meets(question, sentence) == score
