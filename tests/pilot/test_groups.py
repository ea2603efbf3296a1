"""A group's members as evaluators: whoever comes is one from then on, whoever goes is none, and the past stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from pilot_samples import PILOT

from bot.pilot.groups import FoundGroup, close_group, find_group, follow, members_on, open_group, stale_groups
from bot.pilot.model import UserGroup
from bot.pilot.roster import is_evaluator, let_out, listed_on
from bot.turn import Member

BEGINS = date(2026, 11, 2)
PEOPLE = [Member("W", f"U{i}") for i in range(5)]
GROUP = UserGroup(id="@data-team", opens=BEGINS)


def found(*people: Member) -> FoundGroup:
    return FoundGroup("S1", "data-team", people)


def day(number: int) -> date:
    return BEGINS + timedelta(days=number - 1)


def test_who_is_in_it_at_first_is_in_from_its_opening_and_it_has_its_id_from_then_on() -> None:
    read = follow(GROUP, found(*PEOPLE[:2]), day(4))
    assert members_on(read, day(1)) == tuple(PEOPLE[:2])
    assert members_on(read, BEGINS - timedelta(days=1)) == ()
    assert (read.id, read.name, read.read_on) == ("S1", "data-team", day(4))


rosters = st.lists(st.sets(st.sampled_from(PEOPLE)), min_size=1, max_size=8)


@given(rosters)
def test_on_each_day_who_was_in_it_that_day_is_in_whatever_comes_later(days: list[set[Member]]) -> None:
    group = GROUP
    for number, people in enumerate(days, start=1):
        group = follow(group, found(*sorted(people)), day(number))
    for number, people in enumerate(days, start=1):
        assert set(members_on(group, day(number))) == people
    assert set(members_on(group, day(len(days) + 9))) == days[-1]


@given(rosters)
def test_what_a_day_said_last_holds_for_it(days: list[set[Member]]) -> None:
    """Read again and again on one day: whoever was seen to go that day is out, whoever is there is in."""
    group = follow(GROUP, found(), day(1))
    for people in days:
        group = follow(group, found(*sorted(people)), day(2))
    assert set(members_on(group, day(2))) == days[-1]
    assert members_on(group, day(1)) == ()


def test_who_left_the_pilot_by_themself_stays_out_while_the_group_goes_on() -> None:
    pilot = open_group(replace(PILOT, evaluators=(), champions=()), found(*PEOPLE[:2]), day(1), day(1))
    pilot = let_out(pilot, [PEOPLE[0]], day(2))
    (group,) = pilot.groups
    pilot = replace(pilot, groups=(follow(group, found(*PEOPLE[:3]), day(3)),))
    assert [is_evaluator(pilot, one, day(3)) for one in PEOPLE[:4]] == [False, True, True, False]


def test_a_champion_in_a_group_is_no_evaluator_by_it() -> None:
    pilot = open_group(replace(PILOT, evaluators=(), champions=(PEOPLE[0],)), found(*PEOPLE[:2]), day(1), day(1))
    assert listed_on(pilot, day(1)) == (PEOPLE[1],)


def test_a_group_that_is_let_out_is_no_longer_looked_at_and_can_come_back() -> None:
    pilot = open_group(replace(PILOT, evaluators=(), ends=None), found(PEOPLE[0]), day(1), day(1))
    (group,) = pilot.groups
    closed = close_group(pilot, group, day(3))
    assert [stale_groups(one, day(2)) != () for one in (pilot, closed)] == [True, False]
    back = open_group(closed, found(PEOPLE[0]), day(5), day(5))
    assert [listed_on(back, day(number)) != () for number in (2, 3, 5)] == [True, False, True]
    assert len(back.groups) == 1


def test_it_is_looked_at_once_a_day_until_the_pilot_is_over() -> None:
    pilot = replace(PILOT, groups=(GROUP,), ends=day(10))
    assert stale_groups(pilot, day(1)) == (GROUP,)
    read = replace(pilot, groups=(follow(GROUP, found(), day(2)),))
    assert [len(stale_groups(read, day(number))) for number in (2, 3, 11)] == [0, 1, 0]


def test_it_is_found_however_it_is_written() -> None:
    group = follow(GROUP, found(), day(1))
    assert [find_group([group], one) for one in ("S1", "@Data-Team", "data-team")] == [group] * 3
    assert find_group([group], "") is None
    assert find_group([group], "data") is None
