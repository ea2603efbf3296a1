"""Markdown text -> units that can be quoted whole: sentences, list items, step lists, tables, code.

A unit is never half a sentence, half a table or half a code block. Headings, rules and comments are no units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bot.trust.injection import injection

FENCE = re.compile(r"^\s*(```|~~~)")
ORDERED = re.compile(r"^\s{0,3}\d{1,3}[.)]\s+")
BULLET = re.compile(r"^\s{0,3}[-*+]\s+")
SKIPPED = re.compile(r"^\s*(#{1,6}\s|-{3,}\s*$|\*{3,}\s*$|<!--.*-->\s*$)")
RELATIVE_LINK = re.compile(r"!?\[([^\]]+)\]\((?!https?://|mailto:)[^)]*\)")
LINK = re.compile(r"\]\([^)]*\)")
DEFINITION = re.compile(r"^\*\*([^*]{2,40})\*\*\s*(?::|—|–|-)\s+\S")
# What words that take the bot over can hardly do without; a cheap look before the thorough one.
ORDERING = re.compile(r"ignor|disregard|forget|overrid|bypass|instruction|prompt|\bai\b|assistant|chatbot", re.I)
SMUGGLED = 0.8  # from this probability on: an outright override; manuals write "forget everything" for their readers
LONGEST_ITEM = 2  # sentences of a list item that is kept whole
SENTENCE_END = re.compile(r"(?<=[.!?])(?:[\"'”’)\]*_]*)\s+(?=[\"'“‘(\[*_`]*[A-Z0-9“`])")
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|no|fig|st|mr|ms|mrs|dr|prof|inc|ltd|p|pp|ca|resp|incl|excl|min|max)\.|\b[A-Z]\.)$",
    re.I,
)
LONGEST_ABBREVIATION = 12  # characters, more than enough: looked for before every end of a sentence
LEANING = re.compile(  # of a text in lower case
    r"^(?:\W*)(?:it|its|this|that|these|those|they|their|them|he|she|both|such|there|here|then|so|but|and|or|also|"
    r"however|therefore|thus|hence|otherwise|instead|neither|either|another|everything else|all others?|others|each of|"
    r"the (?:same|former|latter|other|others|rest|second|first|third)|all of|one of|none of|for (?:this|that)|"
    r"in (?:this|that|both)|afterwards|because of)\b"
)

POINTING = re.compile(  # the same
    r"\b(?:the (?:first|second|third|latter|former|same) (?:one|case|two|kind|of)|as (?:above|said))\b"
)


COUNTING = re.compile(
    r"\b(?:these|the following|below|as follows|two|three|four|five|six|seven|eight|nine|ten|[2-9])\b", re.I
)


class UnitKind(StrEnum):
    """What a unit is; TERM is a sentence that defines a word, STEPS a whole numbered list."""

    SENTENCE = "sentence"
    ITEM = "item"
    TERM = "term"
    STEPS = "steps"
    TABLE = "table"
    CODE = "code"

    @property
    def is_prose(self) -> bool:
        return self in (UnitKind.SENTENCE, UnitKind.ITEM, UnitKind.TERM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """`block` counts the blocks of its text, `order` the units. `lead` is the line that introduces a list, table or
    code ("" where nothing does). `leans`: it cannot stand without the unit before it. `introduces`: it is about the
    table, list or code after it."""

    kind: UnitKind
    text: str
    block: int
    order: int
    lead: str = ""
    leans: bool = False
    introduces: bool = False


@lru_cache(maxsize=4096)
def split_units(text: str) -> tuple[Unit, ...]:
    """The units of a Markdown text, in order."""
    units: list[Unit] = []
    lead = ""
    for number, block in enumerate(split_blocks(text)):
        kind = kind_of_block(block)
        found = [one for one in make_units(block, kind, lead) if not smuggles(one.text)]
        introduces = kind is UnitKind.SENTENCE and found and found[-1].text.endswith(":")
        lead = found.pop().text if introduces else ""
        units += [place_unit(one, number, len(units) + place) for place, one in enumerate(found)]
    terms = sum(one.kind is UnitKind.TERM for one in units)
    return tuple(settle_kind(unit, units, terms) for unit in units)


def smuggles(text: str) -> bool:
    """Whether words of a document order the bot about, so that they are not for its reader: never quoted."""
    return bool(ORDERING.search(text)) and injection(text, "document") >= SMUGGLED


def place_unit(unit: Unit, block: int, order: int) -> Unit:
    """The unit with its numbers; the first of a text leans on nothing."""
    return Unit(
        kind=unit.kind, text=unit.text, block=block, order=order, lead=unit.lead, leans=unit.leans and order > 0
    )


def settle_kind(unit: Unit, units: list[Unit], terms: int) -> Unit:
    """The unit in the light of all: an item with a bold lead defines a term only where most others do too, and a
    sentence that counts ("four faults …") before a table or list introduces that."""
    if unit.kind is UnitKind.TERM and 2 * terms < max(4, len(units)):
        return replace(unit, kind=UnitKind.ITEM)
    follower = units[unit.order + 1] if unit.order + 1 < len(units) else unit
    introduces = unit.kind.is_prose and not follower.kind.is_prose and bool(COUNTING.search(unit.text))
    return replace(unit, introduces=True) if introduces else unit


def split_blocks(text: str) -> Iterator[list[str]]:
    """Runs of lines that belong together: a fence with its code, a table, a list, a paragraph."""
    block: list[str] = []
    fence = ""
    for line in text.splitlines():
        mark = FENCE.match(line)
        if fence:
            block.append(line)
            if mark and mark[1] == fence:
                fence = ""
                if FENCE.match(block[0]) and not line.startswith(" "):
                    yield block
                    block = []
            continue
        if starts_block(line, block):
            if block:
                yield block
            block = []
        if mark:
            fence = mark[1]
        if line.strip() and not SKIPPED.match(line):
            block.append(line)
    if block:
        yield block


def starts_block(line: str, block: list[str]) -> bool:
    """Whether `line` cannot belong to the block read so far."""
    if not line.strip():
        return not (block and is_list(block[0]))
    if SKIPPED.match(line) or not block:
        return True
    if is_list(block[0]):
        own_kind = BULLET if BULLET.match(block[0]) else ORDERED
        return not (own_kind.match(line) or line.startswith((" ", "\t")))
    if FENCE.match(line) or is_list(line):
        return True
    return line.lstrip().startswith("|") != block[0].lstrip().startswith("|")


def is_list(line: str) -> bool:
    return bool(BULLET.match(line) or ORDERED.match(line))


def kind_of_block(block: list[str]) -> UnitKind:
    """What a block is, by its first line."""
    first = block[0]
    if FENCE.match(first):
        return UnitKind.CODE
    if first.lstrip().startswith("|"):
        return UnitKind.TABLE
    if ORDERED.match(first):
        return UnitKind.STEPS
    return UnitKind.ITEM if BULLET.match(first) else UnitKind.SENTENCE


def make_units(block: list[str], kind: UnitKind, lead: str) -> list[Unit]:
    """A block's units; `block` and `order` are numbered by the caller."""
    if kind in (UnitKind.CODE, UnitKind.TABLE, UnitKind.STEPS):
        return [Unit(kind=kind, text=unlink("\n".join(block)).rstrip(), block=0, order=0, lead=lead)]
    if kind is UnitKind.ITEM:
        return [unit for item in join_items(block) for unit in item_units(item, lead)]
    text = unlink(" ".join(line.strip().removeprefix(">").strip() for line in block))
    return [sentence_unit(one) for one in split_sentences(text)]


