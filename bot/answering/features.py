"""What a decision rests on: plain measures of a question and its conversation; see features_found for the rest.

Flags, shares and logarithms. No judging here; see decide.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from bot.answering.asked import Asked, read_question
from bot.answering.features_found import READ, SENTENCE, Features, measure_found, measure_shape
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.parts import take_apart
from bot.knowledge.model import Ranked
from bot.turn import Said
from bot.words import STOP_WORDS, content_terms, stem, terms_of, tokenize

OPENERS = {
    "who": frozenset({"who", "whom", "whose"}),
    "what": frozenset({"what", "whats"}),
    "which": frozenset({"which"}),
    "when": frozenset({"when"}),
    "where": frozenset({"where"}),
    "why": frozenset({"why"}),
    "how": frozenset({"how"}),
    "yes or no": frozenset(
        """is are was were do does did can could will would should has have had may might am isn doesn don didn
        aren""".split()
    ),
    "request": frozenset("tell give explain describe show list help please find compare".split()),
}
QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
LEAD_IN = frozenset("and so but ok okay then also well hi hello thanks yes no".split())
IT = frozenset("it its this that they them".split())  # what a product is called by one who is new to it
THEY = frozenset("it its they them their theirs he him his she her hers one ones".split())
BARE_THIS = re.compile(
    r"\b(?:is|was|are|were|does|do|did|can|will|would)\s+(?:this|that|these|those)\b"
    r"|\b(?P<object>this|that|these|those)\s*(?:[?.!,]|$|(?:up|off|out|down|back|away|again|now)\b)",
    re.IGNORECASE,
)
MINE = frozenset("i my me mine we our us ours".split())
MORE = frozenset("else other others another anything something same more rest any".split())
BEST = frozenset("best better most worst good important recommend advice suggest prefer opinion think".split())
VAGUE = frozenset(
    """thing things stuff something anything help issue issues problem problems project work question info information
    situation case matter topic setup""".split()
)
NO_TOPIC = frozenset(
    stem([*VAGUE, *"trouble task working one way lot hm hmm huh much many big bigger long happen happened".split()])
)
POINTING = re.compile(
    r"\b(?P<by>this|that|these|those|the|such)\s+(?P<phrase>[a-z][\w’'-]*(?:\s+(?!of\b)[a-z][\w’'-]*){0,3})(?P<of>\s+of\b)?",
    re.IGNORECASE,
)
AGENT = r"(?:do|does|did|can|could|will|would|should|must|may|might)"
DOING = re.compile(  # "this" in "does this cost us …?" is the doer: after its verb comes a small word, or nothing
    rf"\b{AGENT}\s+(?:this|that|these|those)\s+[a-z]+"
    rf"(?=\s+(?:{'|'.join(sorted(STOP_WORDS))}|anything|something)\b|\s*(?:[?.!,;]|$))"
    r"|\b(?:is|are|was|were)\s+(?:this|that|these|those)\s+[a-z]+(?:ed|ing)\b",
    re.IGNORECASE,
)
IT_DOES = re.compile(rf"\b(?:{AGENT}|is|was|has)(?:n[’']?t)?\s+(?:it|this|they)\b", re.IGNORECASE)
OWN_THING = re.compile(
    r"\b(?:my|our)\s+(?:\w+\s+)?(?P<thing>project|work|team|stack|setup|role|goal|task|problem|case)\b", re.IGNORECASE
)
NAMED = re.compile(r"(?<!^)(?<![.?!]\s)\b[A-Z][\w-]*|\b[A-Z]{2,}\b|\d")
LACKS = re.compile(
    r"\b(?:do(?:es)? not|don[’']?t|doesn[’']?t|cannot|can[’']?t|no) (?:\w+ )?"
    r"(?:have|know|contain|include|provide|specify|mention|say|find|information)"
    r"|\b(?:sorry|unfortunately|unable|not (?:mentioned|specified|available|provided))\b",
    re.IGNORECASE,
)
YES, NO = re.compile(r"\s*(?:yes|yeah|yep|sure)\b", re.IGNORECASE), re.compile(r"\s*(?:no|nope|not)\b", re.IGNORECASE)
Pointed = tuple[str, str]
OPEN = (  # what a question can leave open
    *("pronoun out of nowhere", "pronoun with history", "own thing", "loose the", "loose this"),
    *("vague", "more", "no content", "fragment"),
)
FRAGMENT = 3  # words up to which a question is a fragment


def measure(
    query: EnrichedQuery, ranked: Sequence[Ranked], history: Sequence[Said], *, has_knowledge: bool = True
) -> Features:
    """All features, in one order; without a knowledge base, those of what was found are missing."""
    asked = read_question(take_apart(query.text).question or query.text)
    pointed = find_pointed(asked.text)
    loose = find_loose(pointed, query, ranked, history)
    about = bool(find_subject(query.text, ranked, history))
    said = measure_words(asked) | measure_history(asked, history) | measure_pointing(pointed, loose)
    said |= measure_anchors(asked, query, history, about=about) | {"nothing to go by": 0.0}
    said["nothing open"] = float(not any(said[name] for name in OPEN))
    if not history and not query.assumptions:
        said["nothing to go by"] = float(has_no_topic(asked))
    if not has_knowledge:
        return said
    return said | measure_found(asked, query, ranked, [phrase for _, phrase in loose]) | measure_shape(ranked)


def measure_words(asked: Asked) -> Features:
    """What can be seen in the question alone."""
    words = frozenset(asked.words)
    opener = next((word for word in asked.words if word not in LEAD_IN), "")
    rarities = sorted(asked.rarity.values()) or [0.0]
    lists = {"first person": MINE, "more": MORE, "best": BEST, "vague": VAGUE}
    openers = {f"opens with {name}": float(opener in starts) for name, starts in OPENERS.items()}
    mentions = {name: float(not words.isdisjoint(some)) for name, some in lists.items()}
    return (
        openers
        | mentions
        | {
            "words": math.log1p(len(asked.words)),
            "letters": math.log1p(len(asked.text)),
            "content words": math.log1p(len(asked.rarity)),
            "fragment": float(len(asked.words) <= FRAGMENT),
            "bare question word": float(is_bare(asked)),
            "no content": float(not asked.rarity),
            "question mark": float("?" in asked.text),
            "alternatives": float("or" in words),
            "names": math.log1p(len(NAMED.findall(asked.text))),
            "rarest": rarities[-1],
            "rarity": sum(rarities) / len(rarities),
            "several sentences": float(len([one for one in SENTENCE.split(asked.text.strip()) if one]) > 1),
        }
    )


def is_bare(asked: Asked) -> bool:
    """Whether little more than a question word was said ("where?", "and who")."""
    return 0 < len(asked.words) < FRAGMENT and not QUESTION_WORDS.isdisjoint(asked.words)


def measure_anchors(asked: Asked, query: EnrichedQuery, history: Sequence[Said], *, about: bool) -> Features:
    """Whether "it" or "my project" can be known."""
    own = bool(OWN_THING.search(asked.text))
    pronoun = has_pronoun(asked) and not about
    return {
        "pronoun out of nowhere": float(pronoun and not history),
        "pronoun with history": float(pronoun and bool(history)),
        "asks what it does": float(not history and bool(IT_DOES.search(asked.text))),
        "own thing": float(own and not query.assumptions),
        "resolved": float(bool(query.assumptions)),
        "understanding": query.understanding,
    }


def has_pronoun(asked: Asked) -> bool:
    """Whether something is only called "it", "they" or "that", and nothing that the question names before can be it;
    the verb that it stands with ("change it") is nothing named."""
    bare = BARE_THIS.search(asked.text)
    first = next((place for place, word in enumerate(asked.words) if word in THEY), None)
    if bare is None and first is None:
        return False
    before = list(asked.words[:first]) if bare is None or first is not None else tokenize(asked.text[: bare.start()])
    by_verb = first is not None or bool(bare and bare["object"])
    return has_no_topic(read_question(" ".join(before[:-1] if by_verb else before)))


def find_subject(text: str, ranked: Sequence[Ranked], history: Sequence[Said]) -> frozenset[str]:
    """The words by which a question that opens a conversation calls the documents' own subject: "it" in "what does it
    cost?", if a heading of what was found speaks of cost. None where no heading holds anything that was asked."""
    headings = frozenset[str]().union(*(terms_of(one.passage.title) for one in ranked[:READ]))
    topics = [one for one in read_question(text).rarity if one not in NO_TOPIC]
    return IT if not history and not headings.isdisjoint(topics) else frozenset()


