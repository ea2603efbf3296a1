"""From a measured day to the digest: which facts are told, in which words and order.

Only ratings, themes and counts come in here; beliefs and messages do not reach this module.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot.digest.chart import TREND_ORDER
from bot.digest.headline import make_headline
from bot.digest.model import Digest, DigestLine, Step
from bot.pilot.model import Alert, Estimate, Lift, PersonDay, PilotDay, Replayed, Retrieval, Trend
from bot.pilot.say import (
    cap,
    count,
    rank,
    say_all,
    say_count,
    say_date,
    say_learned,
    say_number,
    say_share,
    say_sure,
    say_theme,
    say_themes,
)

STEPS: Final = 3  # next steps in one digest: more is not read
DAYS_OPENED: Final = 14  # days listed where an evaluator is opened
BECAME: Final = {
    "answer": "answered",
    "hedge": "answered with doubt",
    "ask": "asked back",
    "decline": "not in the documents",
}
REASONS: Final = 2  # further reasons given for one step


def compose_digest(day: PilotDay, earlier: Sequence[Digest], done: frozenset[str]) -> Digest:
    """The digest of a measured day. `earlier` are the pilot's digests so far, `done` the ids of steps marked done."""
    told = [one for one in earlier if one.on < day.on]
    people = sorted(day.people, key=lambda one: (TREND_ORDER.index(one.satisfaction.trend), one.name))
    lines = tuple(make_line(one, day) for one in people)
    group = (make_line(day.group, day),) if day.group else ()
    return Digest(
        pilot=day.pilot.id,
        workspace=day.pilot.workspace,
        name=day.pilot.name,
        on=day.on,
        day=day.day,
        headline=make_headline(day),
        lines=(*lines, *group),
        learned=tell_learned(day),
        attention=make_steps(day),
        proof=(*(tell_replay(day.replayed) if day.day > 1 else ()), *tell_lift(day.lift)),
        figures=tell_figures(day),
        footnote=make_footnote(day),
        yesterday=() if day.pilot.aggregate_only else tell_yesterday(told[-1] if told else None, done),
        covers=tell_covers(day),
        more=max(0, len({one.person for one in day.alerts if one.next_step}) - STEPS),
    )


def make_line(person: PersonDay, day: PilotDay) -> DigestLine:
    """An evaluator's line, its figures rounded as they are shown."""
    held = person.satisfaction
    return DigestLine(
        person=person.person,
        name=person.name,
        today=round(held.estimate, 1),
        first=None if held.first is None or day.day == 1 else round(held.first, 1),
        low=round(held.low, 1),
        high=round(held.high, 1),
        n=held.n,
        trend=held.trend.value,
        sure=tell_sure(held),
        note=tell_note(person),
        trajectory=person.trajectory,
        detail=tell_detail(person) if person.person.id else (),
    )


def tell_sure(held: Estimate) -> str:
    """How sure the trend is, in words."""
    if held.n == 0:
        return "no word on any answer yet"
    if held.trend is Trend.TOO_FEW or held.probability is None:
        return "too few to say"
    return f"{held.trend.value}, {say_sure(held.probability)}"


def tell_note(person: PersonDay) -> str:
    """What stood out in an evaluator's day: questions, complaints, and when things shifted."""
    if not person.questions and not person.themes:
        return "did not ask"
    parts = [count(person.questions, "question")] if person.questions else []
    parts += [say_themes(person.themes)] if person.themes else []
    if person.satisfaction.shifted_on:
        parts.append(f"shifted on {say_date(person.satisfaction.shifted_on)}{tell_before(person.before_shift)}")
    return ", ".join(parts)


def tell_before(counts: Mapping[str, int]) -> str:
    """What came before a shift, in counts: , after 2 corrections and 1 changed document."""
    nouns = {"corrections": "correction", "learned": "new thing known", "documents": "changed document"}
    plurals = {"learned": "new things known"}
    said = [count(counts[name], noun, plurals.get(name, "")) for name, noun in nouns.items() if counts.get(name)]
    return f", after {say_all(said)}" if said else ""


