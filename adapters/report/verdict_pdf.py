"""The go / no-go report as a PDF of A4 pages, its charts as vectors; the same report gives the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import Final, assert_never

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from adapters.report.verdict_svg import INK, draw_svg, size_of
from bot.digest.report_model import Block, Bullets, Chart, Report, Section, Table, Ticks, Tone
from bot.pilot.figures import say_day

SOFT: Final = "#5b6673"
LINE: Final = "#d5dae1"
TONES: Final = {Tone.GOOD: "#1a7a4f", Tone.MIDDLING: "#94600f", Tone.BAD: "#b93526", Tone.PLAIN: INK}
MARGIN: Final = 16.0  # millimetres, as all lengths here
BODY, SMALL, TITLE, HEADING = 9.5, 8.0, 20.0, 13.0  # points
HEAD: Final = 24.0  # what a section's heading and lead take, at most
SHORT: Final = 8  # rows or items, up to which a block stays on one page
FONT: Final = "DejaVu"
FILES: Final = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf", "I": "DejaVuSans-Oblique.ttf"}


class Paper(FPDF):
    """A4 pages with the report's name and a number at the foot."""

    foot = ""

    def footer(self) -> None:
        """What stands below every page."""
        self.set_y(-12)
        self.set_font(FONT, size=7.5)
        self.set_text_color(SOFT)
        self.cell(0, 5, self.foot)
        self.set_x(self.l_margin)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")


def to_pdf(report: Report) -> bytes:
    """The report as PDF."""
    pdf = open_paper(report)
    write_top(pdf, report)
    for section in report.sections:
        write_section(pdf, section)
    pdf.ln(6)
    write(pdf, report.footnote, size=SMALL, colour=SOFT)
    return bytes(pdf.output())


def open_paper(report: Report) -> Paper:
    """An empty first page, with fonts that know more than Western European letters."""
    pdf = Paper(format="A4")
    for style, name in FILES.items():
        pdf.add_font(FONT, style, find_fonts() / name)
    pdf.set_creation_date(datetime.combine(report.on, time(), UTC))
    pdf.set_title(f"{report.title}: {report.recommendation}")
    pdf.set_lang("en")
    pdf.foot = f"{report.title} · go or no-go · {say_day(report.on)}"
    pdf.c_margin = 0
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, margin=18)
    pdf.add_page()
    return pdf


def find_fonts() -> Path:
    """The folder of DejaVu fonts that matplotlib brings along; it is only looked up, not imported."""
    found = find_spec("matplotlib")
    assert found
    assert found.origin
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


