"""Groups followed by the tick: once a local date, through a directory that may be out of reach."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.errors import Refused, Unavailable
from bot.flows.follow_groups import follow_group, follow_groups
from bot.pilot.groups import FoundGroup
from bot.pilot.model import Pilot, UserGroup
from bot.pilot.roster import listed_on
from bot.ports import Stores
from bot.self_model.model import DirectoryEntry
from bot.turn import Member, Place
from storage.memory import open_memory

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
ANA, BEN = Member("W", "U1"), Member("W", "U2")


class Workspace:
    """A directory with one group."""

    def __init__(self, *people: Member) -> None:
        self.people, self.asked = people, 0
        self.error: Exception | None = None

    async def read_group(self, workspace: str, named: str) -> FoundGroup | None:
        self.asked += 1
        if self.error:
            raise self.error
        return FoundGroup("S1", "data-team", self.people)

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        return None

    async def direct_place(self, member: Member) -> Place:
        return Place(member.workspace, f"D{member.id}")


async def set_up() -> Stores:
    stores = open_memory()
    pilot = Pilot(
        id="p",
        workspace="W",
        name="Relay",
        champions=(),
        starts=date(2026, 11, 2),
        platform="slack",
        groups=(UserGroup(id="@data-team", opens=date(2026, 11, 2)),),
    )
    await stores.pilots.save(pilot)
    return stores


async def listed(stores: Stores, on: date) -> tuple[Member, ...]:
    (pilot,) = await stores.pilots.all()
    return listed_on(pilot, on)


async def test_a_group_from_a_file_is_read_at_the_first_tick_and_then_once_a_day() -> None:
    stores, workspace = await set_up(), Workspace(ANA)
    for minutes in range(3):
        await follow_groups(stores.pilots, {"slack": workspace}, NOW + timedelta(minutes=minutes))
    assert workspace.asked == 1
    workspace.people = (BEN,)
    await follow_groups(stores.pilots, {"slack": workspace}, NOW + timedelta(days=1))
    assert await listed(stores, date(2026, 11, 2)) == (ANA,)
    assert await listed(stores, date(2026, 11, 5)) == (BEN,)


async def test_a_change_that_is_told_counts_from_that_day() -> None:
    stores, workspace = await set_up(), Workspace(ANA)
    await follow_groups(stores.pilots, {"slack": workspace}, NOW)
    workspace.people = (ANA, BEN)
    await follow_group(stores.pilots, workspace, "W", "S2", NOW)
    assert await listed(stores, date(2026, 11, 4)) == (ANA,)
    await follow_group(stores.pilots, workspace, "W", "S1", NOW)
    assert await listed(stores, date(2026, 11, 3)) == (ANA,)
    assert await listed(stores, date(2026, 11, 4)) == (ANA, BEN)


async def test_what_cannot_be_read_keeps_its_last_reading() -> None:
    stores, workspace = await set_up(), Workspace(ANA)
    await follow_groups(stores.pilots, {"slack": workspace}, NOW)
    for error in (Unavailable(), Refused("the scope is missing")):
        workspace.error = error
        await follow_groups(stores.pilots, {"slack": workspace}, NOW + timedelta(days=1))
        assert await listed(stores, date(2026, 11, 5)) == (ANA,)
    asked = workspace.asked
    await follow_groups(stores.pilots, {"slack": workspace}, NOW + timedelta(days=1))
    assert workspace.asked == asked  # refused once a day, not once a minute


async def test_one_that_cannot_be_read_at_first_is_looked_for_once_a_day_and_then_in_from_its_opening() -> None:
    stores, workspace = await set_up(), Workspace(ANA)
    workspace.error = Refused("the scope is missing")
    for minutes in range(3):
        await follow_groups(stores.pilots, {"slack": workspace}, NOW + timedelta(minutes=minutes))
    assert workspace.asked == 1
    workspace.error = None
    await follow_groups(stores.pilots, {"slack": workspace}, NOW + timedelta(days=1))
    assert await listed(stores, date(2026, 11, 2)) == (ANA,)


async def test_without_a_directory_nothing_is_changed() -> None:
    stores = await set_up()
    await follow_groups(stores.pilots, {}, NOW)
    (pilot,) = await stores.pilots.all()
    assert pilot.groups[0].read_on is None
