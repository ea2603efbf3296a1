"""Nothing forged, expired, foreign or garbled gets in, and none of it is answered with a 500."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from teams_server import Teams, make_environment, serve

from adapters.teams.connect import connect
from adapters.teams.sdk import Registration
from bot.errors import Misconfigured
from storage.memory import open_memory

OTHER = {"claims": {"iss": "https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0"}}
EMULATORS = {"claims": {**OTHER["claims"], "appid": "the-bot", "azp": "the-bot", "ver": "2.0"}}
FORGED: dict[str, dict[str, Any]] = {
    "another issuer": OTHER,
    "an emulator's": EMULATORS,
    "another bot's": {"claims": {"aud": "another-bot"}},
    "no audience": {"claims": {"aud": None}},
    "another service address": {"claims": {"serviceurl": "https://elsewhere.example/"}},
    "no service address": {"claims": {"serviceurl": None}},
    "expired": {"claims": {"exp": int(time.time()) - 3600}},
    "never expiring": {"claims": {"exp": None}},
    "not yet valid": {"claims": {"nbf": int(time.time()) + 3600}},
    "another one's signature": {"key": "stranger"},
    "a key not for Teams": {"key": "mail", "kid": "mail"},
    "an unknown key": {"key": "stranger", "kid": "stranger"},
}


def kept(teams: Teams) -> int:
    """How many activities were ever kept."""
    with urlopen(f"{teams.server}/health") as response:
        return sum(json.load(response)["queues"]["inbox"].values())


@pytest.mark.parametrize("asked", FORGED.values(), ids=FORGED.keys())
def test_a_token_that_does_not_hold_is_turned_away_and_nothing_is_kept(teams: Teams, asked: dict[str, Any]) -> None:
    before = kept(teams)
    status, _ = teams.send(teams.activity(text="hello"), token=f"Bearer {teams.sign(**asked)}")
    assert (status, kept(teams)) == (401, before)


@pytest.mark.parametrize("asked", FORGED.values(), ids=FORGED.keys())
def test_an_invoke_whose_token_does_not_hold_is_shown_nothing(teams: Teams, asked: dict[str, Any]) -> None:
    invoke = teams.activity("invoke", name="message/fetchTask")
    invoke["value"] = {"data": {"actionName": "feedback", "actionValue": {"reaction": "dislike"}}}
    status, told = teams.send(invoke, token=f"Bearer {teams.sign(**asked)}")
    assert (status, "task" in told) == (401, False)
    assert teams.send(invoke)[1]["task"]["type"] == "continue"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer a.b.c", "Basic YTpi", "Bearer x y", "ü"])
def test_a_header_that_is_no_token_is_turned_away(teams: Teams, header: str) -> None:
    assert teams.send(teams.activity(text="hello"), token=header.encode().decode("latin-1"))[0] == 401


@pytest.mark.parametrize(
    "change",
    [
        {"serviceUrl": "https://elsewhere.example/"},
        {"serviceUrl": None},
        {"channelId": "webchat"},
        {"channelId": None},
        {"channelData": {"tenant": {"id": "another-tenant"}}},
    ],
    ids=str,
)
def test_an_activity_that_its_token_does_not_cover_is_turned_away(teams: Teams, change: dict[str, Any]) -> None:
    before = kept(teams)
    status, _ = teams.send({**teams.activity(text="hello"), **change})
    assert (status, kept(teams)) == (401, before)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"null", b'"message"', b"{}", b'{"type": 7}', b"\xff\xfe", b"[" * 100_000], ids=repr
)
def test_what_is_no_activity_is_a_bad_request(teams: Teams, raw: bytes) -> None:
    assert teams.send(raw)[0] == 400


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"app_id": ""}, "DAYTWO_TEAMS_APP_ID"),
        ({"password": ""}, "DAYTWO_TEAMS_APP_PASSWORD"),
        ({"tenants": ()}, "DAYTWO_TEAMS_TENANT_ID"),
        ({"tenants": ("c", "d")}, "DAYTWO_TEAMS_REGISTRATION"),
        ({"tenants": ("c", "d"), "kind": "managed-identity"}, "DAYTWO_TEAMS_REGISTRATION"),
    ],
)
def test_it_does_not_start_without_what_checking_needs(change: dict[str, Any], why: str) -> None:
    given: dict[str, Any] = {"app_id": "a", "password": "b", "tenants": ("c",)} | change
    with pytest.raises(Misconfigured, match=why):
        open_endpoint(Registration(**given), host="127.0.0.1", open_to_all=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "daytwo.example"])
def test_it_is_never_open_beyond_this_machine(host: str) -> None:
    with pytest.raises(Misconfigured, match="DAYTWO_HOST"):
        open_endpoint(Registration(app_id=""), host=host, open_to_all=True)


def open_endpoint(registration: Registration, *, host: str, open_to_all: bool) -> object:
    return connect(
        registration,
        stores=open_memory(),
        clock=lambda: pytest.fail("nothing came in"),
        workspace="local",
        host=host,
        without_authentication=open_to_all,
    )


def test_in_development_only_addresses_on_this_machine_are_spoken_to(standin: str, tmp_path: Path) -> None:
    environment = make_environment(tmp_path, standin, DAYTWO_TEAMS_WITHOUT_AUTHENTICATION="true")
    with serve(standin, environment) as teams:
        assert teams.send(teams.activity(text="hello", serviceUrl="https://elsewhere.example/"), token="")[0] == 401
        assert teams.send(teams.activity(text="hello"), token="")[0] == 200
