"""Files that come with a question: words are read for that answer only, anything else is declined in a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_server import Slack, replies_to, words

from adapters.documents.attached import LARGEST, read_attached
from adapters.slack.files import MOST, is_slacks, read_files
from bot.errors import Refused
from bot.turn import Member
from storage.sql import open_sql

NOTES = "# Our plan\n\n## Rollout\nThe rollout of the orchid gateway begins in Lisbon in March, with 40 seats.\n"
QUESTION = "Where does the rollout of the orchid gateway begin?"


def share(slack: Slack, text: str, *files: dict[str, Any], user: str = "U71", **fields: Any) -> str:
    """A person shares files with a message to the bot alone; its ts."""
    shown = [slack.prepare("files", **one)["file"] for one in files]
    where = {"kind": "message", "user": user, "channel": f"D{user}", "channel_type": "im", "subtype": "file_share"}
    return slack.say(text, files=shown, **where | fields)  # type: ignore[arg-type]


def answers(slack: Slack, stamp: str, least: int = 1) -> list[str]:
    found = slack.wait(lambda posted: len(replies_to(posted, stamp)) >= least)
    return [words(one) for one in replies_to(found, stamp)]


def test_a_text_file_is_read_for_the_question_that_it_came_with(slack: Slack) -> None:
    stamp = share(slack, QUESTION, {"name": "plan.md", "mimetype": "text/markdown", "content": NOTES})
    (answer, *_) = answers(slack, stamp)
    assert "Lisbon" in answer
    assert "plan" in answer
    later = slack.say(QUESTION, kind="message", user="U72", channel="DU72", channel_type="im")
    (other, *_) = answers(slack, later)
    assert "Lisbon" not in other


@pytest.mark.parametrize(
    ("name", "content", "holds"),
    [
        ("seats.csv", "city,seats\nLisbon,40\nOslo,25\n", "40"),
        ("gateway.yaml", "gateway: orchid\nseats in Lisbon: 40\n", "40"),
        ("note.txt", "There are 40 seats in Lisbon.", "40"),
    ],
)
def test_tables_code_and_plain_text_too(slack: Slack, name: str, content: str, holds: str) -> None:
    stamp = share(slack, "How many seats are there in Lisbon?", {"name": name, "content": content})
    assert holds in answers(slack, stamp)[0]


async def test_what_a_file_says_is_nobodys_self_model(slack: Slack) -> None:
    slack.say("start learning", kind="message", user="U73", channel="DU73", channel_type="im")
    slack.wait(lambda posted: any(one["channel"] == "DU73" for one in posted))
    words_of_another = {"name": "cv.txt", "content": "I am a product manager and I use Kafka every day."}
    answers(slack, share(slack, "What does this say?", words_of_another, user="U73"))
    answers(slack, slack.say("help", kind="message", user="U73", channel="DU73", channel_type="im"))
    async with open_sql(slack.database) as stores:
        assert (await stores.self_models.load(Member("T1", "U73"))).beliefs == ()
        kept = [await stores.journal.exchange("T1", one) for one in await exchanges(stores, "U73")]
    assert all(one and one.turn.attached == () for one in kept)


async def exchanges(stores: Any, user: str) -> list[str]:
    from datetime import UTC, datetime

    start, end = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    return [one.id for one in await stores.journal.exchanges("T1", start, end, Member("T1", user))]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ({"name": "photo.png", "content": "x"}, "I left out photo.png"),
        ({"name": "old.doc", "content": "x"}, "Saved as .docx"),
        ({"name": "empty.txt", "content": " "}, "found no words in empty.txt"),
        ({"name": "broken.pdf", "content": "no pdf"}, "could not read broken.pdf"),
        ({"name": "huge.txt", "content": "x" * (LARGEST + 1)}, "larger than 5 MB"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_question_is_answered(
    slack: Slack, file: dict[str, Any], said: str
) -> None:
    stamp = share(slack, "How long is the retention of messages?", file)
    told = answers(slack, stamp, 2)
    assert any(said in one for one in told)
    assert any("14 days" in one for one in told)


def test_a_file_without_a_question_is_asked_about(slack: Slack) -> None:
    stamp = share(slack, "", {"name": "plan.md", "content": NOTES})
    (told, *_) = answers(slack, stamp)
    assert "together with a question" in told


def test_more_files_than_are_read_are_named(slack: Slack) -> None:
    files = [{"name": f"plan-{number}.md", "content": NOTES} for number in range(MOST + 1)]
    told = answers(slack, share(slack, QUESTION, *files), 2)
    assert any(f"plan-{MOST}.md" in one for one in told)
    assert any("Lisbon" in one for one in told)


def test_a_bystanders_file_is_left_alone(slack: Slack) -> None:
    shown = slack.prepare("files", name="photo.png", content="x")["file"]
    stamp = slack.say("look", kind="message", subtype="file_share", files=[shown])  # type: ignore[arg-type]
    later = slack.say("<@UBOT> How long is the retention of messages?")
    answers(slack, later)
    assert not replies_to(slack.posted(), stamp)


def test_a_file_that_slack_does_not_give_is_said_to_be_closed(slack: Slack) -> None:
    gone = {"id": "F404", "name": "gone.md", "url_private_download": f"{slack.standin}/files-pri/T1-F404/gone.md"}
    where = {"kind": "message", "user": "U74", "channel": "DU74", "channel_type": "im", "subtype": "file_share"}
    stamp = slack.say("How long is the retention of messages?", files=[gone], **where)  # type: ignore[arg-type]
    told = answers(slack, stamp, 2)
    assert any("cannot open gone.md" in one for one in told)


def test_a_file_of_another_organization_is_looked_up_first(slack: Slack) -> None:
    shown = slack.prepare("files", name="theirs.md", content=NOTES)["file"]
    bare = {"id": shown["id"], "file_access": "check_file_info"}
    where = {"kind": "message", "user": "U75", "channel": "DU75", "channel_type": "im", "subtype": "file_share"}
    stamp = slack.say(QUESTION, files=[bare], **where)  # type: ignore[arg-type]
    assert "Lisbon" in answers(slack, stamp)[0]


@pytest.mark.parametrize(
    ("address", "trusted"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.md", True),
        ("https://slack.com/a", True),
        ("http://files.slack.com/a", False),
        ("https://files.slack.com.example.com/a", False),
        ("https://example.com/?x=files.slack.com", False),
        ("http://127.0.0.1:9/a", True),
        ("http://127.0.0.1:8/a", False),
        ("", False),
    ],
)
def test_the_token_is_shown_to_slack_alone(address: str, *, trusted: bool) -> None:
    assert is_slacks(address, "http://127.0.0.1:9/api/") is trusted


@pytest.mark.parametrize("files", [None, "x", [3], [{}], [{"id": "F1", "size": "big"}]])
def test_odd_lists_of_files_are_read_as_far_as_they_go(files: object) -> None:
    read = read_files({"event": {"files": files}})
    assert [one.size for one in read] in ([], [0])


def test_a_kind_that_holds_no_words_is_named_with_those_that_do() -> None:
    with pytest.raises(Refused, match="Markdown"):
        read_attached("song.mp3", b"x")
    assert json.loads(read_attached("a.JSON", b'{"a": 1}').text) == {"a": 1}
