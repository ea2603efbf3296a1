"""What someone knows of a topic: what they say of it, which terms of art they use, what they ask the meaning of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.self_model.asking import find_asked
from bot.self_model.lexicon import load_occupations
from bot.self_model.mentions import find_mentions
from bot.self_model.model import Source
from bot.self_model.phrases import count_of
from bot.self_model.quick import Quick
from bot.self_model.sentences import NOT_REALLY, Finding, Sentence, is_negated
from bot.self_model.stance import find_stance
from bot.self_model.terms_of_art import find_shown
from bot.turn import Depth

NEW_CUES = frozenset(
    """
    new newbie noob beginner novice clueless lost confused unfamiliar not no just learning zero never don't dont
    nothing little next almost hardly limited heard struggle can't cant first
    """.split()
)
YEARS = frozenset("year years yrs".split())
NEW = Quick(
    r"\b(?:i'?m|i am|im|as (?:someone|somebody|a person)(?: who(?:'s| is))?|still|"
    r"being|as a) (?:still |very |quite |pretty |totally |completely |brand |relatively |"
    r"fairly |rather |kind of |kinda |really |so |super |a bit |a |an |complete |total |"
    r"absolute |bloody )*(?:new to|new with|new at|new in|newbie (?:to|in|at|with|"
    r"on)|noob (?:at|in|with)|beginner (?:in|at|with|to)|novice (?:in|at|with)|clueless (?:about|"
    r"when it comes to|on|with)|lost (?:with|on|in|when it comes to)|confused (?:about|"
    r"by)|unfamiliar with|not (?:too |very |that |really |so |at all |super )*(?:familiar with|"
    r"comfortable with|an expert (?:in|on|at|with)|experienced (?:with|in)|good (?:at|"
    r"with)|strong (?:in|on|at)|fluent in|technical|deep (?:in|on))|no expert (?:in|"
    r"on|at|with)|just (?:starting|getting started|beginning|learning)(?: out)?(?: with|"
    r" to learn| on| in)?|learning|zero (?:in|on|at))"
    r"|\bi (?:have |'ve |had )?(?:really |still |honestly |actually |know |have )*(?:never (?:really "
    r"|actually |even )?(?:used|touched|worked with|seen|heard of|tried|done|learned|"
    r"written|understood|opened|learnt|got)|don'?t (?:really |actually |even |fully |"
    r"quite )*(?:know(?! (?:if|whether|when|who|where|why)\b)|understand|get(?! to\b)|speak|grok|have (?:any |much "
    r")?(?:experience|"
    r"idea|background|clue)(?: (?:with|in|about|of|what))?)(?: (?:the first thing|"
    r"anything|much|a thing|enough|a lot|about|what|how))*|have (?:no|zero|little|"
    r"very little|not much|limited) (?:idea|clue|experience|knowledge|background|understanding|"
    r"exposure)(?! (?:why|where|when|who|whose|if|whether)\b)"
    r"(?: (?:of|about|what|how|with|in|on|to))*|know (?:nothing|very little|"
    r"little|next to nothing|zero|almost nothing|hardly anything|zilch|nothing at all)(?: (?:of|"
    r"about|on))*|just (?:started|began)(?: (?:with|learning|using|working with|on|"
    r"to learn))|(?:only )?(?:just )?heard (?:of|about)|struggle with|can'?t (?:read|"
    r"write|code|do))"
    r"|\b(?:no|zero|little|never had any) (?:prior |previous |real )*(?:experience|"
    r"knowledge|background) (?:with|in|of)|(?:first time (?:using|with|touching|seeing|"
    r"working with)|never used|never touched|new to)",
)
SOME = Quick(
    r"\b(?:i (?:know|understand|get|have) (?:the basics of|a bit of|a little|a little bit of|"
    r"some|enough|basic|a bit about|the fundamentals of|my way around)|i'?(?:m| am) (?:fairly |"
    r"reasonably |somewhat |pretty |quite |more or less |ok |okay |kind of |a bit |"
    r"semi-?)*(?:familiar with|comfortable (?:with|in)|ok(?:ay)? (?:with|at)|decent (?:at|"
    r"with)|competent (?:in|with)|rusty (?:on|in|with|at)|intermediate (?:in|at|with|"
    r"on)|proficient (?:in|with))|i(?:'ve| have)? (?:used|played with|dabbled in|done|"
    r"worked with|touched|tried) (?:a bit of|a little|some|a fair bit of)|i (?:have|"
    r"'ve got|got) (?:some|a bit of|basic|a little|a fair bit of|working|decent|moderate) (?:experience"
    r"|knowledge|understanding|background|exposure)(?: (?:with|in|of|on|to))|i can (?:read|"
    r"write|get by (?:in|with)|find my way around)|i(?:'ve| have) (?:dabbled (?:in|"
    r"with)|played (?:around )?with)|my \w+ is (?:rusty|ok|okay|decent))",
)
WELL = Quick(
    r"\b(?:i know (?=[\w/.+# -]{2,30} (?:well|inside out|very well|really well|pretty well|"
    r"cold|deeply|by heart|quite well|like the back))|i'?(?:m| am) (?:very |really |"
    r"quite |pretty |extremely |super |highly |well |deeply )*(?:experienced (?:with|"
    r"in)|fluent in|strong (?:in|on|at|with)|skilled (?:in|at|with)|well[- ]versed in|"
    r"advanced (?:in|at|with)|certified (?:in|on|for)|good (?:at|with)|deep (?:in|"
    r"into)|very familiar with|very comfortable with)|i(?:'ve| have) (?:been )?(?:run|"
    r"ran|running|operated|operating|managed|maintained|administered|scaled|tuned|"
    r"debugged|shipped|deployed)(?= [\w/.+# -]{2,40} (?:in prod\w*|at scale|for (?:years|"
    r"a long time|\d)))|i (?:live and breathe|work with(?= [\w/.+# -]{2,30} (?:every day|"
    r"daily|all day))|use(?= [\w/.+# -]{2,30} (?:every day|daily|all day)))|i have (?:lots of|"
    r"a lot of|deep|extensive|solid|strong|plenty of|years of|tons of|loads of) (?:\w+ )?(?:experience|"
    r"knowledge|expertise|background)(?: (?:with|in|of|on|running|doing|using))|i(?:'ve|"
    r" have) (?:built|designed|implemented|written|done) (?:lots of|many|several|plenty of|"
    r"dozens of|a lot of|a few|multiple|tons of)|i(?:'ve| have) (?:built|set up|designed) )",
)
DEEP = Quick(
    r"\b(?:i'?(?:m| am) (?:an? |the |our |really |pretty much )*(?:\w+ )?(?:expert|"
    r"specialist|guru|authority|core (?:committer|contributor|developer)|committer|"
    r"maintainer) (?:in|on|at|with|of|for)|i (?:wrote|authored|co-?wrote|created|maintain|"
    r"contribute to|contributed to|teach|taught|train people on|give talks (?:on|about)|"
    r"speak (?:at conferences )?(?:on|about)|gave talks on|consult on|(?:have |did )a phd in|"
    r"wrote the book on|published (?:papers )?on)|i(?:'ve| have) (?:written (?:a |"
    r"the )?books? (?:on|about)|been teaching|taught|contributed to|a phd in|published (?:papers "
    r")?on))",
)
YEARS_OF = Quick(
    r"(?:\b(?:i(?:'ve| have)?|i'm|i am|with my|after my) [^.;!?]{0,60}?|^\W*(?:\w+,? ){0,3}?|, )\b(?P<years>\d{1,2}|"
    r"two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)\+? ?(?:years?|"
    r"yrs)\b(?:'| of)?(?: experience| exp)?(?: of| in| with| on| doing| using| working|"
    r" running| writing| building| now)*",
)
THIRD = Quick(
    r"\b(?:he|she|they|who|our \w+|my (?:boss|manager|colleague|team|teammate|report|friend|wife|husband))\b",
)
NOW = Quick(
    r"\b(?:now|these days|by now|meanwhile|no longer|not any ?more|any ?more|too modest|got the hang of|"
    r"changed|since then|caught up|after (?:\w+ ){1,2}(?:weeks?|months?|years?) (?:with|of|in|on|doing|using))\b",
)
TOPIC_TAIL = Quick(
    r"\s+(?:things?|stuff|world|side|part|area|space|topic|in general|at all|yet|myself|"
    r"though|tbh|honestly|world|landscape|basics|concepts?|ecosystem|inside|very|really|"
    r"pretty|quite|well|works?|is|are|does|do|in prod\w*|at scale|for|from|since|daily|"
    r"every)\b.*$",
)
TOPIC_WORDS = Quick(
    r"(?:(?:a word of|the first thing about|anything about|the|a|an|all|this|that|these|those|our|your|any|some|whole|"
    r"entire|using|doing|"
    r"running|writing|working with|building|most|of|about|with|in|on|to|how|what|it|"
    r"comes|when|and)\s+)*(?P<topic>[a-z][\w+#./&-]*(?:\s(?!(?:and|or|but|so|which|"
    r"that|because|in|on|at|for|with|since|is|are|if|from|to|as|myself|yet|at all|"
    r"before|until|though|tbh|then|than|here|now|i|we)\b)[\w+#./&-]+){0,2})",
)
NO_TOPIC = frozenset(
    """
    all anyone anything area bot channel city company country everyone everything guys her here him how if it job me
    much no not nothing office one people pilot project role slack something stuff team that the them thing things
    mornings evenings mondays weekends traffic patience parking her him his hers theirs love live like dating life
    say hear be this us until since before after already whether
    and or uh um get could couldn if we you they many much works mean means
    exactly something is are was what when where which who why yes you
    """.split()
)
STEP_BY_YEARS = ((8, Depth.EXPERT), (3, Depth.ADVANCED), (1, Depth.WORKING))
STATED = ((NEW, Depth.FOUNDATIONAL), (SOME, Depth.WORKING), (DEEP, Depth.EXPERT), (WELL, Depth.ADVANCED))


def find_expertise(sentence: Sentence, *, may_state: bool = True) -> Iterator[Finding]:
    """What the sentence tells of its writer's knowledge of topics; `may_state`: it may say so outright."""
    stated = list(_find_stated(sentence)) if may_state and not sentence.joking else []
    told = {one.address for one in stated}
    if may_state and not sentence.joking:
        stated += [one for one in find_stance(sentence) if one.address not in told]
    changed = bool(stated) and NOW.search(sentence.text) is not None  # a step said to be new replaces the one before
    yield from (replace(one, source=Source.CORRECTION) if changed else one for one in stated)
    asked = list(find_asked(sentence)) if not stated else []
    yield from asked
    if not asked and not sentence.question:
        yield from find_shown(sentence, {finding.address for finding in stated})


