"""Made-up evaluators and what they do, for tests of pilots and digests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.pilot.calendar import Due
from bot.pilot.metrics import Record, measure
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource, Pilot, PilotDay, Replayed
from bot.self_model.model import Belief, Observation, SelfModel, Source
from bot.turn import Audience, Decision, Exchange, Member, Message, Place, Reply, Turn

BEGINS = date(2026, 10, 5)
CHAMPION = Member("W", "champion")
PILOT = Pilot(id="p", workspace="W", name="Daytwo pilot", champions=(CHAMPION,), starts=BEGINS)
NAMES = ("CTO", "VP Engineering", "Data Engineer", "Product Manager", "Junior Analyst")
ORDINARY = Replayed(n=4, context_used=(0.0, 0.75), depth_match=(0.67, 1.0), resolved=(0.5, 1.0), cited=(1.0, 1.0))


@dataclass(frozen=True)
class Person:
    """What one evaluator does: their ratings by day (1 to 5), and complaints by (day, kind)."""

    name: str
    ratings: Sequence[Sequence[float]] = ()
    complaints: Sequence[tuple[int, FeedbackKind]] = ()
    learned_on: int | None = None
    questions: Sequence[int] = field(default=())

    @property
    def member(self) -> Member:
        return Member("W", self.name.lower().replace(" ", "-"))


def moment(day: int, minute: int = 0) -> datetime:
    """A time on a pilot's day, counted from 1."""
    return datetime(2026, 10, 5, 10, tzinfo=UTC) + timedelta(days=day - 1, minutes=minute)


def ask(person: Person, day: int, number: int, decision: Decision = Decision.ANSWER) -> Exchange:
    """One question, answered."""
    at = moment(day, number)
    message = Message(
        id=f"{person.name}-{day}-{number}", author=person.member, text="How is our data kept safe?", at=at
    )
    turn = Turn(message=message, place=Place("W", "pilot"), audience=Audience(alone=False))
    return Exchange(
        id=message.id,
        turn=turn,
        enriched=message.text,
        reply=Reply(decision=decision, text="So.", confidence=0.8),
        at=at,
    )


def rate(exchange: Exchange, rating: float, kind: FeedbackKind = FeedbackKind.NONE) -> Feedback:
    """A word on an answer, a minute after it."""
    return Feedback(
        id=f"{exchange.id}-{kind}",
        exchange=exchange.id,
        member=exchange.asker,
        at=exchange.at + timedelta(minutes=1),
        source=FeedbackSource.THUMBS if kind is FeedbackKind.NONE else FeedbackSource.IMPLICIT,
        kind=kind,
        satisfaction=rating,
    )


def act(person: Person) -> tuple[list[Exchange], list[Feedback]]:
    """Everything that one evaluator did."""
    exchanges, said = [], []
    for day, ratings in enumerate(person.ratings, start=1):
        for number, rating in enumerate(ratings):
            exchanges.append(ask(person, day, number))
            said.append(rate(exchanges[-1], rating))
    for day, kind in person.complaints:
        exchanges.append(ask(person, day, 30 + len(said)))
        said.append(rate(exchanges[-1], 1.8, kind))
    exchanges += [ask(person, day, 50 + i) for i, day in enumerate(person.questions)]
    return exchanges, said


def know(person: Person) -> SelfModel:
    """A self-model with one belief, learned on the given day."""
    if person.learned_on is None:
        return SelfModel(member=person.member)
    at = moment(person.learned_on)
    seen = Observation(
        address="role", value="cto", weight=1.0, source=Source.STATED, quote="I am the CTO", message="m", at=at
    )
    held = Belief(
        address="role", value="cto", confidence=0.8, mass=1.0, evidence=(seen,), valid_from=at, recorded_at=at
    )
    return SelfModel(member=person.member, beliefs=(held,))


def measure_people(
    people: Sequence[Person], day: int, *, covers: int | None = None, pilot: Pilot = PILOT, cost: float = 0.0
) -> PilotDay:
    """A pilot's day with these people in it."""
    acts = [act(one) for one in people]
    exchanges = sorted((one for done, _ in acts for one in done), key=lambda one: one.at)
    on, since = BEGINS + timedelta(days=day - 1), BEGINS + timedelta(days=(covers or day) - 1)
    record = Record(
        exchanges=exchanges,
        feedback=[one for _, said in acts for one in said],
        models={one.member: know(one) for one in people},
        named=frozenset(one.member for one in people),
        names={one.member: one.name for one in people},
        replays={people[0].member: ORDINARY} if day > 1 and people else {},
        cost=cost,
        model_calls=round(cost * 100),
    )
    pilot = replace(pilot, evaluators=tuple(one.member for one in people))
    return measure(pilot, Due(on=on, day=day, covers_from=since), record)
