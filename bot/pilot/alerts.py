"""What the champion should know of an evaluator, on what evidence, and what to do about it.

Evidence is counts and ratings; never words from direct messages, and never what is believed about anyone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from bot.pilot.calendar import local_date
from bot.pilot.model import Alert, FeedbackKind, PersonDay, PilotDay, Trend
from bot.pilot.say import count, say_count, say_date, say_of, say_sure, say_themes, say_times
from bot.self_model.model import SelfModel
from bot.turn import Decision, Exchange, Member

QUIET_DAYS: Final = 3  # working days without a question, after having asked
UNSURE: Final = 0.35  # an answer given with less confidence than this counts as unsure
COST_A_QUESTION: Final = 0.25  # dollars, from which on the cost of a question is worth a word
ASKED_FOR: Final = ("project", "tool", "goal", "role")  # what makes an answer specific, most telling first

LACKS: Final = {
    "project": "what they are working on",
    "tool": "which systems they run",
    "goal": "what they want from the pilot",
    "role": "what their role is",
}

Asked = Mapping[Member, Sequence[Exchange]]
Models = Mapping[Member, SelfModel]


def find_alerts(day: PilotDay, exchanges: Asked, models: Models) -> tuple[Alert, ...]:
    """Everything worth the champion's attention, most pressing first. People who are not named have no alerts."""
    found: list[Alert] = []
    for person in day.people:
        asked = exchanges.get(person.person, ())
        model = models.get(person.person, SelfModel(member=person.person))
        signs = (
            find_decline(person),
            find_generic(person, model),
            find_depth(person),
            find_repeats(person),
            find_wrong(person),
            find_unsure(day, person, asked),
            find_quiet(day, person, asked),
            find_corrected(person),
        )
        found += [one for one in signs if one]
    cost = find_cost(day)
    return tuple(sorted([*found, *([cost] if cost else [])], key=lambda one: ORDER.index(one.kind)))


ORDER: Final = (
    "decline",
    "wrong",
    "generic",
    "too basic",
    "too deep",
    "repeated asks",
    "low confidence",
    "quiet",
    "corrected belief",
    "cost",
)


def find_decline(person: PersonDay) -> Alert | None:
    """Satisfaction that went down, with the probability that it did."""
    held = person.satisfaction
    if held.trend is not Trend.WORSENING or held.first is None:
        return None
    sure = say_sure(held.probability or 0.0)
    since = f", since {say_date(held.shifted_on)}" if held.shifted_on else ""
    return Alert(
        person=person.person,
        kind="decline",
        text=f"{person.name} is less satisfied than on day 1: {held.first:.1f} → {held.estimate:.1f}{since}.",
        evidence=(f"{sure}, {count(held.n, 'rated answer')}", *([say_themes(person.themes)] if person.themes else [])),
        next_step=f"Talk to {person.name} today: ask for one answer that disappointed, and what a good one would say.",
    )


def find_generic(person: PersonDay, model: SelfModel) -> Alert | None:
    """Answers called generic or not theirs, with what the bot does not know of the person yet."""
    n = person.themes.get(FeedbackKind.NOT_SPECIFIC, 0)
    if not n:
        return None
    missing = next((kind for kind in ASKED_FOR if not any(one.kind == kind for one in model.beliefs)), "")
    step = (
        f"Ask {person.name} to tell the bot {LACKS[missing]}, in one sentence."
        if missing
        else f"Ask {person.name} which answer was too general, and add the missing document."
    )
    return Alert(
        person=person.person,
        kind="generic",
        text=f"{person.name} called {say_count(n, 'answer')} too generic or not about their own setup.",
        evidence=(f"{n} of {count(person.questions, 'question')}",),
        missing=missing,
        next_step=step,
    )


def find_depth(person: PersonDay) -> Alert | None:
    """Answers that were too basic or too deep."""
    basic, deep = (person.themes.get(kind, 0) for kind in (FeedbackKind.TOO_BASIC, FeedbackKind.TOO_DEEP))
    if not basic and not deep:
        return None
    kind, n, button = ("too basic", basic, "Deeper") if basic >= deep else ("too deep", deep, "Simpler")
    return Alert(
        person=person.person,
        kind=kind,
        text=f"{person.name} found {say_count(n, 'answer')} {kind}.",
        evidence=(f"{n} of {count(person.questions, 'question')}",),
        missing="preference:depth",
        next_step=f"Tell {person.name} about “{button}” under each answer: one press re-answers, and is remembered.",
    )


