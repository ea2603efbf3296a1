"""The review of a pilot: read its whole record and decide the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.flows.send_digest import Sources, find_names, find_replays, may_be_named, measure_days
from bot.pilot.assumed import sum_up_assumed
from bot.pilot.calendar import Due, begin_of, day_number, local_date
from bot.pilot.model import Feedback, Pilot, PilotDay
from bot.pilot.outcomes import Outcomes, sum_up_outcomes
from bot.pilot.roster import evaluators_of, let_out_days, release, split_roster
from bot.pilot.verdict import Verdict, decide_verdict
from bot.ports import Stores
from bot.turn import Exchange, Member

PROOF_DAYS: Final = 7  # a review replays the questions of the last week: more would only take longer


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A pilot reviewed: its whole course measured as of its last day, its figures, the verdict, the people
    counted, and their exchanges."""

    day: PilotDay
    outcomes: Outcomes
    verdict: Verdict
    people: frozenset[Member] = frozenset()
    exchanges: tuple[Exchange, ...] = ()


async def review(stores: Stores, pilot: Pilot, now: datetime, sources: Sources | None = None) -> Reviewed:
    """Review a pilot as of now, or as of its last day once that is over. People are called what the directory
    calls them now, else what the digests called them; who may not be shown is in no total, lest they be found by
    subtracting."""
    on = min(local_date(pilot, now), pilot.ends) if pilot.ends else local_date(pilot, now)
    given = sources or Sources()
    told = {line.person: line.name for one in await stores.pilots.digests(pilot.key) for line in one.lines}
    week = Due(on=on, day=day_number(pilot, on), covers_from=max(pilot.starts, on - timedelta(days=PROOF_DAYS - 1)))
    begins, ends = begin_of(pilot, pilot.starts), begin_of(pilot, on + timedelta(days=1))
    exchanges = tuple(one for one in await stores.journal.exchanges(pilot.workspace, begins, ends) if one.asked)
    people = evaluators_of(pilot, exchanges, on)
    named = frozenset([one for one in people if may_be_named(await stores.consents.load(one))])
    counted = split_roster(pilot, people, named).counted
    replays = await find_replays(given, pilot, week, sorted(counted))
    known = replace(given, names={**told, **await find_names(given, people)}, replays=replays, prove=None)
    day = await measure_days(stores, pilot, replace(week, covers_from=pilot.starts), known, until=now)
    feedback = await stores.journal.feedback(pilot.workspace, begins, ends)
    if pilot.aggregate_only:
        exchanges, feedback = keep_apart(pilot, exchanges, feedback, counted)
    assumed = sum_up_assumed(exchanges, feedback, counted)
    outcomes = replace(
        sum_up_outcomes(pilot, exchanges, feedback, people=counted, on=on, cost=day.cost),
        assumptions=assumed.figures() if assumed.used.of else {},
    )
    asked = tuple(one for one in exchanges if one.asker in counted)
    return Reviewed(day, outcomes, decide_verdict(pilot, day, outcomes), counted, asked)


def keep_apart(
    pilot: Pilot, exchanges: Sequence[Exchange], feedback: Sequence[Feedback], counted: frozenset[Member]
) -> tuple[tuple[Exchange, ...], tuple[Feedback, ...]]:
    """What may be told of in the aggregate mode: whole days on which five people asked, and words once five have
    spoken; so a report less the digests points at nobody either."""
    day_of = partial(local_date, pilot)
    asked = let_out_days([one for one in exchanges if one.asker in counted], day_of)
    return tuple(asked), release([one for one in feedback if one.member in counted], day_of)
