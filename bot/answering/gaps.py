"""What a question asks about that no passage mentions, so that the answer can say so.

Only what looks like a name: capitals within a sentence, acronyms, code, or a word that follows a preposition, is not in
everyday use and no slip of the pen for one that the passages hold. Staying silent is safer than denying what is said in
other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from bot.answering.frequency import commonness
from bot.enrichment.kin import kin_of
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.parts import take_apart
from bot.knowledge.model import Ranked
from bot.words import STOP_WORDS, content_terms, terms_of, tokenize

NAME = re.compile(r"`[^`]+`|(?<![.?!]\s)(?<!^)\b[A-Z][\w+#.-]*\w(?:\s+[A-Z][\w+#.-]*\w)*|\b[A-Z][a-z]*[A-Z]\w*\b")
LINKED = re.compile(
    r"\b(?:from|to|with|into|in|on|via|using|use|about|support|supports|for|than|vs|versus|and|or|our|of)\s+"
    r"([A-Za-z][A-Za-z0-9+#-]{3,})",
    re.I,
)
NO_NAMES = frozenset(
    """hello thanks thank please cheers regards fyi btw asap tldr january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday""".split()
)
SELDOM = 3.7  # Zipf value up to which a lower-case word may be a name: it is in no one's everyday speech
ALIKE = 0.8  # from this similarity on to a word of the passages it is taken for a slip of the pen
MOST = 3


def find_gaps(query: EnrichedQuery, ranked: Sequence[Ranked]) -> tuple[str, ...]:
    """The names in the person's own words that none of the passages mention, in order, each once."""
    missing: list[str] = []
    for name in find_names(take_apart(query.text).question):
        if not is_mentioned(name, ranked) and not is_slip(name, ranked) and not any(name in one for one in missing):
            missing.append(name)
    return tuple(missing[:MOST])


def is_mentioned(name: str, ranked: Sequence[Ranked]) -> bool:
    """Whether a passage holds a word of the name, or one for the same matter."""
    terms = {each for term in content_terms(name) for each in (term, *kin_of(term))}
    return any(not terms.isdisjoint(terms_of(text)) for one in ranked for text in (one.passage.title, one.passage.text))


def find_names(text: str) -> Iterator[str]:
    """What could be names, in the order in which they stand."""
    places = {match.start(): match.group().strip("`") for match in NAME.finditer(text)}
    for match in LINKED.finditer(text):
        word = match[1].lower()
        if word not in STOP_WORDS and commonness(word) <= SELDOM:
            places.setdefault(match.start(1), match[1])
    for _, name in sorted(places.items()):
        if len(name) > 1 and name.lower() not in NO_NAMES and content_terms(name):
            yield name


def is_slip(name: str, ranked: Sequence[Ranked]) -> bool:
    """Whether a word is written almost like one of the passages'."""
    if len(name.split()) != 1:
        return False
    spoken = {word for one in ranked for word in tokenize(f"{one.passage.title} {one.passage.text}") if len(word) > 3}
    return bool(get_close_matches(name.lower(), spoken, n=1, cutoff=ALIKE))


def tell_gaps(gaps: Sequence[str]) -> list[str]:
    """The sentence that says so, none where nothing is missing."""
    if not gaps:
        return []
    named = gaps[0] if len(gaps) == 1 else f"{', '.join(gaps[:-1])} or {gaps[-1]}"
    return [f"The documents do not say anything about {named}."]
