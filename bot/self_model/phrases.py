"""Short phrases as values: where one ends, and what of it is filler."""

from __future__ import annotations

import re

from bot.self_model.own_words import BLANK
from bot.self_model.quick import Quick
from bot.self_model.sentences import Sentence

PHRASE_WORDS = 12
COUNTS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
END = Quick(
    rf"[;:()–—{BLANK}]|\s-+\s|,(?=\s)|\s(?:but|because|so that|so i|so we|while|although|"
    rf"though|which|and (?:i|we|my|our|it|that|the)|since|unless|cause|cuz)\b",
)
LEADING = Quick(
    r"^(?:(?:the|a|an|our|my|this|that|these|some|just|actually|basically|currently|to|mostly|mainly|still)\s+)+",
)
TRAILING = Quick(
    r"[\s,.;:!?*_~-]*(?:\b(?:right now|at the moment|these days|this week|today|please|"
    r"pls|thanks|thank you|thx|tho|though|lol|currently|now|too|as well|here|atm|"
    r"btw|fyi|actually|basically|anyway|if possible|for now|already)\b[\s,.!?]*)*$",
)
EMPTY = Quick(
    r"^(?:it|that|this|them|those|these|things?|stuff|something|anything|everything|"
    r"nothing|one|ones|both|all|him|her|us|you|me|some|other|another|same|so|not|yet|"
    r"there|here|what|how|why|better|more|less|lot|lots|bit|few|same thing|this one|"
    r"that one|the other one|other one|whatever|good|fine|ok|okay|done|\W*)$",
)


def take_phrase(sentence: Sentence, start: int, *, commas: bool = False) -> tuple[int, int] | None:
    """The phrase from `start` to the end of its clause, as a span of the sentence; None where it says nothing.

    `commas`: whether commas may stand inside it. At most twelve words; a longer one is cut at the last small word.
    """
    text = sentence.text
    found = END.search(text, start)
    while found is not None and commas and found[0].startswith(","):
        found = END.search(text, found.end())
    end = found.start() if found else len(text)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    lead = LEADING.match(text[start:end])
    start += lead.end() if lead else 0
    body = text[start:end]
    words = list(re.finditer(r"\S+", body))
    if len(words) > PHRASE_WORDS:
        body = body[: words[PHRASE_WORDS - 1].end()]
    body = body[: TRAILING.search(body).start()] if TRAILING.search(body) else body  # type: ignore[union-attr]
    if len(body) < 2 or EMPTY.match(body):
        return None
    return start, start + len(body)


def count_of(words: str) -> int:
    """A small number given in digits or in words."""
    named = words.lower()
    return COUNTS.index(named) + 1 if named in COUNTS else 20 if named == "twenty" else int(words)
