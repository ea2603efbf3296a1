"""Whose doing a finding tells: the writer's, or that of somebody else whom the sentence names as its subject.

The rules look for what a writer leaves their subject out of ("new to Kafka", "moved to Snowflake"). Whether a subject
stands there after all is looked at here, once for every rule: "half the sales team is new to Salesforce".
"""

from __future__ import annotations

import re

from bot.self_model.lexicon import load_occupations
from bot.self_model.model import kind_of
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence

SUBJECTS = frozenset("i i'm im i've ive i'd i'll me we we're we've we'd we'll us myself mine ours".split())
OWN = SUBJECTS | frozenset(("my", "our"))
ARTICLES = frozenset(
    """
    the a an my our their his her your this that these those some every each all half most many one two three any both
    another other several of whoever whichever no few
    """.split()
)
PEOPLE = frozenset(
    """
    adviser agency applicant apprentice auditor aunt board boss bloke boyfriend brother buddy candidate chap child
    client colleague committee competitor consultant contractor counterpart cousin coworker co-worker customer dad
    daughter employee employer ex father fellow flatmate folk folks freelancer friend gal gentleman girl girlfriend
    girls guest guy hire husband intern joiner kid kids lady landlord lot mate mentor mother mum mom neighbour
    neighbor newcomer nephew niece outsourcer parent partner people person predecessor professor recruit report
    roommate sister son speaker spouse starter stranger student successor supervisor supplier teacher team teammate
    trainee trainer uncle user vendor visitor wife woman man men women children
    """.split()
)
DEPARTMENTS = frozenset(
    "marketing sales finance legal procurement ops operations hr support management accounting logistics".split()
)
NOBODY = frozenset("nobody no-one noone none someone somebody whoever anyone anybody he she they".split())
OWN_TEAMS = frozenset("team teams people folk folks lot board".split())  # ours, unless another one is named
VERBS = frozenset(
    """
    is isn't are aren't was were has hasn't have haven't had will won't would can can't could does doesn't do don't did
    may might must should says said thinks told asks asked uses use wants want wanted needs need needed prefers prefer
    likes like liked loves love hates hate runs run works work knows know keeps keep left joined comes came goes went
    got gets moved switched swears swear lives speaks cares care never just still only already recently also really
    """.split()
)
SAID_OF_OTHERS = frozenset("role seniority expertise tool background preference project goal".split())
ENDED_BY_OTHERS = frozenset(("project", "goal"))  # a board may stop what someone else works on
FOR_ALL = Quick(r"\b(?:nobody|no one|everyone|everybody|management|the (?:company|group|board|boss))\b")
AFTER_NOUN = 5  # words between a subject and its verb: "the team in the old building is …"
NOUN_WORDS = 4  # words between an article and its noun
TOKEN = re.compile(r"[\w'&+#/-]+|[,;:()–—]")
FILLERS = frozenset("and but so also btw fyi well because since while whereas now then ok hi hey apparently".split())
STOPS = frozenset(",;:()–—")
PREPOSITIONS = frozenset("for with at about by of from than".split())
BESIDE = PREPOSITIONS | frozenset("before after above below beside behind near opposite".split())
PRONOUNS = frozenset("you him her them us me it".split())
NO_START = {  # what no value of a kind begins with
    "role": PREPOSITIONS
    | PRONOUNS - {"it"}
    | frozenset("are is was were has have had am be do does did who that".split()),
    "goal": PREPOSITIONS | PRONOUNS,
    "project": PREPOSITIONS | PRONOUNS,
    "background": frozenset("with than good bad better able fond afraid happy".split()),
    "criterion": frozenset(("you", "him", "her", "them", "me")),
}
KINDS_OF_PERSON = frozenset(
    ("visual", "people", "morning", "evening", "night", "cat", "dog", "coffee", "tea", "detail")
)
IS_ME = Quick(r"\b(?:is|that's|it's|am|be) me\b")  # "someone must, and that someone is me"
OVER = Quick(
    r"\b(?:(?:was|were) (?:going|about|supposed|meant) to|(?:had|have) planned to|back then|back in the day|"
    r"in those days|at the time)\b",
)
OF_WORK = frozenset("role goal project criterion expertise".split())
TITLE = 0.5  # the weight from which on a role is a title, and no duty
EVERYDAY = frozenset(  # things of private life and of the house, that are no one's work, goal or field
    """
    barbecue bbq beer birthday biscuit biscuits breakfast cake cakes cat chair chairs chess
    chocolate cinema coffee cold cookies decaf dinner dog donut donuts drinks elevator fridge fruit
    gym hair haircut jogging keys lunch marathon microwave mood nap party
    pets pizza plants pub rain salad shoes shower smoking snacks snow soup sugar tea
    toilet umbrella vegetables weekend weekends
    sofa couch bed restaurant canteen menu parking wine yoga cigarettes haircuts sandwich sandwiches
    """.split()
)
COURTESY = frozenset(  # first words of what is only said, done at once or felt: "I'd like to introduce …"
    """
    add apologise apologize ask celebrate complain confess congratulate cry forward go hear hug introduce invite know
    leave mention point rant remind say scream share shout sleep talk tell thank vent welcome wish
    """.split()
)
NOT_YET = Quick(r"\b(?:when|once|until|till|before|after|whenever|unless)\s+$")
NO_FIELD = frozenset(
    """
    counter till reception building office desk floor room car garden neighbourhood street football soccer
    tennis golf cricket rugby hockey numbers words names faces baseball basketball knitting gardening fashion
    astrology becoming being getting having making doing going
    ski skiing swim swimming dance dancing sing singing cook cooking
    """.split()
)
EMPLOYED = Quick(  # a title as the object of what the writer did: "I hired a junior developer"
    r"\bi(?:'ve| have)?(?: just| recently| once)? (?:hired|recruited|interviewed|married|met|fired|promoted|saw|asked|"
    r"called|emailed|replaced|paid|thanked|dated|know|knew|consulted|invited) (?:an?|the|our|my|his|her|"
    r"another|some|two) ",
)
CUT_SHORT = frozenset("of the a an and or our my than".split())
BY_TRAINING = Quick(r",? by (?:training|trade|education|degree)\b.*?\b(?:now|but|these days|today)\b")
MOCK_DEGREE = Quick(  # "a PhD in waiting for approvals"
    r"\b(?:phd|doctorate|degree|masters?|diploma|black belt) in \w+ing (?:for|to|with|on|at|my|the|your|people)\b"
)
DREAM = Quick(r"\b(?:dream|nightmare) (?:job|role|project)\b")
AT_ONCE = Quick(  # errands of the moment
    r"(?:reach (?:the|you|some\w+|any\w+|him|her|them)|open|log ?in|call|phone|contact|download|print|unsubscribe|"
    r"join the (?:call|meeting)|get (?:in|into|to|through to) (?:the|my))\b",
)
MANY = (["people"], ["folks"], ["guys"], ["everyone"], ["team"], ["friends"])  # who is spoken to, or of
HELPED = Quick(  # what somebody else is helped to: "I'm helping the night shift move to Kronos"
    r"\b(?:help|advis|convinc|persuad|teach|train|watch)\w* (?:the|a|an|them|him|her|another|some|their|"
    r"customers|clients)\b",
)
ONCE = Quick(  # what was done one time is no one's work: "I'm the one who left the umbrella"
    r"(?:left|lost|forgot|broke|took|made|ate|wrote|said|sent|put|gave|got|came|went|asked|called|brought|bought|drank|"
    r"locked|spilled|ordered|booked|suggested|complained|started|stayed|missed|dropped|pressed|clicked|deleted) ",
)
LEISURE = Quick(
    r"\b(?:with (?:the|my|our) (?:kids|children|family|dog)|(?:at|on|every) (?:the )?weekends?|for fun|at home|"
    r"as a hobby|in my (?:spare|free) time)\b",
)


