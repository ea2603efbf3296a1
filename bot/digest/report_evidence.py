"""What the pilot has shown: criteria, people, proof, adoption; each as a section of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.digest.chart import draw_pairs, draw_panels, draw_trajectories
from bot.digest.compose import tell_lift, tell_note
from bot.digest.report_chart import draw_criteria, draw_lift, draw_weeks
from bot.digest.report_model import Block, Bullets, Chart, Row, Section, Standing, Table, Tone
from bot.pilot.adoption import Checkpoint
from bot.pilot.figures import Unit, say_figure, say_range, unit_of
from bot.pilot.model import Estimate, PersonDay, PilotDay, Replayed, Retrieval, Trend
from bot.pilot.outcomes import Outcomes
from bot.pilot.say import cap, count, say_date, say_share, say_sure
from bot.pilot.share import Share
from bot.pilot.verdict import Finding, Met

MET: Final = {Met.YES: Tone.GOOD, Met.LIKELY: Tone.MIDDLING, Met.NO: Tone.BAD, Met.OPEN: Tone.MIDDLING}
TRENDS: Final = {Trend.IMPROVING: Tone.GOOD, Trend.WORSENING: Tone.BAD}


def tell_criteria(findings: Sequence[Finding]) -> Section:
    """What was agreed before the start, against what was measured."""
    title = "Success criteria against targets"
    if not findings:
        none = Bullets(("No success criteria were agreed before the start. Agree on them, then go on.",))
        return Section("criteria", title, "", (none,))
    rows = tuple(Row((cap(name), *rest), MET[one.met]) for one in findings for name, *rest in [show_finding(one)])
    heads = ("Criterion", "Target", "Measured", "90 % interval", "Owner")
    chart = Chart(
        draw_criteria(findings),
        "Dot: measured. Band: where the true value lies with 90 % certainty. Line: the target. Ring: before the pilot.",
        repeats=True,
    )
    lead = "Met means that the whole interval is on the right side of the target; likely met, that the estimate is."
    return Section("criteria", title, lead, (chart, Table(heads, rows, (30, 12, 26, 16, 16), toned=2)))


def show_finding(finding: Finding) -> tuple[str, ...]:
    """A criterion's row."""
    held, unit = finding.criterion, unit_of(finding.criterion.metric)
    wanted = say_figure(held.target, unit)
    if finding.value is None or finding.low is None or finding.high is None:
        return held.metric, wanted, finding.met, "", held.owner
    interval = say_range(finding.low, finding.high, unit) if finding.low != finding.high else ""
    return held.metric, wanted, f"{say_figure(finding.value, unit)}, {finding.met}", interval, held.owner


def tell_people(day: PilotDay, people: Sequence[PersonDay]) -> Section:
    """Everyone's course since day 1."""
    listed = (*people, *([day.group] if day.group else []))
    if not listed:
        nobody = Bullets(("Nobody can be shown: too few evaluators have agreed to be named.",))
        return Section("people", "Is it getting better, and for whom?", "", (nobody,))
    blocks: list[Block] = []
    if any(len(one.trajectory) > 1 for one in people):
        blocks.append(Chart(draw_trajectories(people), "Satisfaction with answers by day, 1 to 5.", repeats=True))
        blocks.append(Chart(draw_panels(people), "The same one by one, with 90 % intervals.", repeats=True))
    heads = ("Evaluator", "Now", "90 % interval", "Day 1", "Trend", "Rated", "Notes")
    rows = tuple(Row(show_person(one), TRENDS.get(one.satisfaction.trend, Tone.PLAIN)) for one in listed)
    blocks.append(Table(heads, rows, (18, 7, 13, 7, 26, 7, 22), toned=4))
    lead = tell_pooled(day.pooled) if day.pooled else "Too few were heard to say it of everyone taken together."
    return Section("people", "Is it getting better, and for whom?", lead, tuple(blocks))


def tell_pooled(held: Estimate) -> str:
    """Everyone taken together, in a sentence."""
    first = f", from {held.first:.1f} on day 1" if held.first is not None else ""
    sure = f" {cap(held.trend.value)}, {say_sure(held.probability)}." if held.probability else " No common trend."
    interval = f"90 % interval {held.low:.1f} to {held.high:.1f}"
    return (
        f"Everyone taken together: {held.estimate:.1f} of 5{first} ({interval}; {count(held.n, 'rated answer')}).{sure}"
    )


def show_person(person: PersonDay) -> tuple[str, ...]:
    """An evaluator's row."""
    held = person.satisfaction
    if not held.n:
        return person.name, "–", "–", "–", "nothing heard", "0", tell_note(person)
    first = f"{held.first:.1f}" if held.first is not None else "–"
    trend = f"{held.trend}, {say_sure(held.probability)}" if held.probability else held.trend.value
    interval = f"{held.low:.1f}–{held.high:.1f}"
    return person.name, f"{held.estimate:.1f}", interval, first, trend, str(held.n), tell_note(person)


