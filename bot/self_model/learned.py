"""What is learned from examples beside the rules: what the reader finds more, and which findings are likely right."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from bot.self_model.calibration import GAIN, UNKNOWN
from bot.self_model.extract import choices_at
from bot.self_model.fields import match_field
from bot.self_model.mentions import find_mentions
from bot.self_model.model import SINGLE_VALUED, Observation, Source, kind_of
from bot.self_model.over import find_over, observe_over
from bot.self_model.own_words import BLANK
from bot.self_model.sensitive import is_sensitive
from bot.self_model.spans import may_keep, observe_span
from bot.self_model.tagger import NO_STATEMENT, OVER, Tags, kind_names, kind_of_label, load_network
from bot.self_model.titles import match_title
from bot.self_model.verdict import Candidate, judge
from bot.turn import Message

LIKELY_BY_RULE = 0.6  # a rule's finding below it is dropped; docs/self-model.md tells what other bounds give
LIKELY_ROLE_BY_RULE = 0.5  # a role that a rule finds is right in nine of ten cases from here on
LIKELY_PUT_RIGHT = 0.3  # who puts something right means it
LIKELY_ROLE = 0.9  # of the reader alone; what someone is shapes most, and silences what their manner of writing tells
LIKELY = 0.8  # and a finding of the reader alone
RULED_OUT = 0.05  # a kind of statement that is less likely than this at every word is not looked for by rules
HARDLY = 0.4  # what the reader does not take so much for a statement, at its best word, is never likely enough
STATES_NOTHING = 0.4  # what "no statement" counts for where the reader's labels compete for a word
ONE_AT_A_TIME = frozenset({"role", "seniority"})  # what a message says once
LONGEST_VALUE = 12  # words
LEADING = re.compile(  # words before what someone's work, goal or the like is
    r"^(?:(?:and|but|so|that|does|do|is|are|was|it's|to|just|only|if|whether|because|the fact|in|of|at|on|by|with|for|"
    r"from|as|the|a|an|our|my)\s+)+",
    re.IGNORECASE,
)


def likely_kinds(tags: Tags, start: int, end: int) -> frozenset[str]:
    """The kinds of statement that the reader does not rule out between two places: the rules for the others need not
    be asked."""
    rows = tags.kinds[tags.between(start, end)]
    if not len(rows):
        return frozenset()
    best = np.maximum.reduce(rows)
    return frozenset(name for name, share in zip(kind_names(), best.tolist(), strict=True) if share >= RULED_OUT)


def read_again(message: Message, own: str, tags: Tags, observed: Sequence[Observation]) -> tuple[Observation, ...]:
    """The rules' observations of a message but for those likely wrong, and what the learned reader finds beside.

    `own`: the message with all but its writer's own words blanked out; `tags`: what the reader makes of it.
    """
    judged = judged_ones(observed)
    spans = [place(message.text, one) for one in judged]
    told_of = [*spans, *(place(message.text, one) for one in observed if one.ends)]
    more = [one for one in find_spans(tags) if not is_told(one, told_of) and BLANK not in own[one.start : one.end]]
    likely = judge(message.text, tags, [*spans, *more])
    doubtful = [one for one, share in zip(judged, likely, strict=False) if share < _find_bound(one)]
    unlikely = {id(one) for one in doubtful}
    roles = {one.quote for one in judged if one.address == "role" and id(one) not in unlikely}
    unlikely -= {id(one) for one in doubtful if one.address == "seniority" and one.quote in roles}  # with its title
    added = [
        made
        for candidate, share in zip(more, likely[len(spans) :], strict=True)
        if share >= (LIKELY_ROLE if candidate.kind == "role" else LIKELY)
        and (made := _make(message, own, tags, candidate, share)) is not None
    ]
    kept = [one for one in observed if id(one) not in unlikely]
    told = {kind_of(one.address) for one in kept if one.weight > 0}
    found = (*kept, *_once(added, told))
    held = [place(message.text, one) for one in found if one.weight > 0]
    over = [run for run in find_over(tags) if not any(run[0] < one.end and one.start < run[1] for one in held)]
    if not over:
        return found
    return (*observe_over(message, own, tags, over), *(_put_in_place(one) for one in found))


def _put_in_place(one: Observation) -> Observation:
    """What is stated where something else is said to be over takes its place at once."""
    single = kind_of(one.address) in SINGLE_VALUED and one.source is Source.STATED and one.weight > 0
    return replace(one, source=Source.CORRECTION) if single else one


def _find_bound(one: Observation) -> float:
    if one.source is Source.CORRECTION:
        return LIKELY_PUT_RIGHT
    return LIKELY_ROLE_BY_RULE if one.address == "role" else LIKELY_BY_RULE


def find_spans(tags: Tags) -> Iterator[Candidate]:
    """The runs of words that the reader takes for statements of one kind."""
    if not tags.words:
        return
    names = kind_names()
    counting = np.array([STATES_NOTHING if name == NO_STATEMENT else 1.0 for name in names], np.float32)
    kinds = tags.kinds
    best = [names[number] for number in (kinds * counting).argmax(axis=1).tolist()]
    if best.count(NO_STATEMENT) == len(best):
        return
    start = 0
    while start < len(best):
        end = start
        while end < len(best) and best[end] == best[start]:
            end += 1
        if best[start] not in (NO_STATEMENT, OVER) and kinds[start:end, names.index(best[start])].max() >= HARDLY:
            yield Candidate(kind=best[start], start=tags.words[start][0], end=tags.words[end - 1][1])
        start = end


def weigh_as(share: float) -> float:
    """The weight with which a single statement is held at this confidence (see `calibration.to_confidence`)."""
    return min(1.0, max(0.0, (math.log(share / (1 - share)) + UNKNOWN) / GAIN)) if share < 1 else 1.0


def judged_ones(observed: Sequence[Observation]) -> list[Observation]:
    """The observations that speak for something by what is said; the rest is no matter of reading."""
    return [one for one in observed if one.weight > 0 and not one.ends and one.source is not Source.BEHAVIOUR]


def place(text: str, one: Observation) -> Candidate:
    """An observation of a rule as a candidate."""
    start = max(0, text.find(one.quote))
    kind, end = kind_of(one.address), start + len(one.quote)
    return Candidate(kind=kind, start=start, end=end, address=one.address, source=str(one.source), weight=one.weight)


def is_told(one: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether another candidate says the same of the same words."""
    return any(one.kind == other.kind and one.start < other.end and other.start < one.end for other in others)


