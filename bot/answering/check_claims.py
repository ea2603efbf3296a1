"""What a sentence claims that can be looked up word for word: numbers, versions, names, code and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.words import content_terms, tokenize

LINK = re.compile(r"https?://[^\s)\]>]+|\b[\w.+-]+@[\w-]+\.[\w.]+\b")
CODE = re.compile(r"`([^`]+)`")
NUMBER = re.compile(r"(?<![\w.])[$€£]?\d[\d,.:/-]*\d%?|(?<![\w.])[$€£]?\d%?")
WORDED = {
    word: str(number) for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
}
NAME = re.compile(r"\b(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}\w*|[A-Z][\w-]*[a-z0-9])\b")
FRAMING = re.compile(
    r"(?:documents?|documentation|passages?|sources?) (?:do(?:es)? not|don['’]t|doesn['’]t|say nothing|never)"
    r"|^(?:in plain words|in short|for example|as documented|steps?|what this means|i took|i am not sure"
    r"|the documents answer)\b",
    re.I,
)
LONGEST_FRAMING = 6  # words of a line without a citation that introduces what follows


@dataclass(frozen=True, slots=True)
class Claims:
    """`exact` must stand in the cited passage as they are: links, code (in backticks), numbers. `names` must be known
    to the documents at hand: a passage need not repeat the product's name to support a sentence that does."""

    exact: tuple[str, ...]
    names: tuple[str, ...]


def claims_of(sentence: str) -> Claims:
    """What a sentence claims, in order, its markers left out."""
    text = re.sub(r"\[\d{1,2}\](?!\()", "", sentence)
    exact = [*LINK.findall(text), *(f"`{one}`" for one in CODE.findall(text))]
    text = CODE.sub(" ", LINK.sub(" ", text))
    names = (name for name in NAME.findall(text) if not opens_sentence(name, text))
    return Claims(tuple(dict.fromkeys([*exact, *NUMBER.findall(text)])), tuple(dict.fromkeys(names)))


def opens_sentence(name: str, text: str) -> bool:
    """Whether a plain capitalised word only opens a sentence, a bold lead or a table cell."""
    if not re.fullmatch(r"[A-Z][a-z]+(?:-[a-z]+)*", name):
        return False
    before = text[: text.index(name)].rstrip()
    return not before or before[-1] in ".!?:|*_“\"'(-–—>•" or before.endswith("\n")


def find_unsupported(claims: Claims, cited: str, known: str) -> tuple[str, ...]:
    """The claims that neither the cited text nor, for names, any known text holds."""
    exact = [claim for claim in claims.exact if not holds(cited, claim)]
    names = [name for name in claims.names if not names_it(known, name)]
    return (*exact, *names)


def holds(text: str, claim: str) -> bool:
    """Whether a text holds a link or code as written, or a number in whatever form."""
    if claim.startswith("`"):
        return claim.strip("`") in text
    if NUMBER.fullmatch(claim):
        return plain_number(claim) in numbers_of(text)
    return claim.rstrip(".,;") in text


def names_it(text: str, name: str) -> bool:
    """Whether a text holds a name, in any case and form."""
    return name in text or name.lower() in text.lower() or set(content_terms(name)) <= terms_of(text)


@lru_cache(maxsize=512)
def numbers_of(text: str) -> frozenset[str]:
    """All numbers of a text, bare; small ones in words count too."""
    written = {plain_number(one) for one in NUMBER.findall(text)}
    return frozenset(written | {WORDED[word] for word in tokenize(text) if word in WORDED})


@lru_cache(maxsize=512)
def terms_of(text: str) -> frozenset[str]:
    return frozenset(content_terms(text))


def plain_number(text: str) -> str:
    """Digits without currency, thousands separators, percent and trailing punctuation."""
    return re.sub(r"(?<=\d),(?=\d{3})|[$€£%]|[.,:/-]+$", "", text)


def is_framing(text: str) -> bool:
    """Whether a line says nothing of its own: it introduces, asks, or says what the documents lack. None of that needs
    a number, a link or code."""
    bare = text.strip().strip("*_")
    introduces = bare.endswith(":") and len(bare.split()) <= LONGEST_FRAMING
    return not claims_of(bare).exact and (introduces or bare.endswith("?") or bool(FRAMING.search(bare)))
