"""A digest as Block Kit, as an Adaptive Card and as HTML, each kind of day against golden files (delete one and it is
written anew, to be read) and within what the platforms take."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from digest_samples import DAYS, make_case
from jsonschema import Draft6Validator, Draft7Validator
from slack_sdk.models.blocks import Block

from adapters.did import Clicked
from adapters.report.html import show_digest
from adapters.slack.clicks import read_click as read_slack
from adapters.slack.digest import render_digest
from adapters.teams.clicks import PICKED
from adapters.teams.clicks import read_click as read_teams
from adapters.teams.digest import make_digest_card
from bot.digest.model import Digest
from bot.digest.steering import Steer, parse_steering
from bot.digest.text import to_text

GOLDEN = Path(__file__).parent / "golden"
SCHEMAS = Path(__file__).parents[1] / "schemas"
MOST_BLOCKS, MOST_CHARACTERS, MOST_BYTES = 50, 11_000, 25_000  # of a Slack message, and of a Teams one
CARD = "application/vnd.microsoft.card.adaptive"


def blocks_of(digest: Digest) -> list[Any]:
    (post,) = render_digest(digest)
    return list(post.blocks)


def card_of(digest: Digest) -> Any:
    return make_digest_card(digest)["content"]


FORMS = {
    "slack.json": lambda digest: json.dumps(blocks_of(digest), indent=1, ensure_ascii=False) + "\n",
    "teams.json": lambda digest: json.dumps(card_of(digest), indent=1, ensure_ascii=False) + "\n",
    "html": lambda digest: str(show_digest(digest)) + "\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("day", sorted(DAYS))
def test_a_digest_looks_as_agreed(day: str, form: str) -> None:
    """A missing file is written and fails."""
    path, shown = GOLDEN / f"{day}.{form}", FORMS[form](make_case(day).digest)
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
        pytest.fail(f"{path.name} was missing and has been written: read it, then run again")
    assert shown == path.read_text(encoding="utf-8")


def large(day: str = "thirty_evaluators") -> Digest:
    """A day with as much in it as there can be: 300 people with long names, and long reasons."""
    digest = make_case(day).digest
    many = [
        replace(
            line, name=f"{line.name} of a department with a long name {i}", person=replace(line.person, id=f"U{i:010}")
        )
        for i, line in enumerate(digest.lines * 10)
    ]
    steps = tuple(replace(one, reason=one.reason * 4) for one in digest.attention)
    return replace(digest, lines=tuple(many), attention=steps, learned=digest.learned * 3)


@pytest.mark.parametrize("digest", [*(make_case(day).digest for day in sorted(DAYS)), large()])
def test_slack_takes_it(digest: Digest) -> None:
    blocks = blocks_of(digest)
    known = json.loads((SCHEMAS / "slack-blocks.json").read_text(encoding="utf-8")) | {"$ref": "#/definitions/Blocks"}
    assert [one.message[:200] for one in Draft7Validator(known).iter_errors(blocks)] == []
    for one in Block.parse_all(blocks):
        one.validate_json()
    assert len(blocks) <= MOST_BLOCKS
    assert sum(len(text) for text in texts_of(blocks)) <= MOST_CHARACTERS
    assert all(len(one["value"]) <= 150 for one in find(blocks, "options"))


@pytest.mark.parametrize("digest", [*(make_case(day).digest for day in sorted(DAYS)), large()])
def test_teams_takes_it(digest: Digest) -> None:
    card = card_of(digest)
    known = json.loads((SCHEMAS / "adaptive-card-1.5.0.json").read_text(encoding="utf-8"))
    assert [one.message[:200] for one in Draft6Validator(known).iter_errors(card)] == []
    assert len(json.dumps(card, ensure_ascii=False).encode()) <= MOST_BYTES


def texts_of(value: Any) -> list[str]:
    """Every text that counts towards the length of a message."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return [*own, *(text for one in value.values() for text in texts_of(one))]
    return [text for one in value for text in texts_of(one)] if isinstance(value, list) else []


def find(value: Any, name: str) -> list[Any]:
    """Everything listed under a field of that name, however deep."""
    if isinstance(value, dict):
        own = value[name] if isinstance(value.get(name), list) else []
        return [*own, *(found for one in value.values() for found in find(one, name))]
    return [found for one in value for found in find(one, name)] if isinstance(value, list) else []


@pytest.mark.parametrize("day", sorted(DAYS))
def test_every_form_says_the_same(day: str) -> None:
    """Headline, each step and each proof stand in all of them, word for word."""
    digest = make_case(day).digest
    slack, teams = "\n".join(texts_of(blocks_of(digest))), "\n".join(texts_of(card_of(digest)))
    page = str(show_digest(digest)).replace("&#39;", "'").replace("&#34;", '"')
    for said in (digest.headline, *(one.text for one in digest.attention), *digest.proof, *digest.learned):
        assert all(said in shown for shown in (slack, teams, page, to_text(digest)))


def slack_clicks(digest: Digest) -> list[Clicked]:
    """What each button and the first option of the digest come back as."""
    elements = [
        *find(blocks_of(digest), "elements"),
        *(one["accessory"] for one in blocks_of(digest) if "accessory" in one),
    ]
    clicks = []
    for one in elements:
        if "action_id" in one:
            picked = {"selected_option": one["options"][0]} if "options" in one else {"value": one["value"]}
            body = {
                "type": "block_actions",
                "team": {"id": "W"},
                "user": {"id": "C"},
                "channel": {"id": "D1"},
                "container": {"message_ts": "1.1"},
                "trigger_id": "t",
                "actions": [{"action_id": one["action_id"], **picked}],
            }
            clicks.append(read_slack(body))
    return [one for one in clicks if isinstance(one, Clicked)]


def teams_clicks(digest: Digest) -> list[Clicked]:
    """The same of the card."""
    card = card_of(digest)
    choices = find(card, "choices")
    picked = {PICKED: choices[0]["value"]} if choices else {}
    common = {
        "type": "invoke",
        "id": "1",
        "from": {"id": "29:c", "aadObjectId": "C"},
        "conversation": {"id": "a:1", "conversationType": "personal"},
    }
    bodies = [{**common, "value": {"action": {"data": {**one["data"], **picked}}}} for one in find(card, "actions")]
    return [click for body in bodies if (click := read_teams(body, "W"))]


@pytest.mark.parametrize("clicks", [slack_clicks, teams_clicks])
def test_every_button_steers_the_digest(clicks: Any) -> None:
    digest = make_case("mixed_day").digest
    found = clicks(digest)
    meant = [steering for one in found if one.does == "say" and (steering := parse_steering(one.words))]
    assert {one.do for one in meant} == {Steer.OPEN, Steer.SNOOZE, Steer.WEEKLY}
    assert {one.pilot for one in meant} == {digest.pilot}
    assert [one.about for one in found if one.does == "done"] == [
        f"{digest.pilot} {one.id}" for one in digest.attention
    ]
    weekly = [parse_steering(one.words) for one in clicks(replace(digest, weekly=True))]
    assert Steer.DAILY in {one.do for one in weekly if one}


def test_where_nobody_is_named_nobody_can_be_opened() -> None:
    digest = make_case("aggregate_only").digest
    for clicks in (slack_clicks, teams_clicks):
        assert not any("digest open" in one.words for one in clicks(digest))
