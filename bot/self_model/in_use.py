"""Tools put to use without any of the usual verbs: "everything is behind Okta here", "mine is Redshift"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.self_model.mentions import Mention, find_mentions
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated
from bot.self_model.usage import (
    BUSY_WITH,
    CONTINUED,
    DOING,
    IN_USE,
    KEPT_IN,
    LABEL,
    LISTED,
    NOT_IN_USE,
    OPERATES,
    OTHERS,
    OWN_SIDE,
    SHOP,
)

JOINED = Quick(
    r"(?:\s|,|\+|&|/|\band\b|\bplus\b|\bwith\b|\ba\b|\bbit of\b|\blot of\b|\blots of\b|\btons of\b|"
    r"\bheaps of\b|\btoo much\b|\bway too much\b|\bterminal\b|\bsome\b|\bmostly\b|\band a bit of\b|[-•*]|"
    r"v?\d+(?:\.\d+)*)*",
)
IS_OURS = Quick(
    r" (?:is|are) (?:our|my|the) (?:\w+ ){0,2}\w+\s*(?:$|[.,!;)]| here| now| of choice|"
    r" for)|(?: mostly| mainly)? (?:shop|house) here",
)
OURS_IS = Quick(
    r"\b(?:mine|ours|(?:our|my) (?:\w+ ){1,3}) ?(?:is|are|runs on|uses|lives (?:in|"
    r"on)|sits (?:in|on)) (?:on |in |all |still |just |mostly )*(?:[\w.+#]+(?:,| and) )*$",
)
PLACED = Quick(
    r"^\W*(?:and |but |so )?(?:all |the |our |most |every )*(?:logs?|pages|payroll|"
    r"contracts?|tickets?|design|docs?|documents?|documentation|invoices?|alerts?|"
    r"metrics|data|dashboards?|reports?|events|code|customers?|orders?|leads|chat|records|patients?|"
    r"patients' records|charts|plans|flight plans|rosters?|timesheets|grades|courses|maps|drawings|models|"
    r"specs|files|case files|policies|claims|bookings|schedules|shifts|photos|footage|assets|levels|"
    r"builds|samples|results|protocols|permits|applications|minutes|budgets|calendar|mail|calls|surveys|"
    r"references|parts|stock|inventory|maintenance|work orders|alarms|telemetry|notes|transcripts|"
    r"backups?|expenses|time ?sheets|planning|signatures|support|everything)"
    r"(?: data| here| requests)?(?:'s| is| are| go(?:es)?| comes?| sits?| lives?| runs?|"
    r" ends? up|come out of|comes out of|come from| lands?| happens?| stored| kept| via| means)*(?: (?:to|from|in|on|"
    r"into|via|through|with))? $",
)
ALL_DAY = Quick(r"(?: (?-i:[A-Z])\w+)? (?:all day|every day|daily|mostly|mainly|user|guy|person)\b")
WE_USE = Quick(  # what is done with a tool that stands in front: "Grafana I use daily", "Jira is where we track it"
    r"(?:,? (?:that'?s|is|it'?s) (?:what|where|how|the one|the thing))? (?:i|we) (?:also |still |mostly |mainly |only |"
    r"just |actually |really )*(?:use|work|live|run|rely|track|keep|plan|store|write|draw|build|manage|do)\b",
)
NOW_IT_IS = Quick(r"\b(?:it'?s|we'?re|we are|now on|now it'?s|now) (?:all |on |now |just |only )*$")
FOR_TASK = Quick(
    r"(?:,? (?:and |& |plus )?[A-Z][\w.]+){0,3} for (?:our |the |all )?(?:monitoring|"
    r"alerting|logs|logging|metrics|dashboards|dashboarding|reporting|orchestration|"
    r"transformations?|ingestion|streaming|events|queues?|storage|tickets|ticketing|"
    r"docs|documentation|chat|ci|ci/cd|deploys|deployments|auth|sso|identity|warehousing|"
    r"analytics|bi|data|code|version control|crm|project management|planning|infra|"
    r"infrastructure|etl|elt|search|ml|notebooks|design)\b",
)
LISTING = re.compile(r"\W*(?:[A-Z][\w.]+(?:,? (?:and|&|plus|\+) |, ))*", 0)


def find_in_use(sentence: Sentence, mentions: Sequence[Mention], told: set[int]) -> Iterator[Finding]:
    """The tools of these mentions that the writer or their team works with; `told`: offsets already dealt with."""
    listed = SHOP.search(sentence.text) or LISTED.search(sentence.text)
    bare = _is_bare_list(sentence, mentions)
    divided = _is_divided(sentence, mentions)
    last: int | None = None  # where the tool before this one ends, if it is in use
    for mention in mentions:
        if mention.start in told or mention.tool is None:
            continue
        in_list = (
            listed is not None
            and not ABOUT_IT.match(sentence.text, mention.end)
            and mention.start >= listed.end()
            and sentence.is_about_self(listed.start())
        )
        joined = (
            last is not None
            and JOINED.fullmatch(sentence.text[last : mention.start]) is not None
            and not VERB_AFTER.match(sentence.text, mention.end)
            and not sentence.text.startswith("'", mention.end)
        )
        if bare or divided or in_list or joined or _is_worked_with(sentence, mention):
            last = mention.end
            told.add(mention.start)
            start = listed.start() if listed and in_list else sentence.clause_at(mention.start)[0]
            yield Finding(
                address=f"tool:{mention.tool.category}",
                value=mention.tool.name,
                start=start,
                end=mention.end,
                weight=0.8,
            )


def _is_bare_list(sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence begins with two or more tools and nothing between them: "zendesk + intercom + …"."""
    if len(mentions) < FEWEST_LISTED or sentence.question or is_negated(sentence.text):
        return False
    first, second = mentions[:2]
    between = sentence.text[first.end : second.start]
    return bool(
        JOINED.fullmatch(sentence.text[: first.start])
        and between.strip()
        and JOINED.fullmatch(between)
        and not VERB_AFTER.match(sentence.text, second.end)
        and not RIVALS.search(sentence.text)
    )


