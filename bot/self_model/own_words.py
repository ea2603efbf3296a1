"""What of a message its writer said, as text of the same length with everything else blanked out.

Blanked: quoted lines, code, links, mentions, logs, forwarded and pasted text, quotations, and sentences that stand in
the context word for word. Offsets stay, so a span of the result is a verbatim span of the message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.turn import Said

BLANK = "\x00"  # neither a word nor a space, so that no pattern reads across a gap
SPEECH_WORDS = 3  # a quotation this long is speech; a shorter one is a term in quotation marks
PASTED_WORDS = 4  # a sentence this long that someone else wrote just before is pasted

FENCED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]+`")
QUOTED_LINE = re.compile(r"^[ \t]*(?:>|&gt;).*$", re.MULTILINE)
LINK = re.compile(r"<(?:https?|mailto):[^>\n]*>|\bhttps?://\S+|\bwww\.\S+|\S+@\S+\.\w+|<[@#!][^>\n]*>", re.IGNORECASE)
FORWARDED = re.compile(
    r"^[ \t]*(?:[-_*]{2,}[ \t]*(?:forwarded|original) message.*|begin forwarded message.*|from: .*@.*|fwd?: .*"
    r"|on .{6,60} wrote:.*|forwarding (?:this )?(?:from|what).*|(?:copy[- ]?)?past(?:ing|ed) (?:this |it )?from.*"
    r"|from:.*\n[ \t]*(?:to|cc|date|sent|subject):.*"
    r"|[^:\n]*\b(?:sent|wrote|came in|copying|copied|pasting|pasted|quoting|received|forwarding|forwarded)"
    r"\b[^:\n]*:[ \t]*"
    r"|(?:fyi,? )?(?:the |our )?\w+ (?:wrote|writes|said|says|sent me(?: this)?|posted)(?: \w+){0,4}:[ \t]*)$",
    re.IGNORECASE | re.MULTILINE,
)
LOG_LINE = re.compile(
    r"^[ \t]*(?:Traceback \(most.*|File \".*|at [\w.$]+\(.*|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*|"
    r"[\w.]+(?:Error|Exception): .*"
    r"|(?:INFO|WARN|WARNING|ERROR|DEBUG|FATAL)\b.*|\$ .*|[+-]{3} .*|@@ .*)$",
    re.MULTILINE,
)
NOTES = re.compile(
    r"\b(?:from|according to|per|see) (?:the |our |my )?(?:\w+ )?(?:notes?|minutes|transcript|"
    r"email|e-mail|mail|thread|ticket|doc|docs|"
    r"wiki|announcement|newsletter|invite|ad|description|posting|website|release notes|survey)\s*:.*$",
    re.IGNORECASE | re.MULTILINE,
)
DOCUMENT = re.compile(  # what such a label heads tells of whoever it was written about
    r"^\W*(?:profile|cv|r[ée]sum[ée]|bio|persona|candidate|applicant|job (?:ad|advert|posting|description)|vacancy|"
    r"agenda|minutes|attendees|decisions?|(?:meeting|stand-?up|call|interview) notes|notes from|"
    r"retro(?: board)?|template|"
    r"(?:sample|dummy|test) (?:data|row|text|user|message))\b[^:\n.!?]{0,30}:.*",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
SPEAKER_LINE = re.compile(
    r"^[ \t]*(?:[-*•]\s*)?(?:\[?\(?\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]m)?\)?\]?[ \t]*[-–]?[ \t]*)?"
    r"(?P<label>(?:the |our |my )?[A-Za-z][\w.'-]*(?: [A-Za-z][\w.'-]*){0,2})(?: ?\[?\(?\d{1,2}:\d\d[^:\n]"
    r"{0,5})?:[ \t]+(?=\S).*$",
    re.MULTILINE | re.IGNORECASE,
)
QUOTATION = re.compile(
    r"\"[^\"\n]{2,400}\"|“[^”\n]{2,400}”|«[^»\n]{2,400}»|(?<![\w])'[^'\n]{12,400}'(?![\w])|‘[^’\n]{12,400}’(?!\w)"
)
OWN_LABELS = frozenset(
    """
    about actually also and anyway aside ask background basically btw btw: but caveat concern constraint constraints
    context correction criteria criterion deadline disclaimer edit finally first fyi goal goals hello hey hi
    honestly intro issue me no note ok okay p.s. preference problem project ps q question quick reminder requirement
    requirements role second situation so sorry stack status summary team thanks third tl;dr tldr todo tools update
    ticketing tickets docs wiki chat crm erp db database cloud ci editor
    engine ide os language languages monitoring version frontend backend hosting lms ehr wms tms mes cad
    well yes
    """.split()
)
NAMED_SO = re.compile(  # before a title in quotation marks
    r"(?:\b(?:i'?m|i am|officially|my (?:\w+ ){0,2}(?:title|role|job|position|badge|contract|card) (?:is|"
    r"says|reads)|(?:title|role)[:=]|called myself) (?:an? |the |our )?)$",
    re.IGNORECASE,
)
PEOPLE = frozenset(
    "boss manager colleague friend wife husband sister brother customer client vendor director lead intern".split()
)
NAME_WORDS = 5
SENTENCE = re.compile(r"[^.!?\n]+")


def keep_own(text: str, context: Sequence[Said] = ()) -> str:
    """The text with all that is not its writer's own words blanked out; the same length, apostrophes made straight."""
    text = text.replace("’", "'")
    text = _blank_code(text)
    if ":" in text:
        text = _blank_forwarded(text)
        text = DOCUMENT.sub(_blank, NOTES.sub(_blank, text))
        several = sum(1 for _ in SPEAKER_LINE.finditer(text)) > 1
        text = SPEAKER_LINE.sub(lambda found: _blank_speaker(found, several=several), text)
    if '"' in text or "“" in text or "'" in text or "«" in text or "‘" in text:
        text = QUOTATION.sub(_blank_speech, text)
    return _blank_pasted(text, context) if context else text


