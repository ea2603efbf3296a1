"""The verdict at the end of a pilot: go, go with conditions, extend or stop; from evidence, with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.pilot.figures import Unit, say_figure, say_range, unit_of
from bot.pilot.model import Criterion, Pilot, PilotDay, Trend
from bot.pilot.outcomes import Outcomes
from bot.pilot.readiness import missing
from bot.pilot.say import count, say_names
from bot.pilot.share import Share

ENOUGH_QUESTIONS: Final = 30  # below it, no verdict but "extend" rests on evidence
ENOUGH_DAYS: Final = 5  # a working week, below which use cannot be told from curiosity
HARD_REVIEW: Final = 0.2  # active use under this after 30 days calls the pilot itself into question
REVIEW_WINDOW: Final = 30
REVIEW_WINDOWS: Final = (REVIEW_WINDOW, 7)  # the week too: on day 30, whoever asked once on day 1 is in the month


class Recommendation(StrEnum):
    """What to do after the pilot."""

    GO = "go"
    CONDITIONS = "go with conditions"
    EXTEND = "extend"
    STOP = "stop"


class Met(StrEnum):
    """Whether a criterion was met: surely, by the estimate only, not, or not measurable here."""

    YES = "met"
    LIKELY = "likely met"
    NO = "not met"
    OPEN = "not measured here"


@dataclass(frozen=True, slots=True)
class Finding:
    """A criterion against what was measured; `low` and `high` are the 90 % interval where there is one."""

    criterion: Criterion
    met: Met
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The recommendation, why, what each criterion came to, and what must be settled before going on."""

    recommendation: Recommendation
    reasons: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    conditions: tuple[str, ...] = ()


def decide_verdict(pilot: Pilot, day: PilotDay, outcomes: Outcomes) -> Verdict:
    """Weigh criteria, use and trend. Missing evidence never counts as success."""
    findings = tuple(check_criterion(one, day, outcomes) for one in pilot.criteria)
    conditions = tuple(
        f"{gap.what} ({gap.who})" for gap in missing(pilot) if gap.what.startswith("the production plan")
    )
    recommendation, reasons = weigh(findings, conditions, day, outcomes)
    return Verdict(recommendation, tuple(reasons), findings, conditions)


def weigh(
    findings: Sequence[Finding], conditions: Sequence[str], day: PilotDay, outcomes: Outcomes
) -> tuple[Recommendation, list[str]]:
    """The recommendation and its reasons, the weightiest first."""
    failed = [one for one in findings if one.met is Met.NO]
    unsure = [one for one in findings if one.met in (Met.LIKELY, Met.OPEN)]
    for window in REVIEW_WINDOWS:
        active = outcomes.active.get(window, Share(0, 0))
        if is_hard_review(day.day, active):
            used = f"{'only ' if active.of else ''}{say_share(active)} evaluators used it in the last {window} days"
            return Recommendation.STOP, [f"Hard review: {used}.", *map(say_finding, failed)]
    if not findings:
        return Recommendation.EXTEND, [
            "No success criteria were agreed, so there is nothing to hold the result against."
        ]
    reasons = [say_finding(one) for one in (*failed, *unsure)]
    if too_little := [*tell_too_little(day, outcomes)]:
        return Recommendation.EXTEND, [*too_little, *reasons]
    if len(failed) > len(findings) / 2:
        return Recommendation.STOP, reasons
    if failed:
        return Recommendation.EXTEND, reasons
    worse = [one.name for one in day.people if one.satisfaction.trend is Trend.WORSENING]
    reasons += [f"Answers got worse for {say_names(worse)}."] if worse else []
    if unsure or worse or conditions:
        reasons += [f"Still open: {', '.join(conditions)}."] if conditions else []
        return Recommendation.CONDITIONS, reasons
    return Recommendation.GO, [f"All {len(findings)} criteria are met, and the production plan is complete."]


def tell_too_little(day: PilotDay, outcomes: Outcomes) -> Iterator[str]:
    """Why the pilot is too small to decide on, whatever its figures say."""
    if outcomes.questions < ENOUGH_QUESTIONS:
        yield f"Only {outcomes.questions} questions were asked: too few to decide on."
    if day.day < ENOUGH_DAYS:
        yield f"The pilot has run for {count(day.day, 'day')}: too short to tell use from curiosity."


def is_hard_review(day: int, active: Share) -> bool:
    """Whether, a month in, so few still use it that the pilot itself is in question."""
    return day >= REVIEW_WINDOW and active.value is not None and active.value < HARD_REVIEW


def check_criterion(given: Criterion, day: PilotDay, outcomes: Outcomes) -> Finding:
    """Hold a criterion against what was measured. Met surely: the whole interval is on the right side."""
    criterion = as_share(given) if unit_of(given.metric) is Unit.SHARE else given
    measured = find_figure(criterion.metric, day, outcomes)
    if measured is None:
        return Finding(criterion, Met.OPEN)
    value, low, high = measured
    down = is_lower_better(criterion)
    worst = high if down else low
    reached = (value <= criterion.target, worst <= criterion.target)
    if not down:
        reached = (value >= criterion.target, worst >= criterion.target)
    met = Met.YES if all(reached) else Met.LIKELY if reached[0] else Met.NO
    return Finding(criterion, met, value, low, high)


def as_share(criterion: Criterion) -> Criterion:
    """A share that was written in percent (70) as what it means (0.7); no share is above 1."""
    if max(abs(criterion.target), abs(criterion.baseline or 0.0)) <= 1:
        return criterion
    baseline = None if criterion.baseline is None else criterion.baseline / 100
    return replace(criterion, target=criterion.target / 100, baseline=baseline)


def is_lower_better(criterion: Criterion) -> bool:
    """Whether the criterion wants a figure to go down: by its baseline, else by its name."""
    if criterion.baseline is not None and criterion.baseline != criterion.target:
        return criterion.target < criterion.baseline
    return any(word in criterion.metric.lower() for word in ("cost", "override", "declin", "complain", "time to"))


def find_figure(metric: str, day: PilotDay, outcomes: Outcomes) -> tuple[float, float, float] | None:
    """The measured figure a criterion names, with its interval; None where it names none that is measured here."""
    name = metric.lower()
    if "satisf" in name:
        held = day.pooled
        return (held.estimate, held.low, held.high) if held else None
    shares = {
        "complet": outcomes.completed,
        "good answer": outcomes.completed,
        "overrid": outcomes.overridden,
        "declin": outcomes.decisions.get("decline", Share(0, 0)),
        "active": outcomes.active.get(REVIEW_WINDOW, Share(0, 0)),
    }
    for word, share in shares.items():
        if word in name and share.value is not None and share.interval is not None:
            return (share.value, *share.interval)
    single = {"cost": outcomes.cost_a_question, "time to value": outcomes.days_to_value}
    value = next((held for word, held in single.items() if word in name), None)
    return (value, value, value) if value is not None else None


def say_finding(finding: Finding) -> str:
    """A finding in one sentence."""
    metric, unit = finding.criterion.metric, unit_of(finding.criterion.metric)
    target = say_figure(finding.criterion.target, unit)
    if finding.value is None or finding.low is None or finding.high is None:
        return f"“{metric}” is not measured here: its owner must supply the figure (target {target})."
    interval = f" ({say_range(finding.low, finding.high, unit)})" if finding.low != finding.high else ""
    return f"“{metric}” is {finding.met}: {say_figure(finding.value, unit)}{interval} against {target}."


def say_share(share: Share) -> str:
    return f"{share.of or 'none'} of {share.n}"
