"""A workspace that removes the app, whose one token the settings hold or that installed it: it ends in deletion,
whatever comes round meanwhile, unless the token works again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from slack_server import SECRET

from adapters.sealing import Seal, make_key
from adapters.slack.installations import GRID, KEPT, Installed
from adapters.slack.translate import identify
from bot.errors import Misconfigured
from bot.flows.means import Means
from bot.settings import Settings
from bot.trust.model import Consent
from bot.turn import Member
from bot.wiring.means import open_means
from bot.wiring.part import Part
from bot.wiring.slack import open_slack
from bot.wiring.teams import open_teams
from bot.wiring.ticking import purge_due, sync_all
from playground.slack.checks import Rules
from playground.slack.server import serving
from playground.slack.standin import StandIn
from playground.slack.workspace import Workspace

TOKEN, TEAM, MEMBER = "xoxb-test", "T1", Member("T1", "U1")
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAYS = 30


@dataclass
class Served:
    """One workspace served by one token; `prepared`: the workspaces whose documents were taken in."""

    standin: StandIn
    settings: Settings
    means: Means
    part: Part
    now: datetime = NOW
    key: str = ""
    prepared: list[str] = field(default_factory=list)

    async def prepare(self, means: Means, workspace: str) -> None:
        self.prepared.append(workspace)

    async def happens(self, event: dict[str, Any], **more: str) -> None:
        """Slack tells of it, and it is worked on."""
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{self.now}", "event": event, **more}
        known = identify(body, self.now)
        assert known
        await self.means.stores.inbox.receive(known)
        lease = await self.means.stores.inbox.lease("test", 60)
        assert lease
        await self.part.handle(lease)

    async def sync(self) -> None:
        """What comes round every half hour."""
        await sync_all(self.means, (self.part,), self.prepare, lambda: self.now)

    async def purge(self) -> None:
        """What comes round every hour."""
        await purge_due(self.means, (self.part,), self.settings, self.now)

    async def keeps(self) -> bool:
        """Whether what was kept of the workspace still is."""
        return (await self.means.stores.consents.load(MEMBER)).modelling


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    """The workspace, with something kept of one person."""
    async with serve_one(tmp_path, {"slack_bot_token": SecretStr(TOKEN)}) as home:
        yield home


@pytest.fixture
async def installed(tmp_path: Path) -> AsyncIterator[Served]:
    """The same, where the app is installed from its page, by the workspace's organization."""
    key = make_key()
    page = {
        "slack_client_id": "1.2",
        "slack_client_secret": SecretStr("secret"),
        "slack_host": "daytwo.example.com",
        "secrets_key": SecretStr(key),
    }
    async with serve_one(tmp_path, page) as home:
        await home.means.stores.vault.swap(TEAM, GRID + TEAM, None, "E1")
        home.key = key
        await install(home)
        yield home


async def install(home: Served) -> None:
    """The organization installs the app, as its page does it."""
    made = Installed(id="E1", token=TOKEN, bot="UBOT", since=home.now.timestamp())
    await home.means.stores.vault.swap("E1", f"{KEPT}E1", None, Seal(home.key).close(asdict(made)))


@asynccontextmanager
async def serve_one(home_at: Path, how: Mapping[str, object]) -> AsyncIterator[Served]:
    """A server of one workspace, connected as the settings say."""
    standin = StandIn(workspace=Workspace(), rules=Rules(granted={TOKEN: None}))
    async with serving(standin, 0) as address, AsyncExitStack() as stack:
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{home_at / 'test.db'}",
            slack_api_url=f"{address}/api/",
            slack_signing_secret=SecretStr(SECRET),
            uninstall_days=DAYS,
        ).model_copy(update=dict(how))
        means = await stack.enter_async_context(open_means(settings))
        await means.stores.consents.save(Consent(member=MEMBER, modelling=True, at=NOW))
        home: Served
        part = await open_slack(means, settings, stack, lambda: home.now)
        home = Served(standin, settings, means, part)
        yield home


REMOVALS = [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}]