def find_repeats(person: PersonDay) -> Alert | None:
    """Questions that had to be asked again."""
    n = person.themes.get(FeedbackKind.REPEATED, 0) + person.themes.get(FeedbackKind.IGNORED_QUESTION, 0)
    if not n:
        return None
    return Alert(
        person=person.person,
        kind="repeated asks",
        text=f"{person.name} had to ask again, or was not answered on the point, {say_times(n)}.",
        evidence=(f"{n} of {count(person.questions, 'question')}",),
        next_step=f"Go through {person.name}'s questions with the owner: is a document missing, or worded otherwise?",
    )


def find_wrong(person: PersonDay) -> Alert | None:
    """Answers that were put right."""
    n = person.themes.get(FeedbackKind.WRONG, 0)
    if not n:
        return None
    return Alert(
        person=person.person,
        kind="wrong",
        text=f"{person.name} said that {say_count(n, 'answer was', 'answers were')} wrong.",
        evidence=(count(n, "correction"),),
        next_step="Have the owner check those answers against the documents they cite, and correct the document.",
    )


def find_unsure(day: PilotDay, person: PersonDay, asked: Sequence[Exchange]) -> Alert | None:
    """Questions the documents hardly cover: declined, or answered with little confidence."""
    local = partial(local_date, day.pilot)
    covered = [one for one in asked if (day.covers_from or day.on) <= local(one.at) <= day.on]
    declined = sum(one.reply.decision is Decision.DECLINE for one in covered)
    given = [one for one in covered if one.reply.decision in (Decision.ANSWER, Decision.HEDGE)]
    unsure = sum(one.reply.confidence < UNSURE for one in given)
    if declined + unsure < 2:
        return None
    return Alert(
        person=person.person,
        kind="low confidence",
        text=f"The documents hardly cover {say_of(declined + unsure, len(covered))} of {person.name}'s questions.",
        evidence=(f"{declined} declined", f"{unsure} answered with little confidence"),
        next_step=f"Ask the owner for a document on what {person.name} asks about, and add it to the sources.",
    )


def find_quiet(day: PilotDay, person: PersonDay, asked: Sequence[Exchange]) -> Alert | None:
    """Someone who asked, and has not for some working days. Told once, on the day it comes true."""
    if not asked:
        return None
    last = local_date(day.pilot, max(one.at for one in asked))
    before = (day.covers_from or day.on) - timedelta(days=1)
    if working_days(last, day.on) < QUIET_DAYS or working_days(last, before) >= QUIET_DAYS:
        return None
    return Alert(
        person=person.person,
        kind="quiet",
        text=f"{person.name} has not asked anything since {say_date(last)}.",
        evidence=(f"{working_days(last, day.on)} working days", f"{count(len(asked), 'question')} before that"),
        next_step=f"Ask {person.name} in person whether they got what they needed, or gave up.",
    )


def find_corrected(person: PersonDay) -> Alert | None:
    """Something the bot had wrong about a person, and was told. What it was stays between them."""
    n = person.beliefs_corrected
    if not n:
        return None
    return Alert(
        person=person.person,
        kind="corrected belief",
        text=f"{person.name} put the bot right about themselves {say_times(n)}; answers follow the correction since.",
        evidence=(count(n, "correction"),),
        next_step="",
    )


def find_cost(day: PilotDay) -> Alert | None:
    """A day on which a question cost more than expected."""
    if not day.questions or day.cost / day.questions < COST_A_QUESTION:
        return None
    champion = day.pilot.champions[0] if day.pilot.champions else Member(day.pilot.workspace, "")
    return Alert(
        person=champion,
        kind="cost",
        text=f"A question cost ${day.cost / day.questions:.2f} today, ${day.cost:.2f} in all.",
        evidence=(f"{day.model_calls} model calls for {count(day.questions, 'question')}",),
        next_step="Ask the operator to check the model setting and the daily budget.",
    )


def working_days(after: date, until: date) -> int:
    """Mondays to Fridays after one date, up to and with another."""
    return sum((after + timedelta(days=i)).weekday() < 5 for i in range(1, max(0, (until - after).days) + 1))