def _blank_code(text: str) -> str:
    if "`" in text:
        text = INLINE_CODE.sub(_blank, FENCED.sub(_blank, text))
    if ">" in text or "&gt;" in text:
        text = QUOTED_LINE.sub(_blank, text)
    if ":" in text or "@" in text or "www" in text or "<" in text:
        text = LINK.sub(_blank, text)
    return LOG_LINE.sub(_blank, text) if "\n" in text or ":" in text or text.startswith("$") else text


def _blank_forwarded(text: str) -> str:
    found = FORWARDED.search(text)
    return text if found is None else text[: found.start()] + BLANK * (len(text) - found.start())


def _blank(found: re.Match[str]) -> str:
    return BLANK * len(found[0])


def _blank_speaker(found: re.Match[str], *, several: bool) -> str:
    """A line of a pasted conversation ("CTO: we need …") goes; a label of one's own ("Goal: …") stays.

    `several`: the message has other such lines, so that a name need not begin with a capital.
    """
    words = found["label"].split()
    if words[-1].lower() in PEOPLE:
        return BLANK * len(found[0])
    if words[-1].lower() in OWN_LABELS or words[0].lower() in ("my", "our") or any("'" in word for word in words):
        return found[0]
    named = all(word[0].isupper() for word in words) or words[0].lower() == "the"
    return BLANK * len(found[0]) if named or several else found[0]


def _blank_speech(found: re.Match[str]) -> str:
    if (
        NAMED_SO.search(found.string[max(0, found.start() - 40) : found.start()])
        and len(found[0].split()) <= NAME_WORDS
    ):
        return found[0]
    return BLANK * len(found[0]) if len(found[0].split()) >= SPEECH_WORDS else found[0]


def _blank_pasted(text: str, context: Sequence[Said]) -> str:
    heard = " ".join(" ".join(said.text.lower().split()) for said in context)

    def blank_if_heard(found: re.Match[str]) -> str:
        words = found[0].lower().split()
        return BLANK * len(found[0]) if len(words) >= PASTED_WORDS and " ".join(words) in heard else found[0]

    return SENTENCE.sub(blank_if_heard, text)