def _find_stated(sentence: Sentence) -> Iterator[Finding]:
    text = sentence.text
    named = bool(find_mentions(text))
    unsure = not sentence.words.isdisjoint(NEW_CUES)
    for pattern, depth in (STATED if named else STATED[:1])[0 if unsure else 1 :]:
        for found in pattern.finditer(text):
            if _is_own(sentence, found.start()) and not _is_denied(sentence, found.start()):
                for _, end, topic in _topics_after(text, found.end(), listed=depth is Depth.FOUNDATIONAL):
                    yield Finding(
                        address=f"expertise:{topic}", value=depth, start=found.start(), end=max(end, found.end())
                    )
    for found in YEARS_OF.finditer(text) if named and not sentence.words.isdisjoint(YEARS) else ():
        years = count_of(found["years"])
        step = next((depth for least, depth in STEP_BY_YEARS if years >= least), None)
        if step and _is_own(sentence, found.start()):
            if re.search(r"\b(?:at|from|for)\b", text[found.end() : found.end() + 8]):
                continue
            trade = found[0].rstrip().endswith(" in")  # years in a trade are where someone comes from
            near = [
                mention
                for mention in find_mentions(text[found.start() : _clause_end(text, found.end())])
                if mention.subject and not (trade and mention.topic.replace("-", " ") in load_occupations().fields)
            ]
            for mention in near[:3]:
                yield Finding(
                    address=f"expertise:{mention.subject}",
                    value=step,
                    start=found.start(),
                    end=max(found.end(), found.start() + mention.end),
                    weight=0.9,
                )


