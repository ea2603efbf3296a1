"""What a platform's own directory tells of a person, as they meet it."""

from __future__ import annotations

from typing import Any

from capabilities import capability
from desks import patiently

AGREE = "yes, learn from what I write"
SEEDS = "select value from observation where member = ? and source = 'directory'"


@capability(
    "Who agreed is known by their title in the directory, is told so, and can have it forgotten for good",
    teams="Teams tells bots of no job titles",
    terminal="there is no directory",
)
def test_a_title_in_the_directory(desk: Any) -> None:
    user = desk.member("titled")
    desk.slack.prepare("people", people=[{"id": user, "team_id": "T1", "profile": {"title": "VP Engineering"}}])
    desk.answers(desk.ask("How long is the retention of messages?", user="titled"))
    assert desk.rows(SEEDS, user) == [], "nothing is learned before they agree"
    desk.answers(desk.ask(AGREE, user="titled"))
    patiently(lambda: desk.rows(SEEDS, user))
    (told, *_) = desk.answers(desk.ask("What do you believe about me?", user="titled"))
    assert "your directory entry says “VP Engineering”" in told
    assert "role:" in told
    desk.answers(desk.ask("forget my role", user="titled"))
    desk.answers(desk.ask("I like short answers.", user="titled"))
    (told, *_) = desk.answers(desk.ask("What do you believe about me?", user="titled"))
    assert "role:" not in told