def tell_proof(day: PilotDay) -> Section:
    """Replay and control group: whether it is the bot that got better, or people that got used to it."""
    blocks: list[Block] = []
    if day.replayed:
        caption = (
            f"{count(day.replayed.n, 'question')} of the last week, answered with what the bot knew of the asker on "
            "day 1 (ring) and knows today (dot). Same documents, same engine."
        )
        blocks.append(Chart(draw_pairs(pair_up(day.replayed), title="The same questions, day 1 and today"), caption))
    if day.lift:
        blocks.append(Chart(draw_lift(day.lift), tell_lift(day.lift)[0]))
    open_points = []
    if not day.replayed:
        open_points.append("Replay: no question can be compared yet (it needs consent, and questions after day 1).")
    if not day.lift:
        few = "fewer than five rated answers on either side" if day.pilot.holdback else "none was set up"
        open_points.append(f"Control group: {few}, so it is not shown whether people rate the fit itself higher.")
    blocks += [Bullets(tuple(open_points))] if open_points else []
    lead = (
        "People also get used to a tool. These two comparisons change one thing only: what the bot knows of the asker."
    )
    return Section("proof", "Proof that the bot got better", lead, tuple(blocks))


def pair_up(replayed: Replayed) -> list[tuple[str, float, float]]:
    """The replay's measures as (name, day 1, today)."""
    return [
        ("What is known of the asker, used", *replayed.context_used),
        ("Depth as the asker wants it", *replayed.depth_match),
        ("Unclear words understood", *replayed.resolved),
        ("Claims with a citation", *replayed.cited),
    ]


def tell_adoption(standing: Standing) -> Section:
    """Who uses it, and what the reviews after 30, 60 and 90 days say."""
    day, held, adoption = standing.day, standing.outcomes, standing.adoption
    shares = [
        ("Questions answered and not complained of", held.completed),
        ("Answers that were corrected", held.overridden),
        ("Questions the documents do not answer", held.decisions.get("decline", Share(0, 0))),
        ("Answers written without the model, as it was down or over its limit", held.fallen_back),
        *show_retrieval(day.retrieval),
        *((f"Evaluators who asked in the last {days} days", share) for days, share in fitting_windows(day, held)),
        ("Evaluators who asked on three working days in a row", held.habit),
        *held.assumptions.items(),
    ]
    figures = [Row(show_figure(name, share)) for name, share in shares if share.n]
    if held.days_to_value is not None:
        wait = count(round(held.days_to_value), "day") if held.days_to_value >= 0.5 else "less than a day"
        figures.append(Row(("From the first question to the first good answer", wait, "median", "")))
    if day.retrieval and day.retrieval.lag is not None:
        lag = count(round(day.retrieval.lag), "day")
        figures.append(Row(("Document lag: age of what was cited, since its last change", lag, "median", "")))
    rows = tuple(show_checkpoint(one) for one in adoption.checkpoints)
    heads = ("Review", "Date", "Asked in the 30 days before", "Asked in the 7 days before", "Result")
    chart = Chart(
        draw_weeks(adoption), "Share of evaluators who asked at least once in the week. Pale: not a whole week."
    )
    table = Table(heads, rows, (14, 16, 24, 24, 22), title="Reviews after 30, 60 and 90 days", toned=4)
    lead = "Under 20 % active use at a review calls the pilot itself into question."
    used = Table(("", "Share", "Numbers", "90 % interval"), tuple(figures), (52, 16, 16, 16), title="Use in figures")
    return Section("adoption", "Is it used?", lead, (chart, used, table))


def show_retrieval(held: Retrieval | None) -> list[tuple[str, Share]]:
    """How well questions found their documents, and how many of those lag behind."""
    if held is None:
        return []
    return [
        ("Questions found in the documents", held.found),
        ("Answers not called wrong or beside the question, of those that something was said of", held.on_point),
        ("Documents cited that were unchanged for half a year", held.stale),
    ]


def fitting_windows(day: PilotDay, outcomes: Outcomes) -> list[tuple[int, Share]]:
    """The windows of active use that the pilot is old enough for; at least the shortest."""
    return [(days, share) for days, share in outcomes.active.items() if days <= max(day.day, min(outcomes.active))]


def show_figure(name: str, share: Share) -> tuple[str, ...]:
    """A share's row: percent, numbers, interval."""
    low, high = share.interval or (0.0, 1.0)
    return name, say_share(share.value or 0.0), f"{share.of} of {share.n}", say_range(low, high, Unit.SHARE)


def show_checkpoint(point: Checkpoint) -> Row:
    """A review's row."""
    if point.month is None or point.week is None:
        return Row((f"After {point.day} days", say_date(point.on), "–", "–", "still to come"))
    said, tone = ("hard review", Tone.BAD) if point.hard else ("in use", Tone.GOOD)
    return Row((f"After {point.day} days", say_date(point.on), say_used(point.month), say_used(point.week), said), tone)


def say_used(share: Share) -> str:
    return f"{say_share(share.value)} ({share.of} of {share.n})" if share.value is not None else "–"
