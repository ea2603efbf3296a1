"""Checking an answer before anyone sees it, whichever engine wrote it: cited, grounded, discreet, within the plan.

A sentence that fails is taken out; where nothing is left the draft fails as a whole and the caller falls back. This
compares words with the cited passages: it finds invented numbers, names, versions and links, not false reasoning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering.check_claims import claims_of, find_unsupported, is_framing
from bot.answering.model import Draft, Plan
from bot.answering.pieces import Piece, join_pieces, split_pieces
from bot.knowledge.model import Passage, Ranked, Term
from bot.turn import Audience

EVERYDAY_VALUES = frozenset(  # of beliefs about form: as words they tell nothing about anyone
    """foundational working advanced expert short medium long bullets prose table steps code examples junior mid senior
    lead executive""".split()
)
SLACK = 3  # prose sentences over the plan that are let pass: definitions and what the documents lack come on top


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a draft is held to: how many passages it cites, those of them that the audience may read (by marker), all
    text it may read, the terms that may be defined, and the values that must not be told."""

    markers: int
    cited: Mapping[int, Passage]
    known: str
    terms: Sequence[Term]
    private: Sequence[str]


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft as far as it holds, and in plain words what was wrong with it. An empty text: nothing of it held."""

    draft: Draft
    faults: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return bool(self.draft.text)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The faults without the words they were found in: what was taken out must not come back in through here."""
        return tuple(dict.fromkeys(re.split(r" \(|: “", fault, maxsplit=1)[0] for fault in self.faults))


def check(
    draft: Draft,
    ranked: Sequence[Ranked],
    plan: Plan,
    *,
    audience: Audience,
    private_values: Sequence[str] = (),
) -> Checked:
    """Take out what is uncited, unsupported, not for this audience, or too long. `private_values` are the asker's
    beliefs that this audience must not learn: the caller gives none where the asker is alone."""
    readable = {one.passage.id: one.passage for one in ranked if audience.may_read(one.passage.readers)}
    grounds = Grounds(
        markers=len(draft.passages),
        cited={place: readable[name] for place, name in enumerate(draft.passages, start=1) if name in readable},
        known="\n".join(f"{one.title}\n{one.text}" for one in readable.values()),
        terms=plan.define,
        private=tuple(one for one in private_values if one.lower() not in EVERYDAY_VALUES),
    )
    faults: list[str] = []
    pieces = keep(split_pieces(draft.text), lambda one: find_fault(one, grounds), faults)
    if not any(one.support for one in pieces):
        return Checked(replace(draft, text="", passages=()), (*faults, "nothing cited is left"))
    if count_prose(pieces) > plan.sentences + SLACK + len(plan.define):
        pieces = trim(pieces, plan.sentences + SLACK)
        faults.append("longer than planned")
    return Checked(renumber(replace(draft, text=join_pieces(pieces))), tuple(faults))


def keep(pieces: Sequence[Piece], fault_of: Callable[[Piece], str], faults: list[str]) -> tuple[Piece, ...]:
    """The pieces without fault; the faults of the others are added to `faults`."""
    kept: list[Piece] = []
    for piece in pieces:
        if fault := fault_of(piece):
            faults.append(f"{fault}: “{piece.text[:80]}”")
        else:
            kept.append(piece)
    return tuple(kept)


def find_fault(piece: Piece, grounds: Grounds) -> str:
    """What is wrong with a piece, "" where nothing is."""
    if any(number < 1 or number > grounds.markers for number in piece.markers):
        return "a citation that does not exist"
    if any(number not in grounds.cited for number in piece.support):
        return "a citation that not everyone here may read"
    cited = "\n".join(f"{one.title}\n{one.text}" for one in (grounds.cited[number] for number in piece.support))
    if any(tells(piece.text, value) and not tells(cited, value) for value in grounds.private):
        return "something private"
    if not piece.support:
        return "" if is_definition(piece, grounds.terms) or is_framing(piece.text) else "uncited"
    defined = "\n".join(f"{term.name} {term.meaning}" for term in grounds.terms)
    missing = find_unsupported(claims_of(piece.text), f"{cited}\n{defined}", f"{grounds.known}\n{defined}")
    return f"not in the cited passage ({', '.join(missing[:3])})" if missing else ""


def is_definition(piece: Piece, terms: Sequence[Term]) -> bool:
    """Whether it says what a term of the plan means, in the glossary's words."""
    return any(term.name.lower() in piece.text.lower() and term.meaning in piece.text for term in terms)


def tells(text: str, value: str) -> bool:
    """Whether a text says a value, as whole words."""
    return bool(value.strip()) and bool(re.search(rf"(?<!\w){re.escape(value.strip())}(?!\w)", text, re.I))


def count_prose(pieces: Sequence[Piece]) -> int:
    return sum(1 for one in pieces if one.prose)


def trim(pieces: Sequence[Piece], sentences: int) -> tuple[Piece, ...]:
    """The first pieces, up to that many prose sentences, in whole."""
    kept: list[Piece] = []
    room = sentences
    for piece in pieces:
        if piece.prose and room == 0:
            break
        room -= piece.prose
        kept.append(piece)
    return tuple(kept)


def renumber(draft: Draft) -> Draft:
    """Markers counted anew in the order in which they stand, and only the passages that are still cited."""
    old = list(dict.fromkeys(int(one) for one in re.findall(r"\[(\d{1,2})\](?!\()", draft.text)))
    new = {number: place for place, number in enumerate(old, start=1)}
    text = re.sub(r"\[(\d{1,2})\](?!\()", lambda match: f"[{new[int(match[1])]}]", draft.text)
    return replace(draft, text=text, passages=tuple(draft.passages[number - 1] for number in old))
