"""Why an answer looks as it does, in plain words with the person's own quotes: shown to that person alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.lens import IN_WORDS
from bot.answering.model import Plan
from bot.self_model.model import Belief, Source
from bot.turn import Depth, Lens

DEPTHS = {
    Depth.FOUNDATIONAL: "it starts from the foundations and explains its terms",
    Depth.WORKING: "it stays at what you need to work with it",
    Depth.ADVANCED: "it skips the basics",
    Depth.EXPERT: "it goes straight to the details",
}
LONGEST_QUOTE = 90  # characters


def explain_plan(plan: Plan, beliefs: Sequence[Belief]) -> tuple[str, ...]:
    """One sentence for each belief the plan used, the effect it had included; one sentence where none was used."""
    if not plan.beliefs_used:
        return ("Nothing I know about you bears on this yet, so this is the same answer anyone gets.",)
    held = {one.address: one for one in reversed(beliefs) if one.usable}
    return tuple(
        f"{tell_ground(held[address])}, so {tell_effect(address, plan)}."
        for address in plan.beliefs_used
        if address in held
    )


def tell_ground(belief: Belief) -> str:
    """What a belief rests on, as its person may check it."""
    name = f"expertise in {belief.topic}" if belief.kind == "expertise" else belief.topic or belief.kind
    latest = max(belief.evidence, key=lambda one: (one.weight > 0, one.at), default=None)
    if latest is None or not latest.quote:
        return f"I take your {name} to be {belief.value}"
    if latest.source is Source.DIRECTORY:
        return f"Your directory entry says “{shorten(latest.quote)}”"
    return f"You wrote “{shorten(latest.quote)}” ({name}: {belief.value})"


def tell_effect(address: str, plan: Plan) -> str:
    """What a belief did to the answer."""
    kind, _, topic = address.partition(":")
    if kind == "expertise" or topic == "depth":
        return DEPTHS[plan.depth]
    if topic == "length":
        return f"it has at most {plan.sentences} sentences"
    if topic == "format":
        return f"it is written as {'examples' if plan.example else plan.form}"
    if kind in ("role", "seniority"):
        return IN_WORDS[plan.lens] if plan.lens is not Lens.GENERAL else DEPTHS[plan.depth]
    return "passages that speak of it come first"


def shorten(quote: str) -> str:
    """A quote in one line, cut at a word where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