def _is_divided(sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence begins with a tool and tells what each is for: "Perforce for assets, git for code"."""
    if len(mentions) < FEWEST_LISTED or mentions[0].start > len("and ") or sentence.question:
        return False
    return all(one.tool is None or TASK.match(sentence.text, one.end) for one in mentions)


TASK = Quick(r" for (?!me\b|us\b|now\b|free\b|you\b)(?:our |the |all |my )?[a-z]")
FEWEST_LISTED = 2
VERB_AFTER = Quick(r" (?:is|are|was|were|have|has|can|do|does|did|both|will|seem|keep|work|don't|won't|got|go|look)\b")
RIVALS = Quick(r"\b(?:vs|versus|or|better|compared?|difference|between|which)\b")


def _is_worked_with(sentence: Sentence, mention: Mention) -> bool:
    start, end = sentence.clause_at(mention.start)
    clause = sentence.text[start:end]
    before, after = clause[: mention.start - start], clause[mention.end - start :]
    if LEAVING.search(before):
        return False
    if sentence.question or is_negated(clause) or not sentence.is_about_self(mention.start) or OTHERS.search(clause):
        return False
    if BUSY_WITH.match(sentence.text[: mention.start]) and not DISTANT.search(clause):
        return True
    if LABEL.search(before) or PLACED.search(before):
        return True
    if NOT_IN_USE.search(before + FURTHER_ON.split(after, maxsplit=1)[0]):
        return False
    if CONTINUED.search(before) and (OWN_SIDE.search(sentence.text[:start]) or OWN_AFTER.search(sentence.text[end:])):
        return True
    if KEPT_IN.search(before) and start == 0 and not OTHERS.search(clause):
        return True
    if LABEL.search(before) or (OWN_AFTER.match(after) and HAS_VERB.search(before)):
        return True
    return bool(
        (OWN_SIDE.search(before) and (IN_USE.search(before) or _is_own_doing(before, after)))
        or IS_OURS.match(after)
        or OURS_IS.search(before)
        or (start == 0 and FOR_TASK.match(sentence.text[mention.end :]) and LISTING.fullmatch(before))
        or NOW_IT_IS.search(before)
        or PLACED.search(before)
        or (not before.strip() and (ALL_DAY.match(after) or WE_USE.match(after)))
        or (LISTING.fullmatch(before) and OPERATES.match(after) and _is_own_place(sentence, mention))
    )


OWN_AFTER = Quick(
    r"(?:[^,.;!?]{0,30}? |^ |\b)(?:for us|with us|on our (?:side|end)|at our (?:place|company|site|end)|"
    r"by (?:me|us)|that'?s us|in our (?:team|department|office|lab|shop|ward|unit|plant)|here)\b",
)
HAS_VERB = Quick(
    r"\b(?:is|are|it's|it is|runs?|goes|go|happens|lives?|sits?|comes?|means|everything|"
    r"all)\b[^,.;]{0,25}$",
)
FURTHER_ON = Quick(r"\b(?:and|but|so|which|because|where)\b|,")
LEAVING = Quick(
    r"\b(?:off(?: of)?|away from|rid of|out of the|instead of|moving from|goodbye to|bye to) (?:the |our )?$"
)
DISTANT = Quick(r"\b(?:course|tutorial|evaluat\w+|trial|demo|example|article|docs)\b")


def _is_own_doing(before: str, after: str) -> bool:
    """Whether the words up to a tool are the writer's side and what it does, in however many words."""
    return DOING.search(before) is not None and not ABOUT_IT.match(after)


ABOUT_IT = Quick(
    r" (?:rep|reps|people|guys|guy|consultants?|sales|support|docs|documentation|talk|conference|meetup|"
    r"course|training|team|website|"
    r"blog|article|demo|trial|webinar|alternative|alternatives|fan|fans|hype|lovers?|certification|exam|"
    r"experts?|developers?|errors?|jokes?|bugs?|outages?)\b",
)


def _is_own_place(sentence: Sentence, mention: Mention) -> bool:
    """Whether a sentence about a tool speaks of the tools at hand: it names several, or the writer's side."""
    several = sum(one.tool is not None for one in find_mentions(sentence.text)) > 1 and mention.start < FRONT
    return several or OWN_SIDE.search(sentence.text) is not None


FRONT = 60  # characters
