"""The limits someone works under: budgets, deadlines, rules about data, what must and what must not be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.mentions import find_mentions
from bot.self_model.phrases import take_phrase
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence

WHO = (
    r"(?:we|i|our (?:data|customers|logs|documents|records|servers|workloads|team|"
    r"company|systems|models|clients|\w+ data)|"
    r"(?:customer |patient |personal |production |raw |client |any |no |all |the |"
    r"our |everything )+(?:data|pii|logs|records|"
    r"information|documents|traffic)|it|everything|nothing|anything(?: we \w+)?|whatever we \w+|"
    r"(?:any |the |every |all )(?:tool|tools|vendor|vendors|solution|change|changes|bot|new \w+|answers?|data))"
)
MUST = (
    r"(?:can(?:'?t|not)|can not|must(?: not|n't)?|may not|(?:is|are|am)(?: not|n't) (?:allowed|permitted|able)|"
    r"(?:is|are|am) (?:only )?(?:allowed|limited|restricted|required|bound|capped|stuck|forbidden|prohibited|not to)|"
    r"has to|have to|needs to|is supposed to|shall not|may|can only|don't have|do not have|"
    r"have no|only have|have only|"
    r"have (?:a )?(?:hard|strict|fixed|limited)|'re (?:not allowed|limited|required|"
    r"restricted|bound|only allowed|capped|stuck))"
)
RULER = (
    r"(?:budget|deadline|headcount|timeline|hard limit|limit|retention policy|policy|"
    r"regulator|auditors?|security team|"
    r"legal(?: team| department)?|compliance(?: team)?|works council|contract|dpo|"
    r"ciso|procurement(?: team)?|it department)"
)
CONSTRAINT = Quick(
    rf"\b(?:{WHO} (?:absolutely |really |legally |simply |also |just |only |either |"
    rf"always |still |all |currently |unfortunately )*{MUST}"
    rf"|(?:our|the|my) (?:\w+ )?{RULER}(?: here| for this| for the \w+)? (?:is|are|"
    rf"won't|will not|doesn't|does not|don't|"
    rf"requires?|says|insists?|forbids?|prohibits?|only|caps?|can't|cannot|must|demands?|"
    rf"mandates?|wants|needs|went (?:up|down)|"
    rf"ends|got (?:cut|raised|moved)|moved|was (?:cut|raised|moved)|has been|changed|grew|shrank)"
    rf"|(?:constraints?|hard requirements?|requirements?|deadline|budget):|(?:change|"
    rf"code|hiring|budget|holiday) freeze\b"
    rf"|\b(?:legal|compliance|security|procurement|it|the regulator|the works council|"
    rf"our \w+ team|hr) (?:won't|will not|doesn't|does not|do not|don't|would not|wouldn't|insists|insist|requires"
    rf"|demands|has|have) (?:on|to|let|"
    rf"allow|permit|approve|accept|sign)|(?:we|i)(?:'re| are|'ve| have)? (?:locked into|"
    rf"got (?:till|until)|capped at|not permitted to|not allowed to|bound by|tied to)|"
    rf"(?:budget|spend|headcount)(?:'s| is) (?:capped|limited|frozen|fixed)|(?:max|"
    rf"maximum|at most|no more than) \w+ (?:hours?|days?|people|users|seats|euros?|"
    rf"dollars?|k)\b|no (?:budget|headcount|internet|saas|cloud|external \w+|customer data|"
    rf"data|pii|vendor|third[- ]part\w+)(?: |,|$))",
)
OF_LIMITS = Quick(
    r"\b(?:validated|certified|accredited|approved|let|permitted|until|till|hours?|seats|names?|"
    r"extension\w*|capped|locked|"
    r"data|pii|phi|eu|europe|germany|uk|us-|region|residen\w+|on[- ]prem\w*|premises|"
    r"cloud|saas|budget|deadline|headcount|"
    r"licen[cs]e\w*|gdpr|hipaa|soc ?2|iso ?27\d*|pci|fedramp|sox|dora|audit\w*|compliance|"
    r"legal|regulat\w+|vendor|vpc|vpn|sso|"
    r"saml|air[- ]?gapped|internet|network|firewall|encrypt\w*|retention|store|stored|"
    r"leave|export|share|approv\w+|contract|"
    r"procurement|security|production|spend|cost|\$|€|£|\d+k|month|quarter|by (?:q[1-4]|"
    r"end|the end|january|february|march|april|"
    r"may|june|july|august|september|october|november|december|monday|friday|next)|"
    r"third[- ]part\w+|self[- ]host\w*|open[- ]source|"
    r"downtime|latency|uptime|sla|install\w*|admin rights|customer|logs|tenant|private|"
    r"works council|union|human|review|read[- ]only|"
    r"write access|access to prod\w*|windows|linux|mac(?:os)?|mainframe|offline|mobile|"
    r"languages?|german|french|english|spanish|"
    r"japanese|dutch|explain\w*|traceab\w+|freeze|live|accessib\w+|wcag|screen reader|"
    r"browser|proxy|ldap|chrome|version \d|server 20\d\d)\b|\d ?%",
)
NO_LIMIT = Quick(
    r"\b(?:can't|cannot|can not|couldn't) (?:find|see|remember|believe|wait|tell|say|"
    r"figure|seem|get|log|login|open|access|reproduce|"
    r"understand|help|make it|attend|join|speak|hear|talk|think|recall|decide|complain|"
    r"read|connect|load|imagine|stand|do that|do it|"
    r"be serious|even|really|edit|upload)\b|\b(?:have to|need to|must) (?:say|admit|"
    r"go|run(?! on| under| in| without| within)|leave|check|ask|look|think|be confess|"
    r"remember|see|find|know|get back|hop|drop|jump|head|understand|read|log|login|"
    r"(?:explain|show|hand|send|bring) (?:this|it|that) |restart|mention|wait|learn|be honest|be kidding|"
    r"talk|call|write|finish|estimate|calculate|change|consult|discuss|decide|start|update|prepare|present|"
    r"reschedule|move (?:our|the) (?:meeting|call))\b"
    r"|\b(?:have|has|got|had) (?:absolutely |really )?no (?:deadlines?|limits?|constraints?|restrictions?|hurry|"
    r"rush|idea|clue|experience|knowledge|interest|"
    r"problem|doubt|opinion|preference|complaints|questions|plans|comment|words|regrets|feelings)\b|"
    r"\bmust have\b|\b(?:it|this|that) (?:must|needs|may|has to|can only) be (?:a|"
    r"the|that|something|here|there|wrong|my|your)\b|\bmay be\b|\bmight\b",
)


PERSON_IS = Quick(
    r"\b(?:regulator|auditors?|team|legal|department|compliance|council|dpo|ciso|procurement) (?:is|are|"
    r"has been|moved|changed|was moved|ends)$",
)
LIMIT_CUES = frozenset(
    """
    insists insist requires demands phi
    can't cant cannot can must mustn't may allowed permitted able limited restricted required bound capped stuck
    forbidden prohibited has have needs supposed shall only don't budget budgets deadline deadlines headcount
    timeline limit policy regulator auditor auditors team legal compliance council contract dpo ciso procurement
    department constraint constraints requirement requirements freeze won't will doesn't does do would wouldn't
    locked got tied spend max maximum most more no not hr security it
    """.split()
)
LIFTED_CUES = frozenset(
    """
    rule restriction limit ban requirement freeze policy constraint deadline cap
    """.split()
)
LIFTED = Quick(
    r"\b(?:the |our |that |no more )?(?P<what>[\w-]+(?: [\w-]+){0,3}?) (?:rule|restriction|limit|ban|requirement"
    r"|freeze|policy|"
    r"constraint|deadline|cap) (?:is|was|has been|got|is now|has) (?:gone|lifted|dropped|removed|over|off the table|"
    r"relaxed|history|no more|waived)\b",
)


BARRED_CUES = LIMIT_CUES | frozenset(
    """
    forbidden banned limits question option verboten taboo go ruled blocked frozen table bounds illegal against
    regulated audited mandatory compulsory because due under per by owing subject nda air airgapped gapped offline
    firewall proxy gxp validated stuck tied obliged forced prem publicly public embargo freeze shoestring staffed
    needs need must should every any all each nothing new anything irb union board senate go-live golive cut cutoff
    inspection submission ceiling cap zero there
    """.split()
)
BARRED_CUES -= frozenset("it by per go new any every all each or would does do will not question".split())
BARRED = Quick(  # a second family of limits: what is ruled out, by whom, what is lacking, what is due
    r"(?:(?:^|[,;:–—] ?|\b(?:and|but|so|because|since|where|as) )(?P<barred>(?!it\b|that\b|this\b|he\b|"
    r"she\b|they\b|you\b|what\b)[^,;:.!?]{2,60}?) (?:is|are|remains?|stays?)(?: strictly| still| simply| "
    r"absolutely| completely| currently| a| an| all| just| legally| unfortunately)*"
    r" (?:not allowed|not permitted|forbidden|prohibited|banned|off[- ]limits|out of the question|not an "
    r"option|no option|verboten|taboo|no-go(?: area| zone)?(?: for us| here)?|ruled out|blocked(?: by| "
    r"for| here)|capped|frozen|off the table|out of bounds|illegal|against (?:the|our) \w+|non-negotiable|"
    r"regulated|audited|mandatory|compulsory|required by (?:law|the \w+|our \w+))(?P<of>(?: (?:for us|"
    r"here|by|under|in|at|on|with|to|until|without) [^,;.!?]{2,40})?)"
    r"|(?P<lacking>(?:\b(?:we|i)(?:'ve| have)?(?: only)?(?: got)? (?:no|only|just|exactly|zero|neither|"
    r"\d+) |\b(?:there's|there is|there are) (?:no|only|just) |^\W*(?:no(?! (?:but|it|it's|i|we|that|this|you|"
    r"way)\b)|only|zero|max|at most) "
    r")(?=[^,;.!?]{0,30}\b(?:windows|linux|android|ios|ipads?|tablets?|macs?|downtime|outages?|"
    r"maintenance windows?|budget|internet|admin rights|admin|dba|developers?|devs?|engineers?|it "
    r"(?:department|team|people|staff|support)|vendors?|suppliers?|java|flash|seconds|pages|headcount|"
    r"staff|people|person|licen[cs]es?|seats|money|vpn|"
    r"wifi|wi-fi|network|reception|signal|gpu|gpus|cloud|usb|laptops?|desktops?|phones?|browser|on-?site|"
    r"in-house|outgoing|outbound|hours|days|weeks|months|euros?|dollars?|pounds?|k|€|\$|£|connectivity|"
    r"approval|legal|translators?|server|servers|personal data|patient data|pii|data scientist|data team|"
    r"access)\b)[^,;.!?]{2,60})"
    r"|(?P<under>\b(?:because of|due to|under|per|thanks to|by|owing to|for|according to) (?:the |our |"
    r"an? )?(?:[\w ]{2,30}(?:\bact|\blaw|regulation|directive|agreement|contract|\bcode|\brules|treaty|"
    r"ordinance)|gdpr|hipaa|pci(?: dss)?|sox|dora|nis-?2|fda|ema|gxp|gmp|21 cfr part 11|iso \d+|basel|"
    r"mifid|bafin|fca|sec|ferpa|ccpa|fedramp|itar|export control|the law|law|contract|works council|"
    r"betriebsrat|data protection|bank secrecy|regulation|regulator|union agreement|tender rules|"
    r"procurement (?:law|rules)|patient confidentiality|confidentiality|nda|ai act|eu ai act|policy|"
    r"statute|accreditation|licence|easa|faa|nerc|ofgem|ico)\b[^,;.!?]{0,30}?,? (?:we|i|our \w+|nothing|"
    r"no \w+|all \w+|every\w*|it|data|the \w+) (?:must|can'?t|cannot|may|may not|have to|has to|need to|"
    r"needs to|are not|is not|aren't|isn't|can only|are|is)[^,;.!?]{2,60})"
    r"|(?P<subject>\b(?:we(?:'re| are)|i(?:'m| am)|our \w+ (?:is|are)|it(?:'s| is) all|everything (?:is|"
    r"here is)) (?:all |fully |completely |strictly |heavily |still |a |an )*(?:regulated by|audited|"
    r"subject to|bound by|under nda|under an nda|air-?gapped|offline|behind a (?:proxy|firewall)|on an? "
    r"[\w ]*budget|gxp|validated|iso[- ]certified|stuck on|stuck with|stuck at|limited to|restricted to|"
    r"tied to|locked (?:in|into|to)|obliged to|required to|forced to|not allowed|capped at|"
    r"on-?prem(?:ises)?(?: only)?|publicly funded|a public body|under embargo|under scrutiny|in a hiring "
    r"freeze|on a shoestring|short[- ]staffed|understaffed)\b[^,;.!?]{0,60})"
    r"|(?P<due>(?:\b(?:it|this|everything|answers?|replies|results|the \w+|our \w+|whatever we \w+|the "
    r"whole thing)|^\W*) ?(?:has to|have to|must|needs to|need to|should|needs) (?:be |go |run |work |"
    r"stay |remain |fit |comply |pass |respect |follow |support |keep |integrate |land |happen "
    r")[^;.!?]{2,70})"
    r"|(?P<approval>(?:every\w*|any\w*|all|each|no|nothing|new|anything) ?[\w' -]{0,40}? (?:(?:has to|"
    r"have to|must|needs to|need to|may|can) (?:only )?(?:be |go |pass |get |leave |have |run |come |"
    r"touch )|(?:needs|need|requires|require) (?=[\w ]{0,20}?(?:approval|sign-?off|permission|permit|"
    r"clearance|review|certification|consent|a signature|validation)\b)|(?:goes|go|gets|passes) "
    r"(?=(?:through|past) (?:the |our )?(?:procurement|legal|security|compliance|purchasing|board|"
    r"committee|council|head office|hq|approval|review|an audit|ethics|finance)))[^;.!?]{2,60})"
    r"|(?P<signer>\b(?:the |our )?(?:works council|betriebsrat|data protection officer|dpo|ciso|legal|"
    r"legal department|compliance|security|infosec|procurement|ethics (?:board|committee)|irb|union|"
    r"regulator|auditors?|board|medical director|steering committee|head office|hq|it security|privacy "
    r"office|caldicott guardian|senate|council) (?:has to|have to|must|needs to|need to|wants to (?:see|"
    r"sign|approve|review|check|be)|insists?|requires?|will not|won't|doesn't|does not|forbids?|blocks?|"
    r"vetoes|only (?:allows|accepts|approves)|demands?|signs off on|has the last word)\b[^;.!?]{2,60})"
    r"|(?P<hard>\bwe(?:'ve)? (?:have|got) (?:a |an )(?:hard |fixed |strict |firm |final )?(?:stop|"
    r"deadline|cut-?off|go-?live|inspection|audit|freeze|ceiling|cap|limit|budget|window|handover)(?: "
    r"date)? (?:on|of|at|by|in|until) [^,;.!?]{2,40})"
    r"|(?P<leaves>\b(?:nothing|no \w+|no \w+ data) (?:leaves|goes|gets|enters|comes|crosses) (?:the |our |"
    r"to |into |out of |in |outside )[^,;.!?]{2,40})"
    r"|(?P<shift>\b(?:pushed|moved|extended|raised|cut|lowered|increased|shifted|postponed) (?:the|our|my) (?:\w+ "
    r")?(?:budget|"
    r"deadline|go-?live|headcount|limit|cap|ceiling|launch)(?: back| out| up| down)* (?:to|by|until) [^,;.!?]{2,40})"
    r"|(?P<figure>(?<!'s )\b(?:the |our |my |total |hard |final |annual |whole )*(?:budget|deadline|"
    r"go-?live|cut-?off|audit|inspection|submission|headcount|limit|ceiling|cap|term|semester|season|"
    r"launch date|opening|freeze)(?: for (?:this|the \w+|it|us))?(?: is|'s| is now| moved| got moved| "
    r"was moved| is moved| slipped| went up| went down| was cut| got cut| was raised| got raised| was "
    r"extended| is extended| got extended| was pushed(?: back)?| dropped| grew| shrank| changed| ends| "
    r"starts| begins| closes| stands at| was set (?:at|to)| comes| expires| runs out|:| =)(?: to| on| in|"
    r" at| by| only| just| fixed| exactly| around| about| max)* (?=[^,;.!?]*(?:\d|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|"
    r"friday|week|month|quarter|year|summer|winter|spring|autumn|christmas|easter|tight|fixed|gone|spent|"
    r"zero|frozen))[^,;.!?]{1,50}))",
)
DUE = Quick(  # what must be says something of the writer's own limits only with one of these beside it
    r"\b(?:for us|here|our|we|us|offline|on-?prem\w*|gdpr|hipaa|law|legal|audit\w*|certif\w+|compl\w+|"
    r"regulat\w+|budget|by (?:q[1-4]|the end|end of|next|january|february|march|april|"
    r"may|june|july|august|september|october|november|december|monday|friday|christmas|easter|summer)|"
    r"before (?:the|we|christmas|easter|q[1-4]|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|latest|eu|europe|germany|switzerland|uk|us|region|data "
    r"cent(?:re|er)|"
    r"tablets?|phones?|gloves?|browser|ie|edge|chrome|firefox|windows|linux|ipads?|android|screen "
    r"readers?|accessib\w+|wcag|german|french|spanish|welsh|english|language|sso|saml|ldap|"
    r"vpn|firewall|proxy|encrypt\w*|logged|trac\w+|signed|approved|validated|anonymi[sz]ed|"
    r"pseudonymi[sz]ed|under \d|below \d|less than \d|within \d|\d ?(?:seconds|ms|minutes|hours|%|k\b|€)|"
    r"seconds|real[- ]time|"
    r"gxp|iso|soc ?2|pci|sap|existing|legacy|mainframe|without (?:internet|training|admin)|board|"
    r"committee|council|procurement|approval|department|auditors?|inspectors?|budget|personal data|"
    r"patient|citizen|pii|staff|union|works council|archive|retention|years)\b",
)


def _find_barred(sentence: Sentence) -> Iterator[Finding]:
    for found in BARRED.finditer(sentence.text):
        which = found.lastgroup or "due"
        start, end = found.span()
        if which == "of":
            which, start = "barred", found.start("barred")
        elif which == "barred":
            start = found.start("barred")
        said = sentence.text[start:end]
        if which in ("due", "approval") and not DUE.search(said):
            continue
        if which == "barred" and not (OF_LIMITS.search(said) or DUE.search(said)):
            continue
        if (
            NO_LIMIT.search(said)
            or not sentence.is_about_self(start)
            or (which != "shift" and OTHERS.search(sentence.text[:end]))
        ):
            continue
        if PASSING.search(said) or (
            which == "subject" and STUCK.search(said) and not OF_LIMITS.search(said) and not find_mentions(said)
        ):
            continue
        if which == "due" and SMALL_TALK.search(said):
            continue
        value = said.strip(" ,")
        words = list(re.finditer(r"\S+", value))[:LONGEST]
        if len(words) < FEWEST:
            continue
        begin = start + len(said) - len(said.lstrip(" ,"))
        stop = begin + words[-1].end()
        yield Finding(address="constraint", value=sentence.text[begin:stop], start=begin, end=stop, weight=0.7)
        return


LONGEST, FEWEST = 14, 2  # words of a limit
OTHERS = Quick(
    r"^\W*(?:the vendor|they|he|she|you|your|their|his|her|customers?|competitors?|it'?s like|one|people|"
    r"everybody|everyone|students|users|the (?:other|german|french|us|uk) \w+|"
    r"my (?:kid|son|daughter|wife|husband|friend|dad|mom)\w*)\b",
)
PASSING = Quick(
    r"\b(?:today|tonight|right now|at the moment|this (?:morning|afternoon|week)|\d+ minutes|in the train|"
    r"on the train|no party|sorry)\b",
)
STUCK = Quick(r"\b(?:stuck|limited|offline)\b")
SMALL_TALK = Quick(
    r"\b(?:be (?:a |the |fun|nice|great|good|easy|hard|kidding|joking|friday|monday|me|you|there|here|"
    r"home|honest|fair|true|so)|go (?:now|home|to)|run (?:now|to)|"
    r"work (?:out|for|on|harder)|keep (?:going|it up|calm|in mind)|happen (?:to|again)|stay (?:home|late|"
    r"calm|positive|here)|coffee|lunch|meeting)\b",
)


def find_limits(sentence: Sentence) -> Iterator[Finding]:
    """Constraints stated in this sentence: one at most, as its clause says it."""
    if sentence.joking or sentence.question:
        return
    lifted = None if sentence.words.isdisjoint(LIFTED_CUES) else LIFTED.search(sentence.text)
    if lifted and sentence.is_about_self(lifted.start()):
        yield Finding(
            address="constraint", value=lifted["what"], start=lifted.start(), end=lifted.end(), weight=-1.0, ends=True
        )
        return
    for found in () if sentence.words.isdisjoint(LIMIT_CUES) else CONSTRAINT.finditer(sentence.text):
        _, clause_end = sentence.clause_at(found.start())
        clause = sentence.text[found.start() : max(clause_end, found.end())]
        if (
            PERSON_IS.search(found[0])
            or not OF_LIMITS.search(clause)
            or NO_LIMIT.search(clause)
            or not sentence.is_about_self(found.start())
        ):
            continue
        phrase = take_phrase(sentence, found.start())
        if phrase and phrase[1] >= found.end() - 1:
            start, end = phrase
            yield Finding(address="constraint", value=sentence.text[start:end], start=start, end=end, weight=0.8)
            return
    if not sentence.words.isdisjoint(BARRED_CUES):
        yield from _find_barred(sentence)
