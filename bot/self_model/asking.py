"""Terms whose meaning someone asks for: what they do not know yet, or want said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.mentions import find_mentions
from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_reported, is_supposed
from bot.turn import Depth

MEANING_CUES = frozenset(
    """
    what what's whats meaning explain define who wtf
    """.split()
)
MEANING = Quick(
    r"\b(?:what(?:'s| is| are|s)|what'?s|whats|what (?:does|do)|what is meant by|meaning of|can (?:someone|you|"
    r"anyone|anybody|u) (?:please )?(?:explain|define|tell me what)|could (?:someone|"
    r"you|anyone) (?:please )?(?:explain|define|tell me what)|(?:please |pls )?(?:explain|"
    r"define)|what (?:do you|does it|do people|exactly is|on earth is|the heck is|"
    r"the hell is|even is)(?: mean by)?|who or what is|i (?:don'?t|do not) (?:know|"
    r"understand|get) what|not sure what|no idea what|sorry,? what(?:'s| is| does)|"
    r"wtf is|remind me what)\s+"
    r"(?:(?:exactly|actually|even|really|the meaning of|meant by|to me|me|us|this|"
    r"that|these|those|a|an|the|by|mean by|is|are|all|word|term|acronym|concept of|"
    r"what|in simple terms|in plain english)\s+|[\"“'*_])*",
)
MEANING_ENDS = Quick(
    r"[\"”'*_)]*\s*(?:\(|,|$|[?!.]|\b(?:mean|means|stand for|stands for|exactly|actually|"
    r"even|again|in this context|please|pls|here|in (?:simple|plain|layman)\w*(?: \w+)?|"
    r"for (?:a |an )?(?:dummies|beginners?|newbies?|non[- ]?\w+)|is|are|and (?:why|"
    r"how|what|do)|or (?:why|how|what)|to me|like i'm|about|used for|for\b|that you|"
    r"you (?:mention\w*|keep|said))\b)",
)
ACRONYM = re.compile(r"(?P<name>[A-Z][A-Z0-9]{1,5}s?)\b")
ORDINARY = frozenset(
    """
    A AM ASAP CEO CTO EOD EOW ETA EU FAQ FYI HR I ID IDS IMO IT LOL NB OK OOO PM PR PRS PTO Q Q1 Q2 Q3 Q4 TBD TLDR
    UK URL US WFH
    """.split()
)
ASKED_WEIGHT = 0.5


def find_asked(sentence: Sentence) -> Iterator[Finding]:
    """Topics and acronyms whose meaning the sentence asks for."""
    text = sentence.text
    for found in () if sentence.words.isdisjoint(MEANING_CUES) else MEANING.finditer(text):
        if is_supposed(text[: found.start()]) or is_reported(text[: found.start()]):
            continue
        rest = text[found.end() :]
        mention = next((one for one in find_mentions(rest[:60]) if one.start <= 1), None)
        if mention and (mention.topic or mention.deep) and MEANING_ENDS.match(rest, mention.end):
            topic = mention.topic or "-".join(rest[mention.start : mention.end].lower().split())
            yield _asked(topic, found.start(), found.end() + mention.end)
            continue
        acronym = ACRONYM.match(rest)
        if acronym and acronym["name"] not in ORDINARY and MEANING_ENDS.match(rest, acronym.end()):
            yield _asked(acronym["name"].rstrip("s").lower(), found.start(), found.end() + acronym.end())


def _asked(topic: str, start: int, end: int) -> Finding:
    return Finding(
        address=f"expertise:{topic}",
        value=Depth.FOUNDATIONAL,
        start=start,
        end=end,
        weight=ASKED_WEIGHT,
        source=Source.ASKED,
    )
