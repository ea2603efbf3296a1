"""An assumption is shown, and a word takes it back."""

from __future__ import annotations

from bot.turn import Reply


async def ask(dialog, text: str, **where) -> Reply:
    said = await dialog.say("engineer", text, **where)
    assert isinstance(said, Reply)
    return said


async def tell_project(dialog) -> None:
    await dialog.agree("engineer")
    await ask(dialog, "My project is the retention audit of our messages. What is Relay?")


async def test_change_answers_again_without_what_was_assumed(dialog) -> None:
    await tell_project(dialog)
    first = await ask(dialog, "What should I know about Relay for my project?")
    assert [one.mention for one in first.assumptions] == ["my project"]
    again = await ask(dialog, "change")
    assert again.assumptions == ()
    assert again.undone == ("my project",)
    assert "project" not in again.beliefs_used
    kept = await dialog.means.stores.journal.exchange("T1", "D-engineer:3")
    assert kept is not None
    assert kept.enriched == "What should I know about Relay for my project?"


async def test_it_stays_taken_back_when_the_answer_is_said_differently(dialog) -> None:
    await tell_project(dialog)
    await ask(dialog, "What should I know about Relay for my project?")
    await ask(dialog, "change my project")
    simpler = await ask(dialog, "simpler please")
    assert simpler.assumptions == ()
    assert simpler.undone == ("my project",)


async def test_the_next_question_may_assume_again(dialog) -> None:
    await tell_project(dialog)
    await ask(dialog, "What should I know about Relay for my project?")
    await ask(dialog, "change")
    later = await ask(dialog, "What does Relay cost for my project?")
    assert [one.mention for one in later.assumptions] == ["my project"]
    assert later.undone == ()


async def test_where_nothing_was_assumed_that_is_said(dialog) -> None:
    await ask(dialog, "How long are messages kept?")
    reply = await ask(dialog, "change")
    assert "took nothing" in reply.text
    assert not reply.citations