def tell_detail(person: PersonDay) -> tuple[str, ...]:
    """What opens behind an evaluator's line: their questions, complaints, what was learned in counts, their replay, and
    the estimate of each day. Counts and themes, never a belief or a word of theirs."""
    said = [f"Questions: {tell_became(person.decisions)}"] if person.questions else []
    said += [f"Found wrong: {say_themes(person.themes)}"] if person.themes else []
    if person.beliefs_new:
        said.append(f"Newly known: {say_learned(person.learned)}; {person.beliefs_held} things in all")
    said += [f"Put right by themself: {count(person.beliefs_corrected, 'belief')}"] if person.beliefs_corrected else []
    said += [line.removesuffix(".") for line in tell_replay(person.replayed)]
    if len(person.trajectory) > 1:
        days = ", ".join(f"{on.day} {on:%b} {value:.1f}" for on, value in person.trajectory[-DAYS_OPENED:])
        said.append(f"By day: {days}")
    return tuple(said)


def tell_became(decisions: Mapping[str, int]) -> str:
    """What became of questions: 3 answered, 1 asked back."""
    return ", ".join(f"{decisions[kind]} {word}" for kind, word in BECAME.items() if decisions.get(kind))


def tell_learned(day: PilotDay) -> tuple[str, ...]:
    """What the bot learned, in counts and themes."""
    new, corrected = (sum(getattr(one, name) for one in day.people) for name in ("beliefs_new", "beliefs_corrected"))
    learners = sum(bool(one.beliefs_new) for one in day.people)
    said = []
    if new:
        whom = say_count(learners, "evaluator")
        kinds = sum((Counter(one.learned) for one in day.people), Counter[str]())
        said.append(f"{cap(say_count(new, 'new thing'))} about {whom}, from what they wrote: {say_learned(kinds)}.")
    if corrected:
        said.append(f"{cap(say_count(corrected, 'belief'))} put right by the evaluators themselves, followed since.")
    if day.told_since:
        were = "complaint was" if day.told_since == 1 else "complaints were"
        said.append(
            f"{cap(say_number(day.told_since))} {were} followed by a change, and their writers were told of it."
        )
    themes = Counter[str]()
    for person in (*day.people, *((day.group,) if day.group else ())):
        themes.update(person.themes)
    if themes:
        listed = ", ".join(f"{say_theme(kind)} ({n})" for kind, n in rank(themes))
        said.append(f"What people found wrong: {listed}.")
    return tuple(said)


def make_steps(day: PilotDay) -> tuple[Step, ...]:
    """At most three steps, the most pressing first and one a person; a person's other alerts become its reasons."""
    steps: dict[str, tuple[Alert, list[str]]] = {}
    for alert in day.alerts:
        if not alert.next_step:
            continue
        held = steps.setdefault(alert.person.id, (alert, []))
        if held[0] is not alert:
            held[1].append(alert.text)
    return tuple(_make_step(day.on, alert, more) for alert, more in list(steps.values())[:STEPS])


def _make_step(on: date, alert: Alert, more: Sequence[str]) -> Step:
    evidence = f" ({'; '.join(alert.evidence)})" if alert.evidence else ""
    return Step(
        id=f"{on.isoformat()}/{alert.kind.replace(' ', '-')}/{alert.person.id}",
        text=alert.next_step,
        reason=" ".join((f"{alert.text.removesuffix('.')}{evidence}.", *more[:REASONS])),
        person=alert.person,
    )


def tell_yesterday(last: Digest | None, done: frozenset[str]) -> tuple[str, ...]:
    """Whether the steps of the digest before were done."""
    if last is None or not last.attention:
        return ()
    if len(last.attention) > 1 and not any(step.id in done for step in last.attention):
        return (f"None of the {say_number(len(last.attention))} steps is marked done.",)
    return tuple(f"{'Done' if step.id in done else 'Not marked done'}: {step.text}" for step in last.attention)


