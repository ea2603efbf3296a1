"""What a message to the bot wants: an answer, the last answer said differently, or nothing but to be heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.enrichment.undo import is_undo
from bot.pilot.signals import find_complaints, is_praise
from bot.turn import Said

SHORT = 14  # words; a longer message that also says "too basic" asks something of its own


class Want(StrEnum):
    """What to do with a message: answer it, answer the last question anew, acknowledge it, or leave it alone."""

    ANSWER = "answer"
    AGAIN = "again"
    THANKS = "thanks"
    GREETING = "greeting"
    NOTED = "noted"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Intent:
    """`how` names the adjustment where the last question is to be answered anew: simpler, deeper, shorter, example,
    specific; change takes back what was assumed. Of what asks nothing it says what it is: wrong is a complaint, told is
    about the writer or their work."""

    want: Want
    how: str = ""


ADJUSTMENTS = {
    "simpler": r"simpl(?:er|ify)|eli5|plain (?:words|english)|too (?:deep|technical|complicated|complex|advanced)"
    r"|(?:lost|losing) me|over my head|dumb it down|for (?:a )?(?:beginner|newcomer|dummies)"
    r"|(?:don['’]?t|do not|didn['’]?t|did not|can['’]?t|cannot) (?:really |quite |even )?(?:get|understand|follow)"
    r" (?:it|this|that|a word|any of (?:it|this|that))(?= at all| yet|\W*$)",
    "deeper": r"deeper|more (?:detail|depth|technical)\w*|too (?:basic|shallow|simple|high.level)|go into detail",
    "shorter": r"shorter|tl;?dr|too long|just the (?:bottom line|summary)|in one (?:line|sentence)"
    r"|keep it short|brief(?:er|ly)",
    "example": r"(?:an? |for )example|concrete case|show me one",
    "specific": r"too (?:generic|general|vague)|(?:more |not |be )specific|generic answer|not what i (?:asked|meant)"
    r"|(?:doesn'?t|does not|didn'?t) answer my",
}
THANKS = re.compile(
    r"^\W*(?:ok(?:ay)?|great|cool|nice|perfect|awesome|yes|yep|ah|got it|makes sense|that helps?|helpful|thanks?|"
    r"thank you|thx|ty|cheers|much better|better|good|fair enough|will do|excellent|lovely)\b",
    re.I,
)
GREETING = re.compile(
    r"(?:(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))"
    r"(?: (?:there|all|again|daytwo|bot))?|"
    r"how are (?:you|things)(?: doing| today)?|how(?:['’]?s| is) it going|what['’]?s up|nice to meet you|"
    r"(?:who|what) are you|are you (?:there|awake|an? (?:ro)?bot|human|real)|test(?:ing)?|ping|\W)+",
    re.I,
)
QUESTION_MARKS = "?？؟⸮՞፧"  # Latin; Chinese and Japanese, Arabic, reversed, Armenian, Ethiopic
ASKS = re.compile(
    rf"[{QUESTION_MARKS}]|"
    r"^\W*(?:(?:and|so|but|ok(?:ay)?|hey|hi|also|then|well|btw)\W+)*(?:what|whats|wat|wut|who|whom|whose|which|when|where|why|how|is|are|"
    r"was|were|do|does|did|can|could|would|should|will|may|any|explain|tell|show|give|list|compare|describe|summari[sz]e|help|"
    r"walk me|need to know|define|remind|suggest|recommend)\b"
    r"|\b(?:i(?:'d| would) (?:like|love) to (?:know|understand|see)|i (?:need|want) to (?:know|understand)|wondering|"
    r"i meant|(?:can|could) (?:you|u)|please (?:explain|tell|show|give|list))\b",
    re.I,
)
OF_THEMSELF = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|we|we['’](?:re|ve|d|ll)|my|our|mine|ours|me|us)\b", re.I)
SAID_OF = re.compile(r"\W*(?:you|it|this|that|he|she|they)(?:['’]\w+|\s+(?:is|are|was|were|has|have|do|does)\b)", re.I)
TO_ANOTHER = re.compile(r"^\W*@(?!daytwo)\w", re.I)


def read_intent(
    text: str,
    history: Sequence[Said],
    *,
    mentioned: bool,
    asked_back: bool = False,
    about_self: Callable[[], bool] = bool,
) -> Intent:
    """What the message wants. `mentioned`: the bot was named, or is the only one who could be meant; where it was not,
    words between people in its thread are left alone. `asked_back`: the bot's last words were a clarifying question.
    `about_self`: whether the writer tells something of themself, looked into only where it counts."""
    replies = [one for one in history if one.by_bot]
    if not mentioned and (not text.strip() or TO_ANOTHER.search(text)):
        return Intent(Want.NOTHING)
    if is_greeting(text) and not (replies and is_praise(text)):
        return Intent(Want.GREETING if mentioned else Want.NOTHING)
    if replies and is_undo(text):
        return Intent(Want.AGAIN, "change")
    if replies and (how := find_adjustment(text)):
        return Intent(Want.AGAIN, how)
    if ASKS.search(text) or (asked_back and says_something(text)):
        return Intent(Want.ANSWER)
    if replies:
        return read_remark(text, about_self)
    if is_keywords(text) and not is_nothing_but_adjustment(text):
        return Intent(Want.ANSWER)
    return note(text, about_self)


def read_remark(text: str, about_self: Callable[[], bool]) -> Intent:
    """A message after a reply that asks nothing: thanks, a complaint, keywords, or something said in passing."""
    if THANKS.search(text) or is_praise(text):
        return Intent(Want.THANKS)
    if about_self():
        return Intent(Want.NOTED, "told")
    if complaint := next(iter(find_complaints(text)), ""):
        return Intent(Want.NOTED, "wrong") if complaint == "wrong" else Intent(Want.AGAIN, "specific")
    return Intent(Want.ANSWER) if is_keywords(text) else note(text, bool)


def note(text: str, about_self: Callable[[], bool]) -> Intent:
    """What asks nothing: told of the writer or their work, or else something that there is nothing to do with."""
    return Intent(Want.NOTED, "told" if OF_THEMSELF.search(text) or about_self() else "")


def is_greeting(text: str) -> bool:
    """Whether it says no more than hello, or nothing at all: the bare name of the bot, an emoji."""
    return bool(GREETING.fullmatch(text.strip())) or not text.strip()


def is_keywords(text: str) -> bool:
    """A few words as people type them into a search box: "data retention"; no remark on something."""
    return len(text.split()) <= 3 and not SAID_OF.match(text) and not text.rstrip().endswith(("!", "."))


def says_something(text: str) -> bool:
    """Whether a reply to a question back says what was meant, and not just thanks."""
    return len(text.split()) >= 2 and not THANKS.search(text) and not is_praise(text)


def find_adjustment(text: str) -> str:
    """How the last answer should be said differently, "" where that is not what is asked."""
    if len(text.split()) > SHORT or is_question_of_its_own(text):
        return ""
    return next((how for how, words in ADJUSTMENTS.items() if re.search(rf"\b(?:{words})\b", text, re.I)), "")


def is_nothing_but_adjustment(text: str) -> bool:
    """Whether it says nothing but how an answer should be, so that without one there is nothing to look up."""
    return any(re.fullmatch(rf"\W*(?:{words})(?:,? (?:please|pls))?\W*", text, re.I) for words in ADJUSTMENTS.values())


def is_question_of_its_own(text: str) -> bool:
    """A question with words enough to stand alone: "too generic. how does that work with 40 topics?"."""
    parts = re.findall(r"[^.?!;—–]+\?", text)
    return any(
        len(part.split()) > 5 and not re.search(r"simpl|deeper|shorter|detail|plain|example", part) for part in parts
    )
