"""The go / no-go report as Markdown, held against a golden file."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt

from adapters.report.verdict_markdown import escape, to_markdown
from bot.digest.report_model import Report

GOLDEN = Path(__file__).parent / "golden" / "mixed.md"


def test_it_reads_as_agreed(mixed: Report) -> None:
    """A missing golden file is written and fails."""
    text = to_markdown(mixed)
    if not GOLDEN.exists():
        GOLDEN.write_text(text, encoding="utf-8")
        raise AssertionError("mixed.md was missing and has been written: read it, then run again")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_every_table_is_one_and_every_section_has_its_heading(report: Report) -> None:
    html = MarkdownIt("commonmark").enable("table").render(to_markdown(report))
    kinds = [type(block).__name__ for section in report.sections for block in section.blocks]
    assert html.count("<table>") == kinds.count("Table")
    assert html.count("<h2>") == len(report.sections)


def test_what_people_wrote_is_never_markup() -> None:
    told = "# A | *b* [c](d) <e> `f`\n\n- g"
    assert MarkdownIt("commonmark").render(f"x {escape(told)}") == ("<p>x # A | *b* [c](d) &lt;e&gt; `f` - g</p>\n")
