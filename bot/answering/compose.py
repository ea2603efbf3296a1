"""The offline engine: an answer put together from whole sentences of the passages, each cited. Deterministic.

The bottom line first, then what supports it, grouped by passage and in the order it was written; terms defined for
those who need it; what the documents do not mention is said. `compose_texts` holds what is said instead of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answering.compose_select import Candidate, choose_opening, select
from bot.answering.compose_write import Marks, write_blocks, write_bottom_line, write_term, write_terms
from bot.answering.frequency import commonness
from bot.answering.gaps import find_gaps, tell_gaps
from bot.answering.model import Draft, Plan
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.parts import take_apart
from bot.knowledge.model import Ranked, Term
from bot.words import content_terms, terms_of

ENGINE = "offline"
MOST_TERMS = 4
SAME_WORDS = 0.9  # share of a sentence's words in a definition, from which it only repeats it
DEFINE = re.compile(
    r"\b(?:what(?:'s| is| are| does)|define|meaning of|stands? for|(?:do you|does it) mean|means?|in this context"
    r"|hello|hi|hey)\b",
    re.I,
)


def compose(query: EnrichedQuery, ranked: Sequence[Ranked], plan: Plan, glossary: Sequence[Term] = ()) -> Draft:
    """Write the answer that `plan` calls for; an empty text where no passage holds anything on the question."""
    chosen = select(query, ranked, plan)
    if not chosen:
        return Draft(text="", passages=(), engine=ENGINE)
    marks = Marks(tuple(one.passage for one in ranked))
    term = asked_term(query, [one for one in glossary if marks.holds(one.passage)])
    chosen = keep_about(term, chosen) if term and len(take_apart(query.text).aspects) == 1 else chosen
    opening = choose_opening(chosen, plan)
    parts = [write_term(term, marks)] if term else []
    parts += [write_bottom_line(opening, marks)] if opening else []
    parts += write_terms(used_terms(plan, query, chosen), marks)
    parts += write_blocks([one for one in chosen if one is not opening], plan.form, marks)
    parts += tell_gaps(find_gaps(query, ranked))
    return Draft(text="\n\n".join(parts), passages=tuple(marks.cited), engine=ENGINE)


def asked_term(query: EnrichedQuery, glossary: Sequence[Term]) -> Term | None:
    """The glossary's term where a part of the question is what that word means, and nothing else."""
    for part in take_apart(query.text).aspects:
        asked = set(content_terms(DEFINE.sub(" ", part))) if DEFINE.search(part) else set()
        same = [one for one in glossary if terms_of(one.name) == asked]
        ending = [one for one in glossary if asked and asked == set(content_terms(one.name)[-1:])]
        if same or len(ending) == 1:
            return (same or ending)[0]
    return None


def keep_about(term: Term, chosen: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """What speaks of a term that was asked for, its definition aside: that stands first already."""
    words = terms_of(term.name)
    return tuple(one for one in chosen if words <= one.words | one.page.reading.title and not defines(one, term))


def used_terms(plan: Plan, query: EnrichedQuery, chosen: Sequence[Candidate]) -> tuple[Term, ...]:
    """The plan's terms that the answer uses, in the order of their use; not those that the person used, nor those whose
    definition is quoted anyway."""
    said = [one for one in chosen if one.unit.kind.is_prose]
    own = set(content_terms(query.text))
    text = {
        word: place
        for place, one in reversed(list(enumerate(said)))
        for word in content_terms(re.sub(r"`[^`]*`", " ", one.unit.text))
    }
    found: list[tuple[int, Term]] = []
    for term in plan.define:
        words = content_terms(term.name)
        if (
            words
            and not set(words) <= own
            and all(word in text for word in words)
            and not any(defines(one, term) for one in said)
        ):
            found.append((max(text[word] for word in words), term))
    rarest = sorted(found, key=lambda pair: commonness(pair[1].name.lower()))[:MOST_TERMS]
    return tuple(term for _, term in sorted(rarest, key=lambda pair: pair[0]))


def defines(one: Candidate, term: Term) -> bool:
    """Whether this unit is where the term is defined, or says just what its definition says."""
    if one.unit.text.lower().startswith(f"**{term.name.lower()}**"):
        return True
    own, told = terms_of(one.unit.text), terms_of(term.name) | terms_of(term.meaning)
    return bool(own) and len(own & told) >= SAME_WORDS * len(own)


def compose_hedge(draft: Draft, doubt: str) -> Draft:
    """The same answer, opened by what is uncertain about it."""
    return replace(draft, text=f"{doubt}\n\n{draft.text}") if draft.text else draft
