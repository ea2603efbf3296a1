"""From a pilot's standing to the go / no-go report: what is told, in which words and order.

Only ratings, counts and themes come in here; beliefs and messages do not reach this module.
"""

from __future__ import annotations

from typing import Final

from bot.digest.chart import TREND_ORDER
from bot.digest.report_evidence import tell_adoption, tell_criteria, tell_people, tell_proof
from bot.digest.report_model import Block, Bullets, Report, Row, Section, Standing, Table, Tone
from bot.digest.report_outlook import tell_checklist, tell_cost, tell_risks
from bot.pilot.figures import say_day, say_dollars
from bot.pilot.model import Trend
from bot.pilot.readiness import missing
from bot.pilot.say import cap, count, say_names, say_share
from bot.pilot.verdict import Met, Recommendation

SENTENCES: Final = {
    Recommendation.GO: ("Take it into production.", Tone.GOOD),
    Recommendation.CONDITIONS: ("Take it into production once the open points are settled.", Tone.MIDDLING),
    Recommendation.EXTEND: ("Go on with the pilot: the evidence does not carry a decision yet.", Tone.MIDDLING),
    Recommendation.STOP: ("Do not take it into production as it is.", Tone.BAD),
}
OPEN_POINTS: Final = "Still open:"  # a verdict's reason that the table of open points tells in full


def compose_report(standing: Standing) -> Report:
    """The report of a pilot at its review."""
    day, verdict = standing.day, standing.verdict
    people = sorted(day.people, key=lambda one: (TREND_ORDER.index(one.satisfaction.trend), one.name))
    sentence, tone = SENTENCES[verdict.recommendation]
    sections = (
        tell_reasons(standing),
        tell_criteria(verdict.findings),
        tell_people(day, people),
        tell_proof(day),
        tell_adoption(standing),
        tell_cost(standing),
        tell_risks(standing),
        tell_checklist(standing),
    )
    return Report(
        title=day.pilot.name,
        recommendation=verdict.recommendation.value,
        tone=tone,
        sentence=sentence,
        subtitle=tell_subtitle(standing),
        facts=tell_facts(standing),
        sections=tuple(one for one in sections if one.blocks),
        footnote=tell_footnote(standing),
        on=day.on,
    )


def tell_subtitle(standing: Standing) -> str:
    """When, and what was to be shown."""
    day = standing.day
    since = f"{say_day(day.pilot.starts)} to {say_day(day.on)} (day {day.day})."
    return f"{since} Hypothesis: {day.pilot.hypothesis}" if day.pilot.hypothesis else since


def tell_facts(standing: Standing) -> tuple[tuple[str, str], ...]:
    """The figures at the top."""
    day, held = standing.day, standing.outcomes
    people = len(day.people) + day.group_size
    asked = held.active.get(90)
    facts = [
        (f"{asked.of} of {people}" if asked else str(people), "evaluators asked something"),
        (f"{held.questions:,}", "questions"),
    ]
    if day.pooled:
        facts.append((f"{day.pooled.estimate:.1f} of 5", "satisfaction with answers"))
    if held.completed.value is not None:
        facts.append((say_share(held.completed.value), "answered without a complaint"))
    if held.cost_a_question is not None:
        facts.append((say_dollars(held.cost_a_question), "a question in model fees"))
    if held.cost:
        facts.append((say_dollars(held.cost), "model fees in all"))
    return tuple(facts)


def tell_reasons(standing: Standing) -> Section:
    """Why it is recommended, and what must be settled first."""
    verdict = standing.verdict
    reasons = tuple(cap(one) for one in verdict.reasons if not one.startswith(OPEN_POINTS))
    rows = list_open_points(standing)
    blocks: list[Block] = [Bullets(reasons)] if reasons else []
    if rows:
        heads = ("What", "Why it matters", "Who")
        going = verdict.recommendation in (Recommendation.GO, Recommendation.CONDITIONS)
        title = "To settle before production" if going else "What is open"
        blocks.append(Table(heads, rows, (36, 42, 22), title=title))
    return Section("why", "Why", "", tuple(blocks))


def list_open_points(standing: Standing) -> tuple[Row, ...]:
    """What must be settled before production: gaps in what was agreed, figures nobody supplied, people left behind."""
    gaps = [(cap(one.what), cap(one.why), one.who) for one in missing(standing.day.pilot)]
    for one in standing.verdict.findings:
        if one.met is Met.OPEN:
            who = one.criterion.owner or standing.day.pilot.owner or "the pilot's owner"
            gaps.append((f"The figure for “{one.criterion.metric}”", "It is agreed, but not measured here", who))
    worse = [one.name for one in standing.day.people if one.satisfaction.trend is Trend.WORSENING]
    if worse:
        gaps.append((f"What went wrong for {say_names(worse)}", "Answers got worse since day 1", "the champion"))
    return tuple(Row(one) for one in gaps)


def tell_footnote(standing: Standing) -> str:
    """What the figures mean, and who is not in them."""
    day = standing.day
    said = [
        "Satisfaction is with answers, from 1 to 5, estimated from votes, reactions and remarks; it is no measure of "
        "people. Ranges hold the true value with 90 % certainty. No belief about anyone and no word of theirs is in "
        "this report."
    ]
    if day.pilot.aggregate_only:
        said.append("This pilot names nobody; no figure rests on fewer than five people.")
    if day.unshown:
        said.append(f"Not shown or counted, to protect them: {count(day.unshown, 'person', 'people')}.")
    return " ".join(said)
