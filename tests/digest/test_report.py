"""The go / no-go report as composed: what is told, in which order, and what never is."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from report_samples import STANDINGS, mixed_pilot, nameless_pilot, ready_pilot

from bot.digest.report import SENTENCES, compose_report
from bot.digest.report_chart import draw_criteria, draw_lift, draw_weeks
from bot.digest.report_model import Bullets, Chart, Report, Section, Standing, Table, Ticks, Tone
from bot.pilot.adoption import Adoption
from bot.pilot.model import Lift
from bot.pilot.share import Share
from bot.pilot.verdict import Recommendation


def section_of(report: Report, id: str) -> Section:
    return next(one for one in report.sections if one.id == id)


@pytest.fixture(params=sorted(STANDINGS))
def standing(request: pytest.FixtureRequest) -> Standing:
    """Each sample in turn."""
    made: Standing = STANDINGS[request.param]()
    return made


@pytest.mark.parametrize(
    ("name", "recommendation"),
    [
        ("ready", "go"),
        ("mixed", "go with conditions"),
        ("abandoned", "stop"),
        ("first_day", "extend"),
        ("nameless", "go"),
    ],
)
def test_the_recommendation_fits_the_evidence(name: str, recommendation: str) -> None:
    assert compose_report(STANDINGS[name]()).recommendation == recommendation


def test_there_is_a_sentence_for_every_recommendation() -> None:
    assert set(SENTENCES) == set(Recommendation)


def test_every_table_is_even_and_every_chart_is_well_formed(standing: Standing) -> None:
    for section in compose_report(standing).sections:
        assert section.blocks
        for block in section.blocks:
            if isinstance(block, Table):
                assert len(block.heads) == len(block.widths)
                assert sum(block.widths) == 100
                assert {len(row.cells) for row in block.rows} == {len(block.heads)}
            elif isinstance(block, Chart):
                assert ElementTree.fromstring(block.svg).tag.endswith("svg")


def test_the_same_standing_gives_the_same_report(standing: Standing) -> None:
    assert compose_report(standing) == compose_report(standing)


def test_every_evaluator_has_a_line_and_the_worst_comes_first() -> None:
    table = next(one for one in section_of(compose_report(mixed_pilot()), "people").blocks if isinstance(one, Table))
    assert table.rows[0].cells[0] == "VP Engineering"
    assert table.rows[0].tone is Tone.BAD
    assert len(table.rows) == 5


def test_a_pilot_that_names_nobody_names_nobody() -> None:
    told = repr(compose_report(nameless_pilot()))
    assert "evaluator-0" not in told
    assert "Evaluator 0" not in told
    assert "This pilot names nobody" in told


def test_what_is_open_says_why_it_matters_and_who_settles_it() -> None:
    (table,) = [one for one in section_of(compose_report(mixed_pilot()), "why").blocks if isinstance(one, Table)]
    assert table.title == "To settle before production"
    assert all(all(row.cells) for row in table.rows)
    assert "service desk" in {row.cells[2] for row in table.rows}


def test_a_complete_pilot_leaves_nothing_open() -> None:
    report = compose_report(ready_pilot())
    assert not [one for one in section_of(report, "why").blocks if isinstance(one, Table)]
    assert all(
        done for one in section_of(report, "checklist").blocks if isinstance(one, Ticks) for done, *_ in one.items
    )


def test_without_a_control_group_or_a_replay_the_proof_says_what_is_missing() -> None:
    held = mixed_pilot()
    report = compose_report(replace(held, day=replace(held.day, replayed=None, lift=None)))
    (told,) = section_of(report, "proof").blocks
    assert isinstance(told, Bullets)
    assert [one.partition(":")[0] for one in told.items] == ["Replay", "Control group"]


def test_charts_of_nothing_say_so() -> None:
    assert "Nothing to show yet" in draw_criteria(())
    assert "Nothing to show yet" in draw_weeks(Adoption((), ()))


@pytest.mark.parametrize(("low", "high"), [(0.2, 1.0), (-1.0, -0.2), (-3.9, 3.9)])
def test_the_lift_stays_within_its_frame(low: float, high: float) -> None:
    svg = ElementTree.fromstring(
        draw_lift(Lift(difference=(low + high) / 2, low=low, high=high, with_model=9, held_back=9))
    )
    width = float(svg.attrib["viewBox"].split()[2])
    places = [float(one.attrib[name]) for one in svg for name in ("x", "x1", "x2", "cx") if name in one.attrib]
    assert all(0 <= one <= width for one in places)


def test_the_last_weeks_of_a_long_pilot_are_drawn() -> None:
    week = mixed_pilot().adoption.weeks[0]
    many = Adoption(tuple(replace(week, number=i, active=Share(i % 6, 5)) for i in range(1, 60)), ())
    assert "week 58" in draw_weeks(many)
    assert "week 33:" not in draw_weeks(many)
