"""Frames of few words that announce a goal, a project, a criterion, a constraint or a background and leave open how the
rest is worded, and those where it stands in front: "the grant I'm writing", "fewer tickets, that's what I promised"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bot.self_model.frames import ADVERBS, START, take_thing
from bot.self_model.phrases import take_phrase
from bot.self_model.projects import NOUN
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated

WORKING_ON = (
    r"(?:working on|writing|building|leading|running|coordinating|managing|piloting|planning|preparing|designing|"
    r"drafting|"
    r"rolling out|setting up|migrating|redoing|rewriting|rebuilding|testing|organi[sz]ing|steering|driving|translating|"
    r"implementing|developing|introducing|launching|supervising|overseeing|digiti[sz]ing|automating|editing|directing|"
    r"producing|restoring|renovating|refurbishing|commissioning|finishing|pushing|chairing|moderating)"
)
REDOING = (
    r"(?:redoing|reworking|reorgani[sz]ing|rearranging|restructuring|redrawing|rethinking|reshaping|rewiring|"
    r"relaunching|"
    r"remodelling|remodeling|revising|renegotiating|rebuilding|redesigning|moving|relocating|merging|splitting|"
    r"replacing|"
    r"migrating|consolidating|modernising|modernizing|cleaning up|phasing out|winding down|switching over|opening|"
    r"closing)"
)
SOMETHING = (
    r"(?!it\b|this\b|that\b|what\b|which\b|who\b|he\b|she\b|they\b|you\b|there\b|all\b|nothing\b|i\b|we\b)"
    r"[^,;:.!?]{3,60}?"
)
GOOD = (
    r"(?:accuracy|speed|precision|quality|price|cost|privacy|security|simplicity|correctness|completeness|latency|"
    r"reliability|traceability|transparency|consistency|safety|usability|depth|brevity|honesty|being right)"
)
WHEN = (
    r"(?:by|before|until|till) (?:the |our |my |next |end of |mid[- ]?)*(?:q[1-4]|january|february|march|april|may|"
    r"june|july|"
    r"august|september|october|november|december|summer|spring|autumn|winter|christmas|easter|year|quarter|month|"
    r"season|"
    r"audit|steering|board|inspection|semester|term|holidays|\d)"
)
WORDINGS = {  # the value is `what`, or the phrase behind the wording
    "project": (
        rf"(?:^|[,;:(–—] ?|\b(?:and|for|with|on|about|of|is|but) )(?:the|our|my) (?P<what>{SOMETHING}"
        rf"(?<! and)(?<! but)(?<! so)(?<! as)(?<! when)"
        rf"(?<! while)(?<! because)(?<! if)(?<! since)) "
        rf"(?:that |which )?(?:i'?m|i am|we'?re|we are) {ADVERBS}{WORKING_ON}\b",
        rf"^\W*(?:(?:and|so|but|right now|currently),? )*(?:the |our |my )?(?P<what>{SOMETHING}) (?:is|are) "
        rf"what (?:i'?m|i am|we'?re|we are) {ADVERBS}(?:{WORKING_ON}|doing|on)\b",
        rf"(?:^|[,;:(–—] ?|\b(?:yes|unfortunately|and|but)\b,? )(?:the |our |my )(?P<what>{SOMETHING}) (?:is|are|"
        r"sits?|landed|lands) (?:still |now |also |all )*on my (?:plate|desk|list|table)\b",
        r"(?<![\w'])(?:i'?ve got|i have|i got|we'?ve got|we have) (?:the |our |an? )"
        rf"(?P<what>{SOMETHING}) on (?:my|our) (?:plate|desk|list|table)\b",
        rf"(?<![\w'])(?:i'?m|i am|we'?re|we are) {ADVERBS}{REDOING} (?=(?:the|our|all|all the|all our) (?:[\w&/-]+ "
        rf"){{0,4}}(?:{NOUN}|process|archive|office|permit|workflow|"
        r"intake|procedure|forms?|files|data|structure|organi[sz]ation|layout|site|floor|stock)\b)",
        rf"(?<![\w'])(?:i'?m|i am) {ADVERBS}(?:leading|running|driving|heading|on) "
        r"(?=(?:workstream|work package|project|programme|task ?force|phase) \w)",
        r"\bmy (?:current|new|latest|big) (?:baby|project|construction site|mission|job) (?:is|:) (?=the|our|a)",
    ),
    "goal": (
        rf"^\W*(?:(?:and|so|but),? )*(?P<what>{SOMETHING}),? (?:that'?s|that is|is|that was) (?:what|the thing|the "
        r"number|the figure|the kpi) (?:that )?(?:i|we)(?:'ve| have|'m| am|'re| are)? (?:promised|measured|judged|"
        r"paid|want|need|signed up|committed|after|aiming|working towards?|have to deliver|must deliver|assessed)\b",
        r"(?<![\w'])(?:i|we)(?:'ve| have)? (?:just |already )?(?:promised|committed to|signed up for|pledged) "
        r"(?:(?:my|the|our) \w+ )?(?:that |to )?(?=\w)",
        r"\b(?:this year's|this quarter's|this season's) (?:big|main|only|one) (?:one|thing|goal|ambition)(?: for "
        r"(?:me|us))?(?:: | is (?:to |that )?)|\bthe (?:big|main) (?:one|goal|ambition) (?:for (?:me|us)|this year): ",
        r"\bif (?:i|we) (?:get|manage|achieve|do) (?:only |just )?one thing [^,;.!?]{0,40}?,? ?(?:it|that) (?:should|"
        r"would|must|has to|will) be (?=\w)",
        r"\b(?:the|my|our) (?:hope|dream) is that (?=\w)|(?<![\w'])i(?:'m| am)? (?:dream|dreaming) of "
        r"(?=(?:a|an|the|one|having|no) )",
        rf"(?<![\w'])(?:we|i) (?:need|have|want) to be (?=[^,;.!?]{{3,50}}\b{WHEN})",
        r"\bwhat keeps (?:me|us) (?:up|awake)(?: at night)? is (?=\w)",
    ),
    "criterion": (
        r"\bwhat (?:would|will|'ll|could|'d) (?:sell|convince|win|persuade|sway) (?:me|us)(?: over)?(?: on (?:it|"
        r"this))?(?: is|:| would be) (?=\w)",
        r"\b(?:the|my|our) (?:real |only |big |first )?test (?:for (?:me|us) )?(?:is|will be|:) |\bthe (?:real |only )"
        r"?test for (?:me|us): |\ball that (?:counts|matters)(?: (?:for|to) (?:me|us))? is |\bfor (?:me|us) it'?s "
        r"(?:very |quite |really )?simple: ",
        rf"(?:^\W*|[,;:–—] ?)(?P<what>{GOOD}) (?:over|before|beats?|trumps?|comes before|first|above) (?:{GOOD}|"
        r"everything|all)\b",
    ),
    "constraint": (
        rf"(?:^\W*|[,;:–—] ?|\b(?:and|but|so|because) )(?P<what>(?!i\b|we\b){SOMETHING} (?:must|may) "
        r"(?:never|under no circumstances|not ever) \w+[^,;.!?]{0,50})",
        r"(?:^\W*|[,;:–—] ?|\b(?:and|but|so|because) )(?P<what>(?:nothing|no [a-z]+(?: [a-z]+)?) (?:ever )?(?:gets|may|"
        r"goes|moves|leaves|can|must) (?:be )?(?:installed|stored|copied|sent|shared|changed|deployed|released|"
        r"moved|signed|leave|go|published|uploaded|bought|before|out|into|through|without)[^,;.!?]{0,50})",
        r"^\W*(?:(?:yeah|yes|and|also|sorry),?:? )*(?P<what>no (?!not\b|more\b|idea\b|problem\b)[a-z]+(?: "
        r"[a-z]+){0,3} (?:in here|in there|in this "
        r"(?:chat|channel|tool|bot)|outside (?:the|our) \w+|on (?:these|our|the) \w+))(?=\s*(?:[,;.!]|$))",
        r"(?:^\W*|[,;:–—] ?)(?P<what>[\w-]+(?: [\w-]+)? or nothing)\b",
        r"(?P<what>\b(?:we|i) (?:live|operate|fall|work|are) under (?:the )?(?:gdpr|hipaa|pci|sox|dora|nis-?2|gxp|gmp|"
        r"fda|iso|mifid|basel|ferpa|ccpa|itar|ai act|[\w ]{0,20}(?:act|law|rules|directive))\b[^,;.!?]{0,30})",
        r"(?P<what>\banything (?:over|above|beyond|bigger than|more than) [^,;.!?]{2,20} (?:goes|needs|requires|has to|"
        r"must)\b[^,;.!?]{2,40})",
        r"(?P<what>\bwhat(?:ever)? (?:we|i) (?:pick|choose|buy|use|take|get|end up with) (?:must|has to|needs to|"
        r"have to)"
        r"\b[^,;.!?]{3,60})",
        r"(?P<what>\bwe(?:'re| are) (?:frozen|closed|locked down|in (?:a )?(?:change )?freeze) (?:from|until|till|"
        r"between)"
        r"[^,;.!?]{2,40})",
        r"(?P<what>\b(?:hard stop|cut-?off|last call|point of no return)(?: for (?:us|me|this))?(?: is|:) "
        r"[^,;.!?]{2,40})",
        rf"(?P<what>\b(?:i|we) (?:have|need|must)(?: to)? (?:show|deliver|present|report|have|hand in|submit|file) "
        rf"[^,;.!?]"
        rf"{{2,40}}? {WHEN}[^,;.!?]{{0,30}})",
    ),
    "background": (
        r"(?<![\w'])i (?:first |originally )?(?:started|began)(?: out)? (?:in|at) (?!the (?:morning|middle|"
        r"end)|"
        r"a (?:new|minute|moment)|my|this|monday|january|20\d\d)(?=[a-z])",
        r"\bbefore (?:this|that|it|IT|tech|software|coming here|here|the \w+|[a-z]+ing \w+),? i (?:was |worked (?:as|"
        r"in|at|"
        r"for|on) |did |drove |ran |taught |sold |flew |built |fixed |repaired |cooked |nursed |managed |studied )"
        r"(?:an? |the )?(?=\w)",
        rf"(?:{START}|(?<![\w'])i )(?:did|spent|had|have done|'ve done) (?:about |over |some |nearly )?(?:\d+|two|"
        rf"three|four|"
        r"five|six|seven|eight|nine|ten|twelve|fifteen|twenty|my twenties|my thirties|a decade|many years)"
        r"(?: years)? (?:on|in|at|as|with|of) (?:an? |the )?(?=(?!this\b|it\b|my\b|a row\b|waiting\b|total\b|bed\b|"
        r"hold\b)[a-z])",
    ),
}
FRAMES = {address: tuple(map(Quick, wordings)) for address, wordings in WORDINGS.items()}
WEIGHT = 0.8
POINTING = Quick(r"\b(?:this|that|it|uh|um|er|mm|i|you|we|they|he|she|so|but|well)\b")  # and names nothing
SMALL = Quick(  # what is written, built or tested in passing
    r"^(?:\w+ )?(?:mail|email|e-mail|message|text|reply|answer|question|script|query|function|code|test|file|list|"
    r"sentence|line|"
    r"book|book i|song|train|car|house|day|one|thing|stuff|way|same|error|page|website|essay|letter|app)s?$"
)


def find_open(sentence: Sentence) -> Iterator[Finding]:
    """What these frames announce, one of a kind a sentence."""
    if sentence.joking:
        return
    for address, patterns in FRAMES.items():
        spans = (
            (found, span)
            for pattern in patterns
            for found in pattern.finditer(sentence.text)
            if _is_said(sentence, found) and (span := _take_value(sentence, found, address))
        )
        for found, (start, end) in islice(spans, 1):
            yield Finding(
                address=address,
                value=sentence.text[start:end],
                start=min(found.start(), start),
                end=max(found.end(), end),
                weight=WEIGHT,
            )


def _is_said(sentence: Sentence, found: re.Match[str]) -> bool:
    begin = found.start("what") if "what" in found.re.groupindex and found["what"] else found.start()
    return not sentence.question and sentence.is_about_self(begin) and not is_negated(found[0][-12:])


def _take_value(sentence: Sentence, found: re.Match[str], address: str) -> tuple[int, int] | None:
    """The span of what a frame announces; None where that is nothing or a small thing."""
    if "what" not in found.re.groupindex or not found["what"]:
        return take_phrase(sentence, found.end())
    start, end = found.span("what")
    if address == "constraint":
        return start, end
    if POINTING.search(found["what"]):
        return None
    thing = take_thing(sentence.text, start)
    if thing is None or SMALL.match(sentence.text[thing[0] : min(thing[1], end)]):
        return None
    return thing[0], min(thing[1], end)