def write(pdf: FPDF, words: str, *, size: float = BODY, colour: str = INK, style: str = "") -> None:
    """A paragraph across the page."""
    pdf.set_font(FONT, style, size)
    pdf.set_text_color(colour)
    pdf.multi_cell(0, size * 0.5, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def write_top(pdf: FPDF, report: Report) -> None:
    """The title, the recommendation in a box, and the figures."""
    write(pdf, "GO OR NO-GO", size=SMALL, colour="#2f5fd0", style="B")
    write(pdf, report.title, size=TITLE, style="B")
    pdf.ln(1)
    write(pdf, report.subtitle, colour=SOFT)
    pdf.ln(4)
    top, tone = pdf.get_y(), TONES[report.tone]
    pdf.set_left_margin(MARGIN + 6)
    pdf.set_xy(MARGIN + 6, top + 3)
    write(pdf, report.recommendation[:1].upper() + report.recommendation[1:], size=15, colour=tone, style="B")
    pdf.ln(0.5)
    write(pdf, report.sentence, size=10.5)
    bottom = pdf.get_y() + 3
    pdf.set_left_margin(MARGIN)
    with pdf.local_context(fill_color=tone):
        pdf.rect(MARGIN, top, 1.6, bottom - top, style="F")
    with pdf.local_context(draw_color=LINE, line_width=0.2):
        pdf.rect(MARGIN, top, pdf.epw, bottom - top, style="D")
    pdf.set_xy(MARGIN, bottom + 4)
    write_facts(pdf, report)


def write_facts(pdf: FPDF, report: Report) -> None:
    """The figures side by side."""
    top, wide = pdf.get_y(), pdf.epw / max(1, len(report.facts))
    lowest = top
    for i, (value, words) in enumerate(report.facts):
        for part, size, style, colour in ((value, 12.5, "B", INK), (words, 7.5, "", SOFT)):
            pdf.set_x(MARGIN + wide * i)
            pdf.set_font(FONT, style, size)
            pdf.set_text_color(colour)
            pdf.multi_cell(wide - 3, size * 0.46, part, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        lowest = max(lowest, pdf.get_y())
        pdf.set_y(top)
    pdf.set_y(lowest + 2)


def write_section(pdf: FPDF, section: Section) -> None:
    """A section; its heading stays with what follows."""
    if pdf.will_page_break(HEAD + measure(pdf, section.blocks[0])):
        pdf.add_page()
    else:
        pdf.ln(5)
    pdf.set_font(FONT, "B", HEADING)
    pdf.start_section(section.title)
    write(pdf, section.title, size=HEADING, style="B")
    pdf.ln(1)
    if section.lead:
        write(pdf, section.lead, colour=SOFT)
        pdf.ln(1.5)
    for block in section.blocks:
        write_block(pdf, block)
        pdf.ln(2.5)


def measure(pdf: FPDF, block: Block) -> float:
    """What a block takes, roughly: all of a chart and of what is short, the beginning of what is long."""
    if isinstance(block, Chart):
        width, height = size_of(block.svg)
        return pdf.epw * height / width + 12
    rows = len(block.rows) if isinstance(block, Table) else len(block.items)
    return 24 if rows > SHORT else 12 + 7 * rows


def write_block(pdf: FPDF, block: Block) -> None:
    """One block; a short one stays on one page, and a title with what it is of."""
    if isinstance(block, Chart):
        write_chart(pdf, block)
        return
    if pdf.will_page_break(measure(pdf, block)):
        pdf.add_page()
    if block.title:
        write(pdf, block.title, style="B")
        pdf.ln(0.5)
    if isinstance(block, Bullets):
        for item in block.items:
            write_marked(pdf, "•", item)
    elif isinstance(block, Table):
        write_table(pdf, block)
    elif isinstance(block, Ticks):
        for done, what, evidence, who in block.items:
            told = evidence if done else f"{evidence}. Open: {who}."
            write_marked(pdf, "✓" if done else "☐", f"{what}: {told}", TONES[Tone.GOOD if done else Tone.MIDDLING])
    else:
        assert_never(block)


def write_marked(pdf: FPDF, mark: str, words: str, colour: str = INK) -> None:
    """A line with a mark before it, its words hanging."""
    if pdf.will_page_break(BODY * 0.5):
        pdf.add_page()
    pdf.set_font(FONT, "B", BODY)
    pdf.set_text_color(colour)
    pdf.cell(5, BODY * 0.5, mark)
    pdf.set_left_margin(MARGIN + 5)
    write(pdf, words)
    pdf.set_left_margin(MARGIN)
    pdf.set_xy(MARGIN, pdf.get_y() + 0.8)


def write_chart(pdf: FPDF, chart: Chart) -> None:
    """A chart across the page, with its line below, on one page."""
    width, height = size_of(chart.svg)
    high = pdf.epw * height / width
    if pdf.will_page_break(measure(pdf, chart)):
        pdf.add_page()
    top = pdf.get_y()
    draw_svg(pdf, chart.svg, left=MARGIN, top=top, width=pdf.epw)
    pdf.set_xy(MARGIN, top + high + 1)
    write(pdf, chart.caption, size=SMALL, colour=SOFT)


def write_table(pdf: FPDF, table: Table) -> None:
    """A table whose heads return on every page."""
    pdf.set_font(FONT, "", SMALL)
    pdf.set_text_color(INK)
    pdf.set_draw_color(LINE)
    pdf.set_line_width(0.2)
    with pdf.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=table.widths,
        headings_style=FontFace(emphasis="BOLD", color=SOFT),
        line_height=SMALL * 0.5,
        padding=(0.9, 2, 0.9, 0),
        text_align="LEFT",
        v_align="TOP",
    ) as drawn:
        drawn.row(table.heads)
        for row in table.rows:
            line = drawn.row()
            for i, cell in enumerate(row.cells):
                toned = i == table.toned and row.tone is not Tone.PLAIN
                line.cell(cell, style=FontFace(emphasis="BOLD", color=TONES[row.tone]) if toned else None)