def _make(message: Message, own: str, tags: Tags, one: Candidate, share: float) -> Observation | None:
    """The observation of a span; None where it says nothing that is kept."""
    quote = message.text[one.start : one.end]
    if not may_keep(own, one.start, one.end):
        return None
    address, value = name_span(quote, tags, one)
    choices = choices_at(address)
    if not address or not value or (choices and value not in choices):
        return None
    if len(value.split()) > LONGEST_VALUE or is_sensitive(value):
        return None
    return observe_span(message, one.start, one.end, address=address, value=value, weight=round(weigh_as(share), 3))


def _label(tags: Tags, one: Candidate) -> str:
    """The likeliest of the labels of a span's kind."""
    labels = load_network().labels
    together = tags.likely[tags.between(one.start, one.end)].sum(axis=0)
    own = [number for number, label in enumerate(labels) if kind_of_label(label) == one.kind]
    return labels[max(own, key=lambda number: together[number])]


def name_span(quote: str, tags: Tags, one: Candidate) -> tuple[str, str]:
    """The address and the value that a span amounts to, given its words; "" where it amounts to none."""
    kind = one.kind
    of, _, step = _label(tags, one).partition("=")
    if kind == "preference":
        return (f"preference:{of}", step) if of != "preference" else ("", "")
    if kind == "seniority":
        return "seniority", step
    if kind == "expertise":
        topic = "-".join(word for word in quote.lower().split() if word.isascii())
        named = next((one.subject for one in find_mentions(quote) if one.subject), topic)
        return f"expertise:{named}", step
    if kind == "tool":
        tool = next((one.tool for one in find_mentions(quote) if one.tool), None)
        return (f"tool:{tool.category}", tool.name) if tool else ("tool:other", quote)
    if kind == "role":
        title = match_title(quote, 0)
        line = None if title else match_field(quote, 0)
        return "role", title.role if title else line.name if line else LEADING.sub("", quote.lower())
    return kind, LEADING.sub("", quote)


def _once(added: Sequence[Observation], told: set[str]) -> Iterator[Observation]:
    """What is added: one role and one seniority at most, and none where a rule found one; an address of choice once."""
    seen: set[str] = set()
    for one in sorted(added, key=lambda each: -each.weight):
        kind = kind_of(one.address)
        if kind in ONE_AT_A_TIME and (kind in told or kind in seen):
            continue
        if kind in ("preference", "expertise") and one.address in seen:
            continue
        seen |= {kind, one.address}
        yield one
