"""Job titles in running text: "the senior data engineer" -> role "data engineer", seniority "senior"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.self_model.lexicon import load_occupations, mend
from bot.self_model.quick import Quick

CHIEFS = "cto|ceo|cfo|coo|cio|ciso|cmo|cpo|cdo|cro|chro|cso|caio"
TITLE_WORDS = frozenset(
    """
    account ai analytics android app application audio aws azure back back-end backend bi brand budget business
    catalog chain chief clinical cloud commercial comms communications community compliance content corporate crm
    customer data database delivery design desk developer devops digital docs documentation dwh e-commerce ecommerce
    electrical embedded end engineering enterprise erp etl etl- events executive experience field finance financial
    firmware front front-end frontend full full-stack fullstack game gcp general governance group growth hardware
    helpdesk hr incident industrial information infosec infra infrastructure insights integration interface ios it
    java junior kafka knowledge knowledge-base kubernetes lab lead learning legal logistics machine managing
    marketing master mechanical media medical ml mobile network office operations ops partner payroll people
    platform pr pre-sales presales principal privacy procurement product program programme project python qa quality
    regional release reliability reporting research revenue risk sales salesforce sap security senior service site
    snowflake social software solution solutions sql stack staff strategy success supply support system systems
    talent team tech technical test training ui user ux vice video visualization warehouse web workspace
    """.split()
)
BROKEN = (
    "a|an|the|and|or|of|for|to|in|at|on|with|by|from|as|who|that|which|than|so|but|"
    "if|it|its|my|your|our|their|his|her|this|not|no|"
    "is|are|was|were|be|been|am|have|has|had|do|does|working|looking|trying|reporting|"
    "talking|asking|helping|using|happy|glad|sure|afraid|"
    "sorry|here|there|also|still|just|like|about|into|over|under|every|any|some|friend|"
    "fan|big|huge|one|between|"
    "going|getting|having|being|doing|making|seeing|waiting|meeting|hiring|looking|"
    "yes|yeah|yep|nope|ok|okay|thanks|thank|cheers|dear|hello|hi|hey|please|sorry|congrats|"
    "congratulations|welcome|bye|aye|"
    "interviewing|replacing|becoming|need|want|our|your|me|you|us|we|they"
)
SUPERLATIVE = re.compile(r"[a-z]{3,}est")
BROKEN_WORDS = frozenset(BROKEN.split("|"))
WORD = Quick(r"[a-z&][\w/&+#.-]*")
GAP = re.compile(r" +")
OF_A = Quick(r" of (?:an?|the|our) [a-z]")
LOOKED_AT = 8  # words of a title at most, its head among them
JOB_ENDING = re.compile(r"[a-z]{3,}(?:er|or|ist|ician|ologist|grapher|keeper|wright|smith|man|woman|monger|agent)$")
OF = Quick(
    r"(?P<of>(?:,? of | for |, | - )(?:the )?(?!(?:the|a|an|this|that|my|your|our|"
    r"all|it|which|who|i|we|so|but|and|now|not|in|on|with|at|from|to|by|"
    r"about|years|months|fun|free|today|here|over|more|sure|what|how|can|is|do|\d+)\b)[a-z&][\w&/-]*(?:"
    r" (?:and|&) [a-z]+| (?!(?:at|in|on|and|but|so|here|with|"
    r"for|who|since|now|from|by|to|the|is|as|i|we|or|until|looking|working|trying|"
    r"because|team|department|org|which|that|then)\b)[a-z][\w-]*){0,2})",
)
HEAD_OF = Quick(r"(?:head|director|vp|vice president|svp|evp|lead|chief|manager|president)$")
STRIPPED = frozenset(
    """
    acting actual bad brand-new busy current currently decent dedicated designated experienced fellow first
    freelance full-time fulltime good great hands-on happy humble interim kind little local lone long-time longtime
    lowly main mainly mere more mostly new newest newly non-technical nontechnical official old only other part-time
    parttime plain poor primarily proud quite real regular remote resident same seasoned second simple single sole
    uh um er half elected certified registered licensed chartered qualified trained officially technically basically
    currently presently actually mostly mainly originally newly freshly recently just freshly-minted humble proud
    municipality's hospital's school's company's city's city university's group's technical-ish terrible then tired
    very veteran
    """.split()
)
UNREAL = frozenset(
    """
    former ex aspiring wannabe wanna-be future fake pretend would-be so-called self-proclaimed self-styled failed
    retired honorary armchair virtual imaginary amateur hobby previous recovering reluctant accidental glorified human
    bad stupid silly terrible lousy awful horrible hopeless rubbish crap clumsy
    """.split()
)
SENIORITIES = {
    "executive": "chief",
    "senior": "senior sr sr. staff principal distinguished",
    "junior": "junior jr jr. intern trainee apprentice graduate entry-level associate student",
    "lead": "lead leading head",
    "mid": "mid-level mid intermediate",
}
BY_WORD = {word: level for level, words in SENIORITIES.items() for word in words.split()}
ACRONYMS = frozenset(
    """
    cto ceo cfo coo cio ciso cmo cpo cdo cro chro cso caio vp svp evp avp sre dba pm tpm em qa
    bi hr ml ai it ap ar hrbp sdr bdr csm ux ui sap crm erp sql aws gcp etl ios api dwh pr dpo sdet swe sde
    """.split()
)
SAME = {
    "dev": "developer",
    "eng": "engineer",
    "engineers": "engineer",
    "mgr": "manager",
    "sysadmin": "system administrator",
    "front-end": "frontend",
    "back-end": "backend",
    "marketeer": "marketer",
    "teamlead": "team lead",
    "co-founder": "cofounder",
    "swe": "software engineer",
    "sde": "software engineer",
}
VICE = ("vp", "svp", "evp", "avp")
VICE_OF = Quick(
    r"(?: (?:data|platform|product|engineering|security|marketing|sales|finance|analytics|support|operations|it|hr|"
    r"infrastructure|design|legal|compliance|procurement|growth|research|customer success|customer|people|risk|"
    r"technology|strategy|revenue|business development|manufacturing|quality|communications|global|eng|ops)\b"
    r"(?: and(?= (?:data|product|eng|ops|it|design|analytics)))?)+(?: (?:engineering|management|development))?",
)
PERSON = frozenset({"guy", "person", "girl", "gal", "lady", "dude"})
ROLE_LIMIT = 6  # words
MODIFIERS = 5  # words before the head
FEW = 3  # words of a title whose head no list has


@dataclass(frozen=True, slots=True)
class Title:
    """A job title found in a text: the role without its seniority, the seniority or "", and its offsets."""

    role: str
    seniority: str
    start: int
    end: int


def match_title(text: str, position: int, *, unlisted: bool = False) -> Title | None:
    """The title that starts at a position of a text, if one does.

    `unlisted`: a noun that is built like an occupation will do, where the words before leave no doubt that one follows.
    """
    words = _words_at(text, position)
    last = _find_head(words, unlisted=unlisted)
    if last is None:
        return None
    count, head, meant = last
    mods = [word.lower() for _, _, word in words[: len(words[:count]) - len(head.split())]]
    end = words[count - 1][1]
    found = OF.match(text, end) if HEAD_OF.search(head) or head in ("vp", "lead") else None
    of = found["of"] if found else ""
    if head == "manager" and not of.startswith(" of ") and any(word not in BY_WORD for word in mods):
        of = ""  # "product manager, onboarding": the title says already of what
    if head in VICE and not of and (field := VICE_OF.match(text, end)):
        of = field[0]
    if of.startswith((", ", " - ")) and not of.startswith(", of ") and not _names_field(of, mods):
        of = ""  # "I'm the finance lead, show me numbers"
    end += len(of)
    mods = [word for word in mods if not SUPERLATIVE.fullmatch(word)]
    known = [word for word in mods if word not in STRIPPED]
    if any(word.strip("-") in UNREAL or word.startswith("ex-") for word in mods) or _goes_on(text, end):
        return None
    if (
        head in load_occupations().weak - load_occupations().heads
        and not of
        and not (_says_of_what(known) or OF_A.match(text, end))
    ):
        return None
    return _make_title(known, meant, of, start=position, end=end)


def _names_field(of: str, mods: list[str]) -> bool:
    """Whether what follows a title and a comma may be its line of work, which the title does not say already."""
    first = re.findall(r"\w+", of)[0]
    told = _says_of_what([word for word in mods if word != "vice"])
    return not told and (first[0].isupper() or first.lower() in _field_words())


def _says_of_what(words: list[str]) -> bool:
    """Whether a word before "lead", "officer" or "guy" says of what."""
    fields = load_occupations().fields
    words = [word for word in words if word not in BY_WORD]
    return any(word in TITLE_WORDS or word in _field_words() for word in words) or " ".join(words) in fields


def may_name_title(words: frozenset[str]) -> bool:
    """Whether one of these words can be the head of a title: a cheap look before the dear one."""
    heads = _last_words()
    return any(word in heads or word.endswith(ENDINGS) for word in words)


ENDINGS = ("er", "or", "ist", "ian", "man", "ers", "ors", "ists")


@cache
def _last_words() -> frozenset[str]:
    known = load_occupations()
    return frozenset(re.split(r"[^a-z']", name)[-1] for name in known.heads | known.weak)


@cache
def _field_words() -> frozenset[str]:
    """The words that lines of work are named with."""
    return frozenset(word for name in load_occupations().fields for word in name.split() if len(word) > SMALL_WORD)


SMALL_WORD = 3  # letters


def _words_at(text: str, position: int) -> list[tuple[int, int, str]]:
    """The words from a position on that can belong to one title: start, end and word."""
    words: list[tuple[int, int, str]] = []
    while len(words) < LOOKED_AT and (found := WORD.match(text, position)):
        word = found[0].rstrip(".-/&+")
        if (word.lower() in BROKEN_WORDS and word != "IT") or not word:
            break
        words.append((found.start(), found.start() + len(word), word))
        gap = GAP.match(text, found.end())
        if gap is None or len(word) < len(found[0]):
            break
        position = gap.end()
    return words


def _find_head(words: list[tuple[int, int, str]], *, unlisted: bool) -> tuple[int, str, str] | None:
    """Where the longest title of these words ends, its head as written, and as it was meant."""
    known = load_occupations()
    lower = [word.lower() for _, _, word in words]
    for count in range(len(words), 0, -1):
        for length in (3, 2, 1):
            head = " ".join(lower[count - length : count])
            if length <= count and (head in known.heads or (length == 1 and head in known.weak)):
                return (count, head, head) if count - length <= MODIFIERS else None
        last = lower[count - 1]
        if unlisted and last.endswith("s") and last[:-1] in known.heads:
            return count, last, last[:-1]
        if last in known.not_jobs:
            continue
        if meant := mend(last, "heads"):
            return count, last, meant
        if unlisted and count <= FEW and JOB_ENDING.match(last):
            return count, last, last
    return None


def _make_title(mods: list[str], head: str, of: str, *, start: int, end: int) -> Title | None:
    field = re.sub(r"^(?:,? of | for |, | - | )(?:the )?", "", of, flags=re.IGNORECASE).lower()
    words = [
        word for word in mods if BY_WORD.get(word) is None or (word == "lead" and head not in ("engineer", "developer"))
    ]
    role_words = [SAME.get(word, word) for word in (*words, *([] if head in PERSON else head.split()))]
    role = " ".join(role_words)
    if field:
        role = f"{role} {field}" if head in VICE or role == "vice president" else f"{role} of {field}"
    if len(role.split()) > ROLE_LIMIT or not role:
        return None
    role = " ".join(word.upper() if word in ACRONYMS else word for word in role.replace("vice president", "vp").split())
    return Title(role, _seniority(mods, head), start, end)


def _seniority(mods: list[str], head: str) -> str:
    if (
        re.fullmatch(CHIEFS, head)
        or head in ("vp", "svp", "evp", "founder", "cofounder", "co-founder")
        or "chief" in mods
    ):
        return "executive"
    if head == "president" or (head in ("director",) and mods[:1] == ["managing"]):
        return "executive"
    if head in ("intern", "trainee", "apprentice", "working student"):
        return "junior"
    if head in (
        "lead",
        "head",
        "leader",
        "tech lead",
        "team lead",
        "teamlead",
        "director",
        "em",
        "engineering manager",
        "supervisor",
        "product lead",
    ):
        return "lead"
    named = [BY_WORD[word] for word in mods if word in BY_WORD]
    if head == "manager" and mods[-1:] in (["engineering"], ["team"]):
        return "lead"
    return named[0] if named else ""


def _goes_on(text: str, end: int) -> bool:
    """Whether the noun phrase runs on past the title, so that the title is not its head ("the CTO's friend")."""
    after = text[end : end + 24].lower()
    return bool(
        re.match(
            r"'s\b(?! been)|\s+(?:wannabe|whisperer|friend|colleague|boss|assistant to|stuff|"
            r"things?|work|job|role model|role i|interview|position opening)\b",
            after,
        )
    )