def item_units(text: str, lead: str) -> list[Unit]:
    """A list item as one unit, or as its sentences where it is a paragraph of its own."""
    if DEFINITION.match(text) and not lead:
        return [Unit(kind=UnitKind.TERM, text=text, block=0, order=0)]
    sentences = split_sentences(text)
    if len(sentences) <= LONGEST_ITEM:
        return [Unit(kind=UnitKind.ITEM, text=text, block=0, order=0, lead=lead)]
    return [sentence_unit(one) for one in sentences]


def sentence_unit(text: str) -> Unit:
    kind = UnitKind.TERM if DEFINITION.match(text) else UnitKind.SENTENCE
    return Unit(kind=kind, text=text, block=0, order=0, leans=leans(text))


def leans(sentence: str) -> bool:
    """Whether a sentence points back at what stands before it."""
    low = sentence.lower()
    return bool(LEANING.match(low) or POINTING.search(low))


def join_items(block: list[str]) -> list[str]:
    """The items of an unordered list, each on one line, without its marker; nested items are part of theirs."""
    items: list[str] = []
    for line in block:
        if BULLET.match(line):
            items.append(BULLET.sub("", line).strip())
        elif line.strip():
            items[-1] += " " + re.sub(r"^\s*[-*+]\s+", "", line).strip()
    return [unlink(one) for one in items if one]


def unlink(text: str) -> str:
    """Links within the documents as plain words: they lead nowhere in a chat."""
    return RELATIVE_LINK.sub(r"\1", text)


def split_sentences(text: str) -> list[str]:
    """The sentences of one paragraph; never splits inside a code span, a link or after an abbreviation."""
    sentences: list[str] = []
    start = 0
    marked = "`" in text or "[" in text
    for end in SENTENCE_END.finditer(text):
        piece = text[start : end.end()].strip()
        if is_abbreviated(text, end.start()) or (marked and is_inside(piece)):
            continue
        sentences.append(piece)
        start = end.end()
    last = text[start:].strip()
    return [*sentences, last] if last else sentences


def is_abbreviated(text: str, end: int) -> bool:
    """Whether an abbreviation ends there."""
    return text[end - 1] == "." and ABBREVIATION.search(text, max(0, end - LONGEST_ABBREVIATION), end) is not None


def is_inside(piece: str) -> bool:
    """Whether a piece of text ends within a code span or a link."""
    if piece.count("`") % 2 == 1 or piece.count("[") > piece.count("]"):
        return True
    return piece.count("](") != len(LINK.findall(piece))
