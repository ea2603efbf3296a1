"""What is someone's work where it is neither a title nor the object of "I run": "the wine list is me", "they moved me
to footwear", "my bit is the thermal side", "I test", "the grant I'm writing"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.duties import AGENTS, HABITS, PLURAL, make_duty
from bot.self_model.fields import AFTER, match_field
from bot.self_model.frames import ADVERBS, I_AM, I_WAS, START
from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence
from bot.self_model.titles import match_title

NO_MORE = Quick(  # before a title that was the writer's
    rf"(?:{START}|(?<![\w'])i(?:'ve| have|'m| am)? (?:just |recently |now |finally )*)(?:stepped down|stepped back|"
    rf"stepping "
    r"down|resigned|quit|retired|handed in my notice|no longer work(?:ing)?|stopped (?:being|working)|gave up (?:being|"
    r"working)|done being|through being|finished)(?: (?:as|being))+ (?:an? |the |your |our )?"
)
TAKEN_BY = Quick(  # before and after a title that is somebody else's now
    r"(?:^\W*|[,;.] ?)(?:(?:since|as of) \w+,? )?(?:(?-i:[A-Z][a-z]+)|somebody else|someone else|another colleague) "
    r"(?:is|'s) (?:now )?(?:an? |the |our |your )?(?:new )?"
)
NOW = Quick(r"(?: \w+){0,4}? (?:now|these days|from now on|instead)\b|,? i(?:'m| am| went| moved)\b")
THEY = (
    r"(?<![\w'])(?:they|he|she|management|my boss|the boss|my manager)(?:'ve| have| has|'s)? (?:just |now |recently )*"
)
MOVED = Quick(  # to another post, by oneself or by others
    rf"(?:{THEY}(?:moved|swapped|shifted|switched|transferred|reassigned|promoted|sent) me (?:over |across |up )?"
    rf"(?:to|into|onto)|{I_AM}back (?:in|at|with|to)|{I_WAS}(?:been |just |now )*(?:moved|swapped|shifted|switched|"
    rf"transferred|reassigned|"
    r"rotated|promoted)(?: over| across| up)? (?:to|into|onto)) (?:being |doing )?(?:the |our |a |an )?",
)
TURNED = Quick(  # of a post that became another one
    r"\bmy (?:\w+ )?(?:fellowship|internship|traineeship|apprenticeship|contract|post|position|job|role|title|"
    r"placement|"
    r"secondment) (?:has |just |finally |now |officially )*(?:turned into|became|has become|changed to|changed into|"
    r"was "
    r"changed to|is now) (?:an? |the )?(?:(?:permanent|full-time|proper|real|new|regular) )*(?:(?:post|position|job|"
    r"role|"
    r"one|contract)\b)?[\s:,(–-]*(?:as |that of )?(?:an? |the )?",
)
TAKES_OVER = Quick(
    r"(?<![\w'])i?(?:'ve| have)? ?(?:just )?(?:got the (?:nod|job|post|role|position|call) (?:for|of|as)|was given the "
    r"(?:job|post|role|position) of|accepted the (?:job|post|role|position) (?:of|as)|(?:permanent )?contract "
    r"(?:signed )?as|"
    r"(?:started|starting) as(?= [^.!?]{3,40}? (?:this|last) (?:week|month)| [^.!?]{3,40}? (?:today|yesterday|on "
    r"monday))) "
    r"(?:an? |the |your |our )?|"
    r"(?<![\w'])i(?:'ll| will|'m going to|'m|'ve| have)? (?:officially |now |also |just |recently )*(?:take over|"
    r"taking "
    r"over|took over|taken over|step in|stepping in|stepped in|start|starting|stand in|standing in|fill in|filling in|"
    rf"continue|continuing|come in|coming in|serve|serving)(?: \w+){{0,3}} as {ADVERBS}(?:an? |the |your |our )?",
)
IS_ME = Quick(
    r"^\W*(?:(?:so|and|but|well|basically),? )*(?P<what>(?!(?:the|that) (?:one|only|last|first|problem|person|guy|"
    r"culprit|"
    r"idiot|reason|weak\w*|boss|new)\b|it\b|that\b|this\b|who\b|he\b|she\b|they\b|you\b)[^,;.!?]{3,50}?)"
    r"(?: is|:| are|'s) (?:just |only |basically |all |mostly |mainly |pretty much )*me(?= and (?:an?|my|one)\b|"
    r"\s*(?:[,;.!]|$))",
)
MY_BIT = Quick(
    r"(?<![\w'])(?:mine|my (?:bit|part|side|share|patch|corner|end|piece|slice|half|domain|stuff|daily bread|bread and "
    r"butter)(?: of \w+(?: \w+)?)?)(?: here)? (?:is|are) (?:mostly |mainly |basically |only |just )*(?=the |our |all "
    r"|every)",
)
HANDED = Quick(
    rf"(?:{THEY}(?:given|gave|handed) me|{I_WAS}(?:been |just |now )*(?:landed|lumbered|saddled|stuck|left|blessed) "
    rf"with) "
    r"(?=the |all |our )",
)
SEES_TO = Quick(
    rf"(?<![\w'])i(?:'m the one who)? {ADVERBS}(?:makes? sure|sees? to it|ensures?)(?: that)? "
    r"(?=(?:the |our |all |every|nobody |no |people |patients |customers )[^,;.!?]{8,})",
)
DOES = Quick(
    rf"{I_AM}(?P<verb>buying|selling|doing|handling|covering|pricing|sourcing|planning|dispatching|auditing|teaching|"
    r"translating|underwriting|recruiting|designing|editing|drafting|inspecting|scheduling) "
    r"(?=(?!the\b|a\b|an\b|my\b|our\b|this\b|that\b|it\b|well\b|fine\b|good\b|ok\b|so\b|more\b|some\b|something\b|"
    r"nothing\b|my\b|for\b|in\b|on\b|to\b|with\b|and\b|great\b|better\b|all\b|what\b|lunch\b|dinner\b|"
    r"everything\b)[a-z])(?![^.;!?,]* (?:was|is|were|are|went|will|has|had)\b)",
)
OF_MASS = Quick(r"(?:(?-i:[A-Z]{2,})|[a-z]+(?:wear|ware|ing|ment|ance|ics|nce))\b")
POINTING = Quick(
    r"\b(?:that|this|it|there|here|uh|um|er|mm|hm|yeah|yep|oh|ah|okay|sure|guess|fault|problem|turn|bad)\b"
)
ONLY_DOES = Quick(
    rf"^\W*(?:(?:so|and|but|well|yes|no|kidding),? )*i (?:also |mostly |mainly |only |just |still |now |these days "
    rf")*(?P<verb>{HABITS})(?=\s*(?:[.!;]|$))"
)
PLACE = Quick(
    r"\b(?:another|a different|the other|your|new) (?:desk|room|floor|building|seat|chair|office|table|time|day)\b"
)


def find_tasks(sentence: Sentence) -> Iterator[Finding]:
    """The work that is said to be the writer's in other words than a title or a verb and its object."""
    if sentence.question or sentence.joking:
        return
    for found in (*MOVED.finditer(sentence.text), *TURNED.finditer(sentence.text), *TAKES_OVER.finditer(sentence.text)):
        yield from _tell_post(sentence, found)
    for found in (*NO_MORE.finditer(sentence.text), *TAKEN_BY.finditer(sentence.text)):
        yield from _tell_loss(sentence, found)
    for pattern in (MY_BIT, HANDED, SEES_TO):
        for found in pattern.finditer(sentence.text):
            yield from make_duty(sentence, found.start(), found.end(), "", subject=False)
    for found in DOES.finditer(sentence.text):
        if PLURAL.match(sentence.text, found.end()) or OF_MASS.match(sentence.text, found.end()):
            yield from make_duty(sentence, found.start(), found.end(), "")
    if (alone := IS_ME.match(sentence.text)) and not POINTING.search(alone["what"]):
        yield from make_duty(
            sentence, alone.start("what"), alone.start("what"), "", subject=False, end=alone.end("what")
        )
    if only := ONLY_DOES.match(sentence.text):
        verb = only["verb"].lower()
        yield Finding(
            address="role", value=AGENTS.get(verb, verb), start=only.start("verb"), end=only.end("verb"), weight=0.3
        )