def is_out_of_scope(sentence: Sentence, finding: Finding) -> bool:
    """Whether a finding is somebody else's, not so (yet, or any more), of private life, or of no value at all."""
    kind, until = kind_of(finding.address), sentence.text[: finding.end]
    return (
        _says_nothing(kind, finding)
        or _is_not_so(kind, finding, sentence)
        or (kind == "tool" and HELPED.search(until) is not None)
        or (kind in ("role", "seniority") and EMPLOYED.search(until) is not None)
        or (
            kind in SAID_OF_OTHERS
            and not (finding.ends and (kind in ENDED_BY_OTHERS or FOR_ALL.search(until)))
            and has_other_subject(until)
            and not IS_ME.search(sentence.text)
        )
    )


def _says_nothing(kind: str, finding: Finding) -> bool:
    """Whether the value names no work, no field and no aim."""
    words = finding.value.lower().split()
    topic = finding.address.partition(":")[2].split("-") if kind == "expertise" else []
    return (
        (words[:1] != [] and words[0] in NO_START.get(kind, ()))
        or (kind in NO_START and words[-1:] != [] and words[-1] in CUT_SHORT)
        or not PRONOUNS.isdisjoint(topic)
        or (topic != [] and topic[-1] in NO_FIELD)
        or (kind == "role" and (ONCE.match(finding.value) is not None or words[-1:] in MANY))
        or (kind == "role" and len(words) == 1 and words[0] in KINDS_OF_PERSON)
        or (kind == "goal" and (words[:1] == [] or words[0] in COURTESY or AT_ONCE.match(finding.value) is not None))
        or (kind == "background" and MOCK_DEGREE.search(finding.value) is not None)
        or (kind in OF_WORK and not EVERYDAY.isdisjoint(_last_words(finding)))
    )


