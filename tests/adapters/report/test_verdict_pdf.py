"""The go / no-go report as PDF: every word of it is there, page by page, with charts as vectors."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from adapters.report.verdict_pdf import to_pdf
from adapters.report.verdict_svg import DRAWN
from bot.digest.report_model import Bullets, Chart, Report, Table, Ticks

DESCRIBING = {"title", "desc", "style"}


def read(report: Report) -> PdfReader:
    return PdfReader(BytesIO(to_pdf(report)))


def squeeze(text: str) -> str:
    """Text without white space: where lines break is not what is told."""
    return re.sub(r"\s+", "", text)


def test_every_word_is_in_it(report: Report) -> None:
    held = squeeze(
        "".join(re.sub(r".*go or no-go ·.*\n?.*/ \d+", "", page.extract_text()) for page in read(report).pages)
    )
    assert squeeze(report.sentence) in held
    for section in report.sections:
        assert squeeze(section.title) in held
        for block in section.blocks:
            if isinstance(block, Bullets):
                assert all(squeeze(item) in held for item in block.items)
            elif isinstance(block, Ticks):
                assert all(squeeze(what) in held for _, what, _, _ in block.items)
            elif isinstance(block, Table):
                words = {word for row in block.rows for cell in row.cells for word in cell.split()}
                assert {word for word in words if word not in held} == set()


def test_it_has_a_title_a_language_bookmarks_and_numbered_pages(mixed: Report) -> None:
    paper = read(mixed)
    assert paper.metadata
    assert paper.metadata.title == "Support answers: go with conditions"
    assert [one["/Title"] for one in paper.outline] == [one.title for one in mixed.sections]
    last = len(paper.pages)
    assert f"{last} / {last}" in paper.pages[-1].extract_text()


def test_the_same_report_gives_the_same_bytes(mixed: Report) -> None:
    assert to_pdf(mixed) == to_pdf(mixed)


def test_it_needs_no_picture_and_no_font_from_outside(mixed: Report) -> None:
    for page in read(mixed).pages:
        assert not page.images
    assert b"/FontFile2" in to_pdf(mixed)


def test_every_element_of_every_chart_is_one_that_can_be_drawn(report: Report) -> None:
    """A new element in a chart must not be lost in silence."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Chart):
                names = {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(block.svg)}
                assert names <= {*DRAWN, *DESCRIBING}


@pytest.mark.parametrize("name", ["Übergröße “Pilot” — Łódź → ≥", "Опыт поддержки", "A" * 300])
def test_names_in_other_alphabets_and_very_long_ones_are_written(mixed: Report, name: str) -> None:
    text = "".join(page.extract_text() for page in read(replace(mixed, title=name)).pages)
    assert squeeze(name) in squeeze(text)
