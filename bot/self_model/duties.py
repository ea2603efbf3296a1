"""What someone answers for, where they name the work and no title: "I sign off the purchase orders", "the person who
keeps the ERP alive", "the roster lands on my desk"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.frames import ADVERBS, I_AM, I_DO, I_WAS, START, is_plain, take_thing
from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import NOT_REALLY, OF_SELF, Finding, Sentence, is_negated

ANSWERS = (  # verbs that say by themselves that something is someone's work
    r"(?P<lead>run|lead|head up|head|oversee|supervise|direct|captain|chair|steer|front)"
    r"|(?P<manager>manage)|(?P<coordinator>co-?ordinate|organi[sz]e|orchestrate)|(?P<owner>own|sponsor)"
    r"|(?P<admin>administer|administrate|maintain|operate)"
    r"|(?P<plain>look after|take care of|care for|deal with|answer for|keep an eye on|watch over|sign off(?: on)?|"
    r"am on the hook for|am responsible for|am accountable for|am in charge of|have responsibility for|"
    r"have oversight of|"
    r"hold the budget for|do all the|do most of the|do everything around|babysit|mind|be responsible for|handle|cover)"
)
HABITS = (  # verbs of everyday work; with things in the plural or that are done by the mass they say what someone does
    r"(?:issue|stamp|grant|release|supply|deliver|feed|milk|harvest|guide|host|serve|screen|admit|"
    r"discharge|transport|hunt|tag|annotate|digitise|digitize|scan|mend|schedule|roster|plan|dispatch|"
    r"route|teach|train|coach|mentor|tutor|examine|grade|supervise|design|draw|draft|"
    r"edit|translate|interpret|sell|buy|purchase|procure|source|negotiate|recruit|hire|interview|treat|diagnose|nurse|"
    r"dispense|prescribe|drive|fly|pilot|pack|load|inspect|audit|review|approve|check|verify|validate|certify|assess|"
    r"process|reconcile|book|invoice|bill|price|quote|underwrite|adjust|settle|moderate|weld|build|"
    r"assemble|install|repair|"
    r"service|calibrate|commission|monitor|guard|protect|defend|prosecute|represent|advise|counsel|"
    r"support|staff|assign|"
    r"allocate|order|ship|grow|breed|cook|cater|curate|catalogue|catalog|archive|research|study|model|simulate|"
    r"forecast|trade|insure|lend|test|write|code|program|analy[sz]e|report on|present|publish|produce|direct|animate|"
    r"compose|record|mix|light|film|photograph|survey|map|measure|sample|sequence|register|license|permit|regulate|"
    r"enforce|investigate|patrol|chase|collect|pay|do|prepare|compile|file|sort|clean|fix|patch|operate|"
    r"run|configure|deploy|host|optimi[sz]e|tune|facilitate|arrange|place|match|onboard|answer|triage|"
    r"escalate|bake|brew|"
    r"sew|style|paint|restore|conserve|score|localise|localize|proofread|typeset|illustrate|lay out|sign)"
)
OFTEN = Quick(
    r"\b(?:for a living|all day|every (?:day|week|month|night|morning)|day in,? day out|daily|weekly|"
    r"monthly|full[- ]time|"
    r"by day|as my day job|at work|for (?:the|our|a) (?:\w+ )?(?:department|hospital|clinic|city|company|bank|school|"
    r"university|plant|group|region|firm|ministry|council|airline|port|store|stores|stations?|team|court|agency|museum|"
    r"wards?|sites?|county|faculty|warehouse|north|south|east|west|nordics|emea|dach)|around here|most days|mostly)\b",
)
PLURAL = Quick(
    r"(?:(?:the|our|all|all the|all our|most|most of the|most of our|other people's|my|new|\d+|some|those) )*"
    r"(?:[\w&/-]+ ){0,3}?(?:(?!has\b|does\b|gets\b|needs\b|goes\b|seems\b|this\b|his\b|its\b|us\b|as\b|"
    r"is\b|was\b|status\b|process\b|access\b|business\b|always\b|"
    r"sometimes\b|yes\b|thus\b|bus\b|news\b|plus\b|perhaps\b|class\b|pass\b|guess\b)[a-z]{2,}s|people|children|staff|"
    r"patients|payroll|traffic|music|maths|law|chemistry|physics|biology|stock|cargo|freight|waste|sheep|cattle|"
    r"equipment|paperwork|software|hardware|machinery)\b",
)
PASSING = Quick(  # things of the moment that are no one's job
    r"^(?:(?:the|our|my|a|an|this|that|these|those|all|some|any|both) )*(?:(?:quick|same|new|old|last|"
    r"next|following|above|"
    r"unit|whole|full|exact|wrong|right|latest|two|three|few|little|\d+) )*"
    r"(?:scripts?|quer(?:y|ies)|commands?|tests?|code|jobs?|builds?|notebooks?|cells?|functions?|loops?|cod\w+|"
    r"examples?|messages?|errors?|bugs?|issues?|problems?|files?|logs?|car|dog|cat|house|flat|bike|iphone|mac|laptop|"
    r"macbook|pc|windows|linux|copy|meeting|meetings|lunch|it|them|this|that|cases?|strings?|values?|"
    r"inputs?|exceptions?|"
    r"requests?|questions?|tries|words?|numbers?|coffee|dishes|docs?|texts?|page|button|box(?:es)?|link|links|pr|prs|"
    r"mess|snacks?|cake|cakes|noise|delay|confusion|chaos|stress|patience|blame|weather|cats|dogs|"
    r"bikes|books|pictures|dishes|flowers|plants|songs|errands|checks?|check-up|search(?:es)?|scans?|"
    r"simulations?|numbers|miles|km|kilometers|marathons?|half|late|tabs?|out|into|emails?|mails?|more|"
    r"less|both|things|stuff|risks?|"
    r"migrations?|app|update|updates|changes?|comments?|emoji|jokes|songs?|way|yourself|myself|posts?|tickets? yet)\b",
)
LEADS = Quick(rf"{I_DO}(?:{ANSWERS}) (?=[\w&'\"])")
CHARGED = Quick(
    rf"{I_AM}(?:the (?:one|person|guy|woman|man|girl|contact|owner|go-to) )?(?:responsible|accountable|"
    r"answerable|in charge|on the hook|on point|"
    r"on call|charged|entrusted|the owner|owner|the contact|the go-to(?: person)?|the main contact|the "
    r"keeper|the guardian|"
    r"custodian|in control|in the driver's seat|tasked) (?:for|of|with) ",
)
HABIT = Quick(rf"{I_DO}(?P<verb>{HABITS}) (?=[\w&])")
EMPHATIC = Quick(  # "I do like dogs", and what is done at once: "I have to do my minutes"
    r"do (?:like|love|see|think|have|need|want|know|believe|feel|hope|get|agree|understand|remember|prefer|find|use|"
    r"work|"
    r"mind|care|wonder|hear|say|enjoy|appreciate|apologi[sz]e|try|go|come|take|make|my|not|so|well|what|all|as|"
    r"things)\b"
)
PERSON_WHO = Quick(
    rf"(?:{I_AM}|(?:^|[,;(–—] ?)as |(?:^|[,;(–—] ?)me,? |speaking as |asking as |being )(?:\w+ )?(?:the |"
    r"a |an |that |one of the )"
    r"(?:\w+[ -]){0,3}?(?:one|person|guy|gal|girl|woman|man|lady|bloke|somebody|someone|people|poor soul|"
    r"poor sod|idiot|soul|fool|nerd|"
    r"human|dude|half|colleague|fella) (?:that|who|who's|whose job (?:it )?is to|tasked with|responsible "
    rf"for|in charge of) {ADVERBS}"
    r"(?:has to |have to |gets to |is supposed to |is |needs to |must )?(?=[\w&])",
)
GIVEN = Quick(
    rf"(?:{I_WAS}(?:handed|given) |(?:{I_WAS}|{START})(?:been |just |recently )*(?:put in charge of|made "
    r"responsible for|given responsibility for|"
    r"left in charge of|entrusted with|hired to (?:run|lead|manage|look after|build up|build|do|own|"
    r"oversee|handle|fix)|"
    r"brought in to (?:run|lead|manage|look after|oversee|fix|turn around|clean up)|appointed to (?:run|lead|head)|"
    r"promoted to (?:run|lead|head)|asked to (?:take over|run|lead|look after|head up|oversee|own|manage|"
    r"head)|voluntold to (?:run|lead|own)|recruited to (?:run|lead|do|build)|(?:hired|brought in|"
    r"recruited|employed|taken on|called in|fetched) to [a-z]+(?: out| up| down| over| off)?) )(?=the |"
    r"our |all |a )"
    r"|(?<![\w'])(?:they|he|she|management|my boss|the (?:board|director|boss|company|dean|ceo))(?:'ve| "
    r"have| has)? (?:just |recently )?(?:put|made|left|placed) me (?:in charge of|responsible for|in "
    r"control of|accountable for|over) (?=\w)",
)
ON_ME = Quick(
    r"^\W*(?:(?:and|so|but|well|since \w+|somehow|these days) )*(?P<what>(?:the|our|all the|all our|all "
    r"of the|everything (?:around|about|to do with)|"
    r"whatever happens (?:in|with|to)|[a-z][\w-]+(?: [\w-]+)? (?:and|plus)) ?[^,.;:!?]{2,60}?) (?:is|are|"
    r"all|it|that|still|mostly|usually|always|"
    r"'s| )*(?:on me|my job|my baby|my responsibility|my remit|my department|my patch|my turf|my thing|"
    r"my problem|my world|mine|under me|"
    r"fall(?:s)? (?:to|on|under) me|land(?:s)? on (?:me|my desk)|end(?:s)? up (?:with me|on my desk)|"
    r"sit(?:s)? (?:with|under) me|"
    r"go(?:es)? (?:through|over|across) (?:me|my desk)|run(?:s)? through me|cross(?:es)? my desk|"
    r"report(?:s)? (?:in)?to me|"
    r"come(?:s)? to me|belong(?:s)? to me|rest(?:s)? (?:with|on) me|hang(?:s)? on me)\b(?! to)",
)
ALONE = Quick(
    r"(?<![\w'])(?:it's|it is|there's|there is|that's) (?:just|only|basically|pretty much) me (?:on|for|"
    r"in|doing|running|handling|looking after) "
    r"|(?:keep|kept) (?:the |our )?(?P<kept>[\w&/ -]{2,30}?) (?:alive|running|going|up|afloat|in shape|"
    r"together|moving|honest)"
    r"(?=[^.!?]*\b(?:that (?:someone|somebody|person|one|idiot) is me|that's me|that is me|and it's me|"
    r"that would be me|and i'm it)\b)"
    r"|(?<![\w'])(?:i|me) (?:\w+ly |also |just )?keep (?=(?:the |our |all )?[\w&/ -]{2,30} (?:(?!thing|"
    r"coming)[a-z]+ing|alive|running|going|afloat|"
    r"in shape|honest|moving|in order|safe|up to date|clean|happy|on track|on time)\b)",
)
DAYS = Quick(
    r"(?<![\w'])(?:what i (?:actually |really )?do(?: here| all day| every day| for a living| mostly| "
    r"most days| at work)*(?: is|:)|i (?:spend|fill) (?:most of |half of |half |all )?(?:my|the) (?:days?|"
    r"time|week|weeks|working (?:day|days|time)|mornings|nights|life)"
    r"(?: here)?|my (?:day job|job|work|days?|role|main job|main task|task|function|business|working day|"
    r"week)(?: here| at \w+)?"
    r"(?: is| are|:| consists? of| means| boils? down to| revolves? around)|i(?:'m| am)? (?:get )?paid to|"
    r"i get paid (?:for|to)|i earn my (?:living|money|bread) (?:by|with)|"
    r"i make (?:a|my) living) (?:mostly |mainly |basically |all |about |by |with |on |to |doing "
    r")*(?P<what>(?!a\b|an\b|in\b|to be\b)"
    r"(?:[a-z]+ing|keep|make|break|sell|run|find|write|teach|move|stop|get|plan|build|check|argue|chase|"
    r"count|price|buy|fix)\b [^,.;:!?]{2,60})",
)
HAS_ONE = Quick(r"(?:an?|my|two|three|several|no) ")  # what someone owns in private
CUES = frozenset(re.findall(r"[a-z']{3,}", f"{ANSWERS} {HABITS}")) | frozenset(
    """
    call person one guy somebody someone coordinate organise organize head analyse analyze me mine my responsible
    accountable answerable charge hook point entrusted owner contact keeper guardian custodian control tasked who
    that put made left hired brought appointed promoted asked recruited taken called given handed keep kept spend
    fill job work role days day paid living earn fall falls land lands end ends sit sits go goes run cross crosses
    report reports belong belongs rest hang do
    """.split()
)
CUES -= frozenset("the for out all and with most have everything over up down off on".split())
NOUNS = {"lead": "lead", "manager": "manager", "coordinator": "coordinator", "owner": "owner", "admin": "admin"}
UNIT = Quick(r"\b(?:teams?|group|squad|department|dept|org|unit|practice|guild|chapter|crew|division)$")
WEIGHT = 0.3  # below that of a title in the directory: what someone does tells less of what they are
NO_DUTY = Quick(
    r"^(?:(?:every|each) (?:morning|day|week|evening|night|month|year|weekend|sunday|monday|friday|time|"
    r"now|other|single)\b|(?:an? )?(?:\w+ )?life\b|(?:about |some |around )?(?:\d+|two|three|four|five|"
    r"six|seven|eight|nine|ten|a dozen|a few|several) (?!\w+ (?:sites?|stores?|wards?|plants?))|with\b|"
    r"by\b|through\b|most of\b|a lot\b|some of\b|all (?:kinds|sorts)\b|to\b|into\b|on\b|for\b|by\b|out "
    r"of\b|low on|my (?:own|life|car|dog|kids?|cat|mouth|time|self|house|ears?|eyes?|head|hands?|back|bases|tracks)|"
    r"a (?:mac|car|dog|house|marathon|"
    r"bath)|"
    r"windows\b|linux\b|ubuntu\b|macos\b|python\b|late\b|an? (?:\w+ )?(?:query|script|test|command|search|meeting))",
)


def find_duties(sentence: Sentence) -> Iterator[Finding]:
    """The work that the writer says is theirs; one duty a clause."""
    if sentence.question or (sentence.words.isdisjoint(OF_SELF) and GIVEN.match(sentence.text) is None):
        return
    if sentence.words.isdisjoint(CUES):
        return
    told: list[tuple[int, int]] = []
    for finding in _find_all(sentence):
        if not any(start < finding.end and finding.start < end for start, end in told):
            told.append((finding.start, finding.end))
            yield finding


def _find_all(sentence: Sentence) -> Iterator[Finding]:
    text = sentence.text
    for found in LEADS.finditer(text):
        group = found.lastgroup or "plain"
        if group == "owner" and HAS_ONE.match(text, found.end()):
            continue
        yield from make_duty(sentence, found.start(), found.end(), NOUNS.get(group, ""))
    for pattern in (CHARGED, GIVEN):
        for found in pattern.finditer(text):
            yield from make_duty(sentence, found.start(), found.end(), "")
    for found in HABIT.finditer(text):
        if EMPHATIC.match(text, found.start("verb")):
            continue
        if PLURAL.match(text, found.end()) or OFTEN.search(text, found.end()):
            agent = AGENTS.get(found["verb"].lower(), "")
            first = -1 if agent or found["verb"].lower() == "do" else found.start("verb")
            yield from make_duty(sentence, found.start(), found.end(), agent, first=first)
    for found in PERSON_WHO.finditer(text):
        yield from make_duty(sentence, found.start(), found.end(), "", subject=False)
    for found in ALONE.finditer(text):
        start = found.start("kept") if found["kept"] else found.end()
        yield from make_duty(sentence, found.start(), start, "", subject=False)
    for found in (*DAYS.finditer(text), *ON_ME.finditer(text)):
        noun = "lead" if "report" in found[0][-14:] else ""
        yield from make_duty(
            sentence, found.start("what"), found.start("what"), noun, subject=False, end=found.end("what")
        )


def make_duty(
    sentence: Sentence, start: int, at: int, noun: str, *, first: int = -1, subject: bool = True, end: int = -1
) -> Iterator[Finding]:
    """The role of a duty, named after the thing at `at`; `first`: where a value that keeps its verb begins."""
    text = sentence.text
    thing = take_thing(text, at)
    if thing is None or (subject and not is_plain(text, start)) or not sentence.is_about_self(start):
        return
    clause = sentence.clause_at(start)[0]
    rest = text[at : at + 40]
    if NOT_REALLY.search(text[clause:at]):
        return
    if is_negated(text[clause:at]) or PASSING.match(rest) or NO_DUTY.match(rest) or PRIVATE.search(text, at):
        return
    begin, stop = thing[0] if first < 0 else first, min(thing[1], end) if end > 0 else thing[1]
    value = text[begin:stop]
    if A_PROJECT.search(value) and first < 0:
        yield Finding(address="project", value=value, start=min(start, begin), end=stop, weight=WEIGHT)
        return
    if noun and len(value.split()) <= LONG_NAME:
        value = f"{UNIT.sub('', value).strip() or value} {noun}"
    yield Finding(address="role", value=value.lower(), start=min(start, begin), end=stop, weight=WEIGHT)
    if noun == "lead" and UNIT.search(text[begin:stop]):
        yield Finding(
            address="seniority", value="lead", start=min(start, begin), end=stop, weight=WEIGHT, source=Source.STATED
        )


A_PROJECT = Quick(
    r"\b(?:project|rollout|roll-out|migration|pilot|relaunch|launch|upgrade|rewrite|rebuild|tender|"
    r"cutover|initiative)$",
)
PRIVATE = Quick(r"\b(?:for fun|as a hobby|at home|in my (?:spare|free) time|on weekends|slowly|badly|for a friend)\b")
AGENTS = {  # who does what
    **{
        verb: f"{verb.removesuffix('e')}er"
        for verb in "teach train design draft sell dispatch interpret weld repair model research test report present "
        "publish film sample bake brew paint restore program build plan buy".split()
    },
    **{
        verb: f"{verb}r"
        for verb in "schedule route examine grade purchase source negotiate diagnose dispense price underwrite "
        "calibrate prescribe trade analyse analyze produce compose photograph write settle examine assemble "
        "cater".split()
    },
    **{verb: f"{verb}or" for verb in "audit edit inspect direct".split()},
    "translate": "translator",
    "coordinate": "coordinator",
    "moderate": "moderator",
    "animate": "animator",
    "curate": "curator",
    "plan": "planner",
    "program": "programmer",
    "recruit": "recruiter",
    "coach": "coach",
    "mentor": "mentor",
    "tutor": "tutor",
    "nurse": "nurse",
    "fly": "pilot",
    "pilot": "pilot",
    "drive": "driver",
    "survey": "surveyor",
    "procure": "procurement",
    "investigate": "investigator",
    "install": "installer",
    "fix": "fixer",
    "simulate": "simulation",
    "forecast": "forecaster",
    "archive": "archivist",
    "proofread": "proofreader",
    "illustrate": "illustrator",
    "represent": "representative",
    "advise": "adviser",
    "counsel": "counsellor",
    "guard": "guard",
    "code": "coder",
}
LONG_NAME = 5  # words of a thing that can still be named before "lead"
