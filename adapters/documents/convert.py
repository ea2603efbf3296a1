"""Text, CSV and HTML to Markdown. Raises Garbled, with what to do, for content that is not what its kind says."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from bot.errors import Garbled

DELIMITERS = ",;\t|"
NO_TEXT = ("script", "style", "nav", "noscript", "svg", "template", "iframe", "form", "button")


def read_text(content: bytes) -> str:
    """UTF-8 (with or without a mark), or UTF-16 with one."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Garbled(f"It is not UTF-8 text (at byte {error.start}). Save it as UTF-8.") from error
    if "\0" in text:
        raise Garbled("It holds binary data. Save it as UTF-8 text.")
    return text


def read_csv(content: bytes) -> str:
    """The rows as a Markdown table; the delimiter is guessed."""
    text = read_text(content)
    try:
        dialect = csv.Sniffer().sniff(text[:4096], DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    try:
        return make_table(list(csv.reader(io.StringIO(text, newline=""), dialect)))
    except csv.Error as error:
        raise Garbled(f"Its rows cannot be told apart ({error}). Save it as comma-separated UTF-8.") from error


def read_html(content: bytes) -> str:
    """The page's main part as Markdown, without navigation and scripts; tables and code as such."""
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    page = BeautifulSoup(content, "html.parser")
    for one in page(NO_TEXT):
        one.decompose()
    body = page.find("main") or page.find("article") or page.body or page
    text = str(MarkdownConverter(heading_style="ATX", bullets="-").convert_soup(body)).strip()
    title = page.title.get_text(strip=True) if page.title else ""
    return f"# {title}\n\n{text}" if title and "# " not in text[:2] else text


def make_table(rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table whose head is the first row; empty rows are left out, short ones filled up."""
    cells = [[show_cell(cell) for cell in row] for row in rows]
    filled = [row for row in cells if any(row)]
    if not filled:
        return ""
    width = max(len(row) for row in filled)
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in filled]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def show_cell(value: object) -> str:
    text = "" if value is None else str(value)
    return " ".join(text.replace("|", "\\|").split())
