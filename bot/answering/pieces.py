"""A written answer -> pieces that can be judged and taken out one by one, and back.

A piece is a sentence of a paragraph, a list item, or a whole table or code block. A sentence without a marker of its
own rests on the next marker in its paragraph or item; a table or code block, on the line that introduces it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.sentences import FENCE, split_sentences

MARKER = re.compile(r"\[(\d{1,2})\](?!\()")
TRAILING = re.compile(r"([.!?:…][\"”’)*_]*)((?:\s*\[\d{1,2}\](?!\())+)")
MOVED = re.compile(r"((?:\[\d{1,2}\])+)([.!?:…][\"”’)*_]*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """`part` and `line` say where it stands; `markers` are its own, `support` those it rests on; `prefix` is the list
    marker before it; `prose` is False for tables, code and lines that introduce something."""

    part: int
    line: int
    text: str
    markers: tuple[int, ...]
    support: tuple[int, ...]
    prefix: str = ""
    prose: bool = True


def split_pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of an answer in Markdown, in order."""
    pieces: list[Piece] = []
    before: tuple[int, ...] = ()
    for number, part in enumerate(split_parts(text)):
        found = split_whole(part, number, before) if is_whole(part) else split_part(part, number)
        pieces += found
        before = found[-1].support if found else before
    return tuple(pieces)


def split_parts(text: str) -> list[str]:
    """Paragraphs, lists, tables and code blocks: divided by blank lines outside code."""
    parts: list[list[str]] = [[]]
    fenced = False
    for line in text.splitlines():
        if FENCE.match(line):
            fenced = not fenced
        if line.strip() or fenced:
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return ["\n".join(part) for part in parts if part]


def is_whole(part: str) -> bool:
    """Tables, code, and numbered lists without markers are judged as one."""
    return part.lstrip().startswith(("|", "```", "~~~")) or (
        bool(re.match(r"\s*\d+[.)]\s", part)) and not MARKER.search(part)
    )


def split_whole(part: str, number: int, before: tuple[int, ...]) -> list[Piece]:
    return [Piece(part=number, line=0, text=part, markers=(), support=before, prose=False)]


def split_part(part: str, number: int) -> list[Piece]:
    """Sentences, line by line. A line that ends with a colon introduces what follows and rests on that."""
    pieces: list[Piece] = []
    for place, line in enumerate(part.splitlines()):
        prefix = re.match(r"\s*(?:[-*+]|\d+[.)])?\s*", line)
        start = prefix.end() if prefix else 0
        sentences = split_marked(line[start:])
        found = [
            Piece(
                part=number,
                line=place,
                text=sentence,
                markers=markers_of(sentence),
                support=markers_of(sentence),
                prefix=line[:start] if first else "",
                prose=not MARKER.sub("", sentence).rstrip().endswith(":"),
            )
            for first, sentence in zip([True, *[False] * len(sentences)], sentences, strict=False)
        ]
        pieces += lend_support(found)
    return pieces


def split_marked(line: str) -> list[str]:
    """Sentences, each with the markers that trail it: "so. [1]" is "so[1]." while splitting."""
    moved = TRAILING.sub(lambda match: f"{''.join(match[2].split())}{match[1]}", line)
    return [MOVED.sub(r"\2 \1", one) for one in split_sentences(moved)]


def markers_of(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(one) for one in MARKER.findall(text)))


def lend_support(pieces: Sequence[Piece]) -> list[Piece]:
    """Each piece without a marker rests on the next one that has some."""
    lent: list[Piece] = []
    support: tuple[int, ...] = ()
    for piece in reversed(pieces):
        support = piece.markers or support
        lent.append(replace(piece, support=support))
    return lent[::-1]


def join_pieces(pieces: Sequence[Piece]) -> str:
    """Markdown again; an introducing line whose follow-up is gone goes too."""
    kept = [one for place, one in enumerate(pieces) if one.prose or not is_orphan(one, pieces[place + 1 :])]
    lines: dict[tuple[int, int], str] = {}
    for one in kept:
        at = (one.part, one.line)
        lines[at] = f"{lines[at]} {one.text}" if at in lines else one.prefix + one.text
    parts: dict[int, list[str]] = {}
    for (part, _), line in lines.items():
        parts.setdefault(part, []).append(line)
    return "\n\n".join("\n".join(part) for part in parts.values())


def is_orphan(piece: Piece, following: Sequence[Piece]) -> bool:
    """Whether a line introduces something that is no longer there."""
    introduces = MARKER.sub("", piece.text).rstrip().endswith(":") and not is_whole(piece.text)
    return introduces and not any(one.part in (piece.part, piece.part + 1) for one in following)
