"""Posts told in other words than a title, tools named before they are put to use, and what of it all is over."""

from __future__ import annotations

import pytest

from bot.self_model.observe import observe_rules
from tests.self_model.conftest import Believe, write_message


def told(text: str) -> set[tuple[str, str]]:
    return {(one.address, one.value) for one in observe_rules(write_message(text)) if one.weight > 0}


@pytest.mark.parametrize(
    ("text", "address", "value"),
    [
        ("they moved me to footwear last week", "role", "footwear"),
        ("my internship turned into a permanent job: paralegal", "role", "paralegal"),
        ("from June I take over as head of dispatch", "role", "head of dispatch"),
        ("I run the data platform team", "role", "data platform lead"),
        ("I manage a team of 12", "seniority", "lead"),
        ("I'm 50% safety officer and 50% porter", "role", "safety officer"),
        ("Grafana I use daily", "tool:monitoring", "Grafana"),
        ("Perforce for assets, Git for code", "tool:version-control", "Git"),
    ],
)
def test_posts_and_tools_are_found_in_other_words(text: str, address: str, value: str) -> None:
    assert (address, value) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "the problem is me",
        "they moved me to another desk",
        "the mail I'm writing is too long",
        "the visitors arrive on Monday and we're testing",
        "I'm good at Kafka, said nobody ever",
        "the deadline is fixed, he said",
        "we have to close the meeting in a few minutes",
        "I don't know if the solar panel is in",
        "I don't know the name of the road",
        "I lost my presentation",
        "no but it's three euros",
        "people call me the Excel guru but honestly no",
        "the guy before me was a certified Scrum master",
        "my boss asked me to forward this",
        "the designer of the lamp was here",
        "I'm a morning person",
        "no idea why the wiki still says Cloverleaf",
        "my daily bread sits in the cupboard",
        "did he say the budget must never shrink?",
    ],
)
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("I'm working on the tram tender", "the tram tender is with the lawyers now, not my problem any more"),
        ("I'm leading the ERP rollout", "ERP rollout is in the can"),
        ("my project is the archive digitisation", "archive digitisation: paused, no money"),
        ("I'm preparing the ISO audit", "we survived the ISO audit"),
        ("my project is the park redesign", "I've been taken off the park redesign"),
        ("my goal is to cut waiting times by half", "waiting times halved!"),
        ("we use Tableau", "we threw out Tableau"),
        ("we run on AWS", "nothing is left on AWS"),
        ("our wiki is Confluence", "Confluence has been replaced"),
        ("I'm the QA lead", "Priya is QA lead now"),
        ("I'm the release manager", "I stepped down as release manager"),
    ],
)
def test_what_is_said_to_be_over_is_no_longer_believed(believe: Believe, first: str, then: str) -> None:
    def usable(*texts: str) -> set[tuple[str, str]]:
        kinds = ("role", "project", "goal", "tool")
        return {(one.address, one.value) for one in believe(*texts).beliefs if one.usable and one.kind in kinds}

    assert usable(first)
    assert usable(first, then) == set()


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("I'm working on the tram tender", "the tram tender is not done yet"),
        ("I'm leading the ERP rollout", "when the ERP rollout is finished I'll take a break"),
        ("I'm preparing the ISO audit", "we survived the fire drill"),
        ("we use Tableau", "we threw out the old sofa"),
        ("I'm the QA lead", "is Priya the UX lead now?"),
    ],
)
def test_what_goes_on_is_still_believed(believe: Believe, first: str, then: str) -> None:
    before = {(one.address, one.value) for one in believe(first).beliefs if one.usable}
    after = {(one.address, one.value) for one in believe(first, then).beliefs if one.usable}
    assert before
    assert before <= after
