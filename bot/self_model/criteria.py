"""What someone will judge the pilot by: what decides, what would rule it out, on what condition they would go on."""

from __future__ import annotations

from collections.abc import Iterator

from bot.self_model.frames import START
from bot.self_model.phrases import take_phrase
from bot.self_model.quick import Quick
from bot.self_model.sentences import BREAK, Finding, Sentence, is_negated, is_reported

CUES = frozenset(
    """
    judge judging evaluate evaluating measure measuring score scoring grade grading rate rating assess assessing
    matters matter care counts count success successful win outcome result winning breaker breakers dealbreaker
    dealbreakers break test criterion criteria yardstick bar go showstopper must must-have musts have important
    stand stands fall falls sign buy yes switch happy counting watching looking tracking comparing weigh key comes
    thing allergic need proof decider deciding decides decisive benchmark negotiable crucial essential vital good
    useful great worth convince convinces convinced impressed live prove non-negotiable nonnegotiable no-go nogo
    minimum first then
    """.split()
)
CONDITION_CUES = frozenset("if when once unless long until moment day only no without".split())
JUDGE = (
    r"(?:judg(?:e|ing)|evaluat(?:e|ing)|measur(?:e|ing)|scor(?:e|ing)|grad(?:e|ing)|rat(?:e|ing)|"
    r"assess(?:ing)?|benchmark(?:ing)?|review(?:ing)?)"
)
THING = (
    r"(?:it|this|you|everything|success|vendors|tools|(?:the |this |every |any |each |your )(?:pilot|bot|"
    r"tool|thing|product|trial|poc|"
    r"one|vendor|answers|assistant|system)|daytwo|them)"
)
ONLY = r"(?: mainly| mostly| purely| only| strictly| solely| really| first and foremost| primarily)?"
FOR_ME = (
    r"(?: (?:to|for) (?:me|us|my \w+|our \w+)| here| in this pilot| in the end| at the end| of (?:the|"
    r"this) (?:pilot|trial)| personally| at least)*"
)
NOUN = (
    r"(?:deal[- ]?breaker|make[- ]or[- ]break|acid test|litmus test|smell test|real test|success "
    r"criteri(?:on|a)|criteri(?:on|a)|yardstick|bar(?! (?:is |was )?(?:open|closed|at|in|on|next|opens|"
    r"closes|around))|acceptance test|"
    r"no-go|showstopper|must[- ]have|red line|proof|decider|deciding factor|decisive (?:point|thing|"
    r"factor)|benchmark|measure of success|sign of success|"
    r"bare minimum|minimum|pass mark|hard line|sticking point|knock-?out|ko criterion|non-negotiable|"
    r"clincher|selling point|hill i'll die on|measuring stick|metric)s?"
)
LINK = (
    r"(?: (?!is\b|are\b|was\b|not\b|isn't\b)[\w'&/.-]+){0,6}?(?: is| are|:|'s| would be| will be| =| "
    r"means| remains| comes down to)(?: simply| just| whether| if| that| how)*:?(?= )"
)
CRITERION = Quick(
    r"(?:\b(?:i|we|my \w+|our \w+)(?:'ll| will|'m going to|'re going to| am going to|'d| would|'m| am|'re|"
    r" are)? (?:be )?(?:only |mainly |mostly |personally "
    rf"|always |usually |really )*{JUDGE}(?: {THING})?{ONLY} (?:by|on|against|based on|for)"
    r"|what (?:really |actually |i |we |will |would )*(?:matters?|care about|i care about|we care about|"
    r"counts?|decides?|tips the scales?|convinces? (?:me|us)|wins me over|sells it|i look at|i look for|"
    r"i'?m judging (?:it|this|you) (?:on|by)|i judge (?:it|this) (?:on|by)|i'll judge (?:it|this|you) "
    r"(?:on|by)|i'm looking at|i'?ll be watching|impresses me|makes? or breaks? (?:it|this))(?: (?:the "
    r")?most)?"
    r"(?: (?!is\b|are\b)[\w'&/-]+){0,6}?(?: is| are|:)"
    rf"|(?:success|a win|winning|victory){FOR_ME}(?: is| looks like| means| would be| would mean| =|:| equals)"
    r"|(?:to me|for me|for us|in my book|in my eyes),? (?:success|a win|winning)(?: is| looks like| means|"
    r" would be| =|:)"
    r"|(?:to me |for me |for us |in my book |in my eyes |for my \w+ )?,?(?:an? )(?:good|successful|useful|"
    r"great|decent|worthwhile|proper) (?:pilot|bot|tool|trial|outcome|result|product|assistant|system|"
    rf"answer){FOR_ME}(?: is| means| would(?: be)?| looks like| has| =|:)"
    rf"|(?:my|our|the|a|one|only|first|another)(?: \w+)? {NOUN}{LINK}"
    r"|(?:success )?criteri(?:on|a):|deal[- ]?breakers?:|must-haves?:|non-negotiables?:|red lines?:|most "
    rf"important(?: thing| point)?{FOR_ME[:-1]}+ is(?: that)?"
    r"|(?:stands?|will stand|falls?) (?:or|and) falls? (?:with|on|by)|what would (?:make|get) (?:me|us) "
    r"(?:to )?(?:sign|buy|say yes|switch|happy)(?: is|:)"
    rf"|(?:i|we)(?:'ll| will) be (?:counting|watching|looking at|tracking|comparing|checking)|(?:i|we) weigh"
    r"|for (?:me|us|my \w+),? (?:it's all about|it all comes down to|the key (?:thing|question) is|it "
    r"comes down to|what counts is|it stands or falls with|the main thing is|it depends on|the question "
    r"is whether)"
    r"|(?:the )?(?:(?:one|only|first|main|big) )?(?:thing|point|question) (?:that )?(?:i|we)(?:'ll| will|"
    r"'d| would|'m| am)? (?:really |actually )*(?:care "
    r"about|look at(?: most)?|watch|judge (?:it|this) (?:by|on)|check|want to see|need to see|looking at|"
    rf"insist on){FOR_ME} is"
    rf"|(?:the )?(?:one|only) (?:thing|question) that (?:matters|counts|interests me){FOR_ME} is"
    r"|(?:i|we) (?:really |mainly |mostly |only |just )*(?:care (?:most |mostly |mainly |only )?(?:about|"
    r"whether|that|how|if)|insist on|won't compromise on|will not compromise on|put (?:most )?weight on|"
    r"look (?:first |mostly )?(?:at|for) (?=\w+ (?:first|above all|most)))"
    rf"|(?:(?:i'?m|i am|we'?re|we are) |{START}(?:[\w ]+, )*)allergic to(?= \w+[ -]\w)|what (?:i|we) need "
    r"(?:to see )?from (?:you|it|this) is)(?: if| whether| that)?",
)
SAID_OF_IT = Quick(  # the criterion stands before: "price matters most to us", "audit logs are a must for me"
    r"(?:^|[,;:–—] ?|\b(?:and|but|because|so) )(?P<what>(?!it\b|this\b|that\b|what\b|nothing\b|which\b|"
    r"who\b|he\b|she\b|they\b|you\b|the (?:only|one|main) thing)[^,;:.!?]{2,60}?) (?:really |still |"
    r"probably |also |simply |just )*"
    r"(?:matters? (?:the )?(?:most|more than anything|above all)(?: else)?(?: (?:to|for) (?:me|us|my \w+|"
    r"our \w+|the \w+))?|counts? (?:the )?most(?: (?:to|for) (?:me|us|my \w+))?|"
    r"(?:is|are|will be|would be)(?: an?| the| absolutely| pretty much| really| probably)*(?: (?:what|"
    r"the thing|where) (?:i|we)(?:'ll| will|'m| am)? (?:judge|judging|measure|look at|care about|watch|"
    r"need most|go by|decide on|check first|look for)(?: (?:it|this|you))?(?: by| on)?"
    r"| (?:deal[- ]?breaker|no-go|show-?stopper|must|must-have|non-negotiable|make[- ]or[- ]break|decider|"
    r"deciding factor|red line|acid test|litmus test|clincher|bare minimum)(?: (?:for|to) (?:me|us|my \w+|"
    r"our \w+))?(?! (?:if|when|unless))"
    r"| (?:key|crucial|essential|vital|everything|decisive|critical|half the battle|top priority|sacred|"
    r"all that matters|what counts|what matters)(?: (?:for|to) (?:me|us|my \w+|our \w+)))"
    r"|(?:decides|will decide) (?:it|this|everything)(?: for (?:me|us))?|(?:makes|will make) or breaks? "
    r"(?:it|this)(?: for (?:me|us))?)",
)
YES = (
    r"(?:sign(?: it| this)?(?: off)?|buy(?: it| this)?|approve|say yes|recommend (?:it|this)|vote yes|"
    r"renew|green-?light|roll (?:it|this) out|adopt (?:it|"
    r"this)|use (?:it|this)|switch|pay (?:for (?:it|this)|up)|keep (?:it|this|using it)|be (?:happy|sold|"
    r"convinced|in|impressed|a (?:fan|believer)|over the moon|satisfied)|stay|call (?:it|"
    r"this|that) a (?:win|success)|trust (?:it|you|this)|take it|believe (?:it|in it)|touch (?:it|this)|"
    r"consider (?:it|this)|put (?:it|this) (?:live|in production)|go for it|give (?:it|you) (?:a|the) "
    r"(?:go|thumbs up)|champion it|fight for it|extend|continue|know it works)"
)
IF_THEN = Quick(
    r"\b(?:(?P<then>(?:only )?worth (?:it|the money|something|anything)(?: only)?(?: (?:to|for) (?:me|"
    r"us))?|(?:i|we|my team|my boss|our \w+)(?:'d| would|'ll| will| won't| will not| can't| cannot| "
    rf"wouldn't)? (?:only |happily |never |personally |immediately )?{YES}(?: (?:on|it|"
    r"this|off))*|(?:i'd say |i'll say )?(?:it|this|the (?:pilot|bot|tool|trial)) (?:has |only "
    r")?(?:passed|passes|works|worked|succeeded|succeeds|has won|wins|is (?:good|useful|worth it|a "
    r"success|of use|interesting)|earns its keep|did its job)(?: only)?(?: for (?:me|us)| to (?:me|us))?|"
    r"it's only (?:useful|worth it|good|of use|interesting|worth anything)(?: (?:to|for) (?:me|us|my \w+|"
    r"our \w+))?|(?:i'?m|i am|we'?re) (?:in|sold|out|happy|convinced|done)"
    r"|(?:it'?s |that'?s |it is |this is )?(?:a )?(?:no-go|deal[- ]?breaker|showstopper|non-starter|"
    r"worthless|useless|pointless|no use)(?: (?:for|to) (?:me|us))?) (?:only |once |when |unless |as "
    r"soon as |but |even )?(?:if|when|once|unless|only if|as long as|provided(?: that)?|until|the moment|"
    r"the day) (?P<what>(?!(?:i|we|you) (?:had|were|was|could|knew|see|hurry)\b|only\b)[^.!?]{4,100})"
    r"|(?:if|when|once|as long as|the day|the moment|provided(?: that)?) (?P<what2>(?=(?:it(?!'?s? "
    r"(?:rain|snow|sunny|hot|cold|late))|this|that|the|you(?! (?:see|go|are going|want|need|like|have|"
    r"meet|hurry|know|get|find|come|think|mean))|your|answers?|replies|citations?|sources|daytwo|an?|one|"
    r"even|nothing|no|nobody|my|our|i|we)\b)(?!(?:i|we)\b(?! can'?t| cannot| have to| need to| must)|"
    r"anyone|someone|that helps|needed|possible|only)[^,.!?]{3,80}?),? (?:then )?(?:(?:i'?m|"
    r"i am|we'?re|we are|my team is|they'?re) (?:in|sold|out|happy|convinced|on board|gone|done|a "
    r"customer|lost|never)|(?:i|we|my team|they)(?:'ll| will| won't|'d| would| can't| cannot| will never|"
    r"'ll never)(?: be)? "
    rf"(?:\w+ )?{YES}|go back to|it'?s (?:out|gone|dead to me|back to \w+|(?:of )?no use to \w+|useless|"
    r"worthless|no use|dead|over|game over|a no|a no-go|a deal[- ]?breaker|a win|a showstopper)|"
    r"(?:that'?s|it'?s|that is) (?:a )?(?:no-go|deal[- ]?breaker|win|success|showstopper|the end|game "
    r"over|it for (?:me|us))|no deal|game over|forget it|we have a deal|take my money|"
    r"out it goes)\b"
    r"|unless (?P<what3>(?!you (?:hurry|see|want|like)|someone|i\b)[^,.!?]{3,80}?),? (?:then )?(?:(?:i|"
    r"we)(?:'m| am|'re| are|'ll| will| won't| can't)? |no deal|no chance|it's |forget it|there's no)"
    rf"|{START}no (?P<what4>[^,.!?]{{2,50}}), no (?:deal|signature|go|go-live|chance|contract|sale|budget|"
    r"pilot|yes|purchase|rollout|renewal|thanks|business|way))",
)
LIVE_WITH = Quick(
    r"\b(?:i|we) (?:can|could) (?:live|deal|cope) with [^,.;!?]{2,40}[,;]? (?:but )?(?:(?:i |we "
    r")?(?:can'?t|cannot|not|never|couldn't) (?:live |deal |cope )?(?:with )?)(?P<what>[^,.;!?]{2,60})"
    r"|\b(?:i|we) don'?t (?:care|mind) [^.;!?]{2,60}? (?:as long as|so long as|provided|if only) "
    r"(?P<what2>[^.;!?]{3,80})"
    r"|\b(?:as long as|so long as) (?P<what3>(?:it|the|you|this|answers?)\b[^,.;!?]{3,70}), (?:i|we)(?:'m|"
    r"'re| am| are) (?:happy|fine|good|in|satisfied|ok)",
)
ANNOUNCED = 20  # characters of a phrase that only says that the criterion follows
WEIGHT = 0.9


