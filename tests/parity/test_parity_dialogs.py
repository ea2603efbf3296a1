"""The same dialogs on every platform: what is said there, and what comes of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from capabilities import NO_BUTTONS, NO_SURFACE, ONE_READER, capability
from desks import BUTTONS, patiently

QUESTION = "How long is the retention of messages?"
OTHER = "What is the replication factor of the relay's brokers?"
AGREE = "yes, learn from what I write"
VOTES = "select kind, satisfaction from feedback where member = ? and source = ?"
BELIEFS = "select value from belief where member = ? and valid_to is null"
RECEIPT = "Receipt"


def learn(desk: Any, user: str, text: str, value: str) -> None:
    """Agree, and say something about oneself that is then believed."""
    desk.answers(desk.ask(AGREE, user=user))
    desk.ask(text, user=user)
    patiently(lambda: any(value in one for (one,) in desk.rows(BELIEFS, desk.member(user))))


@capability("A question to the bot alone is answered, with its sources")
def test_a_question_to_the_bot_alone(desk: Any) -> None:
    (answer, *_) = desk.answers(desk.ask(QUESTION, user="alone"))
    assert "14 days" in answer
    assert "Retention" in answer


@capability("Named in a channel, it answers in the thread", terminal=ONE_READER)
def test_named_in_a_channel(desk: Any) -> None:
    (answer, *_) = desk.answers(desk.ask(QUESTION, user="named", where="channel"))
    assert "14 days" in answer


@capability("In its thread a follow-up needs no new mention", terminal=ONE_READER)
def test_a_follow_up_in_a_thread(desk: Any) -> None:
    asked = desk.ask(QUESTION, user="follower", where="channel")
    desk.answers(asked)
    desk.follow_up(asked, "simpler please")
    assert len(desk.answers(asked, 2)) == 2


@capability("Named in a group chat, it answers; what is said beside that is left alone", terminal=ONE_READER)
def test_a_group_chat(desk: Any) -> None:
    desk.say_beside("lunch anyone?", user="hungry", where="group")
    asked = desk.ask(QUESTION, user="grouped", where="group")
    assert "14 days" in desk.answers(asked)[0]
    assert len(desk.answers(asked)) == 1


@capability("A message that comes twice is answered once", terminal=ONE_READER)
def test_a_message_that_comes_twice(desk: Any) -> None:
    asked = desk.twice(QUESTION, user="twice")
    desk.answers(asked)
    desk.follow_up(asked, OTHER)
    assert len([one for one in desk.answers(asked, 2) if "14 days" in one]) == 1


@capability("What the documents do not hold is declined, and the owner is offered")
def test_what_the_documents_do_not_hold(desk: Any) -> None:
    (answer, *_) = desk.answers(desk.ask("What does the canteen cook on Thursday?", user="guesser"))
    assert "owner" in answer
    assert "days" not in answer


@capability("Simpler and deeper answer at once again", terminal=NO_BUTTONS)
def test_simpler_and_deeper(desk: Any) -> None:
    asked = desk.ask(QUESTION, user="deep", where="channel")
    assert all(one in "".join([*desk.answers(asked), *cards(desk, asked)]) for one in BUTTONS)
    desk.press(asked, "Simpler")
    desk.answers(asked, 2)
    desk.press(asked, "Deeper")
    assert len(desk.answers(asked, 3)) == 3


def cards(desk: Any, asked: Any) -> list[str]:
    """Where buttons are a message of their own, that message."""
    if desk.name != "Teams":
        return []
    found: list[str] = patiently(lambda: [str(one) for one in desk.teams.at(asked.about) if "Simpler" in str(one)])
    return found


@capability("Simpler and deeper can be said in words")
def test_simpler_in_words(desk: Any) -> None:
    asked = desk.ask(QUESTION, user="plain")
    desk.answers(asked)
    desk.follow_up(asked, "deeper please")
    assert "14 days" in desk.answers(asked, 2)[1]


@capability("Why this answer is told to its asker alone", terminal=ONE_READER)
def test_why(desk: Any) -> None:
    asked = desk.ask(QUESTION, user="curious", where="channel")
    desk.answers(asked)
    desk.press(asked, "Why this answer")
    assert "sure that a direct answer would be right" in desk.told_alone("curious", asked, "Why this answer")
    desk.press(asked, "Why this answer", user="nosy")
    assert "direct answer would be right" not in desk.told_alone("nosy", asked, "Only the person who asked")
    assert len(desk.answers(asked)) == 1


@capability("A thumb down asks for a reason, and the reason counts", terminal=NO_BUTTONS)
def test_a_thumb_down_with_its_reason(desk: Any) -> None:
    asked = desk.ask(QUESTION, user="critic", where="channel")
    desk.answers(asked)
    desk.thumb(asked, up=False, reason="not specific")
    patiently(lambda: [kind for kind, _ in desk.rows(VOTES, desk.member("critic"), "thumbs")] == ["not_specific"])


@capability("Of two thumbs on one answer the later counts", terminal=NO_BUTTONS)
def test_the_later_thumb_counts(desk: Any) -> None:
    asked = desk.ask(QUESTION, user="fickle", where="channel")
    desk.answers(asked)
    for up, holds in ((False, lambda score: score < 3), (True, lambda score: score > 3)):
        desk.thumb(asked, up=up)
        patiently(
            lambda holds=holds: [holds(one) for _, one in desk.rows(VOTES, desk.member("fickle"), "thumbs")] == [True]
        )


@capability("An emoji on an answer is a vote", terminal=NO_SURFACE)
def test_an_emoji_is_a_vote(desk: Any) -> None:
    asked = desk.ask(QUESTION, user="moody", where="channel")
    desk.answers(asked)
    desk.react(asked, "+1")
    patiently(
        lambda: desk.rows(VOTES, desk.member("moody"), "emoji") or desk.rows(VOTES, desk.member("moody"), "reaction")
    )


@capability("Dissatisfaction in words is noted")
def test_dissatisfaction_in_words(desk: Any) -> None:
    asked = desk.ask(QUESTION, user="angry")
    desk.answers(asked)
    desk.follow_up(asked, "that is not what I asked")
    patiently(
        lambda: any(
            score < 3
            for (score,) in desk.rows("select satisfaction from feedback where member = ?", desk.member("angry"))
        )
    )


@capability("An edited question is answered anew, in the place of its answer", terminal=NO_SURFACE)
def test_an_edited_question(desk: Any) -> None:
    asked = desk.ask(QUESTION, user="editor", where="channel")
    desk.answers(asked)
    desk.edit(asked, OTHER, before=QUESTION)
    desk.shown_in_place(asked, "factor of 3")


@capability("The answer to a deleted question leaves a note and no words", terminal=NO_SURFACE)
def test_a_deleted_question(desk: Any) -> None:
    asked = desk.ask(QUESTION, user="deleter", where="channel")
    desk.answers(asked)
    desk.delete(asked)
    assert not any("14 days" in one for one in desk.shown_in_place(asked, "answer is gone too"))


@capability("Nothing is learned before its person agreed, and then what they say of themselves is")
def test_consent_comes_first(desk: Any) -> None:
    if desk.name != "Terminal":  # there one is asked before the first word
        desk.answers(desk.ask("I'm a data engineer. " + QUESTION, user="new"))
        desk.answers(desk.ask(OTHER, user="new"))
        assert desk.rows(BELIEFS, desk.member("new")) == []
    learn(desk, "new", "I'm a data engineer and we use Kafka.", "data engineer")


@capability("What is believed of a person is told to them alone, with their words")
def test_what_is_believed(desk: Any) -> None:
    learn(desk, "believed", "I'm a product manager and work on the billing migration.", "product manager")
    where = "own" if desk.name == "Terminal" else "channel"
    asked = desk.ask("what do you believe about me?", user="believed", where=where)
    told = desk.told_alone("believed", asked, "product manager")
    assert "I'm a product manager" in told.replace("’", "'")
    assert re.search(r"\d+\s?%", told)
    if desk.name != "Terminal":
        assert not any("product manager" in one for one in desk.answers(asked, 0))


@capability("A wrong belief is put right by saying so")
def test_a_wrong_belief(desk: Any) -> None:
    learn(desk, "misread", "I'm a data engineer.", "data engineer")
    desk.ask("that's wrong, my role is architect", user="misread")
    patiently(lambda: ("architect",) in desk.rows(BELIEFS, desk.member("misread")))
    assert ("data engineer",) not in desk.rows(BELIEFS, desk.member("misread"))


@capability("Everything is forgotten at a word, with a receipt, and stays away")
def test_everything_is_forgotten(desk: Any) -> None:
    learn(desk, "leaver", "I'm a data engineer.", "data engineer")
    asked = desk.ask("forget everything", user="leaver")
    assert RECEIPT in desk.told_alone("leaver", asked, RECEIPT)
    assert desk.rows(BELIEFS, desk.member("leaver")) == []
    desk.answers(desk.ask(QUESTION, user="leaver"))
    assert desk.rows(BELIEFS, desk.member("leaver")) == []


@capability("Learning can be paused")
def test_pause(desk: Any) -> None:
    desk.answers(desk.ask(AGREE, user="pauser"))
    asked = desk.ask("pause", user="pauser")
    assert "aused" in desk.told_alone("pauser", asked, "aused")
    desk.answers(desk.ask("I'm a data engineer. " + QUESTION, user="pauser"))
    desk.answers(desk.ask(OTHER, user="pauser"))
    assert desk.rows(BELIEFS, desk.member("pauser")) == []


@capability("What is known of a person is exported at a word")
def test_export(desk: Any) -> None:
    learn(desk, "mover", "I'm a data engineer.", "data engineer")
    asked = desk.ask("export", user="mover")
    told = desk.told_alone("mover", asked, '"address"' if desk.name == "Terminal" else "address")
    assert "data engineer" in told


@capability("A home shows each person their self-model, and what the champion sees", terminal=NO_SURFACE)
def test_a_home(desk: Any) -> None:
    learn(desk, "homely", "I'm a data engineer.", "data engineer")
    told = desk.home("homely", "data engineer")
    assert "champion sees" in told
    assert "Pause" in told


@capability("A question typed for one's own eyes is answered there, to nobody else", terminal=ONE_READER)
def test_a_whisper(desk: Any) -> None:
    desk.whisper(f"ask {QUESTION}", user="whisperer")
    assert "14 days" in desk.told_alone("whisperer", None, "14 days")


@capability("A message of somebody's is explained to whoever picks it, alone", terminal=NO_SURFACE)
def test_explain(desk: Any) -> None:
    desk.explain("Mind the retention of messages on the relay.", user="picker")
    assert "14 days" in desk.told_alone("picker", None, "14 days")


@capability("A text file that comes with a question is read for that answer only", terminal=NO_SURFACE)
def test_a_file(desk: Any) -> None:
    notes = "# Plan\n\nThe rollout of the orchid gateway begins in Lisbon in March."
    question = "Where does the rollout of the orchid gateway begin?"
    shared = desk.share(question, "plan.md", notes, user="filer")
    patiently(lambda: any("Lisbon" in one for one in desk.answers(shared)))
    assert not any("Lisbon" in one for one in desk.answers(desk.ask(question, user="other")))


@capability("What the platform cannot take just now is posted later, and once", terminal=NO_SURFACE)
def test_a_post_that_fails(desk: Any) -> None:
    desk.fail_next_post()
    asked = desk.ask(QUESTION, user="patient", where="channel")
    assert len(desk.answers(asked)) == 1


@capability("What is forged is turned away", terminal=NO_SURFACE)
def test_what_is_forged(desk: Any) -> None:
    assert set(desk.forge()) <= {401, 403}


@capability("What is garbled is a bad request, and never an error of ours", terminal=NO_SURFACE)
def test_what_is_garbled(desk: Any) -> None:
    assert set(desk.garble()) == {400}


@capability("What nobody knows is acknowledged", terminal=NO_SURFACE)
def test_what_nobody_knows(desk: Any) -> None:
    assert set(desk.surprise()) == {200}
    assert "14 days" in desk.answers(desk.ask(QUESTION, user="after"))[0]


@pytest.mark.parametrize(
    "text", ["", "?" * 40, "x" * 30_000, "\u202e<script>&amp;"], ids="empty marks long odd".split()
)
@capability("Whatever is written is answered, and the next question too")
def test_whatever_is_written(desk: Any, text: str) -> None:
    user = f"odd{len(text)}"
    if desk.name == "Terminal" and len(text) > 4000:
        text = text[:3000]  # a line of a terminal holds no more
    if text:
        desk.ask(text, user=user)
    asked = desk.ask(QUESTION, user=user)
    patiently(lambda: any("14 days" in one for one in desk.answers(asked)))
