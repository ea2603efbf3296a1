"""What someone is after: stated goals, of their own or of the team they speak for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.frames import ADVERBS, START, TEAM
from bot.self_model.phrases import take_phrase
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated

SELF = rf"(?<![\w'])(?:i|i'm|i am|im|ive|i've|we|we're|we are|we've|{TEAM}(?: is|'s| are)?|my \w+ and i)"
CUES = frozenset(
    """
    expects expect missing lacking hired brought appointed sent recruited put ordered counts great nice lovely
    fantastic wonderful amazing helpful ideal cool relief should must ideally goal goals aim aims aiming objective
    objectives target targets priority priorities mission missions okr okrs kpi kpis focus ambition ambitions star
    mandate mandates job trying try tryin hoping hope hopes looking planning want wanting wants need needs have
    pressure tasked plan plans wanna working determined here pilot joining like love asked told after important
    point idea gotta dream dreams wish task challenge purpose brief intention striving pushing shooting gunning
    chasing towards toward keen committed promised expected supposed purpose end hope quest
    """.split()
)
NOUN = (
    r"(?:goal|aim|objective|target|priority|mission|okr|kpi|focus|ambition|north star|mandate|job this "
    r"\w+|plan|dream|hope|wish|"
    r"challenge|purpose|intention|endgame|end goal|number one thing|big one|ask|task|assignment|marching "
    r"orders|brief|quest|to-do|"
    r"aspiration|vision|intent|remit for \w+|holy grail|item number one|top item|big thing|main thing)s?"
)
KIND = (
    r"(?:(?:main|big|biggest|primary|current|overall|team's|ultimate|only|real|number one|top|q[1-4]|next|"
    r"first|personal|headline|one|big hairy|"
    r"number 1|department's|group's|own|secret|single|short[- ]term|long[- ]term|stated|official|annual|"
    r"yearly|quarterly|whole|most important|key) )*"
)
LINK = (
    r"(?: (?!is\b|are\b|was\b|were\b|not\b|has\b|keeper)[\w'&/.%-]+){0,7}?(?: is| are|:| =|'s| would be| "
    r"remains| will be)(?: still| now| simply| just| mainly| basically| all about)*(?: to| on| that)?(?= "
    r")"
)
DO = (
    "reduce|cut|migrate|move|ship|launch|automate|improve|increase|decide|replace|consolidate|roll out|pick|choose|"
    "select|evaluate|adopt|build|deliver|grow|shrink|save|lower|speed up|onboard|comply|certify|prove|hit|reach|scale|"
    "expand|become|moderni[sz]e|standardi[sz]e|unify|centrali[sz]e|eliminate|get rid of|retire|sunset|decommission|"
    "simplify|shorten|halve|double|triple|raise|train|learn|master|pass|win|close|establish|stabili[sz]e|"
    "justify|free up|"
    "bring down|bring|make (?:it|our|the|my|sure)|turn|convert|transition|transform|get (?:our|the|my|everyone|people|"
    r"all|off|to|down|under|below|from|rid)|get (?=(?!it|this|that|him|her|them|you)(?:[\w&-]+ "
    r"){1,5}(?:certified|compliant|done|live"
    r"|down|under|below|ready|approved|automated|off|out|home|through|to)\b)|prepare|be (?:[\w-]+ "
    r")?(?:live|ready|able|compliant|done|off|out|first|paperless|self-\w+|independent|operational|"
    r"accredited|certified|up and running|cash[- ]\w+|carbon[- ]\w+|climate[- ]\w+|profitable|faster|"
    r"cheaper)|go live"
    "|keep|stop|avoid|cover|enable|give (?:our|the|my)|spot|find a way|understand how|understand why|"
    "set up|fix|boost|minimi[sz]e|"
    "maximi[sz]e|optimi[sz]e|see whether|see if|find out whether|convince|persuade|show|demonstrate|"
    "switch|drop|merge|split|secure|protect|"
    "find out (?:if|whether|how|why)|have|finally|no longer|catch|detect|predict|forecast|beat|"
    "streamline|digiti[sz]e|digitali[sz]e|harmoni[sz]e|"
    "open|extend|restore|rebuild|renew|revamp|redesign|overhaul|clean up|clear|finish|complete|achieve|"
    "attain|meet|exceed|"
    "hire|recruit|retain|attract|publish|release|graduate|qualify|fill|recover|rescue|win back|slash|"
    "trim|outsource|insource|"
    "introduce|implement|integrate|connect|link|scale up|ramp up|phase out|wind down|pull|put an end to|"
    "end|figure out (?:if|whether|how)|work out (?:if|whether|how)|"
    "harden|map|document|reconcile|shift|offload|empower|equip|teach|relieve|unburden|take (?:work|load|"
    "pressure) off|spend less|spend more|wean|steer|"
    "prevent|tackle|address|resolve|bridge|catch up|overtake|break even|break into|enter|land|sell|ease|"
    "fund|finance|qualify for|bid for|obtain|gain"
)
CHANGE = (
    r"(?:drop|fall|go (?:down|up|away|live|from|to|below|paperless)|be (?:able|done|gone|live|ready|down|"
    r"cut|halved|automated|faster|under|below|out|certified|self-\w+)|stop|become|shrink|grow|rise|"
    r"come down|disappear|run (?:by itself|without|on)|happen|reach|hit|work without|stay|end|know|find|"
    r"feel|trust|use|spend|have|get)"
)
STATE = (
    r"(?:down|below|under|up|above|over|out|gone|searchable|automated|done|live|halved|cut|off|certified|"
    r"compliant|fixed|solved|"
    r"answered|closed|finished|finalised|finalized|replaced|migrated|documented|paperless|ready|in place|"
    r"to zero|back|sorted|cleaned up|online|moved|at \d|to \d|from \d)"
)
GOAL = Quick(
    rf"(?:\b(?:(?:my|our|one|main|{TEAM}'s) {KIND}{NOUN}|the {KIND}{NOUN}(?! in life)(?! of (?!the (?:pilot|project|"
    rf"exercise|year)|this|my|our)| to ))(?!-| ?keeper){LINK}"
    r"|(?:^\W*|[.;,] )(?:goals?|aim|objective|target|mission|purpose|looking for|hoping for|after|here "
    r"for|in it for|wish ?list)(?: here| for (?:me|us|\d+|this \w+))?:"
    rf"|{SELF} {ADVERBS}(?:\w+ ){{0,2}}?(?:trying|tryin|try|hoping|aiming|looking|planning|want(?:ing|s)?|"
    r"need(?:s)?|have|has|under pressure|tasked with|aim|hope|plan|wanna|working|work|"
    r"trying hard|determined|keen|committed|expected|supposed|set out|intend|intending|mean|wish|eager|"
    rf"striving|pushing|dying|desperate|on a mission|fighting|gonna have) to (?=(?:\w+ly )?(?:{DO})\b)"
    rf"|{SELF} {ADVERBS}(?:here|on this pilot|in this pilot|joining|doing this|trying this|testing this|"
    r"looking at this|using this)(?: pilot| trial| bot)? (?:to|because (?:i|we) (?:want|need) to|in "
    rf"order to|so (?:i|we) can) (?=(?:{DO})\b)"
    rf"|(?:i|we)(?:'d| would) (?:really |so |dearly )?(?:like|love) to (?=(?:{DO})\b)"
    r"|(?:i've|i have|we've|we have|i was|we were|i got|i'm|i am|we're) (?:been |just been )?(?:asked|"
    r"tasked|told|given the job|charged|challenged|mandated|commissioned|instructed|brought in|hired|"
    rf"expected) (?:to|with) (?=(?:{DO}|\w+ing)\b)"
    r"|what (?:i|i'?m|i am|we|we'?re|we are|my \w+|our \w+)(?:'d| would)? (?:really |actually |mostly |"
    r"mainly |personally )?(?:after|looking for|trying to (?:do|achieve|get|solve|fix)|aiming (?:at|for)|"
    r"want|need|hoping for|hope for|hope to (?:get|see)|like|love|dream of|wish for|here for|working "
    r"towards?|miss|missing|lack|lacking)"
    r"(?: (?!is\b|are\b)[\w'&/-]+){0,8}? (?:is|are|would be|:)(?: to| that)?(?= )"
    r"|(?:for me|to me|for us)(?: it)? is important to|(?:it is|it's|is) (?:very |really )?important "
    r"(?:for|to) (?:me|us) to"
    r"|(?:the point|the idea|the plan|the whole point|the hope|the dream|the purpose)(?: for (?:me|us)| "
    rf"of (?:this|it|all this|the pilot|the trial)| here)* is to (?=(?:{DO})\b)"
    rf"|{SELF} (?:\w+ )?(?:wanna|gotta) (?=(?:{DO})\b)|looking for (?:a |some |the |any )?(?:better |good |"
    r"smart |faster )?(?:way|ways|possibility|possibilities|chance|option|tool|solution|something) (?:to|"
    r"for|that)"
    rf"|{SELF} {ADVERBS}(?:(?!look|looks|named|asked|come|comes)\w+ )?(?:after|aiming (?:for|at)|hoping "
    r"for|shooting for|gunning for|going for|"
    r"striving for|pushing for|working towards?|heading for|chasing|looking for|in it for|on the hunt for|"
    r"in search of|fighting for|dreaming of|dream of) (?=(?:a |an |the |some )?(?:fewer|less|more|better|"
    r"faster|zero|no more|shorter|lower|higher|cheaper|one|single|clean|clear|reliable|consistent|proper|"
    r"something|way|\d))"
    r"|(?:i|we)(?:'d| would| really| just| finally| do)* (?:like|love|want|need|wish for|hope for) "
    r"(?=(?:(?:our|my|the|every|all|each|all of|all the|people|everyone|nobody|that) ?)(?:[\w'&/%-]+ "
    rf"){{1,7}}?(?:to {CHANGE}|{STATE})\b)"
    rf"|{SELF} {ADVERBS}(?:want|wants|would like|'d like|aim for|hope for|expect) (?=(?:fewer|less|more|"
    r"better|faster|shorter|lower|higher|zero|no more|half the|twice the|one single|a single|to be "
    r"(?:able|rid|free|done|live|out)) )"
    r"|(?:the |our |my )?(?:board|boss|management|ceo|cfo|cto|minister|mayor|head office|leadership|hq|"
    r"director|dean|chief|owners?|investors?|ministry|council) (?:wants?|expects?|asked for|needs?|"
    rf"demands?|ordered) (?=[^.!?]{{3,80}}\b(?:my name|my job|on me|i own|i'm the one|my neck|my head|i "
    r"have to|i'm on the hook|my task|my target|it's mine|i get to|lands on my)\b)"
    r"|(?:by|before|until) (?:summer|winter|spring|autumn|fall|christmas|easter|q[1-4]|next \w+|the end "
    r"of [\w ]+?|year[- ]end|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|20\d\d|the (?:summer|audit|season|holidays)),? (?:i|we) (?:want|need|have to have|must "
    r"have|hope for|should have|would like|'d like|expect) "
    rf"|{SELF} {ADVERBS}(?:hoping|hope|counting on|betting on|praying)(?: that| for)? (?=(?:this|it|the|"
    rf"you|that|we|our|my)\b[^.!?]{{0,30}}\b(?:can|could|will|helps?|takes?|gets?|saves?|frees?|cuts?|"
    r"makes?|to|would|lets?|brings?|stops?)\b)"
    r"|\b(?:it'?d|it would|would) be (?:so |really |very )?(?:great|nice|lovely|good|a dream|fantastic|"
    r"wonderful|amazing|"
    r"helpful|ideal|cool|a relief) (?:to (?=\w+ )|if (?!you\b|i could just))"
    r"|(?:i|we)(?: really| just| finally| only)* want (?=(?:the|our|my|every|all|people|everyone|nobody) "
    r"(?:[\w'-]+ ){0,5}?to \w+)"
    r"|\bby (?:summer|winter|spring|autumn|christmas|easter|q[1-4]|next \w+|the end of [\w ]+?|year[- ]end|20\d\d),? "
    r"(?=(?:all|every|the|our|my|each|nobody|no) [\w' -]{2,40}? (?:should|must|has to|have to|needs to|need to) )"
    r"|(?:^\W*|[,;.] )(?:ideally|in an ideal world|best case|in a perfect world|the dream|the hope),?:? "
    rf"(?=(?:i|we|nobody|no one|everyone|everybody|my|our|the|it|every|all)\b [^.!?]{{6,}})"
    r"|(?:my |the |our )?(?:boss|manager|director|board|management|ceo|cfo|dean|chief|head office|"
    r"ministry|council|owners?|client)(?: has| have|'s)? (?:expects?|wants?|asked|needs?|told|tasked|"
    rf"ordered|counts on) (?:me|us) to (?=(?:\w+ly )?(?:{DO})\b)"
    rf"|(?:it's|it is) (?:my|our) (?:job|task|target|goal|mission|duty)(?: (?:now|here|this \w+))* to (?=(?:{DO})\b)"
    r"|(?:i|we)(?:'d| would) (?:like|love) (?=(?:us|them|people|everyone|nobody|the \w+|our \w+|my \w+) to \w+ \w+)"
    r"|(?:i|we)(?: really| just| finally)* want (?=(?:our|every|all|all our|all the|my (?:team|people|"
    r"students|nurses|customers|users|drivers|agents|staff|crew|colleagues|guests|patients|players|"
    r"readers|teachers|clients|analysts|engineers|planners)) ?[\w'-]+(?: [\w'%-]+){2,})"
    r"|(?:they|the company|the board|management|my boss|head office|the (?:hospital|city|school|bank|firm|"
    r"university|agency))(?:'ve| have| has)? (?:hired|brought|got|put|asked|appointed|sent|tasked|"
    r"recruited) (?:me|us) (?:in |on board |here |over )?to (?=\w)"
    rf"|{START}(?:(?:just |only |mainly |mostly |currently |still |really )*(?:trying|hoping|aiming|"
    r"looking|want|need|wanna|keen|here|in it|hope|under pressure|on a mission|determined|asked|tasked|"
    rf"told)) to (?=(?:{DO})\b))",
)
BOLD = Quick(  # verbs after "want to" that are as often about the task at hand; then a goal needs a sign of size
    r"(?:\w+ly )?(?:show|find out|see if|see whether|figure out|work out|open|close|end|clear|finish|"
    r"complete|connect|link|move|drop|switch|split|merge|"
    r"replace|fix|set up|get to|have|keep|build|train|learn|predict|detect|convert|turn|make|prepare|pick|"
    r"choose|select|decide|publish|document|map|"
    r"extend|restore|integrate|implement|avoid|understand|evaluate|enter|pull|fill|sell|release|"
    r"address|resolve|optimi[sz]e|be able)\b",
)
SIZE = Quick(
    r"\b(?:my (?:team|department|group|company|boss|unit|ward|class|students|patients|people|"
    r"store|shop|plant|region|desk|crew|org)|by (?:q[1-4]|summer|winter|spring|"
    r"autumn|fall|christmas|easter|next|the end|year|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|20\d\d)|this (?:year|"
    r"quarter|season|term|semester|month|spring|summer|autumn|winter)|next (?:year|quarter|season|term)|"
    r"from \d|to \d|below|under \d|less than|percent|half|third|customers?|"
    r"patients?|students?|suppliers?|citizens?|passengers?|players?|readers?|nurses|teachers|drivers|"
    r"staff|everyone|board|audit|pilot|company|team|department|"
    r"process|workload|backlog|costs?|manual|paper|without|instead of|across|all the|every)\b|\d ?%|[€$£]",
)
AT_HAND = Quick(  # what a request for help is about
    r"\b(?:functions?|scripts?|columns?|arrays?|strings?|regex\w*|loops?|html|css|buttons?|lists? of|"
    r"variables?|class(?:es)? in|methods?|queries|query|json|csv|div|"
    r"excel formula|formula|cells?|dataframe|code|error|exception|python|javascript|java|sql|api call|"
    r"endpoint|website for|essay|poem|story|song|"
    r"recipe|password|file|files|folder|url|link|page|screen|text|sentence|paragraph|word|email|e-mail|"
    r"letter|cover letter|image|picture|video|game of|"
    r"dictionary|matrix|vector|integer|object|parameter|terminal|command|laptop|phone|wifi|car|bike|flat|"
    r"house|weight|abs|muscle|dinner|lunch|sleep|home)\b",
)
NO_GOAL = Quick(
    r"(?:make sure|learn more|get (?:the|my|our) (?:answer|link|doc|file)|keep (?:it|this|that)|stop (?:it|you|this)|"
    r"close (?:this|it|the (?:window|ticket|tab))|fix (?:it|this|that|my)|get to (?:the|this|that|lunch|"
    r"know|bed|work)|surviv\w+|get (?:home|out of here|lunch|coffee)|"
    r"find a way (?:out|home)|move (?:on|house|this|it)|see (?:whether|if) (?:it|this|that|you|i|there)|"
    r"be (?:done|ready) (?:with|by) (?:lunch|five|5)|"
    r"pick (?:up|you)|switch (?:off|on)|drop (?:by|off|in|this)|make it (?:to|home)|have (?:lunch|(?:a|"
    r"the) (?:look|chat|call|meeting|break|drink|day|weekend|seat|question|second)|"
    r"dinner|coffee|fun|you|it|this|that|to|been)\b|"
    r"show (?:you|me|it|this)|end (?:this|it)|find out (?:if|whether|how) (?:you|it|this|that|i)|"
    r"understand (?:how|why) (?:you|it|this|that|i)|"
    r"finish (?:this|it|lunch|my (?:coffee|sentence))|open (?:this|it|the|a)|meet (?:you|at|for|him|her|"
    r"them|on)|win (?:the lottery|an argument)|"
    r"to|be honest|be clear|be fair|beat (?:him|her|you|them)|keep (?:an eye|in mind|you|going)|learn "
    r"(?:how|about) (?:you|this))\b",
)
NOT_THE_POINT = Quick(r"\b(?:not (?:that|what)|no longer|never|nobody|isn't|aren't|wasn't)\b")
WEIGHT = 0.8


def find_goals(sentence: Sentence) -> Iterator[Finding]:
    """Goals stated in this sentence."""
    if sentence.joking or sentence.words.isdisjoint(CUES):
        return
    until = 0
    for found in GOAL.finditer(sentence.text):
        if found.start() < until or not _is_stated(sentence, found):
            continue
        phrase = take_phrase(sentence, found.end())
        if phrase is None:
            continue
        until = phrase[1]
        yield Finding(
            address="goal",
            value=sentence.text[phrase[0] : phrase[1]],
            start=found.start(),
            end=phrase[1],
            weight=WEIGHT,
        )


def _is_stated(sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether it is said in earnest, and is more than what the writer is busy with at this moment."""
    start, _ = sentence.clause_at(found.start())
    before = sentence.text[start : found.start()]
    if not sentence.is_about_self(found.start()) or is_negated(found[0]) or is_negated(before):
        return False
    rest = sentence.text[found.end() :].lstrip()
    if NO_GOAL.match(rest) or NOT_THE_POINT.search(before):
        return False
    phrase = take_phrase(sentence, found.end())
    wished = sentence.text[phrase[0] : phrase[1]] if phrase else ""
    wanting = not NAMED.search(found[0])
    sized = SIZE.search(sentence.text) or (TEAM_OWN.search(sentence.text) and not HAS_TO.search(found[0]))
    at_hand = (AT_HAND.search(wished) or BOLD.match(wished)) and not sized
    return not (wanting and at_hand)


TEAM_OWN = Quick(r"\b(?:we|our|us)\b")
HAS_TO = Quick(r"\b(?:have|has|had|got|need|needs|gotta)(?: to)?\s*$")  # before a verb: as often the task at hand
NAMED = Quick(rf"\b{NOUN}\b|\bhere (?:to|because)\b|\bby (?:summer|easter|christmas|q[1-4])\b|\bwhat (?:i|we)\b|:$")
