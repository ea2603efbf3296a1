"""What else someone tells of themselves: their team, where and when they work, whom they report to, which language and
spelling they want."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.self_model.mentions import find_mentions
from bot.self_model.model import Source
from bot.self_model.phrases import take_phrase
from bot.self_model.quick import Quick
from bot.self_model.sentences import OF_SELF, Finding, Sentence, is_negated

TEAM_CUES = frozenset(
    """
    team squad tribe chapter guild crew desk pod moved switched transferred rotated
    """.split()
)
HOURS_CUES = frozenset(
    """
    mornings afternoons nights night evenings part weekends weekend shifts shift days half until till from mondays
    monday tuesdays tuesday wednesdays wednesday thursdays thursday fridays friday saturdays saturday sundays
    sunday online office available around after before off out report manager work
    """.split()
)
STYLE_CUES = frozenset(
    """
    french german spanish italian portuguese dutch polish english swedish danish norwegian finnish czech japanese
    korean chinese mandarin turkish arabic hindi ukrainian greek romanian hungarian spelling emoji emojis
    exclamation smileys gifs units date dates thread threads dm link links
    """.split()
)
TEAM = Quick(
    r"\b(?:i'?m|i am|i'?ve been|i (?:work|sit)|i(?:'ve| have)? (?:just |recently )?joined)"
    r"(?: now| still| actually| also)* (?:part of|on|in|with|a member of|from)?\s?(?:the|our) "
    r"(?P<team>(?:(?!team\b)[\w&/-]+ ){1,4})(?:team|squad|tribe|chapter|guild|crew|desk|pod)\b",
)
LEFT_TEAM = Quick(
    r"\b(?:i'?m|i am) (?:no longer|not) (?:part of|on|in|with|a member of) (?:the|our) "
    r"(?P<team>(?:(?!team\b)[\w&/-]+ ){1,4})(?:team|squad|tribe|chapter|guild|crew|desk|pod)\b(?= any ?(?:more|longer)|"
    r"\s*(?:[,.;!]|$)| (?:now|since|but|and|so)\b)"
    r"|\bi(?:'ve| have)? (?:just |recently )?(?:left|moved (?:away )?from|switched from) (?:the|our) "
    r"(?P<other>(?:(?!team\b)[\w&/-]+ ){1,4})(?:team|squad|tribe|chapter|guild|crew|desk|pod)\b",
)
NEW_TEAM = Quick(
    r"\bi(?:'ve| have)? (?:just |recently |now |since |been )*(?:moved|switched|transferred|rotated)"
    r"(?: over| across| internally)* (?:in)?to (?:the |our )?"
    r"(?P<team>(?!senior|junior|lead|mid|a |an |be)(?:[\w&-]+ )?[\w&-]+?)"
    r"(?: team| squad| side| department| org| group)?"
    r"(?=\s*(?:[.,;!)]|$)| (?:now|last|this|in|since|on|and|so|a|two|\d)\b)",
)
EARLIER = Quick(r"\b(?:before|until|when|after|since)\b")  # that move is old news
PLACE = r"(?P<place>(?:the )?(?-i:[A-Z])[\w'-]+(?: (?-i:[A-Z])[\w'-]+)?(?: office| hub| site| branch| plant)?)"
LOCATION = Quick(
    rf"\b(?:i'?m|i am|we're|i(?:'ve| have) (?:just )?moved(?: and)?|i moved)(?: now| currently| usually"
    rf"| sitting| working| all| mostly)* (?:based )?(?:out of|in|at|to|from) "
    rf"(?=the [\w ]+ (?:office|hub|site|branch|plant)\b|(?!IT\b|HR\b|BI\b|QA\b|PR\b|Slack|Teams|Excel|Jira)(?-i:[A-Z]))"
    rf"{PLACE}"
    rf"|^\W*(?:btw |so |and |also )?(?:we(?:'ve| have)? |i(?:'ve| have)? )?(?:just |recently )?(?:moved|relocated) to "
    rf"{PLACE.replace('place', 'to')}(?=\s*(?:[,.;!]|$)| (?:last|this|in|for|with|two|a)\b)"
    rf"|\b(?:i (?:live|work|sit) (?:in|from|out of)|(?:i'?m |i am |we're |^\W*)?based (?:out of|in)) "
    rf"{PLACE.replace('place', 'where')}",
)
MOVED = Quick(r"\b(?:moved|relocated|now|these days|no longer)\b")
A_PLACE = Quick(
    r"\s*(?:[,.;!)]|$|(?:so|now|and|these days|time ?zone|office|myself|at the moment|btw|until|but|this|most|rn)\b)",
)
DAY = r"(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weekends?)"
HOURS = Quick(
    rf"\b(?P<hours>(?:i (?:only |usually |mostly |just )?work (?:only |just )?(?:mornings|afternoons|nights|evenings|"
    rf"part[- ]time|weekends|shifts|(?:two|three|four|\d) days|{DAY}|half days|until|till|from \d)"
    rf"|(?:i'?m|i am) (?:only |usually |always |mostly )*(?:off|out|online|in the office|part[- ]time|available|around)"
    rf"(?: on| only)* (?:{DAY}|mornings|afternoons|until \w+|from \d\w*|after \w+|before \w+)"
    rf"|(?:i'?m|i am) (?:on )?(?:part[- ]time|night shift|nights|early shift|late shift))[^,.;!?]{{0,30}})",
)
REPORTS = Quick(
    r"\b(?:i report (?:directly |straight )?(?:in)?to|my (?:line )?manager is|i work (?:directly )?for) "
    r"(?:the |our )?(?=head|vp|c[a-z]o\b|director|chief|\w+ (?:lead|manager|director)|board)",
)
LANGUAGE = (
    r"(?:french|german|spanish|italian|portuguese|dutch|polish|english|swedish|danish|norwegian|finnish|"
    r"czech|japanese|korean|chinese|mandarin|turkish|arabic|hindi|ukrainian|greek|romanian|hungarian)"
)
STYLE = Quick(
    rf"\b(?:(?:i'd (?:rather|prefer|like)|i prefer|please|pls|can you|could you|always|if you)"
    rf"(?: you| it)?(?: always| to)? (?:repl(?:y|ied|ies)|answers?|write|wrote|writing|respond(?:ed)?|speak|spoke|talk)"
    rf"(?: to me| me)?(?: always)? (?P<a>in {LANGUAGE})"
    rf"|^\W*(?:and |but |so |also )?(?P<h>in {LANGUAGE}),? (?:please|pls|plz)"
    rf"|(?P<b>(?:british|american|uk|us) (?:spelling|english))"
    rf"|(?P<c>(?:no|without|skip the|drop the|stop (?:using |with )?(?:the |all )?(?:these )?"
    rf"|don'?t use|leave out the) (?:\w+ )?(?:emojis?|exclamation marks?|smileys|gifs))"
    rf"|(?P<d>(?:metric|imperial|si) units)|(?P<e>dates? (?:as|in|like) [\w/.-]+(?: format)?)"
    rf"|(?P<f>(?:in|use|only in|reply in|ping me in|answer in) (?:a |the )?threads?(?: only)?"
    rf"|(?:in|by|via|per) dm only)"
    rf"|(?P<g>(?:the |a )?links? to the (?:original|source)(?: \w+)?))",
)
WISHED = Quick(
    r"\b(?:please|pls|plz|prefer|rather|always|never|i want|i need|i'd like|use|only|no|thanks|for me|with me|"
    r"write to me|ping me|reply)\b",
)
STYLES = {
    "a": "language",
    "h": "language",
    "b": "spelling",
    "c": "style",
    "d": "units",
    "e": "dates",
    "f": "channel",
    "g": "sources",
}
OF_THE_TEXT = Quick(
    r"\b(?:translate|commits?|the doc|the docs|this doc|the email|customers?|tests?|our (?:app|site|ui))\b"
)


def find_circumstances(sentence: Sentence) -> Iterator[Finding]:
    """Team, place, hours, manager and ways of writing that the writer states of themselves in this sentence."""
    if sentence.joking or sentence.question:
        return
    words = sentence.words
    own = not words.isdisjoint(OF_SELF)
    if own and not words.isdisjoint(TEAM_CUES):
        yield from _find_team(sentence)
    if own or "based" in words:
        yield from _find_place(sentence)
    if own and not words.isdisjoint(HOURS_CUES):
        yield from _find_hours(sentence)
    if not words.isdisjoint(STYLE_CUES):
        yield from _find_style(sentence)


def _find_team(sentence: Sentence) -> Iterator[Finding]:
    text = sentence.text
    left = False
    for found in LEFT_TEAM.finditer(text):
        if sentence.is_about_self(found.start()):
            left = True
            team = (found["team"] or found["other"]).strip()
            yield _make("team", team, found, weight=-1.0, ends=True)
            yield Finding(
                address="role",
                value=team.lower(),
                start=found.start(),
                end=found.end(),
                weight=-1.0,
                source=Source.CORRECTION,
            )
    for found in TEAM.finditer(text) if not left else ():
        if sentence.is_about_self(found.start()) and not is_negated(found[0]):
            yield _make("team", found["team"].strip(), found)
    for found in NEW_TEAM.finditer(text):
        if sentence.is_about_self(found.start()) and not EARLIER.search(text[: found.start()]):
            yield _make("team", found["team"].strip(), found, weight=0.8)


def _find_place(sentence: Sentence) -> Iterator[Finding]:
    for found in LOCATION.finditer(sentence.text):
        place = found["place"] or found["where"] or found["to"]
        named = re.search(r"(?:office|hub|site|branch|plant)$", place)
        if any(mention.tool or mention.topic for mention in find_mentions(place)):
            continue
        if sentence.is_about_self(found.start()) and (named or A_PLACE.match(sentence.text[found.end() :])):
            moved = MOVED.search(sentence.text) is not None
            one = _make("location", re.sub(r"^the ", "", place), found)
            yield replace(one, source=Source.CORRECTION) if moved else one


def _find_hours(sentence: Sentence) -> Iterator[Finding]:
    for found in HOURS.finditer(sentence.text):
        if sentence.is_about_self(found.start()):
            yield _make(
                "hours", re.sub(r"^i(?:'?m| am)? (?:only )?", "", found["hours"], flags=re.I), found, weight=0.8
            )
    for found in REPORTS.finditer(sentence.text):
        phrase = take_phrase(sentence, found.end())
        if phrase and sentence.is_about_self(found.start()):
            value = sentence.text[phrase[0] : phrase[1]]
            yield Finding(address="other:manager", value=value, start=found.start(), end=phrase[1], weight=0.8)


def _find_style(sentence: Sentence) -> Iterator[Finding]:
    text = sentence.text
    if WISHED.search(text) is None or OF_THE_TEXT.search(text) or not sentence.may_be_wish:
        return
    for found in STYLE.finditer(text):
        which = found.lastgroup or "c"
        yield Finding(address=f"other:{STYLES[which]}", value=found[which], start=0, end=len(text), weight=0.8)


def _make(what: str, value: str, found: re.Match[str], *, weight: float = 0.9, ends: bool = False) -> Finding:
    return Finding(address=f"other:{what}", value=value, start=found.start(), end=found.end(), weight=weight, ends=ends)
