"""Forms of answers that someone likes, asks for or cannot stand, by what the forms are called: "tables over text",
"no bullets please", "I learn from examples", "diagrams work best for me"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.lexicon import STEM, load_forms, load_opposites
from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence

FORMS = frozenset(  # how the names of forms begin, all but the ordinary words among them
    """
    tabl matr grid spre side colu bull dot dash list key note keyw step chec reci runb numb inst walk proc cook play
    code snip samp pseu conf quer form comm scri sql yaml rege copy exam anal meta case conc scen stor anec illu
    comp pros runn sent para flow cont plai norm prop narr writ shor brie line summ tl tldr head exec gist bott esse
    nuts elev twee haik brev cond answ long whol deta back cont thor exha chap reas why hist simp laym lay basi firs
    tech defi baby begi big bird heli high over mana stra nitt inte inne impl edge gory math theo raw spec prim unde
    mech dept deep diag pict draw sket grap char visu scre imag sche mind figu plot maps map vide sour link cita
    refe page foot sect hard data perc stat quan exac resu reco punc verd outc deci take main smal plea gree emoj
    smil excl apol flat prai mark buzz corp sale fluf fill disc hedg chit poli chee joke suga waff chat pep hype
    sign clos foll casu info rela frie humo pager pipe full story
    """.split()
)
WISHES = frozenset(
    """
    prefer like love want need appreciate enjoy favour favor learn think work read understand remember live digest
    absorb fan friend sucker rather please pls plz kindly always never default future forward possible ideally
    preferably better best use add include send show write put make give have get provide throw start lead stick
    keep answer reply respond attach draw state quote cite spell explain in as with more turn talk break just only
    straight helps help works no not without skip drop spare leave cut avoid stop don't dont do hate dislike can't
    cannot loathe detest sick tired allergic enough instead over less fewer ditch lose lay easy save could bored
    easier welcome first
    """.split()
)
LIKED = Quick(  # before the form: what makes it wanted
    r"(?:\b(?:i|we|me|i'm|i am)(?:'d| would)? (?:\w+ly |always |really |much |do |just |only |also |"
    r"still |mostly )*(?P<stand>prefer|like to (?:start|begin) (?:from|with)|like to (?:get|see|have|"
    r"read)|like|love|want|need|appreciate|enjoy|favou?r|like it with|like them in|learn (?:best |most |"
    r"better |fastest )?(?:from|by|with|through|in)|"
    r"think (?:best )?in|work (?:best )?with|read (?:best |better |faster )?in|understand (?:best |"
    r"better |faster )?(?:with|through|from|by)|remember (?:best )?(?:with|through)|live (?:on|for)|can "
    r"work with|go for|do best with|digest|absorb|take things in (?:better |best )?(?:with|as|in)|get it "
    r"(?:best |faster )?(?:with|from)|"
    r"am a (?:big )?(?:fan|friend) of|a (?:big )?fan of|a sucker for|an? (?=\w+ (?:person|guy|type))|"
    r"rather (?:have|get|see|read|take)|rather)"
    r"|\b(?:please|pls|plz|kindly|always|by default|from now on|in future|going forward|next time|if "
    r"possible|ideally|preferably|better|best|can (?:i|you|we)|could (?:i|you|we)|would you|will you|may "
    r"i)\b[^.;!?]{0,40}?\b(?:use|give|add|include|send|show|write|put|make|have|get|provide|throw in|"
    r"start with|lead with|stick to|"
    r"keep (?:it )?to|answer|reply|respond|as|in|with|attach|draw|state|quote|cite|spell out|explain)\b"
    r"|^\W*(?:(?:ok|so|and|but|hi|hey|also|thanks|again|no|yes|btw|bot|please|pls|just|always|only|next "
    r"time|for me|going forward|from now on|in future),? )*(?:when(?:ever)? you \w+(?: \w+){0,3},? "
    r")?(?P<order>give me|give us|send me|show me|use|add|include|put (?:it|this|that|them|things) "
    r"in(?:to)?|make it|stick to|keep (?:it )?to|start with|lead with|answer (?:me )?(?:in|with|as)|"
    r"reply (?:in|with|as)|explain (?:it |this |that )?(?:in|with|by|as)|"
    r"talk (?:to me )?in|write (?:it |this |that |me )?(?:as|in|up as)|turn (?:it|this|that) into|more|"
    r"less talk,? more|throw in|draw(?: me)?|attach|quote|cite|state|break it (?:down )?into|spell out|"
    r"always|just|only|straight to)"
    r"|\b(?:works? best|helps? (?:me )?(?:most|best|a lot))[^.;!?]{0,12}(?:with|in|as|is|are))"
    r" (?:me |us )?(?:(?:a|an|the|some|more|your|in|with|as|of|by|to|short|small|quick|nice|simple|clear|"
    r"concrete|real|proper|good|plain|clean|little|few|couple of|lots of|plenty of|one|two|three|at "
    r"least one|annotated|actual|everything in|everything as|things in|things as|answers? in|answers? "
    r"with|answers? as|repl(?:y|ies) in|it in|it as|it with|them in|them as|this as|this in|that as|that "
    r"in|comparisons in|comparisons as|information in|me in) )*(?!(?:the|that|this|my|our|no|not) "
    r")(?:[a-z-]+ )?$",
)
AFTER_LIKED = Quick(  # after the form: what makes it wanted
    r"^(?:\W{0,3} ?(?:please|pls|plz)\b|(?: \w+){0,3}? (?:works?|help|helps|are|is|would be|would help|do|"
    r"does|suit|suits|stick|sticks|click)(?: (?:always|usually|really|much|the|a|what|so))*"
    r" (?:enough|plenty|all i need|best|better|great|good|fine|perfect|easier|easiest|nicer|preferred|welcome|ideal|"
    r"my (?:friends?|"
    r"thing|language|preference|favou?rite)|most helpful|for me|me|it for me|the trick|how i (?:learn|"
    r"think|work)|what i (?:need|like|want|prefer))"
    r"| (?:over|instead of|rather than|before|beats?|not|will do|would do|suffices?) ?(?=\w)|,? (?:always|every time|"
    r"by default|from "
    r"now on|going forward|in future|whenever (?:possible|you can)|wherever possible|where possible|if "
    r"possible|if you can|ideally|preferred|any day|all the way|whenever you compare|when comparing|for "
    r"comparisons)\b"
    r"|,? not (?:\w+ )?(?:\w+)|\W{0,2} ?(?:for me|thx|thanks),?)",
)
DISLIKED = Quick(  # before the form: what makes it unwanted
    r"(?:\b(?:no|not|without|skip|drop|spare me|leave out|cut|avoid|stop(?: with| using| sending| it "
    r"with)?|don'?t (?:need|want|like|use|give me|send me|do|bother with|read|add|write|send)|do not "
    r"(?:need|want|like|use|send|give me)|dont (?:need|want|like|use)|never|hate|dislike|can'?t (?:stand|"
    r"read|deal with|bear)|"
    r"cannot (?:stand|read|bear)|loathe|detest|sick of|tired of|allergic to|not (?:a|much of a|really a|"
    r"a big) (?:fan|friend) of|no fan of|enough (?:of|with)|instead of|rather than|over|less|fewer|ditch|"
    r"lose|lay off|go easy on|keep out|save (?:me )?|could do without|not into|have no (?:time|patience|"
    r"use|need) for|"
    r"(?:get|gets) lost in|drown(?:ing)? in|bored by|put off by|to)"
    r") (?:(?:the|a|an|any|all|all the|these|those|your|so many|more|long|endless|big|huge|such|that|this|"
    r"of|me|us|using|with|too many|always) )*$",
)
CONTRAST = Quick(r"\b(?:prefer|rather|like|love|want|better|favou?r)\b")
AFTER_DISLIKED = Quick(
    r"^(?: \w+){0,2}? (?:make|makes) (?:me|my)\b|^(?: \w+){0,2}? (?:are|is|make|makes|put|puts|annoy|"
    r"annoys|bore|bores|confuse|confuses|drive|drives|give|gives|lose|loses|don't|do not|doesn't|kill|"
    r"kills|tire|tires|slow|slows)(?: \w+)? (?:me|us|useless|pointless|annoying|no use|not (?:for|my)|a "
    r"waste|hard (?:to read )?for me|unreadable|help(?: me| much)?|work for me|my enemy|wasted on me|"
    r"nervous|tiring|confusing)\b",
)
OF_OTHERS = Quick(
    r"\b(?:he|she|him|her|his|anybody|anyone|someone|somebody|boss|manager|customers?|clients?|users?|"
    r"colleagues?|students|everyone|people|team|board|interns?|readers?|you (?:like|prefer|want)|"
    r"meeting|call|report|deck|slides?|presentation|document|paper|thesis|email|e-mail|mail|ticket|pr|"
    r"readme|website|page|function|script|query for|commit|commits|code review|variable|variables|invite|"
    r"section \d|class|method|dataset|database|file|essay|"
    r"book|movie|news|wiki|repo|code review|bug|error|job|interview|today|yesterday|tomorrow|i'll|i will|"
    r"we'll|let me|going to|lunch|dinner|coffee|our docs|the docs|the doc|we need to|must have)\b",
)
STANDS = Quick(
    r"\b(?:always|rather|prefer|like|love|hate|never|from now on|going forward|in future|by default|"
    r"every time|i (?:think|learn|read|work)|for me|i'm a|i am a|generally|usually|stop|can'?t stand|"
    r"whenever|next time|don't|no more|allergic|fan|works?)\b",
)
CHANGED = Quick(
    r"\b(?:from (?:now|here) on|on second thought|changed my mind|instead from|anymore|any more|going "
    r"forward|no more|after all|forget (?:the|about)|again(?=\W*$)|these days|now on)\b",
)
GENERAL = frozenset(  # names of forms that are ordinary words too: only a standing liking makes them one
    "code data numbers number figures figure context background links link map maps lists list samples "
    "sample stories references reference depth theory specs jokes paragraph paragraphs columns columns "
    "steps images pictures video videos sources source instructions details plain".split()
)
STANDING, ONCE = 1.0, 0.6


def find_likings(sentence: Sentence) -> Iterator[Finding]:
    """Forms that the writer wants or does not want, each with the whole sentence as its words."""
    text = sentence.text
    if FORMS.isdisjoint([word[:4] for word in sentence.words]) or sentence.words.isdisjoint(WISHES):
        return
    if not sentence.may_be_wish or (sentence.question and not ASKS.match(text)) or len(text) > LONGEST:
        return
    if OF_OTHERS.search(text) or THIS_ONCE.search(text):
        return
    told: set[str] = set()
    stems = {word[:STEM] for word in sentence.words}
    for preference, value, names, beginnings in load_forms():
        if stems.isdisjoint(beginnings):
            continue
        for found in names.finditer(text):
            wanted = _is_wanted(text, found)
            if wanted is None:
                continue
            if wanted and value == "plain tone":
                continue
            if wanted is False and NO_MORE.search(text[: found.start()]) and _opposite(preference, value, "") is None:
                yield Finding(
                    address=f"preference:{preference}",
                    value=value,
                    start=0,
                    end=len(text),
                    weight=-STANDING,
                    source=Source.CORRECTION,
                )
                break
            if (pair := (preference, value) if wanted else _opposite(preference, value, found[0])) is None:
                continue
            if pair[0] in told and pair[0] != "format":
                continue
            told.add(pair[0])
            yield Finding(
                address=f"preference:{pair[0]}",
                value=pair[1],
                start=0,
                end=len(text),
                weight=STANDING if STANDS.search(text) else ONCE,
                source=Source.CORRECTION if CHANGED.search(text) else Source.STATED,
            )
            break


ASKS = Quick(r"^\W*(?:(?:hi|hey|ok|so|and|but|also|sorry|thanks),? )*(?:can|could|would|will|may) (?:you|i|we)\b")
THIS_ONCE = Quick(
    r"\b(?:just this once|this (?:one )?time|for once|only (?:this )?once|for this (?:one|mail|email|doc))\b",
)
LONGEST = 220  # characters of a sentence that may be a wish


def _opposite(preference: str, value: str, named: str) -> tuple[str, str] | None:
    """What is wanted by someone who does not want this."""
    if preference == "tone":
        return preference, f"no {named.lower()}"
    return load_opposites().get(value) if preference in ("format", "length", "depth") else None


def _is_wanted(text: str, found: re.Match[str]) -> bool | None:
    """Whether the form named here is wanted or unwanted; None where neither is said."""
    before, after = text[: found.start()], text[found.end() :]
    clause = re.split(r"[.;:]", before)[-1]
    last = re.split(r",", clause)[-1]
    against = DISLIKED.search(last + "") or DISLIKED.search(clause)
    if against and against[0].lower().startswith(("to ", "over ", "rather", "instead")):
        against = against if CONTRAST.search(text) or OVER.search(text) else None
    if against or AFTER_DISLIKED.match(after):
        return False
    liked = (
        LIKED.search(last)
        or (LIKED.search(clause) if "," not in clause[-14:] else None)
        or (ALONE.fullmatch(clause) and ENDS.match(after))
    )
    if re.search(r"\b(?:not|n't|no|never|hate|without)\b", clause[-30:]) and not liked:
        return None
    if SPECIFIC.match(after) and not STANDS.search(text):
        return None
    plain = len(clause.split()) <= FEW_BEFORE and re.match(r",? (?:please|pls|plz)\b", after) is not None
    if found[0].lower() in GENERAL and not (liked and STANDS.search(text)) and not FOR_ME.match(after) and not plain:
        return None
    return True if liked or (AFTER_LIKED.match(after) and SHORT_BEFORE.search(clause)) else None


ALONE = Quick(  # nothing but "in", "as", "with" before the form, and nothing behind it: the whole sentence is the wish
    r"^\W*(?:(?:ok|so|and|but|also|again|no|yes|better|rather|just|always|only|next time|for me|please|"
    r"pls),? )*(?:as|in|with|more|a|an|one|two|some)? ?(?:a |an |the |more |short |small |simple |few |"
    r"couple of )*",
)
ENDS = Quick(
    r"^(?:,? (?:please|pls|plz|only|always|thx|thanks|first|for me|if possible|would be (?:nice|great|"
    r"good|perfect)))+\W*$|^\W*$",
)
FOR_ME = Quick(
    r"^(?: \w+){0,3}? (?:best|better|easier|great|good|helps?|work|works)(?: \w+)? (?:for me|with me|"
    r"me)\b|^ (?:over|rather than|instead of) (?:[\w-]+ ?){1,4}?,? ?(?:for me|always|any day|every time|"
    r"please)",
)
NO_MORE = Quick(r"\b(?:no more|forget (?:the|about)|enough|drop the|stop (?:the|with the)|done with) (?:\w+ )?$")
SPECIFIC = Quick(
    r" (?:of|for|from|in|on|below|above|about|to) (?:an?|the|this|that|my|our|all|how|section|chapter|"
    r"open|page|may|june)\b",
)
FEW_BEFORE = 3  # words before a form that is asked for with nothing but "please"
OVER = Quick(r"\b(?:for me|every time|always|any day|please|pls|i'm|with me)\b")
SHORT_BEFORE = re.compile(r"^(?:\W*[\w'-]+){0,4}\W*$")
