"""The ways in: Socket Mode, and signed requests that Slack sends again; the same answers by both."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_server import SECRET, Slack, free_port, make_environment, replies_to, serve, standing_in, words

QUESTION = "<@UBOT> How long is the retention of messages?"


@pytest.fixture(scope="module")
def plugged(standin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """A server that is connected by Socket Mode alone."""
    environment = make_environment(tmp_path_factory.mktemp("socket"), standin)
    environment |= {"DAYTWO_SLACK_APP_TOKEN": "xapp-test", "DAYTWO_SLACK_SIGNING_SECRET": ""}
    with serve(standin, environment) as served:
        served.wait_until(lambda: served.state()["sockets"] > 0)
        yield served


def mention(stamp: str, text: str = QUESTION) -> dict[str, object]:
    """A mention as Slack tells an app of it."""
    event = {"type": "app_mention", "user": "U1", "channel": "C7", "ts": stamp, "text": text}
    return {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{stamp}", "event": event}


def test_over_a_socket_a_mention_is_answered(plugged: Slack) -> None:
    assert plugged.deliver(mention("1791191000.000100"))["status"] == 200
    posted = plugged.wait(lambda posted: bool(replies_to(posted, "1791191000.000100")))
    (reply,) = replies_to(posted, "1791191000.000100")
    assert "14 days" in words(reply)


def test_over_a_socket_a_command_and_a_click_are_taken(plugged: Slack) -> None:
    typed = {"command": "/daytwo", "text": "help", "team_id": "T1", "channel_id": "C7", "user_id": "U71"}
    assert plugged.deliver(typed | {"trigger_id": "over-a-socket"})["status"] == 200
    plugged.wait_for("U71")
    click = {
        "type": "block_actions",
        "trigger_id": "clicked-over-a-socket",
        "team": {"id": "T1"},
        "user": {"id": "U72"},
        "channel": {"id": "C7"},
        "container": {"type": "message", "message_ts": "1791191000.000200", "thread_ts": "1791191000.000100"},
        "actions": [{"action_id": "daytwo_why", "value": "C7:1791191000.000100", "type": "button"}],
    }
    assert plugged.deliver(click)["status"] == 200
    assert "Only the person who asked" in words(plugged.wait_for("U72")[0])


def test_a_form_with_a_mistake_is_answered_over_the_socket(plugged: Slack) -> None:
    form = {"callback_id": "daytwo_fix", "private_metadata": '{"believed": "CTO"}', "state": {"values": {}}}
    sent = {"type": "view_submission", "trigger_id": "t9", "team": {"id": "T1"}, "user": {"id": "U1"}, "view": form}
    assert plugged.deliver(sent)["answer"] == {
        "response_action": "errors",
        "errors": {"right": "Say what is right."},
    }


@pytest.mark.parametrize(
    ("reason", "stamp"), [("warning", "1791191001.000100"), ("refresh_requested", "1791191002.0001")]
)
def test_a_socket_that_slack_renews_is_opened_again(plugged: Slack, reason: str, stamp: str) -> None:
    plugged.prepare("disconnect", reason=reason)
    plugged.wait_until(lambda: plugged.state()["sockets"] > 0)
    assert plugged.deliver(mention(stamp))["status"] == 200
    plugged.wait(lambda posted: bool(replies_to(posted, stamp)))


def test_nothing_is_taken_over_http_where_nothing_could_be_verified(plugged: Slack) -> None:
    assert plugged.send(mention("1791191003.000100"), secret="") == 404


def test_an_event_that_found_nobody_is_sent_again_and_answered(tmp_path: Path) -> None:
    with standing_in() as standin, serve(standin, make_environment(tmp_path, standin)) as served:
        nowhere = f"http://127.0.0.1:{free_port()}/"
        served.prepare("connect", url=nowhere, secret=SECRET, speed=30.0)  # again at once, then after 2 and 12 s
        told: list[dict[str, Any]] = []
        sending = threading.Thread(target=lambda: told.append(served.deliver(mention("1791191004.000100"))))
        sending.start()
        served.wait_until(lambda: served.state()["tried"] > 0)
        served.prepare("connect", url=f"{served.server}/slack/events", secret=SECRET)
        served.wait(lambda posted: bool(replies_to(posted, "1791191004.000100")))
        sending.join()
    (done,) = told
    assert done["attempts"][0]["reason"] == "connection_failed"
    assert done["attempts"][-1]["status"] == 200
