"""Who complained is told what changed since: on facts only, once, in private."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.flows.means import Means
from bot.flows.send_digest import send_digest
from bot.flows.tell_since import tell_since
from bot.knowledge.model import Document, Passage
from bot.pilot.calendar import telling_time
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource, Pilot
from bot.ports import Effects, Notice
from bot.self_model.model import DirectoryEntry, Observation, Source
from bot.self_model.revise import revise
from bot.trust.model import Consent
from bot.turn import Audience, Decision, Depth, Exchange, Member, Message, Place, Reply, Turn
from storage.memory import open_memory

STARTS = date(2026, 11, 2)
CHAMPION, ANA = Member("W", "C1"), Member("W", "U1")
PILOT = Pilot(
    id="p", workspace="W", name="Relay", champions=(CHAMPION,), evaluators=(ANA,), starts=STARTS, platform="slack"
)
QUESTION = "How long are audit logs kept?"


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, 2, hour, tzinfo=UTC) + timedelta(days=day - 1)


class Workspace:
    """A directory in which everybody has a direct conversation."""

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        return DirectoryEntry(member, name=member.id)

    async def direct_place(self, member: Member) -> Place:
        return Place(member.workspace, f"D{member.id}")


@pytest.fixture
async def means() -> Means:
    """A running pilot whose one evaluator agreed."""
    opened = open_memory()
    await opened.pilots.save(PILOT)
    await opened.consents.save(Consent(member=ANA, modelling=True, at=at(1)))
    return Means(stores=opened)


async def answer(
    means: Means, day: int, *, rated: float | None = None, kind: FeedbackKind = FeedbackKind.NONE, **reply: object
) -> None:
    """A question of the evaluator's, answered, and rated where a rating is given."""
    message = Message(id=f"m{day}", author=ANA, text=QUESTION, at=at(day))
    turn = Turn(message=message, place=Place("W", "channel"), audience=Audience(alone=False))
    said = Reply(**{"decision": Decision.ANSWER, "text": "So [1].", "confidence": 0.9, **reply})  # type: ignore[arg-type]
    exchange = Exchange(id=message.id, turn=turn, enriched=QUESTION, reply=said, at=at(day))
    feedback = Feedback(
        id=f"f{day}",
        exchange=message.id,
        member=ANA,
        at=at(day, 11),
        source=FeedbackSource.THUMBS,
        kind=kind,
        satisfaction=rated or 0.0,
    )
    await means.stores.journal.commit(Effects(exchange=exchange, feedback=(feedback,) if rated else ()))


async def learn(means: Means, day: int, address: str, value: str, source: Source = Source.STATED) -> None:
    seen = Observation(
        address=address, value=value, weight=1.0, source=source, quote=f"{value}", message=f"o{day}", at=at(day)
    )
    model = await means.stores.self_models.load(ANA)
    await means.stores.self_models.save(revise(model, [seen], at(day)))


async def write_document(means: Means, day: int, text: str = "Audit logs are kept for 90 days.") -> None:
    document = Document(path="audit.md", title="Audit logs", text=text, digest=str(day), updated=at(day))
    passage = Passage(id="audit.md#0", document="audit.md", title="Audit logs › Retention", text=text, updated=at(day))
    await means.stores.knowledge.replace("W", document, [passage])


async def tell(means: Means, day: int) -> list[str]:
    """What people are told at noon of a day, by whom it reached."""
    await tell_since(means, at(day, 12), {"slack": Workspace()})
    told = []
    while sending := await means.stores.outbox.next("test", 60):
        outgoing = sending.outgoing
        assert (outgoing.only_to, outgoing.place, outgoing.alone) == (ANA, Place("W", "DU1"), True)
        assert isinstance(outgoing.content, Notice)
        told.append(outgoing.content.text)
        await means.stores.outbox.sent(outgoing.key, "m")
    return told


async def test_what_was_missing_is_known_now_and_used(means: Means) -> None:
    await answer(means, 1, rated=1.6, kind=FeedbackKind.NOT_SPECIFIC)
    assert await tell(means, 1) == []
    await learn(means, 2, "project", "the billing migration")
    assert await tell(means, 2) == []  # known, but nothing came of it yet
    await answer(means, 3, beliefs_used=("project",))
    (told,) = await tell(means, 3)
    assert "On Mon 2 Nov you said that an answer was too generic (“How long are audit logs kept?”)." in told
    assert "I know what you are working on (the billing migration), and have used it in 1 answer." in told
    assert await tell(means, 4) == []  # once


