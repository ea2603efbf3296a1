"""What Slack shows, held against golden files: delete one and it is written anew, to be read. Each is valid by the
official schema and by Slack's own SDK."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import shown
from jsonschema import Draft7Validator
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.slack.blocks import Post
from adapters.slack.forms import make_change, make_consent, make_fix, make_reason
from adapters.slack.home import render_home
from adapters.slack.pilot_form import make_pilot_form
from adapters.slack.render import render
from bot.digest.model import Digest, DigestLine, Step
from bot.flows.tell_home import Home
from bot.flows.tell_office import Office
from bot.pilot.form import make_form
from bot.pilot.model import Pilot
from bot.ports import Notice, Outgoing
from bot.self_model.explain import Entry, Group, Quote
from bot.self_model.model import Status
from bot.trust import consent
from bot.trust.model import Consent
from bot.turn import Assumption, Citation, Decision, Member, Place, Reply
from playground.slack.limits import find_faults, find_in_view

GOLDEN = Path(__file__).parent / "golden"
SCHEMAS = Path(__file__).parents[2] / "schemas"
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANSWER = Reply(
    decision=Decision.ANSWER,
    text="Messages are kept for **14 days** [1].\n\n"
    "| plan | days |\n| --- | --- |\n| free | 14 |\n\n```sh\nrelay get\n```",
    confidence=0.82,
    citations=(
        Citation(
            number=1, passage="p1", document="relay.md", title="Relay › <Retention>", excerpt="Messages are kept."
        ),
        Citation(
            number=2,
            passage="p2",
            document="a.md",
            title="Limits",
            excerpt="Ninety.",
            link="https://docs.example.com/a",
        ),
    ),
    assumptions=(Assumption("my project", "the billing migration", "project"), Assumption("it", "Relay", "history")),
)
DIGEST = Digest(
    pilot="p1",
    name="Relay pilot",
    on=date(2026, 11, 20),
    day=3,
    headline="Answers got better for one of two evaluators.",
    lines=(
        DigestLine(
            person=Member("T1", "U2"),
            name="Ana & Co",
            today=4.1,
            first=3.2,
            low=3.6,
            high=4.5,
            n=7,
            trend="improving",
            sure="likely better",
        ),
    ),
    attention=(Step(id="s1", text="Ask Ben what was missing.", reason="Two answers were too basic."),),
    figures=(("questions", "12"),),
)
SAID = Quote(text="I'm the CTO & run <it>", how="you said", permalink="https://slack.com/archives/C1/p1", at=AT)
HOME = Home(
    groups=(
        Group(
            "Who you are",
            (Entry(address="role", label="role", value="CTO", confidence=0.82, sureness="sure", quotes=(SAID,)),),
        ),
    ),
    status=Status.LEARNING,
    consent=Consent(member=Member("T1", "U1"), modelling=True, at=AT),
    told="What the champion was last told: 2 questions.",
    digests=(DIGEST,),
)


OFFICE = Office(
    pilots=(("p1", "Relay pilot: day 3, ends on 30 November"),),
    health=(
        "Documents: 12; 1 file could not be read: old.doc",
        "Queue: 0 to answer, 1 to deliver",
        "Given up: nothing",
        "Model: claude-sonnet-5-5, $0.42 of $50.00 spent today",
    ),
    todo=("Mend 1 file that could not be read.", "Relay pilot still lacks a review date, success criteria and 4 more."),
)
PILOT = Pilot(
    id="p1",
    workspace="T1",
    name="Relay pilot",
    champions=(Member("T1", "U2"),),
    evaluators=(Member("T1", "U3"), Member("T1", "U4")),
    starts=date(2026, 11, 18),
    ends=date(2026, 11, 30),
    hypothesis="Half of the questions to support are answered here.",
    time_zone="Europe/Berlin",
)


def show(content: Reply | Digest | Notice, *, alone: bool = True) -> tuple[Post, ...]:
    outgoing = Outgoing(
        key="k", platform="slack", place=Place("T1", "C1", "1.0"), content=content, alone=alone, exchange="C1:1.0"
    )
    return render(outgoing)


def first(content: Reply | Digest | Notice, *, alone: bool = True) -> Any:
    (post,) = show(content, alone=alone)
    return list(post.blocks)


HEDGE = replace(ANSWER, decision=Decision.HEDGE, text="The documents suggest 14 days [1].", confidence=0.55)
ASK = Reply(
    decision=Decision.ASK, text="Which retention do you mean?", confidence=0.3, choices=("messages", "audit <log>")
)
DECLINE = Reply(decision=Decision.DECLINE, text="The documents do not say. Ask @owner.", confidence=0.1)
MESSAGES: Mapping[str, Any] = {
    "answer": first(ANSWER),
    "answer-in-public": first(ANSWER, alone=False),
    "answer-without-the-model": first(replace(ANSWER, fallback="over the day's budget", assumptions=())),
    "hedge": first(HEDGE),
    "ask": first(ASK),
    "decline": first(DECLINE),
    "consent": first(Notice(consent.QUESTION, consent.CHOICES)),
    "digest": first(DIGEST),
    "shown-answer": first(shown.ANSWER),
    "shown-hedge": first(shown.HEDGE),
    "shown-ask": first(shown.ASK),
    "shown-decline": first(shown.DECLINE),
    "shown-digest": first(shown.DIGEST),
}
VIEWS: Mapping[str, Any] = {
    "home": render_home(HOME),
    "home-of-someone-new": render_home(
        Home(groups=(), status=Status.UNKNOWN, consent=Consent(member=Member("T1", "U1")))
    ),
    "home-of-an-administrator": render_home(replace(HOME, led=(PILOT, replace(PILOT, evaluators=()))), OFFICE),
    "shown-home": render_home(shown.HOME),
    "home-before-any-pilot": render_home(
        Home(groups=(), status=Status.UNKNOWN, consent=HOME.consent),
        Office(pilots=(), health=("Documents: 0",), todo=("No pilot is set up yet.",)),
    ),
}
MODALS: Mapping[str, Any] = {
    "form-fix": make_fix("role", "data engineer"),
    "form-fix-depth": make_fix("expertise:kafka", "working"),
    "form-reason": make_reason("C1:1.0"),
    "form-change": make_change("C1:1.0", (("my project", "the billing migration"),), Place("T1", "C1", "1.0")),
    "form-consent": make_consent(frozenset({"learn", "named"})),
    "form-pilot": make_pilot_form(make_form(PILOT)),
}


def faults(shown: object, schema: str, definition: str) -> list[str]:
    """What the official schema finds wrong."""
    known = json.loads((SCHEMAS / schema).read_text(encoding="utf-8")) | {"$ref": f"#/definitions/{definition}"}
    return [f"{one.json_path}: {one.message[:200]}" for one in Draft7Validator(known).iter_errors(shown)]


@pytest.mark.parametrize("name", [*MESSAGES, *VIEWS, *MODALS])
def test_what_people_see_is_as_it_was_reviewed(name: str) -> None:
    """A missing golden file is written and fails."""
    file = GOLDEN / f"{name}.json"
    shown = json.dumps({**MESSAGES, **VIEWS, **MODALS}[name], indent=1, ensure_ascii=False) + "\n"
    if not file.is_file():
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
        pytest.fail(f"{file.name} was not there; it is now. Read it.")
    assert shown == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_valid(name: str) -> None:
    assert faults(MESSAGES[name], "slack-blocks.json", "Blocks") == []
    parsed = Block.parse_all(MESSAGES[name])
    assert [one.to_dict()["type"] for one in parsed] == [one["type"] for one in MESSAGES[name]]


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_valid(name: str) -> None:
    assert faults(VIEWS[name], "slack-views.json", "HomeView") == []
    View(**VIEWS[name]).validate_json()


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_is_valid_and_within_what_slack_takes(name: str) -> None:
    assert faults(MODALS[name], "slack-views.json", "ModalView") == []
    View(**MODALS[name]).validate_json()
    assert list(find_in_view(MODALS[name])) == []


@pytest.mark.parametrize("name", [*MESSAGES, *VIEWS])
def test_what_is_shown_is_within_what_slack_takes(name: str) -> None:
    shown = MESSAGES.get(name) or VIEWS[name]
    assert list(find_in_view(shown) if name in VIEWS else find_faults(shown, "message")) == []


def test_the_schemas_would_notice_a_wrong_one() -> None:
    assert faults([{"type": "shoe"}], "slack-blocks.json", "Blocks")
    assert faults({"type": "home"}, "slack-views.json", "HomeView")


def test_in_public_nothing_personal_is_shown() -> None:
    shown = json.dumps(MESSAGES["answer-in-public"])
    assert "billing migration" not in shown
    assert "Relay" in shown
    assert "billing migration" in json.dumps(MESSAGES["answer"])


def test_a_long_answer_comes_in_parts_that_slack_takes_with_the_buttons_under_the_last() -> None:
    posts = show(replace(ANSWER, text="\n\n".join(["A sentence that goes on for a while [1]."] * 1_200)))
    assert len(posts) > 3
    assert all(len(json.dumps(post.blocks, ensure_ascii=False)) < 13_200 for post in posts)
    assert ["feedback_buttons" in json.dumps(post.blocks) for post in posts] == [False] * (len(posts) - 1) + [True]


def test_a_long_hedge_says_so_above_its_first_part() -> None:
    posts = show(replace(HEDGE, text="\n\n".join(["A sentence that goes on for a while [1]."] * 600)))
    assert ["Not certain" in json.dumps(post.blocks) for post in posts] == [True] + [False] * (len(posts) - 1)


def test_a_long_notice_is_told_to_its_end() -> None:
    lines = [f'"line {number}": "words"' for number in range(2_000)]
    posts = show(Notice("```json\n" + "\n".join(lines) + "\n```", ("Thanks",)))
    told = "\n".join(str(post.blocks[0]["text"]) for post in posts)
    assert all(line in told for line in lines)
    assert all(faults(list(post.blocks), "slack-blocks.json", "Blocks") == [] for post in posts)
    assert [len(post.blocks) for post in posts] == [1] * (len(posts) - 1) + [2]


@pytest.mark.parametrize("call", ["<!channel>", "<!here|here>", "<@U1>", "<#C1>", "<!subteam^S1>"])
def test_no_document_can_call_on_people(call: str) -> None:
    reply = replace(ANSWER, text=f"See {call}.", citations=(replace(ANSWER.citations[0], title=call),))
    (post,) = show(reply)
    assert call not in json.dumps(post.blocks)
    assert call not in post.text


def test_a_home_holds_no_more_blocks_than_slack_takes() -> None:
    entry = HOME.groups[0].entries[0]
    groups = tuple(
        Group(f"Group {group}", tuple(replace(entry, value=f"{group} {one}" * 900) for one in range(40)))
        for group in range(6)
    )
    view: Any = render_home(replace(HOME, groups=groups))
    assert len(view["blocks"]) <= 100
    assert faults(view, "slack-views.json", "HomeView") == []
    assert all(len(one["text"]["text"]) <= 3_000 for one in view["blocks"] if one["type"] == "section")
    assert "write to me" in json.dumps(view)
