"""The chat commands, as words: what a text asks the bot to do about the self-model, if it asks any such thing.

A command is a whole message, not a phrase inside one: "forget my role" is, "don't forget my role in this" is not. What
a person says of themself in passing is never a command: observing is for that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.trust import consent
from bot.turn import Said


class Do(StrEnum):
    """What a command wants done."""

    ABOUT = "about"
    WHY = "why"
    CORRECT = "correct"
    FORGET = "forget"
    FORGET_EVERYTHING = "forget everything"
    PAUSE = "pause"
    RESUME = "resume"
    EXPORT = "export"
    HELP = "help"
    AGREE = "agree"
    DECLINE = "decline"
    NAME_ME = "name me"
    DO_NOT_NAME_ME = "do not name me"
    OPEN_PRIVATE = "open private"
    CLOSE_PRIVATE = "close private"
    CHAMPION_SEES = "champion sees"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Command:
    """What to do, and about what: the words that name the belief (`subject`), the right value where one is given."""

    do: Do
    subject: str = ""
    value: str = ""


ME = r"(?:about )?(?:me|myself)"
MODEL = r"(?:self[- ]?model|profile|beliefs|data)"
FORGET = r"(?:forget|delete|erase|unlearn)"
MINE = r"(?:i|i'm|i’m|i am|my|we|we're|our)\b"
NOT = r"(?:don't|don’t|do not)"
KEEP = (
    r"(?:know|believe|think|remember|hold|held|have|had|got|store|stored|save|saved|keep|kept|collect|collected|learn"
    r"|learned|learnt|record|recorded|note|noted|gather|gathered)"
)
YOU_KEEP = rf"you(?:(?:'ve|’ve| have)(?: ever)?(?: {KEEP})?| (?:actually |really |currently )?{KEEP})(?: so far)?"
ON_ME = r"(?:about|on|of) (?:me|myself)"
FROM_ME = r"(?:me|myself|(?:about|from|on) (?:me|myself)|(?:from )?(?:my messages|what i (?:write|say|type)))"
SOME = r"(?:anything|things|data|information|notes)"
RID = r"(?:forget|delete|erase|remove|wipe|clear|purge|unlearn|get rid of)"
ALL = r"(?:everything|anything|whatever|all|it all|all of it|(?:all )?(?:the )?(?:data|information|beliefs|notes))"
TITLE = (
    r"(?:c[a-z]o|vp|boss|manager|lead|head|director|president|analyst|engineer|developer|designer|architect|scientist"
    r"|administrator|admin|colleague|co-?worker|team ?mate|champion|evaluator|intern|employee)s?"
)
SOMEBODY = (  # somebody else, by name or in a way that can mean nobody but a person
    rf"(?:@\w[\w.-]*|him|her|(?:every|any|some)(?:one|body)(?: else)?|other people"
    rf"|(?:my|our) (?:[\w-]+ ){{0,3}}{TITLE}(?: of \w+)?)"
)
ANOTHER = (
    rf"(?:{SOMEBODY}|(?:the )?others|he|she|they|them|the (?:[\w-]+ ){{0,3}}{TITLE}(?: of \w+)?)"  # or by what they are
)
SHAPES: dict[Do, tuple[str, ...]] = {
    Do.HELP: (r"help(?: me)?", r"commands", r"what can (?:you|i) do", r"how do (?:you|i use you) work", r"\?"),
    Do.ABOUT: (
        r"(?:so )?what (?:do|did) you (?:believe|know|think|hold|remember|have)(?: so far)? (?:about|of"
        r"|on) me(?: so far)?",
        r"who do you think i am",
        r"what have you learn(?:ed|t) about me",
        r"(?:what|which)(?: (?:data|information|info|things|facts|beliefs|notes))? (?:do|did|have) you "
        rf"(?:actually |really |currently )?(?:{KEEP} )?(?:{KEEP} )?(?:so far )?{ON_ME}(?: so far)?",
        rf"what(?: (?:data|information))?(?: is|'s|’s) (?:stored|saved|kept|held|known|recorded) {ON_ME}",
        rf"what(?: is|'s|’s) in my {MODEL}",
        rf"(?:show|tell|give)(?: me)? (?:everything|all|what)(?: that)? {YOU_KEEP} {ON_ME}",
        rf"(?:show|tell|give)(?: me)? (?:what you know about me|my {MODEL}|your beliefs about me)",
        rf"(?:about )?me|my {MODEL}|whoami",
    ),
    Do.WHY: (
        rf"why (?:do|did|would) you (?:think|believe|say|assume)(?: that)? (?P<subject>{MINE}.*)",
        rf"how do you know (?:that )?(?P<subject2>{MINE}.*)",
        r"why (?:do you believe (?:that|this|it)|that belief)",
    ),
    Do.CORRECT: (
        r"(?:that(?:'s|’s| is)|this is|you(?:'re| are)|you(?:'ve| have)? got (?:that|it|me)) (?:wrong"
        r"|not (?:right|true)"
        rf"|incorrect|mistaken)(?: about me)?\s*[:,;.–—-]+\s*(?P<value>(?:no,? )?{MINE}.*)",
        r"(?:that(?:'s|’s| is)|you(?:'re| are)) (?:wrong|not (?:right|true)|incorrect) about me",
        r"(?:correct|fix|change|set|update) my (?P<subject>[\w .+#-]+?)(?: to |: ?)(?P<value2>.+)",
        r"(?:correct|fix) (?P<subject2>[\w:.+#-]+) ?(?:to|=) ?(?P<value3>.+)",
        r"(?:correct|fix) (?:something|a belief|what you believe(?: about me)?)",
    ),
    Do.FORGET_EVERYTHING: (
        rf"(?:forget|delete|erase|remove) (?:everything|all|it all)(?: (?:{ME}|of me|on me))?",
        r"(?:forget|delete|erase|remove) (?:everything|all)(?: that)? you (?:know|believe|learned|have)"
        rf"(?: (?:{ME}|of me|on me))?",
        rf"forget (?:all )?(?:about )?me|{RID} (?:all )?(?:of )?my {MODEL}",
        rf"{RID} (?:{ALL}(?: that)?|what) {YOU_KEEP} {ON_ME}",
        rf"{RID} {ALL} {ON_ME}",
        rf"{RID} {ALL}(?: that)? i(?:'ve|’ve| have)? (?:told you|said to you|written to you|wrote to you)",
    ),
    Do.FORGET: (
        rf"{FORGET} (?:about )?(?P<subject>my [\w .+#/'’&-]+)",
        rf"{FORGET} (?P<subject2>that {MINE}.*)",
        rf"{FORGET} (?P<subject3>what (?:i|you)\b.*about.*)",
        rf"{FORGET} (?P<subject4>(?:role|seniority|background)(?: .+)?)",
        rf"{FORGET} (?P<subject5>(?:expertise|tool|preference|goal|project|constraint|criterion"
        rf"|other)(?::\S+)?(?: .+)?)",
        rf"{FORGET} (?:this(?: belief| about me)?|that belief|(?:that|it) about me)",
    ),
    Do.PAUSE: (
        rf"(?:pause|stop (?:learning|observing|watching))(?: learning)?(?: {FROM_ME})?",
        rf"pause (?:the |your )?(?:learning|tracking|observing|profiling)(?: of)?(?: {FROM_ME})?",
        r"(?:stop|quit) (?:tracking|profiling|monitoring|recording|following|studying|analy[sz]ing|spying on) "
        rf"{FROM_ME}",
        rf"(?:stop|quit) (?:collecting|gathering|keeping|storing|saving|taking)(?: {SOME})? {FROM_ME}",
    ),
    Do.RESUME: (
        rf"(?:resume|continue|unpause|restart)(?: learning)?(?: {FROM_ME})?",
        rf"(?:you (?:may|can) )?(?:start |begin )?learn(?:ing)?(?: {FROM_ME})? again",
    ),
    Do.EXPORT: (
        rf"(?:export|download)(?: my {MODEL}| everything| it)?",
        rf"(?:give|send) me (?:a copy of )?(?:all )?(?:of )?my {MODEL}",
        rf"(?:can|could|may) i (?:have|get) (?:a copy of )?(?:all )?(?:of )?my {MODEL}",
        rf"(?:export|download|(?:give|send) me (?:a copy of )?)(?: )?{ALL}(?: that)? {YOU_KEEP} {ON_ME}",
    ),
    Do.AGREE: (
        r"(?:yes,? )?(?:you may learn|learn)(?: from what i write| about me| from me)",
        r"start learning(?: about me)?",
        r"i (?:agree|consent)(?: to (?:the )?(?:learning|modelling|modeling))?|consent yes",
    ),
    Do.DECLINE: (
        rf"(?:no,? )?(?:{NOT}|never) learn(?: from what i write| from me| anything)?(?: about me)?",
        rf"no,? answer without|i (?:{NOT}|no longer) (?:agree|consent)|(?:i )?withdraw (?:my )?consent|consent no",
        rf"(?:i (?:{NOT}|no longer) want you to|{NOT}|never) (?:learn|track|profile|observe|watch|monitor)(?: {SOME})? "
        rf"{FROM_ME}",
        rf"(?:i (?:{NOT}|no longer) want you to|{NOT}|never) {KEEP} {SOME} {ON_ME}",
    ),
    Do.DO_NOT_NAME_ME: (
        r"(?:count me )?only in the aggregate|count me only in the aggregate",
        rf"{NOT} name me(?: in the digest| to the champion)?|leave (?:my name|me) out of the digest",
    ),
    Do.NAME_ME: (r"(?:you may )?name me(?: again)?(?: in the digest| to the champion)?",),
    Do.OPEN_PRIVATE: (
        r"(?:you may )?use what i (?:tell you|say|write) in (?:private|direct messages|dms)"
        r"(?: (?:in public|in channels|everywhere))?",
    ),
    Do.CLOSE_PRIVATE: (r"keep (?:my )?(?:direct messages|dms|private (?:things|messages)|what i tell you) private",),
    Do.CHAMPION_SEES: (r"what (?:does|can|do|will) (?:the|my|our) champions? see(?: (?:about|of) me)?",),
    Do.OTHERS: (
        rf"what (?:do|did|have) you (?:believe|learn(?:ed|t)?|remember|hold)(?: so far)? (?:about|of|on) {ANOTHER}",
        rf"what (?:do|did) you (?:know|think|have)(?: so far)? (?:about|of|on) {SOMEBODY}",
        rf"what (?:did|has|have) {ANOTHER} (?:ask(?:ed)?|write|written|say|said|tell|told)(?: you)?"
        r"(?: (?:today|yesterday|this week|so far|recently))?",
        rf"(?:show|tell|give|send)(?: me)? (?:the )?(?:{MODEL}|messages|questions) of {ANOTHER}",
        rf"(?:show|tell|give|send|export|forget|delete)(?: me)? {ANOTHER}(?:'s|’s) "
        rf"(?:{MODEL}|messages|questions|history|role)",
        rf"(?:export|{FORGET}|pause|stop learning about) (?:(?:everything|all|it all) )?(?:about |of |on )?{ANOTHER}",
    ),
}
COMPILED = tuple((do, re.compile(shape, re.IGNORECASE)) for do, shapes in SHAPES.items() for shape in shapes)
EXACT = {consent.YES.lower(): Command(Do.AGREE), consent.NO.lower(): Command(Do.DECLINE)}
YES = re.compile(
    r"(?:yes|yep|yeah|sure|ok(?:ay)?|fine|go ahead|please do)(?:[,!. ]+(?:please|go ahead|thanks?|sure))*", re.I
)
NO = re.compile(r"(?:no|nope|nah|rather not|no thanks?|no,? thank you|please don'?t)", re.I)
LONGEST = 300  # characters; a longer message is not a command
FRAME = re.compile(
    r"^(?:(?:hey|hi|hello|ok|please|pls|kindly|daytwo)[,:!]?\s+)+|(?:,? please)?[\s.!?]+$|,? please$", re.IGNORECASE
)

# A request may be made politely. What could as well be about someone's work (a ticket to change, an account to delete)
# or about what the bot can do at all ("can you delete everything?") is none in such words.
ASKING = re.compile(
    r"^(?:(?:can|could|would) (?:you|u)|i(?: want|'d like|’d like| would like| need)(?: you)? to)"
    r"(?: please| just| now)* ",
    re.I,
)
ENDING = re.compile(
    r"(?:,? (?:again|now|right now|for now|for a while|any ?more|at once|from your memory|please|pls|thanks"
    r"|thank you))+$",
    re.I,
)
THANKS = re.compile(r"[.!?,]+\s*(?:thanks|thank you|thx|cheers)\W*$", re.I)
OF_SELF = re.compile(r"\b(?:i|me|my|myself)\b", re.I)
POLITE = frozenset(
    {
        Do.ABOUT,
        Do.FORGET,
        Do.FORGET_EVERYTHING,
        Do.PAUSE,
        Do.RESUME,
        Do.EXPORT,
        Do.DO_NOT_NAME_ME,
        Do.CLOSE_PRIVATE,
        Do.OTHERS,
    }
)


def parse_command(text: str, history: Sequence[Said] = ()) -> Command | None:
    """The command that a message is, if it is one. `history`: a bare yes or no counts after the consent question."""
    if len(text) > LONGEST or "\n" in text.strip():
        return None
    if text.rstrip().endswith("?") and text.lower().lstrip().startswith("forget"):
        return None
    said = FRAME.sub("", THANKS.sub("", text.strip().strip('*_`"“”')))
    if exact := EXACT.get(said.lower()):
        return exact
    if was_asked(history) and (answer := parse_answer(said)):
        return answer
    return find_shape(said or text.strip()) or find_request(said)


def find_request(said: str) -> Command | None:
    """The command that is left of a request without its courtesies."""
    bare = ENDING.sub("", ASKING.sub("", said))
    found = find_shape(bare) if bare != said else None
    if found is None or (" " not in bare and found.do is not Do.PAUSE):
        return None
    if ASKING.match(said) is None:
        return found
    deletes = found.do is Do.FORGET and not bare.lower().startswith(("forget", "unlearn"))
    of_self = found.do in (Do.PAUSE, Do.RESUME, Do.OTHERS) or OF_SELF.search(bare)
    return found if of_self and found.do in POLITE and not deletes else None


def find_shape(said: str) -> Command | None:
    """The command whose shape some words have."""
    for do, shape in COMPILED:
        if match := shape.fullmatch(said):
            return Command(do, take(match, "subject"), take(match, "value"))
    return None


def was_asked(history: Sequence[Said]) -> bool:
    """Whether the last thing said was the bot's consent question."""
    return bool(history) and history[-1].by_bot and consent.OPENING in history[-1].text


def parse_answer(said: str) -> Command | None:
    """A plain yes or no."""
    if YES.fullmatch(said):
        return Command(Do.AGREE)
    return Command(Do.DECLINE) if NO.fullmatch(said) else None


def take(match: re.Match[str], name: str) -> str:
    """The words of the first group of that name that matched (`value`, `value2` …)."""
    groups = match.groupdict()
    return next((groups[one].strip() for one in groups if one.rstrip("0123456789") == name and groups[one]), "")