async def test_a_document_that_answers_it_now(means: Means) -> None:
    await answer(means, 1, rated=1.6, kind=FeedbackKind.IGNORED_QUESTION, decision=Decision.DECLINE)
    assert await tell(means, 1) == []
    await write_document(means, 2)
    (told,) = await tell(means, 2)
    assert "“Audit logs” has been changed or added" in told
    assert "which it could not be then" in told


async def test_a_document_of_before_the_complaint_is_no_change(means: Means) -> None:
    await write_document(means, 0)
    await answer(means, 1, rated=1.6, kind=FeedbackKind.WRONG)
    assert await tell(means, 2) == []


async def test_another_depth_and_a_better_word_on_it(means: Means) -> None:
    await answer(means, 1, rated=1.6, kind=FeedbackKind.TOO_BASIC, depth=Depth.WORKING)
    await answer(means, 2, depth=Depth.ADVANCED)
    assert await tell(means, 2) == []  # deeper, but nobody says it is better
    await answer(means, 3, rated=4.6, depth=Depth.ADVANCED)
    (told,) = await tell(means, 3)
    assert "deeper (advanced rather than working) in 2 of 2 answers, and you were content with it once." in told


async def test_the_same_complaint_again_is_no_change(means: Means) -> None:
    await answer(means, 1, rated=1.6, kind=FeedbackKind.TOO_DEEP, depth=Depth.ADVANCED)
    await answer(means, 2, rated=4.6, depth=Depth.WORKING)
    await answer(means, 3, rated=1.6, kind=FeedbackKind.TOO_DEEP, depth=Depth.WORKING)
    assert await tell(means, 3) == []


async def test_what_they_put_right_and_is_followed(means: Means) -> None:
    await learn(means, 0, "role", "analyst")
    await answer(means, 1, rated=1.6, kind=FeedbackKind.WRONG, beliefs_used=("role",))
    await learn(means, 2, "role", "data engineer", Source.CORRECTION)
    await answer(means, 3, beliefs_used=("role",))
    (told,) = await tell(means, 3)
    assert "I follow what you put right (data engineer), so far in 1 answer." in told


@pytest.mark.parametrize("agreed", [False, True])
async def test_only_those_who_agreed_are_written_to(means: Means, *, agreed: bool) -> None:
    await means.stores.consents.save(Consent(member=ANA, modelling=agreed, at=at(1)))
    await answer(means, 1, rated=1.6, kind=FeedbackKind.IGNORED_QUESTION)
    await write_document(means, 2)
    assert bool(await tell(means, 2)) == agreed


async def test_praise_and_ended_pilots_bring_nothing(means: Means) -> None:
    await write_document(means, 2)
    await answer(means, 1, rated=4.6)
    assert await tell(means, 3) == []
    await answer(means, 1, rated=1.6, kind=FeedbackKind.WRONG)
    await means.stores.pilots.save(replace(PILOT, ends=STARTS))
    assert await tell(means, 3) == []


async def test_of_several_one_is_told_a_day_and_three_replicas_tell_it_once(means: Means) -> None:
    await answer(means, 1, rated=1.6, kind=FeedbackKind.WRONG)
    await answer(means, 2, rated=1.6, kind=FeedbackKind.IGNORED_QUESTION)
    await write_document(means, 3)
    counts = [await tell_since(means, at(3, 12), {"slack": Workspace()}) for _ in range(3)]
    assert counts == [1, 0, 0]
    assert len(await tell(means, 3)) == 1
    assert len(await tell(means, 4)) == 1
    assert await tell(means, 5) == []


async def test_the_champion_reads_the_count_and_no_words(means: Means) -> None:
    await answer(means, 1, rated=1.6, kind=FeedbackKind.IGNORED_QUESTION)
    await write_document(means, 2)
    await tell(means, 2)
    told = await send_digest(means.stores, PILOT, telling_time(PILOT, STARTS + timedelta(days=1)))
    assert told
    assert "One complaint was followed by a change, and their writers were told of it." in told.learned
    assert "audit logs" not in str(told).lower()
