"""The learned reader: for each word of a message, how likely it is to be part of a statement about its writer.

A small convolutional network over words, run with numpy. It knows words by their pieces (vectors reduced from those of
all-MiniLM-L6-v2, Apache-2.0), by themselves, by their shape and by the word lists that the rules read. Learned by
`training/tagger.py` from messages written for this project; nothing is downloaded.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import Any

import numpy as np

from bot.self_model.lexicon import load, load_occupations
from bot.turn import Said

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:'[a-z]+)?|\d+|[^\w\s]|_")
LONGEST = 400  # words that are read of a message
PIECES = 6  # of a word that are looked at
ASKED_WORDS = 20  # of what was said just before
NO_STATEMENT, OVER = "O", "ended"  # labels of words that state nothing, and of what is said to be over
SENTENCE_END = ".!?"
OF_PIECES = ("pieces", "scale")  # the vectors of word pieces, a byte a number, and the unit of each
SHORT = 3  # letters
HIGHEST = 60.0  # score, so that its exponential can be told
FORMS = frozenset({"depth", "length", "format", "preference"})  # labels that are preferences

Vector = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True)
class Tags:
    """The words of a text as spans, and for each word how likely each label is, as rows that add up to one."""

    words: tuple[tuple[int, int], ...]
    likely: Vector

    @cached_property
    def kinds(self) -> Vector:
        """How likely each word is to be part of each kind of statement, the labels of a kind together: a row a word, in
        the order of `kind_names`."""
        return self.likely @ _together()

    def between(self, start: int, end: int) -> slice:
        """The words that stand at least partly between two places in the text, as rows."""
        first = bisect_right(self.words, start, key=itemgetter(1))
        return slice(first, bisect_left(self.words, end, lo=first, key=itemgetter(0)))


@dataclass(frozen=True, slots=True)
class Network:
    """The weights as learned; `labels` names the columns of what `tag` gives."""

    labels: tuple[str, ...]
    words: Vector
    into: tuple[Vector, Vector]
    asked: tuple[Vector, Vector]
    layers: tuple[tuple[int, Vector, Vector, Vector], ...]  # distance of neighbours, their shares, weights, bias
    whole: tuple[Vector, Vector]
    out: tuple[Vector, Vector]


@cache
def load_network() -> Network:
    """The network as shipped."""
    held = _read_table(of_pieces=False)
    floats = {name: one for name, one in held.items() if one.dtype in (np.float16, np.float32)}
    wide = {name: one.astype(np.float32, order="C") for name, one in floats.items()}

    def layer(name: str) -> tuple[Vector, Vector]:
        return wide[f"{name}_w"], wide[f"{name}_b"]

    return Network(
        labels=tuple(str(one) for one in held["labels"]),
        words=wide["words"],
        into=layer("into"),
        asked=layer("asked"),
        layers=tuple(
            (int(step), wide[f"layer{number}_d"], *layer(f"layer{number}")) for number, step in enumerate(held["steps"])
        ),
        whole=layer("whole"),
        out=layer("out"),
    )


@cache
def load_pieces() -> Mapping[str, Vector]:
    """The vectors of word pieces."""
    names = files("bot.self_model.weights").joinpath("pieces.txt").read_text("utf-8").split("\n")
    held = _read_table(of_pieces=True)
    vectors = held["pieces"].astype(np.float32) * held["scale"].astype(np.float32)[:, None]
    return {name: vectors[number] for number, name in enumerate(names) if name}


def _read_table(*, of_pieces: bool) -> dict[str, Any]:
    """The vectors of word pieces, or the rest of the weights."""
    with files("bot.self_model.weights").joinpath("tagger.npz").open("rb") as file, np.load(file) as table:
        return {name: table[name] for name in table.files if (name in OF_PIECES) is of_pieces}


def tag(text: str, context: Sequence[Said] = ()) -> Tags:
    """How likely each word of a message is to be part of what; what stood just before it helps with short answers."""
    network = load_network()
    words = tuple([found.span() for found in WORD.finditer(text)][:LONGEST])
    if not words:
        return Tags((), np.zeros((0, len(network.labels)), np.float32))
    rows = np.array(
        [
            _read_word(text[start:end], *where)
            for (start, end), where in zip(words, place_words(text, words), strict=True)
        ]
    )
    wide = rows.shape[1] // 3
    held = rows[:, wide:-wide] + _hear(context)
    held[1:] += rows[:-1, :wide]  # what the word before adds
    held[:-1] += rows[1:, -wide:]  # and the one behind
    np.maximum(held, 0.0, out=held)
    for step, shares, weights, bias in network.layers:
        near = held * shares[1]
        near[step:] += held[:-step] * shares[0]
        near[:-step] += held[step:] * shares[2]
        held += np.maximum(near @ weights + bias, 0.0)
    message = np.concatenate([np.add.reduce(held) / len(held), np.maximum.reduce(held)])
    of_message = np.maximum(message @ network.whole[0] + network.whole[1], 0.0)
    weights, bias = network.out
    scores = held @ weights[: held.shape[1]] + (of_message @ weights[held.shape[1] :] + bias)
    raised = np.exp(np.minimum(scores, HIGHEST))
    return Tags(words, raised / np.add.reduce(raised, axis=1, keepdims=True))


def describe_word(word: str, known: int) -> tuple[Vector, int, tuple[bool, ...]]:
    """What is known of a word wherever it stands: its vector, its number among `known`, and its shape."""
    lower = word.lower()
    shape = (
        word[0].isupper(),
        word.isupper() and len(word) > 1,
        word.isdigit(),
        not word[0].isalnum(),
        any(letter.isupper() for letter in word[1:]) and not word.isupper(),
        False,
        False,
        len(word) <= SHORT,
        *_find_lists().get(lower, NOWHERE),
    )
    return _embed(lower), zlib.crc32(lower.encode()) % known, shape


def place_words(text: str, words: Sequence[tuple[int, int]]) -> list[tuple[bool, bool]]:
    """For each word whether a sentence begins with it, and whether the next character is no space."""
    before = [".", *(text[end - 1] for _, end in words)]
    last = len(text)
    return [
        (mark in SENTENCE_END, end < last and not text[end].isspace())
        for mark, (_, end) in zip(before, words, strict=False)
    ]


def read_asked(context: Sequence[Said]) -> Vector:
    """What was said just before: the mean vector of its words, whether there was anything, whether the bot said it."""
    if not context:
        return np.zeros(len(_embed("what")) + 2, np.float32)
    last = context[-1]
    words = re.findall(r"[A-Za-z']+", last.text)[-ASKED_WORDS:]
    mean = np.mean([_embed(word.lower()) for word in words], axis=0) if words else np.zeros(len(_embed("what")))
    return np.concatenate([mean, [1.0, float(last.by_bot)]]).astype(np.float32)


NO_SHAPE = (False,) * 13
STARTS, JOINS = 5, 6  # what of a word's shape depends on where it stands
NOWHERE = NO_SHAPE[:5]
UNKNOWN = "[UNK]"


@lru_cache(maxsize=20_000)  # the same words come up in every message
def _read_word(word: str, starts: bool, joined: bool) -> Vector:
    """What a word adds to the one behind it, to itself and to the one before it, in the first layer."""
    network = load_network()
    vector, number, shape = describe_word(word, len(network.words))
    placed = np.array([*shape[:STARTS], starts, joined, *shape[JOINS + 1 :]], np.float32)
    weights, bias = network.into
    row: Vector = np.concatenate([vector, network.words[number], placed]) @ weights + bias
    return row


def _hear(context: Sequence[Said]) -> Vector:
    """What the words said just before add to every word."""
    weights, bias = load_network().asked
    added: Vector = read_asked(context) @ weights + bias if context else bias
    return added


@lru_cache(maxsize=20_000)
def _embed(word: str) -> Vector:
    """The mean of the vectors of a word's pieces."""
    pieces = load_pieces()
    mean: Vector = np.mean([pieces[name] for name in split_word(word, pieces)[:PIECES]], axis=0)
    return mean


