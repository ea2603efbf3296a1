"""Sentences and clauses of someone's own words, and what makes one no statement about its writer.

A guard looks at the words around a match: negation, hypotheticals, reported speech, jokes, questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.self_model.model import Source
from bot.self_model.quick import Quick

SENTENCE = re.compile(r"(?:[^.!?\n\x00]+|[.!?](?=[\w,]))+[.!?]*")
WORD = re.compile(r"[a-z']+")
OF_SELF = frozenset("i i'm im i've ive i'd i'll me my mine myself we we're we've we'd we'll us our ours".split())
BREAK = Quick(
    r"[,;:()–—]\s*|\s-+\s|\s(?=(?:but|because|while|whereas|although|though|however|cause|cuz|unless)\b)"
    r"|\s(?=(?:so|and|which|then)\s+(?:i|i'm|im|we|we're|my|our|what|how|can|could|"
    r"is|it|that|the|they|he|she|do|does)\b)",
)
HYPOTHETICAL = Quick(
    r"\b(?:if|imagine|imagining|suppose|supposing|pretend|pretending|let'?s say|say (?:i'?m|"
    r"i was|i were|we)|assume|assuming"
    r"|were (?:they|he|she|it|you|someone|anyone)|had (?:they|he|she|it|you)|provided (?:that|we|i)|in case (?:i|we)"
    r"|hiring(?! manager)|vacanc(?:y|ies)|job (?:ad|advert|posting|opening|description)|persona|user stor(?:y|ies)|"
    r"applicants?|wanted:"
    r"|devil'?s advocate|(?:in|for) (?:this|the|our) (?:scenario|exercise|game|sketch|play|skit)|mock"
    r"|(?:explain|describe|put|tell|treat|talk)\b[^.,;]{0,20} like(?= ?$)|lorem|(?:dummy|sample|test) (?:text|data|row)"
    r"|(?:like|as if) (?:i'?m|i am|i were|i was|you were|we're)"
    r"|wish|as though|as if|what if|were i|had i|should i|hypothetically|in theory|one day|someday|"
    r"when i grow up|in another life|in my dreams"
    r"|dream(?:ed|t)?|role-?play|act as|for (?:the sake of|example)|e\.g\.?|unless|"
    r"whether|should i (?:ever|become)|until)\b",
)
TURNED = Quick(r"\bif (?:i|we) (?:were|was|had)\b[^;]*\bbut $")  # from what is not to what is
HARMLESS_IF = Quick(
    r"\bif (?:it|that|this) (?:helps|matters|is relevant|'?s relevant|makes a difference)|"
    r"\bif you(?:'re| are) wondering"
    r"|\bif (?:you )?any(?:one|body)(?:'s| is| was) \w+ing|\bif any(?:one|body) (?:asks|cares|wonders|wants to know)|"
    r"\bif possible|\bif you don'?t mind|"
    r"\bif you need (?:context|to know)"
    r"|\bin case (?:it|that|you)\b|\bas if that|\bif i may\b|\bif you ask me\b",
)
UNREAL = Quick(
    r"\b(?:would|could|might|may|wouldn'?t|couldn'?t|should|maybe|perhaps|i'd|we'd|"
    r"gonna be|going to be|hope to be(?:come)?|want to be(?:come)?)\b",
)
REPORTED = Quick(
    r"\b(?:says|said|saying|say|tells?|told|telling|thinks?|"
    r"(?<!second )thought|believe[sd]?|claims?|claimed|claiming|calls?|"
    r"called|asked|asks|assum\w+|reckons|insists?|insisted|jokes?|joked|joking|wrote|"
    r"writes|mentions|heard|hears|according|quote|quoting|"
    r"(?:was|is|were|be|goes|went|all) like|(?:s?he|it) goes|(?:goes|went|replie[sd]|answered|verbatim)(?= ?:)|"
    r"rumou?rs?|gossip|grapevine|supposedly|allegedly|word (?:is|has it)|guess(?:es|ed)?|treats?|introduced|"
    r"introduces|lists|listed|labell?ed|convinced|wrongly|mistake)\b",
)
OWN_SAYING = Quick(
    r"\b(?:(?:as|like) i (?:said|mentioned|told)|i (?:already |just |have )?(?:told|"
    r"said|mentioned|tell)(?: you)?(?: already| before)?"
    r"|i should (?:say|mention)|i(?:'d| would) say|i must say|let me say|needless to say|"
    r"to say the least|i (?:guess|believe|think))\b",
)
JOKE = Quick(
    r"(?:^|\s)/s\b|\blmao\b|\brofl\b|\bhaha\w*|\bhehe\w*|\bjk\b|\bjust kidding\b|"
    r"\bkidding\b|\byeah,? right\b|\bxd\b|[😂🤣🙃🙄😜🤪😏]"
    r"|:(?:joy|rofl|upside_down_face|face_with_rolling_eyes|eye_?roll|stuck_out_tongue\w*|"
    r"laughing|clown\w*|wink|smirk|sweat_smile):"
    r"|(?<!\w)(?:;-?[pP)D]|:-?[pP])(?!\w)|\bobviously not\b|\bnot!\s*$|\bas they say\b|\boh sure\b|"
    r"\bsure,? and i'?m\b|\bright,? and i'?m\b|\band i'?m the (?:king|queen|pope)\b",
)
JOKE_SIGNS = tuple(  # one of these stands in every joke that is known: a cheap look before the dear one
    "/s lmao rofl haha hehe jk kidding right xd 😂 🤣 🙃 🙄 😜 🤪 😏 :joy :upside :face :eye :roll :stuck "
    ":laugh :clown :wink :smirk :sweat :) :p :d ;) ;p ;d :- ;- obviously not! say sure king queen pope".split()
)
NOT_REALLY = Quick(
    r"\b(?:basically|practically|pretty much|apparently|supposedly|virtually|almost|"
    r"nearly|feel(?:s|ing)? like|like a|as good as|de facto|"
    r"wannabe|glorified|honorary|unofficial(?:ly)?|accidental|human|walking|clearly|"
    r"obviously|jokingly|for the day|at this point|at heart)\b",
)
NEGATION = Quick(
    r"\b(?:not|never|no longer|n't|nor|neither|don'?t|doesn'?t|isn'?t|aren'?t|wasn'?t|"
    r"ain'?t|didn'?t|won'?t|can'?t|cannot|haven'?t|hardly|without|stopped|far from|"
    r"anything but)\b|n't\b",
)
TAKEN_BACK = Quick(  # at the end: somebody else said so, or nobody, or it is not so
    r",? (?:(?:he|she|they) (?:said|says|wrote|claims?|claimed|told me|thinks?|thought|reckons)|or so (?:he|she|they) "
    r"(?:says?|claims?|thinks?)|according to (?:\w+ )?\w+|"
    r"(?:said|says) (?:he|she|nobody|no one|(?:my|the|our) \w+)(?: ever)?|"
    r"but (?:honestly,? |actually,? |really,? |well,? )*(?:no|nope|not really|i'?m not|that's not true|"
    r"they're wrong))\W*$"
)
REMINDING = Quick(
    r"\b(?:remember|didn't i (?:just )?(?:tell|say|mention)|did i (?:not )?(?:mention|"
    r"say|tell)|haven't i (?:told|said)|you (?:do )?know|as you know|forgot|remind you)(?: you)?"
    r"(?: that)?\s*$",
)
GIVEN = Quick(r"\b(?:given(?: that)?|since|because|considering(?: that)?|seeing as)\W*$")
NO_REPORT = Quick(  # here a form of answers and a request, not what someone says
    r"\b(?:bullet )?lists?\b|\bassume (?=i\b|i'm\b|that i\b|no\b|zero\b|nothing\b)"
)
OTHER_SUBJECT = Quick(  # a sentence about somebody else
    r"^\W*(?:(?:and|but|so|also|btw|fyi|well)\W+)*(?:(?:he|she|they|his|her|their)\b|(?:my|our|the|a|this|"
    r"that) (?:\w+ ){0,2}(?:boss|manager|"
    r"colleague|friend|wife|husband|sister|brother|intern|predecessor|successor|contractor|consultant|"
    r"neighbou?r|cousin|"
    r"director|lead|guy|woman|man|hire|analyst|engineer|developer|nurse|teacher|doctor|student|vendor|"
    r"customer|client)\b"
    r"|(?-i:[A-Z][a-z]+) (?:is|was|has|had|works|runs|left|joined|says|said|used|came|went|does|did|wants|knows)\b)",
)
NAMED_WORDS = 4
QUESTION_START = Quick(
    r"^\W*(?:hey|hi|ok|so|and|also|but|then|btw)?\W*(?:who|what(?! (?:i|we|i'm|we're|i'd|we'd) )|what's|whats|when|"
    r"where|why|how|which|is|are|am(?= i\b)|do|does|did|can|could|should|would|will|has|have|"
    r"anyone)\b",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the writer's own; `start` is its offset in the message; `joking`: its message is not in earnest."""

    text: str
    start: int
    question: bool
    joking: bool
    words: frozenset[str] = frozenset()  # in lower case; a rule looks among them before it looks for its patterns
    after_other: bool = False  # the sentence before speaks of somebody else, and may lend this one its subject
    named: str = ""  # the sentence before, where it only names what this one is about: "Terraform?"

    def clause_at(self, position: int) -> tuple[int, int]:
        """The clause around a position, as start and end within the sentence."""
        start, end = 0, len(self.text)
        for found in BREAK.finditer(self.text):
            if found.end() <= position:
                start = found.end()
            elif found.start() >= position:
                end = found.start()
                break
        return start, end

    def is_supposed(self, position: int) -> bool:
        """Whether what stands before a position makes the rest a supposition."""
        return is_supposed(self.text[:position])

    @property
    def may_be_wish(self) -> bool:
        """Whether the sentence can be a wish of its writer: not in jest, not someone else's."""
        return not self.joking and not is_reported(NO_REPORT.sub(" ", self.text))

    @property
    def is_taken_back(self) -> bool:
        """Whether it ends by saying that somebody else said so, or nobody, or that it is not so."""
        return TAKEN_BACK.search(self.text) is not None

    def is_about_self(self, position: int) -> bool:
        """Whether what starts here is said in earnest by and of the writer: not supposed, reported or asked."""
        before = self.text[:position]
        if REMINDING.search(before):
            return True
        clause_start, clause_end = self.clause_at(position)
        return not (
            (is_supposed(before) and not TURNED.search(before))
            or UNREAL.search(before[clause_start:])
            or is_reported(before)
            or (self.question and clause_end >= len(self.text.rstrip("?!. ")) and not GIVEN.search(before))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found in a sentence: an observation but for its message; the quote is `start`..`end` of it."""

    address: str
    value: str
    start: int
    end: int
    weight: float = 1.0
    source: Source = Source.STATED
    ends: bool = False


def split_sentences(own: str) -> Iterator[Sentence]:
    """The sentences of the writer's own words, in order."""
    lower = own.lower()
    named, after_other = "", False
    joking = any(sign in lower for sign in JOKE_SIGNS) and JOKE.search(own) is not None
    for found in SENTENCE.finditer(own):
        text = found[0].lstrip()
        if text:
            asks = text.rstrip().endswith("?") or (text[-1] not in ".!" and QUESTION_START.match(text) is not None)
            words = words_of(text)
            yield Sentence(text, found.end() - len(text), asks, joking, words, after_other, named)
            after_other = OTHER_SUBJECT.match(text) is not None
            named = text if len(words) <= NAMED_WORDS else ""


def words_of(text: str) -> frozenset[str]:
    """The words of a text, in lower case; "i'm" is one, "go-live" are two."""
    return frozenset(WORD.findall(text.lower()))


def is_supposed(before: str) -> bool:
    """Whether the words before put what follows under an "if" or into fantasy."""
    if before.lower().endswith("had "):  # "Had I studied …"
        return True
    found = HYPOTHETICAL.search(before)
    return found is not None and HYPOTHETICAL.search(HARMLESS_IF.sub(" ", before)) is not None


def is_reported(before: str) -> bool:
    """Whether the words before make what follows someone else's saying or opinion."""
    if REPORTED.search(before) is None:
        return False
    rest = REPORTED.search(OWN_SAYING.sub(" ", before))
    return rest is not None


def is_negated(before: str) -> bool:
    """Whether a negation stands in these words."""
    return NEGATION.search(before) is not None