def find_criteria(sentence: Sentence) -> Iterator[Finding]:
    """Criteria stated in this sentence."""
    if sentence.joking:
        return
    told = False
    if not sentence.words.isdisjoint(CUES):
        for finding in _find_named(sentence):
            told = True
            yield finding
    if not told and not sentence.words.isdisjoint(CONDITION_CUES | {"live", "care"}):
        yield from _find_conditions(sentence)


def _find_named(sentence: Sentence) -> Iterator[Finding]:
    for found in CRITERION.finditer(sentence.text):
        start, _ = sentence.clause_at(found.start())
        before = sentence.text[start : found.start()]
        if not sentence.is_about_self(found.start()) or is_negated(found[0]) or is_negated(before):
            continue
        phrase = take_phrase(sentence, found.end(), commas=True)
        if phrase and sentence.text[phrase[1] : phrase[1] + 1] == ":" and phrase[1] - phrase[0] <= ANNOUNCED:
            phrase = take_phrase(sentence, phrase[1] + 1, commas=True) or phrase  # "by one number: how many …"
        if phrase:
            yield _make(sentence, found.start(), phrase[1], phrase)
            return
    for found in SAID_OF_IT.finditer(sentence.text):
        if sentence.question or is_negated(found[0]) or not sentence.is_about_self(found.start("what")):
            continue
        last = sentence.text.rfind(" but ", found.start("what"), found.end("what"))
        phrase = take_phrase(sentence, last + len(" but ") if last >= 0 else found.start("what"))
        if phrase:
            yield _make(sentence, found.start("what"), found.end(), (phrase[0], min(phrase[1], found.end("what"))))
            return


def _find_conditions(sentence: Sentence) -> Iterator[Finding]:
    """Criteria in the form of a condition: "I'd sign off if …", "if it … I'm sold", "I can't live with …"."""
    for pattern in (IF_THEN, LIVE_WITH):
        for found in pattern.finditer(sentence.text):
            group = next(
                name for name in ("what", "what2", "what3", "what4") if name in found.groupdict() and found[name]
            )
            before = sentence.text[: found.start()]
            if sentence.question or is_reported(before) or is_negated(before):
                continue
            phrase = take_phrase(sentence, found.start(group))
            stop = BREAK.search(sentence.text, found.start(group))
            if phrase:
                until = min(phrase[1], stop.start() if stop and group != "what" else phrase[1], found.end(group))
                yield _make(sentence, found.start(), found.end(), (phrase[0], max(until, phrase[0] + 2)), weight=0.8)
                return


def _make(sentence: Sentence, start: int, end: int, value: tuple[int, int], *, weight: float = WEIGHT) -> Finding:
    return Finding(
        address="criterion",
        value=sentence.text[value[0] : value[1]],
        start=start,
        end=max(end, value[1]),
        weight=weight,
    )
