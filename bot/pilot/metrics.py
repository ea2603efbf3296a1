"""A pilot's day in figures, from the records of its whole course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain
from statistics import mean

from bot.pilot.alerts import find_alerts
from bot.pilot.calendar import Due, local_date
from bot.pilot.feedback import NEUTRAL, latest
from bot.pilot.model import Estimate, Feedback, FeedbackKind, PersonDay, Pilot, PilotDay, Replayed, Retrieval, Trend
from bot.pilot.proof import join, measure_lift
from bot.pilot.retrieval import measure_retrieval
from bot.pilot.roster import CELL, Roster, evaluators_of, least_people, let_out_days, release, split_roster
from bot.pilot.satisfaction import Course, describe, fit_prior, pool, retell, trace
from bot.self_model.model import SelfModel, Source
from bot.turn import Exchange, Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of a pilot up to the end of a day: its exchanges and feedback so far, today's self-models, who
    agreed to be named, what people are called, what the covered days cost, replays done, the estimates told in earlier
    digests, by date, how many complaints were followed by a change that was told, and when each
    document last changed, by its path."""

    exchanges: Sequence[Exchange]
    feedback: Sequence[Feedback]
    models: Mapping[Member, SelfModel] = field(default_factory=dict)
    named: frozenset[Member] = frozenset()
    names: Mapping[Member, str] = field(default_factory=dict)
    replays: Mapping[Member, Replayed] = field(default_factory=dict)
    cost: float = 0.0
    model_calls: int = 0
    told: Mapping[Member, Mapping[date, float]] = field(default_factory=dict)
    told_since: int = 0
    changed: Mapping[str, date] = field(default_factory=dict)


def measure(pilot: Pilot, due: Due, record: Record) -> PilotDay:
    """Measure the covered days of a pilot. Only people who may be shown are in it, also in its totals (but cost)."""
    view = make_view(pilot, due, record)
    named = tuple(measure_person(one, view) for one in view.roster.named)
    group = measure_group(view)
    questions = sum(one.questions for one in (*named, *([group] if group else [])))
    least = least_people(pilot) if group else 1
    day = PilotDay(
        pilot=pilot,
        on=due.on,
        day=due.day,
        people=named,
        questions=questions,
        cost=record.cost,
        model_calls=record.model_calls,
        retrieval=find_retrieval(view) if questions else None,
        cost_shown=not pilot.aggregate_only or is_whole(view),
        fallbacks=sum(bool(one.reply.fallback) for one in chain(*view.today.values())) if questions else 0,
        covers_from=due.covers_from,
        pooled=describe_pool(list(view.courses.values()), least=CELL if pilot.aggregate_only else 2),
        lift=measure_lift(chain(*view.exchanges.values()), chain(*view.feedback.values()), people=least),
        group=group,
        group_size=len(view.roster.grouped),
        unshown=len(view.roster.unshown),
        replayed=join_replays(view),
        told_since=0 if pilot.aggregate_only else record.told_since,
    )
    return replace(day, alerts=find_alerts(day, view.exchanges, record.models))


@dataclass(frozen=True, slots=True)
class View:
    """What measuring needs: the days covered, the record, who is shown how, and of the people shown their exchanges,
    those of the covered days, their words, and the course of their satisfaction."""

    pilot: Pilot
    due: Due
    record: Record
    roster: Roster
    exchanges: Mapping[Member, Sequence[Exchange]]
    today: Mapping[Member, Sequence[Exchange]]
    feedback: Mapping[Member, Sequence[Feedback]]
    courses: Mapping[Member, Course]

    def covers(self, at: datetime) -> bool:
        """Whether a moment is in the days covered."""
        return self.due.covers_from <= local_date(self.pilot, at) <= self.due.on


def make_view(pilot: Pilot, due: Due, record: Record) -> View:
    """Choose what may be told of, and estimate everyone's satisfaction from it."""
    day_of = partial(local_date, pilot)
    asked = [one for one in record.exchanges if day_of(one.at) <= due.on]
    roster = split_roster(pilot, evaluators_of(pilot, asked, due.on), record.named)
    counted = roster.counted
    said = [one for one in record.feedback if one.member in counted and day_of(one.at) <= due.on]
    feedback = group_feedback(release(said, day_of) if pilot.aggregate_only else said)
    prior = fit_prior(feedback, day_of)
    courses = {one: trace(feedback.get(one, ()), day_of, pilot.starts, due.on, prior=prior) for one in sorted(counted)}
    theirs = [one for one in asked if one.asker in counted]
    exchanges = group_exchanges(let_out_days(theirs, day_of) if pilot.aggregate_only else theirs)
    today = group_exchanges(one for said in exchanges.values() for one in said if due.covers_from <= day_of(one.at))
    return View(
        pilot=pilot,
        due=due,
        record=record,
        roster=roster,
        exchanges=exchanges,
        today=today,
        feedback=feedback,
        courses={one: retell(course, record.told.get(one, {})) for one, course in courses.items()},
    )


def find_retrieval(view: View) -> Retrieval:
    """How well the questions of the covered days found their documents."""
    asked = list(chain(*view.today.values()))
    return measure_retrieval(asked, chain(*view.feedback.values()), view.record.changed)


def is_whole(view: View) -> bool:
    """Whether every day covered is one that may be told of in the aggregate mode."""
    day_of = partial(local_date, view.pilot)
    asked = {day_of(one.at) for one in view.record.exchanges}
    shown = {day_of(one.at) for said in view.today.values() for one in said}
    covered = {day for day in asked if view.due.covers_from <= day <= view.due.on}
    return bool(shown) and covered <= shown


