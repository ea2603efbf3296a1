"""Chosen units -> Markdown: paragraphs, bullets, steps, tables and code, with citation markers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bot.answering.compose_select import Candidate
from bot.answering.sentences import UnitKind
from bot.knowledge.model import Passage, Term


@dataclass(slots=True)
class Marks:
    """Numbers the passages as they are cited: the first cited is [1]."""

    passages: tuple[Passage, ...]
    cited: list[str] = field(default_factory=list)
    ids: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.ids = frozenset(one.id for one in self.passages)

    def of(self, rank: int) -> str:
        return self.of_id(self.passages[rank].id)

    def of_id(self, passage: str) -> str:
        if passage not in self.cited:
            self.cited.append(passage)
        return f"[{self.cited.index(passage) + 1}]"

    def holds(self, passage: str) -> bool:
        return passage in self.ids


def write_bottom_line(one: Candidate, marks: Marks) -> str:
    """The opening sentence on its own line."""
    return f"{closed(one.unit.text)} {marks.of(one.rank)}"


def write_terms(terms: Sequence[Term], marks: Marks) -> list[str]:
    """The words used here and what they mean, as one list."""
    return ["In plain words:\n" + "\n".join(f"- {write_term(term, marks)}" for term in terms)] if terms else []


def write_term(term: Term, marks: Marks) -> str:
    """A word and its meaning, cited where a passage at hand defines it."""
    mark = f" {marks.of_id(term.passage)}" if marks.holds(term.passage) else ""
    return f"**{term.name}**: {closed(term.meaning)}{mark}"


def write_blocks(chosen: Sequence[Candidate], form: str, marks: Marks) -> list[str]:
    """Everything after the bottom line, passage by passage in the order given, inside each as it was written. What goes
    on from the passage cited first needs no heading of its own."""
    parts: list[str] = []
    opened = set(marks.cited)
    for rank, members in groupby(chosen, key=lambda one: one.rank):
        label = form == "bullets" and marks.passages[rank].id not in opened
        parts += write_passage(list(members), marks.of(rank), bullets=form == "bullets", label=label)
    return join_bullets(parts) if form == "bullets" else parts


def write_passage(members: list[Candidate], mark: str, *, bullets: bool, label: bool) -> list[str]:
    """What was chosen from one passage: sentences run together, lists, tables and code kept as they were."""
    parts: list[str] = []
    for kind, run in groupby(members, key=lambda one: (family(one), one.unit.block if one.unit.lead else -1)):
        units = list(run)
        if kind[0] == "prose":
            parts.append(write_sentences(units, mark, bullet=bullets, label=label and not parts))
        elif kind[0] == "items":
            parts.append(write_items(units, mark))
        else:
            headed = any(part.startswith(("**", "- **")) for part in parts)
            parts += [write_whole(one, mark, headed=headed or place > 0) for place, one in enumerate(units)]
    return parts


def family(one: Candidate) -> str:
    if one.unit.kind in (UnitKind.ITEM, UnitKind.TERM):
        return "items"
    return "prose" if one.unit.kind.is_prose else "whole"


def write_sentences(units: Sequence[Candidate], mark: str, *, bullet: bool, label: bool) -> str:
    """One paragraph, or one bullet, with its marker at the end; `label` puts the passage's heading before it."""
    text = " ".join(closed(one.unit.text) for one in units)
    heading = f"**{units[0].page.heading}**: " if label and units[0].page.heading else ""
    return f"{'- ' if bullet else ''}{heading}{text} {mark}"


def write_items(units: Sequence[Candidate], mark: str) -> str:
    """List items under the line that introduces them."""
    lead = units[0].unit.lead
    lines = [f"- {one.unit.text} {mark}" for one in units]
    return "\n".join([lead, *lines] if lead else lines)


def write_whole(one: Candidate, mark: str, *, headed: bool) -> str:
    """A table, numbered list or code as it stands, under a line that introduces and cites it: its own, else the
    passage's heading, else, where that stands above already, a word."""
    then = "And" if one.unit.kind is UnitKind.TABLE else "Then"
    lead = one.unit.lead.removesuffix(":") or (then if headed else f"**{one.page.heading}**")
    return f"{lead}: {mark}\n\n{one.unit.text}"


def join_bullets(parts: Iterable[str]) -> list[str]:
    """Neighbouring bullets as one list."""
    joined: list[str] = []
    for part in parts:
        if part.startswith("- ") and joined and joined[-1].startswith("- "):
            joined[-1] += "\n" + part
        else:
            joined.append(part)
    return joined


def closed(sentence: str) -> str:
    """With a full stop where nothing ends it."""
    return sentence if re.search(r"[.!?:…][\"'”’)\]*_`]*$", sentence) else f"{sentence}."
