"""Said -> answered: what people get for what they ask."""

from __future__ import annotations

from bot.turn import Decision, Depth, Reply


async def ask(dialog, person: str, text: str, **where) -> Reply:
    said = await dialog.say(person, text, **where)
    assert isinstance(said, Reply)
    return said


async def test_a_question_the_documents_answer_is_answered_with_a_citation(dialog) -> None:
    reply = await ask(dialog, "engineer", "How long are messages kept?")
    assert reply.decision in (Decision.ANSWER, Decision.HEDGE)
    assert "14 days" in reply.text
    assert [one.document for one in reply.citations] == ["handbook.md"] * len(reply.citations)
    assert "[1]" in reply.text


async def test_what_the_documents_do_not_hold_is_declined_without_a_guess(dialog) -> None:
    reply = await ask(dialog, "engineer", "What is the capital of Mongolia?")
    assert reply.decision is Decision.DECLINE
    assert not reply.citations


async def test_thanks_are_acknowledged_and_not_answered(dialog) -> None:
    await ask(dialog, "engineer", "How long are messages kept?")
    reply = await ask(dialog, "engineer", "thanks, that helps")
    assert len(reply.text) < 60
    assert not reply.citations


async def test_simpler_answers_the_same_question_again_at_a_lower_depth(dialog) -> None:
    first = await ask(dialog, "engineer", "What are the trade-offs of Relay?")
    again = await ask(dialog, "engineer", "too technical, simpler please")
    assert again.depth.rank < first.depth.rank
    assert again.citations


async def test_a_secret_in_a_question_is_not_kept(dialog) -> None:
    token = "xoxb-" + "123456789012-123456789012-abcdefghijklmnopqrstuvwx"
    await ask(dialog, "engineer", f"How long are messages kept? my token is {token}")
    kept = await dialog.means.stores.journal.exchange("T1", "D-engineer:1")
    assert kept
    assert token not in kept.turn.message.text


async def test_without_any_self_model_everyone_gets_the_same_answer(dialog) -> None:
    replies = {(await ask(dialog, person, "What does Relay cost?")).text for person in ("cto", "analyst", "engineer")}
    assert len(replies) == 1


async def test_a_stated_newcomer_and_a_stated_expert_get_different_answers(dialog) -> None:
    await dialog.agree("newcomer", "expert")
    await ask(dialog, "newcomer", "I am a junior analyst and completely new to message queues. What is Relay?")
    await ask(dialog, "expert", "I'm the principal engineer for our message queues, ten years of it. What is Relay?")
    easy = await ask(dialog, "newcomer", "Does Relay encrypt what we send?")
    hard = await ask(dialog, "expert", "Does Relay encrypt what we send?")
    assert easy.depth.rank < hard.depth.rank
    assert easy.text != hard.text
    assert easy.beliefs_used


async def test_another_in_the_thread_has_the_answer_put_their_way(dialog) -> None:
    asked = await dialog.say("engineer", "What are the trade-offs of Relay?", alone=False)
    again = await dialog.say("analyst", "simpler please", alone=False)
    assert isinstance(again, Reply)
    assert again.decision is asked.decision is Decision.ANSWER
    assert again.depth is Depth.FOUNDATIONAL
    assert {one.title for one in again.citations} & {one.title for one in asked.citations}


async def test_simpler_of_nothing_is_no_question(dialog) -> None:
    await dialog.say("analyst", "hello", alone=False)
    said = await dialog.say("analyst", "simpler please", alone=False)
    assert "simpler please" not in said.text


async def test_the_bare_name_is_greeted(dialog) -> None:
    assert "Hello" in (await dialog.say("analyst", "", alone=False)).text