def join_replays(view: View) -> Replayed | None:
    """The replays of the people counted; in the aggregate mode only of a single day, and where enough people are in it,
    so that no two spans of days can be subtracted."""
    counted = [one for member, one in sorted(view.record.replays.items()) if member in view.roster.counted]
    if not view.pilot.aggregate_only:
        return join(counted)
    one_day = view.due.covers_from == view.due.on
    return join(counted) if one_day and view.today and len(counted) >= CELL else None


def group_exchanges(exchanges: Iterable[Exchange]) -> dict[Member, list[Exchange]]:
    """Exchanges by who asked."""
    by_member: dict[Member, list[Exchange]] = {}
    for one in exchanges:
        by_member.setdefault(one.asker, []).append(one)
    return by_member


def group_feedback(feedback: Iterable[Feedback]) -> dict[Member, tuple[Feedback, ...]]:
    """The words that count (the latest per exchange and source), by who said them."""
    by_member: dict[Member, list[Feedback]] = {}
    for one in latest(feedback):
        by_member.setdefault(one.member, []).append(one)
    return {member: tuple(said) for member, said in by_member.items()}


def measure_person(member: Member, view: View) -> PersonDay:
    """One evaluator's covered days."""
    asked = view.today.get(member, ())
    model = view.record.models.get(member, SelfModel(member=member))
    course = view.courses[member]
    learned = Counter(one.kind for one in model.beliefs if view.covers(one.valid_from))
    return PersonDay(
        person=member,
        name=view.record.names.get(member) or member.id,
        questions=len(asked),
        decisions=Counter(one.reply.decision.value for one in asked),
        satisfaction=course.estimate,
        themes=count_themes(view.feedback.get(member, ()), view),
        beliefs_held=len(model.beliefs),
        beliefs_new=learned.total(),
        beliefs_corrected=count_corrected(model, view),
        replayed=view.record.replays.get(member),
        trajectory=course.trajectory,
        band=course.band,
        learned=learned,
        before_shift=count_before(course.estimate.shifted_on, model, view),
    )


def count_before(shifted: date | None, model: SelfModel, view: View) -> dict[str, int]:
    """What happened on the day of a shift and the day before it: what the person put right, what was learned of them,
    which documents changed. That it came before is all that is said; nothing here proves a cause."""
    if shifted is None:
        return {}
    days = {shifted, shifted - timedelta(days=1)}
    on = partial(local_date, view.pilot)
    put_right = {one.address for one in model.observations if one.source is Source.CORRECTION and on(one.at) in days}
    learned = [one for one in model.beliefs if on(one.valid_from) in days and one.address not in put_right]
    documents = sum(changed in days for changed in view.record.changed.values())
    counts = {"corrections": len(put_right), "learned": len(learned), "documents": documents}
    return {name: number for name, number in counts.items() if number}


def count_themes(feedback: Sequence[Feedback], view: View) -> Counter[str]:
    """Complaints of the covered days by kind, each answer once: a reason says more than a thumb."""
    kinds: dict[str, set[FeedbackKind]] = {}
    for one in feedback:
        if view.covers(one.at) and one.satisfaction < NEUTRAL and one.kind is not FeedbackKind.NONE:
            kinds.setdefault(one.exchange, set()).add(one.kind)
    named = (said - {FeedbackKind.OTHER} or said for said in kinds.values())
    return Counter(kind.value for said in named for kind in said)


def count_corrected(model: SelfModel, view: View) -> int:
    """Beliefs that the person put right on the covered days."""
    addresses = {one.address for one in model.observations if one.source is Source.CORRECTION and view.covers(one.at)}
    return len(addresses)


def measure_group(view: View) -> PersonDay | None:
    """People who are not named, as one; None where there are none. A figure that too few contributed to is left out."""
    members, least = view.roster.grouped, least_people(view.pilot)
    if not members:
        return None
    people = [measure_person(one, view) for one in members]
    asked = [one for one in people if one.questions]
    heard = [view.courses[one] for one in members if view.courses[one].estimate.n]
    kinds = Counter(kind for one in people for kind in one.themes)
    enough = len(asked) >= least
    return PersonDay(
        person=Member(view.pilot.workspace, ""),
        name=f"{len(members)} evaluators together",
        questions=sum(one.questions for one in asked) if enough else 0,
        decisions=sum_counts([one.decisions for one in asked]) if enough else {},
        satisfaction=average(heard, least) if len(heard) >= least else Estimate(estimate=NEUTRAL, low=1, high=5, n=0),
        themes={kind: sum(one.themes.get(kind, 0) for one in people) for kind, n in kinds.items() if n >= least},
    )


def sum_counts(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(total)


def average(courses: Sequence[Course], least: int) -> Estimate:
    """The mean of several people's estimates; its trend is that of their pooled change."""
    pooled = describe_pool(courses, least=least)
    if pooled:
        return pooled
    level = mean(one.estimate.estimate for one in courses)
    half = mean((one.estimate.high - one.estimate.low) / 2 for one in courses) / len(courses) ** 0.5
    n = sum(one.estimate.n for one in courses)
    return Estimate(estimate=level, low=level - half, high=level + half, n=n, trend=Trend.TOO_FEW)


def describe_pool(courses: Sequence[Course], *, least: int = 2) -> Estimate | None:
    """The change of all who were heard; None where fewer than `least` people's ratings tell of one."""
    pooled = pool(courses, least=least)
    if pooled is None:
        return None
    heard = [one for one in courses if one.trajectory]
    first = mean(one.trajectory[0][1] for one in heard)
    said = describe(pooled, n=sum(one.estimate.n for one in heard), days=max(len(one.trajectory) for one in heard))
    return replace(said, first=first)
