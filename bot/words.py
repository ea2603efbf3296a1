"""Words of a text: tokens, stems, and the small words that carry no topic. English, one place for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

TOKEN = re.compile(r"[a-z0-9ıſ](?:[a-z0-9ıſ+#.]*[a-z0-9ıſ+#])?")  # of a text in lower case
STOP_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both but by
    can could did do does doing down during each few for from further had has have having he her here hers herself him
    himself his how i if in into is it its itself just let me might more most must my myself no nor not now of off on
    once only or other our ours ourselves out over own please same shall she should so some such tell than thanks that
    the their theirs them themselves then there these they this those through to too under until up upon us very was we
    were what when where which while who whom whose why will with would you your yours yourself yourselves ok okay
    don didn doesn isn aren wasn weren hasn haven hadn couldn wouldn shouldn won ain
    s t d m re ve ll""".split()
)
_stem_word = lru_cache(maxsize=100_000)(Stemmer.Stemmer("english", 0).stemWord)


def tokenize(text: str) -> list[str]:
    """The words of a text, lower-case, in order. Inner dots and trailing + and # stay (`node.js`, `c++`, `c#`)."""
    return TOKEN.findall(text.lower())


def stem(words: Iterable[str]) -> list[str]:
    """Each word's stem (Snowball English)."""
    return [_stem_word(word) for word in words]


def content_terms(text: str) -> list[str]:
    """The stems of a text's words, without the small ones, in order, repeated as often as they stand there."""
    return [_stem_word(word) for word in TOKEN.findall(text.lower()) if word not in STOP_WORDS]


@lru_cache(maxsize=8192)
def terms_of(text: str) -> frozenset[str]:
    """The stems of a text's words, without the small ones; kept, for texts that are looked at again and again: passages
    of documents, headings, topics."""
    return frozenset(content_terms(text))