def _clause_end(text: str, position: int) -> int:
    """Where the clause that goes on at a position ends, at most forty characters on."""
    found = CLAUSE_END.search(text, position)
    return min(found.start() if found else len(text), position + 40)


CLAUSE_END = Quick(r"[;:.!?(]|, (?!and|or)|\s(?:but|so|because|and (?:i|we|this|it|that|the|my|our|still|now|yet))\b")


def _is_own(sentence: Sentence, position: int) -> bool:
    before = sentence.text[:position]
    start, _ = sentence.clause_at(position)
    ironic = NOT_REALLY.search(sentence.text[max(0, position - 12) : position + 12]) is not None
    return not ironic and sentence.is_about_self(position) and not THIRD.search(before[start:])


def _is_denied(sentence: Sentence, position: int) -> bool:
    """Whether the clause denies what starts here: "I'm not new to Kafka"."""
    start, _ = sentence.clause_at(position)
    return is_negated(sentence.text[start:position])


def _topics_after(text: str, position: int, *, listed: bool) -> Iterator[tuple[int, int, str]]:
    """The topics named right after a position: those of the lexicon, else the words there, if they can be a topic."""
    if 0 < position < len(text) and text[position - 1 : position + 1].isalnum():
        return  # in the middle of a word
    clause = re.compile(
        r"[.;!?]|\b(?:but|so|because|and (?:i|we)|which|before|then)\b|,(?! ?(?:and |or )?[\w.#+]+(?:,|"
        r"$| and | or ))",
        re.IGNORECASE,
    ).search(text, position)
    until = clause.start() if clause else len(text)
    known = [mention for mention in find_mentions(text[position:until]) if mention.subject]
    near = [mention for mention in known if mention.start < 30]
    if near:
        for mention in near[: 3 if listed or len(near) > 1 else 1]:
            yield position + mention.start, position + mention.end, mention.subject
        return
    found = TOPIC_WORDS.match(text[position:until].lstrip())
    if found is None or not listed or A_CERTAIN_ONE.match(found[0]):
        return
    offset = position + len(text[position:until]) - len(text[position:until].lstrip())
    topic = TOPIC_TAIL.sub("", found["topic"]).strip(" .-/&").lower()
    if topic and topic.split()[0] not in NO_TOPIC and len(topic) > 1:
        yield offset + found.start("topic"), offset + found.start("topic") + len(topic), "-".join(topic.split())


A_CERTAIN_ONE = Quick(  # "I don't know the code", "I don't know how many there are"
    r"(?:(?:about|of|with|on|how|what) )*(?:the|this|that|these|those|your)\b"
    r"|(?:how|what) (?!\w+ (?:is|are|means?|does|do|works?)\b)"
)
