"""What someone knows of a topic by the terms of art that they use in passing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.self_model.mentions import Mention, find_mentions
from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_reported, is_supposed
from bot.turn import Depth

DEEP_TERM_WEIGHT = 0.3
OF_OTHERS = Quick(  # what these know is not the writer's knowledge
    r"^\W*(?:and |but |so )?(?:(?:my|our|the|their|his|her|that|this)(?: \w+){0,2} (?:predecessor|successor|boss"
    r"|manager|"
    r"colleague|teammate|intern|contractor|consultant|controller|analyst|engineer|developer|vendor|lead|cto|cfo|ceo|"
    r"friend|admin|director|accountant|architect|guy|woman|man|hire|dba|designer|accountant|expert|team) "
    r"(?:is|was|are|were|has|had|does|did|can|could|knows|knew|loves|used|swears|always)|(?:he|she|they)\b)",
)


def find_shown(sentence: Sentence, told: set[str]) -> Iterator[Finding]:
    """Topics whose terms of art the writer uses in a statement."""
    if sentence.joking or "?" in sentence.text:
        return
    terms: dict[str, Mention] = {}
    for mention in find_mentions(sentence.text):
        if mention.deep and f"expertise:{mention.deep}" not in told:
            terms.setdefault(mention.deep, mention)
    if terms and OF_OTHERS.match(sentence.text):
        return
    for topic, mention in terms.items():
        if not is_reported(sentence.text[: mention.start]) and not is_supposed(sentence.text[: mention.start]):
            yield Finding(
                address=f"expertise:{topic}",
                value=Depth.ADVANCED,
                start=mention.start,
                end=mention.end,
                weight=DEEP_TERM_WEIGHT,
                source=Source.BEHAVIOUR,
            )
