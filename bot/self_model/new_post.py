"""A new post told as news: "producer as of today", "back to plain research", "last day in networking; Monday I begin
as …". Such words put what someone is now in the place of what they were, and end a standing that went with it.

The words of change may stand in one sentence and the new post in another, so a whole message is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.self_model.fields import AFTER, match_field
from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.scope import has_other_subject
from bot.self_model.sentences import Finding, Sentence, is_negated
from bot.self_model.titles import match_title
from bot.self_model.values import WHATEVER

CUES = frozenset(
    """
    promoted promotion back last leaving left bye goodbye farewell handed handing passed stepped stepping step hat badge
    title contract permanent kept hired qualified graduated official officially swapped swap switched moved moving
    transferred new longer anymore more lost gone begin starting start hello internship thesis apprenticeship
    traineeship viva exam exams plain normal regular ordinary became become made upgraded finished acting interim
    replacement hung traded goodbyes appointed found somebody changed changing switching sides desks card cards
    abolished days years says reads done through find head heads lead leads run runs chairs owns manage
    giving gave training studies phd probation placement secondment passing kept finished
    """.split()
)
DAY = (
    r"(?:today|tomorrow|now|this (?:week|month|morning)|(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"next (?:week|month|year)|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)?(?: \w+)?|(?:early |mid |late )?(?:january|"
    r"february|march|april|may|june|july|august|september|october|november|december))"
)
GROWN = (  # the years of learning that are over
    r"(?:they|the company|my boss|hr|the lab|the team) (?:have |has |'ve )?(?:kept|taken on|hired) me\b|"
    r"(?:internship|apprenticeship|traineeship|training|thesis|probation|placement|studies|phd|viva)"
    r"(?:'s| is| was| bit| time| period| part| thing)*(?: now| finally)* (?:over|done|finished|gone|behind "
    r"me|handed in|defended|passed|submitted|ended|complete)|"
    r"(?:passed|finished|survived|defended|got through|cleared|completed) (?:the |my |all )*(?:final |last |"
    r"written |oral |bar |state |board )*(?:exams?|viva|defen[cs]e|thesis|phd|apprenticeship|traineeship|internship|"
    r"probation|training|boards?)|(?:fully |newly |now |finally )?(?:qualified|graduated)(?=\s*[!.,;:]|$| (?:as|today|"
    r"this|last|yesterday|and)\b)|(?:permanent|fixed|proper|real) contract|permanent (?:from|as of|since)|"
    r"(?:no more|lost(?: the)?|dropped the|the) ?[\"“'‘*](?:junior|trainee|intern|apprentice|graduate|student)[\"”'’*]|"
    r"no longer (?:a |an |the )?(?:junior|trainee|intern|apprentice|student)|the (?:junior|trainee|intern|student) "
    r"(?:bit|part|thing|word|label|prefix) (?:is|has|was)|(?:promoted|promotion)\b(?! (?:the|a|an|our|their|his|her|"
    r"products?|content)\b)"
)
LED = (  # the lead of others that is handed on, or was never theirs
    r"(?:i|i'm|i've|i have|we)? ?(?:just )?(?:handed|handing|passed|passing|gave|giving) [^.;!?]{0,30}?\b(?:hat|badge|"
    r"baton|reins|keys|desk|title|role|post|crown|torch|team|lead|leadership|command)\b|hung up (?:my|the)|"
    r"(?:not|no longer|stopped) (?:leading|running|heading|managing|chairing) |stepp(?:ed|ing) (?:down|back|away|"
    r"aside)|i (?:don'?t|do not) (?:head|lead|run|manage|own) (?:it|them|that)\b|"
    r"(?:heads|leads|runs|chairs|owns) (?:it|that one)\b|(?:secondment|interim|acting)(?:'s| is| was| bit| "
    r"time| period| part| thing)* (?:over|done|finished|gone|ended)|the (?:interim|acting|deputy|lead|head) (?:bit|"
    r"part|"
    r"thing|word|label) (?:is|has|was)|no longer (?:the |a )?(?:lead|head|manager|boss|chief|interim|acting)|"
    r"(?:they|hr) (?:have |'ve )?(?:found|hired) (?:somebody|someone|one|a replacement|a permanent)"
)
OVER = (  # an old post that is over, whatever it was
    r"(?:my |our )?last (?:day|week|shift|month) (?:as|in|at|with|on|of)(?! (?:holidays?|vacation|leave|the (?:week|"
    r"month|year|sprint|quarter|sale|trial|training|course))\b)|my last (?:day|week|shift)\b|^\W*last day\b|"
    r"back to (?:being|just|only|plain|normal|my (?:old|real|usual|day) |(?:doing )?(?:pure|regular|ordinary)|"
    r"a (?:plain|normal|regular))|back (?:in|at) my old|made me\b|"
    r"(?:my|the) (?:job )?(?:title|role|position|post)(?: has| was| is| got| just| now)* (?:changed|being changed|"
    r"renamed|"
    r"is now|now (?:is|reads|says))|new (?:job )?(?:title|role|post|position|job)\b"
)
OLD = (  # the old post, where it is named
    r"(?:no longer|not|isn'?t|stopped) (?:(?:a|an|the|in|on|with|part of|doing|leading|running|being|managing|"
    r"heading) )*"
    r"(?P<o1>[\w&-]+(?: (?!any)[\w&-]+){0,2}?) any ?(?:more|longer)|no longer (?:(?:a|an|the|in|on|with|part of|"
    r"doing|leading|"
    r"running|being|managing|heading) )+(?P<o2>[\w&-]+(?: [\w&-]+){0,2}?)(?=\s*(?:[,.;!)–]|$)| (?:but|and|since|as)\b)|"
    r"my (?P<o3>[\w&-]+(?: [\w&-]+)?) (?:days|years|time|life|career|stint)(?: are| is| were)?(?: now)? (?:over|"
    r"behind me|"
    r"done|past|finished|ended)|(?:good ?bye|bye(?:[- ]bye)?|farewell),? (?P<o4>(?!all\b|everyone|everybody|for\b|"
    r"and\b|to\b|now\b)[\w&-]+(?: [\w&-]+)?)|"
    r"(?:done|through) with (?P<o5>[\w&-]+(?: [\w&-]+){0,2}?)(?=\s*[,.;!–]|$)|(?:leaving|last (?:day|week) (?:as|in|"
    r"at|with) "
    r"(?:a |an |the )?)(?P<o6>[\w&-]+(?: (?!tomorrow|today)[\w&-]+)?)"
)
NEWS = (  # that there is one
    r"chang(?:ed|ing) (?:sides|desks|jobs|roles|teams|departments|hats|careers|titles?)|switch(?:ed|ing) (?:sides|"
    r"desks|jobs|"
    r"roles|teams|departments|hats|careers)|new (?:business )?cards?|new hat|new chapter|new gig|new badge|(?:been "
    r")?abolished|"
    r"hung up (?:my|the)|(?:title|badge|door|signature) (?:now )?(?:says|reads)"
)
SIDEWAYS = (  # a change of place, which leaves a standing as it was
    r"(?:i|i've|i have|i'm)? ?(?:just |have |'ve )?(?:swapped|traded|exchanged|switched|left|leaving) [^.;!?]{2,30}? "
    r"for (?=\w)|^\W*(?:good ?bye|bye(?:[- ]bye)?|farewell|so long|leaving),? (?!(?:for|now|early|all|everyone|"
    r"everybody|"
    r"folks|the office|the building|it|this|that)\b)\w|"
    rf"(?:starting|beginning|effective|as of|from|since|come) {DAY}\b|it'?s official|(?:i|i'm|i've) (?:just )?(?:moved|"
    r"moving|transferred|switched|rotated) |(?:not|no longer)(?: in)? [\w &]{2,24} (?:any ?more|any longer)|"
    r"no longer (?:in|on|with|part of|doing) "
)
TURN = Quick(rf"(?<![\w'])(?:(?P<grown>{GROWN})|(?P<led>{LED})|(?P<over>{OVER})|{OLD}|{NEWS}|(?:{SIDEWAYS}))")
LEARNERS = ("intern", "trainee", "student", "apprentice", "graduate")
ENDS_WITH = {  # what ends with it, where the new post is not understood
    "grown": (*(("role", one) for one in LEARNERS), ("seniority", "junior")),
    "led": (("seniority", "lead"), ("seniority", "executive")),
}
PLACES = Quick(  # where the new post may stand
    r"(?:^|[,;:(–—!]|\s-|\b(?:and|but)) *\W{0,2}(?:(?:so|and|ok|well|now|then|hence|still|just|only|also|again|today|"
    r"title|role|new title|new role|it'?s official|update|good news|finally|officially|from today|as of today|hello|"
    r"hi) *[,:]? +)*"
    r"(?:(?:i'?m|i am|i'?ll be|i will be|i'?m going to be|i'?m now|it'?s|i|they made me|made me|made) (?:(?:now|just|"
    r"only|again|back|officially|finally|still|going to be|in|on|with|over|at|doing) )*)?"
    r"(?=[a-z\"“'*])"
    r"|\b(?:back to|as|being|begin as|into|promoted to|i'?m|i am|i'?ll be|i will be|going to be|swapped "
    r"[^.;!?,]{2,30}? for|"
    r"traded [^.;!?,]{2,30}? for|changed to|made me|moved (?:over |across )?(?:in)?to|switched to|transferred to|"
    r"title says|says|it'?s|with|on|for) (?=\w|[\"“])"
)
FILLERS = Quick(
    r"(?:(?:being|a|an|the|just|only|plain|normal|regular|ordinary|simple|full|proper|fully[- ]fledged|mere|humble|"
    r"doing|permanent|now|again|my old|my|pure|back to|that of|called|named|of|in|on|with|over|at|to) |[\"“'*])*"
)
FORMER = Quick(  # what stands before a post that is over
    r"\b(?:last (?:day|week|shift|month) (?:as|in|at|with|on|of)|leaving|left|bye|good ?bye|farewell|no more|lost|from|"
    r"ex|former|was|used to be|until|instead of|step\w* (?:down|back|away|aside)(?: as| from)?|hand\w*|passed|gave|"
    r"swapped|traded|switched|replac\w*|over from|the permanent|report\w* to|for (?:the|a)|ask|told|with (?:the|our|a)|"
    r"by (?:the|a)|to (?:our|my|the|a)(?: new)?|from (?:the|our)|new) (?:(?:the|a|an|my|our|being) )*[\"“'*]*$",
)


Told = tuple[Sentence, Finding]


def put_in_place(sentences: Sequence[Sentence], found: Sequence[Told]) -> Sequence[Told]:
    """What was found in a message; where it tells of a new post, that in the place of what was before."""
    if all(one.words.isdisjoint(CUES) for one in sentences):
        return found
    turns = [(one, turn) for one in sentences if (turn := _find_turn(one)) is not None]
    if not turns:
        return found
    posts = next((told for one in sentences if (told := [(one, post) for post in _find_posts(one)])), [])
    said = [one for one in found if one[1].address in WHO and one[1].weight > 0 and not one[1].ends]
    if not posts:
        posts = [(one, replace(post, source=Source.CORRECTION)) for one, post in said if post.weight >= CLEAR]
        posts = posts if any(post.address == "role" for _, post in posts) else []
    if not posts:
        return [*found, *(one for turn in turns for one in _end_with(turn))]
    found = [*found, *(one for turn in turns for one in _end_old(turn) if one[1].address != "role")]
    levels = any(post.address == "seniority" for _, post in posts)
    kept = [one for one in found if one not in said]
    if any(turn["over"] or turn["grown"] or turn["led"] for _, turn in turns) and not levels:
        sentence, role = posts[0]
        kept.append((sentence, replace(role, address="seniority", value=WHATEVER, weight=-1.0, ends=True)))
    return [*kept, *posts]


def _end_old(turn: tuple[Sentence, re.Match[str]]) -> Iterator[Told]:
    """The end of what the sentence names as the old post."""
    sentence, found = turn
    old = next((found[name] for name in ("o1", "o2", "o3", "o4", "o5", "o6") if found[name]), "")
    for address in ("role", "seniority", "project") if old else ():
        end = Finding(address=address, value=old, start=found.start(), end=found.end(), weight=-1.0, ends=True)
        yield sentence, end


def _end_with(turn: tuple[Sentence, re.Match[str]]) -> Iterator[Told]:
    """The end of all that goes with an old post, where the new one is not understood."""
    yield from _end_old(turn)
    sentence, found = turn
    for way, ended in ENDS_WITH.items():
        for address, value in ended if found[way] else ():
            yield (
                sentence,
                Finding(address=address, value=value, start=found.start(), end=found.end(), weight=-1.0, ends=True),
            )


WHO = frozenset(("role", "seniority"))
CLEAR = 0.6  # the weight from which on a role is said outright


def _find_turn(sentence: Sentence) -> re.Match[str] | None:
    """Where a sentence says that a post is over or new."""
    if sentence.joking or sentence.question or sentence.words.isdisjoint(CUES):
        return None
    found = TURN.search(sentence.text)
    if found is None or not (sentence.is_about_self(found.start()) or GUESS.match(sentence.text)):
        return None
    before = sentence.text[: found.start()]
    other = has_other_subject(before) and OF_ME.search(found[0]) is None
    return None if other or NOT_YET.search(before + found[0]) else found


OF_ME = Quick(r"\bme\b|[\"“‘*]")  # what others did to the writer, or to a word of their title


GUESS = Quick(r"^\W*(?:\w+ )?guess (?:who|what)\b")  # so news begins, and no doubt
NOT_YET = Quick(
    r"\b(?:about to|before|when|after|once|until|if|might|may|would|could|not yet|hope|hoping|want|used to)\b"
)


def _find_posts(sentence: Sentence) -> Iterator[Finding]:
    """The post that a sentence names where a new one may stand: a title rather than a line of work."""
    text = sentence.text
    if sentence.joking or sentence.question:
        return
    fields: list[Finding] = []
    for found in PLACES.finditer(text):
        filler = FILLERS.match(text, found.end())
        start = filler.end() if filler else found.end()
        before, clause = text[:start], sentence.clause_at(found.end())[0]
        if FORMER.search(before) or is_negated(text[clause:start]):
            continue
        if not (sentence.is_about_self(found.start()) or GUESS.match(text)):
            continue
        if has_other_subject(before):
            continue
        title = match_title(text, start)
        if title is not None and VERB.search(title.role) is None:
            yield _right("role", title.role, title.start, title.end)
            if title.seniority:
                yield _right("seniority", title.seniority, title.start, title.end)
            return
        field = match_field(text, start)
        if field is not None and (AFTER.match(text, field.end) or AGO.match(text, field.end)):
            fields.append(_right("role", field.name, field.start, field.end))
        elif found[0].rstrip().lower().endswith(BEING) and (area := AREA.match(text, start)) and field is not None:
            fields.append(_right("role", area["what"].lower(), start, area.end()))
    yield from fields[:1]


VERB = Quick(r"\b(?:says|reads|is|was|now)\b")
AGO = Quick(r" (?:team )?(?:a|two|three|four|some|\d+|last|next|this|few) ?(?:days?|weeks?|months?|\w+day)\b")
BEING = ("back to", "find me in", "on", "with", "in", "moved to", "for", "switched to", "transferred to", "at")
AREA = Quick(  # a line of work that goes on past what the list has of it
    r"(?P<what>[a-z][\w&-]*(?: [a-z&][\w&-]*){0,2}?)(?=\s*(?:[.,;!?)–—-]|$)|\s(?:now|again|on|from|as|since|for|these|"
    r"and|until|next|team|two|last|here|starting|over|this)\b)",
)


def _right(address: str, value: str, start: int, end: int) -> Finding:
    return Finding(address=address, value=value, start=start, end=end, source=Source.CORRECTION)
