"""What is said to be given up, lost or thought better of: a tool, a form of answers, a yardstick, a limit.

Like every ending it changes only what is held by the same words, so the rule asks for little: the name of a thing, and
words of change right beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.self_model.frames import take_thing
from bot.self_model.lexicon import load
from bot.self_model.mentions import WORD
from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated

LETTERS = re.compile(r"[a-z']+")
TOOL_CUES = frozenset(
    """
    dropped dropping ditched ditching left leaving quit gave given giving rid retired retiring killed sunset
    decommissioned replaced replacing abandoned scrapped cancelled canceled lost pulled bye goodbye farewell longer
    stopped moved moving switched switching migrated away off done swapped traded exchanged binned dumped threw thrown
    kicked uninstalled unsubscribed parted never don't dont no gone dead history cut closed revoked expired over banned
    blocked axed lapsed terminated ended shut ran run anymore more old previous last former team's theirs ours taken
    team
    """.split()
)
MIND_CUES = frozenset(
    """
    mind thoughts reconsidered rethought forget ignore disregard scratch strike scrap drop care caring look looking
    worry bother matters mattering counts count important relevant critical interesting decisive fine
    """.split()
)
LIMIT_CUES = frozenset(
    """
    rule rules ban bans freeze restriction restrictions limit limits embargo block lockdown moratorium cap policy stop
    no-go go again free allowed permitted possible unblocked unfrozen
    """.split()
)
EXTRA = r"(?:(?:the|our|my|all|all of|good old|old|that|those|these|this|any|using|both|with|on|of) )*[\"“'*_]*"
WE_ARE = r"(?:we|i|we're|i'm|we are|i am|are|am|is|been|got|finally|now|just|all|and)"
GIVEN_UP = Quick(  # right before the name
    r"\b(?:dropp?(?:ed|ing)|ditch(?:ed|ing)|left|leaving|quit|(?:gave|given|giving) up(?: on)?|(?:got|getting|get) rid "
    r"of|retir(?:ed|ing)|killed|sunset|decommissioned|replac(?:ed|ing)|abandon(?:ed|ing)|scrapp?(?:ed|ing)|"
    r"cancel(?:l?ed|l?ing)|lost|bye(?:[ -]bye)?,?|good ?bye,?(?: to)?|farewell,?(?: to)?|so long,?|no longer(?: "
    r"(?:use|using|on|have|in|run|pay for|work in|work with))?|stopp(?:ed|ing)(?: (?:using|with|paying for))?|"
    r"(?:moved|moving|migrated|switched|switching|changed|changing|came|come|coming|went) (?:\w+ ){0,2}?(?:away "
    r"from|off(?: of)?|from)|"
    rf"{WE_ARE} off(?: of)?|done with|through with|swapp?(?:ed|ing)|traded(?: in)?|exchanged|binned|dumped|"
    r"(?:threw|thrown|kicked|chucked) out|uninstalled|unsubscribed from|parted (?:ways )?with|"
    r"(?:pulled|took|taken|cut|closed|revoked|blocked|banned|axed|terminated|ended|killed|switched off|turned off|shut "
    r"down)|(?:don't|dont|do not|never|not) (?:even |actually |really )?(?:have|use|used|had|write|on|touch|touched)|"
    r"no more|(?:have|had|got|there is|there's) no) "
    rf"{EXTRA}$",
)
LICENCE = (
    r"(?:'s)?(?: (?:itself|cluster|instance|contract|licen[cs]es?|account|subscription|trial|seats?|server|tenant|plan|"
    r"access|thing|stuff|pilot|workspace|project|setup|days|era|time))*"
)
GONE = Quick(  # right after it
    rf"{LICENCE}(?:'s| is| are| was| were| has been| have been| got| gets| has| have| being| just| now| finally| all|"
    r" officially| already)+ (?:gone|dead|history|cut|closed|cancell?ed|pulled|revoked|expired|over|dropped|banned|"
    r"blocked|axed|lapsed|terminated|ended|shut(?: down)?|switched off|turned off|retired|replaced|decommissioned|"
    r"sunset|ran out|run out|taken away|thrown out|kicked out|no more|out(?= of here|\s*[,.;!]|$)|not (?:us|ours|"
    r"mine|me)|(?:the |our )?(?:[\w-]+ )?(?:team's|team|office|office's|lot|colleagues)(?: \w+)?(?=\s*[.,;!]|$)|"
    r"theirs|someone else's)\b"
    rf"|{LICENCE} (?:gone|dead|cut|closed|cancell?ed|pulled|revoked|expired|over|dropped|lapsed|terminated|retired|"
    rf"banned|"
    r"blocked|ran out|axed)(?=\s*(?:[,.;:!)]|$)| (?:and|since|last|this|yesterday|today)\b)"
    r"|,? (?:was|is|at|from|in) (?:at |with |in |from )?(?:(?:the|my|our) )?(?:old|previous|last|former) \w+"
    r"|,? (?:any ?more|any longer|no more|no longer)\b",
)
NOT_DONE = Quick(
    r"\b(?:not yet|almost|nearly|if|when|once|until|till|unless|should|could|would|might|may|maybe|perhaps|hope|"
    r"wish|want|never (?:dropp|left|lost|quit|gave|ditch|mov|switch)\w*|haven't|hasn't|didn't|thinking|considering|"
    r"plan(?:ning)? to|going to|will)\b",
)

FORMS = (  # the forms of answers by the words that people use for them
    ("format", "bullets", r"bullets?(?:[ -]?(?:points?|lists?))?|dot points|bulleted(?: lists?)?|lists"),
    ("format", "table", r"tables?|grids?|tabular(?: form)?"),
    ("format", "steps", r"steps|step[ -]by[ -]step|numbered(?: lists?| steps)?|numbering"),
    ("format", "code", r"code(?: (?:samples?|snippets?|blocks?|examples?))?|snippets"),
    ("format", "examples", r"examples?"),
    (
        "format",
        "prose",
        r"prose|paragraphs?|(?:plain |normal |full |running |whole |complete )+(?:text|sentences?|words)|"
        r"sentences?|running text|flowing text|continuous text",
    ),
    ("length", "short", r"short(?:er)?|brief|concise|terse|one-?liners?|tl;?dr|compact|crisp"),
    ("length", "long", r"long(?:er)?|lengthy|detailed|more detail|in full|in detail|full-length|walls of text"),
    (
        "depth",
        "foundational",
        r"basics?|beginner'?s?|simple words|eli5|from scratch|from zero|baby steps|hand-?holding|newbie|"
        r"for dummies|kindergarten|the 101",
    ),
    ("depth", "expert", r"expert|deep dives?|nitty-?gritty|advanced|technical"),
)
FORM = Quick(
    r"(?<![\w-])(?:"
    + "|".join(rf"(?P<{kind}_{value}>{words})" for kind, value, words in FORMS)
    + r")(?![\w-])(?P<noun> (?:answers?|replies|explanations?|versions?|style|format|form|stuff|ones?|mode|level|"
    r"summaries|responses))?",
)
FORM_WORDS = frozenset(
    """
    bullets bullet dot bulleted lists table tables grid grids tabular steps step numbered numbering code snippets
    example examples prose paragraph paragraphs sentence sentences text words short shorter brief concise terse liner
    liners oneliner oneliners tl tldr compact crisp long longer lengthy detailed detail full walls basic basics beginner
    beginners beginner's simple eli scratch zero baby hand handholding newbie dummies kindergarten expert deep nitty
    nittygritty advanced technical
    """.split()
)
FORM_CUES = frozenset(  # one of them stands where a form is wanted no more
    """
    scratch forget ignore stop drop no enough lose skip instead rather mind thoughts second done sick tired fed bored
    over off never not don't dont cut away longer scrap leave leaves spare used switch go annoy annoys annoying break
    breaks breaking loses losing garble garbles miss misses confuse confuses confusing hide hides drops fail fails too
    getting get drive slow good useless unreadable mess pain mangled anymore more bore bores again actually after from
    better you
    """.split()
)
FORM_DROPPED = Quick(  # right before a form
    r"\b(?:scratch|forget|ignore|stop|drop|no more|enough(?: of| with)?|lose|skip|instead of|rather than|"
    r"changed my mind (?:about|on)|second thoughts (?:about|on)|(?:said|wrote|asked|told you) (?:about|for|on|re)|"
    r"done with|sick of|tired of|fed up with|bored of|over|gone off|never mind|not|stop with|cut|away from|"
    r"no longer(?: (?:want|need|like|the))?|(?:don't|do not) (?:want|need|like)|scrap|leave out|spare me|used to "
    r"(?:want|"
    r"like|prefer)|switch from|go from|no need for) "
    r"(?:(?:the|those|these|all|all the|my|your|such|that|any|so many|only|just|always|giving|making|with) )*[\"“'*]*$",
)
FORM_FAILS = Quick(  # right after it: what speaks against it
    r"(?: (?:answers?|replies|explanations?|versions?|thing|stuff|ones?))?(?: (?:on|in) \w+ \w+)?(?: (?:start to|"
    r"started to|"
    r"begin to|always|just|actually|really|only|have|are starting to|do|kind of|sort of|often|are|is|were|was) ?)*"
    r" ?(?:lose|break|annoy|garble|leave (?:out|me)|miss|confuse|hide|skip|don'?t (?:work|help|render|fit|show|do it)|"
    r"drop|fail|are too|too (?:\w+)|getting|get (?:on|too|lost|cut|mangled)|drive me|kill|slow me|not (?:working|"
    r"enough|for me|helping)|no good|useless|unreadable|a mess|a pain|mangled|any ?more|no more|no longer|"
    r"make me|bore)\w*",
)
CALLED_FOR = Quick(  # right after a form: that it is wanted now
    r"(?: (?:are|is|will be|would be|'s)?(?: now| also| just| much| perfectly)*(?: ?(?:better|fine|enough|ok|okay|"
    r"good|best|"
    r"instead|preferred))|,? (?:please|pls|plz)|,? (?:again|instead|now)(?=[ ,.;!:]|$)|,? from (?:now|here) on|,? "
    r"for me"
    r"|,? with me|,? it is\b|,? going forward)",
)
CALL_FOR = Quick(  # right before it
    r"\b(?:go (?:for|with|to|back to)?|please(?: use| write| make it| keep it| in)?|pls|switch to|back to|use|give "
    r"me|make "
    r"(?:it|them)|keep (?:it|them)|want|prefer|write|in|need|like|rather|now|actually) (?:(?:the|a|an|some|plain|"
    r"just|more) )*$",
)
ON_THE_WHOLE = Quick(
    r"\b(?:from (?:now|here) on|changed my mind|second thoughts?|after all|instead|actually|again|scratch|forget|"
    r"any ?more|no longer|no more|enough|stop|rather than|ignore|these days|better|annoy\w*|break\w*|garble\w*|"
    r"lose\w*|leaves? out|you can)\b",
)

MIND = Quick(  # a thing thought better of, at whatever kind of address
    r"\b(?:(?:changed|changing|change) my mind (?:about|on)|second thoughts (?:about|on)|(?:reconsidered|rethought)|"
    r"(?:forget|ignore|disregard|scratch|strike|scrap|never mind|take back|drop)(?: (?:all |everything )?(?:what|"
    r"that|the "
    r"(?:bit|part|thing|stuff|line)) (?:i )?(?:said|wrote|told you|posted|claimed|asked|mentioned)?(?: \w+day| "
    r"earlier| before| above)? ?(?:about|on|re|regarding|for)| about)?|(?:i |we )?(?:no longer|don'?t|do not|stopped) "
    r"(?:really )?(?:care|caring|look(?:ing)?|worry|mind)(?: any ?more)? (?:about|at|for)) "
    r"(?:the |our |my |that |this |any )?[\"“'*]*(?P<a>[^,;:.!?\"”–—]{3,50})"
    r"|^\W*(?:(?:ok|so|and|but|well|actually|the|our|my) )*(?P<b>[^,;:.!?]{3,40}?),? (?:"
    r"(?:i|we) (?:really )?(?:don'?t|do not|no longer) (?:care|worry|mind|bother)(?: any ?more)?(?: about)?|"
    r"(?:is|are) (?:no longer|not) (?:so |that |as )?(?:important|relevant|critical|interesting|decisive|what i look "
    r"at)"
    r"|(?:no longer|stopped) (?:counts?|matters?|mattering)|(?:turned|worked) out (?:to be )?fine)\b",
)
LIMIT = Quick(
    r"(?<![\w'-])(?:the |our |that |this |fyi,? |btw,? )*(?P<a>(?!(?:and|that|so|the)\b)(?:[\w'-]+ (?!(?:and|that|"
    r"so)\b)){0,2}"
    r"(?:[\w-]+-)?(?:rule|ban|freeze|restriction|limit|embargo|block|"
    r"lockdown|moratorium|cap|policy|stop|no-go)s?)(?:'s| is| was| has| has been| got| just| finally| now| are| were)* "
    r"(?:over|gone|fell|fallen|lifted|dropped|history|relaxed|loosened|eased|waived|off|removed|scrapped|no more|"
    r"ended|abolished|repealed|expired|cancell?ed|toast)\b"
    r"|(?:^|[,;.]\s*|\band |\b(?:so|the|our) )(?P<b>[^,;:.!?]{3,40}?) (?:(?:is|are)(?: now)? (?:free|allowed|fine|ok|"
    r"okay|open|"
    r"possible|permitted|clear|unblocked|unfrozen)(?: to \w+)? (?:again|now|after all))",
)
SAME_LIMIT = {"freeze": "frozen", "ban": "banned", "block": "blocked", "cap": "capped", "limit": "limited"}


def find_given_up(sentence: Sentence) -> Iterator[Finding]:
    """What the sentence says is given up, lost or thought better of."""
    if sentence.joking:
        return
    if not sentence.question:
        if not (sentence.words.isdisjoint(TOOL_CUES) or sentence.words.isdisjoint(_first_words())):
            yield from _find_tools(sentence)
        if not sentence.words.isdisjoint(MIND_CUES):
            yield from _find_things(sentence, MIND, ("criterion", "goal", "constraint", "project"))
        if not sentence.words.isdisjoint(LIMIT_CUES):
            yield from _find_things(sentence, LIMIT, ("constraint",))
    if not (sentence.words.isdisjoint(FORM_WORDS) or sentence.words.isdisjoint(FORM_CUES)):
        yield from _find_forms(sentence)


@cache
def _first_words() -> frozenset[str]:
    """The first words of all names of tools: a cheap look before the dear one."""
    return frozenset(found[0] for name in load().tools if (found := LETTERS.search(name)))


def _find_tools(sentence: Sentence) -> Iterator[Finding]:
    """Tools lost or left, by their names in capitals or small letters."""
    text, tools = sentence.text, load().tools
    words = [(one.start(), one[0].rstrip(".,;:!?/-&=")) for one in WORD.finditer(text)]
    for place, (start, first) in enumerate(words):
        for count in (3, 2, 1):
            some = words[place : place + count]
            name = " ".join(word for _, word in some).lower()
            tool = tools.get(name)
            end = some[-1][0] + len(some[-1][1])
            if tool is None or len(first) < 2:
                continue
            given = GIVEN_UP.search(text[:start])
            gone = GONE.match(text, end)
            denied = NOT_DONE.search(text[: gone.end() if gone else end])
            if (given or gone) and not denied and sentence.is_about_self(start):
                yield _end(f"tool:{tool.category}", tool.name, given.start() if given else start, end)
            break


def _find_forms(sentence: Sentence) -> Iterator[Finding]:
    """Forms of answers that are wanted no more, and those wanted in their place."""
    text = sentence.text
    if FORM.search(text) is None or DOCUMENT.search(text) or not sentence.may_be_wish:
        return
    over: set[tuple[str, str]] = set()
    wanted: set[tuple[str, str]] = set()
    for found in FORM.finditer(text):
        before = text[: found.start()]
        if COUNTED.search(before) or not sentence.is_about_self(found.start()):
            continue
        form = next((kind, value) for kind, value, _ in FORMS if found[f"{kind}_{value}"])
        denied = is_negated(text[sentence.clause_at(found.start())[0] : found.start()])
        called = CALL_FOR.search(before) is not None
        if denied or FORM_DROPPED.search(before) or FORM_FAILS.match(text, found.end()):
            over.add(form)
        elif (
            (over or ON_THE_WHOLE.search(text))
            and not sentence.question
            and (CALLED_FOR.match(text, found.end()) or (called and (over or form[0] == "length")))
        ):
            wanted.add(form)
    for kind, value in sorted(over - wanted):
        yield _end(f"preference:{kind}", value, 0, len(text))
    for kind, value in sorted(wanted - over):
        yield Finding(address=f"preference:{kind}", value=value, start=0, end=len(text), source=Source.CORRECTION)


DOCUMENT = Quick(  # whose form is spoken of, and not that of answers
    r"\b(?:the|my|our|this|that|a|your|his|her|their) (?:\w+ )?(?:docs?|documents?|reports?|deck|emails?|mails?|"
    r"slides?|"
    r"tickets?|pr|posts?|presentation|readme|page|file|memo|form|agenda|contract|invoice|spec|specs|wiki|website|site|"
    r"database|schema|query|meeting|call|standup|app|release|build)\b|\bi(?:'ll| will)\b"
)
COUNTED = Quick(r"\b(?:two|three|four|five|six|ten|\d+|one|this|that|the following|these \w+) $")


def _find_things(sentence: Sentence, pattern: Quick, addresses: tuple[str, ...]) -> Iterator[Finding]:
    """What was a yardstick, an aim or a limit by these words."""
    text = sentence.text
    for found in pattern.finditer(text):
        which = "a" if found["a"] else "b"
        thing = take_thing(text, found.start(which))
        if thing is None or NOT_DONE.search(text[: found.start(which)]) or not sentence.is_about_self(found.start()):
            continue
        value = WHEN.sub("", text[thing[0] : min(thing[1], found.end(which))]).strip(" \"'“”*_-")
        said = [value, *(same for word, same in SAME_LIMIT.items() if value.lower().endswith(word))]
        for address in addresses if value else ():
            yield from (_end(address, one, found.start(), found.end()) for one in said)


WHEN = Quick(
    r" (?:in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|"
    r"autumn|winter|q[1-4]|my (?:intro|last \w+))|on \w+day|last (?:\w+)|yesterday|earlier|before|above|the other day|"
    r"back then|so far|again|here|\w+ (?:days|weeks|months) ago)$"
)


def _end(address: str, value: str, start: int, end: int) -> Finding:
    return Finding(address=address, value=value, start=start, end=end, weight=-1.0, ends=True)
