"""The manifest is what Slack takes, asks for every scope that something needs, and for none besides."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from adapters.slack.manifest import EVENTS, OPTIONAL, SCOPES, make_manifest
from bot.cli import app
from bot.errors import Refused

ROOT = Path(__file__).parents[3]
SCHEMAS = ROOT / "tests" / "schemas"
HISTORY = {"channels:history", "groups:history", "im:history", "mpim:history"}
# What Slack's reference asks a bot token for, by event and by method of the Web API.
NEEDED_BY_EVENT: Mapping[str, set[str]] = {
    "app_context_changed": set(),
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "message.mpim": {"mpim:history"},
    "reaction_added": {"reactions:read"},
    "subteam_members_changed": {"usergroups:read"},
    "tokens_revoked": set(),
}
NEEDED_BY_METHOD: Mapping[str, set[str]] = {
    "assistant.threads.setStatus": {"chat:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write"},
    "auth.test": set(),
    "chat.appendStream": {"chat:write"},
    "chat.delete": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.startStream": {"chat:write"},
    "chat.stream": {"chat:write"},
    "chat.stopStream": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": HISTORY,
    "conversations.open": {"im:write"},
    "conversations.replies": HISTORY,
    "files.info": {"files:read"},
    "files.upload.v2": {"files:write"},
    "usergroups.list": {"usergroups:read"},
    "usergroups.users.list": {"usergroups:read"},
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
}
# What a token without that scope is not told, of what a method answers otherwise.
NEEDED_BY_FIELD: Mapping[str, str] = {"email": "users:read.email"}
METHOD = re.compile(
    r"(auth|assistant|chat|conversations|files|reactions|team|usergroups|users|views)(\.(?!json$)[a-zA-Z0-9]+)+"
)


def written() -> Any:
    return yaml.safe_load((ROOT / "app_manifest.yaml").read_text(encoding="utf-8"))


def faults(manifest: object) -> list[str]:
    """What the official schema finds wrong."""
    schema = json.loads((SCHEMAS / "slack-manifest-2.0.0.json").read_text(encoding="utf-8"))
    return [f"{one.json_path}: {one.message}" for one in Draft7Validator(schema).iter_errors(manifest)]


def methods_called() -> set[str]:
    """Every method of the Web API that the adapter's code names, as a string or as the client's own function."""
    found: set[str] = set()
    for file in (ROOT / "adapters" / "slack").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and METHOD.fullmatch(node.value):
                found.add(node.value)
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and METHOD.fullmatch(name := called.attr.replace("_", ".")):
                found.add(name)
    return found


def fields_read() -> set[str]:
    """Every field of a person's profile that the adapter's code reads."""
    tree = ast.parse((ROOT / "adapters" / "slack" / "people.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    first = [call.args[0] for call in calls if ast.unparse(call.func) == "profile.get"]
    return {str(one.value) for one in first if isinstance(one, ast.Constant)}


@pytest.mark.parametrize("host", ["", "daytwo.example.com"])
def test_it_is_valid(host: str) -> None:
    assert faults(make_manifest(host)) == []


def test_installed_from_a_page_it_serves_organizations_and_renews_its_tokens() -> None:
    manifest: Any = make_manifest("Daytwo.example.com", page=True)
    assert faults(manifest) == []
    assert manifest["oauth_config"]["redirect_urls"] == ["https://daytwo.example.com/slack/oauth_redirect"]
    assert manifest["settings"]["org_deploy_enabled"]
    assert manifest["settings"]["token_rotation_enabled"]
    with pytest.raises(Refused, match="--host"):
        make_manifest(page=True)


def test_the_schema_would_notice_a_wrong_one() -> None:
    assert faults({**make_manifest(), "display_information": {"name": "D" * 36}})
    assert faults({"features": {}})


def test_the_file_in_the_repository_says_the_same() -> None:
    assert written() == make_manifest()
    assert faults(written()) == []


def test_every_event_is_one_that_slack_knows() -> None:
    known = json.loads((SCHEMAS / "slack-events.json").read_text(encoding="utf-8"))
    assert set(EVENTS) <= set(known)
    assert len(set(EVENTS)) == len(EVENTS)


def test_every_scope_is_needed_and_none_is_missing() -> None:
    called = methods_called()
    assert "chat.postMessage" in called
    assert called <= NEEDED_BY_METHOD.keys()
    needed = set().union(*(NEEDED_BY_METHOD[one] for one in called), *(NEEDED_BY_EVENT[one] for one in EVENTS))
    needed |= {"commands"} if "slash_commands" in dict(make_manifest()["features"]) else set()  # type: ignore[call-overload]
    assert set(SCOPES) == needed


def test_what_is_read_only_by_some_is_an_optional_scope() -> None:
    assert "title" in fields_read()
    assert set(OPTIONAL) == {NEEDED_BY_FIELD[one] for one in fields_read() & NEEDED_BY_FIELD.keys()}
    asked: Any = make_manifest()["oauth_config"]
    assert asked["scopes"] == {"bot": [*SCOPES, *OPTIONAL], "bot_optional": [*OPTIONAL]}


def test_the_installation_guide_justifies_every_scope_and_no_other() -> None:
    guide = (ROOT / "docs" / "install-slack.md").read_text(encoding="utf-8")
    table = guide.partition("## Scopes and why each is needed")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert sorted(scope for row in rows for scope in re.findall(r"`([a-z_.]+(?::[a-z.]+)?)`", row)) == sorted(
        [*SCOPES, *OPTIONAL]
    )


def test_over_http_every_request_goes_to_one_signed_address() -> None:
    manifest: Any = make_manifest("daytwo.example.com")
    address = "https://daytwo.example.com/slack/events"
    assert manifest["settings"]["socket_mode_enabled"] is False
    assert manifest["settings"]["event_subscriptions"]["request_url"] == address
    assert manifest["settings"]["interactivity"]["request_url"] == address
    assert [one["url"] for one in manifest["features"]["slash_commands"]] == [address]


@pytest.mark.parametrize("host", ["https://daytwo.example.com", "daytwo.example.com:443", "localhost", "a/b.c", "-a.b"])
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(Refused, match="host"):
        make_manifest(host)


def test_the_command_writes_it_or_says_why_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["init", "slack", "--host", "daytwo.example.com"])
    assert (done.exit_code, "daytwo-slack.json" in done.output) == (0, True)
    assert json.loads((tmp_path / "daytwo-slack.json").read_text(encoding="utf-8")) == make_manifest(
        "daytwo.example.com"
    )
    assert CliRunner().invoke(app, ["init", "slack", "--out", "socket.json"]).exit_code == 0
    assert json.loads((tmp_path / "socket.json").read_text(encoding="utf-8")) == make_manifest()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(["--host", "https://daytwo.example.com"], "host name"), (["--out", "no/such/folder.json"], "cannot be written")],
)
def test_what_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(app, ["init", "slack", *wrong])
    assert (refused.exit_code, said in refused.output) == (2, True)
    assert list(tmp_path.iterdir()) == []
