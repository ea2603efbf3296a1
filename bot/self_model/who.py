"""Who someone says they are: their role, and the seniority in its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.self_model.asides import claim, disclaim, find_asides
from bot.self_model.background import find_background
from bot.self_model.fields import find_fields
from bot.self_model.posts import find_leads, find_posts
from bot.self_model.quick import Quick
from bot.self_model.sentences import JOKE, NOT_REALLY, Finding, Sentence
from bot.self_model.titles import Title, match_title, may_name_title

DETERMINER = (
    r"(?:a |an |the |teh |what (?:you|people|they)(?:'d| would| might)? call |our |your |their |one of (?:the|our)"
    r" |part of the |also |actually |"
    r"still |currently |now |just |really |only |in fact |uh |um |er |erm |well |again |back to being |here |"
    r"\d[\d.,]* ?(?:%|percent|fte) |half |"
    r"some(?:thing like|body like| kind of| sort of) |sort of |kind of |kinda |basically |(?:\w+ of "
    r")?those |your |my own |"
    r"one of (?:\w+ )|that |this |mostly |mainly |usually |technically |officially |formally |by now |"
    r"the so-called |(?:\w+ )?[\w-]+'s )*[\"“'*_]*"
)
ROLE_CUES = frozenset(
    """
    as role title job paper promoted je ich soy sono here name speaking writing asking precise correction joining
    being with wearing hat i i'm im i've my this they we management he she me
    """.split()
)
DENIAL_CUES = frozenset(
    """
    not no never
    """.split()
)
I_AM = Quick(
    rf"\b(?:i(?:'m| am|m)? work(?:ing)? as|i'?m|i am|i (?:work|serve|started|joined|got hired|was hired|am working|"
    rf"'m working|was promoted|just started|recently joined|came on|have been hired)"
    rf"(?: here| there| now| currently| recently| mostly)* as|"
    rf"i'?ve been|i have been|i became|i'?ve become|i just became|"
    rf"(?:i (?:was |got |just got |just |'ve been |have been |recently )*(?:promoted|"
    rf"moved|switched|transferred|changed)(?: [\w ]{{0,30}}?)?|promoted) (?:in)?to(?: (?:be|"
    rf"being))?|"
    rf"my (?:current |new |actual |official |job |own |uh |um )*(?:role|title|job|position|"
    rf"function)(?: here| now| title)* (?:is|=|:)|"
    rf"(?:speaking|writing|asking|talking|coming to this|i'?m here|joining) (?:here )?as|"
    rf"so as|and as|but as|to be (?:more )?precise[:,]|correction[:,]|new (?:job|role|position|title) (?:is|as"
    rf"|here as)|role:|title:|on paper:|job:|je suis|ich bin|soy|sono|(?:^\W*|[,;.(-] ?)as) {DETERMINER}"
    r"|\b(?:being|i get paid as|i make (?:a|my) living as|i earn my (?:living|money|bread) as|you can "
    r"call me|i go by|call me|"
    r"i(?:'ve)? (?:\w+ )?ended up (?:as|being)|i wear the|i (?:also )?double as|i(?:'m| am)? act(?:ing)? "
    r"as|i(?:'m| am)? "
    r"employed as|i(?:'m| am)? functioning as|my (?:badge|contract|business card|card|email signature|"
    r"signature|linkedin|payslip|"
    r"name ?tag|door|desk sign|profile|uniform)(?: (?:still|now|only|officially))? (?:says|reads|calls "
    r"me)|the (?:badge|contract|door|org chart|"
    r"business card) (?:says|calls me)|(?:people|folks|everyone|they|colleagues|we) (?:here )?(?:call me|"
    r"calls me|know me as)|i'?m here as|"
    r"here as|(?:just |recently |newly )?joined(?: here| \w+)? as|new (?:job|role|position|title)(?: "
    rf"\w+){{0,4}}(?: is|:)|in my (?:capacity|role|function|position|day job|job|other life) as|(?:my |an |"
    r"the )?(?:apprenticeship|traineeship|training|internship) as|i(?:'m| am) (?:what|something)(?: "
    rf"\w+){{0,3}} call|i came (?:here|in|on board) as|i(?:'ve| have)? (?:just )?started as|"
    r"i(?:'m| am) (?:seconded|posted|placed|deployed|engaged|contracted|registered|licensed|certified|"
    r"qualified|training) as|"
    r"(?:also|currently|presently|now|still|day job|by day|profession|position|function|occupation|who i "
    r"am|who am i)[:,]|i (?:am |'m )?work(?:ing)? like|"
    r"i(?:'m| am) (?:training|studying|retraining) to (?:be|become)|my (?:boss|manager|company|employer) "
    r"(?:made|calls|hired) me|as your|as our|this is me,|"
    r"(?-i:Me):|^\W*me[:,]|(?:^\W*|[,;.(-] ?)(?:working|hired|employed|promoted|acting|serving|here|"
    rf"starting) (?:as|to))\s?{DETERMINER}"
    rf"|\b(?:i'?m|i am|my name(?: is|'s)|this is) (?:uh |um )?(?-i:[A-Z][a-z]+)(?: (?-i:[A-Z][a-z]+)"
    rf")? ?[,.] ?(?:and )?(?:i'?m |i am )?{DETERMINER}"
    rf"|\b(?:they|we|management|he|she) (?:have |'ve |just |recently )*(?:made|promoted|"
    rf"appointed|hired) me (?:to |as |to be )?{DETERMINER}"
    rf"|\bi(?:'ve| have| was| got)? (?:been |just )*(?:made|appointed|named|hired|brought in|"
    rf"recruited) (?:as |to be )?{DETERMINER}"
    rf"|\bi(?:'ll| will) be {DETERMINER}|\bmy (?:role|function|job|title|position) (?:in|"
    rf"on|for|at|says)(?: \w+){{0,4}}? (?:is |as )?{DETERMINER}",
)
HERE = Quick(
    r"(?:^|(?:hi|hey|hello)(?: all| there| team| everyone| folks)?[,!.]?\s+|[-–—]\s*|"
    r"[,;]\s*)(?=[a-z][\w/&+ -]{1,45} here\b)",
)
LEAVES_NO_DOUBT = Quick(
    r"\bone of (?:the |our |\w+ )?$|"
    r"(?:\b(?:i'?m|i am|im|as|being|is|me:|me,|hired|work(?:ing)? (?:as|like)|trained as) (?:\w+ "
    r"){0,2}?(?:a|an|the|your|our)"
    r"|(?:title|job|role|position|profession|occupation|me)(?: is|:)|(?:work|working|hired|employed|"
    r"promoted|started) (?:as|like|to)) ?$",
)
WITHOUT = Quick(r"\b(?:without|instead of|from|despite not|before|stop|like|about|of) $")
IN_A_WAY = Quick(
    r" (?:at this point|at heart|for (?:the|a) day|in disguise|apparently|it seems|of sorts|in my dreams|"
    r"myself lately)\b",
)
OF_OTHERS = Quick(
    r"^\W*(?:(?:and|but|so|uh|um|er|well|ok|okay),? )*"
    r"(?:(?:he|she|they|you|who|someone|somebody)\b(?! (?:made|hired|promoted|"
    r"appointed|call|calls|put))|my \w+ (?:is|was|got)\b|(?-i:[A-Z][a-z]+) (?:is|was|got|has)\b)",
)
ALONE = 0.85  # weight of a title that is all that was said: of 44 by writers not met before, 38 are right
FRONT = 25  # characters: an introduction stands this near to the start of a message
BARE = 3  # words that are no more than a title
ADDRESSED = Quick(  # a greeting by name right before: a bare title that follows tells who that is
    r"^(?:good (?:morning|afternoon|evening)|hi|hello|hey|welcome|thanks|thank you)[ ,]+(?-i:[A-Z][a-z]+)\s*[.!]*\s*$"
)
VOCATIVE = Quick(
    r"[^,.;!?]{0,30}[,;!?-]+ ?(?:can|could|please|pls|would|will|do|does|did|you|your|"
    r"is|are|what|how|who|where|when|thanks|any|he|she|they|but (?:he|she|they))\b",
)
GREETING = Quick(
    r"^\W*(?:(?:hi|hiya|howdy|hey|hello|good (?:morning|afternoon)|morning)(?: there| all| team|"
    r" everyone| folks)?[,!. -]+|well,? |ok,? |so,? )?"
    r"(?:(?P<the>the )|(?:(?:a |an |just a )(?=\w+ )))?",
)
INTRODUCED = Quick(
    r"^(?:\s*[.!]?\s*$"
    r"| (?:at|on|in|for|with|of|to|from) (?:the |a |an |our |my )?(?!\w+ \w+ (?:does|is|was|has)n't)[\w "
    r"/&-]{2,14}(?:'s [\w /&-]{2,20}|[\w /&-]{0,16})(?=\s*[.,;:!(–—-]|\s*$)|(?=\s?[,.;:(–—/+-]|\s-\s)"
    r"| (?:by (?:trade|profession|day|night|vocation|training|accident|default|necessity|title)|reporting (?:in|for "
    r"duty)|speaking|checking in|as "
    r"of (?:today|now|\w+day)|at the moment|right now|these days|for (?:\d+|\w+) years|since \w+|here|"
    r"who|trying|looking|plus|and (?=[a-z]+ (?:by|on|in|lead|owner))|but|so|now|working|based|on (?:loan|"
    r"call|duty|nights|parental)|with (?:a|an|no|too|\d+|two|three|one|some|zero)))",
)
SPEAKING = Quick(r" (?:here|speaking|checking in|reporting)\b")
AS_FRONT = Quick(r"\bas\s*(?:a|an|the|teh|our|your)?\s*$")
DENIED = Quick(
    r"\b(?:i'?m|i am|im) (?:really |actually |definitely |certainly |just )*not (?:really |"
    r"actually |longer )*(?:(?:an|a|the|your|our)\b)?\s*|\b(?:i'?m|i am) no (?:longer )?(?:a |"
    r"an |the )?|\bi never was (?:a|an|the) ",
)


def find_who(sentence: Sentence) -> Iterator[Finding]:
    """Role, seniority and background that the writer states of themselves in this sentence."""
    titled = False
    if ADDRESSED.search(sentence.named) and len(sentence.words) <= BARE and "here" not in sentence.words:
        return
    for finding in _find_roles(sentence) if may_name_title(sentence.words) else ():
        titled = titled or finding.weight > 0
        yield finding
    if not sentence.joking:
        leads = list(find_leads(sentence))
        yield from leads
        yield from () if titled or leads else find_fields(sentence)
        yield from find_posts(sentence)
        yield from find_background(sentence)


def _find_introduction(sentence: Sentence) -> Iterator[Finding]:
    """A message that begins with nothing but a title: "Architect, 15 years in banking"."""
    if sentence.start > FRONT or sentence.question:
        return
    greeting = GREETING.match(sentence.text)
    title = match_title(sentence.text, greeting.end() if greeting else 0)
    if title is None or VOCATIVE.match(sentence.text, title.end):
        return
    if greeting and greeting["the"] and not SPEAKING.match(sentence.text, title.end):  # "the designer of the lamp"
        return
    if INTRODUCED.match(sentence.text[title.end :]):
        alone = not sentence.text[title.end :].strip(" .!")  # may as well name somebody else
        yield from (replace(one, weight=ALONE) if alone else one for one in claim(sentence, title.start, title))


def _find_roles(sentence: Sentence) -> Iterator[Finding]:
    text = sentence.text
    for found in () if sentence.words.isdisjoint(DENIAL_CUES) else DENIED.finditer(text):
        title = match_title(text, found.end())
        if title and sentence.is_about_self(found.start()):
            yield disclaim(found.start(), title)
    if sentence.joking:
        return
    yield from _find_introduction(sentence)
    for pattern in (
        () if sentence.words.isdisjoint(ROLE_CUES) else (I_AM, HERE) if "here" in sentence.words else (I_AM,)
    ):
        for found in pattern.finditer(text):
            title = match_title(text, found.end(), unlisted=LEAVES_NO_DOUBT.search(found[0]) is not None)
            if title and _is_claimed(sentence, found, title):
                yield from claim(sentence, found.start(), title)
    yield from find_asides(sentence)


def _is_claimed(sentence: Sentence, found: re.Match[str], title: Title) -> bool:
    text = sentence.text
    phrase = text[max(sentence.clause_at(found.start())[0], found.start() - 12) : title.end]
    if (
        NOT_REALLY.search(phrase.replace("basically the", ""))
        or WITHOUT.search(text[: found.start()])
        or IN_A_WAY.match(text, title.end)
        or OF_OTHERS.match(text[sentence.clause_at(found.start())[0] : found.start()])
        or JOKE.search(text[title.end : title.end + 12])
        or re.search(r"\bnot\b|n't\b", phrase)
    ):
        return False
    front = AS_FRONT.search(found[0]) is not None
    if front and found[0].lower().lstrip(" ,;.(-").startswith("as"):
        return _is_as_self(sentence, found, title)
    return sentence.is_about_self(found.start())


def _is_as_self(sentence: Sentence, found: re.Match[str], title: Title) -> bool:
    """ "As a PM, I …" and "… as a PM?" speak of the writer; "as a PM would" and "as the PM said" do not."""
    text = sentence.text
    if is_comparison(text, found.start(), title.end):
        return False
    rest = text[title.end : title.end + 60]
    return bool(
        re.match(
            r"(?: (?:at|in|on|of|with|for|who)[^,;]{0,40})?[,:]? ?(?:i|i'm|i've|i'd|my|we|our|"
            r"what|how|where|which|is|do|can|could|should|does)\b",
            rest,
            re.IGNORECASE,
        )
    ) and not re.match(
        r",? (?:(?:what |how |why |where |when )?(?:do|can|could|would|should|will|are) )?(?:you|he|she|they)\b", rest
    )


def is_comparison(text: str, start: int, end: int) -> bool:
    """Whether "as the …" compares, assigns or supposes."""
    before = text[max(0, start - 30) : start].lower()
    after = text[end : end + 20].lower()
    return bool(
        re.search(
            r"(?:same|such|well|far|long|soon|much|many|act|acting|pose|posing|treat(?:ed)?|"
            r"respond|answer|think|see \w+|hire[d]? \w*|role-?play|you)\s*,?\s*$",
            before,
        )
        or re.match(
            r" (?:would|said|says|does|mentioned|suggested|asked|told|wrote|put it|explained|"
            r"pointed|requested|wants|once)\b",
            after,
        )
    )
