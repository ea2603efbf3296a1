"""What reviewers see as Block Kit, as an Adaptive Card and as text, each kind against golden files (delete one and it
is written anew, to be read) and within what the platforms take."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft6Validator, Draft7Validator
from slack_sdk.models.blocks import Block

from adapters.did import Clicked
from adapters.slack.clicks import read_click as read_slack
from adapters.slack.reviews import render_review
from adapters.teams.clicks import read_click as read_teams
from adapters.teams.reviews import make_review_card
from bot.pilot.model import Pilot
from bot.reviews.card import ReviewCard, to_text
from bot.reviews.items import Seen, compose_card, compose_closed, compose_rest
from bot.reviews.kinds import of_event, of_fallback, of_wrong
from bot.trust.model import Outcome
from bot.turn import Audience, Citation, Decision, Exchange, Member, Message, Place, Reply, Turn
from playground.slack.limits import find_faults

GOLDEN = Path(__file__).parent / "golden"
SCHEMAS = Path(__file__).parents[1] / "schemas"
MOST_CHARACTERS, MOST_BYTES = 4_000, 10_000
AT = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
PILOT = Pilot(
    id="p",
    workspace="T1",
    name="Relay",
    champions=(),
    starts=date(2026, 11, 2),
    time_zone="Europe/Berlin",
    reviewers="C9",
)
SEEN = Seen(words=True, answer=True, link=True)
CITED = Citation(number=1, passage="a#0", document="a.md", title="Relay › Retention", excerpt="…")


def make_exchange(text: str, answer: str) -> Exchange:
    link = "https://slack.com/archives/C1/p1791190001000100"
    message = Message(id="C1:1", author=Member("T1", "U1"), text=text, at=AT, permalink=link)
    turn = Turn(message=message, place=Place("T1", "C1", "1"), audience=Audience(alone=False))
    reply = Reply(decision=Decision.ANSWER, text=answer, confidence=0.8, citations=(CITED,))
    return Exchange(id="C1:1", turn=turn, enriched=text, reply=reply, at=AT)


SAID = make_exchange(
    "Does the relay keep messages that were deleted, and for how long?",
    "Messages are kept for **14 days** [1]. The longest retention that can be set is 90 days [1].",
)
WRONG, FELL = of_wrong("T1", "C1:1", AT), of_fallback("T1", "C1:1", "Claude gave no answer within 30 seconds", AT)
WAITING = [
    *(of_fallback("T1", f"C1:{n}", "Claude is down", AT) for n in range(34)),
    of_wrong("T1", "C1:99", AT),
    *(of_event("slack", f"e{n}", "T1", "its workers died", AT) for n in range(2)),
]
CARDS = {
    "review_wrong": compose_card(WRONG, PILOT, SAID, SEEN),
    "review_odd": compose_card(
        WRONG, PILOT, make_exchange("<b>Why</b> & *how*? <!channel> [see](https://example.com)", "So [1]."), SEEN
    ),
    "review_long": compose_card(WRONG, PILOT, make_exchange("Why? " * 300, "So it is [1]. " * 200), SEEN),
    "review_private": compose_card(FELL, PILOT, SAID, Seen(note="It was said in a direct conversation.")),
    "review_not_handled": compose_card(
        of_event("slack", "said/C1/1", "T1", "KeyError: 'x'", AT), replace(PILOT, aggregate_only=True), None, Seen()
    ),
    "review_closed": compose_closed(WRONG.close(Outcome.DONE, "U2", AT + timedelta(hours=2)), PILOT, "the data lead"),
    "review_rest": compose_rest(PILOT, WAITING),
    "review_nothing_more": compose_rest(PILOT, ()),
}


def blocks_of(card: ReviewCard) -> list[Any]:
    (post,) = render_review(card)
    return list(post.blocks)


def card_of(card: ReviewCard) -> Any:
    return make_review_card(card)["content"]


FORMS = {
    "slack.json": lambda card: json.dumps(blocks_of(card), indent=1, ensure_ascii=False) + "\n",
    "teams.json": lambda card: json.dumps(card_of(card), indent=1, ensure_ascii=False) + "\n",
    "txt": lambda card: to_text(card) + "\n",
}
each = pytest.mark.parametrize("name", sorted(CARDS))


@pytest.mark.parametrize("form", FORMS)
@each
def test_a_card_looks_as_agreed(name: str, form: str) -> None:
    """A missing file is written and fails."""
    path, shown = GOLDEN / f"{name}.{form}", FORMS[form](CARDS[name])
    if not path.exists():
        path.write_text(shown, encoding="utf-8")
        pytest.fail(f"{path.name} was missing and has been written: read it, then run again")
    assert shown == path.read_text(encoding="utf-8")


@each
def test_slack_takes_it(name: str) -> None:
    blocks = blocks_of(CARDS[name])
    known = json.loads((SCHEMAS / "slack-blocks.json").read_text(encoding="utf-8")) | {"$ref": "#/definitions/Blocks"}
    assert [one.message[:200] for one in Draft7Validator(known).iter_errors(blocks)] == []
    for one in Block.parse_all(blocks):
        one.validate_json()
    assert list(find_faults(blocks, "message")) == []
    assert len(json.dumps(blocks, ensure_ascii=False)) <= MOST_CHARACTERS


@each
def test_teams_takes_it(name: str) -> None:
    card = card_of(CARDS[name])
    known = json.loads((SCHEMAS / "adaptive-card-1.5.0.json").read_text(encoding="utf-8"))
    assert [one.message[:200] for one in Draft6Validator(known).iter_errors(card)] == []
    assert len(json.dumps(card, ensure_ascii=False).encode()) <= MOST_BYTES


def test_what_somebody_wrote_can_neither_call_on_people_nor_pose_as_ours() -> None:
    card = CARDS["review_odd"]
    (post,) = render_review(card)
    assert "<!channel>" not in post.text
    assert [kind for kind, text in find_texts(list(post.blocks)) if "channel" in text] == ["text"]
    assert [kind for kind, text in find_texts(card_of(card)) if "[see]" in text] == ["TextRun"]


def find_texts(value: Any) -> list[tuple[str, str]]:
    """Every text of a card, with the kind of element that shows it."""
    if isinstance(value, dict):
        own = [(str(value.get("type")), value["text"])] if isinstance(value.get("text"), str) else []
        return [*own, *(found for one in value.values() for found in find_texts(one))]
    return [found for one in value for found in find_texts(one)] if isinstance(value, list) else []


def slack_clicks(card: ReviewCard) -> list[Any]:
    """What each button comes back as."""
    elements = [one for block in blocks_of(card) if block["type"] == "actions" for one in block["elements"]]
    common = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U2"},
        "channel": {"id": "C9"},
        "container": {"message_ts": "1.1"},
        "trigger_id": "t",
    }
    return [
        read_slack({**common, "actions": [{"action_id": one["action_id"], "value": one["value"]}]}) for one in elements
    ]


def teams_clicks(card: ReviewCard) -> list[Any]:
    """The same of the card."""
    common = {
        "type": "invoke",
        "id": "1",
        "from": {"id": "29:c", "aadObjectId": "U2"},
        "conversation": {"id": "19:team@thread.tacv2;messageid=1", "conversationType": "channel"},
    }
    actions = card_of(card).get("actions", [])
    return [read_teams({**common, "value": {"action": {"data": one["data"]}}}, "T1") for one in actions]


@pytest.mark.parametrize("clicks", [slack_clicks, teams_clicks])
@pytest.mark.parametrize(
    ("name", "does"),
    [
        ("review_wrong", ["done", "dismiss"]),
        ("review_long", ["done", "dismiss", "show"]),
        ("review_not_handled", ["done", "dismiss"]),
        ("review_rest", ["list", "dismiss"]),
        ("review_closed", []),
        ("review_nothing_more", []),
    ],
)
def test_every_button_says_what_it_does_with_which_card(clicks: Any, name: str, does: list[str]) -> None:
    found = clicks(CARDS[name])
    assert all(isinstance(one, Clicked) and one.does == "review" for one in found)
    assert [one.words for one in found] == does
    assert {one.about for one in found} <= {CARDS[name].id}
    assert {(one.member.id, one.private) for one in found} <= {("U2", False)}


@each
def test_every_form_says_the_same(name: str) -> None:
    card = CARDS[name]
    slack = "\n".join(text for _, text in find_texts(blocks_of(card)))
    teams = "\n".join(text for _, text in find_texts(card_of(card)))
    for said in (card.title, card.why, card.told, card.note):
        assert said in slack
        assert said in teams
        assert said in to_text(card)