def _tell_loss(sentence: Sentence, found: re.Match[str]) -> Iterator[Finding]:
    """The title that was the writer's, if it was, and is no longer."""
    title = match_title(sentence.text, found.end(), unlisted=True)
    left = found.re is NO_MORE.pattern
    if title and sentence.is_about_self(found.start()) and (left or NOW.match(sentence.text, title.end)):
        yield Finding(
            address="role",
            value=title.role,
            start=found.start(),
            end=title.end,
            weight=-1.0,
            source=Source.CORRECTION,
        )


def _tell_post(sentence: Sentence, found: re.Match[str]) -> Iterator[Finding]:
    """The title or the line of work that someone came to."""
    text = sentence.text
    if not sentence.is_about_self(found.start()) or PLACE.match(text, found.end()):
        return
    title = match_title(text, found.end(), unlisted=True)
    field = None if title else match_field(text, found.end())
    if title:
        yield Finding(address="role", value=title.role, start=found.start(), end=title.end, source=Source.CORRECTION)
        if title.seniority:
            yield Finding(address="seniority", value=title.seniority, start=found.start(), end=title.end, weight=0.8)
    elif field and AFTER.match(text, field.end):
        yield Finding(
            address="role", value=field.name, start=found.start(), end=field.end, weight=0.7, source=Source.CORRECTION
        )
