"""What is said to be given up, lost or thought better of: a tool, a form of answers, a yardstick, a limit.

Like every ending it changes only what is held by the same words, so the rule asks for little: the name of a thing, and
words of change right beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.self_model.forms import find_forms
from bot.self_model.frames import take_thing
from bot.self_model.lexicon import load
from bot.self_model.mentions import WORD, past_undertaking
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence

LETTERS = re.compile(r"[a-z']+")
TOOL_CUES = frozenset(
    """
    dropped dropping ditched ditching left leaving quit gave given giving rid retired retiring killed sunset
    decommissioned replaced replacing abandoned scrapped cancelled canceled lost pulled bye goodbye farewell longer
    stopped moved moving switched switching migrated away off done swapped traded exchanged binned dumped threw thrown
    kicked uninstalled unsubscribed parted never don't dont no gone dead history cut closed revoked expired over banned
    blocked axed lapsed terminated ended shut ran run anymore more old previous last former team's theirs ours taken
    team renewed extended too from place successor outgrew outgrown let instead wrong mistake typo slip
    """.split()
)
MIND_CUES = frozenset(
    """
    mind thoughts reconsidered rethought forget ignore disregard scratch strike scrap drop care caring look looking
    worry bother matters mattering counts count important relevant critical interesting decisive fine given
    secondary point issue focus goal target priority concern aim topic said wrote told claimed mentioned listed less
    """.split()
)
LIMIT_CUES = frozenset(
    """
    rule rules ban bans freeze restriction restrictions limit limits embargo block lockdown moratorium cap policy stop
    no-go go again free allowed permitted possible unblocked unfrozen may can able
    """.split()
)
EXTRA = r"(?:(?:the|our|my|all|all of|good old|old|that|those|these|this|any|using|both|with|on|of) )*[\"“'*_]*"
WE_ARE = r"(?:we|i|we're|i'm|we are|i am|are|am|is|been|got|finally|now|just|all|and)"
GIVEN_UP = Quick(  # right before the name
    r"\b(?:dropp?(?:ed|ing)|ditch(?:ed|ing)|left|leaving|quit|(?:gave|given|giving) up(?: on)?|(?:got|getting|get) rid "
    r"of|retir(?:ed|ing)|killed|sunset|decommissioned|replac(?:ed|ing)|abandon(?:ed|ing)|scrapp?(?:ed|ing)|"
    r"cancel(?:l?ed|l?ing)|lost|bye(?:[ -]bye)?,?|good ?bye,?(?: to)?|farewell,?(?: to)?|so long,?|no longer(?: "
    r"(?:use|using|on|have|in|run|pay for|work in|work with))?|stopp(?:ed|ing)(?: (?:using|with|paying for))?|"
    r"(?:moved|moving|migrated|switched|switching|changed|changing) (?:\w+ ){0,2}?(?:away "
    r"from|off(?: of)?|from)|(?:came|come|coming|went) (?:away from|off(?: of)?)|"
    rf"{WE_ARE} off(?: of)?|done with|through with|swapp?(?:ed|ing)|traded(?: in)?|exchanged|binned|dumped|"
    r"(?:threw|thrown|kicked|chucked) out|uninstalled|unsubscribed from|parted (?:ways )?with|"
    r"(?:pulled|took|taken|cut|closed|revoked|blocked|banned|axed|terminated|ended|killed|switched off|turned off|shut "
    r"down)|(?:don't|dont|do not|never|not) (?:even |actually |really )?(?:have|use|used|had|write|on|touch|touched)|"
    r"no more|(?:have|had|got|there is|there's) no|took over from|taking over from|in place "
    r"of|instead of|successor (?:of|to)|grown out of|outgrew|outgrown|let) "
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
    r"|,? (?:any ?more|any longer|no more|no longer)\b"
    rf"|{LICENCE} (?:wasn'?t|isn'?t|was not|is not|hasn'?t been|not|won'?t be|never got) (?:being )?(?:renewed|"
    rf"extended|"
    r"approved|continued|paid)|(?: has| have|'s)? (?:got(?:ten)?|became|become|was|is) (?:far |way |just )?too "
    r"(?:expensive|"
    r"slow|pricey|dear|buggy|clunky|limited)|,? (?:that'?s|that was|that is|which (?:is|was)) (?:wrong|a mistake|not "
    r"right|"
    r"nonsense|a typo|a slip|not true)\b",
)
NOT_DONE = Quick(
    r"\b(?:not yet|almost|nearly|if|when|once|until|till|unless|should|could|would|might|may|maybe|perhaps|hope|"
    r"wish|want|never (?:dropp|left|lost|quit|gave|ditch|mov|switch)\w*|haven't|hasn't|didn't|thinking|considering|"
    r"plan(?:ning)? to|going to|will)\b",
)

MIND = Quick(  # a thing thought better of, at whatever kind of address
    r"\bi (?:said|wrote|told you|claimed|mentioned|listed) (?P<c>[^,;:.!?\"”–—]{3,40}),? (?:but|though|however|"
    r"that'?s|that was|"
    r"which is|which was)\b|\b(?:(?:changed|changing|change) my mind (?:about|on)|second thoughts (?:about|on)|"
    r"(?:reconsidered|rethought)|"
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
    r"|(?:is|are|was|were) (?:now |by now )?(?:a given|secondary|less important|not the point|no issue|beside the "
    r"point|"
    r"off the table|(?:not|no longer) (?:my|our|a) (?:main )?(?:focus|goal|target|priority|concern|aim|topic|worry))"
    r"|(?:no longer|stopped) (?:counts?|matters?|mattering)|(?:turned|worked) out (?:to be )?fine)\b",
)
LIMIT = Quick(
    r"(?<![\w'])(?:we|i) (?:(?:may|can|could) (?:now|finally|again|also now) |(?:are|'re|am|'m) (?:now |finally "
    r")?(?:allowed|free|"
    r"permitted|able) to (?=[^,;.!?]*\b(?:now|again)\b)|(?:may|can) (?=[^,;.!?]*\b(?:now|again|after "
    r"all)\b))(?P<c>[^,;:.!?]{4,50}?)"
    r"(?= (?:now|again|after all|since)\b|\s*(?:[,;.!?]|$))|(?<![\w'-])(?:the |our |that |this |fyi,? |btw,? "
    r")*(?P<a>(?!(?:and|that|so|the)\b)(?:[\w'-]+ (?!(?:and|that|"
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
    yield from find_forms(sentence)


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
            if past_undertaking(text, end) == end and (given or gone) and not denied and sentence.is_about_self(start):
                yield _end(f"tool:{tool.category}", tool.name, given.start() if given else start, end)
            break


def _find_things(sentence: Sentence, pattern: Quick, addresses: tuple[str, ...]) -> Iterator[Finding]:
    """What was a yardstick, an aim or a limit by these words."""
    text = sentence.text
    for found in pattern.finditer(text):
        which = next(name for name in found.groupdict() if found[name])
        thing = take_thing(text, found.start(which))
        if thing is None or NOT_DONE.search(text[: found.start()]) or not sentence.is_about_self(found.start()):
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
