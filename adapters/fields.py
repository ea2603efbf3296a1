"""Values as JSON fields, where more than one document shows them."""

from __future__ import annotations

from bot.self_model.model import Belief

Fields = dict[str, object]


def show_belief(belief: Belief) -> Fields:
    """A belief with the messages and the words it rests on."""
    return {
        "address": belief.address,
        "value": belief.value,
        "confidence": belief.confidence,
        "mass": belief.mass,
        "evidence": list(dict.fromkeys(one.message for one in belief.evidence)),
        "quotes": list(belief.quotes),
    }
