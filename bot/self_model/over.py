"""What the learned reader takes for over: by the words that name it, or by those of the sentence that speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from bot.self_model.mentions import find_mentions, past_undertaking
from bot.self_model.model import Observation
from bot.self_model.own_words import BLANK
from bot.self_model.spans import may_keep, observe_span, sentence_around
from bot.self_model.tagger import OVER, Tags, kind_names, kind_of_label, load_network
from bot.self_model.values import IN_OTHER_WORDS
from bot.turn import Message

SURELY_OVER = 0.7  # and what the reader takes so much for over, at each word, is
IS_GONE = re.compile(r"\W*$|'s\b|\s(?:is|are|was|were|has|have|had|got|gets|went|goes)\b")  # and not "Kafka migration"
OF_ITS_KIND = 0.25  # from this share of what a run of words may end, it ends things of that kind
ENDS_AT = {  # the addresses at which something of a kind may be over by its words alone
    "goal": ("goal", "project"),
    "project": ("goal", "project"),
    "constraint": ("constraint",),
    "criterion": ("criterion",),
    "role": ("role", "seniority"),
    "tool": ("tool:other",),
    "preference": ("preference:depth", "preference:length", "preference:format"),
}


def find_over(tags: Tags) -> list[tuple[int, int]]:
    """The runs of words that the reader takes for something that is over."""
    runs: list[tuple[int, int]] = []
    over = tags.kinds[:, kind_names().index(OVER)]
    for number in np.flatnonzero(over >= SURELY_OVER).tolist():
        start, end = tags.words[number]
        if runs and start - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def observe_over(message: Message, own: str, tags: Tags, over: Sequence[tuple[int, int]]) -> Iterator[Observation]:
    """That what is called by these words is over, or what the sentence around them speaks of."""
    for start, last in over:
        end = past_undertaking(own, last)
        if BLANK in own[start:end] or not may_keep(own, start, end, whole=True):
            continue
        named, kinds = message.text[start:end], _kinds_over(tags, start, end)
        tools = [one for one in find_mentions(named) if one.tool and IS_GONE.match(named, one.end)]
        for tool in [one.tool for one in tools if one.tool and "tool" in kinds]:
            address = f"tool:{tool.category}"
            yield observe_span(message, start, end, address=address, value=tool.name, weight=-1.0, ends=True)
        first, until = sentence_around(own, start, end)
        if BLANK in own[first:until]:
            continue
        addresses = [address for kind in kinds if kind != "tool" or not tools for address in ENDS_AT.get(kind, ())]
        if "expertise" in kinds:
            subjects = (one.subject for one in find_mentions(message.text[first:until]))
            addresses += [f"expertise:{subject}" for subject in subjects if subject]
        for address in dict.fromkeys(addresses):
            yield observe_span(message, first, until, address=address, value=named, weight=-IN_OTHER_WORDS, ends=True)


def _kinds_over(tags: Tags, start: int, end: int) -> list[str]:
    """The kinds of things that these words say are over."""
    together = tags.likely[tags.between(start, end)].sum(axis=0)
    shares = {
        label.partition("=")[2]: float(together[number])
        for number, label in enumerate(load_network().labels)
        if kind_of_label(label) == OVER
    }
    return [kind for kind, share in shares.items() if share >= OF_ITS_KIND * sum(shares.values())]
