"""Titles that someone gives themselves in passing: in brackets, behind a comma, "an SRE like me", "I, as treasurer"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import OF_SELF, Finding, Sentence, is_negated
from bot.self_model.titles import Title, match_title

ASIDE = Quick(
    r"\((?:i'?m |i am |me: |as )?(?:a |an |the |their |your |our |just a |just the )?(?P<title>[\w&/ "
    r"-]{2,40}?)(?: here| myself)?\)",
)
OF_ANOTHER = re.compile(  # what stands in brackets tells who somebody else is
    r"(?:(?-i:[A-Z][a-z]+)|\b(?:he|she|they|him|her|them|you|who|boss|manager|colleague|friend|team|person|guy|woman|"
    r"man|wife|husband|someone|somebody|customer|user|vendor|with|from|by|to|ask|ping|cc|for|and|or)) $",
)
LIKE_ME = Quick(r" like (?:me|myself)\b")
AS_MYSELF = Quick(r"\b(?:i|me|we),? as (?:an? |the |your |our )?|\bme, (?:the |your |our )")
CHANGES = Quick(
    r"\b(?:now|actually|no longer|anymore|promoted|moved|switched|transferred|became|"
    r"become|these days|correction|not the|changed|again|as of|from today|made me|appointed me|got the nod|started "
    r"as|back to being|since (?:today|yesterday|monday|"
    r"tuesday|wednesday|thursday|friday|last week|this week))\b",
)


def find_asides(sentence: Sentence) -> Iterator[Finding]:
    """The titles that the writer gives themselves beside what the sentence says."""
    yield from _find_like_me(sentence)
    yield from _find_aside(sentence)
    yield from _find_apposition(sentence)
    for found in HAT.finditer(sentence.text) if "hat" in sentence.words else ():
        title = match_title(sentence.text, found.start("title"))
        if title and title.end == found.end("title") and sentence.is_about_self(found.start()):
            yield from claim(sentence, found.start(), title)


def _find_like_me(sentence: Sentence) -> Iterator[Finding]:
    """A title that the writer counts themselves to in passing: "an SRE like me", "I, as head of logistics,"."""
    if " like m" not in sentence.text and " as " not in sentence.text and "me, " not in sentence.text:
        return
    for found in LIKE_ME.finditer(sentence.text):
        words = list(re.finditer(r"\S+", sentence.text[: found.start()]))
        if words and (title := _longest_title(sentence.text, found.start(), words[-5:])):
            yield from claim(sentence, title.start, title)
    for found in AS_MYSELF.finditer(sentence.text):
        title = match_title(sentence.text, found.end())
        if title:
            yield from claim(sentence, found.start(), title)


def _longest_title(text: str, end: int, words: list[re.Match[str]]) -> Title | None:
    """The longest title of these words that ends where `end` says."""
    titles = (match_title(text, word.start()) for word in words)
    return next((title for title in titles if title and title.end == end), None)


def _find_aside(sentence: Sentence) -> Iterator[Finding]:
    """A title in brackets that hold nothing else: "we ship on Fridays (QA lead)"."""
    for found in ASIDE.finditer(sentence.text) if "(" in sentence.text else ():
        title = match_title(sentence.text, found.start("title"))
        if SPEAKS_OF_SELF.search(sentence.text[: found.start()]) is None:
            continue
        if title is None or title.end != found.end("title") or OF_ANOTHER.search(sentence.text[: found.start()]):
            continue
        if sentence.is_about_self(found.start()):
            yield from claim(sentence, title.start, title)


def _find_apposition(sentence: Sentence) -> Iterator[Finding]:
    """A clause that is nothing but a title, behind one about the writer: "I keep it running, maintenance lead"."""
    if sentence.question or not OF_SELF & sentence.words:
        return
    for comma in BEHIND.finditer(sentence.text):
        before = sentence.text[: comma.start()]
        title = match_title(sentence.text, comma.end())
        if title is None or not SPEAKS_OF_SELF.search(before) or OTHER_NAMED.search(before) or is_negated(before[-30:]):
            continue
        if ALL_THERE_IS.match(sentence.text, title.end) and sentence.is_about_self(comma.end()):
            yield from claim(sentence, title.start, title)
            return


HAT = Quick(r"\b(?:with|wearing|in|putting on|under) my (?P<title>[\w -]{2,30}) hat\b")
BEHIND = Quick(
    r"(?:,|;|\s[–—-])\s+(?:(?:a|an|the|your|basically|officially|technically|proud|just a|just the|so) )?",
)
SPEAKS_OF_SELF = Quick(r"\b(?:i|i'm|im|i've)\b")
OTHER_NAMED = Quick(
    r"\b(?:my|our|an?|his|her|their|this|that|another) [\w-]+$|\b(?:sister|brother|mother|father|mom|mum|"
    r"dad|cousin|uncle|aunt|son|"
    r"daughter|neighbou?r|flatmate|client|customer|vendor|supplier|contractor|consultant|intern|trainee|assistant|"
    r"speaker|author|owner|host|guest|candidate|auditor|architect|designer|developer|lawyer)$|"
    r"(?:(?-i:[A-Z][a-z]+)|\b(?:boss|manager|colleague|friend|him|her|them|you|lead|director|head|"
    r"engineer|analyst|he|she|they|nurse|doctor|teacher|team|guy|woman|man|person|"
    r"wife|husband|partner|contact|predecessor|someone|somebody|like|hire|need|wanted|called|with|and|or|"
    r"by|for|from|to))$",
)
ALL_THERE_IS = Quick(
    r"\s*(?:[.,;!)(]|$)|\s(?:at|in|for|of|on|here|now|by (?:trade|profession|day|night|accident|default|necessity)|"
    r"and (?:i|so)|with)\b"
)


def disclaim(start: int, title: Title) -> Finding:
    """That a title is not, or no longer, the writer's."""
    return Finding(address="role", value=title.role, start=start, end=title.end, weight=-1.0, source=Source.CORRECTION)


def claim(sentence: Sentence, start: int, title: Title) -> Iterator[Finding]:
    """That a title is the writer's, and the seniority in it."""
    clause_start, _ = sentence.clause_at(start)
    changed = CHANGES.search(sentence.text[clause_start : title.end + 20]) is not None
    source = Source.CORRECTION if changed else Source.STATED
    yield Finding(address="role", value=title.role, start=start, end=title.end, source=source)
    if title.seniority:
        yield Finding(address="seniority", value=title.seniority, start=start, end=title.end, weight=0.8, source=source)