def _is_not_so(kind: str, finding: Finding, sentence: Sentence) -> bool:
    """Whether it was only planned, is over, still to come, dreamt of, or done for fun."""
    until = sentence.text[: finding.end]
    past = kind in SAID_OF_OTHERS - {"background"} and finding.weight > 0
    return (
        (past and OVER.search(until) is not None)
        or (kind in ("role", "seniority") and NOT_YET.search(sentence.text[: finding.start]) is not None)
        or (kind in ("role", "seniority") and BY_TRAINING.match(sentence.text, finding.end) is not None)
        or (kind in ("goal", "role", "project") and DREAM.search(until) is not None)
        or (kind in ("role", "project", "goal") and LEISURE.search(sentence.text, finding.start) is not None)
    )


def _last_words(finding: Finding) -> frozenset[str]:
    """The words of a value, or of a topic, in which its nouns stand; a title is never of private life."""
    if kind_of(finding.address) == "role" and finding.weight >= TITLE:
        return frozenset()
    value = finding.address.partition(":")[2] if kind_of(finding.address) == "expertise" else finding.value
    return frozenset(re.findall(r"[a-z]+", value.lower()))


def has_other_subject(text: str) -> bool:
    """Whether the last subject of a text is somebody else: a person or a team that is not the writer's."""
    tokens = [found[0].lower() for found in TOKEN.finditer(text)]
    other = False
    place = 0
    fresh = True  # at the start of a clause, where a subject stands
    while place < len(tokens):
        word = tokens[place]
        end = _end_of_other(tokens, place) if fresh else 0
        if end:
            other, place, fresh = True, end, False
            continue
        if word in OWN:
            other = False
        fresh = word in STOPS or word in FILLERS
        place += 1
    return other


def _end_of_other(tokens: list[str], place: int) -> int:
    """Where the noun phrase of somebody else that begins here ends, with a verb of its own after it; 0 if none does."""
    if tokens[place] in NOBODY:
        return place + 1
    noun = _find_noun(tokens, place)
    if noun < 0:
        return 0
    if tokens[noun + 2 : noun + 3] in (["me"], ["us"]) and tokens[noun + 1] in BESIDE:  # "the guy before me was …"
        noun += 2
    rest = tokens[noun + 1 : noun + 1 + AFTER_NOUN]
    if rest and rest[0] in ("that", "who", "whom"):
        rest = rest[1:]
    if rest and rest[0] in SUBJECTS:  # "the professor I studied with …"
        return noun + 1 + tokens[noun + 1 :].index(rest[0]) + 1
    for word in rest:
        if word in STOPS or word in OWN:
            return 0
        if word in VERBS or word.endswith("ed"):
            return noun + 1
    return 0


def _find_noun(tokens: list[str], place: int) -> int:
    """Where the noun stands of a phrase that names other people; -1 if it is none."""
    first = tokens[place]
    if first in DEPARTMENTS:
        return place
    articles = 0
    while place + articles < len(tokens) and tokens[place + articles] in ARTICLES:
        articles += 1
    if not articles:
        return place if first.endswith("s") and _is_person(first) else -1
    start = place + articles
    last = -1
    for at in range(start, min(start + NOUN_WORDS, len(tokens))):
        if tokens[at] in VERBS or tokens[at] in STOPS or tokens[at] in PREPOSITIONS or tokens[at] in OWN:
            break
        if _is_person(tokens[at]):
            last = at
    if last >= 0 and tokens[last] in OWN_TEAMS:
        return last if _is_other_team(tokens, place, last) else -1
    return last


def _is_other_team(tokens: list[str], place: int, noun: int) -> bool:
    """Whether a team is named as another one: part of one, one elsewhere, not simply "my", "our" or "the" team."""
    phrase = tokens[place:noun]
    if not {"their", "his", "her", "your", "other", "another", "half", "some"}.isdisjoint(phrase):
        return True
    if not {"my", "our", "all", "we"}.isdisjoint(phrase):
        return False
    return noun + 1 < len(tokens) and tokens[noun + 1] in ("in", "from", "next", "upstairs", "over")


def _is_person(word: str) -> bool:
    single = word[:-1] if word.endswith("s") and len(word) > len("abcs") else word
    known = load_occupations()
    return word in PEOPLE or single in PEOPLE or word in known.heads or single in known.heads
