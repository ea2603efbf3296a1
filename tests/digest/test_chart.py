"""Charts: well-formed, described in words, the same every time, and legible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.canvas import COLOURS
from bot.digest.chart import draw_pairs, draw_panels, draw_sparkline, draw_trajectories, place_labels
from bot.digest.picture import describe_picture, draw_picture

SVG = "{http://www.w3.org/2000/svg}"


def charts(case: Any) -> list[str]:
    people = case.day.people
    points = people[0].trajectory if people else ()
    return [draw_trajectories(people), draw_panels(people), draw_sparkline(points, title="One")]


def test_every_chart_is_well_formed_and_says_in_words_what_it_shows(case: Any) -> None:
    for chart in charts(case):
        root = ElementTree.fromstring(chart)
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc")


def test_a_chart_needs_nothing_from_outside_and_runs_nothing(case: Any) -> None:
    for chart in charts(case):
        bare = chart.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not any(sign in bare for sign in ("http", "<script", "<image", "@import", "url("))


def test_the_same_day_draws_the_same_chart(case: Any) -> None:
    assert charts(case) == charts(case)


def test_names_are_text_not_markup(case: Any) -> None:
    people = [replace(one, name='<script>"&') for one in case.day.people]
    for chart in (draw_trajectories(people), draw_panels(people)):
        assert "<script>" not in chart
        ElementTree.fromstring(chart)


@given(st.lists(st.floats(0, 280), max_size=12))
def test_labels_never_overlap(wanted: list[float]) -> None:
    placed = sorted(place_labels(wanted, lowest=280))
    assert all(after - before >= 16.99 for before, after in pairwise(placed))
    assert not placed or placed[-1] <= 280


@pytest.mark.parametrize("ground", ["#ffffff", "#14171c"])
@pytest.mark.parametrize("colour", COLOURS)
def test_colours_stand_out_on_white_and_on_dark(colour: str, ground: str) -> None:
    """At least 3:1, as WCAG 2 asks of graphics."""
    one, other = sorted((luminance(colour), luminance(ground)))
    assert (other + 0.05) / (one + 0.05) >= 3


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_shares_are_drawn_with_both_ends_in_words() -> None:
    chart = draw_pairs([("Right depth", 0.5, 1.0)], title="Replay")
    assert "Right depth from 50 to 100 percent" in ElementTree.fromstring(chart).findtext(f"{SVG}desc", "")


def test_nothing_heard_is_said_rather_than_drawn() -> None:
    assert "Nothing to show yet" in draw_trajectories(())
    assert "Nothing heard yet" in draw_sparkline((), title="One")


def test_a_picture_for_messages_is_a_png_and_the_same_twice(case: Any) -> None:
    """None on a first day, where a dot a person says less than the line of text, and where nobody is named."""
    picture = draw_picture(case.digest)
    assert picture == draw_picture(case.digest)
    if case.day.day == 1 or not case.day.people:
        assert picture is None
    else:
        assert picture
        assert picture.startswith(b"\x89PNG")
        assert len(picture) < 400_000
    assert describe_picture(case.digest)


def test_a_long_course_names_only_its_ends() -> None:
    points = tuple((date(2026, 1, 1) + timedelta(days=i), 3.0) for i in range(90))
    assert "over 90 days" in draw_sparkline(points, title="One")
