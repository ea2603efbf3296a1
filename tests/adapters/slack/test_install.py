"""Installed from the page by two workspaces and an organization, over loopback: each is answered with its own token."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from slack_server import Slack, make_environment, serve

from adapters.sealing import make_key

HOST = "daytwo.example.com"
QUESTION = "<@UBOT> How long is the retention of messages?"


@pytest.fixture(scope="module")
def open_to_all(standin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """A running server that has no token of its own."""
    environment = make_environment(tmp_path_factory.mktemp("install"), standin)
    told = requests.post(f"{standin}/register", json={}, timeout=10).json()
    environment |= {
        "DAYTWO_SLACK_BOT_TOKEN": "",
        "DAYTWO_SLACK_CLIENT_ID": told["client_id"],
        "DAYTWO_SLACK_CLIENT_SECRET": told["client_secret"],
        "DAYTWO_SLACK_HOST": HOST,
        "DAYTWO_SLACK_AUTHORIZE_URL": f"{standin}/oauth/v2/authorize",
        "DAYTWO_SECRETS_KEY": make_key(),
    }
    with serve(standin, environment) as served:
        yield served
        assert served.state()["broken"] == []


def begin(slack: Slack) -> tuple[str, dict[str, str]]:
    """The page's link to Slack, and the cookie that it sets."""
    page = requests.get(f"{slack.server}/slack/install", timeout=10)
    assert page.status_code == 200
    (link,) = re.findall(r'href="([^"]+/oauth/v2/authorize[^"]+)"', page.text)
    return unescape(link), page.cookies.get_dict()


def agree(slack: Slack, link: str, where: str, cookies: dict[str, str]) -> requests.Response:
    """The administrator agrees; where Slack sends them back to, the server behind the public host answers."""
    agreed = requests.get(f"{link}&{where}", allow_redirects=False, timeout=10)
    assert agreed.status_code == 302
    back = urlsplit(agreed.headers["location"])
    assert (back.scheme, back.netloc, back.path) == ("https", HOST, "/slack/oauth_redirect")
    return requests.get(f"{slack.server}{back.path}?{back.query}", cookies=cookies, timeout=10)


def install(slack: Slack, where: str) -> requests.Response:
    link, cookies = begin(slack)
    return agree(slack, link, where, cookies)


def say(slack: Slack, team: str, number: int, **more: Any) -> str:
    """Somebody asks in that workspace; the ts."""
    stamp = f"1791200{number:03d}.000100"
    event = {"type": "app_mention", "user": "U1", "channel": f"C{team}", "ts": stamp, "text": QUESTION}
    body = {"type": "event_callback", "team_id": team, "event_id": f"Ev{team}{number}", "event": event}
    assert slack.send(body | more) == 200
    return stamp


def answered(slack: Slack, team: str, stamp: str) -> dict[str, Any]:
    """The answer there, once it is there."""

    def find(posted: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [one for one in posted if one.get("thread_ts") == stamp and one.get("channel") == f"C{team}"]

    return find(slack.wait(lambda posted: bool(find(posted))))[0]


def test_the_page_asks_for_the_scopes_of_the_manifest(open_to_all: Slack) -> None:
    link, _ = begin(open_to_all)
    asked = parse_qs(urlsplit(link).query)
    assert {"chat:write", "users:read.email"} <= set(asked["scope"][0].split(","))
    assert asked["redirect_uri"] == [f"https://{HOST}/slack/oauth_redirect"]
    assert "user_scope" not in asked


def test_two_workspaces_that_install_it_are_both_answered(open_to_all: Slack) -> None:
    for team in ("T21", "T22"):
        done = install(open_to_all, f"team={team}")
        assert done.status_code == 200
        assert f"Daytwo is installed in Workspace {team}" in done.text
    for team in ("T21", "T22"):
        assert "14 days" in json.dumps(answered(open_to_all, team, say(open_to_all, team, 1))["blocks"])


def test_an_organization_installs_it_once_for_all_its_workspaces(open_to_all: Slack) -> None:
    assert install(open_to_all, "team=&enterprise=E9").status_code == 200
    granted = {"authorizations": [{"enterprise_id": "E9", "team_id": None, "is_enterprise_install": True}]}
    for team in ("T91", "T92"):
        stamp = say(open_to_all, team, 2, enterprise_id="E9", **granted)
        assert "14 days" in json.dumps(answered(open_to_all, team, stamp)["blocks"])


def test_a_workspace_that_removes_it_is_answered_no_more_until_it_installs_it_again(open_to_all: Slack) -> None:
    assert install(open_to_all, "team=T31").status_code == 200
    answered(open_to_all, "T31", say(open_to_all, "T31", 3))
    gone = {"type": "event_callback", "team_id": "T31", "event_id": "EvGone", "event": {"type": "app_uninstalled"}}
    assert open_to_all.send(gone) == 200
    late = say(open_to_all, "T31", 4)
    assert install(open_to_all, "team=T31").status_code == 200
    answered(open_to_all, "T31", say(open_to_all, "T31", 5))
    answered(open_to_all, "T31", late)  # kept meanwhile, and tried again


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("code=code-1&state=made-up", 400, "begun in another browser"),
        ("code=code-1", 400, "begun in another browser"),
        ("error=access_denied", 200, "did not agree"),
        ("error=%3Cscript%3E", 200, "Slack ended the installation"),
        ("", 400, "begun in another browser"),
    ],
)
def test_what_was_not_begun_here_installs_nothing(open_to_all: Slack, query: str, status: int, says: str) -> None:
    page = requests.get(f"{open_to_all.server}/slack/oauth_redirect?{query}", timeout=10)
    assert page.status_code == status
    assert says in page.text
    assert "Begin again" in page.text
    assert "<script" not in page.text


def test_a_code_counts_once_and_for_the_browser_that_began(open_to_all: Slack) -> None:
    link, cookies = begin(open_to_all)
    assert agree(open_to_all, link, "team=T41", {}).status_code == 400
    assert agree(open_to_all, link, "team=T41", cookies).status_code == 200
    assert agree(open_to_all, link, "team=T41", cookies).status_code == 401
