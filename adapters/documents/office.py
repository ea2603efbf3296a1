"""PDF, Word, PowerPoint and Excel to Markdown: pages, slides and sheets become headings, tables stay tables.

The libraries are imported where they are used: they are slow to load. Anything they raise on a broken file is told as
Garbled, with what to do.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from adapters.documents.convert import make_table, read_html
from bot.errors import Garbled

if TYPE_CHECKING:
    from pptx.slide import Slide

HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
LINE_BREAK = re.compile(r"(?<![.:!?\n])\n(?=\S)")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


@contextmanager
def telling(kind: str) -> Iterator[None]:
    """Whatever goes wrong inside is told as a broken file of that kind: the libraries name no common error."""
    try:
        yield
    except Garbled:
        raise
    except Exception as error:
        raise Garbled(f"It is damaged or no {kind} file. Open it, save it anew, and put that in its place.") from error


def read_pdf(content: bytes) -> str:
    """Each page under a heading, with broken lines put together."""
    from pypdf import PdfReader

    with telling("PDF"):
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Garbled("It is locked with a password. Put an unlocked copy in its place.")
        pages = [mend(page.extract_text()) for page in reader.pages]
    return "\n\n".join(f"## Page {number}\n\n{text}" for number, text in enumerate(pages, start=1) if text)


def mend(text: str) -> str:
    """A page's text with hyphenated words and sentences broken at the line's end put together."""
    return LINE_BREAK.sub(" ", HYPHENATED.sub("", text.replace("\0", ""))).strip()


def read_docx(content: bytes) -> str:
    """Headings, lists and tables as in the document; pictures are left out."""
    import mammoth

    with telling("Word"):
        html: str = mammoth.convert_to_html(io.BytesIO(content)).value
        return IMAGE.sub("", read_html(html.encode()))


def read_pptx(content: bytes) -> str:
    """Each slide under its title: text, tables, speaker's notes."""
    from pptx import Presentation

    with telling("PowerPoint"):
        slides = Presentation(io.BytesIO(content)).slides
        return "\n\n".join(read_slide(slide, number) for number, slide in enumerate(slides, start=1))


def read_slide(slide: Slide, number: int) -> str:
    """A slide under its title, or under its number where it has none."""
    named = slide.shapes.title
    title = " ".join(named.text.split()) if named is not None else ""
    parts = [f"## {title or f'Slide {number}'}"]
    for shape in slide.shapes:
        if named is None or shape.shape_id != named.shape_id:
            parts += read_shape(shape)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        parts.append(notes.text.strip())
    return "\n\n".join(parts)


def read_shape(shape: Any) -> list[str]:
    """A shape's table, or its paragraphs: a list where there are several; a group's shapes one by one."""
    if hasattr(shape, "shapes"):
        return [part for one in shape.shapes for part in read_shape(one)]
    if getattr(shape, "has_table", False):
        return [make_table([[cell.text for cell in row.cells] for row in shape.table.rows])]
    if not shape.has_text_frame:
        return []
    lines = [(one.level, " ".join(one.text.split())) for one in shape.text_frame.paragraphs if one.text.strip()]
    if len(lines) < 2:
        return [text for _, text in lines]
    return ["\n".join(f"{'  ' * level}- {text}" for level, text in lines)]


def read_xlsx(content: bytes) -> str:
    """Each sheet as a table under its name; formulas as the values last computed."""
    from openpyxl import load_workbook

    with telling("Excel"):
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [(sheet.title, make_table(list(sheet.iter_rows(values_only=True)))) for sheet in book.worksheets]
        book.close()
    return "\n\n".join(f"## {name}\n\n{table}" for name, table in sheets if table)
