"""The clarifying question: one short sentence that names the likely readings, which are also its choices.

Readings come from the person's own things (project, tool, goal) where the question mentions one, then from the headings
of what was found, if there was a topic to find by. Whether to ask is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.answering.asked import read_question, share
from bot.answering.features import NO_TOPIC, OWN_THING, THEY, find_pointed, has_no_topic
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.parts import take_apart
from bot.knowledge.model import Ranked
from bot.self_model.model import Belief
from bot.turn import Said
from bot.words import STOP_WORDS, content_terms, terms_of, tokenize

MOST = 4  # readings at the most
FEWEST = 2  # one reading is no choice
LONGEST = 8  # words of a heading that still reads as a choice
SHORT = 45  # words a clarifying question has at the most
SPOKEN_OF = 0.6  # share of what was asked about, by rarity, that a passage speaks of so that its heading is a reading
READ = 5  # passages looked at for how the documents name a thing
OWN_KINDS = {
    "project": ("project",),
    "work": ("project", "goal"),
    "task": ("project", "goal"),
    "stack": ("tool",),
    "setup": ("tool",),
    "goal": ("goal",),
    "problem": ("project", "constraint"),
}
CLARIFYING = re.compile(
    r"\b(?:which|what|who|where|do|did|are|is|could|can)\b[^.!]{0,80}"
    r"\b(?:you|mean|meant|one|refer\w*|asking)\b[^.!]*\?",
    re.IGNORECASE,
)
OTHER_ONE = re.compile(
    rf"\bthe (?:other|first|second|third|last|latter|former)"
    rf"(?: ones?| (?!(?:{'|'.join(sorted(STOP_WORDS))}|\w+(?:ed|ing))\b)\w+)?\b",
    re.IGNORECASE,
)
PRONOUNS = THEY | {"this", "that", "these", "those"}
GENERAL = frozenset(
    """introduction|overview|summary|context|example|examples|note|notes|description|features|faq|faqs|before you begin|
    next steps|related information|more information|how it works|getting started|prerequisites""".replace(
        "\n    ", ""
    ).split("|")
)  # headings that name a part of any page, and no reading of a question
NUMBERING = re.compile(r"^[\d.]+\s+")


def make_question(
    query: EnrichedQuery, ranked: Sequence[Ranked], history: Sequence[Said], beliefs: Sequence[Belief]
) -> tuple[str, tuple[str, ...]]:
    """The question to ask back, never empty, and its choices: two to four readings, or none where none is likely."""
    mention = find_mention(take_apart(query.text).question or query.text, ranked)
    opening = f"What do you mean by “{mention}”" if mention else "What exactly would you like to know"
    readings = find_readings(query, ranked, history, beliefs)
    if len(readings) < FEWEST:
        return f"{opening}? One more detail, and I can look it up.", ()
    named = f"{', '.join(readings[:-1])} or {readings[-1]}"
    return f"{opening}: {named}?", readings


def is_clarifying(reply: str) -> bool:
    """Whether a reply of the bot was a clarifying question: short, and asking what was meant."""
    return 0 < len(tokenize(reply)) <= SHORT and bool(CLARIFYING.search(reply))


def find_mention(text: str, ranked: Sequence[Ranked]) -> str:
    """The words of a question that most need explaining: its own thing, what it points at, or its pronoun."""
    if clear := OWN_THING.search(text) or OTHER_ONE.search(text):
        return clear.group()
    nouns = ((by, take_noun(phrase, ranked)) for by, phrase in find_pointed(text))
    pointed = next((f"{by} {noun}" for by, noun in nouns if noun), "")
    return pointed or next((word for word in tokenize(text) if word in PRONOUNS), "")


def take_noun(phrase: str, ranked: Sequence[Ranked]) -> str:
    """The first word of a phrase, and the second where the documents too speak of both together."""
    words = [word.lower() for word in phrase.split()]
    if not words or words[0] in STOP_WORDS:
        return ""
    pair = " ".join(words[:2])
    known = any(pair in f"{one.passage.title}\n{one.passage.text}".lower() for one in ranked[:READ])
    return pair if known and len(words) > 1 and words[1] not in STOP_WORDS else words[0]


def find_readings(
    query: EnrichedQuery, ranked: Sequence[Ranked], history: Sequence[Said], beliefs: Sequence[Belief]
) -> tuple[str, ...]:
    """What may have been meant, likeliest first, each once; as many as fit a short question."""
    readings: dict[frozenset[str], str] = {}
    lost = not history and has_no_topic(read_question(query.text))  # what was found was found by chance
    found = () if lost else list_headings(query, ranked)
    for one in (*list_own(query.text, beliefs), *found):
        readings.setdefault(frozenset(content_terms(one)) or frozenset({one}), one)
    chosen = list(dict.fromkeys(readings.values()))[:MOST]
    while sum(len(tokenize(one)) for one in chosen) > SHORT - 12:
        chosen.pop()
    return tuple(chosen)


def list_own(text: str, beliefs: Sequence[Belief]) -> Iterator[str]:
    """What of the person's own the question may mean, surest first; nothing where it mentions nothing of theirs."""
    own = OWN_THING.search(text)
    kinds = OWN_KINDS.get(own["thing"].lower(), ()) if own else ()
    for one in sorted(beliefs, key=lambda belief: -belief.confidence):
        if one.usable and one.kind in kinds and (reading := name_short(one.value)):
            yield reading


def list_headings(query: EnrichedQuery, ranked: Sequence[Ranked]) -> Iterator[str]:
    """The headings under which most of what was asked about is spoken of, best first, without those that say nothing
    the question did not: with each of them as what was meant, the question could be answered."""
    asked = frozenset(content_terms(query.text))
    rarity = read_question(take_apart(query.text).question or query.text).rarity
    topics = {term: rare for term, rare in rarity.items() if term not in NO_TOPIC}
    for one in ranked:
        spoken = terms_of(one.passage.title) | terms_of(one.passage.text)
        heading = name_heading(one.passage.title)
        if not topics or share(topics, spoken) < SPOKEN_OF:
            continue
        if not asked.issuperset(content_terms(heading)):
            yield heading


def name_heading(path: str) -> str:
    """The innermost heading of a path that says what its passage is about; "" where none does."""
    headings = (NUMBERING.sub("", one.strip()) for one in reversed(path.split("›")))
    return name_short(next((one for one in headings if one.lower() not in GENERAL), ""))


def name_short(text: str) -> str:
    """A heading or value as a choice: one line, no closing mark; "" where it is too long to be one."""
    line = " ".join(text.split()).rstrip(" ?!.:;")
    return line if len(line.split()) <= LONGEST else ""