def has_no_topic(asked: Asked) -> bool:
    """Whether nothing was said that one could look up ("help me with my project", "it does not work")."""
    return NO_TOPIC.issuperset(asked.rarity)


def measure_pointing(pointed: Sequence[Pointed], loose: Sequence[Pointed]) -> Features:
    """Whether what is pointed at ("this language", "the chain") was spoken of before."""
    return {
        "loose the": float(any(by == "the" for by, _ in loose)),
        "loose this": float(any(by != "the" for by, _ in loose)),
        "anchored": float(len(pointed) > len(loose)),
    }


def find_pointed(text: str) -> list[Pointed]:
    """Each pointing word with the words it points at; "the capital of …" points no further than what follows "of", and
    "that" before a small word ("an image that is marked") or a doer ("does this cost us") points at no name."""
    doing = [one.span() for one in DOING.finditer(text)]
    found = [
        (one["by"].lower(), one["phrase"])
        for one in POINTING.finditer(text)
        if not one["of"] and not any(start <= one.start() < end for start, end in doing)
    ]
    return [(by, phrase) for by, phrase in found if content_terms(phrase if by == "the" else phrase.split()[0])]


def find_loose(
    pointed: Sequence[Pointed], query: EnrichedQuery, ranked: Sequence[Ranked], history: Sequence[Said]
) -> list[Pointed]:
    """Those of which no word was said before; in a message that opens a conversation, nor their first word found:
    colleagues say "the pilot" of what the documents speak of."""
    said = " ".join([*(one.text for one in history), *(one.mention for one in query.assumptions)])
    known = frozenset(content_terms(said))
    if not history:
        found = (one.passage for one in ranked[:READ])
        held = frozenset[str]().union(*(terms_of(one.title) | terms_of(one.text) for one in found))
        pointed = [(by, phrase) for by, phrase in pointed if by != "the" or held.isdisjoint(content_terms(phrase)[:1])]
    return [(by, phrase) for by, phrase in pointed if known.isdisjoint(content_terms(phrase))]


