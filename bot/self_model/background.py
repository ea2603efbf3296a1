"""Where someone comes from: earlier jobs and fields, studies, how long they have been at it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.self_model.lexicon import load_origins
from bot.self_model.phrases import take_phrase
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence

WORK = (
    r"(?:(?!meeting|morning|evening|building|thing|nothing|something|wedding|outing)\w+ing\b|background|"
    r"world|side|consult\w+|banking|finance|academia|marketing|sales|engineering|research|"
    r"teaching|retail|healthcare|industry|startups?|law|design|accounting|journalism|network\w*|support|operations|ops|"
    r"nursing|medicine|military|army|navy|logistics|hospitality|education|biology|physics|chemistry|math\w*|statistics|"
    r"economics|psychology|hr|legal|security|infra\w*|platform|product|data|software|hardware|devops|sysadmin|qa|"
    r"testing|analytics|bi|insurance|telco|telecoms?|government|public sector|gaming|media|publishing|agency|agencies|"
    r"management|planning|trade|ministry|hospital\w*|hotels?|clinic\w*|bank\w*|airline\w*|aviation|"
    r"railways?|shipping|construction|farming|agriculture|mining|oil|gas|nuclear|wind|theatre|film|"
    r"television|tv|radio|newspapers?|print\w*|fashion|food|catering|kitchens?|pharmacy|nurs\w+|care|"
    r"social work|police|fire service|civil service|council|tax|audit|claims|underwriting|trading|"
    r"brokerage|actuarial|procurement|purchasing|call cent(?:er|re)s?|wards?|labs?|shop|shop floor|house|"
    r"company|industry|job|career|degree|java|python|cobol|mainframe\w*|sap|excel|sql|oracle|c\+\+|unity|"
    r"tools|games?|animation|architecture|urbanism|geology|linguistics|musicology|literature|history|"
    r"philosophy|translation|library|museum|archives?|forestry|veterinary|dental|physio\w*|manufacturing|"
    r"automotive|energy|pharma\w*|science|helpdesk|customer|backend|frontend|web|mobile|embedded)"
)
YEARS = (
    r"(?:\d+\+?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|a few|many|several)[- ]?"
    r"(?:odd |plus )?(?:years?|yrs)"
)
STUDY = r"(?:uni|university|college|school|grad school)"
BACKGROUND_CUES = frozenset(
    """
    coming come came originally background used previously formerly former previous last old before ex past studied
    trained degree phd masters master's master mba bachelors bsc msc doctorate thesis dissertation started began
    spent trained qualified interned apprenticed apprenticeship freelanced recovering retired earlier majored
    graduated diploma training years year yrs joined career did at in was spent uni university college school
    """.split()
)
BACKGROUND = Quick("|".join(load_origins()).replace("WORK", WORK).replace("YEARS", YEARS).replace("STUDY", STUDY))
FRAGMENT = Quick(  # at the start of a sentence that has no subject
    rf"^\W*(?:and |so |but )?(?:used to (?:be|work (?:as|in|at|for)|run|teach|do|lead) (?:an? |the )?"
    rf"|ex[- ](?=[a-z]+\b)|(?:former|formerly)(?: an?)? (?=[a-z])|joined (?=from (?:the |an? |our )?\w)"
    rf"|(?:started|began) (?:out )?(?:on|in|as) (?:an? |the )?|originally from (?=(?:[\w-]+ ){{0,2}}{WORK})"
    rf"|career[- ]changer:? |(?:over |more than |nearly |almost |around |about |some )?{YEARS}(?: "
    r"experience)? (?:in|on|as an?|as|at|of|with|across|behind|under) (?:an? |the )?(?=[a-z][\w "
    rf"&'/-]{{3,50}})|{YEARS} (?:as (?:an? )?|of |in )?(?=[\w ]{{3,40}} before (?:i|this|that|joining"
    rf"|coming)\b))",
)
IN_TRADE = Quick(rf", (?P<what>{YEARS} (?:in|of|as) [a-z][\w ]{{2,40}}?)(?=[,.;!]|$)")
EX_THING = Quick(r"\bex[- ](?:wife|husband|girlfriend|boyfriend|partner|colleague|boss|customer|employer)")
UNFINISHED = Quick(r" (?:in|of|on|at)$")
STARTING = Quick(r"\bstarted as\b[^.!?]{3,40}? (?:(?:this|last) (?:week|month)|today|yesterday|on monday)\b")  # of late
RUNS_ON = Quick(r" (?:i|before|until|here|myself|and then)\b.*$")


def find_background(sentence: Sentence) -> Iterator[Finding]:
    """Background that the writer states in this sentence."""
    if sentence.words.isdisjoint(BACKGROUND_CUES):
        return
    if EX_THING.search(sentence.text):
        return
    front = FRAGMENT.match(sentence.text)
    for found in (front,) if front else BACKGROUND.finditer(sentence.text):
        phrase = take_phrase(sentence, found.end())
        if STARTING.search(sentence.text, found.start()):
            continue
        if phrase and sentence.is_about_self(found.start()) and not UNFINISHED.search(sentence.text[: phrase[1]]):
            start, end = phrase
            value = RUNS_ON.sub("", sentence.text[start:end])
            yield Finding(address="background", value=value, start=found.start(), end=start + len(value))
    trade = IN_TRADE.search(sentence.text)
    if trade and sentence.start == 0 and not sentence.question and sentence.is_about_self(trade.start()):
        yield Finding(address="background", value=trade["what"], start=trade.start("what"), end=trade.end(), weight=0.8)
