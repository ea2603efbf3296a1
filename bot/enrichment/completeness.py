"""Whether a question stands by itself: what it names, and which of its pronouns point outside it.

"What is mortadella and where is it from?" answers its own "it"; "Where is it from?" does not. English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.enrichment.mentions import LEAD_IN, SENTENCE, WORD, base, is_idle, small, stems_of
from bot.enrichment.vocabulary import look_up
from bot.turn import Said
from bot.words import stem

PRONOUNS = frozenset("it its they them their this that these those he him his she her one ones".split())
DEMONSTRATIVE = frozenset("this that these those".split())
VERB = 0.3  # share of a stem's uses after "to", "can", "you" and the like from which it is taken for a verb
WHAT = r"(?:what(?:'s| is| are)|who (?:is|was)|tell (?:me )?(?:more )?about)"
PATTERNS = {
    "asks what": rf"(?:.*[.!] )?(?:um, |ok\. |okay\. )?(?:{WHAT}|describe)\b",
    "asks what only": rf"{WHAT} (?:a |an |the )?\w+(?: \w+)?\??\.?$",
    "ends in place": r".*\b(?:in|of|for|on|about|between|from) (?:the |a )?[a-z0-9]+ ?\w*[?.]*$",
    "meant": r".*\bi (?:meant|mean)\b|no,? i\b",
    "asks for some": r".*\b(?:any|some|examples?|alternatives?|types?|ways?|else)\b",
    "ranks": r".*\b(?:\w{3,}est|most|best)\b",
    "asks how": r"(?:.*[.!] )?how (?:do|does|did|is|are|can)\b",
}
MATCHERS = {name: re.compile(pattern, re.DOTALL) for name, pattern in PATTERNS.items()}
COMPARES = re.compile(r"\b(?:\w{3,}er|more|less|better|worse|different|differ|compare)\b")
STANDARD = re.compile(r"\bthan\b|between\b|compared")
DEFINITE = re.compile(r"\bthe ((?:[a-z0-9'-]+ ?){1,4})")


def read_completeness(text: str, history: Sequence[Said]) -> dict[str, float]:
    """What the question holds by itself, as flags and capped counts."""
    sentences = [one for one in SENTENCE.findall(text) if one.strip()]
    matter = [one for one in sentences if not is_idle(one, 0)] or sentences or [""]
    free, bound = count_pronouns(matter)
    return (
        read_form(text.lower().replace("’", "'"), matter[-1].lower(), free)
        | read_names(matter[-1], history, free)
        | {
            "s free": float(min(free, 3)),
            "s bound": float(min(bound, 2)),
            "s none free": float(not free),
            "s bound only": float(bound > 0 and not free),
            "s turns": float(min(sum(not one.by_bot for one in history), 8)),
        }
    )


def count_pronouns(sentences: Sequence[str]) -> tuple[int, int]:
    """How many pronouns point outside their sentence, and how many have a noun before them in it."""
    free = bound = 0
    for sentence in sentences:
        words = [base(one) for one in WORD.findall(LEAD_IN.sub("", sentence.strip()))]
        named = False
        for word, after in zip(words, (*words[1:], ""), strict=False):
            if word in PRONOUNS:
                outside = not named or (word in DEMONSTRATIVE and bool(after) and not small(after))
                free, bound = free + outside, bound + (not outside)
            elif not small(word):
                named = named or is_noun(word)
    return free, bound


def is_noun(word: str) -> bool:
    """Whether the word mostly stands where nouns stand."""
    known = look_up(stem([word])[0])
    return known.verbal < VERB or known.determined > VERB


def read_form(low: str, last: str, free: int) -> dict[str, float]:
    """How the question is put."""
    form = {f"s {name}": float(bool(matcher.match(low))) for name, matcher in MATCHERS.items()}
    owned = (f" {one} " for one in DEFINITE.findall(last))
    return form | {
        "s asks what": form["s asks what"] * (not free),
        "s asks what only": form["s asks what only"] * (not free),
        "s ends in place": float(bool(MATCHERS["ends in place"].match(last))),
        "s compares": float(bool(COMPARES.search(low)) and not STANDARD.search(low)),
        "s definite": float(min(sum(" of " not in one and " in " not in one for one in owned), 2)),
    }


def read_names(last: str, history: Sequence[Said], free: int) -> dict[str, float]:
    """What the question names: how much, how rare, and whether it was said before."""
    words = WORD.findall(last)
    names = [one for one in words[1:] if one[0].isupper() and one != "I"]
    nouns = stem(word for one in words if not small(word := base(one)) and look_up(stem([word])[0]).verbal < VERB)
    said = [(one.by_bot, stems_of(one.text)) for one in history]
    by_user = frozenset[str]().union(*(stems for by_bot, stems in said if not by_bot))
    known = by_user.union(*(stems for _, stems in said))
    rarest = [*sorted((look_up(one).rarity for one in nouns), reverse=True), 0.0, 0.0]
    count = float(min(len(nouns), 6))
    return {
        "s nouns": count,
        "s one noun": float(len(nouns) <= 1),
        "s nouns, none free": count * (not free),
        "s names": float(min(len(names), 3)),
        "s new name": float(any(one not in known for one in stem(base(name) for name in names))),
        "s new nouns": float(min(sum(one not in known for one in nouns), 4)),
        "s unsaid nouns": float(min(sum(one not in by_user for one in nouns), 4)),
        "s said nouns": float(min(sum(one in by_user for one in nouns), 4)),
        "s rarest": rarest[0],
        "s second rarest": rarest[1],
        "s rarest, none free": rarest[0] * (not free),
    }
