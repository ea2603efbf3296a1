"""Installations: kept sealed, found by workspace or organization, renewed by one, dropped with the app."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.sealing import Seal, make_key
from adapters.slack.installations import KEPT, RENEWING, Installations
from adapters.slack.oauth import States
from bot.errors import Misconfigured, Unavailable
from bot.flows.leave import come_back, erase_left, leave
from bot.ports import Vault
from storage.memory.vault import MemoryVault

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = make_key()


@dataclass
class Clock:
    """A clock that is set."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Rotator(AsyncTokenRotator):
    """Slack, which takes a refresh token once."""

    taken: list[str] = field(default_factory=list)
    fails: bool = False

    async def perform_bot_token_rotation(self, *, bot: Bot, minutes_before_expiration: int = 120) -> Bot | None:
        assert bot.bot_refresh_token not in self.taken, "Slack ends an installation whose refresh token is used twice"
        if self.fails:
            raise SlackTokenRotationError("service_unavailable")  # type: ignore[arg-type]
        self.taken.append(str(bot.bot_refresh_token))
        await asyncio.sleep(0)
        renewed = Bot(**bot.to_dict_for_copying())
        number = len(self.taken)
        renewed.bot_token, renewed.bot_refresh_token = f"xoxe.xoxb-{number}", f"xoxe-{number}"
        renewed.bot_token_expires_at = int(bot.bot_token_expires_at or 0) + 43_200
        return renewed


@dataclass
class Home:
    """The installations under test, and what they stand on."""

    vault: Vault
    clock: Clock
    rotator: Rotator
    store: Installations
    welcomed: list[str]

    def another(self) -> Installations:
        """Those of another process."""
        return Installations(self.vault, Seal(KEY), self.rotator, self.clock)


@pytest.fixture
def home() -> Home:
    welcomed: list[str] = []

    async def welcome(workspace: str) -> None:
        welcomed.append(workspace)

    vault, clock, rotator = MemoryVault(), Clock(), Rotator()
    return Home(vault, clock, rotator, Installations(vault, Seal(KEY), rotator, clock, welcome), welcomed)


def make_installation(team: str | None = "T1", *, enterprise: str | None = None, hours: float = 0) -> Installation:
    ends = int((NOW + timedelta(hours=hours)).timestamp()) if hours else None
    return Installation(
        user_id="U1",
        team_id=team,
        enterprise_id=enterprise,
        bot_token=f"xoxb-{team or enterprise}",
        bot_user_id="UBOT",
        bot_id="B1",
        user_token="xoxp-never-kept",
        bot_refresh_token="xoxe-0" if hours else None,
        bot_token_expires_at=ends,
        is_enterprise_install=team is None,
    )


async def test_a_workspace_is_found_by_its_own_installation(home: Home) -> None:
    await home.store.async_save(make_installation())
    found = await home.store.find("T1")
    assert (found.token, found.bot) == ("xoxb-T1", "UBOT")
    await asyncio.sleep(0)
    assert home.welcomed == ["T1"]
    with pytest.raises(Unavailable, match="T2"):
        await home.store.find("T2")


async def test_what_is_kept_gives_no_token_away(home: Home) -> None:
    await home.store.async_save(make_installation(hours=12))
    kept = json.dumps(dict(await home.vault.all("")))
    assert "xox" not in kept
    opened = Seal(KEY).open(str(await home.vault.read(f"{KEPT}T1")))
    assert "xoxp-never-kept" not in json.dumps(opened)


async def test_an_organization_serves_the_workspaces_it_has_heard_from(home: Home) -> None:
    await home.store.async_save(make_installation(None, enterprise="E1"))
    with pytest.raises(Unavailable):
        await home.store.find("T7")
    await home.store.belongs("T7", "E1")
    await home.store.belongs("T7", "E1")
    assert (await home.another().find("T7")).token == "xoxb-E1"
    assert "T7" in await home.store.workspaces()
    assert home.welcomed == ["T7"]


async def test_a_workspaces_own_installation_counts_before_its_organizations(home: Home) -> None:
    await home.store.async_save(make_installation(None, enterprise="E1"))
    await home.store.belongs("T1", "E1")
    await home.store.async_save(make_installation("T1", enterprise="E1"))
    assert (await home.store.find("T1")).token == "xoxb-T1"
    assert await home.store.drop("T1", "E1", NOW) == ()
    assert (await home.store.find("T1")).token == "xoxb-E1"
    assert await home.store.drop("T1", "E1", NOW) == ("T1",)


