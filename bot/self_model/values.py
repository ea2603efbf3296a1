"""When two values say the same: keys of values, and which of several wordings stands for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.self_model.model import kind_of
from bot.self_model.quick import Quick
from bot.words import STOP_WORDS, stem, tokenize

Key = frozenset[str]
WORDED = frozenset({"role", "goal", "project", "constraint", "criterion", "background", "other"})  # values in words
NESTED = frozenset({"role", "project", "goal"})  # where a more specific wording takes in a vaguer one
WHATEVER = "all until then"  # in place of a value: that whatever was held is over
IN_OTHER_WORDS = 0.9  # the weight, below one, with which something is over that may be spoken of in other words
FIGURED = frozenset({"goal", "criterion"})  # where a new figure for the same thing replaces the old one
# limits of which there is one at a time: a new figure replaces the old one
SUBJECTS = ("budget", "deadline", "headcount")
DATE = Quick(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:jan|feb|"
    r"mar|apr|"
    r"may|jun|jul|aug|sep|oct|nov|dec)(?:\.|uary|ruary|ch|il|e|y|ust|tember|t|ober|ember)?(?: \d{1,2}(?:st|nd|rd|"
    r"th)?)?|"
    r"q[1-4]|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:end|middle|start|beginning) of (?:the )?(?:week|month|"
    r"quarter|year)|christmas|easter|summer|autumn|winter|spring|\d{1,2}[./]\d{1,2}|week \d+)\b"
)
OF_TIME = frozenset(  # words that say nothing of what a date is for
    stem(
        """
        january february march april may june july august september october november december jan feb mar apr jun jul
        aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday deadline date due new end week
        month quarter year day summer autumn winter spring latest hard live done finish ready moved pushed back now
        extended postponed
        """.split()
    )
)
GENERIC = frozenset(
    stem(
        [
            "project",
            "initiative",
            "work",
            "thing",
            "effort",
            "team",
            "lead",
            "of",
            "head",
            "build",
            "roll",
            "out",
            "set",
            "up",
            "target",
            "goal",
            "aim",
            "objective",
            "plan",
            "idea",
            "focus",
            "topic",
            "rule",
            "requirement",
            "priority",
        ]
    )
)


@lru_cache(maxsize=20_000)
def key_of(kind: str, value: str) -> Key:
    """What makes a value the same as another one of its kind: its stems, or the value itself in lower case."""
    if kind not in WORDED:
        return frozenset({value.lower()})
    words = tokenize(value)
    if kind == "constraint" and (subject := next((word for word in words if word in SUBJECTS), "")):
        return frozenset({subject})
    if kind in FIGURED and len(named := [word for word in words if word not in STOP_WORDS and word[0].isalpha()]) > 1:
        return frozenset(stem(named))
    return (
        frozenset(stem(word for word in words if word not in STOP_WORDS))
        or frozenset(words)
        or frozenset({value.lower()})
    )


def same_value(address: str, one: str, other: str) -> bool:
    """Whether two values at an address say the same."""
    kind = kind_of(address)
    return key_of(kind, one) == key_of(kind, other)


def has_date(value: str) -> bool:
    """Whether a limit is one of time."""
    return DATE.search(value) is not None


def merge_keys(kind: str, keys: Iterable[Key]) -> Mapping[Key, Key]:
    """For each key the one it counts towards: itself, or a more specific one that takes it in."""
    distinct = sorted(set(keys), key=lambda key: (-len(key), sorted(key)))
    if kind not in NESTED or len(distinct) == 1:
        return {key: key for key in distinct}
    merged: dict[Key, Key] = {}
    for key in distinct:
        wider = [other for other in distinct if key < other and merged.get(other) == other]
        merged[key] = wider[0] if len(wider) == 1 else key
    return merged


def is_meant(said: Key, held: Key) -> bool:
    """Whether what someone says is over is this value: "the billing project" is "billing migration to Snowflake"."""
    said_words, held_words = said - GENERIC, held - GENERIC
    return said == held or bool(said_words and held_words and (said_words <= held_words or held_words <= said_words))


def has_ended(kind: str, said: str, held: Iterable[str], held_key: Key) -> bool:
    """Whether what someone says is over is what is held under this key, in one of these wordings."""
    if said == WHATEVER or is_meant(key_of(kind, said), held_key):
        return True
    if kind != "constraint":  # where a key may be one word out of many
        return False
    words = _stems(said)
    return any(is_meant(words, _stems(one)) for one in held)


@lru_cache(maxsize=2_000)
def _stems(value: str) -> Key:
    return frozenset(stem(word for word in tokenize(value) if word not in STOP_WORDS))


def find_spoken_of(quote: str, held: Mapping[Key, Iterable[str]]) -> list[Key]:
    """Of the values held, each with the words it was told in, the one that a sentence shares most of its words with,
    if there is one."""
    said = _stems(quote) - GENERIC
    shared = {key: max((len(said & _stems(one)) for one in wordings), default=0) for key, wordings in held.items()}
    most = max(shared.values(), default=0)
    best = [key for key, count in shared.items() if count == most]
    return best if most and len(best) == 1 else []


def is_same_date(new: str, old: str) -> bool | None:
    """Whether two dates are for the same thing, by the words beside them; None where one does not say what for."""
    one, other = (
        frozenset(word for word in _stems(said) if word not in OF_TIME and not word.isdigit()) for said in (new, old)
    )
    return bool(one & other) if one and other else None
