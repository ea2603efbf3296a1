"""The first sentence of a digest: what kind of day it was, said plainly."""

from __future__ import annotations

from collections.abc import Sequence

from bot.pilot.model import PersonDay, PilotDay, Trend
from bot.pilot.say import cap, say_count, say_names, say_number, say_of, say_sure


def make_headline(day: PilotDay) -> str:
    """The day in a sentence or two: bad news first, no trend where none can be told."""
    if not day.people and day.group is None:
        return "Nobody can be shown yet: too few evaluators have agreed to be named, or asked anything."
    if day.pilot.aggregate_only and not day.questions:
        return "Fewer than five evaluators asked, so nothing can be told of the day without pointing at someone."
    if not day.questions and not any(one.themes for one in day.people):
        return say_silence(day)
    if day.day == 1:
        return say_first(day)
    worse = [one for one in day.people if one.satisfaction.trend is Trend.WORSENING]
    better = [one for one in day.people if one.satisfaction.trend is Trend.IMPROVING]
    if worse or better:
        return say_change(day, better, worse)
    return say_no_change(day)


def say_silence(day: PilotDay) -> str:
    """Nobody asked: no news is told as no news."""
    heard = sum(bool(one.satisfaction.n) for one in day.people)
    since = "since the last digest" if day.covers_from and day.covers_from < day.on else f"on {day.on:%A}"
    rest = f" So far {say_of(heard, len(day.people))} evaluators have rated an answer." if day.people else ""
    return f"Nobody asked anything {since}, so nothing has changed.{rest}"


def say_first(day: PilotDay) -> str:
    """The first day is a baseline, never a trend."""
    active = sum(bool(one.questions) for one in day.people)
    who = f"{cap(say_of(active, len(day.people)))} evaluators" if len(day.people) > 1 else "The evaluators"
    return f"{who} asked {say_count(day.questions, 'question')}. This is the baseline: a trend needs more days."


def say_change(day: PilotDay, better: Sequence[PersonDay], worse: Sequence[PersonDay]) -> str:
    """Who changed since day 1, the worse first."""
    said = []
    if worse:
        said.append(f"Worse since day 1 for {name_all(worse)}: this needs you.")
    if better:
        whom = name_all(better) if len(better) <= 3 else f"{say_of(len(better), len(day.people))} evaluators"
        said.append(f"{'Better' if worse else 'Better since day 1'} for {whom}.")
    rest = [one for one in day.people if one not in better and one not in worse]
    if rest:
        said.append(f"No sure change for {name_all(rest) if len(rest) <= 2 else f'the other {say_number(len(rest))}'}.")
    return " ".join(said)


def say_no_change(day: PilotDay) -> str:
    """No trend for anyone; the pilot as a whole may still tell one."""
    pooled = day.pooled
    if pooled and pooled.probability and pooled.trend in (Trend.IMPROVING, Trend.WORSENING):
        way = "better" if pooled.trend is Trend.IMPROVING else "worse"
        rest = "for no single evaluator is that sure yet" if day.people else "this pilot names nobody"
        return f"Taken together, answers are rated {way} than on day 1 ({say_sure(pooled.probability)}); {rest}."
    complaints = sum(sum(one.themes.values()) for one in (*day.people, *([day.group] if day.group else [])))
    if day.pilot.aggregate_only and not complaints:
        return "No sure change since day 1."
    if complaints:
        return f"No sure change since day 1, and {say_count(complaints, 'complaint')} to look at."
    return f"No sure change since day 1, and no complaints in {say_count(day.questions, 'question')}."


def name_all(people: Sequence[PersonDay]) -> str:
    """Names in a row; more than five as a number."""
    return say_names([one.name for one in people])
