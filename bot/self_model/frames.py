"""The pieces that rules put together: who a clause speaks of, adverbs that may stand anywhere, how a message opens,
and where the thing spoken of ends.

A frame is a subject that is the writer (stated, or left out at the start of a sentence), a class of verbs and an
object. The rules name the verbs and say what the object may be; everything else about a frame is here.
"""

from __future__ import annotations

import re

from bot.self_model.own_words import BLANK
from bot.self_model.quick import Quick

ADVERB = (
    r"(?:also|still|now|just|only|really|mostly|mainly|currently|actually|basically|always|usually|"
    r"generally|often|even|somehow|then|eventually|finally|"
    r"kind of|sort of|kinda|sorta|pretty much|more or less|by now|meanwhile|here|both|all|too|again|recently|newly|"
    r"right now|at the moment|these days|nowadays|today|since \w+(?: years?| months?| weeks?)?|for (?:\d+|"
    r"\w+) (?:years?|months?|weeks?)(?: now)?|for now|over here|around here|in fact|by the way|btw|"
    r"personally|together with \w+|with \w+ others?|\w{3,}ly|have to|get to|happen to|tend to|help to|help|try to)"
)
ADVERBS = rf"(?:{ADVERB},? )*"
I_DO = (
    rf"(?<![\w'])(?:i|me|i myself|me and my \w+|my \w+ and i|i and my \w+),? {ADVERBS}"  # before a verb in the present
)
I_AM = rf"(?<![\w'])(?:i'?m|i am|i be|im|me,? i'?m|ich bin) {ADVERBS}"
I_WAS = rf"(?<![\w'])(?:i was|i got|i've been|i have been|ive been|i'm being|i am being|i just got|i'?m|i am) {ADVERBS}"
TEAM = (
    r"(?:my|our|the) (?:\w+ ){0,2}?(?:team|squad|department|dept|group|company|org|organi[sz]ation|unit|crew|shop|firm|"
    r"agency|office|lab|clinic|practice|school|hospital|plant|factory|site|warehouse|studio|faculty|ward|desk|shift|"
    r"authority|council|ministry|bank|business|institute|branch|division|station|depot|hub|bureau|guild)"
)
WE = (
    rf"(?<![\w'])(?:we|we'?re|we are|we'?ve|we have|{TEAM}(?: is| are|'s| has| have)?|us|i|i'?m|i am|i'?ve|"
    rf"i have) {ADVERBS}"
)
START = (  # nothing but a greeting, a name or a filler before: the subject left out is the writer
    r"^\W*(?:(?:hi|hiya|hey|hello|howdy|morning|good (?:morning|afternoon|evening)|ok|okay|so|and|but|"
    r"well|yes|yeah|yep|"
    r"no|nope|oh|ah|hm+|uh|um|sorry|thanks|cool|nice|great|sure|fyi|btw|context|background|quick intro|intro|note|me|"
    r"honestly|tbh|short version|for context|from me|here|also|plus|then|same here|about me|full disclosure|disclaimer)"
    r"(?: all| there| team| everyone| everybody| folks| both| bot| again| please)?[\s,.!:;–—-]+)*"
)
NOT_ASKED = Quick(  # right before "I": the verb that follows is no plain statement
    r"\b(?:do|does|did|can|could|should|shall|would|will|may|might|must|how|when|if|once|before|after|until|where|"
    r"whenever|every time|whether|unless|why|am|have|had|what|which|that|who|than|as soon as|so that|in case|the way|"
    r"the moment|everything|anything|something|whatever|while|wish|hope|think|guess|suppose|rather)\W*$",
)
THING_ENDS = Quick(
    rf"[;:()–—!?{BLANK}]|\.(?:\s|$)|\s-+\s|,(?=\s)|\s(?:but|because|so that|so|while|although|though|which|"
    r"who|that|where|how|what|"
    r"since|unless|cause|cuz|if|when|until|till|before|after|at the moment|right now|these days|nowadays|full[- ]time|"
    r"every day|all day|and (?:i|we|my|our|it|that|the|this|they|he|she|you|so|also|want|need|can|have|am|would)|"
    r"(?:is|are|was|were|has|have|will|would|can|could|does|do|did|should|must|may)(?= ))\b",
)
LEADING = Quick(
    r"^(?:(?:the|a|an|our|my|all of the|all of our|all the|all our|all|most of the|most of our|most of|"
    r"both|some of the|"
    r"everything around|everything about|everything to do with|anything to do with|anything|whole|entire|overall|new|"
    r"of|to|for|on|with|in|around|about|this|that|these|those)\s+)+",
)
TRAILING = Quick(
    r"(?:[\s,.;:!?*_~-]+(?:here|now|too|as well|today|currently|atm|btw|fyi|tho|though|lol|please|thanks|myself|"
    r"and|or|end to end|from \w+ to \w+|day to day|for (?:us|them|everyone|now)|and so on|etc|among other "
    r"things))*[\s,.;:!?*_~-]*$",
)
NO_THING = Quick(
    r"^(?:it|that|this|them|those|these|things?|stuff|something|anything|everything|nothing|one|ones|both|all|him|her|"
    r"us|you|me|some|other|another|same|so|not|yet|there|here|what|how|why|better|more|less|lots?|bit|few|"
    r"(?:the )?(?:same|other|next|last|first|following|above|below) ?(?:one|thing|two)?|whatever|good|"
    r"fine|ok|okay|done|"
    r"into|out|away|off|up|down|late|along|over|home|back|to\b.*|into\b.*|out of\b.*|\W*)$",
)
LONGEST_THING = 8  # words


def take_thing(text: str, start: int, *, longest: int = LONGEST_THING) -> tuple[int, int] | None:
    """The noun phrase that begins at a position, as a span without its articles; None where it names nothing."""
    ends = THING_ENDS.search(text, start)
    end = ends.start() if ends else len(text)
    lead = LEADING.match(text[start:end].lstrip())
    start += len(text[start:end]) - len(text[start:end].lstrip()) + (lead.end() if lead else 0)
    words = list(re.finditer(r"\S+", text[start:end]))[:longest]
    if not words:
        return None
    body = text[start : start + words[-1].end()]
    trail = TRAILING.search(body)
    body = body[: trail.start()] if trail else body
    if len(body) < 2 or NO_THING.match(body):
        return None
    return start, start + len(body)


def is_plain(text: str, position: int) -> bool:
    """Whether the verb of a subject at this position is plainly stated, and not asked for or made conditional."""
    return NOT_ASKED.search(text[max(0, position - 16) : position]) is None
