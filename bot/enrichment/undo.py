"""Taking an assumption back: which mentions someone did not mean as they were taken, and what they asked themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.enrichment.enrich import add
from bot.turn import Assumption

UNDO = re.compile(
    r"^\W*(?:please )?(?:(?:change|undo)"
    r"(?: (?:that|it|this|the assumption|(?P<what>(?:my|our) (?!.*\bto\b)[\w -]{2,40}?)))?"
    r"|i did(?:n['’]?t| not) mean (?:that|it|this|(?P<other>[\w -]{2,60}?)))(?:,? please)?\W*$",
    re.IGNORECASE,
)


def is_undo(text: str) -> bool:
    """Whether a message takes an assumption back: "change", "change my project", "I didn't mean the migration"."""
    return bool(UNDO.match(text))


def find_undone(text: str, assumptions: Sequence[Assumption]) -> tuple[str, ...]:
    """The mentions that the message takes back: the one it names, by mention or reading, else all of them."""
    match = UNDO.match(text)
    if not match:
        return ()
    named = (match["what"] or match["other"] or "").casefold()
    return tuple(dict.fromkeys(one.mention for one in assumptions if not named or is_named(named, one)))


def is_named(words: str, assumption: Assumption) -> bool:
    """Whether the words name the assumption, in part or with more words around it."""
    names = (assumption.mention.casefold(), assumption.reading.casefold())
    bare = re.sub(r"^(?:the|a|an) ", "", words)
    return any(bare in name or name in bare for name in names)


def own_words(enriched: str, assumptions: Sequence[Assumption]) -> str:
    """The question as its person asked it, without what these assumptions added at its end."""
    words = enriched.split(" ")
    for at in range(1, len(words)):
        text = " ".join(words[:at])
        if list(add(text, assumptions)) == words[at:]:
            return text
    return enriched
