"""The form of a pilot: what it writes reads back the same, and every wrong field says what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pilot.commands import PilotCommand, PilotDo, parse_pilot_command
from bot.pilot.form import FIELDS, Entry, make_form, write_values
from bot.pilot.form_reading import read_form
from bot.pilot.guide import describe, guide
from bot.pilot.model import Criterion, Pilot, Ring
from bot.pilot.roster import evaluators_of, let_in, let_out
from bot.turn import Member

STARTS = date(2026, 11, 2)
PILOT = Pilot(
    id="relay",
    workspace="W",
    name="Relay",
    champions=(Member("W", "C1"),),
    evaluators=(Member("W", "U1"), Member("W", "U2")),
    owner="Head of Support",
    hypothesis="Answers that fit\nare still used.",
    criteria=(Criterion(metric="good answers", target=0.7, baseline=0.5, owner="Head of Support"),),
    starts=STARTS,
    ends=date(2026, 11, 27),
    review_on=date(2026, 11, 30),
    time_zone="Europe/Berlin",
    digest_hour=9,
    holdback=0.1,
    plan={"data sources": "The handbook."},
    platform="slack",
    rings=(Ring(opens=STARTS, channels=("C9",)), Ring(opens=date(2026, 11, 9), people=(Member("W", "U3"),))),
    reviewers="C7",
)
GOOD = {"name": "Relay", "champions": "C1", "starts": "2026-11-02"}


def fill(**values: str) -> dict[str, str]:
    return {**GOOD, **values}


def test_what_the_form_shows_reads_back_as_the_same_pilot() -> None:
    form = make_form(PILOT)
    values = {one.name: one.value for one in form.fields}
    assert read_form(values, workspace="W", platform="teams", old=PILOT).pilot == PILOT
    assert values == write_values(PILOT)


def test_a_new_one_needs_but_three_things() -> None:
    filled = read_form(GOOD, workspace="W", platform="slack", id="pilot-2")
    assert filled.pilot == Pilot(
        id="pilot-2", workspace="W", name="Relay", champions=(Member("W", "C1"),), starts=STARTS, platform="slack"
    )
    assert [one.name for one in FIELDS if one.required] == list(GOOD)


def test_what_is_not_given_is_kept_and_what_is_empty_is_emptied() -> None:
    changed = read_form({"owner": "", "digest_hour": "7"}, workspace="W", platform="slack", old=PILOT).pilot
    assert changed == replace(PILOT, owner="", digest_hour=7)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "needed"),
        ("champions", " , ", "needed"),
        ("starts", "2 November", "2026-11-02"),
        ("ends", "2026-10-01", "before it starts"),
        ("time_zone", "Mars/Olympus", "Europe/Berlin"),
        ("digest_hour", "24", "0 to 23"),
        ("digest_hour", "8:30", "0 to 23"),
        ("holdback", "80", "0 to 50"),
        ("holdback", "a tenth", "0 to 50"),
        ("criteria", "satisfaction", "metric | baseline | target | owner"),
        ("criteria", "satisfaction | low | 4 | me", "“low” is not a number"),
        ("aggregate_only", "perhaps", "yes"),
        ("hypothesis", "x" * 3_001, "too long"),
        ("reviewers", "C7, C8", "Name one channel"),
    ],
)
def test_each_wrong_field_says_what_is_wrong(field: str, value: str, told: str) -> None:
    filled = read_form(fill(**{field: value}), workspace="W", platform="slack")
    assert filled.pilot is None
    assert list(filled.problems) == [field]
    assert told in filled.problems[field]


def test_all_that_is_wrong_is_told_at_once() -> None:
    filled = read_form(fill(name="", digest_hour="x", ends="soon"), workspace="W", platform="slack")
    assert set(filled.problems) == {"name", "digest_hour", "ends"}


@given(st.dictionaries(st.sampled_from([one.name for one in FIELDS]), st.text(max_size=60)))
def test_whatever_is_written_is_a_pilot_or_told_by_field(values: dict[str, str]) -> None:
    filled = read_form(values, workspace="W", platform="slack")
    assert (filled.pilot is None) == bool(filled.problems)
    assert set(filled.problems) <= {one.name for one in FIELDS}
    if filled.pilot:
        again = read_form(write_values(filled.pilot), workspace="W", platform="slack", id=filled.pilot.id)
        assert again.pilot is not None
        assert again.pilot.champions == filled.pilot.champions


def test_criteria_are_lines_and_shares_may_be_percent() -> None:
    filled = read_form(
        fill(criteria="good answers | 50 % | 70% | Owner\n\nsatisfaction | | 4 |"), workspace="W", platform="x"
    )
    assert filled.pilot
    assert filled.pilot.criteria == (
        Criterion(metric="good answers", baseline=0.5, target=0.7, owner="Owner"),
        Criterion(metric="satisfaction", target=4.0),
    )


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("pilot set up", PilotCommand(PilotDo.SET_UP)),
        ("Set up a pilot.", PilotCommand(PilotDo.SET_UP)),
        ("pilot missing", PilotCommand(PilotDo.MISSING)),
        ("what does the pilot lack?", PilotCommand(PilotDo.MISSING)),
        ("pilot add @U3, <@U4> and U5", PilotCommand(PilotDo.ADD, people=("U3", "U4", "U5"))),
        (
            "pilot add U3 from 2026-11-09 [relay]",
            PilotCommand(PilotDo.ADD, people=("U3",), on=date(2026, 11, 9), pilot="relay"),
        ),
        ("pilot remove U1", PilotCommand(PilotDo.REMOVE, people=("U1",))),
        ("leave the pilot", PilotCommand(PilotDo.LEAVE)),
        ("pilot reviewers here", PilotCommand(PilotDo.REVIEWERS_HERE)),
        ("Pilot reviewers here [relay].", PilotCommand(PilotDo.REVIEWERS_HERE, pilot="relay")),
        ("pilot reviewers off", PilotCommand(PilotDo.REVIEWERS_OFF)),
        ("where do the pilot reviewers read here?", None),
        ("how do I set up a pilot?", None),
        ("pilot add U3\nand then?", None),
    ],
)
def test_only_whole_messages_are_commands(words: str, meant: PilotCommand | None) -> None:
    assert parse_pilot_command(words) == meant


def test_a_set_up_in_words_has_a_line_for_each_field() -> None:
    command = parse_pilot_command(
        "pilot set up\n- Name: Relay\nCriteria odd\n**Success criteria**:\na | | 1 |\nb | | 2 |\nDigest hour: 9"
    )
    assert command
    assert command.values == {"name": "Relay\nCriteria odd", "criteria": "a | | 1 |\nb | | 2 |", "digest_hour": "9"}
    stray = parse_pilot_command("pilot set up\nhello there\nName: Relay")
    assert stray
    assert stray.unknown == ("hello there",)


def test_every_field_can_be_named_in_words() -> None:
    lines = "\n".join(f"{one.label}: x" for one in FIELDS)
    command = parse_pilot_command(f"pilot set up\n{lines}")
    assert command
    assert set(command.values) == {one.name for one in FIELDS}
    assert all(one.label in guide() for one in FIELDS)
    assert all(one.choices for one in FIELDS if one.entry is Entry.CHOICE)


def test_rings_open_on_their_day_and_people_leave_on_theirs() -> None:
    pilot = replace(PILOT, rings=())
    ana, new = Member("W", "U1"), (Member("W", "U8"), Member("W", "U9"))
    pilot = let_out(let_in(pilot, new, STARTS + timedelta(days=7)), [ana], STARTS + timedelta(days=3))
    ids = [[one.id for one in evaluators_of(pilot, (), STARTS + timedelta(days=day))] for day in (0, 2, 3, 6, 7)]
    assert ids == [["U1", "U2"], ["U1", "U2"], ["U2"], ["U2"], ["U2", "U8", "U9"]]
    back = let_in(pilot, [ana], STARTS + timedelta(days=9))
    assert ana in evaluators_of(back, (), STARTS + timedelta(days=9))


def test_it_is_described_with_what_is_missing_and_who_supplies_it() -> None:
    told = describe(PILOT, STARTS)
    assert "Evaluators: 2, whoever asks in 1 channel, 1 more from Mon 9 Nov." in told
    assert "**the production plan: budget**" in told
    assert "Ask the sponsor." in told
    assert "the production plan: data sources" not in told


def test_the_guide_says_what_a_date_and_a_choice_look_like() -> None:
    lines = {line.partition(":")[0]: line for line in guide().splitlines()}
    assert "2026-11-02" in lines["- Starts"]
    assert "2026-11-02" in lines["- Review date"]
    assert "Name those who agree or" in lines["- Who is named"]
