"""Reading a Slack export: what people wrote comes through; what is broken is told by its file, and the rest goes on."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from adapters.slack.export import read_export
from bot.errors import Refused

BOT = "UBOT"
USERS = [
    {"id": BOT, "team_id": "T1", "name": "daytwo", "is_bot": True, "profile": {}},
    {"id": "U1", "team_id": "T1", "name": "cto", "real_name": "CTO", "profile": {"title": "CTO"}},
    {"id": "U2", "team_id": "T1", "name": "analyst", "profile": {"display_name": "Analyst"}},
]
ASKED = {"type": "message", "user": "U1", "ts": "1791187200.000100", "text": f"<@{BOT}> what is it &amp; why?"}
REPLY = {
    "type": "message",
    "user": BOT,
    "bot_id": "B1",
    "ts": "1791187210.000100",
    "thread_ts": ASKED["ts"],
    "text": "I am a teapot engineer",
    "reactions": [{"name": "+1", "users": ["U1", "U2"], "count": 2}],
}
FOLLOWED = {"type": "message", "user": "U1", "ts": "1791187300.000100", "thread_ts": ASKED["ts"], "text": "simpler?"}
CHATTER = {"type": "message", "user": "U2", "ts": "1791187400.000100", "text": "lunch <@U1>?"}


def write_export(folder: Path, day: object, *, users: object = USERS) -> Path:
    """An export with one channel and one day; a string is written as it stands, so that it can be broken."""
    (folder / "pilot").mkdir(parents=True)
    channels = [{"id": "C1", "name": "pilot", "members": [BOT, "U1", "U2"]}]
    for name, content in (("users.json", users), ("channels.json", channels), ("pilot/2026-10-05.json", day)):
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_messages_come_through_in_order_with_who_where_and_whether_they_are_to_the_bot(tmp_path: Path) -> None:
    recording = read_export(write_export(tmp_path, [CHATTER, FOLLOWED, REPLY, ASKED]))
    asked, followed, chatter = recording.postings
    assert asked.message.id == "pilot:1791187200.000100"
    assert asked.message.text == "what is it & why?"
    assert (asked.mentioned, asked.addressed) == (True, True)
    assert (followed.mentioned, followed.addressed) == (False, True)
    assert chatter.message.text == "lunch @CTO?"
    assert not chatter.addressed
    assert recording.problems == ()


def test_reactions_on_the_bots_reply_count_for_the_question_it_answered(tmp_path: Path) -> None:
    recording = read_export(write_export(tmp_path, [ASKED, REPLY]))
    assert {(one.exchange, one.member.id, one.name) for one in recording.reactions} == {
        ("pilot:1791187200.000100", "U1", "+1"),
        ("pilot:1791187200.000100", "U2", "+1"),
    }


def test_the_bots_own_words_are_never_read(tmp_path: Path) -> None:
    recording = read_export(write_export(tmp_path, [ASKED, REPLY, FOLLOWED]))
    words = " ".join(
        text for one in recording.postings for text in (one.message.text, *(said.text for said in one.message.context))
    )
    assert "teapot" not in words


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({**CHATTER, "user": "U9"}, "U9, who is not in users.json"),
        ({key: value for key, value in CHATTER.items() if key != "text"}, "has no text"),
        ({**CHATTER, "ts": "yesterday"}, "no readable ts"),
        ({**CHATTER, "ts": ASKED["ts"]}, "stands there twice"),
        ("not a record", "not JSON objects"),
    ],
)
def test_a_broken_message_is_told_by_its_file_and_the_rest_goes_on(tmp_path: Path, broken: object, told: str) -> None:
    recording = read_export(write_export(tmp_path, [ASKED, broken, FOLLOWED]))
    assert len(recording.postings) == 2
    assert len(recording.problems) == 1
    assert told in recording.problems[0]
    assert "pilot/2026-10-05.json" in recording.problems[0]


@pytest.mark.parametrize("broken", ["[{", '{"messages": []}', ""])
def test_a_broken_day_is_told_and_the_other_days_are_read(tmp_path: Path, broken: str) -> None:
    folder = write_export(tmp_path, broken)
    (folder / "pilot" / "2026-10-06.json").write_text(json.dumps([ASKED]), encoding="utf-8")
    recording = read_export(folder)
    assert [one.day.isoformat() for one in recording.postings] == ["2026-10-06"]
    assert any("pilot/2026-10-05.json" in problem for problem in recording.problems)


def test_a_zip_reads_like_its_folder_also_with_everything_one_folder_down(tmp_path: Path) -> None:
    folder = write_export(tmp_path / "export", [ASKED, REPLY, FOLLOWED])
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(folder.rglob("*.json")):
            file.write(path, f"workspace/{path.relative_to(folder)}")
    assert read_export(archive).postings == read_export(folder).postings


@pytest.mark.parametrize(
    ("users", "told"),
    [
        ("{", "users.json"),
        ([], "lists no users"),
        ([USERS[1]], "no bot user"),
        ([*USERS, {**USERS[0], "id": "UBOT2"}], "--bot"),
    ],
)
def test_what_cannot_be_replayed_at_all_is_refused_with_the_way_out(tmp_path: Path, users: object, told: str) -> None:
    with pytest.raises(Refused, match=told):
        read_export(write_export(tmp_path, [ASKED], users=users))


def test_a_missing_export_or_one_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no Slack export at"):
        read_export(tmp_path / "nowhere")
    other = tmp_path / "notes.txt"
    other.write_text("hello", encoding="utf-8")
    with pytest.raises(Refused, match="neither a folder nor a zip"):
        read_export(other)
