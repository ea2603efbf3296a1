"""Every handler has a dialog, and every one is tried with what is forged, old, unknown, too long, or about nothing."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from slack_handlers import Payload, make_payload, registered, rendered_actions
from slack_server import Slack, replies_to, words

from storage.sql import open_sql

HANDLERS = registered()
REMOVED = "test_a_workspace_that_removes_it_is_answered_no_more_until_it_installs_it_again"
HERE = Path(__file__).parent
# Where each is shown to do what it is for, over the stand-in.
DIALOGS: Mapping[str, str] = {
    "event:app_context_changed": "test_agent_view.test_what_someone_looks_at_is_acknowledged_and_not_kept",
    "event:app_home_opened": "test_home.test_it_shows_what_is_believed_and_why_and_forgets_at_a_click",
    "event:app_mention": "test_serve.test_a_mention_is_answered_in_its_thread_with_sources_and_thumbs",
    "event:app_uninstalled": f"test_install.{REMOVED}",
    "event:message.channels": "test_serve.test_a_thread_it_answers_in_needs_no_new_mention",
    "event:message.groups": "test_every_handler.test_in_a_private_channel_it_answers_who_names_it",
    "event:message.im": "test_agent_view.test_a_suggested_question_is_answered_in_its_own_thread",
    "event:message.mpim": "test_agent_view.test_in_a_group_message_it_answers_who_names_it_in_a_thread",
    "event:reaction_added": "test_every_handler.test_an_emoji_on_an_answer_is_a_vote",
    "event:subteam_members_changed": "test_groups.test_a_group_named_in_the_form_is_followed",
    "event:tokens_revoked": f"test_install.{REMOVED}",
    "command:ask": "test_commands.test_a_question_is_answered_to_its_asker_alone",
    "command:me": "test_commands.test_what_is_believed_of_someone_is_shown_to_them_alone",
    "command:forget": "test_every_handler.test_what_is_typed_is_answered_to_its_writer_alone",
    "command:pilot": "test_commands.test_how_the_pilot_stands_is_for_its_champion",
    "command:help": "test_every_handler.test_what_is_typed_is_answered_to_its_writer_alone",
    "shortcut:daytwo_explain": "test_agent_view.test_a_picked_message_is_explained_to_its_picker_alone",
    "action:again": "test_serve.test_a_click_on_deeper_answers_again",
    "action:change": "test_forms.test_what_was_assumed_is_changed_by_saying_what_was_meant",
    "action:choice": "test_every_handler.test_a_choice_is_answered_as_if_it_had_been_said",
    "action:consent": "test_forms.test_what_one_agrees_to_is_chosen_in_a_form",
    "action:fix": "test_forms.test_a_belief_is_put_right_in_a_form",
    "action:pilot": "test_home.test_an_administrator_sees_what_runs_it_and_sets_up_a_pilot",
    "action:review": "test_reviews.test_what_was_called_wrong_is_posted_where_reviewers_read_and_closed_there",
    "action:say": "test_home.test_it_shows_what_is_believed_and_why_and_forgets_at_a_click",
    "action:step": "test_digest.test_done_is_noted_for_a_champion_and_for_nobody_else",
    "action:vote": "test_streaming.test_it_can_be_rated_like_any_other",
    "action:why": "test_serve.test_why_is_told_to_the_asker_alone_where_only_they_see_it",
    "form:change": "test_forms.test_what_was_assumed_is_changed_by_saying_what_was_meant",
    "form:consent": "test_forms.test_what_one_agrees_to_is_chosen_in_a_form",
    "form:fix": "test_forms.test_a_belief_is_put_right_in_a_form",
    "form:pilot": "test_home.test_an_administrator_sees_what_runs_it_and_sets_up_a_pilot",
    "form:reason": "test_forms.test_a_thumb_down_asks_what_was_wrong_and_the_reason_counts",
}
by_handler = pytest.mark.parametrize("handler", HANDLERS)


def test_every_handler_has_a_dialog_and_no_other_is_named() -> None:
    assert set(DIALOGS) == set(HANDLERS)
    for handler, named in DIALOGS.items():
        module, _, test = named.partition(".")
        tree = ast.parse((HERE / f"{module}.py").read_text(encoding="utf-8"))
        defined = {one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert test in defined, handler


def test_every_button_that_is_shown_is_handled_and_none_besides() -> None:
    handled = {one.partition(":")[2].removeprefix("daytwo_") for one in HANDLERS if one[0] in "as"}
    assert rendered_actions() == handled


REMOVALS = {"event:app_uninstalled", "event:tokens_revoked"}  # whatever they say, the app is gone then
LONG = "How long is the retention of messages? " * 1_000


def test_in_a_private_channel_it_answers_who_names_it(slack: Slack) -> None:
    told = {"kind": "message", "channel": "G5", "channel_type": "group"}
    thread = slack.say("<@UBOT> How long is the retention of messages?", **told)
    (reply,) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, thread))), thread)
    assert (reply["channel"], "14 days" in words(reply)) == ("G5", True)


async def test_an_emoji_on_an_answer_is_a_vote(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long is the retention of messages?", user="U51")
    (reply,) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, thread))), thread)
    item = {"type": "message", "channel": "C1", "ts": reply["ts"]}
    assert slack.event(type="reaction_added", user="U51", reaction="-1", item=item, event_ts="1791190900.0") == 200
    settle(slack)
    async with open_sql(slack.database, migrate=False) as stores:
        votes = await stores.journal.feedback("T1", datetime(2026, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
    (vote,) = [one for one in votes if one.member.id == "U51"]
    assert vote.satisfaction < 3.0


@pytest.mark.parametrize(
    ("typed", "told"),
    [("help", "what do you believe"), ("forget", "nothing about you"), ("forget everything", "is gone")],
)
def test_what_is_typed_is_answered_to_its_writer_alone(slack: Slack, typed: str, told: str) -> None:
    user = f"U6{len(typed)}"
    assert slack.command(typed, user=user) == 200
    assert told in words(slack.wait_for(user)[0]).lower()
    assert not [one for one in slack.posted() if one.get("user") == user and one["method"] != "chat.postEphemeral"]


def test_a_choice_is_answered_as_if_it_had_been_said(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long is the retention of messages?")
    slack.wait(lambda posted: len(replies_to(posted, thread)) == 1)
    picked = f"C1:{thread} How many brokers store messages?"
    assert slack.click("daytwo_choice_0", picked, thread_ts=thread) == 200
    posted = slack.wait(lambda posted: len(replies_to(posted, thread)) == 2)
    assert "three brokers" in words(replies_to(posted, thread)[1])


@by_handler
@pytest.mark.parametrize("wrong", [{"secret": "another"}, {"age": 3600}], ids=["forged", "old"])
def test_what_is_forged_or_old_is_turned_away(slack: Slack, handler: str, wrong: dict[str, Any]) -> None:
    before = count_kept(slack)
    assert send(slack, make_payload(handler, "U52", HANDLERS.index(handler)), **wrong) == 401
    assert count_kept(slack) == before


@by_handler
@pytest.mark.parametrize("how", ["unknown", "empty", "odd"])
def test_what_is_not_understood_is_acknowledged_and_does_nothing(slack: Slack, handler: str, how: str) -> None:
    if handler in REMOVALS and how != "unknown":
        return
    shown = len(slack.posted())
    payload = make_payload(handler, "U53", HANDLERS.index(handler))
    assert send(slack, spoil(payload, handler, how)) in (200, 400)
    settle(slack)
    assert len(slack.posted()) == shown


@by_handler
@pytest.mark.parametrize("how", ["gone", "long"])
def test_what_is_about_nothing_or_too_long_breaks_nothing(slack: Slack, handler: str, how: str) -> None:
    if handler in REMOVALS:
        return
    payload = make_payload(handler, f"U5{how}", HANDLERS.index(handler))
    assert send(slack, payload if how == "gone" else lengthen(payload)) == 200
    settle(slack)


def spoil(payload: Payload, handler: str, how: str) -> Payload:
    """The payload with another name, without what it is about, or with numbers for words."""
    if how == "odd" and "command" in payload:  # in a form there are no numbers
        return payload | {"user_id": ""}
    if how == "odd":
        kept = {name: value if name in ("type", "team_id", "team") else 7 for name, value in payload.items()}
        return kept | ({"user": {"id": 7}} if "user" in payload else {})
    match handler.partition(":")[0]:
        case "event":
            kind = "no_such_thing" if how == "unknown" else payload["event"]["type"]
            return {**payload, "event": {"type": kind}}
        case "command":
            return payload | ({"command": "/other"} if how == "unknown" else {"channel_id": ""})
        case "shortcut":
            return payload | ({"callback_id": "daytwo_nothing"} if how == "unknown" else {"message": {}})
        case "action":
            return payload | {"actions": [{"action_id": "daytwo_nothing", "value": "x"}] if how == "unknown" else []}
    view = {**payload["view"], "callback_id": "daytwo_nothing"} if how == "unknown" else {"callback_id": "daytwo_none"}
    return {**payload, "view": view}


def lengthen(payload: Payload) -> Payload:
    """The payload with far more words in it than Slack lets anyone write."""
    if "event" in payload:
        return {**payload, "event": {**payload["event"], "text": f"<@UBOT> {LONG}"}}
    if "command" in payload:
        return {**payload, "text": f"{payload['text']} {LONG}"}
    if "message" in payload:
        return {**payload, "message": {**payload["message"], "text": LONG}}
    if "actions" in payload:
        return {**payload, "actions": [{**payload["actions"][0], "value": LONG}]}
    names = ("right", "words", "reason", "meant_0", "learn", "name", "starts", "evaluators")
    values = {name: {name: {"type": "plain_text_input", "value": LONG}} for name in names}
    return {**payload, "view": {**payload["view"], "private_metadata": LONG, "state": {"values": values}}}


def send(slack: Slack, payload: Payload, **wrong: Any) -> int:
    """Send it in the form that Slack would."""
    if "command" in payload:
        return slack.send_raw(urlencode(payload), form=True, **wrong)
    return slack.send(payload, form="event" not in payload, **wrong)


def settle(slack: Slack) -> None:
    """Until all that came is done; none of it may have been given up."""
    slack.wait_until(lambda: not any(queues(slack)[box][state] for box, state in UNDER_WAY))
    assert [queues(slack)[box][state] for box, state in GIVEN_UP] == [0, 0]


UNDER_WAY = (("inbox", "waiting"), ("inbox", "leased"), ("outbox", "waiting"), ("outbox", "sending"))
GIVEN_UP = (("inbox", "dead"), ("outbox", "failed"))


def count_kept(slack: Slack) -> int:
    settle(slack)
    return int(queues(slack)["inbox"]["done"])


def queues(slack: Slack) -> dict[str, dict[str, int]]:
    with urlopen(f"{slack.server}/health") as response:
        return dict(json.load(response)["queues"])
