"""The go / no-go report as Markdown: for a wiki, a mail, or a diff. Charts are told by their
descriptions, where no table says the same."""

from __future__ import annotations

import re
from html import unescape
from typing import assert_never

from bot.digest.report_model import Block, Bullets, Chart, Report, Section, Table, Ticks

DESCRIBED = re.compile(r"<title>(.*?)</title><desc>(.*?)</desc>", re.DOTALL)
SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def to_markdown(report: Report) -> str:
    """The report; the same report gives the same text."""
    facts = [f"- {escape(value)} {escape(words)}" for value, words in report.facts]
    parts = [
        f"# {escape(report.title)}: {report.recommendation}",
        f"**{report.sentence}**",
        escape(report.subtitle),
        "\n".join(facts),
        *(part for section in report.sections for part in write_section(section)),
        "---",
        escape(report.footnote),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def write_section(section: Section) -> list[str]:
    """A section's parts, its title first."""
    return [
        f"## {escape(section.title)}",
        escape(section.lead),
        *(part for block in section.blocks for part in write_block(block)),
    ]


def write_block(block: Block) -> list[str]:
    """A block's parts."""
    if isinstance(block, Chart):
        title, told = describe(block)
        return [] if block.repeats else [f"*{escape(title)}.* {escape(told)} {escape(block.caption)}"]
    heading = [f"### {escape(block.title)}"] if block.title else []
    if isinstance(block, Bullets):
        return [*heading, "\n".join(f"- {escape(item)}" for item in block.items)]
    if isinstance(block, Table):
        return [*heading, write_table(block)]
    if isinstance(block, Ticks):
        lines = [
            f"- [{'x' if done else ' '}] {escape(what)}: {escape(evidence)}{'' if done else f' (open: {escape(who)})'}"
            for done, what, evidence, who in block.items
        ]
        return [*heading, "\n".join(lines)]
    assert_never(block)


def write_table(table: Table) -> str:
    """A table of pipes."""
    rows = [table.heads, *(row.cells for row in table.rows)]
    lines = ["| " + " | ".join(map(escape, cells)) + " |" for cells in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(table.heads), *lines[1:]])


def describe(chart: Chart) -> tuple[str, str]:
    """A chart's own title and description, as those read it who do not see it."""
    found = DESCRIBED.search(chart.svg)
    return (unescape(found[1]), unescape(found[2])) if found else ("", "")


def escape(text: str) -> str:
    """Text with nothing in it that Markdown would take as markup."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
