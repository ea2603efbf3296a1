"""Knowledge of topics that no list has, where the wording leaves no doubt that one is named: "crop rotation is new to
me", "I could do payroll in my sleep", "never touched a lathe"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.frames import ADVERBS, I_AM, START
from bot.self_model.mentions import find_mentions
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated
from bot.turn import Depth

TOPIC = (
    r"(?P<topic>(?!(?:is|are|was|were|be|to|how|what|why|where|if|it|this|that|these|those|they|them|"
    r"everything|all|things?|"
    r"stuff|which|who|what|there|here|you|he|she|we|i|me|my|our|your|the)\b)[a-z0-9][\w+#./&'-]*(?: "
    r"(?!(?:goes|go|went|makes?|scares?|confuses?|loses?|is|are|was|were|has|have|to|for|with|and|or|but|"
    r"so|in|on|at|of|the|a|an|it|that|this|myself|"
    r"yet|before|since|as|because|when|if|than|then|like|from|every|all|until|not|really|very|well|inside|"
    r"by|blindfolded|daily|either|anyway|though|tbh|at)\b)[a-z0-9][\w+#./&'-]*){0,2})"
)
THE = (
    r"(?:(?:the|a|an|this|that|all the|all this|all that|anything about|anything|much about|about|whole|"
    r"entire|your|our|my|any|some|these|those|of|how to do|how to|a word of|the point of|the first thing "
    r"about|half of|do|write|run|read|work with|use|using|world of|basics of|art of) )*"
)
GREEK = (
    r"(?:(?:all |still |completely |totally |pretty |very |quite |rather |brand |fairly |a bit |kind of |"
    r"a |an |like |complete |absolute |bit of |pure |just |somewhat |relatively |all still |basically )*"
    r"(?:new to me|new for me|new territory|new ground|greek to me|chinese to me|a mystery(?: to me)?|"
    r"witchcraft|voodoo|sorcery|hieroglyphs|black box(?: to me)?|closed book(?: to me)?|foreign to me|"
    r"gibberish to me|beyond me|over my head|"
    r"rocket science to me|black magic(?: to me)?|magic to me|riddle to me|foreign language(?: to me)?|"
    r"alien to me|unfamiliar to me|unknown to me|uncharted territory(?: for me)?|not (?:really |exactly |"
    r"quite )?my (?:thing|field|area|strong suit|forte|world|department|strength|bread and butter)|"
    r"my (?:weak spot|blind spot|weak point|achilles heel|nemesis)|where (?:i'm|i am) (?:lost|weakest)|"
    r"hard for me|what i struggle with)|(?:confuses?|scares?|terrif(?:y|ies)|intimidates?|baffles?|"
    r"puzzles?|loses?) me|goes over my head|makes my head spin|went over my head)"
)
HOME = (
    r"(?:(?:really |very much |pretty much |basically |definitely |kind of |more |clearly |just |still |totally )*"
    r"(?:my (?:bread and butter|home turf|forte|specialty|speciality|wheelhouse|strong suit|daily bread|"
    r"second nature|second language|second mother tongue|mother tongue|playground|strength|strong point|"
    r"daily business|domain|territory|trade|craft|speciality)"
    r"|second nature(?: to me)?|what i (?:did my (?:degree|phd|masters?|thesis) (?:in|on|about)|know best|"
    r"do all day|do best|did my phd on|specialise in|"
    r"specialize in|live and breathe)|where (?:i'm|i am) (?:at home|strongest|strong)|in my blood))"
)
FRAMES = (
    (
        Quick(
            r"(?:^|[,;:–—] ?|\b(?:and|but|so|because|since) )(?:\W*(?:and|but|so|hi|sorry|ok|honestly|tbh|well|"
            rf"fwiw|for me|to me),? )*{THE}{TOPIC} (?:is|are|'s|was|were|all|just|still)?\s?{GREEK}\b",
        ),
        Depth.FOUNDATIONAL,
    ),
    (
        Quick(
            rf"(?:{I_AM}|{START}|\bas (?:someone|a person|somebody) )(?:still |very |quite |pretty |totally |"
            r"completely |brand |fairly |rather |so |a bit |a |an |the |complete |total |absolute |relative |"
            r"utter |bit of a |kind of )*(?:new to|newcomer to|newbie (?:in|at|to|with)|beginner (?:in|at|with)|"
            r"novice (?:in|at|with|when it comes to)|lost (?:with|when it comes to)|clueless (?:about|when it "
            r"comes to|with|in)|hopeless (?:at|with)|rubbish at|terrible at|useless (?:at|with)|illiterate (?:in|"
            r"when it comes to)|layman (?:in|when it comes to|on)|(?:no|not an?) (?:expert|specialist|authority|"
            r"pro|hero) (?:in|on|at|when it comes to|for)|unfamiliar with|not familiar with|not (?:very |really |"
            r"so |that |too |at all )*(?:familiar|experienced|good|strong|comfortable|confident) (?:with|in|at|"
            r"on)|out of my depth (?:with|in|on|when it comes to)|learning|just learning|just starting (?:out "
            r")?(?:with|in)|getting started with|ignorant (?:about|of|when it comes to)|shaky on|green (?:in|at|"
            rf"on|when it comes to)) {THE}{TOPIC}",
        ),
        Depth.FOUNDATIONAL,
    ),
    (
        Quick(
            rf"(?:(?<![\w'])i(?:'ve| have|'d)? |{START}){ADVERBS}(?:never (?:really |actually |even |once |"
            r"properly |ever )*(?:used|touched|worked with|seen|heard of|tried|done|learned|learnt|studied|"
            r"understood|opened|dealt with|had to do with|came across|written|read|got the hang of|been taught|"
            r"operated|driven|handled|set up|configured|built)|haven't (?:\w+ )?(?:used|touched|worked with|done|"
            r"learned|tried|dealt with)|don't (?:really |actually |even |fully |quite )*(?:know the first thing "
            r"about|know anything about|know much about|understand|get|grasp|know how to)|know (?:nothing|next "
            r"to nothing|little|very little|zero|zilch|hardly anything|almost nothing|jack|squat) (?:about|of|on)|"
            r"have (?:no|zero|little|very little|hardly any|absolutely no|not much) (?:idea|clue|experience|"
            r"knowledge|background|understanding|training) (?:about|of|with|in|on|how)|(?:just|only just|only) "
            r"(?:started|began|starting) (?:with|learning|using|doing)|struggle with|gave up on|can't do|can't "
            r"read|failed|barely passed|only (?:ever )?heard of|wouldn't recogni[sz]e|could not tell you the "
            rf"first thing about) {THE}{TOPIC}",
        ),
        Depth.FOUNDATIONAL,
    ),
    (
        Quick(
            rf"{START}(?:no|zero|not much|little|zilch|hardly any|absolutely no|next to no) (?:idea|clue|"
            r"experience|knowledge|background|training|feel|expertise|exposure) (?:about|of|with|in|on|for|"
            rf"whatsoever (?:in|of|with)) {THE}{TOPIC}",
        ),
        Depth.FOUNDATIONAL,
    ),
    (
        Quick(
            r"(?:^|[,;:–—] ?|\b(?:and|but|so|because|since) )(?:\W*(?:and|but|so|hi|sorry|ok|honestly|tbh|"
            rf"well),? )*{THE}{TOPIC} (?:is|are|'s|was) {HOME}",
        ),
        Depth.ADVANCED,
    ),
    (
        Quick(
            r"(?<![\w'])i (?:could |can |know |speak |do |write |read |live and breathe |dream in |think in "
            rf"){THE}{TOPIC}(?= (?:inside out|in my sleep|by heart|like the back of my hand|back to front|"
            r"blindfolded|with my eyes (?:closed|shut)|cold|upside down|for breakfast|all day long))",
        ),
        Depth.ADVANCED,
    ),
    (
        Quick(
            rf"(?:{I_AM}|{START})(?:very |quite |pretty |really |fairly |reasonably |rather |extremely |well |"
            r"highly )*(?:fluent in|well[- ]versed in|versed in|strong in|strong on|at home (?:in|with)|"
            r"experienced (?:in|with)|skilled (?:in|at|with)|proficient (?:in|with)|deep into|good at|good with|"
            r"adept at|certified (?:in|for|on)|trained in|qualified in|up to speed on|solid on|solid in|"
            rf"confident (?:in|with)) {THE}{TOPIC}",
        ),
        Depth.ADVANCED,
    ),
    (
        Quick(
            r"(?<![\w'])i (?:\w+ly |also |still )?(?:specialise in|specialize in|teach|lecture (?:on|in)|train "
            r"people (?:on|in)|did my phd (?:on|in)|wrote my (?:thesis|phd) (?:on|about)|have a phd in|hold a "
            r"phd in|wrote the book on|give (?:courses|workshops|talks|lessons) (?:on|in|about)|publish on|am "
            rf"the authority on) {THE}{TOPIC}",
        ),
        Depth.EXPERT,
    ),
    (
        Quick(
            rf"{I_AM}(?:the|a|an|our|your) (?:go-to (?:person|guy|gal) (?:for|on)|resident expert (?:in|on|for)|"
            rf"expert (?:in|on|for)|specialist (?:in|on|for)|authority on|guru (?:in|on|for)) {THE}{TOPIC}",
        ),
        Depth.EXPERT,
    ),
)
CUES = frozenset(
    """
    scare confuse terrify intimidate baffle puzzle witchcraft voodoo sorcery hieroglyphs new newcomer newbie
    beginner novice lost clueless hopeless rubbish terrible useless illiterate layman expert specialist authority
    pro unfamiliar familiar experienced good strong comfortable confident depth learning learn starting started
    began ignorant shaky green never haven't don't know understand grasp nothing zero zilch little no clue idea
    experience knowledge background training struggle gave can't failed barely heard mystery greek chinese box book
    foreign gibberish beyond head science magic riddle language alien unknown territory thing field spot point
    nemesis hard confuses scares terrifies intimidates baffles puzzles loses bread turf forte specialty speciality
    wheelhouse suit nature tongue playground strength domain trade craft best blood inside sleep heart blindfolded
    eyes cold fluent versed skilled proficient adept certified trained qualified speed solid specialise specialize
    teach lecture phd thesis wrote courses workshops talks publish go-to guru daily second home
    """.split()
)
NO_TOPIC = frozenset(
    """
    way part thing point idea question answer bot tool app channel company team place office city job role one ones
    person people day week work life time number name email message meeting meetings lunch weather code file button
    page site product pilot project slack something anything nothing someone everyone yesterday today tomorrow now
    here there yes no ok link article movie song music game party news colleague boss manager customer you guys
    folks names faces remembering cooking directions lot bit few area country town neighbourhood group chat thread
    workspace platform organisation organization department more less better mornings evenings mondays weekends
    sleep traffic patience parking her him his them love live like be say hear dating life english spanish kids
    money you what how why where when who whom others itself lying small losing waiting being getting having making
    going working trying
    """.split()
)
TAIL = Quick(
    r"\s+(?:things?|stuff|world|side|part|area|topics?|in general|at all|yet|myself|though|tbh|honestly|"
    r"landscape|basics|ecosystem|"
    r"game|business|space|field|question|topic|yet|so|far|here|either|lately|now|please|too|much|anymore|"
    r"person|people|guy)$",
)
WEIGHT = 0.7


def find_unlisted(sentence: Sentence) -> Iterator[Finding]:
    """The writer's standing towards topics of their own naming; where a list knows the topic, under its usual name."""
    if sentence.question or sentence.words.isdisjoint(CUES):
        return
    yield from _find_coding(sentence)
    for frame, depth in FRAMES:
        for found in frame.finditer(sentence.text):
            start, end = found.span("topic")
            before = sentence.text[max(0, found.start() - 20) : found.start()]
            topic = _name(sentence.text[start:end])
            if topic and sentence.is_about_self(found.start()) and not is_negated(before):
                yield Finding(
                    address=f"expertise:{topic}", value=depth, start=found.start(), end=found.end(), weight=WEIGHT
                )


