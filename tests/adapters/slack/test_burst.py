"""A burst: 300 mentions within a minute, in one channel and in thirty. All are answered, in order within each thread,
and Slack's limits of calls hold: the stand-in counts. The minute is Slack's; its seconds pass faster here.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from slack_server import Slack, make_environment, serve, standing_in

SPEED = 20.0  # of Slack's seconds in one of ours
MENTIONS, IN_A_THREAD, PEOPLE = 300, 3, 20
QUESTIONS = (
    "How long is the retention of messages?",
    "How many brokers store messages?",
    "What is the longest retention?",
)


@pytest.fixture
def crowded(tmp_path: Path) -> Iterator[Slack]:
    """A server and a Slack of its own, both at that speed."""
    with standing_in(SPEED) as standin:
        environment = make_environment(tmp_path, standin) | {"DAYTWO_SLACK_SPEED": str(SPEED)}
        with serve(standin, environment) as served:
            yield served


@pytest.mark.parametrize("channels", [1, 30])
def test_all_are_answered_in_order_and_no_limit_is_passed(crowded: Slack, channels: int) -> None:
    mentions = [make_mention(number, channels) for number in range(MENTIONS)]
    crowded.prepare("people", people=[{"id": f"U{number:02d}", "team_id": "T1"} for number in range(PEOPLE)])
    with ThreadPoolExecutor(1) as sender:
        sent = list(sender.map(crowded.send, mentions))
    assert sent == [200] * MENTIONS
    posted = crowded.wait(lambda posted: len(answers(posted)) >= MENTIONS)
    said = [(one["event"]["channel"], one["event"]["ts"]) for one in mentions]
    threads: dict[str, list[str]] = {}
    for answer in answers(posted):
        threads.setdefault(answer["thread_ts"], []).append(answer["metadata"]["event_payload"]["key"])
    assert sorted(key for keys in threads.values() for key in keys) == sorted(f"reply/{c}:{t}" for c, t in said)
    assert all(keys == sorted(keys) for keys in threads.values())
    counts = crowded.counts()
    assert {one: told["refused"] for one, told in counts["methods"].items() if told["refused"]} == {}
    assert all(told["most_in_a_minute"] <= told["takes"] for told in counts["methods"].values())
    assert sum(count for channel, (count, _) in counts["posts"].items() if channel[0] == "C") == MENTIONS


def make_mention(number: int, channels: int) -> dict[str, Any]:
    """One of the mentions: three in each thread, by many people, over the channels."""
    thread, step = divmod(number, IN_A_THREAD)
    root = f"1791193{thread:03d}.000000"
    event = {
        "type": "app_mention",
        "user": f"U{thread % PEOPLE:02d}",
        "channel": f"C{thread % channels:02d}",
        "ts": root if step == 0 else f"1791193{thread:03d}.{step:06d}",
        "text": f"<@UBOT> {QUESTIONS[step]}",
        **({"thread_ts": root} if step else {}),
    }
    return {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}", "event": event}


def answers(posted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was posted as an answer, in the order it came."""
    keyed = [one for one in posted if one.get("metadata")]
    return [one for one in keyed if str(one["metadata"]["event_payload"]["key"]).startswith("reply/")]
