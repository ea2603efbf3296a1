"""The bundled export has the shape of a real one, is messy enough to be worth replaying, and carries no labels."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

EXPORT = Path(__file__).parents[2] / "examples" / "pilot"
DAY_FILES = sorted(EXPORT.glob("*/*.json"))
SHARED = "How does Daytwo keep our data safe, and what would it take to run it here?"
REAL_KEYS = frozenset(
    "type subtype user text ts client_msg_id team blocks edited reactions thread_ts parent_user_id reply_count"
    " reply_users_count latest_reply reply_users replies is_locked subscribed bot_id app_id bot_profile".split()
)


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


USERS = {one["id"]: one for one in read(EXPORT / "users.json")}
BOT = next(key for key, one in USERS.items() if one["is_bot"])
MESSAGES = [(path, one) for path in DAY_FILES for one in read(path)]
HUMAN = [one for _, one in MESSAGES if one["user"] != BOT and one.get("subtype") != "channel_join"]


def test_folders_match_the_lists() -> None:
    """Channels are named by name and direct messages by id; a channel's members are known."""
    channels, dms = read(EXPORT / "channels.json"), read(EXPORT / "dms.json")
    assert {one["name"] for one in channels} | {one["id"] for one in dms} == {path.parent.name for path in DAY_FILES}
    assert set(chain.from_iterable(one["members"] for one in (*channels, *dms))) <= set(USERS)


@pytest.mark.parametrize("path", DAY_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_day_file_holds_its_own_day_in_order(path: Path) -> None:
    stamps = [one["ts"] for one in read(path)]
    assert stamps == sorted(stamps)
    days = {datetime.fromtimestamp(float(stamp), UTC).date() for stamp in stamps}
    assert days == {date.fromisoformat(path.stem)}


def test_every_stamp_is_unique_and_a_string() -> None:
    stamps = [one["ts"] for _, one in MESSAGES]
    assert all(re.fullmatch(r"\d{10}\.\d{6}", stamp) for stamp in stamps)
    assert len(set(stamps)) == len(stamps)


def test_everyone_who_writes_reacts_or_is_mentioned_is_a_user() -> None:
    writers = {one["user"] for _, one in MESSAGES}
    reactors = {user for _, one in MESSAGES for reaction in one.get("reactions", ()) for user in reaction["users"]}
    mentioned = {user for _, one in MESSAGES for user in re.findall(r"<@(\w+)>", one["text"])}
    assert writers | reactors | mentioned <= set(USERS)


def test_threads_hang_together() -> None:
    """A reply's thread starts in the same channel, and its parent counts it."""
    roots = {(path.parent.name, one["ts"]): one for path, one in MESSAGES}
    replies = [(path.parent.name, one) for path, one in MESSAGES if one.get("thread_ts", one["ts"]) != one["ts"]]
    counted = Counter((channel, one["thread_ts"]) for channel, one in replies)
    assert len(counted) > 20
    for key, number in counted.items():
        assert roots[key]["reply_count"] == number == len(roots[key]["replies"])


def test_about_eighty_messages_by_five_evaluators_and_a_few_others() -> None:
    written = Counter(USERS[one["user"]]["real_name"] for one in HUMAN)
    assert 70 <= sum(written.values()) <= 90
    evaluators = ("CTO", "VP Engineering", "Data Engineer", "Product Manager", "Junior Analyst")
    assert all(written[name] >= 10 for name in evaluators)
    assert {"Pilot Champion", "Facilities", "Sales Rep"} <= set(written)


def test_five_people_ask_the_same_question_on_the_last_day() -> None:
    asked = [one for path, one in MESSAGES if one["text"] == f"<@{BOT}> {SHARED}" and path.stem == "2026-10-07"]
    assert len({one["user"] for one in asked}) == len(asked) == 5


def test_it_is_as_messy_as_people_are() -> None:
    texts = [one["text"] for one in HUMAN]
    assert any(text.startswith("> ") for text in texts)
    assert any("```" in text for text in texts)
    assert any("edited" in one for one in HUMAN)
    assert any("what about the other one" in text for text in texts)
    assert any("I moved to billing" in text for text in texts)
    assert {reaction["name"] for _, one in MESSAGES for reaction in one.get("reactions", ())} >= {"+1", "-1"}


def test_some_titles_are_empty() -> None:
    titles = [one["profile"]["title"] for one in USERS.values() if not one["is_bot"]]
    assert 0 < titles.count("") < len(titles)


def test_there_are_no_labels() -> None:
    """Only the fields that Slack's own export has."""
    assert set(chain.from_iterable(one for _, one in MESSAGES)) <= REAL_KEYS