@pytest.mark.parametrize("event", REMOVALS, ids=lambda event: event["type"])
async def test_removing_the_app_ends_in_deletion_though_the_documents_are_looked_at_meanwhile(
    served: Served, event: dict[str, Any]
) -> None:
    await served.sync()
    assert served.prepared == [TEAM]
    served.standin.oauth.revoke(TOKEN)
    await served.happens(event)
    served.now += timedelta(days=DAYS - 1)
    await served.sync()
    await served.purge()
    assert await served.keeps()
    served.now += timedelta(days=1, hours=1)
    await served.sync()
    await served.purge()
    assert not await served.keeps()
    await served.sync()
    assert served.prepared == [TEAM], "nothing is taken in for who is gone"


async def test_a_token_that_works_again_keeps_what_there_is(served: Served) -> None:
    served.standin.oauth.revoke(TOKEN)
    await served.happens({"type": "app_uninstalled"})
    served.now += timedelta(days=DAYS - 1)
    served.standin.rules.granted[TOKEN] = None
    await served.sync()
    served.now += timedelta(days=2)
    await served.purge()
    assert await served.keeps()
    assert served.prepared == [TEAM]


async def test_who_came_back_unheard_is_asked_before_anything_is_deleted(served: Served) -> None:
    served.standin.oauth.revoke(TOKEN)
    await served.happens({"type": "app_uninstalled"})
    served.now += timedelta(days=DAYS + 1)
    served.standin.rules.granted[TOKEN] = None
    await served.purge()
    assert await served.keeps()


async def test_silence_of_slack_is_no_sign_of_either(served: Served) -> None:
    served.standin.oauth.revoke(TOKEN)
    await served.happens({"type": "app_uninstalled"})
    served.standin.told["auth.test"] = {"error": "fatal_error", "times": 2}
    served.now += timedelta(days=DAYS + 1)
    await served.sync()
    await served.purge()
    assert await served.keeps(), "it is asked again in an hour"
    await served.purge()
    assert not await served.keeps()


async def test_documents_are_taken_in_though_slack_cannot_be_asked(served: Served) -> None:
    served.standin.told["auth.test"] = {"error": "fatal_error", "times": 1}
    await served.sync()
    assert served.prepared == [TEAM]


async def test_an_organization_that_removes_it_is_deleted_with_its_workspaces(installed: Served) -> None:
    await installed.sync()
    assert installed.prepared == [TEAM]
    await installed.happens({"type": "app_uninstalled"}, enterprise_id="E1")
    for _ in range(DAYS):
        installed.now += timedelta(days=1)
        await installed.sync()
    await installed.purge()
    assert not await installed.keeps()
    assert installed.prepared == [TEAM]


async def test_an_organization_that_installs_it_again_keeps_what_there_is(installed: Served) -> None:
    await installed.happens({"type": "app_uninstalled"}, enterprise_id="E1")
    installed.now += timedelta(days=DAYS - 1)
    await install(installed)
    await installed.sync()
    assert installed.prepared == [TEAM]
    installed.now += timedelta(days=2)
    await installed.purge()
    assert await installed.keeps()


async def test_a_tenant_of_teams_is_served_as_long_as_the_settings_name_it(served: Served) -> None:
    settings = served.settings.model_copy(
        update={"teams_without_authentication": True, "workspace": "local", "host": "127.0.0.1"}
    )
    part = open_teams(served.means, settings, lambda: served.now)
    await sync_all(served.means, (part,), served.prepare, lambda: served.now)
    assert served.prepared == ["local"]
    assert await part.is_there("local")
    assert not await part.is_there("elsewhere")


async def test_a_start_with_an_ended_token_says_how_to_delete_what_is_left(served: Served) -> None:
    served.standin.told["auth.test"] = {"error": "token_revoked", "times": 1}
    async with AsyncExitStack() as stack:
        with pytest.raises(Misconfigured, match=r"DAYTWO_SLACK_BOT_TOKEN: Slack says token_revoked.*`daytwo erase`"):
            await open_slack(served.means, served.settings, stack, lambda: NOW)
