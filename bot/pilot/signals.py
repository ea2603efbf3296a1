"""What a person's next words say of the reply before them: the signs that `feedback` weighs.

Rules and counts only; what they weigh together is fitted in `training/feedback.py`. Patterns are about how people
complain, thank and correct in general and at work; none is taken from a data set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.pilot.complaints import ABOUT_THE_WORLD, COMPLAINTS, EMOJI, FLATLY_REPEATED, FLATLY_WRONG, PRAISE, SUPPOSES
from bot.turn import Said

_WORD = re.compile(r"[a-z]+|[?!]+")
_SMALL = frozenset(
    "a an and are as at be but by can could did do does for from had has have how i if in is it its me my no not of on "
    "or our so that the their them then there they this to us was we were what when where which who why will with "
    "would yes you your please need want like get tell know give thanks thank ok okay hi hello".split()
)

UNDONE: Final = re.compile(
    r"\b(not|isnt|wasnt|hardly|barely|far from|no|never|doesnt|does not|without|anything but|wish)( \w+){0,2} "
    r"(great|perfect|excellent|awesome|brilliant|nice|helpful|useful|exactly|sense|thanks|better|right|correct|clear|it)\b"
)
SAME_AGAIN: Final = 0.75  # share of a message's content said before, from which it is the same again
WORD: Final = 0.5  # words count half beside named signs, so that they are shrunk more where data is short
NOT_THAT: Final = re.compile(r"\bnot (?:the |a |an |on |for |in |at )?(\w+)")
ECHO: Final = re.compile(r"[^.!?\n]+\?")
ASKS: Final = re.compile(
    r"^(?:and |so |but |ok |okay |well |wait |hm+ )*"
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|may|has|have|had|how|what|whats|which|where|when|who|whose|why|if|any|please)\b"
)
ECHOED: Final = 2  # words of content that a question must share with the reply to be an echo of it
FURTHER: Final = re.compile(
    r"^(ok |okay |thanks |great |and |so )*(what about|how about|and (what|how|does|is|can|if)|what if)\b"
)


def normal(text: str) -> str:
    """Lower-case words with apostrophes closed up (don't -> dont), other marks as spaces, ? and ! kept, emoji as the
    words they stand for."""
    for emoji, words in EMOJI.items():
        text = text.replace(emoji, words) if emoji in text else text
    lowered = text.lower().replace("’", "'").replace("'", "").replace("?", " ? ").replace("!", " ! ")
    return " ".join(re.sub(r"[^a-z0-9?!]+", " ", lowered).split())


def find_complaints(text: str) -> tuple[str, ...]:
    """The kinds of complaint that the words make, in order of how telling they are."""
    words = normal(text)
    return tuple(kind for kind, pattern in COMPLAINTS.items() if pattern.search(words))


def is_flatly_wrong(text: str) -> bool:
    """Whether the words call the reply wrong, and can mean nothing else; to ask whether it is so is not to say it."""
    return not text.rstrip().endswith("?") and bool(FLATLY_WRONG.search(normal(text)))


def is_asked_again(text: str) -> bool:
    """Whether the words say that something was asked before, of the bot."""
    return bool(FLATLY_REPEATED.search(normal(text)))


def asks_of_the_world(text: str) -> bool:
    """Whether a question, for all its complaining words, asks about something else than the reply ("is there a shorter
    retention option?"): words are left over that do not complain."""
    words = normal(text)
    if not words.endswith("?") or not ABOUT_THE_WORLD.search(words):
        return False
    if SUPPOSES.search(words):
        return True
    rest = words
    for pattern in COMPLAINTS.values():
        rest = pattern.sub(" ", rest)
    return bool(content(rest) - {"answer", "reply", "again", "explai"})


def is_praise(text: str) -> bool:
    """Whether the words thank or praise, and do not take it back ("not helpful", "thanks but wrong")."""
    words = normal(text)
    return bool(PRAISE.search(words)) and not UNDONE.search(words) and not find_complaints(text)


def repeats(history: Sequence[Said], text: str) -> float:
    """How much (0-1) of the content of `text` its writer had said before: asking the same again scores high."""
    mine = content(text)
    earlier = [content(said.text) for said in history if not said.by_bot]
    if len(mine) < 2 or not earlier:
        return 0.0
    return max(len(mine & one) / len(mine) for one in earlier)


def asks_the_same(history: Sequence[Said], text: str) -> bool:
    """Whether a question of some substance says over what its writer had said before."""
    return text.rstrip().endswith("?") and len(content(text)) >= 3 and repeats(history, text) >= SAME_AGAIN


def contradicts(history: Sequence[Said], text: str) -> bool:
    """Whether the words put right what the reply before them said: "Thursday, not Tuesday" after a Tuesday, or what it
    stated said over as a question ("a piano has strings?")."""
    reply = next((said.text for said in reversed(history) if said.by_bot), "")
    theirs = content(reply)
    if any(content(found[1]) & theirs for found in NOT_THAT.finditer(normal(text))):
        return True
    return any(len(content(one) & theirs) >= ECHOED for one in ECHO.findall(text) if not ASKS.search(normal(one)))


def content(text: str) -> frozenset[str]:
    """The words that carry a text, crudely cut to their beginnings so that forms of a word meet."""
    return frozenset(word[:6] for word in normal(text).split() if word not in _SMALL and len(word) > 2)


def find_signs(history: Sequence[Said], text: str) -> dict[str, float]:
    """Everything that is weighed: name -> value. Words as `w:…`, what they say as `says:…`, the rest by name."""
    tokens = [_mark(token) for token in _WORD.findall(normal(re.sub(r"^\s*\d+\s+", "", text)))]
    signs = {f"w:{token}": WORD for token in tokens}
    signs |= {f"says:{kind}": 1.0 for kind in find_complaints(text) if not SUPPOSES.search(normal(text))}
    return signs | _relate(history, text, tokens)


def _mark(token: str) -> str:
    return token[0] if token[0] in "?!" else token


def _relate(history: Sequence[Said], text: str, tokens: Sequence[str]) -> dict[str, float]:
    """How the words stand to the reply before them and to what the person had said earlier."""
    reply = next((said.text for said in reversed(history) if said.by_bot), "")
    mine, theirs = content(text), content(reply)
    asked = "?" in reply
    return {
        "praise": float(is_praise(text)),
        "further": float(bool(FURTHER.search(normal(text)))),
        "repeats": repeats(history, text),
        "short": 1.0 if len(tokens) <= 7 else 0.0,
        "length": min(len(tokens), 40) / 40,
        "question": float("?" in tokens),
        "asked": float(asked),
        "answers": float(asked and "?" not in tokens),
        "overlap": len(mine & theirs) / len(mine) if mine else 0.0,
        "no_content": float(not mine),
        "question_alone": float("?" in tokens and not asked and not mine & theirs),
    }