def measure_history(asked: Asked, history: Sequence[Said]) -> Features:
    """How the question stands to what was said before."""
    users = ["", *(one.text for one in history if not one.by_bot)]
    agents = ["", *(one.text for one in history if one.by_bot)]
    lacking = [bool(LACKS.search(text)) for text in agents]
    in_history = asked.share_in(" ".join(users + agents))
    return {
        "history": float(bool(history)),
        "turns": math.log1p(len(history)),
        "in last question": asked.share_in(users[-1]),
        "in last reply": asked.share_in(agents[-1]),
        "in history": in_history,
        "switch": float(bool(history) and bool(asked.rarity) and not in_history),
        "last question length": math.log1p(len(tokenize(users[-1]))),
        "last question more": float(not MORE.isdisjoint(tokenize(users[-1]))),
        "last reply lacked": float(lacking[-1]),
        "replies lacked": sum(lacking) / len(lacking),
        "last reply length": math.log1p(len(tokenize(agents[-1]))),
        "last reply asked": float(agents[-1].rstrip().endswith("?")),
        "last reply yes": float(bool(YES.match(agents[-1]))),
        "last reply no": float(bool(NO.match(agents[-1]))),
        "bare after yes": float(is_bare(asked) and bool(YES.match(agents[-1]))),
    }
