"""Who is shown how: nobody by name who did not agree, and no figure that points at one person."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st
from pilot_samples import BEGINS, ORDINARY, PILOT, Person, act, measure_people, moment, rate

from bot.digest.compose import compose_digest
from bot.digest.text import to_text
from bot.pilot.calendar import Due
from bot.pilot.metrics import Record, measure
from bot.pilot.model import Feedback, FeedbackKind
from bot.pilot.roster import CELL, release, split_roster
from bot.turn import Member

PEOPLE = [Member("W", f"U{i}") for i in range(8)]
QUIET = replace(PILOT, aggregate_only=True)


def test_those_who_agreed_are_named_and_three_others_make_a_group() -> None:
    roster = split_roster(PILOT, PEOPLE[:5], frozenset(PEOPLE[:2]))
    assert roster.named == tuple(PEOPLE[:2])
    assert roster.grouped == tuple(PEOPLE[2:5])


def test_two_others_are_not_shown_at_all() -> None:
    roster = split_roster(PILOT, PEOPLE[:4], frozenset(PEOPLE[:2]))
    assert roster.grouped == ()
    assert roster.unshown == tuple(PEOPLE[2:4])


def test_in_the_aggregate_mode_nobody_is_named_and_four_are_too_few() -> None:
    assert split_roster(QUIET, PEOPLE[:4], frozenset(PEOPLE)).unshown == tuple(PEOPLE[:4])
    assert split_roster(QUIET, PEOPLE[:5], frozenset(PEOPLE)).grouped == tuple(PEOPLE[:5])


def test_totals_leave_out_who_is_not_shown() -> None:
    """Else the shown people's figures could be subtracted from them."""
    people = [Person("A", [(4, 4)]), Person("B", [(1,)])]
    exchanges = [one for person in people for one in act(person)[0]]
    record = Record(exchanges=exchanges, feedback=[], named=frozenset([people[0].member]))
    pilot = replace(PILOT, evaluators=tuple(one.member for one in people))
    day = measure(pilot, Due(on=BEGINS, day=1, covers_from=BEGINS), record)
    assert day.questions == 2
    assert day.unshown == 1


spoken = st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(1, 12)), max_size=40)


def say(events: list[tuple[Member, int]]) -> list[Feedback]:
    """A rated answer per (person, day)."""
    exchanges = [act(Person(member.id, questions=[on]))[0][0] for member, on in events]
    return [
        replace(rate(one, 4), id=str(i), exchange=str(i), member=member)
        for i, (one, (member, _)) in enumerate(zip(exchanges, events, strict=True))
    ]


@given(spoken)
def test_what_two_digests_differ_by_rests_on_five_people(events: list[tuple[Member, int]]) -> None:
    said = say(events)
    before: tuple[Feedback, ...] = ()
    for on in range(1, 13):
        out = release([one for one in said if one.at < moment(on + 1)], lambda at: at.date())
        new = [one for one in out if one not in before]
        assert set(before) <= set(out)
        assert not new or len({one.member for one in new}) >= CELL
        before = out


def test_one_persons_day_cannot_be_read_off_the_aggregate() -> None:
    """Whatever one person says on the last day among three others, the digest is the same."""
    base = [Person(f"P{i}", ratings=[(3, 4), (4, 3)]) for i in range(7)]
    others = [replace(one, ratings=[*one.ratings, (4.0,)]) for one in base[1:4]]
    texts = set()
    for rating in (1.6, 3.0, 4.6):
        alone = replace(base[0], ratings=[*base[0].ratings, (rating,)])
        told = measure_people([alone, *others, *base[4:]], 3, pilot=QUIET)
        texts.add(to_text(compose_digest(told, (), frozenset())))
    assert len(texts) == 1
    assert "Fewer than five evaluators asked" in texts.pop()


acts = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.integers(1, 4), st.sampled_from([None, 1.6, 3.0, 4.6])), max_size=40
)
KINDS = {1.6: FeedbackKind.WRONG, 3.0: FeedbackKind.NOT_SPECIFIC}


