"""Where a self-model begins: the title in the directory, of who agreed, until they forget it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.errors import Refused, Unavailable
from bot.flows.control import control
from bot.flows.converse import converse, overhear
from bot.flows.means import Means
from bot.flows.recording import Posting, Recording
from bot.flows.replay import introduce as introduce_all
from bot.pilot.groups import FoundGroup
from bot.self_model.model import DirectoryEntry, Observation, SelfModel, Source
from bot.trust.consent import agree, pause
from bot.turn import EVERYONE, Audience, Member, Message, Place, Turn
from storage.memory import open_memory

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)
LEAD = Member("acme", "lead")
HERE = Place("acme", "D1")


@dataclass
class Titles:
    """A directory in which everyone has one title, or that answers nothing."""

    title: str = "VP Engineering"
    fails: Exception | None = None
    asked: list[Member] = field(default_factory=list)

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        self.asked.append(member)
        if self.fails:
            raise self.fails
        return DirectoryEntry(member=member, title=self.title)

    async def read_group(self, workspace: str, named: str) -> FoundGroup | None:
        return None

    async def direct_place(self, member: Member) -> Place:
        return Place(member.workspace, f"D-{member.id}")


def write(text: str, at: datetime, id: str = "") -> Message:
    return Message(id=id or f"m{at:%d%H%M}", author=LEAD, text=text, at=at)


def ask(text: str, at: datetime) -> Turn:
    audience = Audience(grants=frozenset({EVERYONE}), alone=True)
    return Turn(message=write(text, at), place=HERE, audience=audience, mentioned=True, platform="test")


async def make_means(titles: Titles, *, agreed: bool = True) -> Means:
    stores = open_memory()
    if agreed:
        await stores.consents.save(agree(await stores.consents.load(LEAD), NOW - DAY))
    return Means(stores=stores, directory=titles)


async def load(means: Means) -> SelfModel:
    return await means.stores.self_models.load(LEAD)


async def from_directory(means: Means) -> dict[str, Observation]:
    return {one.value: one for one in (await load(means)).observations if one.source is Source.DIRECTORY}


async def test_who_agreed_is_known_by_their_title_before_the_first_answer_and_is_told_so() -> None:
    means = await make_means(Titles())
    told = await converse(means, ask("What do you believe about me?", NOW), NOW)
    assert "your directory entry says “VP Engineering”" in told.text  # type: ignore[union-attr]
    (belief,) = [one for one in (await load(means)).beliefs if one.address == "role"]
    assert belief.confidence <= 0.5
    audit = await means.stores.journal.audit("acme", NOW - DAY, NOW + DAY)
    assert [one.detail["message"] for one in audit if "message" in one.detail] == ["directory:lead"]


async def test_who_only_writes_beside_the_bot_is_known_by_it_too() -> None:
    means = await make_means(Titles())
    await overhear(means, write("lunch anyone?", NOW), NOW)
    assert await from_directory(means)


async def test_nobody_is_looked_up_who_did_not_agree() -> None:
    for agreed in (False, True):
        titles = Titles()
        means = await make_means(titles, agreed=agreed)
        if agreed:
            await means.stores.consents.save(pause(await means.stores.consents.load(LEAD), NOW))
        await converse(means, ask("How long is the retention?", NOW), NOW)
        await overhear(means, write("lunch anyone?", NOW), NOW)
        assert (titles.asked, await from_directory(means)) == ([], {})


async def test_the_directory_is_asked_once_a_day() -> None:
    titles = Titles()
    means = await make_means(titles)
    for hours in (0, 1, 2, 24, 25):
        await overhear(means, write("lunch anyone?", NOW + timedelta(hours=hours)), NOW + timedelta(hours=hours))
    assert len(titles.asked) == 2
    audit = await means.stores.journal.audit("acme", NOW - DAY, NOW + 3 * DAY)
    assert len(audit) == 1, "what it said before is not learned again"


async def test_another_title_takes_the_place_of_the_one_before_and_of_nothing_else() -> None:
    titles = Titles("Data Engineer")
    means = await make_means(titles)
    await overhear(means, write("I use Kafka for our pipelines.", NOW), NOW)
    before = [one for one in (await load(means)).observations if one.source is not Source.DIRECTORY]
    titles.title = "Product Manager"
    await overhear(means, write("lunch anyone?", NOW + DAY), NOW + DAY)
    assert {one.quote for one in (await from_directory(means)).values()} == {"Product Manager"}
    assert [one for one in (await load(means)).observations if one.source is not Source.DIRECTORY] == before
    assert before


async def test_an_entry_without_a_title_changes_nothing() -> None:
    titles = Titles()
    means = await make_means(titles)
    await overhear(means, write("lunch anyone?", NOW), NOW)
    titles.title = ""
    await overhear(means, write("lunch anyone?", NOW + DAY), NOW + DAY)
    assert await from_directory(means)


async def test_what_was_forgotten_does_not_come_back_from_there() -> None:
    for words in ("forget my role", "forget everything"):
        titles = Titles("Data Engineer")
        means = await make_means(titles)
        await overhear(means, write("lunch anyone?", NOW), NOW)
        assert await from_directory(means)
        assert await control(means.stores, ask(words, NOW + timedelta(hours=1)), NOW + timedelta(hours=1))
        assert not await from_directory(means)
        for title in ("Data Engineer", "Product Manager"):
            titles.title = title
            means.introduced.clear()
            await overhear(means, write("lunch anyone?", NOW + 2 * DAY), NOW + 2 * DAY)
            assert not await from_directory(means), words


async def test_nothing_waits_for_a_directory_that_does_not_answer() -> None:
    titles = Titles(fails=Unavailable("Slack cannot take users.info just now."))
    means = await make_means(titles)
    await overhear(means, write("I'm a data engineer.", NOW), NOW)
    assert [one.source for one in (await load(means)).observations if one.address == "role"] == [Source.STATED]
    titles.fails = None
    await overhear(means, write("lunch anyone?", NOW + timedelta(minutes=1)), NOW + timedelta(minutes=1))
    assert await from_directory(means), "it is asked again with the next message"
    refused = await make_means(Titles(fails=Refused("There is no such person.")))
    await overhear(refused, write("lunch anyone?", NOW), NOW)
    assert not await from_directory(refused)


async def test_a_replay_begins_with_the_same_evidence() -> None:
    live, replayed = await make_means(Titles()), await make_means(Titles())
    await overhear(live, write("lunch anyone?", NOW), NOW)
    posting = Posting(
        message=write("lunch anyone?", NOW),
        place=HERE,
        audience=Audience(grants=frozenset({EVERYONE}), alone=True),
        mentioned=False,
        addressed=False,
        day=NOW.date(),
    )
    people = {LEAD.id: DirectoryEntry(member=LEAD, title="VP Engineering")}
    await introduce_all(replayed, Recording(workspace="acme", bot=None, people=people, postings=(posting,)))
    known = await from_directory(live)
    assert known
    assert {name: replace(one, at=NOW) for name, one in (await from_directory(replayed)).items()} == known
