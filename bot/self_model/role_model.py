"""Role from the way someone writes, when they never say it: phrases that vote for a role, at low weight.

The votes are learned by `training/role.py` from meetings of four roles only, so that they are silent about everybody
else as far as possible: a phrase that is common in other people's chat has no vote, and what someone says of
themselves outweighs all of it (see `calibration.BESIDE_A_STATEMENT`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise

from bot.self_model.model import Source
from bot.self_model.sentences import Finding

WORD = re.compile(r"[a-z][a-z']*", re.IGNORECASE)
FEWEST_VOTES = 2  # a message with fewer signs is about something else
FEWEST_WORDS = 4  # a message shorter than this says nothing about its writer's manner

Votes = Mapping[str, tuple[str, float]]  # phrase of one or two words -> the role it speaks for, and its weight


@cache
def load_votes() -> Votes:
    """The votes as shipped."""
    table = json.loads(files("bot.self_model.weights").joinpath("role.json").read_text("utf-8"))
    return {phrase: (role, weight) for role, votes in table["votes"].items() for phrase, weight in votes.items()}


def find_manner(own: str, votes: Votes | None = None) -> Iterator[Finding]:
    """The phrases in someone's own words that vote for a role, each once a message."""
    votes = load_votes() if votes is None else votes
    words = WORD.findall(own.lower()) if votes else []
    pairs_too = chain(words, map(" ".join, pairwise(words)))
    if len(words) < FEWEST_WORDS or sum([phrase in votes for phrase in pairs_too]) < FEWEST_VOTES:
        return  # as nearly always
    voting = [one for one in phrases_of(list(WORD.finditer(own))) if one[2] in votes]
    pairs = [(start, end) for start, end, phrase in voting if " " in phrase]
    signs: dict[str, Finding] = {}
    for start, end, phrase in voting:
        within = " " not in phrase and any(first <= start and end <= last for first, last in pairs)
        if phrase not in signs and not within:
            role, weight = votes[phrase]
            signs[phrase] = Finding(
                address="role", value=role, start=start, end=end, weight=weight, source=Source.BEHAVIOUR
            )
    if len(signs) >= FEWEST_VOTES:
        yield from signs.values()


def phrases_of(words: list[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    """The single words and the pairs of neighbouring words, lower-case, with their offsets."""
    before: re.Match[str] | None = None
    for found in words:
        yield found.start(), found.end(), found[0].lower()
        if before is not None and found.start() - before.end() <= 1:
            yield before.start(), found.end(), f"{before[0]} {found[0]}".lower()
        before = found
