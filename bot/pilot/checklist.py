"""What must be in place before production, each item ticked from evidence or left open with who can close it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.pilot.figures import say_day, say_dollars
from bot.pilot.model import PilotDay
from bot.pilot.outcomes import Outcomes
from bot.pilot.readiness import PLAN
from bot.pilot.say import count, say_share
from bot.pilot.service import Service
from bot.pilot.share import Share
from bot.pilot.verdict import Met, Verdict

AREAS: Final = ("technical", "monitoring", "organisational", "business")
MOST_DECLINED: Final = 0.15  # the share of questions the documents may lack, as the guide to a pilot suggests
MOST_FALLEN_BACK: Final = 0.05
ENOUGH_PEOPLE: Final = 5
ENOUGH_RATED: Final = 5  # rated answers of one person, below which no trend is told


@dataclass(frozen=True, slots=True)
class Check:
    """One item: whether evidence ticks it, that evidence, and who can close it where it is open."""

    area: str
    what: str
    done: bool
    evidence: str
    who: str


def check_off(day: PilotDay, outcomes: Outcomes, verdict: Verdict, service: Service) -> tuple[Check, ...]:
    """The whole checklist, in the order of `AREAS`."""
    return (
        *check_technical(day, outcomes, service),
        *check_monitoring(day, service),
        *check_organisation(day, service),
        *check_business(day, outcomes, verdict),
    )


def check_technical(day: PilotDay, outcomes: Outcomes, service: Service) -> tuple[Check, ...]:
    """Documents, answers, nothing lost, and what production must be connected to."""
    area, declined, back = AREAS[0], outcomes.decisions.get("decline", Share(0, 0)), outcomes.fallen_back
    held = f"{count(service.documents, 'document')} in {count(service.passages, 'passage')}"
    unread = f"{service.unread} could not be read" if service.unread else "all readable"
    modelled = day.model_calls > 0
    fallback = say_of(back) if modelled else "the built-in engine wrote every answer"
    return (
        Check(area, "Documents taken in", bool(service.documents and not service.unread), f"{held}, {unread}", "IT"),
        Check(
            area,
            "Documents current (changed within half a year)",
            bool(service.stale.n) and not service.stale.of,
            f"{service.stale.of} of {service.stale.n} older" if service.stale.n else "their age is not known",
            "the owner of the documents",
        ),
        Check(
            area,
            f"The documents hold the answers (at most {say_share(MOST_DECLINED)} declined)",
            (declined.value or 0.0) <= MOST_DECLINED and declined.n > 0,
            say_of(declined) or "no questions",
            "the owner of the documents",
        ),
        Check(area, "No message lost", not service.given_up, f"{service.given_up} given up", "IT"),
        Check(
            area,
            "The model answers (at most 5 % fallen back)",
            not modelled or (back.value or 0.0) <= MOST_FALLEN_BACK,
            fallback,
            "IT",
        ),
        check_plan(area, "data sources", day),
        check_plan(area, "integrations", day),
    )


def check_monitoring(day: PilotDay, service: Service) -> tuple[Check, ...]:
    """Whether somebody would notice if it went wrong."""
    area, told = AREAS[1], service.told_on is not None and service.told_on >= day.on - timedelta(days=1)
    limits = f"{say_dollars(service.person_limit)} a person and {say_dollars(service.pilot_limit)} a pilot, a day"
    owner = day.pilot.owner or "the pilot's owner"
    last = f", the last for {say_day(service.told_on)}" if service.told_on else ""
    return (
        Check(area, "The champion is told daily", told, f"{count(service.told, 'digest')}{last}", "IT"),
        Check(
            area,
            "Next steps are acted on (half or more marked done)",
            not service.steps.n or (service.steps.value or 0.0) >= 0.5,
            f"{service.steps.of} of {service.steps.n} marked done" if service.steps.n else "none were named",
            "the champion",
        ),
        Check(area, "Spending is capped", service.person_limit > 0 or service.pilot_limit > 0, limits, "IT"),
        Check(area, "Nothing waits to be looked at", not service.to_review, f"{service.to_review} waiting", owner),
        check_heard(area, day),
        Check(
            area,
            "Improvement is shown against a control group",
            day.lift is not None and day.lift.low > 0,
            say_control(day),
            owner,
        ),
    )


def check_heard(area: str, day: PilotDay) -> Check:
    """Whether most evaluators rated enough answers for a trend; of people who are not named, on average."""
    what = "Enough is heard from most evaluators (five rated answers)"
    if day.people:
        heard = sum(one.satisfaction.n >= ENOUGH_RATED for one in day.people)
        told = f"{heard} of {len(day.people)} named evaluators"
        return Check(area, what, heard * 2 >= len(day.people), told, "the champion")
    rated = day.group.satisfaction.n if day.group else 0
    told = f"{count(rated, 'rated answer')} of {count(day.group_size, 'evaluator')} together"
    return Check(area, what, rated > 0 and rated >= ENOUGH_RATED * day.group_size / 2, told, "the champion")


def check_organisation(day: PilotDay, service: Service) -> tuple[Check, ...]:
    """People: who answers for it, who was asked, who tells the others."""
    area, pilot = AREAS[2], day.pilot
    asked = service.asked_consent
    people = len(day.people) + day.group_size + day.unshown
    return (
        Check(area, "An owner answers for it", bool(pilot.owner), pilot.owner or "nobody is named", "the sponsor"),
        Check(
            area,
            "A champion is named",
            bool(pilot.champions),
            count(len(pilot.champions), "champion"),
            pilot.owner or "the pilot's owner",
        ),
        Check(area, "At least five evaluators", people >= ENOUGH_PEOPLE, count(people, "evaluator"), "the champion"),
        Check(
            area,
            "Every evaluator was asked for consent",
            bool(asked.n) and asked.of == asked.n,
            f"{asked.of} of {asked.n} asked, {service.agreed.of} agreed",
            "the champion",
        ),
        check_plan(area, "change management", day),
        check_plan(area, "operations", day),
    )


def check_business(day: PilotDay, outcomes: Outcomes, verdict: Verdict) -> tuple[Check, ...]:
    """What was to be shown, whether it was, and who pays."""
    area, pilot = AREAS[3], day.pilot
    owner = pilot.owner or "the pilot's owner"
    complete = bool(pilot.criteria) and all(one.owner and one.baseline is not None for one in pilot.criteria)
    met = sum(one.met is Met.YES for one in verdict.findings)
    cost = outcomes.cost_a_question
    return (
        Check(area, "A hypothesis was written down", bool(pilot.hypothesis.strip()), pilot.hypothesis or "none", owner),
        Check(
            area,
            "Success criteria have a baseline, a target and an owner",
            complete,
            count(len(pilot.criteria), "criterion", "criteria") if pilot.criteria else "none were agreed",
            owner,
        ),
        Check(
            area,
            "Every criterion is surely met",
            bool(verdict.findings) and met == len(verdict.findings),
            f"{met} of {len(verdict.findings)}",
            owner,
        ),
        Check(
            area,
            "The cost of a question with a model is known",
            bool(cost),
            f"{say_dollars(cost)} a question" if cost else "no model was called: list prices only",
            "IT",
        ),
        check_plan(area, "budget", day),
        check_plan(area, "sponsor", day),
        Check(
            area,
            "A day for the decision is set",
            pilot.review_on is not None,
            say_day(pilot.review_on) if pilot.review_on else "no review date",
            owner,
        ),
    )


def check_plan(area: str, part: str, day: PilotDay) -> Check:
    """A part of the production plan: ticked where something is written there."""
    what, who = PLAN[part]
    written = next((text.strip() for name, text in day.pilot.plan.items() if name.lower() == part), "")
    return Check(area, f"The production plan says {what}", bool(written), written or "not written yet", who)


def say_of(share: Share) -> str:
    """A share with its numbers; "" of nothing."""
    return f"{say_share(share.value)} ({share.of} of {share.n})" if share.value is not None else ""


def say_control(day: PilotDay) -> str:
    """What the control group has shown."""
    if day.lift is None:
        return "no control group was set" if not day.pilot.holdback else "too few rated answers in it"
    return f"lift {day.lift.difference:+.1f} ({day.lift.low:+.1f} to {day.lift.high:+.1f})"
