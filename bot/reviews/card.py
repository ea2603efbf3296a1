"""What a reviewer sees of something to look at: one value that each platform renders in its own way, and its text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCard:
    """`id` is the review's; with `waiting`, the card stands for so many that wait behind others, up to the moment that
    its id says. `told` is when it happened; `note` why words are not shown; `closed` by whom and when it was closed,
    "" while it is open. `is_cut`: the answer goes on; `sources` are what it cites, by their titles."""

    id: str
    title: str
    told: str = ""
    why: str = ""
    step: str = ""
    question: str = ""
    answer: str = ""
    is_cut: bool = False
    sources: tuple[str, ...] = ()
    note: str = ""
    link: str = ""
    closed: str = ""
    waiting: int = 0


def to_text(card: ReviewCard) -> str:
    """The card in plain lines, for terminals, notifications and screen readers."""
    lines = [" · ".join(one for one in (card.title, card.told) if one), card.why]
    lines += [f"Question: {card.question}"] if card.question else []
    lines += [f"Answer: {card.answer}"] if card.answer else []
    lines += [f"Sources: {'; '.join(card.sources)}"] if card.sources else []
    lines += [card.note, card.link, card.closed or card.step]
    return "\n".join(one for one in lines if one)