def tell(events: list[tuple[Member, int, float | None]], first: int, last: int) -> str:
    """The aggregate digest of days first to last, as (person, day, rating or None for no word) made them."""
    exchanges, said = [], []
    for i, (member, on, rating) in enumerate(events):
        asked = replace(act(Person(member.id, questions=[on]))[0][0], id=str(i))
        exchanges.append(replace(asked, turn=replace(asked.turn, message=replace(asked.turn.message, author=member))))
        said += (
            [replace(rate(exchanges[-1], rating, KINDS.get(rating, FeedbackKind.NONE)), id=str(i))] if rating else []
        )
    covered = [one for one in exchanges if moment(first) <= one.at < moment(last + 1)]
    record = Record(
        exchanges=[one for one in exchanges if one.at < moment(last + 1)],
        feedback=[one for one in said if one.at < moment(last + 1)],
        replays={one.asker: ORDINARY for one in covered},
        cost=0.01 * len(covered),
        model_calls=len(covered),
    )
    pilot = replace(QUIET, evaluators=tuple(PEOPLE))
    due = Due(on=BEGINS + timedelta(days=last - 1), day=last, covers_from=BEGINS + timedelta(days=first - 1))
    return to_text(compose_digest(measure(pilot, due, record), (), frozenset()))


def released(events: list[tuple[Member, int, float | None]]) -> set[int]:
    """Which of these (by their place) have their word let out by the fourth day."""
    said = [replace(one, id=str(i)) for i, one in enumerate(say([(member, on) for member, on, _ in events]))]
    spoken = [one for one in said if events[int(one.id)][2] is not None]
    return {int(one.id) for one in release(spoken, lambda at: at.date())}


@given(
    acts, st.integers(1, 4), st.sampled_from(PEOPLE), st.lists(st.sampled_from([None, 1.6, 4.6]), max_size=3), st.data()
)
def test_whatever_someone_does_on_a_day_of_few_no_digest_shows_it(
    events: list[tuple[Member, int, float | None]], on: int, who: Member, does: list[float | None], data: st.DataObject
) -> None:
    """Change what one person asks and says on a day on which fewer than five ask, and whose words are not let out yet:
    no digest, daily or of any span of days, says another word. So no two of them can be subtracted to learn it."""
    others = [one for one in events if (one[0], one[1]) != (who, on)]
    without, changed = others, [*others, *((who, on, rating) for rating in does)]
    few = len({member for member, day, _ in changed if day == on}) < CELL
    kept = not any(place >= len(others) for place in released(changed))
    same = {i for i in released(changed) if i < len(others)} == released(without)
    assume(few and kept and same)
    last = data.draw(st.integers(1, 4))
    first = data.draw(st.integers(1, last))
    assert tell(changed, first, last) == tell(without, first, last)


@given(acts)
def test_a_span_of_days_counts_what_its_days_count(events: list[tuple[Member, int, float | None]]) -> None:
    """The questions told of a week are those told day by day, so that a week less its days leaves nothing over."""

    def count(first: int, last: int) -> int:
        found = re.search(r"Questions: (\d+)", tell(events, first, last))
        return int(found[1]) if found else 0

    asked = [{member for member, day, _ in events if day == on} for on in range(1, 5)]
    told = [on + 1 for on, who in enumerate(asked) if len(who) >= CELL]
    assert count(1, 4) == sum(count(on, on) for on in range(1, 5))
    assert count(1, 4) == sum(on in told for _, on, _ in events)


def test_complaints_of_four_are_not_told_in_the_aggregate_mode() -> None:
    def complain(n: int) -> dict[str, int]:
        people = [Person(f"P{i}", [(4,)], [(1, FeedbackKind.WRONG)] if i < n else []) for i in range(8)]
        group = measure_people(people, 1, pilot=QUIET).group
        assert group
        return dict(group.themes)

    assert complain(4) == {}
    assert complain(5) == {"wrong": 5}


def test_no_alert_names_anyone_in_the_aggregate_mode() -> None:
    people = [Person(f"P{i}", [(4, 4), (1, 1), (1, 1)], [(3, FeedbackKind.NOT_SPECIFIC)]) for i in range(6)]
    day = measure_people(people, 3, pilot=QUIET)
    assert day.people == ()
    assert day.alerts == ()
    assert not any(name in to_text(compose_digest(day, (), frozenset())) for name in ("P0", "P1", "P5"))
