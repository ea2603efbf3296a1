"""Enrichment's own figures: used, taken back, of help."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pilot_samples import Person, ask, rate

from bot.pilot.assumed import RIGHT_AFTER, sum_up_assumed
from bot.pilot.model import Feedback, FeedbackSource
from bot.pilot.share import Share
from bot.turn import Assumption, Decision, Exchange, Place, Reply

CTO, ANALYST = Person("CTO"), Person("Junior Analyst")
PEOPLE = {CTO.member, ANALYST.member}
READ = Assumption("my project", "the billing migration", "project")


def assumed(exchange: Exchange) -> Exchange:
    return replace(exchange, reply=replace(exchange.reply, assumptions=(READ,)))


def undoing(exchange: Exchange, mention: str = "my project") -> Exchange:
    return replace(exchange, reply=replace(exchange.reply, undone=(mention,)))


def correct(exchange: Exchange, after: timedelta) -> Feedback:
    return replace(rate(exchange, 1.0), source=FeedbackSource.CORRECTION, at=exchange.at + after)


def test_use_counts_the_questions_looked_up_of_the_people_meant() -> None:
    thanks = replace(ask(CTO, 1, 3), reply=Reply(decision=Decision.ANSWER, text="Noted.", confidence=1, engine=""))
    exchanges = [assumed(ask(CTO, 1, 1)), ask(CTO, 1, 2), thanks, assumed(ask(ANALYST, 1, 4))]
    assert sum_up_assumed(exchanges, (), {CTO.member}).used == Share(1, 2)
    assert sum_up_assumed(exchanges, (), PEOPLE).used == Share(2, 3)


@pytest.mark.parametrize(
    ("later", "undone"),
    [
        (undoing(ask(CTO, 1, 2)), 1),
        (undoing(ask(CTO, 1, 2), "our stack"), 0),
        (undoing(ask(ANALYST, 1, 2)), 0),
        (ask(CTO, 1, 2), 0),
    ],
)
def test_a_mention_taken_back_by_its_asker_counts_as_undone(later: Exchange, undone: int) -> None:
    assert sum_up_assumed([assumed(ask(CTO, 1, 1)), later], (), PEOPLE).undone == Share(undone, 1)


def test_what_is_taken_back_elsewhere_is_about_something_else() -> None:
    later = undoing(ask(CTO, 1, 2))
    elsewhere = replace(later, turn=replace(later.turn, place=Place("W", "other")))
    assert sum_up_assumed([assumed(ask(CTO, 1, 1)), elsewhere], (), PEOPLE).undone == Share(0, 1)


@pytest.mark.parametrize(("after", "undone"), [(RIGHT_AFTER, 1), (RIGHT_AFTER + timedelta(seconds=1), 0)])
def test_a_correction_counts_as_undone_only_right_after(after: timedelta, undone: int) -> None:
    one = assumed(ask(CTO, 1, 1))
    assert sum_up_assumed([one], [correct(one, after)], PEOPLE).undone == Share(undone, 1)


def test_help_is_counted_apart_from_plain_questions_and_only_by_the_asker() -> None:
    good, poor, unrated = (assumed(ask(CTO, 1, n)) for n in (1, 2, 3))
    plain = ask(CTO, 1, 4)
    others = replace(rate(unrated, 5.0), member=ANALYST.member)
    said = [rate(good, 4.5), rate(poor, 2.0), rate(plain, 5.0), others]
    found = sum_up_assumed([good, poor, unrated, plain], said, PEOPLE)
    assert (found.helped, found.plain) == (Share(1, 2), Share(1, 1))


def test_without_questions_there_is_no_figure() -> None:
    found = sum_up_assumed([], (), PEOPLE)
    assert (found.used.value, found.undone.value, found.helped.value, found.plain.value) == (None, None, None, None)
