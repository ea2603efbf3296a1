"""Cues in a question that it leans on what was said before: pronouns, "the other one", missing nouns, lead-ins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.enrichment.mentions import LEAD_IN, SENTENCE, WORD, base, small, stems_of
from bot.enrichment.vocabulary import look_up
from bot.turn import Said
from bot.words import stem

POINTERS = {
    "it": frozenset("it its itself".split()),
    "they": frozenset("they them their theirs".split()),
    "person": frozenset("he him his she her hers".split()),
    "this": frozenset("this that these those".split()),
    "one": frozenset("one ones".split()),
    "other": frozenset("other others another else".split()),
    "same": frozenset("same similar such different".split()),
    "order": frozenset("first second third last former latter two both previous next".split()),
    "more": frozenset("more most less better best cheaper".split()),
    "there": frozenset("there then here".split()),
    "own": frozenset("i my me mine we our ours us".split()),
}
FRAGMENT = 1  # content words up to which a question is a fragment ("why?", "and in Chile?")
BARE = ("it", "they", "person", "this", "one", "other", "same", "order")
VERBAL = r"(?:is|are|was|were|do|does|did|can|could|would|will|have|has)"
PATTERNS = {
    "this alone": re.compile(rf"\b(?:this|that|these|those)\b(?=\s*(?:[?.!,]|$|{VERBAL}\b|(?:help|work|to|and)\b))"),
    "this thing": re.compile(rf"\b(?:this|these|those|such) (?!{VERBAL}\b)[a-z]+"),
    "remarks": re.compile(r"^(?:\w+[,.!] )?(?:that|this)(?:'s| is| was) "),
    "continues": re.compile(r"^(?:and|but|so|or|what about|how about|why|yes|no)\b"),
    "what about": re.compile(r"\b(?:what|how) about\b"),
    "asks what it is": re.compile(
        r"^(?:um, |ok\. |okay\. )?(?:what(?:'s| is| are)|who (?:is|was|were|are)|tell me (?:more )?about|describe|"
        r"explain)\b"
    ),
    "best": re.compile(r"\b(?:best|most|\w+est)\b"),
    "compares": re.compile(r"\b(?:\w+er|more|less)\b(?! than)"),
    "of": re.compile(r"\bof\b"),
    "asks": re.compile(r"\?\s*$"),
}
DEFINITE = re.compile(r"\bthe (?!same|best|most|first|last|other)")


def read_cues(text: str, history: Sequence[Said]) -> dict[str, float]:
    """Every cue as a number: flags, capped counts, rarities, and shares of its words that were said before."""
    return read_words(text) | read_overlap(text, history)


def points(cues: Mapping[str, float]) -> bool:
    """Whether the question shows by its form that something is missing: a pronoun or the like, or hardly a word."""
    return not cues["q no pointer"] or bool(cues["q what about"]) or cues["q content"] <= FRAGMENT


def read_words(text: str) -> dict[str, float]:
    """What the question alone shows."""
    low = text.lower().replace("’", "'")
    written = WORD.findall(text)
    words = [base(word) for word in written]
    pointing = {name: float(not some.isdisjoint(words)) for name, some in POINTERS.items()}
    sentences = [one for one in SENTENCE.findall(text) if one.strip()]
    last = [base(word) for word in WORD.findall(sentences[-1])] if sentences else []
    capitals = sum(
        one[0].isupper() and one != "I" and not small(word) for one, word in zip(written[1:], words[1:], strict=True)
    )
    return (
        {f"q {name}": value for name, value in pointing.items()}
        | {f"q {name}": float(bool(pattern.search(low))) for name, pattern in PATTERNS.items()}
        | {
            "q leads in": float(bool(LEAD_IN.match(text))),
            "q no pointer": float(not any(pointing[name] for name in BARE)),
            "q definite": float(min(len(DEFINITE.findall(low)), 4)),
            "q capitals": float(min(capitals, 4)),
            "q sentences": float(min(len(sentences), 4)),
            "q words": float(min(len(words), 25)),
            "q content": float(min(sum(not small(word) for word in words), 12)),
            "q content last": float(min(sum(not small(word) for word in last), 10)),
        }
    )


def read_overlap(text: str, history: Sequence[Said]) -> dict[str, float]:
    """What of the question was said before, and how rare its words are."""
    own = stem(word for one in WORD.findall(text) if not small(word := base(one)))
    turns = [(said.by_bot, stems_of(said.text)) for said in history]
    users = [terms for by_bot, terms in turns if not by_bot]
    replies = [terms for by_bot, terms in turns if by_bot]
    known = frozenset[str]().union(*(terms for _, terms in turns))
    rarities = [(look_up(one).rarity, one in known) for one in own]
    parts = {"all": known, "asked": users[-1] if users else (), "replied": replies[-1] if replies else ()}
    return {f"q {name} share": sum(one in some for one in own) / max(len(own), 1) for name, some in parts.items()} | {
        "q rarest": max((one for one, _ in rarities), default=0.0),
        "q rarity": min(sum(one for one, _ in rarities), 40.0),
        "q rarest known": max((one for one, old in rarities if old), default=0.0),
        "q rarest new": max((one for one, old in rarities if not old), default=0.0),
        "q turns": float(min(len(users), 8)),
        "q replied": float(bool(replies)),
    }
