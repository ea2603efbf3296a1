"""How a clause stands to the topics it names: at a loss with them, getting by, at home, or the one whom others ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.lexicon import load_stances
from bot.self_model.mentions import Mention, find_mentions
from bot.self_model.quick import Quick
from bot.self_model.sentences import BREAK, Finding, Sentence, is_negated, is_reported, is_supposed
from bot.turn import Depth

SELF = Quick(r"\b(?:i|i'm|i've|im|me|my|myself|ive|i'd)\b")
NOT_SELF = Quick(
    r"\b(?:you|you're|your|he|she|they|his|her|their|we|our \w+|who|someone|somebody|"
    r"anyone|people who|my (?:boss|manager|colleagues?|team|teammate|report|friend|"
    r"wife|husband|kids?|son|daughter|predecessor|successor|contractor|consultant|intern|vendor|analysts?|"
    r"developers?|engineers?|admins?|users|students|nurses|clients?|customers?|lead|director|cto|cfo|dad|"
    r"mum|mom|brother|sister|"
    r"\w+ team)|the (?:new|other|rest|team|intern|"
    r"analyst|juniors?|bot)|colleagues?|customers?|users?|all)\b",
)
OPENING = Quick(
    r"^\W*(?:(?:hi|hey|hello|ok|so|and|but|sorry|well|honestly|tbh|still|also|total(?:ly)?|"
    r"complete(?:ly)?|absolute|very|a bit|bit|kind of|pretty|fairly|quite|really|just|"
    r"as a|a)\W+)*$",
)
LIST = Quick(r"(?:,|and|or|/|&|\+|\s|nor|\w+,)*")  # between names of one list
LISTED = 3  # topics one stance may be about
OBJECT = 2  # characters: so close behind the cue stands what it is about
IRONY = Quick(  # or what others made of them
    r"\b(?:clearly|obviously|apparently|supposedly|declared|deemed|considered|crowned|voted|labell?ed|rumou?red|"
    r"mistaken|used to be)\b"
)
NEAR = 45  # characters between the cue and the topic
BAFFLED = Quick(
    r"\b(?:lost|confused|no (?:idea|clue)|(?:don't|do not|dont) (?:get|understand) "
    r"(?:it|them|any of (?:it|this|that)|a (?:word|thing)))\b",
)


def find_stance(sentence: Sentence) -> Iterator[Finding]:
    """The writer's own stance to each topic that a clause of this sentence names beside a cue of it."""
    before: list[Mention] = [one for one in find_mentions(sentence.named) if one.subject]
    places = [one.start for one in find_mentions(sentence.text) if one.subject]
    if not before and not places:
        return
    for start, end in clauses_of(sentence.text):
        clause = sentence.text[start:end]
        named = any(start <= place < end for place in places)
        mentions = [one for one in find_mentions(clause) if one.subject] if named else []
        if not mentions and (not before or (BAFFLED.search(clause) is None and not sentence.named)):
            continue
        if SELF.search(clause) is None and NOT_SELF.search(sentence.text):
            before = mentions or before
            continue
        cue, depth = _find_cue(clause)
        if cue is not None and _is_own(sentence, start, clause, cue):
            yield from _take_stance(mentions, cue, depth, start)
            if before and not mentions:
                yield Finding(address=f"expertise:{before[0].subject}", value=depth, start=start, end=end, weight=0.7)
        before = mentions or before


def _take_stance(mentions: list[Mention], cue: re.Match[str], depth: Depth, start: int) -> Iterator[Finding]:
    clause = cue.string
    mentions = [one for one in mentions if not _is_within(cue, one)]
    near = [one for one in mentions if _distance(cue, one.start, one.end) <= NEAR]
    objects = [one for one in near if one.start >= cue.end()]
    if objects and objects[0].start - cue.end() <= OBJECT:
        near = objects  # "work in Excel and still learning SQL"
    elif near and all(one.end <= cue.start() for one in near):
        near = [one for one in near if one is near[-1] or LIST.fullmatch(clause[one.end : near[-1].start])]
    for mention in near[:LISTED]:
        first, last = min(cue.start(), mention.start), max(cue.end(), mention.end)
        yield Finding(
            address=f"expertise:{mention.subject}", value=depth, start=start + first, end=start + last, weight=0.9
        )


def _is_within(cue: re.Match[str], mention: Mention) -> bool:
    """Whether the cue is part of the name or ends in it: "reinforcement learning", "got the certificate"."""
    ends_in_it = cue.start() <= mention.start < cue.end() <= mention.end
    return ends_in_it or (mention.start <= cue.start() and cue.end() <= mention.end)


def clauses_of(text: str) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence as spans."""
    start = 0
    for found in BREAK.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _find_cue(clause: str) -> tuple[re.Match[str] | None, Depth]:
    for depth, pattern in load_stances():
        found = pattern.search(clause)
        if found:
            return found, Depth(depth)
    return None, Depth.WORKING


def _is_own(sentence: Sentence, start: int, clause: str, cue: re.Match[str]) -> bool:
    """Whether the clause is about the writer: "I" or "me" in it, or no subject at all at the start of a sentence."""
    before = sentence.text[: start + cue.start()]
    if (
        sentence.question
        or IRONY.search(before)
        or is_supposed(before)
        or is_reported(before)
        or is_negated(before[start:])
    ):
        return False
    own = SELF.search(clause)
    if own is None:
        return NOT_SELF.search(sentence.text) is None and OPENING.match(clause[: cue.start()]) is not None
    return NOT_SELF.search(clause) is None or own.start() < NOT_SELF.search(clause).start()  # type: ignore[union-attr]


def _distance(cue: re.Match[str], start: int, end: int) -> int:
    return max(0, start - cue.end(), cue.start() - end)
