"""The go / no-go report as a page: it stands alone, is well formed, and escapes what people wrote."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

from adapters.report.verdict_html import to_html
from bot.digest.report_model import Bullets, Chart, Report, Section, Tone

VOID = frozenset({"meta", "br", "link", "img", "hr", "input"})


class Balance(HTMLParser):
    """Which tags are open, and every name and address met."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.met: set[str] = set()
        self.ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.add(tag)
        given = dict(attrs)
        self.ids |= {one for one in (given.get("id"),) if one}
        self.links |= {one for one in (given.get("href"), given.get("src")) if one}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(report: Report) -> Balance:
    parser = Balance()
    parser.feed(to_html(report))
    parser.close()
    return parser


def test_every_tag_is_closed_and_nothing_comes_from_outside(report: Report) -> None:
    page = read(report)
    assert page.open == []
    assert not page.met & {"script", "link", "img", "iframe", "object"}
    assert all(one.startswith("#") for one in page.links)
    assert not re.search(r"@import|url\(", to_html(report))


def test_every_section_can_be_jumped_to(report: Report) -> None:
    page = read(report)
    assert {f"#{one.id}" for one in report.sections} == page.links
    assert {one.id for one in report.sections} <= page.ids


def test_the_recommendation_comes_before_what_it_rests_on(mixed: Report) -> None:
    page = to_html(mixed)
    assert page.index(mixed.sentence) < page.index("<section")


def test_every_chart_says_what_it_shows_to_those_who_do_not_see_it(mixed: Report) -> None:
    charts = [block for section in mixed.sections for block in section.blocks if isinstance(block, Chart)]
    assert len(charts) >= 4
    assert all(re.search(r'role="img"><title>[^<]+</title><desc>[^<]+</desc>', one.svg) for one in charts)


def test_what_people_wrote_is_never_markup() -> None:
    told = "<script>alert(1)</script> & <b>"
    report = Report(
        title=told,
        recommendation="go",
        tone=Tone.GOOD,
        sentence=told,
        subtitle=told,
        facts=((told, told),),
        sections=(Section("why", told, told, (Bullets((told,), told),)),),
        footnote=told,
        on=date(2026, 11, 2),
    )
    page = to_html(report)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == page.count("alert(1)") > 8
