"""The labels that the readers of statements learn, a word each, and variants of labelled messages.

A label is the kind of statement that a word is part of (with the depth, seniority or form where those are chosen from a
list), "ended=" and a kind for what is said to be over, "O" for the rest; words of arguable items count neither way.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from statements import CHOSEN, Labelled, as_list

from bot.self_model.model import kind_of
from bot.self_model.tagger import LONGEST, NO_STATEMENT, OVER, WORD

IGNORED = -100  # what PyTorch leaves out of a loss
OF_A_POST = ("role", "seniority", "background")
CHANGED = 0.7  # of the statements of a variant get other words

Item = dict[str, Any]


def all_labels(every: Mapping[str, Iterable[Labelled]]) -> list[str]:
    """Every label that occurs, in order."""
    return sorted({label for of in every.values() for one in of for label in label_words(one) if label})


def label_of(item: Item) -> str:
    """The label of an item's words."""
    address, value = as_list(item["address"])[0], as_list(item.get("value", ""))[0].lower()
    kind, _, of = address.partition(":")
    if kind_of(address) in CHOSEN:
        value = value.partition("/")[0]  # the first of two that may be meant
    if kind == "preference":
        deep = {"foundational": "foundational", "working": "working"}.get(value, "expert")
        return {
            "depth": f"depth={deep}",
            "length": f"length={'long' if value == 'long' else 'short'}",
            "format": f"format={value}",
        }.get(of, f"preference={of}")
    return f"{kind_of(address)}={value}" if kind in ("seniority", "expertise") else kind


def label_words(one: Labelled) -> list[str]:
    """The label of each word of a message; "" where it counts neither way."""
    spans = [found.span() for found in WORD.finditer(one.message.text)][:LONGEST]
    labels = [NO_STATEMENT] * len(spans)
    for items, name in ((one.allowed, _name_none), (one.ended, name_ended), (one.expected, label_of)):
        for item, start, end in items:
            for number, (first, last) in enumerate(spans):
                if first < end and last > start:
                    labels[number] = name(item)
    return labels


def _name_none(_: Item) -> str:
    return ""


def name_ended(item: Item) -> str:
    """The label of what is said to be over, by its kind; a post is over as a whole, whatever was said of it."""
    kind = kind_of(as_list(item["address"])[0])
    return f"{OVER}={'role' if kind in OF_A_POST else kind}"


def sort_fillers(every: Iterable[Labelled]) -> dict[str, list[str]]:
    """The words of all statements by their label."""
    fillers: dict[str, list[str]] = {}
    for one in every:
        for item, start, end in one.expected:
            fillers.setdefault(label_of(item), []).append(one.message.text[start:end])
    return fillers


def fill_anew(one: Labelled, fillers: Mapping[str, Sequence[str]], rng: random.Random) -> Labelled:
    """A variant of a labelled message: other words of the same label in place of some that state something."""
    named = {"expected": one.expected, "allowed": one.allowed, "ended": one.ended}
    spans = sorted(
        ((start, end, name, item) for name, items in named.items() for item, start, end in items),
        key=lambda span: span[:2],
    )
    if any(before[1] > after[0] for before, after in pairwise(spans)):
        return one  # words that state two things at once stay
    text, whole, last = "", one.message.text, 0
    placed: dict[str, list[tuple[Item, int, int]]] = {name: [] for name in named}
    for start, end, name, item in spans:
        text += whole[last:start]
        words = whole[start:end]
        if name == "expected" and rng.random() < CHANGED:
            other = rng.choice(fillers[label_of(item)])
            words = other[:1].lower() + other[1:] if words[:1].islower() and not other[:2].isupper() else other
        placed[name].append((item, len(text), len(text) + len(words)))
        text, last = text + words, end
    message = replace(one.message, text=text + whole[last:])
    spans_of = {name: tuple(items) for name, items in placed.items()}
    return replace(one, message=message, **spans_of)
