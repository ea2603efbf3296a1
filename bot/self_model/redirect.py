"""What a message puts right of what its writer said before: "it's Snowflake, not Redshift", "typo, *workforce*
planning", "25 May, not 15". It names what was wrong, what is right, or both, and so says which belief it means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.asides import disclaim
from bot.self_model.fields import match_field
from bot.self_model.mentions import Mention, find_mentions
from bot.self_model.model import Source, kind_of
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated
from bot.self_model.titles import match_title
from bot.self_model.values import has_date

NOT = Quick(
    r"[,;(–—-]?\s*(?:\band )?\b(?:not|instead of|rather than|and not|no longer|never)\b (?:the |a |an |"
    r"on |in )?",
)
RIGHT = Quick(
    r"^\W*(?:(?:ok(?:ay)?|no|oops|sorry|ah|wait|hm+|scratch that|strike that|correction|typo(?: above)?|"
    r"i meant(?: to (?:say|write))?|make that|my mistake|my bad|i misspoke|let me correct(?: that| "
    r"myself)?|"
    r"change of plans?|actually|update|edit|it's|it is|that's|that should (?:be|read|say)|should (?:be|"
    r"read|say)|of course|rather|again|from above|above|we're on|we use|i'm|i am|in|"
    r"on)\b[\s,:;.!*_-]*)+(?:the |a |an )?",
)
DATE = Quick(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}|q[1-4](?: 20\d\d)?|"
    r"[€$£] ?\d[\d.,]*k?|\d[\d.,]* ?(?:k|€|euros?|dollars?|pounds?|million|m|people|users|seats|weeks|days|months))\b",
)


def find_redirect(sentence: Sentence) -> Iterator[Finding]:
    """The corrections in a sentence that is known to put something right."""
    text = sentence.text
    against = NOT.search(text)
    mentions = [one for one in find_mentions(text) if one.tool]
    if mentions:
        yield from _swap_tools(text, mentions, against)
        return
    opening = RIGHT.match(text)
    start = opening.end() if opening else 0
    if found := DATE.match(text, start):
        yield _right("constraint", found[0], found.start(), found.end())
        return
    title = match_title(text, start)
    field = None if title else match_field(text, start)
    if opening and (title or field):
        said = title or field
        assert said is not None
        yield _right("role", title.role if title else field.name if field else "", said.start, said.end)
        if against and against.start() >= said.end and (wrong := match_title(text, against.end())):
            yield disclaim(against.start(), wrong)


def _swap_tools(text: str, mentions: list[Mention], against: re.Match[str] | None) -> Iterator[Finding]:
    """The right tool in place of the wrong one, where both are named and of one kind."""
    if against is None:
        return
    wrong = next((one for one in mentions if one.start >= against.end() and one.start - against.end() <= NEAR), None)
    right = [one for one in mentions if one is not wrong]
    for one in (wrong, *right):
        if wrong is None or one is None or one.tool is None:
            continue
        gone = one is wrong
        yield Finding(
            address=f"tool:{one.tool.category}",
            value=one.tool.name,
            start=min(one.start, against.start()) if gone else one.start,
            end=one.end,
            weight=-1.0 if gone else 1.0,
            source=Source.CORRECTION,
            ends=gone,
        )


NEW_DATE = Quick(
    r"\b(?:more|extra|another) (?:weeks?|days?|months?|time)\b|\bextension\b|\bnew (?:\w+ )?(?:date|deadline|day|"
    r"time|target)|\b(?:moved|pushed|shifted|slipped|postponed|extended|delayed|"
    r"brought|"
    r"dragged|rescheduled|slides?|slid)(?: \w+)? (?:to|until|till|into|by|forward)\b|\bnot (?:the )?(?:\d|january|"
    r"february|march|april|may|"
    r"june|july|august|september|october|november|december|q[1-4])|\binstead\b|\bwrong (?:date|day|month|deadline)|"
    r"\bno longer\b|\bnow (?:it'?s |is |due |by )?"
)
NEW_TOOL = Quick(
    r"\b(?:switched|switching|moved|moving|migrated|migrating|changed|went over)(?: \w+){0,3} (?:over )?to\b|"
    r"\binstead(?! of)\b|"
    r"\bin place of\b|\breplac(?:ed|es|ing)\b|\bit is\s*(?:[,.;!]|$)|\bit is now\b"
)
DUE = Quick(
    r"\b(?:more (?:weeks?|days?|months?|time)|extension|deadline|launch|go-?live|release|cut-?over|submission|due|"
    r"date|rollout|roll-out|opening|handover|delivery|"
    r"hard "
    r"stop|milestone|kick-?off|(?:has|have|needs?|must|got) (?:to )?be|has to|have to)\b"
)
SPOKEN_OF = Quick(r"\b(?:meeting|call|standup|stand-up|lunch|party|interview|retro|1:1|workshop|demo|webinar|dinner)\b")


def find_new_date(sentence: Sentence) -> Iterator[Finding]:
    """A date said to be another one than before: "the new launch date is 1 June"."""
    text = sentence.text
    if sentence.question or sentence.joking or sentence.words.isdisjoint(CHANGE_CUES) or not has_date(text):
        return
    if NEW_DATE.search(text) is None or SPOKEN_OF.search(text):
        return
    for found in DUE.finditer(text):
        start, end = sentence.clause_at(found.start())
        said = text[start:end]
        if has_date(said) and sentence.is_about_self(start) and not is_negated(said):
            yield _right("constraint", said.strip(" .!"), start, end)
            return


TAKES_PLACE = {"constraint": NEW_DATE, "tool": NEW_TOOL}
CHANGE_CUES = frozenset(
    """
    new moved pushed shifted slipped postponed extended delayed brought rescheduled slid slides not instead wrong longer
    now switched switching moving migrated migrating changed went place replaced replaces replacing is more
    extra another extension
    """.split()
)


def takes_place(sentence: Sentence, finding: Finding) -> bool:
    """Whether a date or a tool is said to be there in place of another."""
    kind = kind_of(finding.address)
    words = TAKES_PLACE.get(kind)
    return (
        words is not None
        and finding.source is Source.STATED
        and finding.weight > 0
        and (kind == "tool" or has_date(finding.value))
        and not sentence.words.isdisjoint(CHANGE_CUES)
        and words.search(sentence.text) is not None
    )


NEAR = 3  # characters between "not" and what was wrong


def _right(address: str, value: str, start: int, end: int) -> Finding:
    return Finding(address=address, value=value, start=start, end=end, source=Source.CORRECTION)
