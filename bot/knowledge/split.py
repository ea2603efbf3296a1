"""A document's Markdown, split into passages by its headings. Tables, code and lists stay whole.

What is not here: reading files (see `adapters/documents.py`) and searching passages (see `index.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.model import Document, Passage

LONGEST = 1_400  # characters of a passage before the next block starts a new one: about what one screen shows
HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$")
FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
SETEXT = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])")
MARKS = re.compile(r"[*_`]|!?\[([^\]]*)\]\([^)]*\)")
SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading: the headings above it, outermost first, and its blocks."""

    path: tuple[str, ...]
    blocks: tuple[str, ...]


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in order. Each knows its headings, readers, date and language.

    A block (paragraph, list, table, fenced code) is never cut, save a paragraph that alone is too long, which is cut
    between sentences, and a table, which is cut between rows and repeats its head.
    """
    pieces = [(section.path, piece) for section in find_sections(document.text) for piece in pack(section.blocks)]
    return tuple(make_passage(document, path, piece, position) for position, (path, piece) in enumerate(pieces))


def make_passage(document: Document, path: Sequence[str], text: str, position: int) -> Passage:
    """A passage of that document; the document's own title is left out where its first heading repeats it."""
    headings = path if path and path[0].lower() == document.title.lower() else (document.title, *path)
    return Passage(
        id=f"{document.path}#{position}",
        document=document.path,
        title=SEPARATOR.join(one for one in headings if one),
        text=text,
        position=position,
        updated=document.updated,
        language=document.language,
        readers=document.readers,
        link=document.link,
    )


def find_sections(text: str) -> Iterator[Section]:
    """The sections of a Markdown text that hold anything besides their heading."""
    path: dict[int, str] = {}
    blocks: list[str] = []
    for block in find_blocks(clean(text)):
        heading = HEADING.match(block)
        if not heading:
            blocks.append(block)
            continue
        if blocks:
            yield Section(tuple(path[level] for level in sorted(path)), tuple(blocks))
            blocks = []
        level = len(heading[1])
        path = {above: title for above, title in path.items() if above < level}
        path[level] = plain(heading[2])
    if blocks:
        yield Section(tuple(path[level] for level in sorted(path)), tuple(blocks))


def clean(text: str) -> str:
    """Without front matter and comments; line ends as \\n; underlined headings as # ones."""
    text = FRONT_MATTER.sub("", text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    return COMMENT.sub("", text)


def plain(heading: str) -> str:
    """A heading without its emphasis, code marks and links."""
    return MARKS.sub(lambda mark: mark[1] or "", heading).strip()


def find_blocks(text: str) -> Iterator[str]:
    """Headings, paragraphs, lists, tables and fenced code, each as one block of lines."""
    block: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if fence:
            block.append(line)
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
            block.append(line)
        elif HEADING.match(line):
            yield from flush(block)
            yield line.strip()
        elif len(block) == 1 and SETEXT.match(line) and is_prose(block[0]):
            yield f"{'#' if '=' in line else '##'} {block.pop().strip()}"
        elif not line.strip():
            yield from flush(block)
        else:
            block.append(line)
    yield from flush(block)


def is_prose(line: str) -> bool:
    return not LIST_ITEM.match(line) and not line.lstrip().startswith(("|", ">"))


def flush(block: list[str]) -> Iterator[str]:
    """Give the block's text, if any, and empty it."""
    text = "\n".join(block).strip("\n")
    block.clear()
    if text.strip():
        yield text


def pack(blocks: Sequence[str]) -> Iterator[str]:
    """Blocks of one section put together up to the longest passage; what introduces a list or table stays with it."""
    piece: list[str] = []
    for part in (part for block in blocks for part in cut(block)):
        size = sum(len(one) + 2 for one in piece) + len(part)
        if piece and size > LONGEST and not piece[-1].rstrip().endswith(":"):
            yield "\n\n".join(piece)
            piece = []
        piece.append(part)
    if piece:
        yield "\n\n".join(piece)


def cut(block: str) -> Iterator[str]:
    """The block itself, or its parts where it alone is too long and may be cut."""
    if len(block) <= LONGEST or FENCE.match(block):
        yield block
    elif block.lstrip().startswith("|"):
        yield from cut_table(block)
    elif LIST_ITEM.match(block):
        yield from gather(re.split(r"\n(?=(?:[-*+]|\d+[.)])\s)", block), "\n")
    else:
        yield from gather(SENTENCE_END.split(block), " ")


def cut_table(block: str) -> Iterator[str]:
    """A long table, between rows, each part under the table's head."""
    rows = block.split("\n")
    head, body = rows[:2], rows[2:]
    for part in gather(body, "\n"):
        yield "\n".join((*head, part))


def gather(parts: Sequence[str], joint: str) -> Iterator[str]:
    """Parts joined up to the longest passage."""
    held = ""
    for part in parts:
        if held and len(held) + len(part) > LONGEST:
            yield held
            held = ""
        held = f"{held}{joint}{part}" if held else part
    if held:
        yield held
