"""The tools someone works with: stated ("we use …", "our … cluster"), left behind, or ruled out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.self_model.in_use import find_in_use
from bot.self_model.lexicon import load
from bot.self_model.mentions import Mention, find_mentions, past_undertaking
from bot.self_model.model import Source
from bot.self_model.own_words import BLANK
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated
from bot.self_model.unknown_tools import ADVERBS, WE, find_unknown

USES = Quick(
    rf"\b(?:{WE} {ADVERBS}(?:uses?(?!d to\b)|using|runs?(?: everything| it all| all our \w+| our \w+|"
    rf" on)?(?: on| in)?|running(?: on| in)?|on(?= (?-i:[A-Z]))|relying on|rel(?:y|ies) on|"
    rf"(?:are |is |'re )?(?:deployed|hosted|standardi[sz]ed|based|all in|stuck|set up|"
    rf"built) (?:on|in|with)|live in|lives in|"
    rf"work(?:s)? (?:mostly |mainly |daily |a lot |every day )?(?:in|with|on)|working (?:mostly "
    rf"|mainly |daily |a lot )?(?:in|with)|have(?! no\b)(?= (?-i:[A-Z]))|has(?= (?-i:[A-Z]))|store \w+ \w* ?(?:in|"
    rf"on)|write(?:s)? (?:mostly |mainly |everything )?in(?= (?-i:[A-Z]))|(?:moved|migrated|"
    rf"switched|changed) (?:everything |over |all \w+ |our \w+ (?:\w+ )?)?(?:to|over to|"
    rf"onto)|(?:just |recently )?(?:adopted|deployed|rolled out|bought|picked|chose|"
    rf"settled on|went with)|stand(?:s|ing)? on|code in|program in|develop in|deploy(?:s)? (?:\w+ "
    rf")?(?:on|to|with)|orchestrate \w* ?(?:with|in)|keep \w+ (?:\w+ )?in|manage \w+ (?:\w+ )?(?:with|"
    rf"in)|pay for|maintain|operate|administer)"
    rf"|i meant|(?:our|my) (?:\w+ ){{0,3}}?(?:stack|warehouse|data warehouse|lakehouse|database|"
    rf"db|orchestrator|queue|broker|cloud|cloud provider|bi tool|crm|idp|identity provider|"
    rf"sso|monitoring|alerting|wiki|dashboards?|tooling|tool|tools|setup|pipelines?|"
    rf"infrastructure|infra|backend|platform|ticketing|system|systems|etl|ci|ide|data|"
    rf"docs|tickets)(?: here| today| right now| currently)*(?: is| are|:| =| runs? (?:on|"
    rf"in)| lives? (?:on|in)| sits? (?:on|in)| consists? of| includes?| (?:is|are) (?:built|"
    rf"based|hosted|running) (?:on|in|with))"
    rf"|(?:stack|tools|tooling):|(?:we're|we are|i'm in|i'm at|this is) an? (?:heavy |"
    rf"pure |big |mostly )?(?=[\w ]+ (?:shop|house|company|place|user)\b))",
)
OURS = Quick(
    r"\b(?:our|my) (?:own |existing |current |new |prod |production |main |internal |"
    r"self-hosted |managed |little |whole |entire |\w+ )??$",
)
OURS_NOUN = Quick(
    r"(?:'s)? (?:cluster|instance|warehouse|account|bill|dags?|jobs?|pipelines?|dashboards?|"
    r"topics?|tables?|org|workspace|tenant|setup|models?|project|projects|deployment|"
    r"environment|estate|servers?|database|schema|consumers?|queries|reports?|subscription|"
    r"admin|contract|stack|repo|repos|boards?|licen[cs]es?|migration)\b",
)
LEFT = Quick(
    rf"\b(?:{WE} {ADVERBS}(?:used to (?:use|run|be on|have|work with)|no longer (?:use|"
    rf"run|have|rely on)|(?:don't|do not|doesn't) (?:use|run|have) (?=[^,.;]*\b(?:anymore|"
    rf"any more|any longer)\b)|stopped using|(?:have |'ve |has |just |finally )*(?:ditched|"
    rf"dropped|retired|decommissioned|sunset|killed|replaced|got rid of|abandoned|left|"
    rf"(?:threw|thrown|kicked) out|(?:gave|given) up on|said (?:goodbye|bye) to|moved on from|binned|parted ways with|"
    rf"moved (?:away from|off(?: of)?)|migrated (?:away from|off(?: of)?)|switched (?:away from|"
    rf"off(?: of)?)|came off))"
    rf"|(?<!\w)(?:it|they|management|the company|head office|hq|finance|security|procurement|the group) (?:has |"
    rf"have |'ve |"
    rf"just |finally |now )*(?:killed|banned|dropped|cancelled|retired|switched off|shut down|pulled|axed|blocked|"
    rf"binned)"
    rf"(?= (?-i:[A-Z]))"
    rf"|{WE} {ADVERBS}(?:have |'ve |has |just |finally |recently )*(?:moved|migrated|"
    rf"switched|changed) (?:[\w ]{{0,20}})?from)",
)
NOT_USED = Quick(
    rf"\b{WE} {ADVERBS}(?:don't|do not|doesn't|dont|never|aren't|are not|isn't|haven't) (?:actually "
    rf"|really |even |currently )*(?:use|used|run|have|on|using|touch|work with|rely on)\b",
)
STOP = Quick(
    rf"\b(?:but|instead of|not|unlike|because|vs\.?|versus|rather than|over (?=[A-Z])|"
    rf"replacing|to replace|who|like (?=[A-Z])|than|whereas|while|before|used to|they|"
    rf"customers?|vendor|compared|considering|evaluating|looking at|eventually|"
    rf"plan|planning|thinking|competitors?|previously|until|and (?:then )?(?:we|i|they|"
    rf"he|she|it|you|their|his|her)\b|to (?:see|check|ask|evaluate|compare|find))\b|"
    rf"[.;:(–—?{BLANK}]|\s-\s",
)
TO = Quick(r"\b(?:to|for(?= (?-i:[A-Z]))|with|by|in favou?r of|only|just|it\'?s|we\'?re on|now)\b")
ELSEWHERE = Quick(
    r"\b(?:my (?:last|previous|old|former)|previous (?:job|company|employer)|old (?:job|"
    r"company)|back (?:at|in|when)|at my last|years ago|in (?:college|school|uni)|"
    r"at home|side project|hobby|personal(?:ly)?|for fun|for (?:a|my) (?:course|class))\b",
)


def find_stack(sentence: Sentence) -> Iterator[Finding]:
    """Tools that the writer says they or their team use, no longer use, or do not use."""
    for finding in _find_tools(sentence):
        yield replace(finding, source=Source.CORRECTION) if _replaces(sentence, finding) else finding


def _find_tools(sentence: Sentence) -> Iterator[Finding]:
    text = sentence.text
    if sentence.joking:
        return
    mentions = [mention for mention in find_mentions(text) if mention.tool]
    if ELSEWHERE.search(text):
        return
    if not mentions:
        if any(letter.isupper() for letter in text[2:]):
            yield from find_unknown(sentence)
        return
    told: set[int] = set()
    yield from _find_gone(sentence, mentions, told)
    for found in LEFT.finditer(text):
        yield from _tell(sentence, found, mentions, told, over=True)
    for found in NOT_USED.finditer(text):
        yield from _tell(sentence, found, mentions, told, over=True)
    for found in USES.finditer(text):
        yield from _tell(sentence, found, mentions, told, over=False)
    yield from find_in_use(sentence, mentions, told)
    for mention in mentions:
        ours = OURS.search(text, 0, mention.start)
        if (
            mention.tool
            and mention.start not in told
            and ours
            and OURS_NOUN.match(text, mention.end)
            and not sentence.is_supposed(mention.start)
        ):
            yield Finding(
                address=f"tool:{mention.tool.category}",
                value=mention.tool.name,
                start=ours.start(),
                end=mention.end,
                weight=0.6,
                source=Source.STATED,
            )


SWITCHED = Quick(r"\b(?:switched|changed|replaced|swapped|new) (?:our |the )?(?P<kind>\w+?)s?\b")


def _replaces(sentence: Sentence, finding: Finding) -> bool:
    """Whether a tool takes the place of the one before it: "we switched CRMs, it's Pipedrive now"."""
    found = SWITCHED.search(sentence.text)
    kind = load().categories.get(found["kind"].lower()) if found else None
    return finding.weight > 0 and kind is not None and finding.address == f"tool:{kind}"


def _find_gone(sentence: Sentence, mentions: list[Mention], told: set[int]) -> Iterator[Finding]:
    """Tools that are said to be gone, with themselves as the subject: "Tableau is gone", "no more Angular for me"."""
    for mention in mentions:
        gone = GONE_AFTER.match(sentence.text, mention.end) or NO_MORE.search(sentence.text[: mention.start])
        if mention.tool and gone and not sentence.question and sentence.is_about_self(mention.start):
            told.add(mention.start)
            yield Finding(
                address=f"tool:{mention.tool.category}",
                value=mention.tool.name,
                start=sentence.clause_at(mention.start)[0],
                end=max(mention.end, gone.end() if gone.string is sentence.text else mention.end),
                weight=-1.0,
                ends=True,
            )


GONE_AFTER = Quick(
    r"(?: itself| cluster| instance| contract| licen[cs]e)?(?:'s| is| are| was| were| has been| got| "
    r"has)(?: now| finally| officially| all| just| already| being)* "
    r"(?:gone|history|out the door|dead|retired|replaced|dropped|kicked out|decommissioned|no more|off "
    r"the table|(?:being )?(?:switched|turned|shut) (?:off|down)|thrown out|sunset|shut down|switched off|turned off|"
    r"out(?=\s*(?:[,.;!]|$)))\b"
    r"|(?: just| finally| now| was| is)* (?:retired|died|makes? way for|made way for|gives? way to|gave way to|"
    r"replaced by|"
    r"got the (?:boot|axe|chop)|bit the dust)\b"
    r"|(?: contract| licen[cs]e| subscription| trial)? (?:has |just |finally )*(?:ended|expired|lapsed|ran out|run "
    r"out)\b",
)
NO_MORE = Quick(
    r"(?:\bnothing (?:is |was )?left (?:on|in)|\bno more|\bgood ?bye(?: to)?|\bbye(?:[- ]bye)?(?: to)?|\bso long,?|"
    r"\brip,?|\bfarewell(?: to)?|"
    r"\bgot rid of|\bout with) (?:the |our |old )*$",
)


def _tell(
    sentence: Sentence, found: re.Match[str], mentions: list[Mention], told: set[int], *, over: bool
) -> Iterator[Finding]:
    """The tools named after a verb of use, up to where the sentence turns to something else."""
    text = sentence.text
    if not sentence.is_about_self(found.start()) or (not over and is_negated(text[found.start() : found.end()])):
        return
    stop = STOP.search(text, found.end())
    until = stop.start() if stop else len(text)
    turn = TO.search(text, found.end(), until) if over else None
    if turn and not any(turn.end() <= one.start < until for one in mentions):
        turn = None  # to something that is no tool: "my goal is to win"
    if over and turn is None:
        until = min(until, _end_of_list(text, found.end()))
    for mention in mentions:
        if COMES_FROM.search(text, found.end(), mention.start):
            continue
        if found.end() - len(found[0]) <= mention.start < until and mention.start not in told and mention.tool:
            told.add(mention.start)
            gone = over and (turn is None or mention.start < turn.start())
            if gone and past_undertaking(text, mention.end) > mention.end:
                continue
            yield Finding(
                address=f"tool:{mention.tool.category}",
                value=mention.tool.name,
                start=found.start(),
                end=mention.end,
                weight=-1.0 if gone else 1.0,
                ends=gone,
            )


COMES_FROM = Quick(r"\bfrom $")  # whose product it is, or where data comes from


def _end_of_list(text: str, start: int) -> int:
    """Where the list of names after a verb ends: at the first comma that no name follows."""
    for comma in re.finditer(",", text[start:]):
        rest = text[start + comma.end() :]
        if not re.match(r" ?(?:and |or )?[\w.+#]+(?: [\w.+#]+)?(?:,| and | or |[.!]|$)", rest):
            return start + comma.start()
    return len(text)
