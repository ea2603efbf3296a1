"""What a correction in the chat says, as observations that outweigh all others: what is right, and what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.self_model.model import MULTI_VALUED, Belief, Observation, SelfModel, Source, kind_of
from bot.self_model.observe import observe, observe_rules
from bot.self_model.revise import correct
from bot.self_model.values import same_value
from bot.trust.commands import Command
from bot.trust.pick import address_for, pick_beliefs
from bot.turn import Message
from bot.words import content_terms

DENIED = re.compile(r"\b(?:not|never|no longer|instead of|rather than)\b(?P<what>[^,.;:]*)", re.IGNORECASE)
ALSO = re.compile(r"\b(?:also|too|as well|besides|another)\b", re.IGNORECASE)
USE = frozenset(
    content_terms("use using used work working any more anymore longer ever on in at with team for project")
)
PLAIN = (Source.STATED, Source.CORRECTION)


def observe_correction(model: SelfModel, message: Message, command: Command) -> tuple[Observation, ...]:
    """The observations of a correction; none where it does not say what is right. Raises Refused for what is never
    kept."""
    said = replace(message, text=command.value)
    if not command.value:
        return ()
    if command.subject and (address := address_for(model, command.subject)):
        wrong = find_wrong(model, address, command.value, command.subject)
        return correct(said, address, command.value, wrong=wrong)
    told = observe_rules(said) or observe(said)  # who corrects means it: no second look at what the rules see
    seen = [replace(one, source=Source.CORRECTION) for one in told if one.source in PLAIN]
    denied = list(deny(model, said, seen))
    return (*seen, *denied, *replaced(model, said, [*seen, *denied]))


def find_wrong(model: SelfModel, address: str, value: str, named: str = "") -> str:
    """The one value at an address that a new one takes the place of: the one that was named, or the only one there.
    "" where one value at a time is held anyway, or several are and none was named."""
    if kind_of(address) not in MULTI_VALUED:
        return ""
    held = [one for one in model.beliefs if one.address == address]
    meant = [one for one in pick_beliefs(model, named) if one in held] if named else []
    for some in (meant, held):
        if len(some) == 1 and not same_value(address, some[0].value, value):
            return some[0].value
    return ""


def deny(model: SelfModel, message: Message, seen: list[Observation]) -> Iterator[Observation]:
    """What is believed and named behind a "not": "we use BigQuery, not Snowflake"."""
    for denied in DENIED.finditer(message.text):
        words = set(content_terms(denied["what"])) - USE
        for belief in model.beliefs:
            terms = set(content_terms(belief.value))
            if words and terms - USE == words and not any(is_about(one, belief) for one in seen):
                yield from correct(
                    replace(message, text=denied.group().strip()), belief.address, "", wrong=belief.value
                )


def replaced(model: SelfModel, message: Message, seen: list[Observation]) -> Iterator[Observation]:
    """What a stated value takes the place of, where nothing is denied: "that's wrong: my goal is …"."""
    if any(one.weight < 0 for one in seen) or ALSO.search(message.text):
        return
    for one in seen:
        alone = sum(one.address == other.address for other in seen) == 1
        if alone and (wrong := find_wrong(model, one.address, one.value)):
            yield from correct(message, one.address, "", wrong=wrong)


def is_about(observation: Observation, belief: Belief) -> bool:
    return observation.address == belief.address and same_value(belief.address, observation.value, belief.value)
