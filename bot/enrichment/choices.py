"""Things said side by side, and which of them "the other one" or "the second one" means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.enrichment.mentions import WORD, base, small
from bot.enrichment.vocabulary import DETERMINERS, look_up
from bot.turn import Assumption, Said
from bot.words import content_terms

OTHER = re.compile(r"\bthe other (?:one|option|choice|two|way)\b|\bthe other\b(?=\s*[?.!]|\s*$)", re.IGNORECASE)
NUMBERED = re.compile(
    r"\bthe (?P<which>first|second|third|fourth|fifth|last|former|latter)"
    r"(?: (?:one|option|choice|point|item|way)\b|"
    r"(?=\s*(?:[?.!,]|$|(?:is|are|was|do|does|did|can|could|mean|work|in|and|for|then)\b)))",
    re.IGNORECASE,
)
PLACES = {"first": 0, "former": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1, "latter": -1}
ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(?P<item>.+)$", re.MULTILINE)
NAME = re.compile(r"^(?:\*\*(?P<bold>[^*]+)\*\*|(?P<head>[^:–—.(]{2,60}?)\s*[:–—(])")
PHRASE = r"[A-Za-z0-9][\w+#.'’-]*(?: [A-Za-z0-9][\w+#.'’-]*){0,2}?"
SERIES = re.compile(
    rf"(?P<items>{PHRASE}(?:, {PHRASE})*),? (?:or|and|vs\.?|versus) (?P<end>{PHRASE})"
    r"(?=[?.!,;:)]|\s+(?:for|in|with|on|to|is|are|do|does|can|at)\b|\s*$)"
)
CHOOSING = frozenset("use using choose pick take prefer want need have run try compare like".split())
LONGEST = 8  # words of an item's name
UNCOMMON = 4.0  # rarity of a word that can name a choice
RECENT = 4  # turns that are looked at, counted back


def resolve_choice(text: str, history: Sequence[Said]) -> Assumption | None:
    """What "the other one" or "the second one" refers to, if the latest things named side by side tell."""
    if other := OTHER.search(text):
        reading = find_other(history)
        return Assumption(other[0], reading, "history") if reading else None
    if numbered := NUMBERED.search(text):
        items = find_items(history)
        place = PLACES[numbered["which"].lower()]
        return Assumption(numbered[0], items[place], "history") if -len(items) <= place < len(items) else None
    return None


def find_items(history: Sequence[Said]) -> list[str]:
    """The latest two or more things: a list in a reply of the bot, or a series in a sentence of the person's."""
    for said in reversed(history[-RECENT:]):
        listed = [shorten(one["item"]) for one in ITEM.finditer(said.text)] if said.by_bot else find_series(said.text)
        if len(listed) > 1:
            return listed
    return []


def find_other(history: Sequence[Said]) -> str:
    """Of the latest two things named side by side, the one that was not spoken of since; "" if that is unclear."""
    for at in range(len(history) - 1, max(-1, len(history) - 1 - 2 * RECENT), -1):
        for end, pair in reversed(list(find_all_series(history[at].text))):
            since = " ".join((history[at].text[end:], *(one.text for one in history[at + 1 :])))
            spoken = [count_shared(one, since) for one in pair]
            if len(pair) == 2 and spoken[0] != spoken[1]:
                return pair[spoken[0] > spoken[1]]
    return ""


def count_shared(phrase: str, text: str) -> int:
    terms = set(content_terms(phrase))
    return sum(term in terms for term in content_terms(text))


def find_series(text: str) -> list[str]:
    """The last series "A, B or C" of a text."""
    return next((items for _, items in reversed(list(find_all_series(text)))), [])


def find_all_series(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every series of, mostly, names or uncommon words: where it ends; its items without small words at the edges."""
    for found in SERIES.finditer(text):
        items = [trim(one) for one in (*found["items"].split(", "), found["end"])]
        if sum(not stands_out(one) for one in items) <= len(items) // 3 and not any(map(is_doing, items)):
            yield found.end(), items


def is_doing(item: str) -> bool:
    """Whether it is something that is done ("compares every row"), which nobody calls "the other one"."""
    words = item.lower().split()
    return len(words) > 2 and words[1] in DETERMINERS


def stands_out(item: str) -> bool:
    """Whether it can be the name of a choice: capitalised, or with an uncommon word."""
    return any(one[0].isupper() for one in item.split()) or any(
        look_up(term).rarity >= UNCOMMON for term in content_terms(item)
    )


def trim(phrase: str) -> str:
    """The phrase from its last small or choosing word on ("should I use Snowflake" -> "Snowflake")."""
    words = phrase.split()
    starts = [
        at + 1 for at, one in enumerate(words) if not WORD.match(one) or small(base(one)) or base(one) in CHOOSING
    ]
    return " ".join(words[max((at for at in starts if at < len(words)), default=0) :]).rstrip(".")


def shorten(item: str) -> str:
    """What a list's item is called: its bold part, what stands before its colon, or its first words."""
    named = NAME.match(item)
    name = (named["bold"] or named["head"]) if named else item
    return " ".join(re.sub(r"[*_`]|\[\d+\]", "", name).strip(" .:").split()[:LONGEST])
