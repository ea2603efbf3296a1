"""Posts that someone came to or lost, in other words than "I am": "they moved me to footwear", "I stepped down as QA
lead"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.asides import disclaim
from bot.self_model.fields import AFTER, match_field
from bot.self_model.frames import ADVERBS, I_AM, I_DO, I_WAS, START, is_plain
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
LEADS = Quick(  # a team: by what it is for, or by its size
    rf"{I_DO}(?:run|lead|head|head up|manage|supervise|direct) (?:the |our |a |my )(?P<what>(?:[\w&/-]+ ){{0,4}}?)"
    r"(?:team|group|department|dept|unit|squad|crew|section|division)(?=\s*(?:[.,;!?)(]|$)|"
    r" (?:at|in|for|of|here|and|but|so|that|which|who|since|from|with|on)\b)"
)
PLACE = Quick(
    r"\b(?:another|a different|the other|your|new) (?:desk|room|floor|building|seat|chair|office|table|time|day)\b"
)


def find_posts(sentence: Sentence) -> Iterator[Finding]:
    """The post that the writer is said to have come to, and the one that was theirs."""
    if sentence.question or sentence.joking:
        return
    for found in (*MOVED.finditer(sentence.text), *TURNED.finditer(sentence.text), *TAKES_OVER.finditer(sentence.text)):
        yield from _tell_post(sentence, found)
    for found in (*NO_MORE.finditer(sentence.text), *TAKEN_BY.finditer(sentence.text)):
        yield from _tell_loss(sentence, found)


def find_leads(sentence: Sentence) -> Iterator[Finding]:
    """That the writer leads a team, and which, if it is said."""
    for found in LEADS.finditer(sentence.text):
        start, end = found.start(), found.end()
        if not (sentence.is_about_self(start) and is_plain(sentence.text, start)):
            continue
        if found["what"]:
            yield Finding(address="role", value=f"{found['what'].lower()}lead", start=start, end=end, weight=0.9)
        yield Finding(address="seniority", value="lead", start=start, end=end, weight=0.8)


def _tell_loss(sentence: Sentence, found: re.Match[str]) -> Iterator[Finding]:
    """The title that was the writer's, if it was, and is no longer."""
    title = match_title(sentence.text, found.end(), unlisted=True)
    left = found.re is NO_MORE.pattern
    if title and sentence.is_about_self(found.start()) and (left or NOW.match(sentence.text, title.end)):
        yield disclaim(found.start(), title)


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
