"""How people complain and praise, at work and elsewhere, as patterns by kind.

They are matched on words in lower case without apostrophes ("don't" is "dont"), marks but ? and ! taken out; each
pattern stands between word boundaries. Order is rank: of several kinds that fit, the first is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_PATTERNS: Final[Mapping[str, tuple[str, ...]]] = {
    "too_basic": (
        r"too (basic|simple|simplistic|shallow|high level|superficial|elementary|junior|dumbed)",
        r"(dumb(ed|ing)|water(ed|ing)) (it |this |that )?down",
        r"(dont|do not|no need to|stop) (dumb|water) (it|this|that) down",
        r"(i|we) (already )?know (all )?(this|that|the basics)( already| stuff)?",
        r"(go|dig|be|a bit|much|lot|little|bit) deeper",
        r"more (depth|technical|in depth)",
        r"not (technical|deep|detailed) enough",
        r"i(m| am) not (a|an|some) (beginner|newbie|junior|intern|novice)",
        r"(barely |only |just )?scratch(es|ing)? the surface",
        r"skip the basics",
        r"(the|just|only|more like) (the )?(marketing|sales|executive|management) version",
        r"(give|show|tell) (me|us) the (nitty gritty|internals|gory details|details|full picture)",
        r"(intro|101|beginner|kindergarten) (level|stuff|material)",
        r"(lacks?|needs?|want|without) (more )?(detail|details|depth|substance)",
    ),
    "too_deep": (
        r"too (deep|technical|complex|complicated|long|detailed|dense|advanced|wordy|verbose)",
        r"too much( detail| information| info| text| jargon)",
        r"over my head",
        r"in (plain|simple|normal|layman|laymans) (english|words|terms|language)",
        r"tl ?dr",
        r"eli5",
        r"walls? of text",
        r"(way|much|far|bit) simpler",
        r"simpler( please| version| words| way)",
        r"(simplify|shorten)( it| this| that| please)?",
        r"shorter please",
        r"(explain|say|put|write|tell|make|keep)( it| this| that| me| us){0,2} (simpler|shorter)",
        r"what (do|did) (you|u) mean by (?!that|this|it)\w+",
        r"(you |this |that |it )?(totally |completely )?lost me",
        r"(im|i am) (completely |totally )?lost",
        r"can (you|u) dumb (it|this|that) down",
        r"(only|just) (need|want) (the|a) (one sentence|one line|two line|short|quick) (summary|version|answer)",
        r"(drop|less|no|the) jargon",
        r"get to the point",
        r"(do not|dont) (understand|get|follow) (any|half|most|a word|these|those)",
        r"explain (it |this |that )?(to me )?like",
        r"(short|shorter|brief|briefer|one line|two line) (version|answer|summary)",
    ),
    "not_specific": (
        r"(too|so|very|pretty|rather|quite|really|bit|still|just|all) (generic|general|vague|abstract|fluffy)",
        r"generic (answer|reply|stuff|again|advice|response|text)",
        r"not (very |really |at all |that )?(specific|relevant|applicable)",
        r"(isnt|not|arent|wasnt) (really )?(our|my) (setup|stack|case|situation|system|environment|team|use case)",
        r"(boilerplate|one size fits all|marketing (speak|fluff|talk|text|copy)|sales pitch|brochure|buzzwords?)",
        r"(specific|tailored) (to|for) (us|me|our|my)",
        r"could (be|apply to|be about) any(one|body| company| team| product)?",
        r"(copy ?pasted?|canned) (answer|reply|response|text)?",
        r"doesn?t? (really )?(help me|apply|fit us|fit our)",
        r"we (dont|do not) (even )?(use|have|run) (that|this|any|it|those)",
        r"not how (we|our)",
        r"how (does|do|would|is) (that|this|it|any of this) (even )?(apply|relate|relevant) to (us|our|me|my)",
        r"(does not|doesnt|do not|dont) (really |even )?fit (us|our|my)",
        r"for (our|my) \w+( \w+)?,? not (in general|for anyone|for everyone)",
        r"we (do not|dont) (even )?(use|have|run) \w+ at all$",
        r"(nothing|not) about (our|my|us)",
        r"(be |lot |bit |much )more specific",
    ),
    "wrong": (
        r"(thats|that is|this is|its|it is|youre|you are|your|is|are|was|looks|seems|just|plain)"
        r"( just| simply| completely| totally| plain| still| also| so| doing it)? (wrong|incorrect|false|untrue)",
        r"(not|isnt|arent|wasnt) (true|correct|right|accurate|the case)",
        r"(made|making) (that|this|it|things|stuff) up",
        r"hallucinat\w*",
        r"(out ?dated|out of date|inaccurate|incorrect|mistaken)",
        r"are you sure",
        r"i (do not|dont) (think|believe) (so|thats|that is|this is)",
        r"that was (changed|removed|deprecated|years ago)",
        r"actually\b.*\bnot",
        r"(broken|dead) link",
        r"(does not|doesnt) exist",
        r"(this|that|it|which) (flatly |directly )?contradicts",
        r"(docs|documentation|handbook|manual|contract|policy) (say|says|state|states) (otherwise|the opposite)",
        r"(that|this|the|your) (number|figure|date|limit|price|name)s? (is|are|was|were|looks|seems) (off|wrong|old)",
    ),
    "ignored_question": (
        r"(not|isnt|wasnt) (quite |really |exactly )?(what i|what we|the question|my question)",
        r"(did not|didnt|never) ask",
        r"i asked (about|for) \w+( \w+)? not",
        r"^i meant (the|our|my|how|what|when|where|why|who)",
        r"(i|we) (had |was |were )?(asked|asking) (you|about|for|how|what|whether|if|which|when|where|why|who)",
        r"answer (my|the) question",
        r"off topic",
        r"(no|nope|but) i (meant|mean)",
        r"(you )?only (answered|half|part of|the first)",
        r"(the )?rest of my question",
        r"still not (it|right|what|there|answered)",
        r"chang\w+ (the )?(topic|subject)",
        r"what are (you|u) (talking|going|saying|on about)",
        r"what (do|did) (you|u) (even )?mean",
        r"what does (that|this|it) (even )?mean(?! (for|to|in))",
        r"what (you|your|youre) (are )?(talking|saying)",
        r"(not|doesnt|didnt|dont|isnt|arent) mak(e|es|ing) (any |much |a lot of )?sense",
        r"no sense",
        r"(did not|didnt|doesnt|does not|havent) (really )?(answer|address|read|listen)",
        r"you (ignor\w+|miss(ed)?)",
        r"missed (the|my) (point|question)",
        r"what (does|has) that (have )?(got )?to do",
        r"(beside|not) the point",
        r"(im|i am) (confused|not sure (what|i))",
        r"misunder(stood|standing)",
        r"not (very |really |at all |that )?(helpful|useful)",
        r"useless",
        r"try again( please)?$",
        r"(doesnt|does not|didnt|did not) (really )?help",
        r"no idea what",
    ),
    "repeated": (
        r"(as|like) i (said|asked|wrote|mentioned)( before| above| already)?",
        r"(again|once more|already) (asked|told|asking)",
        r"asking again",
        r"^(and )?(again|once more) (how|what|when|where|why|who|which)",
        r"i (have )?(already|just) asked (this|that|you)",
        r"same (answer|reply|thing|text) as (before|last time|earlier|above)",
        r"i repeat",
        r"same (answer|question|thing|reply) (again|as)",
        r"(second|third|fourth|2nd|3rd|4th) time",
        r"i already (said|told|asked|mentioned)",
        r"(you )?keep (saying|repeating|telling|giving)",
    ),
    "slow": (
        r"(that|this|it|you|bot|answer|reply)( \w+){0,2} (too|so|very|pretty|really|super|painfully|kinda) slow",
        r"(that|this|it) (is|was) slow",
        r"^(too|so|very|super|really) slow",
        r"(that|this|it|you|answer|reply|response) took (forever|ages|so long|too long|a while|minutes)",
        r"^took (forever|ages|so long|too long)",
        r"still waiting for (an|the|my|your)",
        r"(been )?waiting (for )?(ages|minutes|forever|so long|too long)",
        r"(you|this bot|the bot|that|it) (are|is|was) (so |too |very |really |pretty )?slow",
        r"^slow (response|reply|answer|bot)",
    ),
    "other": (
        r"^(meh|ugh|bah|not great|not good|disappointing|nope not it)",
        r"(bad|poor|terrible|awful|lousy|disappointing) (answer|reply|response|one)",
        r"(answer|reply|response|that|this) (is|was) (bad|poor|terrible|awful|disappointing)",
    ),
}
# Whole messages that say no more than that the reply was not understood.
_PUZZLED: Final = r"^(huh|what|wat|hm+|pardon|sorry|come again|say what)[ ?!]*$"
_NO_IT_IS: Final = r"^(no|nope|wrong|nah)\b.{0,40}\b(is|are|its|was)\b|^(no )?(wrong|incorrect)[ !]*$"

COMPLAINTS: Final[Mapping[str, re.Pattern[str]]] = {
    kind: re.compile(
        "|".join(
            [rf"\b(?:{one})\b" for one in patterns]
            + {"ignored_question": [_PUZZLED], "wrong": [_NO_IT_IS]}.get(kind, [])
        )
    )
    for kind, patterns in _PATTERNS.items()
}

# What calls a reply wrong and can mean nothing else; the other patterns of "wrong" only count as signs.
FLATLY_WRONG: Final = re.compile(
    r"^(no )?(thats |this is )?(wrong|incorrect|not true|not correct|not right)[ !]*$"
    r"|\b(thats|that is|this is|answer is|reply is|answer was) (just |plain |also |still )?(wrong|incorrect)\b"
    r"|\b(answer|reply|that|this|information|info) (is|was|are) (out ?dated|out of date|inaccurate|mistaken)\b"
    r"|\b(made (that|this|it) up|hallucinat\w*)\b"
    r"|^(no )?(this|that|it) (flatly |directly )?contradicts\b"
    r"|\b(docs|documentation|handbook|manual|contract|policy) (say|says|state|states) (otherwise|the opposite)\b"
    r"|^(that|this|the|your) (number|figure|date|limit|price|name) (is|was|looks|seems) (off|wrong|old)\b"
)

# What says that the reply made someone ask again, and can mean nothing else.
FLATLY_REPEATED: Final = re.compile(
    r"^(and )?i (have )?(already|just) asked (this|that|you)"
    r"|^as i (said|asked)( before| above| already)? (how|what|when|where|why|who|which)"
    r"|\bsame (answer|reply) as (before|last time|earlier|above)"
)

# Emoji stand for words, since words are what is matched.
EMOJI: Final[Mapping[str, str]] = {
    **dict.fromkeys("👍🎉❤🙏🙌👏💯🚀😍🥳✅", " great "),
    **dict.fromkeys("👎😡😠🤬", " not what i asked "),
    **dict.fromkeys("😕🤔🤨😵🤯", " huh "),
    **{f":{name}:": " great " for name in ("+1", "thumbsup", "tada", "heart", "pray", "100", "raised_hands")},
    **{f":{name}:": " not what i asked " for name in ("-1", "thumbsdown", "rage", "angry")},
}
# A question that begins like this and carries words of its own is about the world, not about the reply.
SUPPOSES: Final = re.compile(r"^(and |so |ok |but )*(what if|what happens|how often|how likely|who)\b")
ABOUT_THE_WORLD: Final = re.compile(
    r"^(and |so |ok |but )*(is|are|does|do|can|could|how|what|which|where|when|who|if)\b"
)

PRAISE: Final = re.compile(
    r"\b(thanks|thank you|thx|ty|cheers|great|perfect|excellent|awesome|brilliant|nice|lovely|amazing|spot on|exactly"
    r"|helpful|useful|love (it|this|that)|makes sense|got it|that works|works for me|much better|good (answer|one|job)"
    r"|well done|clear now|thats (better|it|right|correct)|just what i|what i needed)\b"
)
