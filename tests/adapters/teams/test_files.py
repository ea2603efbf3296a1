"""Files sent with a question are read for its answer, or politely declined."""

from __future__ import annotations

from typing import Any
from urllib.request import Request, urlopen

import pytest
from teams_server import Teams

from adapters.teams.files import is_teams, read_files

FILE = "application/vnd.microsoft.teams.file.download.info"
NOTES = "# Cutover\n\nThe billing cutover takes place on 12 December at night. It lasts four hours."


def attach(teams: Teams, name: str, content: bytes | None = None, address: str = "") -> dict[str, Any]:
    """A file in the sender's OneDrive, as a message tells of it."""
    if content is not None:
        urlopen(Request(f"{teams.standin}/files/{name}", data=content)).close()
    return {
        "contentType": FILE,
        "name": name,
        "contentUrl": f"https://example-my.sharepoint.com/{name}",
        "content": {"downloadUrl": address or f"{teams.standin}/files/{name}", "fileType": name.rpartition(".")[2]},
    }


def texts(teams: Teams, said: Any) -> list[str]:
    return [one["text"] for one in teams.at(said) if one.get("text")]


def test_a_question_is_answered_from_the_file_that_came_with_it(teams: Teams) -> None:
    file = attach(teams, "notes.md", NOTES.encode())
    said = teams.say("When does the billing cutover take place?", user="filer", attachments=[file])
    teams.wait(lambda: any("12 December" in one for one in texts(teams, said)))
    assert not teams.rows("select id from passage where text like '%billing cutover%'")


@pytest.mark.parametrize(
    ("name", "content", "address", "told"),
    [
        ("cat.png", b"\x89PNG", "", "I left out cat.png, for I read only files that hold words"),
        ("old.doc", b"x", "", "I do not read .doc files"),
        ("empty.txt", b" ", "", "I found no words in empty.txt."),
        ("gone.md", None, "", "Teams no longer gives it"),
        ("big.txt", b"x" * 5_000_001, "", "larger than 5 MB"),
        ("evil.md", None, "http://169.254.169.254/latest/meta-data", "does not lie in your OneDrive"),
        ("evil.md", None, "https://sharepoint.com.example/x", "does not lie in your OneDrive"),
        ("none.md", None, " ", "does not lie in your OneDrive"),
    ],
    ids="picture old empty gone big elsewhere lookalike nowhere".split(),
)
def test_what_is_not_read_is_said_and_the_question_is_answered_all_the_same(
    teams: Teams, name: str, content: bytes | None, address: str, told: str
) -> None:
    file = attach(teams, name, content, address)
    said = teams.say("How long is the retention of messages?", user=f"filer-{told[:9]}", attachments=[file])
    teams.wait(lambda: any("14 days" in one for one in texts(teams, said)))
    teams.wait(lambda: any(told in one for one in texts(teams, said)))


def test_a_file_or_a_picture_alone_gets_a_word(teams: Teams) -> None:
    said = teams.say("", user="silent", attachments=[attach(teams, "notes.md", NOTES.encode())])
    teams.wait(lambda: any("I read a file together with a question" in one for one in texts(teams, said)))
    said = teams.say("", user="painter", attachments=[{"contentType": "image/*", "contentUrl": "https://x/y"}])
    teams.wait(lambda: any("I read words, not pictures" in one for one in texts(teams, said)))


@pytest.mark.parametrize("attachments", [None, "files", [7], [{"contentType": FILE}], [{"contentType": 7}]], ids=str)
def test_an_odd_attachment_does_no_harm(teams: Teams, attachments: Any) -> None:
    said = teams.say("What is the replication factor?", user="odd", attachments=attachments)
    teams.wait(lambda: texts(teams, said))
    assert len(read_files(said)) <= 1


def test_only_teams_own_files_are_fetched() -> None:
    service = "https://smba.trafficmanager.net/emea/"
    assert is_teams("https://contoso-my.sharepoint.com/personal/x?tempauth=1", service)
    assert not is_teams("http://contoso-my.sharepoint.com/x", service)
    assert not is_teams("https://evilsharepoint.com/x", service)
    assert not is_teams("file:///etc/passwd", service)


def test_a_guest_is_not_answered_from_what_is_for_everyone_in_the_workspace(teams: Teams) -> None:
    said = teams.say("How long is the retention of messages?", user="guest-of-ours")
    teams.wait(lambda: texts(teams, said))
    assert not any("14 days" in one for one in texts(teams, said))


def test_a_shared_channel_is_not_answered_from_it_either(teams: Teams) -> None:
    shared = {"tenant": {"id": "the-tenant"}, "channel": {"id": "19:team@thread.tacv2", "type": "shared"}}
    said = teams.say(
        "How long is the retention of messages?", where="channel", mention=True, user="host", channelData=shared
    )
    teams.wait(lambda: texts(teams, said))
    assert not any("14 days" in one for one in texts(teams, said))
