"""What someone's next words, reactions and repeated questions say of a reply."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pilot.feedback import NEUTRAL, TELLING, from_reaction, imply, judge, latest
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource
from bot.turn import Member, Said

HISTORY = (
    Said("user", "How do you keep our data safe?"),
    Said("agent", "Data is encrypted at rest [1]. Messages are kept for 90 days [2]."),
)
AT = datetime(2026, 10, 5, 9, tzinfo=UTC)
WHO = Member("W", "U1")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("too generic", "not_specific"),
        ("That's pretty generic. What does it mean for our setup?", "not_specific"),
        ("that's not our setup", "not_specific"),
        ("we don't use that, we run Kafka", "not_specific"),
        ("could be any company really", "not_specific"),
        ("sounds like marketing copy", "not_specific"),
        ("could you be more specific?", "not_specific"),
        ("not what I asked", "ignored_question"),
        ("you only answered the first part", "ignored_question"),
        ("still not it", "ignored_question"),
        ("what does that mean?", "ignored_question"),
        ("no, I meant the audit log", "ignored_question"),
        ("I asked about Slack, not Teams", "ignored_question"),
        ("you missed my point", "ignored_question"),
        ("huh?", "ignored_question"),
        ("what are you talking about", "ignored_question"),
        ("this is useless", "ignored_question"),
        ("too basic", "too_basic"),
        ("I know the basics already, go deeper please", "too_basic"),
        ("I'm not a beginner", "too_basic"),
        ("still too high level for me", "too_basic"),
        ("tl;dr please", "too_deep"),
        ("way too long", "too_deep"),
        ("can you explain it simpler", "too_deep"),
        ("can you make it simpler?", "too_deep"),
        ("go deeper on encryption please", "too_basic"),
        ("that's over my head, sorry", "too_deep"),
        ("I'm lost", "too_deep"),
        ("wrong", "wrong"),
        ("that's wrong, retention is 30 days", "wrong"),
        ("You made that up", "wrong"),
        ("the answer is out of date", "wrong"),
        ("How do you keep our data safe?", "repeated"),
        ("that was slow, took forever", "slow"),
        ("meh", "other"),
        ("that was a bad answer", "other"),
        ("Thanks, but that's not what I asked", "ignored_question"),
        ("👎", "ignored_question"),
    ],
)
def test_a_complaint_is_heard_and_its_kind_told(text: str, kind: str) -> None:
    judged = judge(HISTORY, text)
    assert judged.dissatisfied >= TELLING
    assert judged.kind == kind
    assert judged.satisfaction < 3


@pytest.mark.parametrize(
    "text",
    [
        "thanks!",
        "perfect, that's exactly what I needed",
        "great, thanks. And what about the EU region?",
        "ok",
        "And how long are backups kept?",
        "What about Teams?",
        "We also run Snowflake, can it connect?",
        "does it support SSO?",
        "is it wrong to store emails there?",
        "is the API slow under load?",
        "is there a shorter retention option?",
        "how can we make our pipeline go deeper into the logs?",
        "what is generic about generics in Go?",
        "could you give me more technical detail on the encryption?",
        "What does this mean for our team?",
        "what if the answer is wrong?",
        "how often does it hallucinate?",
        "how does it decide what is too basic for me?",
        "is the setup too technical for a PM?",
        "is Teams too slow for this?",
        "can you try again with the EU docs",
        "I asked our security team about this, they want SOC 2. Is there a report?",
        "sorry I meant Teams",
        "our pipeline took forever yesterday, unrelated",
        "I already told security we'd do it",
        "really? that's fast",
        "no worries",
        "which of these applies to us?",
        "sorry, I was in a meeting",
        "Our CTO said it's too expensive",
        "I run the data platform team, so I care about Kafka",
        "finally a good answer",
        "👍",
        "not bad!",
        "",
        "   ",
    ],
)
def test_what_is_no_complaint_is_not_taken_for_one(text: str) -> None:
    judged = judge(HISTORY, text)
    assert judged.dissatisfied < TELLING
    assert judged.kind is FeedbackKind.NONE


@pytest.mark.parametrize("text", ["thanks!", "perfect, that works", "much better now", "👍"])
def test_praise_is_above_neutral(text: str) -> None:
    assert judge(HISTORY, text).satisfaction > 4


@pytest.mark.parametrize("text", ["not helpful", "thanks, but too generic", "that's not great"])
def test_praise_taken_back_is_no_praise(text: str) -> None:
    assert judge(HISTORY, text).satisfaction <= NEUTRAL


def test_silence_tells_little_and_asking_twice_a_little_more() -> None:
    twice = (*HISTORY, HISTORY[0], HISTORY[1])
    assert judge(HISTORY, None).dissatisfied < judge(twice, None).dissatisfied < TELLING


@given(st.lists(st.tuples(st.sampled_from(["user", "agent"]), st.text(max_size=60)), max_size=5), st.text(max_size=200))
def test_any_words_give_figures_in_range(lines: list[tuple[str, str]], text: str) -> None:
    judged = judge([Said(*line) for line in lines], text)
    assert 0 <= judged.dissatisfied <= 1
    assert 1 <= judged.satisfaction <= 5
    assert (judged.kind is FeedbackKind.NONE) == (judged.dissatisfied < TELLING)


@pytest.mark.parametrize(
    ("name", "good"),
    [("+1", True), (":thumbsup:", True), ("tada", True), ("+1::skin-tone-3", True), ("-1", False), ("x", False)],
)
def test_a_reaction_is_a_vote(name: str, good: bool) -> None:
    judged = from_reaction(name)
    assert judged
    assert (judged.satisfaction > NEUTRAL) == good


@pytest.mark.parametrize("name", ["eyes", "joy", "coffee", ""])
def test_a_reaction_that_says_nothing_of_the_reply_is_none(name: str) -> None:
    assert from_reaction(name) is None


def test_words_that_say_nothing_leave_no_record() -> None:
    assert imply(judge(HISTORY, "And how long are backups kept?"), message="m", exchange="e", member=WHO, at=AT) is None


def test_an_implied_complaint_weighs_less_than_a_vote_and_a_correction_is_named_so() -> None:
    said = imply(judge(HISTORY, "that's wrong"), message="m", exchange="e", member=WHO, at=AT)
    assert said
    assert said.weight < 1
    assert said.source is FeedbackSource.CORRECTION


def vote(rating: float, minutes: int, source: FeedbackSource = FeedbackSource.THUMBS) -> Feedback:
    at = AT + timedelta(minutes=minutes)
    kind = FeedbackKind.NONE
    return Feedback(id=f"{minutes}", exchange="e", member=WHO, at=at, source=source, kind=kind, satisfaction=rating)


def test_the_latest_vote_counts_whatever_order_they_come_in() -> None:
    votes = [vote(1, 3), vote(5, 9), vote(2, 5), vote(4, 1, FeedbackSource.REACTION)]
    assert [one.satisfaction for one in latest(votes)] == [4, 5]
    assert latest(votes) == latest(reversed(votes))


AT_WORK: Mapping[str, tuple[str, ...]] = {
    "too_basic": (
        "That is the marketing version, I need the internals",
        "give me the nitty gritty",
        "don't dumb it down",
    ),
    "too_deep": ("can you dumb it down", "I am lost", "I only need the one sentence summary"),
    "not_specific": ("how does this apply to us?", "this does not fit our case", "we do not use AWS at all"),
    "wrong": ("this contradicts the handbook", "the docs say otherwise", "that number is off"),
    "slow": ("I have been waiting for minutes", "you are slow", "slow response"),
    "ignored_question": ("I asked about backups, not retention", "I meant the audit logs"),
    "repeated": ("as I said, how long", "I already asked this", "same answer as before"),
}


@pytest.mark.parametrize(("kind", "words"), [(kind, one) for kind, said in AT_WORK.items() for one in said])
def test_complaints_at_work_are_told_apart(kind: str, words: str) -> None:
    history = [
        Said("user", "How long is data kept in Relay?"),
        Said("agent", "Relay keeps messages for 14 days on the free plan [1]. You can change it in the settings."),
    ]
    judged = judge(history, words)
    assert (judged.kind, judged.dissatisfied >= 0.5) == (FeedbackKind(kind), True)


@pytest.mark.parametrize(
    "words", ["we don't use Kafka", "the same for audit logs?", "our handbook says 30 days", "we run Kafka, not Pulsar"]
)
def test_what_people_tell_of_themselves_is_no_complaint(words: str) -> None:
    history = [Said("user", "What does Relay need?"), Said("agent", "Relay needs a message queue [1].")]
    assert judge(history, words).dissatisfied < 0.5
