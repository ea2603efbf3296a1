"""What retrieval looks for, and how much each word counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.enrichment.kin import kin_of
from bot.enrichment.parts import take_apart
from bot.turn import Said
from bot.words import STOP_WORDS, stem, tokenize

TOLD = 0.1  # weight of the words of sentences that only tell ("I am new here. What is …?")
OWN_THING = 0.8  # weight of what a person's own thing ("my project") was taken to mean
ROLE = 0.2  # weight of a role's words, where the person names themselves ("for someone like me")
CARRIED = 0.4  # weight of words taken over from earlier turns
EARLIER = 0.45  # weight of the last earlier user turn's words; each one before it counts FADING of the next
FADING = 0.5
REPLIED = 0.1  # weight of the words of the bot's last reply
RELATED = 0.25  # weight of words used for the same matter as an own word


def weigh(
    text: str, added: Mapping[str, float], history: Sequence[Said], leans: float
) -> tuple[tuple[str, float], ...]:
    """Word -> weight: own words 1, added ones less, words said before less and less going back, the last reply's least.

    `leans` (0-1) is how surely the question leans on the conversation: what was said before counts by as much, so that
    a question that stands alone is not pulled back to an earlier topic. Words used for the same matter as an own word
    count a quarter. The weights were set on MTRAG-UN's questions, by collection.
    """
    question = take_apart(text).question
    weights = dict.fromkeys(topical(question), 1.0)
    for word in topical(text):
        weights.setdefault(word, TOLD)
    for word, weight in added.items():
        weights.setdefault(word, weight)
    weight = EARLIER * leans
    for said in reversed([one for one in history if not one.by_bot]):
        for word in topical(said.text):
            weights.setdefault(word, weight)
        weight *= FADING
    if replies := [one for one in history if one.by_bot]:
        for word in topical(replies[-1].text):
            weights.setdefault(word, REPLIED * leans)
    for related in (kin for word in stem(topical(question)) for kin in sorted(kin_of(word))):
        weights.setdefault(related, RELATED)
    return tuple(weights.items())


def topical(text: str) -> list[str]:
    return [word for word in tokenize(text) if word not in STOP_WORDS]