async def test_an_end_that_is_heard_of_late_does_not_end_the_next_installation(home: Home) -> None:
    await home.store.async_save(make_installation())
    home.clock.now = NOW + timedelta(minutes=2)
    await home.store.async_save(make_installation())
    assert await home.store.drop("T1", "", NOW + timedelta(minutes=1)) == ()
    assert (await home.store.find("T1")).token == "xoxb-T1"


async def test_a_token_is_renewed_two_hours_before_its_end_and_not_earlier(home: Home) -> None:
    await home.store.async_save(make_installation(hours=12))
    home.clock.now = NOW + timedelta(hours=9, minutes=59)
    assert (await home.store.find("T1")).token == "xoxb-T1"
    home.clock.now = NOW + timedelta(hours=10, minutes=1)
    assert (await home.store.find("T1")).token == "xoxe.xoxb-1"
    assert (await home.another().find("T1")).refresh == "xoxe-1"


async def test_of_many_who_need_it_one_renews_it(home: Home) -> None:
    await home.store.async_save(make_installation(hours=1))
    stores = [home.store, home.another(), home.another()]
    found = await asyncio.gather(*(stores[n % 3].find("T1") for n in range(12)))
    assert home.rotator.taken == ["xoxe-0"]
    assert {one.token for one in found} <= {"xoxb-T1", "xoxe.xoxb-1"}
    assert (await home.another().find("T1")).token == "xoxe.xoxb-1"
    assert not await home.vault.all(RENEWING)


async def test_one_that_died_while_renewing_holds_nobody_up_for_long(home: Home) -> None:
    await home.store.async_save(make_installation(hours=1))
    await home.vault.swap("T1", f"{RENEWING}T1", None, NOW.isoformat())
    assert (await home.store.find("T1")).token == "xoxb-T1"
    home.clock.now = NOW + timedelta(minutes=6)
    assert (await home.store.find("T1")).token == "xoxe.xoxb-1"


async def test_a_token_that_cannot_be_renewed_serves_to_its_end(home: Home) -> None:
    await home.store.async_save(make_installation(hours=1))
    home.rotator.fails = True
    assert (await home.store.find("T1")).token == "xoxb-T1"
    home.clock.now = NOW + timedelta(hours=1)
    with pytest.raises(Unavailable, match="has ended"):
        await home.store.find("T1")
    home.rotator.fails = False
    assert (await home.store.find("T1")).token == "xoxe.xoxb-1"


async def test_a_key_that_was_changed_still_opens_what_the_old_one_sealed(home: Home) -> None:
    await home.store.async_save(make_installation())
    new = make_key()
    with pytest.raises(Misconfigured, match="DAYTWO_SECRETS_KEY opens nothing"):
        await Installations(home.vault, Seal(new), home.rotator, home.clock).find("T1")
    both = Installations(home.vault, Seal(f"{new}, {KEY}"), home.rotator, home.clock)
    assert (await both.find("T1")).token == "xoxb-T1"


@pytest.mark.parametrize(("keys", "says"), [("", "is not set"), (" , ", "is not set"), ("abc", "holds no key")])
def test_a_key_that_is_none_is_refused_with_the_way_out(keys: str, says: str) -> None:
    with pytest.raises(Misconfigured, match=f"DAYTWO_SECRETS_KEY {says}.*daytwo init key"):
        Seal(keys)


async def test_an_installation_that_was_begun_is_ended_once_and_in_time() -> None:
    vault, clock = MemoryVault(), Clock()
    states = States(vault, clock)
    state, late = await states.async_issue(), await states.async_issue()
    assert await states.async_consume(state)
    assert not await states.async_consume(state)
    assert not await states.async_consume("made-up")
    clock.now = NOW + timedelta(minutes=11)
    assert not await states.async_consume(late)
    await states.async_issue()
    await states.async_issue()
    clock.now = replace(clock).now + timedelta(minutes=11)
    await states.async_issue()
    assert len(await vault.all("")) == 1, "what was never ended goes"


async def test_what_left_is_deleted_after_its_days_unless_it_came_back() -> None:
    vault, erased = MemoryVault(), []

    async def erase(workspace: str) -> dict[str, int]:
        erased.append(workspace)
        return {"belief": 3}

    async def is_back(workspace: str) -> bool:
        return False

    for workspace in ("T1", "T2"):
        await leave(vault, workspace, NOW)
    await leave(vault, "T1", NOW + timedelta(days=20))  # told twice: the first time counts
    await come_back(vault, "T2")
    await come_back(vault, "T3")
    assert await erase_left(vault, is_back, erase, 30, NOW + timedelta(days=29)) == {}
    assert await erase_left(vault, is_back, erase, 30, NOW + timedelta(days=30)) == {"T1": {"belief": 3}}
    assert erased == ["T1"]
