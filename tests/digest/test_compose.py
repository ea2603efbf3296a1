"""What a digest says of a day, case by case; whole digests are in the golden files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from digest_samples import LEVEL, RISING, mixed_day
from pilot_samples import BEGINS, NAMES, Person, measure_people

from bot.digest.compose import STEPS, compose_digest, tell_before, tell_cost, tell_lift
from bot.digest.headline import make_headline
from bot.digest.own import tell_own
from bot.digest.text import LINES, to_text
from bot.pilot.model import Estimate, FeedbackKind, Lift, PilotDay, Trend
from bot.turn import Member


def level_day(**changes: object) -> PilotDay:
    """A day on which nobody changed."""
    day = measure_people([Person(name, LEVEL) for name in NAMES[:2]], 4)
    return replace(day, **changes)  # type: ignore[arg-type]


def test_a_quiet_good_day_says_that_nothing_is_wrong() -> None:
    assert make_headline(level_day()) == "No sure change since day 1, and no complaints in four questions."


def test_complaints_without_a_trend_are_counted() -> None:
    day = measure_people([Person(NAMES[0], LEVEL, [(4, FeedbackKind.WRONG)])], 4)
    assert make_headline(day) == "No sure change since day 1, and one complaint to look at."


def test_a_change_of_all_together_is_told_where_no_single_one_is_sure() -> None:
    pooled = Estimate(estimate=4, low=3.5, high=4.5, n=20, trend=Trend.IMPROVING, first=3, probability=0.97)
    told = make_headline(level_day(pooled=pooled))
    assert told == (
        "Taken together, answers are rated better than on day 1 (97 % sure); for no single evaluator is that sure yet."
    )


def test_nobody_to_be_shown_is_said() -> None:
    assert make_headline(level_day(people=())).startswith("Nobody can be shown yet")


def test_bad_news_comes_before_good() -> None:
    assert make_headline(mixed_day()).startswith(
        "Worse since day 1 for VP Engineering: this needs you. Better for CTO."
    )


def test_steps_are_few_and_one_a_person_and_the_rest_is_counted() -> None:
    kinds = (FeedbackKind.WRONG, FeedbackKind.TOO_BASIC, FeedbackKind.NOT_SPECIFIC)
    people = [Person(f"P{i}", LEVEL, [(4, kind) for kind in kinds]) for i in range(5)]
    told = compose_digest(measure_people(people, 4), (), frozenset())
    assert len(told.attention) == STEPS
    assert len({one.person for one in told.attention}) == STEPS
    assert told.more == 2
    assert "and 2 more people to look at" in to_text(told)


def test_a_steps_id_is_the_same_however_often_it_is_composed() -> None:
    first, again = (compose_digest(mixed_day(), (), frozenset()) for _ in range(2))
    assert [one.id for one in first.attention] == [one.id for one in again.attention]


@pytest.mark.parametrize(("done", "words"), [(True, "Done: "), (False, "Not marked done: ")])
def test_yesterdays_step_is_asked_after(done: bool, words: str) -> None:
    before = compose_digest(mixed_day(), (), frozenset())
    ids = frozenset(one.id for one in before.attention) if done else frozenset()
    after = replace(mixed_day(), on=before.on.replace(day=before.on.day + 1), day=5)
    assert compose_digest(after, (before,), ids).yesterday[0].startswith(words)


def test_a_lift_is_told_with_its_numbers_and_its_doubt() -> None:
    (sure,) = tell_lift(Lift(difference=0.8, low=0.3, high=1.3, with_model=40, held_back=9))
    assert "+0.8" in sure
    assert "40 and 9 rated answers" in sure
    (unsure,) = tell_lift(Lift(difference=0.2, low=-0.4, high=0.8, with_model=40, held_back=9))
    assert "no difference is shown yet" in unsure


def test_what_people_corrected_is_counted_and_what_it_was_is_not_told() -> None:
    day = level_day()
    told = compose_digest(replace(day, people=(replace(day.people[0], beliefs_corrected=1),)), (), frozenset())
    assert told.learned == ("One belief put right by the evaluators themselves, followed since.",)


@pytest.mark.parametrize(
    ("cost", "calls", "words"),
    [(0.0, 0, "$0.00 (no model was called)"), (0.5, 1, "$0.50 for 1 model call, $0.125 a question")],
)
def test_cost_is_told_per_question(cost: float, calls: int, words: str) -> None:
    assert tell_cost(level_day(cost=cost, model_calls=calls)) == words


def test_many_evaluators_are_cut_to_a_readable_number() -> None:
    people = [Person(f"P{i:02}", RISING) for i in range(40)]
    told = compose_digest(measure_people(people, 4), (), frozenset())
    assert len(told.lines) == 40
    assert f"and {40 - LINES} more: {40 - LINES} improving" in to_text(told)


def test_ones_own_part_names_nobody_else() -> None:
    told = compose_digest(mixed_day(), (), frozenset())
    own = tell_own(told, Member("W", "vp-engineering"))
    assert "VP Engineering" in own
    assert "CTO" not in own
    assert tell_own(told, Member("W", "stranger")) == ""


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, ""),
        ({"corrections": 1}, ", after 1 correction"),
        ({"learned": 2, "documents": 1}, ", after 2 new things known and 1 changed document"),
    ],
)
def test_what_came_before_a_shift_is_told_in_counts(counts: dict[str, int], words: str) -> None:
    assert tell_before(counts) == words


def test_a_shift_names_what_happened_on_its_day_and_the_day_before() -> None:
    told = measure_people([Person("CTO", RISING, learned_on=2), Person("VP", LEVEL, learned_on=2)], 4)
    cto, vp = told.people
    assert cto.satisfaction.shifted_on == BEGINS + timedelta(days=2)
    assert cto.before_shift == {"learned": 1}
    assert vp.before_shift == {}
    note = next(one.note for one in compose_digest(told, (), frozenset()).lines if one.name == "CTO")
    assert note.endswith("shifted on Wed 7 Oct, after 1 new thing known")
