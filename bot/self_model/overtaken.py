"""Which of the values held at an address an observation ends, or takes the place of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.self_model.ledger import Ledger
from bot.self_model.model import Observation, Source
from bot.self_model.quick import Quick
from bot.self_model.values import IN_OTHER_WORDS, Key, find_spoken_of, has_date, has_ended, is_same_date

ONE_MORE = Quick(r"\b(?:also|too|as well|another|in addition|additionally)\b")
JUST_BEFORE = timedelta(days=30)  # "scratch that, I meant …" speaks of what was said last, if so recently


def end_each(ledger: Ledger, one: Observation) -> list[Key]:
    """Take out every value that is said to be over, and tell which these are."""
    over = [
        key
        for key, tally in ledger.tallies.items()
        if has_ended(ledger.kind, one.value, (said.value for _, said in tally.counted), key)
    ]
    if not over and one.weight >= -IN_OTHER_WORDS:
        told = {
            key: [words for _, said in tally.counted for words in (said.value, said.quote)]
            for key, tally in ledger.tallies.items()
            if tally.counted and tally.counted[-1][1].message != one.message
        }
        over = find_spoken_of(one.quote, told)
    for key in over:
        ledger.tallies.pop(key)
    return over


def find_replaced(ledger: Ledger, one: Observation, key: Key) -> list[Key]:
    """The values that a correction puts another in place of: what was said just before it; where someone is, any."""
    if one.source is not Source.CORRECTION or one.weight <= 0 or one.ends or ONE_MORE.search(one.quote):
        return []
    last = {other: tally.counted[-1][1] for other, tally in ledger.tallies.items() if tally.counted and other != key}
    earlier = {other: said for other, said in last.items() if said.message != one.message}
    if ledger.kind == "other":
        return list(earlier)
    if ledger.kind == "constraint" and has_date(one.value):
        return _find_same_date(one, earlier)
    if ledger.kind == "tool" and len(earlier) == 1:
        return list(earlier)
    latest = max((said.at for said in earlier.values()), default=one.at)
    return [other for other, said in earlier.items() if said.at == latest and one.at - latest <= JUST_BEFORE]


def _find_same_date(one: Observation, earlier: Mapping[Key, Observation]) -> list[Key]:
    """The date that a new one takes the place of: the one for the same thing, or the only one there is."""
    dated = {key: is_same_date(one.value, said.value) for key, said in earlier.items() if has_date(said.value)}
    same = [key for key, alike in dated.items() if alike]
    return same or [key for key, alike in dated.items() if alike is None and len(dated) == 1]
