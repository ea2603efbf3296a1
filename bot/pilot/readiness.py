"""Is a pilot ready to start? What is missing, why it matters, and who should supply it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.pilot.model import Pilot
from bot.pilot.roster import lists_people

# The production plan's parts: what each answers, and who can.
PLAN: Final = {
    "data sources": ("which documents the bot answers from, and who keeps them current", "the owner of the documents"),
    "integrations": ("which systems it must work with in production", "IT"),
    "change management": ("who tells people about it, and trains them", "the pilot's owner"),
    "operations": ("who runs it, watches it and is called at night", "IT"),
    "budget": ("what it may cost a month in production", "the sponsor"),
    "sponsor": ("who decides on production, and pays", "the champion"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a pilot lacks: what, why it matters, and who should supply it."""

    what: str
    why: str
    who: str


def missing(pilot: Pilot) -> tuple[Gap, ...]:
    """What is missing before the pilot should start, most important first; empty: it is ready."""
    return (*_missing_frame(pilot), *_missing_criteria(pilot), *_missing_plan(pilot))


def _missing_frame(pilot: Pilot) -> list[Gap]:
    owner = pilot.owner or "the pilot's owner"
    checks = (
        (pilot.hypothesis.strip(), "a hypothesis", "without one no result can prove or disprove anything", owner),
        (pilot.owner, "an owner", "somebody must answer for it", "the sponsor"),
        (pilot.champions, "a champion", "nobody would be told how it goes", owner),
        (lists_people(pilot), "evaluators", "nobody is asked to try it", "the champion"),
        (pilot.ends, "an end date", "a pilot without an end never comes to a verdict", owner),
        (pilot.review_on, "a review date", "the decision needs a day on which it is made", owner),
    )
    gaps = [Gap(what, why, who) for held, what, why, who in checks if not held]
    if pilot.ends and pilot.ends < pilot.starts:
        gaps.append(Gap("an end date after its start", "it would be over before it begins", owner))
    if pilot.ends and pilot.review_on and pilot.review_on < pilot.ends:
        gaps.append(Gap("a review date after its end", "the verdict would come before the evidence", owner))
    return gaps


def _missing_criteria(pilot: Pilot) -> list[Gap]:
    if not pilot.criteria:
        owner = pilot.owner or "the pilot's owner"
        return [Gap("success criteria", "what counts as success must be agreed before the results are known", owner)]
    gaps = []
    for one in pilot.criteria:
        who = one.owner or pilot.owner or "the pilot's owner"
        if one.baseline is None:
            gaps.append(Gap(f"a baseline for “{one.metric}”", "without it nobody can say what the pilot changed", who))
        if not one.owner:
            gaps.append(Gap(f"an owner for “{one.metric}”", "somebody must measure it and vouch for it", who))
    return gaps


def _missing_plan(pilot: Pilot) -> list[Gap]:
    written = {name.lower() for name, text in pilot.plan.items() if text.strip()}
    return [
        Gap(f"the production plan: {name}", f"it says {what}", who)
        for name, (what, who) in PLAN.items()
        if name not in written
    ]
