"""When two values say the same: keys of values, and which of several wordings stands for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.self_model.model import kind_of
from bot.words import STOP_WORDS, stem, tokenize

Key = frozenset[str]
WORDED = frozenset({"role", "goal", "project", "constraint", "criterion", "background", "other"})  # values in words
NESTED = frozenset({"role", "project", "goal"})  # where a more specific wording takes in a vaguer one
WHATEVER = "all until then"  # in place of a value: that whatever was held is over
# limits of which there is one at a time: a new figure replaces the old one
SUBJECTS = ("budget", "deadline", "headcount")
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
    return (
        frozenset(stem(word for word in words if word not in STOP_WORDS))
        or frozenset(words)
        or frozenset({value.lower()})
    )


def same_value(address: str, one: str, other: str) -> bool:
    """Whether two values at an address say the same."""
    kind = kind_of(address)
    return key_of(kind, one) == key_of(kind, other)


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
