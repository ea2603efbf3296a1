"""Where words of a conversation stand: every content word said before, with its place, neighbours and sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.turn import Said
from bot.words import STOP_WORDS, stem

WORD = re.compile(r"[A-Za-z0-9]+(?:['’][a-z]+)?")
SENTENCE = re.compile(r"[^.!?]*[.!?]+|[^.!?]+$")
LEAD_IN = re.compile(
    r"^(?:(?:ok(?:ay)?|yes|yeah|no|hmm+|mm+|um+|wow|really|interesting|great|cool|nice|thanks?|thank you|ah+|oh|right|"
    r"sure|well|hey|hi|hello|amazing|incredible|perfect|got it)\b[,.! ]*)+",
    re.IGNORECASE,
)
REMARK = re.compile(
    r"^(?:that[’']?s|that (?:sounds|was|is)|sounds|it (?:sounds|seems)|this is|i (?:see|like|love)|who knew)\b"
    r"[^?]*[.!]$",
    re.IGNORECASE,
)
THANKS = re.compile(
    r"^(?:(?:i|we) (?:see|understand|got it)|got it|makes sense|understood|all clear|"
    r"(?:that|this|it)(?:[’']?s| is| was)? (?:helps?|helped|works?|worked|makes sense|did it|will do|all|it|enough|"
    r"(?:very |really |so )?(?:great|good|helpful|useful|clear|perfect|fine|better)))(?: (?:a lot|now|then|for now))?$",
    re.IGNORECASE,
)
WISH = re.compile(  # how an answer is wanted is nothing that a question could mean
    r"\b(?:bullets?|short(?:er)?|brief(?:ly)?|concise|long(?:er)?|simpl[ey](?:r)?|details?|table|prose|plain)\b[^.!?]*"
    r"\b(?:please|pls|thanks)\b|\b(?:please|pls|i (?:like|prefer|want|need)|keep it)\b[^.!?]*"
    r"\b(?:bullets?|short(?:er)?|brief(?:ly)?|concise|long(?:er)? answers?|simpl[ey](?:r)?|prose|plain)\b",
    re.IGNORECASE,
)
SMALL = STOP_WORDS | frozenset(
    "one ones another else else's others many much something anything thing things whether".split()
)
LONGEST_TURN = 90  # words of a turn that are looked at
REPLIES = 3  # replies of the bot that are looked at, counted back


@dataclass(frozen=True, slots=True)
class Mention:
    """A content word where it stood. `age`: 0 for the speaker's latest turn, and so on back. `place` (0-1) and
    `sentence` count within the turn; `before` and `after` are the words beside it as written, lower-case; `joined` are
    the content stems right before and right after it, "" where none; `idle`: in a lead-in or remark, not in the matter.
    """

    stem: str
    word: str
    form: str
    by_bot: bool
    turn: int
    age: int
    place: float
    sentence: int
    before: str
    after: str
    joined: tuple[str, str]
    opens: bool
    asked: bool
    idle: bool
    last: bool


def base(word: str) -> str:
    """A word as compared: lower-case, without 's or other clipped endings."""
    return word.lower().replace("’", "'").partition("'")[0]


def find_mentions(history: Sequence[Said]) -> list[Mention]:
    """The content words of everything the person said and of the bot's latest replies, oldest first."""
    users = [at for at, said in enumerate(history) if not said.by_bot]
    replies = [at for at, said in enumerate(history) if said.by_bot]
    ages = {at: age for some in (users, replies) for age, at in enumerate(reversed(some))}
    return [
        mention
        for at, said in enumerate(history)
        if not said.by_bot or ages[at] < REPLIES
        for mention in find_in_turn(said, at, ages[at])
    ]


def find_in_turn(said: Said, turn: int, age: int) -> Iterator[Mention]:
    """The content words of one turn."""
    found = list(WORD.finditer(said.text))[:LONGEST_TURN]
    words = [base(one[0]) for one in found]
    stems = ["" if small(word) else stemmed for word, stemmed in zip(words, stem(words), strict=True)]
    sentences = list(SENTENCE.finditer(said.text))
    starts = [one.start() for one in sentences]
    for at, one in enumerate(found):
        if not stems[at]:
            continue
        number = bisect_right(starts, one.start()) - 1
        sentence, inside = sentences[number][0], one.start() - starts[number]
        yield Mention(
            stem=stems[at],
            word=one[0],
            form=words[at],
            by_bot=said.by_bot,
            turn=turn,
            age=age,
            place=at / len(found),
            sentence=number,
            before=words[at - 1] if at else "",
            after=words[at + 1] if at + 1 < len(words) else "",
            joined=(
                stems[at - 1] if at and touch(said.text, found[at - 1], one) else "",
                stems[at + 1] if at + 1 < len(found) and touch(said.text, one, found[at + 1]) else "",
            ),
            opens=not sentence[:inside].strip(" \"“'(\n"),
            asked=sentence.rstrip().endswith("?"),
            idle=not said.by_bot and is_idle(sentence, inside),
            last=number >= len(sentences) - 2,
        )


@lru_cache(maxsize=1024)
def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of a turn, read once: a conversation's turns come back with each next question."""
    return frozenset(stem(base(one) for one in WORD.findall(text)))


def is_thanks(text: str) -> bool:
    """Whether nothing is asked: lead-ins ("thanks"), and at most a word on the reply ("that helps")."""
    rest = LEAD_IN.sub("", text.strip()).strip(" .,!")
    return not rest or bool(THANKS.match(rest))


def small(word: str) -> bool:
    return word in SMALL or (len(word) < 2 and not word.isdigit())


def touch(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Whether only blanks or a hyphen part the two words."""
    return not text[left.end() : right.start()].strip(" -")


def is_idle(sentence: str, place: int) -> bool:
    """Whether the place is in a lead-in ("Okay, …"), or the sentence is only a remark ("That's interesting.") or a wish
    for how to be answered ("short bullets please")."""
    text = sentence.lstrip()
    lead_in = LEAD_IN.match(text)
    return bool(REMARK.match(text) or WISH.search(text)) or bool(
        lead_in and place < lead_in.end() + len(sentence) - len(text)
    )
