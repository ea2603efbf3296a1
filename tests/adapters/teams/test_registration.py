"""Bots of one tenant, of several, and of a managed identity: whose activities are served, and how tokens are got."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from teams_server import Teams, make_environment, serve

QUESTION = "How long is the retention of messages?"


def from_tenant(teams: Teams, tenant: str, text: str = QUESTION) -> Any:
    """A message as it comes from that tenant."""
    body = teams.activity(text=text, user=f"of-{tenant}", channelData={"tenant": {"id": tenant}})
    body["conversation"]["tenantId"] = tenant
    return body


@pytest.fixture(scope="module")
def several(standin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teams]:
    """A bot of several tenants."""
    environment = make_environment(tmp_path_factory.mktemp("several"), standin) | {
        "DAYTWO_TEAMS_REGISTRATION": "multi-tenant",
        "DAYTWO_TEAMS_TENANT_ID": "the-tenant, other-tenant",
        "DAYTWO_ADMINS": "",
    }
    with serve(standin, environment) as running:
        yield running


def test_each_tenant_is_a_workspace_of_its_own_with_the_documents(several: Teams) -> None:
    said = from_tenant(several, "other-tenant")
    assert several.send(said)[0] == 200
    several.wait(lambda: several.rows("select id from exchange where workspace = 'other-tenant'"))
    here = several.say(QUESTION, user="here")
    several.wait(lambda: any("14 days" in one.get("text", "") for one in several.at(here)))
    held = "select count(*) from passage where workspace = ?"
    assert several.rows(held, "the-tenant") == several.rows(held, "other-tenant") != [(0,)]


def test_a_tenant_that_is_not_named_is_turned_away(several: Teams) -> None:
    assert several.send(from_tenant(several, "stranger"))[0] == 401


def test_an_invoke_is_answered_from_its_own_tenant(several: Teams) -> None:
    """Nothing of one tenant's is shown to a person of another, even by the same id."""
    said = several.say("home", user="of-other-tenant")
    several.wait(lambda: several.at(said))
    body = from_tenant(several, "other-tenant") | {"type": "invoke", "name": "adaptiveCard/action"}
    about = f"a:of-the-tenant:{said['id']}"
    body["value"] = {"action": {"data": {"daytwo": {"does": "why", "about": about}}}}
    status, told = several.send(body)
    assert (status, "no longer have that answer" in str(told)) == (200, True)


@pytest.mark.parametrize("header", ["", "secret-of-the-machine"])
def test_a_managed_identity_needs_no_secret(
    standin: str, tmp_path_factory: pytest.TempPathFactory, header: str
) -> None:
    environment = make_environment(tmp_path_factory.mktemp("managed"), standin) | {
        "DAYTWO_TEAMS_REGISTRATION": "managed-identity",
        "DAYTWO_TEAMS_IDENTITY_URL": f"{standin}/metadata/identity/oauth2/token",
        "DAYTWO_TEAMS_IDENTITY_HEADER": header,
        "DAYTWO_TEAMS_APP_PASSWORD": "",
        "DAYTWO_TEAMS_LOGIN_URL": "http://127.0.0.1:9/",
    }
    with serve(standin, environment) as teams:
        said = teams.say(QUESTION, user=f"managed{len(header)}")
        teams.wait(lambda: any("14 days" in one.get("text", "") for one in teams.at(said)))
