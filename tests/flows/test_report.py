"""The go / no-go report from the stores: who is counted, what people are called, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.digest.report_model import Bullets, Report, Table, Ticks
from bot.errors import Refused
from bot.flows.means import Means
from bot.flows.report import make_report, prove_some
from bot.flows.send_digest import send_digest
from bot.knowledge.model import Document, Failure, Passage
from bot.pilot.calendar import telling_time
from bot.pilot.model import Criterion, Feedback, FeedbackKind, FeedbackSource, Pilot
from bot.ports import Effects, Stores
from bot.self_model.model import DirectoryEntry
from bot.trust.model import Consent
from bot.turn import Audience, Decision, Exchange, Member, Message, Place, Reply, Turn
from storage.memory import open_memory

STARTS = date(2026, 10, 5)
PEOPLE = tuple(Member("W", f"U{i}") for i in range(1, 6))
PILOT = Pilot(
    id="p",
    workspace="W",
    name="Support answers",
    champions=(Member("W", "C1"),),
    evaluators=PEOPLE,
    criteria=(Criterion(metric="satisfaction", target=3.0, baseline=2.0, owner="head of support"),),
    starts=STARTS,
)
SECRET = "the-codeword-of-a-direct-message"


def moment(day: int) -> datetime:
    return datetime.combine(STARTS, datetime.min.time(), UTC) + timedelta(days=day - 1, hours=10)


async def ask(stores: Stores, member: Member, day: int, rating: float = 4.0) -> None:
    """One question on a day of the pilot, answered and rated."""
    at = moment(day)
    message = Message(id=f"{member.id}-{day}", author=member, text=SECRET, at=at, private=True)
    turn = Turn(message=message, place=Place("W", "D1"), audience=Audience(alone=True))
    reply = Reply(decision=Decision.ANSWER, text=f"{SECRET} [1].", confidence=0.9)
    said = Feedback(
        id=f"f-{message.id}",
        exchange=message.id,
        member=member,
        at=at + timedelta(minutes=1),
        source=FeedbackSource.THUMBS,
        kind=FeedbackKind.NONE,
        satisfaction=rating,
    )
    exchange = Exchange(id=message.id, turn=turn, enriched=message.text, reply=reply, at=at)
    await stores.journal.commit(Effects(exchange=exchange, feedback=(said,)))


@pytest.fixture
async def means() -> Means:
    """Five evaluators who agreed, ten days, a question each a day."""
    stores = open_memory()
    await stores.pilots.save(PILOT)
    for one in PEOPLE:
        await stores.consents.save(Consent(member=one, modelling=True, at=moment(1)))
        for day in range(1, 11):
            await ask(stores, one, day, 3.0 + day / 8)
    return Means(stores=stores)


def words_of(report: Report) -> str:
    """Everything that is told, charts included."""
    return repr(report)


def cell_of(report: Report, section: str, row: str) -> tuple[str, ...]:
    """The row of a table that begins so."""
    rows = [
        one.cells
        for part in report.sections
        if part.id == section
        for block in part.blocks
        if isinstance(block, Table)
        for one in block.rows
    ]
    return next(cells for cells in rows if cells[0].startswith(row))


async def test_it_tells_the_whole_course_of_everyone(means: Means) -> None:
    report = await make_report(means, PILOT, moment(10) + timedelta(hours=5), people=100)
    assert {words: value for value, words in report.facts}["questions"] == "50"
    assert cell_of(report, "people", "U1")[5] == "10"
    assert [one.id for one in report.sections] == [
        "why",
        "criteria",
        "people",
        "proof",
        "adoption",
        "cost",
        "risks",
        "checklist",
    ]


async def test_cost_is_scaled_to_the_people_asked_for(means: Means) -> None:
    report = await make_report(means, PILOT, moment(10), people=2000)
    assert "2,000 people" in next(one.title for one in report.sections if one.id == "cost")
    assert cell_of(report, "cost", "Everybody")[1] == "2,000"


async def test_people_are_called_what_the_digests_called_them(means: Means) -> None:
    await send_digest(means.stores, PILOT, telling_time(PILOT, STARTS), names={PEOPLE[0]: "Head of Support"})
    report = await make_report(means, PILOT, moment(10), people=100)
    assert cell_of(report, "people", "Head of Support")


async def test_a_pilot_that_is_over_is_told_as_of_its_last_day(means: Means) -> None:
    pilot = replace(PILOT, ends=STARTS + timedelta(days=4))
    report = await make_report(means, pilot, moment(60), people=100)
    assert report.on == pilot.ends
    assert {words: value for value, words in report.facts}["questions"] == "25"


async def test_who_may_not_be_shown_is_in_no_figure(means: Means) -> None:
    """One person who is not named cannot be found by subtracting: they are in no total either."""
    await means.stores.consents.save(Consent(member=PEOPLE[0], modelling=True, named_to_champion=False, at=moment(1)))
    report = await make_report(means, PILOT, moment(10), people=100)
    assert {words: value for value, words in report.facts}["questions"] == "40"
    assert "U1" not in words_of(report)
    assert "Not shown or counted, to protect them: 1 person." in report.footnote


async def test_nobodys_words_and_no_answer_are_in_it(means: Means) -> None:
    report = await make_report(means, PILOT, moment(10), people=100)
    assert SECRET not in words_of(report)


async def test_what_the_service_holds_and_leaves_open_is_in_the_checklist(means: Means) -> None:
    document = Document(path="a.md", title="A", text="x", digest="1", updated=moment(1) - timedelta(days=400))
    passage = Passage(id="a#1", document="a.md", title="A", text="x", updated=document.updated)
    await means.stores.knowledge.replace("W", document, (passage,))
    await means.stores.knowledge.fail("W", (Failure("b.pdf", "broken"),))
    report = await make_report(means, PILOT, moment(10), people=100)
    ticks = {
        what: (done, evidence)
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Ticks)
        for done, what, evidence, _ in block.items
    }
    assert ticks["Documents taken in"] == (False, "1 document in 1 passage, 1 could not be read")
    assert ticks["Documents current (changed within half a year)"] == (False, "1 of 1 older")
    assert ticks["Every evaluator was asked for consent"] == (True, "5 of 5 asked, 5 agreed")


async def test_a_pilot_nobody_uses_any_more_is_stopped_by_the_hard_review(means: Means) -> None:
    report = await make_report(means, PILOT, moment(45), people=100)
    assert report.recommendation == "stop"
    first = report.sections[0].blocks[0]
    assert isinstance(first, Bullets)
    assert first.items[0].startswith("Hard review: none of 5 evaluators")
    assert cell_of(report, "adoption", "After 30 days")[-1] == "hard review"


@pytest.mark.parametrize(
    ("pilot", "told"),
    [
        (replace(PILOT, starts=date(2027, 1, 1)), "begins on 2027-01-01"),
        (replace(PILOT, workspace="empty"), "Nobody who may be counted has asked anything"),
    ],
)
async def test_without_anything_to_judge_it_is_refused_in_a_sentence(means: Means, pilot: Pilot, told: str) -> None:
    with pytest.raises(Refused, match=told):
        await make_report(means, pilot, moment(10), people=100)


async def test_the_replay_ends_once_enough_questions_were_answered_again(means: Means) -> None:
    begins, ends = moment(1) - timedelta(hours=10), moment(11)
    prove = prove_some(means, 15)
    proven = [await prove(one, begins, ends, day_one=moment(2)) for one in PEOPLE]
    assert [one.n if one else 0 for one in proven] == [10, 10, 0, 0, 0]


async def test_people_are_called_what_the_directory_calls_them_now(means: Means) -> None:
    class Renamed:
        """A directory that knows one person, by a new name, and nobody else."""

        async def look_up(self, member: Member) -> DirectoryEntry | None:
            if member != PEOPLE[0]:
                raise Refused("user_not_found")
            return DirectoryEntry(member, name="Renamed since")

        async def direct_place(self, member: Member) -> Place:
            return Place(member.workspace, member.id)

    old = {PEOPLE[0]: "The CTO", PEOPLE[1]: "The analyst"}
    await send_digest(means.stores, PILOT, telling_time(PILOT, STARTS), names=old)
    told = words_of(await make_report(replace(means, directory=Renamed()), PILOT, moment(12), people=10))
    assert "Renamed since" in told
    assert "The CTO" not in told
    assert "The analyst" in told