def split_word(word: str, pieces: Mapping[str, Vector]) -> list[str]:
    """A word as the longest known pieces from left to right; those after the first are named with "##" before them."""
    found: list[str] = []
    start = 0
    while start < len(word):
        before = "##" if start else ""
        end = next((end for end in range(len(word), start, -1) if before + word[start:end] in pieces), 0)
        if not end:
            return [UNKNOWN]
        found.append(before + word[start:end])
        start = end
    return found


@cache
def _find_lists() -> Mapping[str, tuple[bool, ...]]:
    """For each single word of the word lists in which it stands: tools, topics, jobs, lines of work, weak jobs."""
    lexicon, jobs = load(), load_occupations()
    lists = [frozenset(name for name in names if " " not in name) for names in (lexicon.tools, lexicon.topics)]
    lists += [
        frozenset(word for name in names for word in name.split()) for names in (jobs.heads, jobs.fields, jobs.weak)
    ]
    return {word: tuple(word in one for one in lists) for word in frozenset().union(*lists)}


def kind_of_label(label: str) -> str:
    """The kind of statement that a label means: "expertise=expert" -> "expertise", "length=short" -> "preference"."""
    kind = label.partition("=")[0]
    return "preference" if kind in FORMS else kind


@cache
def kind_names() -> tuple[str, ...]:
    """The kinds of statement that the reader's labels mean, with those of no statement and of what is over."""
    return tuple(sorted({kind_of_label(one) for one in load_network().labels}))


@cache
def _together() -> Vector:
    labels = [kind_of_label(one) for one in load_network().labels]
    return np.array([[label == kind for kind in kind_names()] for label in labels], np.float32)
