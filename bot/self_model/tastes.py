"""How someone wants to be answered: depth, length, format, from what they ask for and what they complain about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.lexicon import load_tastes
from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence

STANDING = Quick(
    r"\b(?:i (?:really |generally |usually |always |much |strongly |'d |would )*(?:prefer|"
    r"like|love|want|need|hate|dislike|can't stand|don't (?:like|want|need)|don't do|"
    r"learn best)|i'd rather|always|from now on|going forward|in (?:the )?future|next time|"
    r"by default|"
    r"every time|whenever|for me|i'm (?:more )?(?:an? )?(?:visual|big picture)|i am an? visual|"
    r"in general|generally|please (?:always|stop|don't)|never|i'm a fan of|remember|"
    r"works best for me|stop|as a rule|generally|kills? me|i skim|with me|about right|i (?:much |really "
    r")*prefer|"
    r"(?:is|are) (?:much |always )?appreciated|when(?:ever)? you (?:write|answer|reply|compare|explain)|my answers|"
    r"(?:in|with) (?:all )?your (?:replies|replys|answers)|"
    r"the \w+er the better)\b",
)
ASKING = Quick(
    r"^\W*(?:(?:ok|okay|and|but|so|hey|hi|thanks|thx|cool|great|nice|sorry|also|next time|"
    r"from now on|going forward|again|no|yes|yeah|btw|hmm|bot)\W+)*(?:please|pls|plz|"
    r"can (?:you|i|we)|could (?:you|i|we)|would you|will you|give|show|explain|keep|spell|number|bullet|fewer|be|"
    r"spare|i skim|"
    r"make|just|use|skip|break|walk|send|tell|talk|write|answer|reply|format|put|"
    r"i (?:prefer|want|need|like|would|'d|just|only|don't|do not|hate)|i'd|go|more|"
    r"less|too|way too|shorter|longer|simpler|deeper|eli5|tl;?dr|bullets?|in |as |"
    r"no |don't|do not|stop|always|never|get to|drop|spare|cut|assume|that's|that was|"
    r"less is|walls? of|this is|this was|it's|your (?:answers?|replies)|and in|answers?|replies|add|"
    r"include|with|without|for me|short|brief|step|let's|pretend i|treat me|dumb|on second thought|"
    r"the \w+er the better|kindly|i'?m (?:not |non-?)|feel free|dont|err on|(?:an? |one |two |three |\d"
    r" )?(?:lines?|sentences?|liners?|paragraphs?|"
    r"lists?|tables?|dot points|runbook|tl;dr|grids?|simple words|more words|not too|acronyms)|you(?:'ll|"
    r" will)? (?:have to|can|may|"
    r"could|should) |i think in|i read |you know what|"
    r"agreed)",
)
OTHER_TEXT = Quick(
    r"\b(?:i'll|i will|let me|i'm going to|we'll|we should|we need to|we must|meeting|"
    r"standup|stand-up|call|the (?:doc|docs|document|report|deck|email|mail|slides?|"
    r"ticket|pr|post|presentation|readme|page|file|message|subject|title|agenda|readout|"
    r"memo|form|intro|announcement|query|function|code|test)|my (?:boss|manager|team|"
    r"doc|report|email|deck|update|talk)|him|her|them|they|he|she|customers?|users|"
    r"passwords?|"
    r"queries|logs?|variable names?|commit|commits|retro|interview|lunch|demo|loop|list of|sprint)\b",
)
DISLIKE = Quick(
    r"\b(?:no|not|don'?t|do not|hate|dislike|without|stop|never|isn'?t|can'?t stand|"
    r"can not stand|avoid|skip|drop|fewer|sick of|tired of|rather than|instead of|"
    r"less|over|changed my mind about|gone off|no longer|enough of|done with|used to)\b",
)
BUILT_IN = Quick(
    r"\b(?:no|not|don'?t|without|less|skip|stop|too|avoid|cut|drop|spare|hate|wall|"
    r"never|needn'?t|can't|fewer|instead)\b",
)
NEEDS_DISLIKE = Quick(r"^(?:long (?:answers|replies|texts?|explanations))$")


CHANGED = Quick(
    r"\b(?:from (?:now|here) on|on second thought|gone off|changed my mind|instead|anymore|any more|"
    r"going forward|no more|"
    r"i take (?:it|that) back|after all|forget what i said)\b",
)
ONE_ANSWER = Quick(r"\b(?:that|this|the last|your last) (?:one|answer|reply|time|was|is)\b|\bthat's\b")
ABOUT_OTHERS = Quick(r"^\W*(?:do|does|did|is|are|was|what|which|why|how|who|when|has|have|should)\b")
WISH_WEIGHT, ONE_ANSWER_WEIGHT = 0.6, 0.4  # a wish on this occasion; one about a single answer
GOES_ON = Quick(  # "in a nutshell the vendor blames us" tells, it wishes for nothing
    r"[,:]? ?(?:take|look|consider|see|we|we're|i|i'm|it|it's|he|she|they|they're|the (?!point\b)|our|my|"
    r"of (?:where|what|how|the|it)|that's|there's|nobody|everyone|someone)\b(?! (?:prefer|need|want|would|"
    r"like|can)\b)",
)
SPECIFIC = Quick(r" (?:of|for|from|in|on|below|above|about) (?:an?|the|this|that|my|our|section|chapter|page|open)\b")
OF_WHAT = Quick(r" of (?:where|what|how|why|the story)\b")
THIS_ONCE = Quick(r"\b(?:just this once|this (?:one )?time|for once|only (?:this )?once|for this one)\b")


def find_tastes(sentence: Sentence) -> Iterator[Finding]:
    """Wishes about the form of answers; standing ones ("always", "I prefer") weigh more than one-off requests."""
    text = sentence.text
    matches = [
        (kind, value, match) for kind, value, pattern in load_tastes() if (match := pattern.search(text)) is not None
    ]
    if not matches:
        return
    changed = CHANGED.search(text) is not None
    standing = changed or STANDING.search(text) is not None
    if (
        not (standing or ASKING.match(text))
        or OTHER_TEXT.search(text)
        or THIS_ONCE.search(text)
        or ABOUT_OTHERS.match(text)
        or not sentence.may_be_wish
    ):
        return
    begins = not standing
    found = {
        (kind, value): match
        for kind, value, match in matches
        if not _is_disliked(text, match, value)
        and not (begins and (GOES_ON.match(text, match.end()) or SPECIFIC.match(text, match.end())))
        and not OF_WHAT.match(text, match.end())
    }
    if ("format", "prose") in found:
        found.pop(("format", "bullets"), None)
    weight = ONE_ANSWER_WEIGHT if ONE_ANSWER.search(text) else 1.0 if standing else WISH_WEIGHT
    for kind, value in found:
        yield Finding(
            address=f"preference:{kind}",
            value=value,
            start=0,
            end=len(text),
            weight=weight,
            source=Source.CORRECTION if changed else Source.STATED,
        )


def _is_disliked(text: str, found: re.Match[str], value: str) -> bool:
    """Whether the wish stands under a negation of its own ("no bullets"), unless it is one by its wording."""
    if value == "short" and NEEDS_DISLIKE.match(found[0]):
        return DISLIKE.search(text[: found.start()]) is None
    before = re.split(r"[,;:.]", text[: found.start()])[-1]
    if BUILT_IN.search(found[0]):
        return re.search(r"\bnot\b", before) is not None
    return DISLIKE.search(before) is not None
