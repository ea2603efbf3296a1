"""What the frames of observation share: subjects left out, lines of work, endings, corrections, answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.self_model.ellipsis import say_in_full
from bot.self_model.lexicon import load_occupations, mend
from bot.self_model.model import SelfModel
from bot.self_model.observe import observe, observe_rules
from bot.self_model.revise import revise
from bot.self_model.sentences import split_sentences
from tests.self_model.conftest import SOMEONE, Believe, write_message


def told(text: str, *context: str) -> set[tuple[str, str]]:
    return {(one.address, one.value) for one in observe_rules(write_message(text, context=context)) if one.weight > 0}


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("was made team lead on Friday", "I was made team lead on Friday"),
        ("now building the training content", "I'm now building the training content"),
        ("as someone who runs the labs I disagree", "I run the labs I disagree"),
        ("being the person who carries the pager", "I carry the pager"),
        ("former nurse, now working in quality", "former nurse, I'm now working in quality"),
    ],
)
def test_a_subject_left_out_is_the_writer(text: str, full: str) -> None:
    said = say_in_full(next(split_sentences(text)))
    assert said is not None
    assert said.sentence.text == full


@pytest.mark.parametrize("text", ["She runs the labs", "I run the labs", "the new hire is learning SQL", "ok"])
def test_a_sentence_with_its_subject_stays_as_it_is(text: str) -> None:
    assert say_in_full(next(split_sentences(text))) is None


def test_a_sentence_without_subject_speaks_of_whom_the_one_before_spoke() -> None:
    assert told("My colleague is great. Running the billing team since 2010.") == set()


@pytest.mark.parametrize(
    ("text", "address", "value"),
    [
        ("I work in radiology, mostly nights", "role", "radiology"),
        ("I'm that annoying person from compliance", "role", "compliance"),
        ("charge nurse on the oncology ward, nights mostly", "role", "charge nurse"),
        ("I keep it all running, maintenance lead", "role", "maintenance lead"),
        ("with my accountant hat on I'd book it now", "role", "accountant"),
        ("zendesk + intercom + a shared inbox", "tool:crm", "Zendesk"),
        ("we keep our recipes in Kitchenette", "tool:other", "Kitchenette"),
        ("crop rotation is a mystery to me", "expertise:crop-rotation", "foundational"),
        ("Terraform? I could write modules in my sleep", "expertise:terraform", "advanced"),
        ("I want our new hires productive in two weeks", "goal", "new hires productive in two weeks"),
        ("price matters most to us", "criterion", "price"),
        ("No audit trail, no deal", "criterion", "audit trail"),
        ("all software needs approval from the board", "constraint", "all software needs approval from the board"),
        ("diagrams work best for me", "preference:visuals", "diagrams"),
        ("I hate bullet points", "preference:format", "prose"),
        ("I am an experienced enginer", "role", "enginer"),
    ],
)
def test_frames_are_read(text: str, address: str, value: str) -> None:
    if value == "enginer":
        value = "engineer"  # a slip of a letter is read as what was meant
    assert (address, value) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "my sister, a paralegal, told me that",
        "I spoke with Maria, head of legal",
        "Anna from controlling uses Tableau",
        "the coffee is on me",
        "I run a quick check every morning",
        "I'm in a meeting",
        "in a nutshell the vendor blames us",
        "never heard of her",
        "if it rains we're out",
        "the goal of the meeting is to pick a date",
        "please bring examples of the forms to the meeting",
        "it's someone who knows SQL well",
    ],
)
def test_what_only_looks_like_a_statement_is_none(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("I'm on the bridge inspection project", "bridge inspection is wrapped up", set()),
        ("my goal is to halve the waiting list", "waiting list is halved, on to the next thing", set()),
        ("no cloud allowed here", "cloud is fine since last week", set()),
        ("we use Tableau for reporting", "Tableau is gone, we switched to Power BI", {"Power BI"}),
        ("we use Redshift", "scratch that, it's Snowflake not Redshift", {"Snowflake"}),
        ("our deadline is 15 May", "typo above, 25 May not 15", {"25 May"}),
        ("I'm in warehouse planning", "typo, *workforce* planning", {"workforce planning"}),
        ("our CRM is HubSpot", "we switched CRMs, it's Pipedrive now", {"Pipedrive"}),
        ("my goal is to halve our backlog of complaints", "the backlog of test cases is closed", {"halve our backlog"}),
    ],
)
def test_what_is_over_or_put_right_ends_what_it_means(
    believe: Believe, before: str, after: str, kept: set[str]
) -> None:
    held = {one.value for one in believe(before, after).beliefs if one.usable}
    assert len(held) == len(kept)
    assert all(any(value.startswith(one) for value in held) for one in kept)


@pytest.mark.parametrize(
    ("asked", "answer", "address", "value"),
    [
        ("How familiar are you with Terraform?", "barely, I've seen it twice", "expertise:terraform", "foundational"),
        ("Which system do you use for stock counts?", "manhattan, sadly", "tool:logistics", "Manhattan"),
        ("What do you want to get out of the pilot?", "fewer meetings", "goal", "fewer meetings"),
        ("What are you working on?", "the invoice scanning project", "project", "invoice scanning project"),
    ],
)
def test_an_answer_is_read_as_the_sentence_it_stands_for(asked: str, answer: str, address: str, value: str) -> None:
    assert (address, value) in told(answer, asked)
    assert not any(one[0] == address for one in told(answer, "nice weather"))


def test_a_duty_leaves_a_stated_title_standing() -> None:
    message = write_message("I'm the product owner, I look after the ticket machines")
    model = revise(SelfModel(member=SOMEONE), observe(message), message.at)
    assert [one.value for one in model.beliefs if one.address == "role"] == ["product owner"]


def test_a_slip_is_mended_but_no_word_is_made_another() -> None:
    assert mend("enginer", "heads") == "engineer"
    assert mend("parents", "topics") == ""


def test_a_noun_that_is_no_job_is_no_head() -> None:
    known = load_occupations()
    assert not known.heads & {"user", "fan", "beginner", "member"}


@given(words=st.lists(st.sampled_from("as someone who runs now building was made I the team , . ? and he".split())))
def test_a_sentence_said_in_full_maps_back_into_the_message(words: list[str]) -> None:
    text = " ".join(words)
    for one in observe(write_message(text)):
        assert " ".join(one.quote.split()) in " ".join(text.split())
