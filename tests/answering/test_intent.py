"""What a message to the bot wants."""

from __future__ import annotations

import pytest

from bot.answering.intent import Want, read_intent
from bot.turn import Said

ANSWERED = (Said("user", "How long are messages kept?"), Said("agent", "Messages are kept for 14 days. [1]"))
ASKED_BACK = (Said("user", "how does it handle that?"), Said("agent", "What do you mean by “it”?"))


@pytest.mark.parametrize(
    ("text", "want", "how"),
    [
        ("and what does it cost?", Want.ANSWER, ""),
        ("how do I install it", Want.ANSWER, ""),
        ("thanks! and what about the cost?", Want.ANSWER, ""),
        ("data retention", Want.ANSWER, ""),
        ("too generic. how does that work with forty Kafka topics?", Want.ANSWER, ""),
        ("simpler please", Want.AGAIN, "simpler"),
        ("can you explain that in plain words?", Want.AGAIN, "simpler"),
        ("too basic, I know what a queue is", Want.AGAIN, "deeper"),
        ("tl;dr?", Want.AGAIN, "shorter"),
        ("an example would help", Want.AGAIN, "example"),
        ("too generic", Want.AGAIN, "specific"),
        ("That did not answer my question", Want.AGAIN, "specific"),
        ("thanks, makes sense", Want.THANKS, ""),
        ("very helpful, makes sense", Want.THANKS, ""),
        ("perfect, exactly what I needed", Want.THANKS, ""),
        ("that's wrong, retention is 30 days", Want.NOTED, "wrong"),
        ("I moved to the billing team last week.", Want.NOTED, ""),
        ("", Want.NOTHING, ""),
    ],
)
def test_after_an_answer(text: str, want: Want, how: str) -> None:
    intent = read_intent(text, ANSWERED, mentioned=True)
    assert (intent.want, intent.how) == (want, how)


def test_what_follows_a_question_back_says_what_was_meant() -> None:
    assert (
        read_intent("the schema migrations, of course", ASKED_BACK, mentioned=True, asked_back=True).want is Want.ANSWER
    )
    assert read_intent("the schema migrations, of course", ANSWERED, mentioned=True).want is Want.NOTED


def test_words_between_people_in_its_thread_are_left_alone_unless_it_is_named() -> None:
    assert read_intent("@CTO did you see this?", ANSWERED, mentioned=False).want is Want.NOTHING
    assert read_intent("@CTO did you see this?", ANSWERED, mentioned=True).want is Want.ANSWER
