"""Where someone stands: what they lead or no longer lead, how new or long at it they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import OF_SELF, Finding, Sentence

STANDING_CUES = frozenset(
    """
    been out am as just promoted graduated junior years no not college university uni school bootcamp in
    """.split()
)
STEPPED_DOWN = Quick(
    r"\bi(?:'ve| have)? (?:just |recently |now )*(?:handed over|stepped down from|"
    r"gave up|stopped (?:leading|running|managing)|"
    r"no longer (?:run|lead|manage|head)|don't (?:run|lead|manage|head)) (?:leading |running )?(?:the |our |my )?"
    r"(?P<what>[a-z&][\w&/-]*(?: [a-z&][\w&/-]*){0,2}?) (?:teams?|group|squad|department|"
    r"org|unit|practice|guild|chapter|division)\b",
)
LEADS = Quick(
    r"\b(?:i|i'm the one who|i'm currently|i now|i currently)\s+(?:also |now |currently |"
    r"still )*(?P<verb>run|lead|head up|head|manage|own|oversee|am running|am leading|"
    r"'m leading|'m running|am responsible for|'m responsible for|look after|am in charge of|"
    r"'m in charge of|supervise)"
    r"\s+(?P<rest>(?:the |our |a |all of |all |an )?(?P<what>[a-z&][\w&/-]*(?: (?!(?:team|"
    r"teams|group|squad|department|org|function|unit|practice)\b)(?!(?:and|for|at|"
    r"in|on|with|here|so|but|of)\b)[a-z&][\w&/-]*){0,3}) (?P<unit>teams?|group|squad|"
    r"department|org|organisation|organization|function|unit|practice|guild|chapter|desk|crew|"
    r"division))\b",
)
LEADS_FIELD = Quick(
    r"\bi\s+(?:also |now |currently |still )*(?:run|lead|head up|head|oversee|am responsible for|"
    r"am in charge of|look after)\s+(?P<what>(?:(?:data|platform|product|engineering|"
    r"security|marketing|sales|finance|analytics|support|operations|it|infrastructure|"
    r"design|legal|compliance|procurement|hr|growth|research|customer|success|people|"
    r"risk|devops|business|intelligence|quality|content|brand|revenue)\b ?(?:and |"
    r"& )?)+)(?=$|[,.;!)(-]|\s(?:for|at|here|in|across|of)\b)",
)
TEAM_OF = Quick(
    r"\bi (?:also |now |currently )*(?:manage|lead|run|supervise|have)\s+(?:a )?(?:small |"
    r"big |large |growing )?(?:team|group|staff|squad) of (?:about |around |roughly |"
    r"some )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a dozen|twelve|fifteen|"
    r"twenty)\b|\bi (?:manage|lead|supervise) (?:about |around )?(?:\d+|two|three|"
    r"four|five|six|seven|eight|nine|ten) (?:people|engineers|analysts|developers|"
    r"designers|reports|direct reports)|\bi(?:'ve| have)(?: got)? (?:\d+|\w+) "
    r"(?:direct )?reports\b(?= ?$|[,.;!]| (?:and|in|on|who|across)\b)",
)
FRESH = Quick(
    r"\b(?:fresh|straight|right|just) out of (?:college|uni|university|school|bootcamp|"
    r"grad school)|\bmy first (?:real |proper |full-time |tech )?job\b|\bi(?:'m| am) (?:still )?"
    r"(?:an? )?(?:junior|new grad|recent grad(?:uate)?|career[- ]changer)\b|\bi(?:'m|"
    r" am) (?:still )?(?:pretty |very |quite |fairly )?junior\b|\bjust graduated\b|"
    r"\bi graduated (?:last|this)\b",
)
EXECUTIVE = Quick(
    r"\bi(?:'m| am)?(?: also| now| still)* (?:sit )?(?:on|part of|in|a member of) (?:the|our) (?:(?:exec|executive|"
    r"management|senior leadership|leadership|executive leadership) (?:team|board|committee|group)|c-suite|slt|elt|"
    r"board of directors)\b",
)
OF_THE_TOP = Quick(r"\bas one of the (?:principals|seniors|partners|leads|senior \w+s)\b")
STARTING_OUT = Quick(
    r"(?:\bi(?:'m| am)|^\W*(?:i )?am)(?: only| just| still| currently| here as)* (?:an? |the )?(?:\w+ )?"
    r"(?:apprentice|trainee|intern|working student|associate|graduate|new grad|first[- ]year|second[- ]year)\b"
    r"(?=\s*(?:[,.;!(]|$)| (?:still|here|at|in|on|so|and|with|until)\b)",
)
LONG_AT_IT = Quick(
    r"\b(?:been (?:doing this|doing it|at (?:it|this)|in (?:this|the) (?:job|business|field|industry|trade|game|role)|"
    r"around)|in (?:this|the) (?:business|field|industry|trade|game)) (?:for |since )?(?:well )?(?:over |more than"
    r" |about |"
    r"almost |nearly )?(?:1\d|[2-4]\d|ten|twelve|fifteen|twenty|thirty|a dozen)\+?[- ]?(?:odd|something"
    r"|plus)? ?years\b",
)
RAISED = Quick(
    r"\b(?:(?:i(?:'ve| have| was| got)?|just) )(?:just |been |got |recently |finally |now )*(?:bumped|promoted"
    r"|moved|made)"
    r"(?: up)?(?: to| into)? (?:an? )?(?P<level>senior|lead|principal|staff|junior|mid-level)\b",
)
LEVEL = Quick(
    r"\bi(?:'m| am)(?: now| just| still| officially| only| already)* (?:a |an )?(?P<level>junior|"
    r"mid-level|mid|senior|principal)"
    r"(?= now| as of| level|-level| again|\s*[,.;!)]|\s*$| (?:at|in|on|here|with)\b)",
)
NO_LONGER = Quick(r"\b(?:no longer|not) (?:a |an )?(?P<level>junior|mid-level|senior)\b(?! \w)")
LEVELS = {"mid-level": "mid", "principal": "senior", "staff": "senior"}
EXPERIENCE = (
    (TEAM_OF, "lead"),
    (FRESH, "junior"),
    (STARTING_OUT, "junior"),
    (EXECUTIVE, "executive"),
    (OF_THE_TOP, "senior"),
    (LONG_AT_IT, "senior"),
)


def find_standing(sentence: Sentence) -> Iterator[Finding]:
    """Leading and seniority that the writer states in this sentence."""
    if sentence.words.isdisjoint(OF_SELF) and sentence.words.isdisjoint(STANDING_CUES):
        return
    yield from _find_leading(sentence)
    yield from _find_stepping_down(sentence)
    yield from _find_experience(sentence)
    yield from _find_level(sentence)


def _find_level(sentence: Sentence) -> Iterator[Finding]:
    """Seniority said outright: "I'm mid-level now", "no longer junior"."""
    for pattern, weight, source in (
        (NO_LONGER, -1.0, Source.CORRECTION),
        (LEVEL, 1.0, Source.STATED),
        (RAISED, 1.0, Source.CORRECTION),
    ):
        for found in pattern.finditer(sentence.text):
            said = found["level"].lower()
            if sentence.is_about_self(found.start()):
                yield Finding(
                    address="seniority",
                    value=LEVELS.get(said, said),
                    start=found.start(),
                    end=found.end(),
                    weight=weight,
                    source=source,
                )


def _find_leading(sentence: Sentence) -> Iterator[Finding]:
    for found in LEADS.finditer(sentence.text):
        if sentence.is_about_self(found.start()):
            what = re.sub(r"^(?:the|our|a|an|all)\s+", "", found["what"].lower())
            yield Finding(address="role", value=f"{what} lead", start=found.start(), end=found.end(), weight=0.9)
            yield Finding(address="seniority", value="lead", start=found.start(), end=found.end(), weight=0.7)
    for found in LEADS_FIELD.finditer(sentence.text):
        if sentence.is_about_self(found.start()):
            yield Finding(
                address="role",
                value=f"head of {found['what'].lower().strip()}",
                start=found.start(),
                end=found.end("what"),
                weight=0.9,
            )
            yield Finding(address="seniority", value="lead", start=found.start(), end=found.end("what"), weight=0.7)


def _find_experience(sentence: Sentence) -> Iterator[Finding]:
    for pattern, level in EXPERIENCE:
        found = pattern.search(sentence.text)
        if found and sentence.is_about_self(found.start()):
            yield Finding(address="seniority", value=level, start=found.start(), end=found.end(), weight=0.8)


def _find_stepping_down(sentence: Sentence) -> Iterator[Finding]:
    for found in STEPPED_DOWN.finditer(sentence.text):
        if sentence.is_about_self(found.start()):
            for address, value in (("role", f"{found['what'].lower()} lead"), ("seniority", "lead")):
                yield Finding(
                    address=address,
                    value=value,
                    start=found.start(),
                    end=found.end(),
                    weight=-1.0,
                    source=Source.CORRECTION,
                )
