"""Sentences that leave their subject out, said in full: "Was made team lead" -> "I was made team lead", "as someone who
runs the labs" -> "I run the labs". The rules read the full form; what they find is mapped back to the words written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.self_model.frames import START
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, words_of

FEWEST_WORDS = 2
Change = tuple[int, int, str]  # what stands from one offset to another is said so

NO_VERB = (  # words in -ing that are no verb here, or that begin something else than a statement of oneself
    r"(?:thing|things|something|nothing|anything|everything|morning|evening|during|regarding|according|"
    r"including|following|"
    r"meeting|meetings|king|ring|spring|string|strings|interesting|amazing|missing|warning|setting|settings|pricing|"
    r"exciting|boring|annoying|confusing|considering|assuming|imagining|imagine|pretending|supposing|"
    r"hiring|asking|wondering|"
    r"wishing|reading|seeing|hearing|thinking|saying|quoting|forwarding|sharing|fixing|checking|depending|concerning|"
    r"speaking|talking|sounding|being|having|getting|going|beginning|ending|bring|sling|ping|sing|wing|"
    r"thanking|happening|"
    r"lacking|failing|loading|blocking|knowing|fucking|freaking|bloody)"
)
DOING = rf"(?!{NO_VERB}\b)[a-z]{{2,}}ing"
LATELY = (
    r"(?:now|currently|these days|nowadays|basically|mostly|mainly|still|previously|formerly|today|lately|"
    r"officially|originally|unofficially|also|presently|recently|at the moment|right now)"
)
OPENINGS = (  # at the start of a sentence: what is to come before it
    (
        Quick(
            rf"{START}(?={LATELY}?,? ?{DOING} (?!is\b|are\b|was\b|would\b|fails?\b|does\b|can\b|will\b|has\b|"
            r"seems\b|works?\b|though\b)\w)",
        ),
        "I'm ",
    ),
    (
        Quick(
            rf"{START}(?=(?:just |recently |newly |freshly |finally |now |officially |)(?:made|promoted|hired|"
            r"assigned|tasked|put (?:in|on)|asked to|given|appointed|named|elected|seconded|voluntold|recruited|"
            r"drafted|moved (?:to|over|into)|transferred|brought in|told to)\b)",
        ),
        "I was ",
    ),
    (
        Quick(
            rf"{START}(?=(?:was|got|used to|came (?:from|over|here|to)|did (?:my|a|an|the)|spent|started (?:out|as|"
            r"in|my|with|here)|studied|joined|worked|moved|switched|ran|led|grew up|learned|learnt|trained|taught|"
            r"can't|cannot|need|want|prefer|love|hate|own|am|report to|can (?:read|write|hold|do)|could (?:do|"
            r"write)|would (?:like|love|prefer|rather)|have (?:a|an|no|never|been|to|done|two|three|\d)|had (?:a|"
            r"to)|never|haven't|live in|swear by|sit (?:in|on|with)|work (?:in|on|at|for|with|as))\b)",
        ),
        "I ",
    ),
    (Quick(rf"{START}(?=been (?:\w+ )?(?:{DOING}|in|at|with|here|a|an|the)\b)"), "I've "),
    (
        Quick(
            rf"{START}(?=(?:done with|through with|busy with|originally (?:an? )|responsible for|in charge of|"
            r"accountable for|on the hook for|stuck (?:on|with|in)|based in|fluent in|good (?:at|with)|new (?:to|"
            r"in|at)|at home in|certified|trained (?:as|in)|supposed to|allergic to|not (?:a|an|much|very|really|"
            rf"allowed|good|great)|no (?:expert|fan)|part of|member of|on (?:the|our) [\w -]{{2,40}}(?:team|"
            rf"project|rollout|side|desk|board|shift)|(?:from|in|with|over in) (?:the|our) [\w -]{{2,40}}(?:team|"
            r"department|dept|side|unit|office|desk|division)|officially|technically|hopeless (?:at|with)|"
            r"terrible (?:at|with)|rubbish at|clueless|lost (?:with|when)|totally new|completely new|brand new|"
            r"pretty new|fairly new|rather new|quite new|very new|still new|a bit rusty|rusty)\b)",
        ),
        "I'm ",
    ),
    (Quick(rf"{START}(?=one of (?:the |our |\w+ ))"), "I'm "),
    (
        Quick(
            rf"{START}(?=(?:no|zero|little|hardly any|next to no) (?:idea|clue|experience|knowledge|background|"
            r"training)\b)",
        ),
        "I have ",
    ),
)
FURTHER = (  # the same behind a comma, a dash or "and"
    (
        Quick(rf"(?:[,;(–—] ?|\s-+ |\b(?:and|but|then) )(?={LATELY},? (?:{DOING}|in|on|with|at|a|an|the|part)\b)"),
        "I'm ",
    ),
    (
        Quick(
            r"(?:[,;(–—] ?|\s-+ |\b(?:and|but|then) )(?=(?:responsible for|in charge of|on the hook for|fluent in|"
            r"new to|at home in|working (?:on|in|as|for)|running the|leading the|managing the|building the|"
            r"looking after|heading (?:up )?the|coming from|reporting to|learning|hoping to|trying to|basically "
            r"the|basically a|mostly the|no expert|not an expert|(?:no|zero|little) (?:clue|idea|experience))\b)",
        ),
        "I'm ",
    ),
    (
        Quick(
            r"(?:[,;(–—] ?|\s-+ |\b(?:and then|and|but|then) )(?=(?:(?:somehow |eventually |finally |recently |"
            r"then )*(?:landed in|ended up|wound up|drifted into|slipped into|slid into|moved to|moved into|"
            r"switched to)|can (?:read|write|hold)|never (?:used|touched|learned|"
            r"worked)|used to (?:be|work|run|teach)|was (?:a|an) \w+ before|did (?:my|a|an) (?:degree|"
            r"apprenticeship|phd|masters?|training)|spent \w+ years|been (?:doing|in|at|running|with) ))",
        ),
        "I ",
    ),
)
WHO = Quick(
    r"(?:(?:^|[,;(–—] ?|\b(?:and|but|so|well|sorry|hi|speaking|talking|writing|asking|coming|say(?:ing)?|"
    r"this) )(?:as|(?<=coming )from|(?<=speaking )from) |(?<![\w'])(?:i'?m|i am|im|being) |(?:^|[,;–—] "
    r"?)(?=(?:just|only|"
    r"simply|merely|basically) (?:the|a) ))(?:just |only |probably |basically |kind of |also |still |the |"
    r"a |an |that |one of |pretty much )*"
    r"(?:[\w-]+ ){0,2}?(?:someone|somebody|person|people|one|ones|guy|gal|woman|man|lady|bloke|colleague|"
    r"soul|fool|idiot|human|dude|nerd|chap|fellow|half|newbie|dinosaur|sod|voice) (?:here |currently |who|"
    r"that)? ?(?P<verb>who(?:'s|'ve|'d|se)?|that(?:'s)?|(?:currently |now )?(?=(?:on|in|from|behind|with|"
    r"at|responsible|[a-z]+ing)\b))",
)
FURTHER_CUES = frozenset(
    """
    landed ended wound drifted slipped slid moved switched zero little
    now currently these nowadays basically mostly mainly still previously formerly today lately officially
    originally unofficially also presently recently moment right responsible charge hook fluent new home working
    running leading managing building looking heading coming reporting learning hoping trying no not can never used
    was did spent been
    """.split()
)
PERSONS = frozenset(
    """
    someone somebody person people one ones guy gal woman man lady bloke colleague soul fool idiot human dude nerd
    chap fellow half newbie dinosaur sod voice
    """.split()
)
IS_IT = Quick(r" (?P<verb>[a-z']+)")
FIRST_PERSON = {
    "has": "have",
    "is": "am",
    "does": "do",
    "goes": "go",
    "was": "was",
    "isn't": "am not",
    "doesn't": "don't",
    "hasn't": "haven't",
}
OF_OTHERS = re.compile(
    r"^\W*(?:he|she|they|you|your|his|her|their|who|it'?s|this|that|the|these|those|my (?:\w+ )?(?:boss|"
    r"manager|colleagues?|friend|wife|husband|kids?|son|daughter|brother|sister|"
    r"predecessor|mother|father|team)|our (?:\w+ )?(?:cto|ceo|cfo|vendor|customers?|boss|manager|intern)|"
    r"[A-Z][a-z]+ (?:is|was|has|from|said|runs|works|left|joined)|someone|somebody|anyone|"
    r"nobody|people|everyone|congrat\w*|welcome|meet|persona|hiring|looking)\b"
)
HAS_SUBJECT = Quick(
    rf"{START}(?:i|i'm|im|i've|we|we're|my|our|me|you|it|he|she|they|there|this|that|these|those|who|what|"
    r"how|why|when|where|which|do|does|did|is|are|please|can you|could)\b",
)


@dataclass(frozen=True, slots=True)
class Full:
    """A sentence said in full, and what was changed to make it so."""

    sentence: Sentence
    changes: tuple[Change, ...]

    def map_back(self, finding: Finding) -> Finding:
        """The finding with the span of the words as they were written."""
        start, end = self._to_written(finding.start, first=True), self._to_written(finding.end, first=False)
        return replace(finding, start=start, end=max(end, start + 1))

    def _to_written(self, offset: int, *, first: bool) -> int:
        moved = 0
        for start, end, said in self.changes:
            begin = start + moved
            if offset < begin or (offset == begin and not first):
                break
            if offset < begin + len(said):
                return start if first else end
            moved += len(said) - (end - start)
        return offset - moved


def say_in_full(sentence: Sentence) -> Full | None:
    """The sentence with the subjects that it leaves out; None where it leaves none out."""
    if (
        len(sentence.words) < FEWEST_WORDS
        or sentence.after_other
        or (OF_OTHERS.match(sentence.text) and sentence.words.isdisjoint(PERSONS))
    ):
        return None
    changes = sorted(_find_changes(sentence))
    if not changes:
        return None
    parts, at, kept = [], 0, []
    for start, end, said in changes:
        if start < at:
            continue
        parts += [sentence.text[at:start], said]
        kept.append((start, end, said))
        at = end
    text = "".join([*parts, sentence.text[at:]])
    return Full(replace(sentence, text=text, words=words_of(text)), tuple(kept))


def _find_changes(sentence: Sentence) -> Iterator[Change]:
    text, words = sentence.text, sentence.words
    if not HAS_SUBJECT.match(text):
        for opening, subject in OPENINGS:
            if found := opening.match(text):
                yield found.end(), found.end(), subject
                break
    for further, subject in () if words.isdisjoint(FURTHER_CUES) else FURTHER:
        for found in further.finditer(text):
            yield found.end(), found.end(), subject
    for found in () if words.isdisjoint(PERSONS) else WHO.finditer(text):
        change = _say_of_oneself(text, found)
        if change:
            yield change


def _say_of_oneself(text: str, found: re.Match[str]) -> Change | None:
    """ "as someone who runs …" said of oneself: "I run …"."""
    who = found["verb"].lower().strip()
    begin = found.start() + len(found[0]) - len(found[0].lstrip(" ,;(–—"))
    if who.endswith(("'s", "'ve", "'d")):
        return begin, found.end(), {"'s": "I'm", "ve": "I've", "'d": "I'd"}[who[-2:]]
    if who not in ("who", "that"):
        return begin, found.end(), "I'm "
    verb = IS_IT.match(text, found.end())
    if verb is None:
        return None
    word = verb["verb"].lower()
    said = FIRST_PERSON.get(word) or _without_ending(word)
    return begin, verb.end(), f"I {said}"


def _without_ending(verb: str) -> str:
    """A verb of the third person in the first: "signs" -> "sign", "carries" -> "carry"."""
    if verb.endswith("ies") and len(verb) > len("dies"):
        return f"{verb[:-3]}y"
    if verb.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb
