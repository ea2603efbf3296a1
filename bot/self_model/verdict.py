"""How likely a finding is right: what the rules and the learned reader saw of it, and the words in and around it.

A logistic regression, learned by `training/verdict.py` from findings on messages that neither the rules nor the reader
had seen. It judges rules and reader alike, so that what is kept has one measure.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np

from bot.self_model.tagger import NO_STATEMENT, OVER, Tags, kind_names

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?!:;,()\"–—-]")
NEAR = 6  # words before and after a finding that are looked at
IN_QUOTE, NEARBY, ANYWHERE = 0.7, 0.7, 0.4  # how much a word counts by where it stands
LOOKS = ("lmean", "lmax", "lo", "loth", "lend", "lall")  # the features that tell what the reader made of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that may be said of the writer: of a kind, at a span of the message. `address` and `source` are set,
    and `weight` above 0, where a rule found it."""

    kind: str
    start: int
    end: int
    address: str = ""
    source: str = ""
    weight: float = 0.0

    @property
    def by_rule(self) -> bool:
        return self.weight > 0


class Words:
    """The words of a message in lower case, and where each begins."""

    def __init__(self, text: str) -> None:
        found = list(WORD.finditer(text.lower()))
        self.starts = [one.start() for one in found]
        self.words = [one.group() for one in found]

    def anywhere(self) -> set[str]:
        """The features that all candidates of the message share."""
        return {f"t:{word}" for word in self.words}

    def around(self, one: Candidate) -> tuple[list[str], list[str], list[str]]:
        """The words of a candidate, and those before and after it."""
        first, last = bisect_left(self.starts, one.start), bisect_left(self.starts, one.end)
        return self.words[first:last], self.words[max(0, first - NEAR) : first], self.words[last : last + NEAR]


@cache
def load_weights() -> Mapping[str, float]:
    """The weights as shipped; "" is the bias."""
    table = json.loads(files("bot.self_model.weights").joinpath("verdict.json").read_text("utf-8"))
    weights: dict[str, float] = table["weights"]
    return weights


def judge(text: str, tags: Tags, candidates: Sequence[Candidate]) -> list[float]:
    """For each candidate of a message how likely it is right, from 0 to 1."""
    if not candidates:
        return []
    known, words = load_weights().get, Words(text)
    whole = known("", 0.0) + ANYWHERE * sum([known(name, 0.0) for name in words.anywhere()])
    return [1 / (1 + math.exp(-whole - _score(words, tags, one))) for one in candidates]


def _score(words: Words, tags: Tags, one: Candidate) -> float:
    """What the features of `describe` weigh together; words are looked up by what they add where they stand."""
    known, tables = load_weights().get, _tables(one.kind)
    quoted, paired, ahead, just_ahead, behind, just_behind = tables
    within, before, after = words.around(one)
    total = sum([quoted.get(word, 0.0) for word in set(within)])
    total += sum([paired.get(pair, 0.0) for pair in set(pairwise(within))])
    total += sum([ahead.get(word, 0.0) for word in set(before)]) + sum([behind.get(word, 0.0) for word in set(after)])
    total += just_ahead.get(before[-1], 0.0) if before else 0.0
    total += just_behind.get(after[0], 0.0) if after else 0.0
    fixed, *per = _fixed(one.kind, one.by_rule, one.address, one.source)
    total += fixed + known("nq", 0.0) * len(within) / 10 + known("nt", 0.0) * len(tags.words) / 40
    total += known("weight", 0.0) * one.weight
    return total + sum([weight * size for weight, size in zip(per, _look(tags, one), strict=True)])


@cache
def _fixed(kind: str, by_rule: bool, address: str, source: str) -> tuple[float, ...]:
    """What a candidate's kind and origin weigh, and then what each of the figures of `_look` does."""
    known = load_weights().get
    names = ["rule", f"rule={kind}", f"addr={address}", f"src={source}"] if by_rule else ["tag", f"tag={kind}"]
    fixed = sum(known(name, 0.0) for name in (f"kind={kind}", *names))
    likely, top = (known(name, 0.0) + known(f"{kind}{name}", 0.0) for name in LOOKS[:2])
    return fixed, likely, top, *(known(name, 0.0) for name in LOOKS[2:])


@cache
def _tables(kind: str) -> tuple[dict[Any, float], ...]:
    """What a word adds to a candidate of a kind: in its quote, with the next one there, before, right before, after and
    right after it."""
    quoted: dict[Any, float] = {}
    paired: dict[Any, float] = {}
    ahead: dict[Any, float] = {}
    just_ahead: dict[Any, float] = {}
    behind: dict[Any, float] = {}
    just_behind: dict[Any, float] = {}
    by_name = {
        "q": (quoted, IN_QUOTE),
        f"{kind}q": (quoted, IN_QUOTE),
        "qq": (paired, IN_QUOTE),
        "b": (ahead, NEARBY),
        f"{kind}b": (ahead, NEARBY),
        "b1": (just_ahead, 1.0),
        "a": (behind, NEARBY),
        "a1": (just_behind, 1.0),
        f"{kind}a1": (just_behind, 1.0),
    }
    for name, weight in load_weights().items():
        where, _, what = name.partition(":")
        if where in by_name and what:
            table, size = by_name[where]
            word = tuple(what.split(" ")) if where == "qq" else what
            table[word] = table.get(word, 0.0) + weight * size
    return quoted, paired, ahead, just_ahead, behind, just_behind


def describe(words: Words, tags: Tags, one: Candidate) -> Iterator[tuple[str, float]]:
    """The features of a candidate but for the words of the whole message, by name; no name twice."""
    kind = one.kind
    within, before, after = words.around(one)
    yield from _describe_whole(tags, one, len(within))
    for word in set(within):
        yield from ((f"q:{word}", IN_QUOTE), (f"{kind}q:{word}", IN_QUOTE))
    for first, second in set(pairwise(within)):
        yield f"qq:{first} {second}", IN_QUOTE
    for word in set(before):
        yield from ((f"b:{word}", NEARBY), (f"{kind}b:{word}", NEARBY))
    for word in set(after):
        yield f"a:{word}", NEARBY
    if before:
        yield f"b1:{before[-1]}", 1.0
    if after:
        yield from ((f"a1:{after[0]}", 1.0), (f"{kind}a1:{after[0]}", 1.0))


def _describe_whole(tags: Tags, one: Candidate, words: int) -> Iterator[tuple[str, float]]:
    """What holds of a candidate whatever its words."""
    yield f"kind={one.kind}", 1.0
    yield from _describe_tags(tags, one)
    yield from (("nq", words / 10), ("nt", len(tags.words) / 40))
    if one.by_rule:
        yield from (("rule", 1.0), (f"rule={one.kind}", 1.0), (f"addr={one.address}", 1.0))
        yield from (("weight", one.weight), (f"src={one.source}", 1.0))
    else:
        yield from (("tag", 1.0), (f"tag={one.kind}", 1.0))


def _describe_tags(tags: Tags, one: Candidate) -> Iterator[tuple[str, float]]:
    """What the reader makes of the candidate's words; how likely its kind is counts for every kind by itself too."""
    figures = _look(tags, one)
    yield from zip(LOOKS, figures, strict=True)
    yield from ((f"{one.kind}{LOOKS[0]}", figures[0]), (f"{one.kind}{LOOKS[1]}", figures[1]))


def _look(tags: Tags, one: Candidate) -> tuple[float, ...]:
    """In log-odds what the reader makes of the candidate's words, in the order of `LOOKS`: that they are of its kind,
    on average and at best; of no statement; at best of another kind; over; and that any word of the message states
    something."""
    kinds, names = tags.kinds, kind_names()
    rows = kinds[tags.between(one.start, one.end)]
    rows = rows if len(rows) else kinds[:1]
    means = (np.add.reduce(rows) / len(rows)).tolist()
    most = np.maximum.reduce(rows).tolist()
    nothing = names.index(NO_STATEMENT)
    own = names.index(one.kind) if one.kind in names else nothing
    rival = max([share for name, share in zip(names, most, strict=True) if name not in (one.kind, NO_STATEMENT, OVER)])
    shares = (means[own], most[own], means[nothing], rival, most[names.index(OVER)])
    return *map(log_odds, shares), log_odds(1 - float(kinds[:, nothing].min()))


def log_odds(share: float) -> float:
    """Log-odds, bounded at about seven."""
    return math.log((share + 1e-3) / (1 - share + 1e-3))
