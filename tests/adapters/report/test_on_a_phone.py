"""The pages on a phone: nothing asks for more room across than there is; what needs more scrolls where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import adapters.report

PHONE = 300  # pixels: what a narrow phone leaves inside the margins
TEMPLATES = sorted(Path(adapters.report.__file__).parent.glob("*.html.j2"))
PAGES = [one for one in TEMPLATES if "<html" in one.read_text(encoding="utf-8")]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)
def test_no_column_of_a_grid_is_wider_than_a_phone(template: Path) -> None:
    least = re.findall(r"minmax\((\d+)px", template.read_text(encoding="utf-8"))
    assert [one for one in least if int(one) >= PHONE] == []


@pytest.mark.parametrize("template", PAGES, ids=lambda one: one.name)
def test_charts_stay_readable_and_wide_tables_scroll(template: Path) -> None:
    page = template.read_text(encoding="utf-8")
    (narrow,) = re.findall(r"@media \(max-width:\d+px\) \{(.*?)\n@media", page, re.S)
    assert "figure svg { min-width:" in narrow
    assert "table" in narrow
    assert re.search(r"figure \{[^}]*overflow-x:auto", page)
