"""What must never happen, said and answered."""

from __future__ import annotations

import pytest

from bot.ports import Notice
from bot.turn import Member, Reply


async def test_nothing_is_learned_before_the_person_agreed(dialog) -> None:
    await dialog.say("engineer", "I'm a data engineer and we run Kafka. How long are messages kept?")
    assert not (await dialog.model("engineer")).beliefs


async def test_what_was_said_in_private_does_not_shape_what_others_read(dialog) -> None:
    await dialog.agree("cto")
    await dialog.say("cto", "I'm the CTO. How long are messages kept?")
    assert (await dialog.model("cto")).at("role")
    reply = await dialog.say("cto", "What does Relay cost?", alone=False)
    assert isinstance(reply, Reply)
    assert "role" not in reply.beliefs_used


async def test_beliefs_are_told_to_their_person_alone(dialog) -> None:
    await dialog.agree("cto")
    await dialog.say("cto", "I'm the CTO. How long are messages kept?")
    in_public = await dialog.say("cto", "what do you believe about me?", alone=False)
    in_private = await dialog.say("cto", "what do you believe about me?")
    assert isinstance(in_public, Notice)
    assert "CTO" not in in_public.text
    assert isinstance(in_private, Notice)
    assert "CTO" in in_private.text


async def test_one_persons_words_never_become_beliefs_about_another(dialog) -> None:
    await dialog.agree("cto", "analyst")
    await dialog.say("analyst", "our CTO told me she runs Kafka in production. How long are messages kept?")
    assert not (await dialog.model("cto")).beliefs
    assert not (await dialog.model("analyst")).at("tool:streaming")


async def test_forget_everything_removes_words_and_beliefs_and_they_stay_away(dialog) -> None:
    await dialog.agree("engineer")
    first = "I'm a data engineer on the platform team. How long are messages kept?"
    await dialog.say("engineer", first)
    assert (await dialog.model("engineer")).at("role")
    await dialog.say("engineer", "forget everything")
    assert not (await dialog.model("engineer")).beliefs
    kept = await dialog.means.stores.journal.exchange("T1", "D-engineer:1")
    assert kept is None or "data engineer" not in kept.turn.message.text
    assert await dialog.means.stores.self_models.receipts(Member("T1", "engineer"))


async def test_what_is_believed_of_a_colleague_is_not_told_and_that_is_said(dialog) -> None:
    await dialog.agree("cto", "analyst")
    await dialog.say("cto", "I'm the CTO and we run Kafka. How long are messages kept?")
    for asked in ("what do you believe about the CTO?", "export @cto", "forget everything about the CTO"):
        told = await dialog.say("analyst", asked, alone=False)
        assert isinstance(told, Notice)
        assert "that person alone" in told.text
        assert "Kafka" not in told.text
    assert (await dialog.model("cto")).beliefs


async def test_what_is_told_while_learning_is_paused_is_not_said_to_be_noted(dialog) -> None:
    await dialog.agree("engineer")
    await dialog.say("engineer", "How long are messages kept?")
    await dialog.say("engineer", "pause")
    said = await dialog.say("engineer", "I use Snowflake.")
    assert said.text == "Thank you for telling me."


async def test_a_receipt_counts_an_exchange_once_and_the_export_shows_none_that_is_empty(dialog) -> None:
    await dialog.agree("engineer")
    await dialog.say("engineer", "How long are messages kept?")
    assert "1 exchange." in (await dialog.say("engineer", "forget everything")).text
    await dialog.say("engineer", "What does Relay cost?")
    exported = (await dialog.say("engineer", "export")).text
    assert "What does Relay cost?" in exported
    assert '"text": ""' not in exported
    assert "1 exchange." in (await dialog.say("engineer", "forget everything")).text


async def test_what_is_held_of_who_withdrew_consent_is_told_as_from_before(dialog) -> None:
    await dialog.agree("engineer")
    await dialog.say("engineer", "I'm a data engineer. How long are messages kept?")
    assert "deletes it" in (await dialog.say("engineer", "don't learn about me")).text
    told = await dialog.say("engineer", "what do you believe about me?")
    assert "from before" in told.text
    assert "(learning)" not in told.text


@pytest.mark.parametrize(
    ("key", "kind"), [("AKIAIOSFODNN7EXAMPLE", "aws access key"), ("4111 1111 1111 1111", "credit card")]
)
async def test_who_pastes_a_secret_is_told_alone_and_the_secret_is_not_repeated(dialog, key: str, kind: str) -> None:
    said = await dialog.say("engineer", f"mine is {key}. How long are messages kept?", alone=False)
    outbox, sent = dialog.means.stores.outbox, []
    while sending := await outbox.next("test", 60):
        sent.append(sending.outgoing)
        await outbox.sent(sending.outgoing.key, "1")
    (warning,) = [one for one in sent if one.key.startswith("secret/")]
    assert warning.alone
    assert warning.only_to == Member("T1", "engineer")
    assert kind in warning.content.text
    assert key not in "".join(one.content.text for one in sent) + said.text