def tell_replay(replayed: Replayed | None) -> tuple[str, ...]:
    """The replay in one sentence, with the number it rests on."""
    if replayed is None:
        return ()
    pairs = (
        ("what is known of the person was used", replayed.context_used),
        ("right depth", replayed.depth_match),
        ("unclear mentions resolved", replayed.resolved),
        ("claims with a citation", replayed.cited),
    )
    told = "; ".join(f"{name} {say_pair(first, now)}" for name, (first, now) in pairs)
    return (f"Replay of {say_count(replayed.n, 'question')}, as the bot knew people on day 1 → today: {told}.",)


def say_pair(first: float, now: float) -> str:
    """A share before and after, or once where it did not change."""
    before, after = say_share(first), say_share(now)
    return f"{before} → {after}" if before != after else f"unchanged at {after}"


def tell_lift(lift: Lift | None) -> tuple[str, ...]:
    """The holdback in one sentence, with its interval and the numbers it rests on."""
    if lift is None:
        return ()
    sure = "" if lift.low > 0 or lift.high < 0 else " The interval holds zero: no difference is shown yet."
    numbers = f"{lift.with_model} and {lift.held_back} rated answers"
    return (
        f"Control group: answers that used what the bot knows are rated {lift.difference:+.1f} against those held back "
        f"(90 % interval {lift.low:+.1f} to {lift.high:+.1f}; {numbers}).{sure}",
    )


def tell_figures(day: PilotDay) -> tuple[tuple[str, str], ...]:
    """Questions, what became of them, cost."""
    counts = Counter[str]()
    for person in (*day.people, *((day.group,) if day.group else ())):
        counts.update(person.decisions)
    rows = [("Everyone", tell_everyone(day.pooled))] if day.pooled and len(day.people) > 1 else []
    hidden = day.pilot.aggregate_only and not day.questions
    rows.append(("Questions", "fewer than five people asked" if hidden else str(day.questions)))
    rows += [("What became of them", became)] if (became := tell_became(counts)) else []
    rows += [("Retrieval", tell_retrieval(day.retrieval))] if day.retrieval and day.retrieval.found.n else []
    rows += [("Fallbacks", f"{day.fallbacks} answered without the model")] if day.fallbacks else []
    rows += [("Cost", tell_cost(day))] if day.cost_shown else []
    return tuple(rows)


def tell_retrieval(held: Retrieval) -> str:
    """How many questions the documents held an answer to, and how old the documents were that answered."""
    found = f"{held.found.of} of {count(held.found.n, 'question')} found in the documents"
    if held.lag is None:
        return found
    old = f", {held.stale.of} of {held.stale.n} unchanged for half a year" if held.stale.of else ""
    return f"{found}; those cited had last changed {count(round(held.lag), 'day')} before (median{old})"


def tell_everyone(held: Estimate) -> str:
    """The pilot as a whole, from all who were heard."""
    first = f", day 1 {held.first:.1f}" if held.first is not None else ""
    sure = tell_sure(held) if held.probability else "no common trend"
    rated = count(held.n, "rated answer")
    return f"{held.estimate:.1f} ({held.low:.1f}–{held.high:.1f}){first}, {sure}, {rated}"


def tell_cost(day: PilotDay) -> str:
    """What the days cost, in dollars; a bot without a model costs nothing per question."""
    if not day.model_calls:
        return "$0.00 (no model was called)"
    each = f", ${day.cost / day.questions:.3f} a question" if day.questions else ""
    return f"${day.cost:.2f} for {count(day.model_calls, 'model call')}{each}"


def make_footnote(day: PilotDay) -> str:
    """What the figures mean, and who is not in them."""
    said = [
        "Satisfaction is with answers, from 1 to 5, estimated from votes, reactions and remarks; the range in brackets "
        "holds it with 90 % certainty."
    ]
    if day.pilot.aggregate_only:
        said.append(
            "This pilot names nobody; no figure rests on fewer than five people, and days on which fewer asked are "
            "left out."
        )
    if day.unshown:
        said.append(f"Not shown or counted, to protect them: {say_count(day.unshown, 'person', 'people')}.")
    return " ".join(said)


def tell_covers(day: PilotDay) -> str:
    """The days told of, where they are more than one."""
    if day.covers_from is None or day.covers_from >= day.on:
        return ""
    return f"Covers {say_date(day.covers_from)} to {say_date(day.on)}: no digest was sent in between."
