"""What is said instead of an answer, or before one: declining, asking back, hedging."""

from __future__ import annotations

from bot.answering.model import Draft, Judgement
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.parts import take_apart

ENGINE = "offline"


def compose_decline(owner: str, query: EnrichedQuery | None = None) -> Draft:
    """That the documents lack it, and whom to ask; never a guess."""
    about = f"“{shorten(take_apart(query.text).asking[-1])}”" if query and take_apart(query.text).asking else "that"
    return Draft(
        text=f"The documents do not say anything about {about}, so I will not guess. {owner[:1].upper()}{owner[1:]} may"
        " know; once it is written down where I can read it, I can answer it.",
        passages=(),
        engine=ENGINE,
    )


def compose_ask(judgement: Judgement) -> Draft:
    """The one short question that would settle what is meant."""
    return Draft(text=judgement.question or "Which part do you mean?", passages=(), engine=ENGINE)


def tell_doubt(query: EnrichedQuery, judgement: Judgement) -> str:
    """What is uncertain about an answer that is given all the same."""
    if query.assumptions:
        taken = query.assumptions[0]
        return f"I took “{taken.mention}” to mean {taken.reading}; if you meant something else, tell me."
    if judgement.p_decline >= judgement.p_ask:
        return "The documents answer this only in part; this is what they do say."
    return "I am not sure that I read the question right; this is what the documents say closest to it."


def shorten(text: str, longest: int = 80) -> str:
    """One line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"
