"""What someone is working on, and what of it is over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.mentions import find_mentions
from bot.self_model.model import Source
from bot.self_model.phrases import take_phrase
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated

SUBJECT = (
    r"\b(?:i|i'm|i am|im|ive|i've|we|we're|we are|we've|my team|our team|my team is|"
    r"our team is|my team and i|my group|"
    r"my squad|my colleague and i|me and my \w+)"
)
NOUN = (
    r"(?:projects?|migration|rollout|roll-out|launch|programme|program|rewrite|initiative|redesign|refactor(?:ing)?|"
    r"integration|implementation|upgrade|consolidation|pilot|poc|cutover|revamp|rebuild|replatforming|audit|"
    r"selection|campaign|workstream|redo|relaunch|chatbot|portal|assessment|roadmap|automation|"
    r"certification|dashboard|pipeline|platform|cleanup|clean-up|overhaul|tender|rfp|"
    r"relaunch|transition|model|catalog|move|relocation|merger|trial|study|survey|inspection|"
    r"accreditation|extension|refurbishment|commissioning|"
    r"shutdown|outage|exhibition|release|sequel|expansion|port|digiti[sz]ation|stocktake|curriculum|"
    r"course|thesis|paper|grant|application|bid|construction|retrofit|"
    r"renovation|switch|changeover|recall|investigation|handbook|catalogue|archive|registry|register|"
    r"prototype|task ?force|working group|build-?out|opening|closing|"
    r"rebrand|rebranding|tests?|rework|replacement|modernisation|modernization|harmonisation|"
    r"harmonization|conversion|carve-?out|onboarding|app|website|webshop|shop|tool|"
    r"system|scheme|strategy|policy|report|review|analysis|design|plan|schedule|roster|contract|case|"
    r"validation|qualification|evaluation|stuff|thing|track|stream|"
    r"programme|drive|effort|push|set-?up|standard|guideline|framework|engine|game|level|episode|season|"
    r"feature|module|interface|api|service|library|database|"
    r"warehouse|line|plant|ward|wing|terminal|station|bridge|tunnel|turbine|substation|fleet|route|"
    r"timetable|exam|syllabus)"
)
OF_A_PROJECT = rf"(?= (?:[\w/&.-]+ ){{0,5}}{NOUN}\b)"
BUSY = (
    r"(?:working on|work on|building|migrating|rolling out|implementing|in the middle of|halfway through|"
    r"heads[- ]down on|kicking off|"
    r"starting (?:work )?on|started (?:work(?:ing)? )?on|busy with|redesigning|rewriting|assigned to|staffed on|"
    r"developing|setting up|rebuilding|consolidating|preparing|spinning up|knee[- ]deep in|"
    r"deep in|buried in|working w/ \w+ on|working with \w+ on|piloting|refactoring|"
    r"spending (?:most of )?my time on|"
    r"(?:gonna|going to|about to) (?=(?:rewrite|rebuild|migrate|build|replace|launch|redesign|refactor|roll out)\b)|"
    r"(?:leading|running|driving|own|owning|lead|run|responsible for|focused on|moved (?:on)?to|joined|kicked off|"
    rf"started|launched|doing|do|planning|coordinating|managing|heading|put on|in charge of|"
    rf"looking after) (?:the|a|our|an)"
    rf"{OF_A_PROJECT})"
)
PROJECT = Quick(
    rf"(?:{SUBJECT} (?:also |now |currently |still |mostly |mainly |just |busy |really |"
    rf"all |both |presently |actually |"
    rf"are |am |is |been |have |have been )*{BUSY}"
    rf"|^\W*(?:currently |now |still |mostly |right now )?(?:working on|knee[- ]deep in|"
    r"deep in|spinning up|leading the charge on|heads[- ]down on|building(?= (?:an?|the|our|my|out|"
    r"something)\b)|migrating|"
    rf"rewriting|rolling out|"
    rf"gonna (?=(?:rewrite|rebuild|migrate|build|replace|launch|redesign|refactor|roll out)\b))"
    rf"|\b(?:my|our) (?:main |current |new |big |next |other |latest |side |team's )*(?:project|"
    rf"initiative|workstream)"
    rf"(?: right now| now| at the moment| these days| this (?:quarter|month|week|year))?(?: is|"
    rf":|'s)(?: called| about| to)?"
    rf"|\bmy baby(?: right now| at the moment)? is|\b(?:they|management|my boss|my manager)(?:'ve|"
    rf" have)? (?:just )?put me on(?= the| a| our)"
    rf"|\b(?:most of )?my (?:week|time|day|days|energy)s? (?:goes|go|is going|is spent) (?:into|"
    rf"on)|\b(?:i|we)(?:'ve| have)? (?:just )?(?:picked up|took over|taken over) the{OF_A_PROJECT}"
    r"|(?:i|we)(?:'ve| have)? (?:just |recently )?started (?=[a-z]{3,}ing (?:the|our|all))|"
    r"^\W*(?:wrapping up|finishing|writing) (?=(?:the|our|a) )"
    r"|\b(?:it's|it is) (?=(?:the|our|a) [^,.;!?]{3,50}? (?:that|which) (?:eats|keeps|takes|costs|fills|"
    r"occupies|is eating|is keeping|drives|ruins)\b)"
    r"|(?:^\W*|\b)(?:a |one |the |another )?(?:project|pet project|side project at work|brainchild) of "
    r"mine(?: [\w ]{1,20})?(?: is|:)"
    r"|\bmy plate(?: right now| at the moment| these days| this \w+)?(?: is|:| has)|\b(?:on|off) my "
    r"(?:desk|plate|list)(?: right now| at the moment| these days| this \w+)?(?: is|:)(?= the| our| a)"
    rf"|(?<!\w)projects?:"
    rf"|(?:{SUBJECT}|^\W*)(?: (?:currently|now|still|just|mostly|fully|all|both|right now|also|up to my "
    r"\w+ in|up to our \w+ in))* (?:on|part of|in|inside) (?=(?:the|our|a) (?!(?:team|group|same|way|"
    r"phone|train|bus|road|side|loop|call|office|other|first|last|next|right|wrong|middle|end|list|call|"
    r"verge|move|fence|edge|system|report|website|app|board|case|plan|schedule|policy|review|line|station|"
    rf"service|course|library|shop)\b)[A-Z]?[\w/&.-]+(?: [\w/&.-]+){{0,3}}? (?:project|rollout|roll-out|"
    r"migration|programme|program|pilot|launch|initiative|rebuild|relaunch|workstream|task ?force|"
    r"working group|implementation|integration|upgrade|trial|study|tender|bid|audit|cutover|transition|"
    r"rewrite|revamp|renovation|extension|merger|retrofit|accreditation|digiti[sz]ation|overhaul|redesign|"
    r"expansion|consolidation|replacement)\b)"
    rf"|(?:{SUBJECT}|^\W*)(?: (?:was|were|got|been|currently|now|just|recently|still))* (?:assigned|"
    r"seconded|staffed|attached|allocated|lent|loaned(?: out)?|pulled|drafted|roped) (?:to|on|onto|into|"
    r"in on) (?=the|a|our|[A-Z])"
    rf"|{SUBJECT}(?: (?:currently|now|just|recently|still|all|mostly|really|fully))* (?:busy with|stuck "
    r"(?:in|with)|writing(?: up)?|finishing|wrapping up|closing out|testing|in the thick of|in the midst "
    r"of|wrapped up in|tied up (?:with|in)|absorbed in|immersed in|swamped with|occupied with|consumed by|"
    r"juggling|wrestling with|fighting with|battling|finali[sz]ing|drafting|designing|commissioning|"
    r"installing|validating|digiti[sz]ing|moderni[sz]ing|automating|relocating|renovating|restructuring|"
    r"harmoni[sz]ing|decommissioning|retrofitting|onboarding|prototyping|porting|translating|cataloguing|"
    r"overhauling|upgrading|replacing|introducing|trialling|trialing|prepping|steering|supporting) "
    rf"(?={OF_A_PROJECT[4:-1]})"
    r"|\bmy (?:current |next |latest |big |main |new )+(?:headache|task|assignment|challenge|job|thing|"
    r"obsession|focus|piece of work|undertaking|construction site|hobby horse)(?: right now| at the "
    r"moment| these days)?(?: is|:)"
    r"|(?:^\W*|\b(?:i've|i have|just|we) )(?:just |recently )?(?:picked up|took over|taken over|inherited|"
    rf"kicked off|started) (?=(?:the|our|a) (?:[\w/&.-]+ ){{0,4}}{NOUN}\b)"
    rf"|\bworking (?:w/|with) (?:\w+ ){{1,3}}?on (?=the|our|a)"
    r"|(?:^\W*(?:currently |now |still |mostly |right now |fully )*)(?:busy with|in the middle of|"
    r"halfway through|up to my (?:neck|ears|elbows|eyeballs) in|in the thick of|gearing up for|getting "
    r"ready for|preparing for|prepping for|piloting|migrating|helping (?:with|out (?:with|on)))(?= (?:the|"
    r"our|a|[A-Z]))"
    r"|\b(?:this|next) (?:week|month|quarter|year|term|semester|season|summer|spring|autumn|winter)(?: "
    r"it)?(?:'s| is) all about(?= \w)"
    rf"|{SUBJECT} (?:gearing up for|getting ready for|preparing for|prepping for|helping (?:with|out "
    rf"(?:with|on))|rolling|heading into)(?={OF_A_PROJECT[4:-1]}))",
)
KEEP_VERB = Quick(
    r"(?:migrating|rolling out|implementing|building|redesigning|rewriting|developing|setting up|rebuilding|"
    r"consolidating|refactoring)$",
)
NO_PROJECT = Quick(
    r"^(?:it|this|that|a (?:fix|reply|solution|way|pr|ticket|bug)|fix|reply|getting|"
    r"the (?:same|issue|bug|problem|ticket|"
    r"fix|answer)|same|issue|bug|problem|ticket|answer|something|laptop|mac|windows|call|phone|meeting|being|myself|"
    r"making|industrial designer|patience|sleep|lunch|coffee|tan|weekends?|holidays?)\b",
)
MINE = Quick(r"\bmy\b")
AT_WORK = Quick(NOUN)
DONE = (
    r"(?:done|finished|over|complete|completed|cancell?ed|shipped|wrapped(?: up)?|killed|shelved|dead|behind us|live|"
    r"closed|dropped|axed|on ice|scrapped|parked|abandoned|delivered|history|wound down|through)"
)
STOPPED = (
    r"(?:finished|shipped|wrapped up|completed|cancell?ed|killed|dropped|shelved|abandoned|"
    r"delivered|closed out|scrapped|lost|won|"
    r"done with|handed over|handed off|stopped working on|gave up on|left)"
)
SOFTLY = r"(?: now| finally| officially| all| pretty much| already| been| just)* "
OVER = Quick(
    rf"(?:^\W*(?:ok |so |and |good news:? |update:? )?(?:the |our |my |that )?|\b(?:the|our|my|that) )"
    rf"(?P<a>(?:(?!old\b|last\b|other\b)[\w/&.-]+ ){{0,4}}{NOUN}|[\w/&.-]+ project)s? "
    rf"(?:(?:is|was|has been|got|just got|has|just|are|'s){SOFTLY}{DONE}\b|(?:just |finally |officially "
    r")?(?:went live|launched|shipped|finished|ended|landed|concluded|wrapped up)\b)"
    rf"|{SUBJECT}(?:'ve| have)? (?:just |finally |now |already |officially )*{STOPPED} (?:the |our |my |with the )?"
    rf"(?P<b>(?:[\w/&.-]+ ){{0,4}}{NOUN}|[\w/&.-]+ project)\b"
    rf"|{SUBJECT} (?:are |am |is |'re |'m )?(?:finally |now |all |almost all )?(?:done|finished|through) "
    rf"with (?:the |our |my |all the )?(?P<f>[\w/&-]+(?: [\w/&-]+){{0,3}}?)(?=\s*(?:[,.;!]|$)| (?:now|"
    r"finally|at last|so|and|since|today|yesterday|last|this)\b)"
    rf"|\b(?:handed|passed|gave) (?:the |our |my )?(?P<e>(?:[\w/&.-]+ ){{0,4}}{NOUN}) (?:over|on|off)(?: to|\b)"
    rf"|{SUBJECT} (?:am |are )?(?:no longer|not) (?:working )?on (?:the |our )?(?P<c>(?:[\w/&.-]+ ){{0,4}}?[\w/&.-]+?)"
    rf"(?: anymore| any more| any longer)?(?=$|[,.;!]| (?:but|so|and|since|because|as)\b)"
    rf"|{SUBJECT} (?:am |are |came |rolled |got |moved |have moved |'ve moved )*off (?:the |our )?"
    rf"(?P<d>(?:[\w/&.-]+ ){{0,4}}{NOUN})\b",
)
OVER_CUES = frozenset(
    """
    done finished over complete completed cancelled canceled shipped wrapped killed shelved dead behind live
    closed dropped axed ice scrapped parked abandoned delivered history wound through handed stopped gave left
    lost won longer off passed not went launched ended landed concluded
    """.split()
)
BUSY_CUES = frozenset(
    """
    halfway working work building migrating rolling implementing middle heads kicking kicked starting started busy
    redesigning rewriting assigned staffed developing setting rebuilding consolidating preparing spinning knee deep
    buried piloting refactoring spending gonna going about leading running driving own owning lead run stuck writing
    finishing wrapping closing testing currently assigned seconded attached allocated lent loaned pulled drafted
    roped thick midst wrapped tied absorbed immersed swamped occupied consumed juggling wrestling fighting battling
    finalising finalizing drafting designing commissioning installing validating digitising digitizing modernising
    modernizing automating relocating renovating restructuring harmonising decommissioning retrofitting onboarding
    prototyping porting translating cataloguing overhauling upgrading replacing introducing trialling trialing
    prepping steering supporting gearing getting ready helping up on part inherited responsible focused moved joined
    launched doing do planning coordinating managing heading put charge looking project projects initiative
    workstream picked took taken inherited week weeks time times day days energy baby
    """.split()
)
NEARLY = Quick(
    r"\b(?:almost|nearly|half|not|never|isn't|wasn't|hasn't|far from|when|once|until|"
    r"if|until)\b",
)


def find_projects(sentence: Sentence) -> Iterator[Finding]:
    """Projects that the writer says they work on, and those they say are over."""
    if not sentence.words.isdisjoint(OVER_CUES):
        yield from _find_over(sentence)
    if sentence.joking or sentence.words.isdisjoint(BUSY_CUES):
        return
    if "me" in sentence.words or "us" in sentence.words:
        yield from _find_occupying(sentence)
    for found in PROJECT.finditer(sentence.text):
        start, _ = sentence.clause_at(found.start())
        before = sentence.text[start : found.start()]
        if not sentence.is_about_self(found.start()) or is_negated(found[0]) or is_negated(before):
            continue
        phrase = take_phrase(sentence, found.end())
        if phrase is None or _is_no_project(sentence, found, *phrase):
            continue
        verb = KEEP_VERB.search(found[0])
        first = found.start() + verb.start() if verb else phrase[0]
        yield Finding(
            address="project",
            value=re.split(r" (?:that|which) ", sentence.text[first : phrase[1]], maxsplit=1)[0],
            start=found.start(),
            end=phrase[1],
            weight=0.8,
        )


def _find_occupying(sentence: Sentence) -> Iterator[Finding]:
    """What keeps its writer busy, with itself as the subject: "the new timetable has me busy until December"."""
    found = OCCUPIES.match(sentence.text)
    if found and not sentence.question and sentence.is_about_self(found.start("what")):
        yield Finding(address="project", value=found["what"], start=found.start("what"), end=found.end(), weight=0.7)


OCCUPIES = Quick(
    r"^\W*(?:(?:and|so|but|right now|currently|at the moment|these days|sorry|this week),? )*(?:the |our |"
    r"my |a )(?P<what>(?!cat|dog|kids?|baby)[^,.;:!?]{3,50}?) (?:has|have|keeps?|is keeping|are keeping|"
    r"had) (?:me|us) "
    r"(?:very |pretty |quite |really |all )*(?:busy|occupied|up at night|on my toes|tied up|running|going)\b",
)


A_TIME = Quick(  # when, and not what
    r"\s*(?:this|next|last|the whole|all|every|each|on|since|until|from|in) (?:\w+ )?(?:day|week|month|quarter|year|"
    r"season|"
    r"summer|spring|autumn|fall|winter|term|semester|morning|afternoon|evening|weekend|time|monday|tuesday|wednesday|"
    r"thursday|friday)\b"
)
LED = Quick(r"\b(?:leading|running|own|owning|lead|run|responsible for)\b[^,.;]{0,12}$")
TAIL = Quick(r"\s(?:at|in|for|of|on|and|with|to)\s")  # behind the noun that says what is led


def _is_no_project(sentence: Sentence, found: re.Match[str], start: int, end: int) -> bool:
    """Small things, and "my" things that are not work."""
    value = sentence.text[start:end]
    if A_TIME.match(sentence.text, found.end()):
        return True
    if NO_PROJECT.match(value) or (LED.search(found[0]) and not AT_WORK.search(TAIL.split(value, maxsplit=1)[0])):
        return True
    mine = MINE.search(sentence.text[found.end() : start + 1])
    return mine is not None and not AT_WORK.search(value) and not find_mentions(value)


def _find_over(sentence: Sentence) -> Iterator[Finding]:
    for found in OVER.finditer(sentence.text):
        which = next(name for name in "abcdef" if found[name])
        said = found[0].replace("not ", "").replace("no longer", "") if which == "c" else found[0]
        before = sentence.text[: found.start()]
        if (
            sentence.question
            or not sentence.is_about_self(found.start())
            or NEARLY.search(said)
            or NEARLY.search(before)
        ):
            continue
        yield Finding(
            address="project",
            value=found[which].strip(),
            start=found.start(),
            end=found.end(),
            weight=-1.0,
            source=Source.STATED,
            ends=True,
        )
