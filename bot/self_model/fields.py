"""Lines of work in place of titles: "I'm in claims", "the compliance guy", "over in radiology we …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.self_model.frames import ADVERBS, START
from bot.self_model.lexicon import load_occupations, mend
from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import OF_SELF, Finding, Sentence, is_negated, is_supposed
from bot.self_model.titles import ACRONYMS

WORD = re.compile(r"[\w&][\w/&'-]*")
GAP = re.compile(r"[*_]? [*_]?")
LONGEST = 4  # words
SKIPPED = (
    r"(?:(?:(?:tier|level)[ -]?\d|first[- ]level|second[- ]level|third[- ]level|l[123]|the|our|a|an|your|"
    r"this|that|corporate|central|global|regional|local|group|good old|boring|field of) )*"
)
UNIT = (
    r"(?: (?:team|side|department|dept|org|group|squad|guild|function|unit|desk|crew|office|division|section|business|"
    r"area|world|space|end|part|branch|line|floor|chapter|tribe|practice|people|folks|staff|directorate))"
)
AFTER = Quick(  # what may follow a field that stands as a role
    rf"{UNIT}?(?=\s*(?:[^\w\s'-]|$)|\s-|\s(?:here|at|now|in|for|and|so|but|not|on|since|myself|too|with|as|"
    r"over|currently|by|where|which|who|because|mostly|mainly|all|we|i|i'm|my|actually|btw|lol|this|these|if|"
    r"people|guys?|person|folks|again|then|until|from|day|these|last|yesterday|looking|trying|working|again)\b)",
)
IN = (
    r"(?:in|on|from|with|for|at|inside|within|out of|over in|over at|down in|up in|under|part of|a part "
    r"of|a member of|of) "
)
BEING = (
    r"(?:i'?m|i am|im|i be|i work|i'm working|i am working|i sit|i'?m sitting|i am sitting|i'?m based|i "
    r"am based|i serve|"
    r"i just started|i recently started|i landed|i ended up|i wound up|i've landed|i've been|i have been|"
    r"i've been working|"
    r"i have been working|i help out|i belong|i got moved|i was moved|i'?m seconded|i am seconded|i'?m "
    r"employed|i'?m new|"
    r"i am new|i live|my job is|my day job is|my role is|i have a job|i've got a job|i'?m placed|i'?m stationed|"
    r"i'?m responsible|i am responsible|i'?m accountable|i'?m answerable|i'?m in charge|i am in charge)"
)
CHANGED = Quick(r"\b(?:moved|switched|transferred|rotated|now|these days|no longer|actually)\b")
FRAMES = (
    Quick(rf"(?<![\w']){BEING} {ADVERBS}(?:back |over |down |up |out |across )?(?:to )?{IN}{ADVERBS}{SKIPPED}"),
    Quick(
        rf"(?<![\w'])(?:i'?m|i am|im|i (?:moved|switched|transferred)(?: over| across)? to|as|me:) {ADVERBS}"
        r"(?:\w+[ -]){0,4}?(?:person|guy|gal|girl|lady|woman|man|bloke|one|somebody|someone|colleague|half|nerd|geek|"
        r"people|folks|rep|representative|newbie|dinosaur|veteran|voice|kid|addition|face|hire|joiner|starter|"
        rf"recruit) (?:from|in|of|for|at|over in) {SKIPPED}",
    ),
    Quick(
        r"(?<![\w'])i (?:have |'ve )?(?:moved|switched|transferred|changed|gone|came|drifted|slipped|slid|"
        r"got)(?: over| across| back)?(?: from "
        rf"[\w' -]{{2,30}}?)? to {SKIPPED}",
    ),
    Quick(
        rf"(?<![\w'])(?:i do|i handle|i cover|i look after|i take care of|i run) {ADVERBS}{SKIPPED}",
    ),
    Quick(
        r"(?<![\w'])(?:i was|i got|i've been|they|he|she|we)(?: was| were| have| has| got)? (?:hired|brought "
        r"in|recruited|employed|"
        rf"taken on)(?: me)? (?:to do|to run|to look after|to handle|for|in|into|by) {SKIPPED}",
    ),
    Quick(
        r"(?<![\w'])my (?:\w+ )?(?:remit|area|turf|beat|patch|day job|job|responsibility|mandate|world|field|"
        r"department|dept|"
        rf"desk|domain|function|discipline|specialty|speciality|corner|line of work|trade|profession|bag|unit|home)"
        rf"(?: here| at \w+)?(?: is|:|'s| =| are) {ADVERBS}(?:in )?{SKIPPED}",
    ),
    Quick(
        rf"{START}(?:working|based|sitting|here|speaking|asking|writing|new|fresh|over|currently|now|these "
        r"days|nowadays|"
        r"straight|me|calling|greetings|coming|hello|hi)(?: here| over)? (?:in|from|for|on behalf of|at|with|"
        rf"to|on) {SKIPPED}",
    ),
    Quick(
        r"(?:^|[,;.(–—] ?)(?:and )?(?:currently|now|nowadays|these days) (?:it's |i do |it is )?(?:all |"
        r"mostly |mainly |only |just )?(?:in |with |doing |on |about )?",
    ),
    Quick(rf"(?<![\w'])(?:we|us|those of us|all of us|most of us|me) (?:here |over )?in (?!charge)(?=\w){SKIPPED}"),
    Quick(rf"(?:^|[,;.(–—] ?)(?:over |here |down |up )+in {SKIPPED}(?=[\w& -]+?,? (?:we|i|our|my)\b)"),
)
IS_FIELD = Quick(r"(?<![\w'])(?:i'?m|i am|im|we'?re|we are) (?:(?:mostly|mainly|just|only|all|more|still|now) )*")
FIELD_HERE = Quick(rf"{START}")
HERE = Quick(
    rf"{UNIT}? (?:here|speaking|reporting in|checking in)\b(?! (?:means?|is|are|was|were|has|have|does|do|"
    r"did|can|will|goes|happens|uses|runs|works|sits)\b)",
)
BARE = Quick(r"\s*(?:[,.;!)(–—]|$)|\s-|\s(?:here|so|not|and|but|at|by|myself|too|btw)\b")
AMBIGUOUS = frozenset(  # words that say more often what something is than what someone works in
    """
    sound art it care people solar wind water home export import returns channel content community growth planning
    parks safety search network networks design training research testing support risk strategy tax security cloud
    data servers databases press media music travel government law ip routing reporting production pricing property
    grid fleet lean backup storage web av housing loans custody clearing trading lending events innovation press
    identity privacy billing payments credit audit surgery emergency tooling assembly packaging inbound outbound
    onboarding advertising scheduling dispatch leasing nuclear defence defense teaching
    """.split()
)
COME_FROM = Quick(
    r"\b(?:originally|formerly|previously)\b| (?:originally|by (?:training|education|background)|before|until)\b"
)
VISITS = Quick(
    r"\b(?:today|tomorrow|right now|until \d|waiting|stuck|meeting|visit\w*|appointment|at the moment|"
    r"all week|this (?:week|morning|afternoon))\b",
)
MORE = Quick(r"[,;](?! (?:can|could|please|you|your|we|they|is|are|as|what|how|who)\b)| -")
ORGANISED = Quick(  # whom someone works for, known by its kind: "I'm with the railway inspectorate"
    r"(?<![\w'])(?:i'?m|i am|i work|i sit|i'?m working|i serve) (?:here )?(?:with|at|for|from|in|on) "
    r"(?:the |a |an |our )(?P<what>(?:[a-z][\w'&-]* ){0,4}?(?:inspectorate|department|ministry|hospital|"
    r"agency|council|university|institute|"
    r"library|museum|police|authority|clinic|school|port|bank|lab|laboratory|bureau|court|airline|railway|"
    r"railways|utility|studio|newsroom|factory|plant|depot|theatre|theater|zoo|observatory|archive|"
    r"archives|"
    r"commission|registry|foundation|charity|ngo|brigade|directorate|consulate|embassy|shipyard|brewery|"
    r"bakery|refinery|mill|mine|quarry|nursery|kindergarten|surgery|practice|pharmacy|ward|chamber|"
    r"parliament|municipality|"
    r"town hall|city hall|planetarium|orchestra|opera|publisher|insurer|reinsurer|foundry|power station|"
    r"control room|call centre|call center|contact centre|front desk|night desk|help ?desk|service desk))"
    r"(?=\s*(?:[.,;!)–—-]|$)|\s(?:here|and|so|in|at|of|for|now|since|but|as|on)\b)",
)
UNNAMED = frozenset("department agency authority bureau commission directorate registry practice chamber".split())
WORKS_IN = Quick(
    r"(?<![\w'])i (?:\w+ly )?work (?:\w+ly )?in (?:the )?(?P<what>(?!the\b)[a-z][\w&-]*(?: [a-z&][\w-]*){0,2})"
)
SMALL = Quick(
    r"\b(?:and|but|so|at|for|with|on|of|as|since|where|which|because|to|from|by|here|now|mostly|mainly|a|"
    r"an|my|our|two|three|"
    r"these|is|are|until|not|or|if|when|today|this|most|every|sometimes|usually|too|we|i)\b.*$",
)


@cache
def _beginnings() -> frozenset[str]:
    """The first words of all lines of work: a cheap look before the dear one."""
    return frozenset(re.split(r"[^a-z']", name, maxsplit=1)[0] for name in load_occupations().fields) - {
        "the",
        "a",
        "it",
    }


@dataclass(frozen=True, slots=True)
class Field:
    """A line of work found in a text, as it is usually written, and where it ends."""

    name: str
    start: int
    end: int


def match_field(text: str, position: int) -> Field | None:
    """The longest line of work of the lexicon that starts at a position."""
    fields = load_occupations().fields
    words: list[re.Match[str]] = []
    while len(words) < LONGEST and (found := WORD.match(text, position)):
        words.append(found)
        gap = GAP.match(text, found.end())
        if gap is None:
            break
        position = gap.end()
    for count in range(len(words), 0, -1):
        start, end = words[0].start(), words[count - 1].end()
        name = " ".join(one[0] for one in words[:count]).lower()
        if name == "it" and text[start:end] != "IT":
            continue
        if count == 1 and name not in fields:
            name = mend(name, "fields")
        if name in fields:
            return Field(" ".join(one.upper() if one in ACRONYMS else one for one in name.split()), start, end)
    return None


def find_fields(sentence: Sentence) -> Iterator[Finding]:
    """The lines of work that the writer counts themselves to in this sentence."""
    if sentence.joking or (sentence.words.isdisjoint(_beginnings()) and "IT" not in sentence.text):
        if not sentence.joking and not sentence.words.isdisjoint(OF_SELF):
            yield from _find_unlisted(sentence)
        return
    told: set[int] = set()
    own = not sentence.words.isdisjoint(OF_SELF)
    for number, frame in enumerate(FRAMES):
        if not own and number < FIRST_WITHOUT_SUBJECT and number != 1:
            continue
        for found in frame.finditer(sentence.text):
            field = match_field(sentence.text, found.end())
            vague = field and number > FIRST_WITHOUT_SUBJECT and field.name.lower() in AMBIGUOUS
            if field and not vague and field.end not in told and _is_claimed(sentence, found, field):
                told.add(field.end)
                yield _tell(sentence, found.start(), field)
    yield from _find_bare(sentence, told)
    if own and not told:
        yield from _find_unlisted(sentence)


FIRST_WITHOUT_SUBJECT = 6  # the frames from here on can do without "I"


def _is_claimed(sentence: Sentence, found: re.Match[str], field: Field) -> bool:
    """Whether the frame speaks of the writer and the field is what they are in, not part of another name."""
    if AFTER.match(sentence.text, field.end) is None or is_negated(found[0]):
        return False
    before = sentence.text[sentence.clause_at(found.start())[0] : found.start()]
    if COME_FROM.search(found[0]) or COME_FROM.match(sentence.text, field.end):
        return False  # where they come from, not where they are
    return sentence.is_about_self(found.start()) and not is_negated(before) and not is_supposed(found[0])


def _tell(sentence: Sentence, start: int, field: Field) -> Finding:
    changed = CHANGED.search(sentence.text[start : field.start]) is not None
    source = Source.CORRECTION if changed else Source.STATED
    return Finding(address="role", value=field.name, start=start, end=field.end, weight=0.7, source=source)


def _find_bare(sentence: Sentence, told: set[int]) -> Iterator[Finding]:
    """ "I'm finance, not IT", "Radiology here", "QA. Mobile mostly"."""
    if sentence.question:
        return
    for found in IS_FIELD.finditer(sentence.text):
        field = match_field(sentence.text, found.end())
        if field is None or field.end in told or field.name.lower() in AMBIGUOUS:
            continue
        if BARE.match(sentence.text, field.end) and sentence.is_about_self(found.start()):
            yield _tell(sentence, found.start(), field)
    opening = FIELD_HERE.match(sentence.text) if sentence.start < len(sentence.text) + 30 else None
    field = match_field(sentence.text, opening.end()) if opening else None
    if field is None or field.end in told or sentence.start > FRONT:
        return
    whole = sentence.start == 0 and sentence.text[field.end :].strip() == "." and field.name.isupper()
    begins = sentence.start == 0 and " " in field.name and MORE.match(sentence.text, field.end)
    if begins or HERE.match(sentence.text, field.end) or (whole and field.name.lower() not in AMBIGUOUS):
        yield _tell(sentence, field.start, field)


FRONT = 25  # characters: an introduction stands this near to the start of a message


def _find_unlisted(sentence: Sentence) -> Iterator[Finding]:
    """A line of work that no list has, after "I work in": "I work in seed breeding"."""
    for found in ORGANISED.finditer(sentence.text):
        if found["what"].lower() in UNNAMED:
            continue
        if sentence.is_about_self(found.start()) and not is_negated(found[0]) and not VISITS.search(sentence.text):
            yield Finding(address="role", value=found["what"].lower(), start=found.start(), end=found.end(), weight=0.6)
            return
    for found in WORKS_IN.finditer(sentence.text):
        what = SMALL.sub("", found["what"]).strip()
        if not what or what.lower() in load_occupations().general or what[0].isupper():
            continue
        if sentence.text[found.start("what") + len(what) :][:1] in ("'", "-"):
            continue
        if what.split()[0].lower() in load_occupations().general or not sentence.is_about_self(found.start()):
            continue
        end = found.start("what") + len(what)
        yield Finding(address="role", value=what.lower(), start=found.start(), end=end, weight=0.6)