CODING = Quick(  # the verb itself names the topic
    r"\b(?:can'?t|cannot|can not|couldn'?t|don'?t|never learned (?:how )?to|don'?t know how to|no idea how to) "
    r"(?:really |actually |even )?(?:code|program)\b(?! review)",
)


def _find_coding(sentence: Sentence) -> Iterator[Finding]:
    for found in CODING.finditer(sentence.text):
        if sentence.is_about_self(found.start()) and OWN.match(sentence.text[: found.start()]):
            yield Finding(
                address="expertise:programming",
                value=Depth.FOUNDATIONAL,
                start=found.start(),
                end=found.end(),
                weight=WEIGHT,
            )


OWN = Quick(r"(?:.*\b(?:i|i'm|and|but) |\W*)$")


def _name(written: str) -> str:
    """The address of a topic as written; "" where the words are no topic."""
    listed = next((one.subject for one in find_mentions(written) if one.subject), "")
    if listed:
        return listed
    words = TAIL.sub("", written).strip(" .-/&'").lower().split()
    if not words or words[0] in NO_TOPIC or words[-1] in NO_TOPIC or not re.match(r"[\w+#./&-]+$", "".join(words)):
        return ""
    return "-".join(words) if (len("".join(words)) > 1 and not words[0].endswith("ing")) or len(words) == 1 else ""
