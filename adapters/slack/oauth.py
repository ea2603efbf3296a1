"""Installing the app by a web page: Slack asks an administrator, and sends them back with a code that becomes a token.
Bolt's flow does it; what it begins is remembered, sealed, for ten minutes and once."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.sealing import Seal
from adapters.server import Handler
from adapters.slack.install_page import show_begin, show_done, show_failed
from adapters.slack.installations import Installations
from adapters.slack.manifest import CALLBACK, INSTALL, OPTIONAL, SCOPES
from bot.ports import Clock, Vault

STATE = "slack/state/"
LASTS = timedelta(minutes=10)
HTML: Mapping[str, str | Sequence[str]] = {"content-type": "text/html; charset=utf-8"}

log = logging.getLogger(__name__)


class States(AsyncOAuthStateStore):
    """The installations that were begun. `secret` of the vault, not of a person: nothing is in it but a time."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault, self._clock = vault, clock

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A new one; those that were never ended go."""
        now, state = self._clock(), secrets.token_urlsafe(24)
        for key, begun in (await self._vault.all(STATE)).items():
            if datetime.fromisoformat(begun) < now - LASTS:
                await self._vault.swap("", key, begun, None)
        await self._vault.swap("", STATE + state, None, now.isoformat())
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it was begun in the last ten minutes; True once."""
        begun = await self._vault.read(STATE + state)
        if begun is None or not await self._vault.swap("", STATE + state, begun, None):
            return False
        return datetime.fromisoformat(begun) >= self._clock() - LASTS


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallPage:
    """What installing from a page takes: the app's identity, its own public host, where Slack asks an administrator,
    and the seal of the tokens."""

    client_id: str
    client_secret: str
    host: str
    authorize_url: str
    seal: Seal


class Flow(AsyncOAuthFlow):
    """Bolt's, with pages of our own."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """The page that leads to Slack."""
        return show_begin(url)


async def tell_done(told: AsyncSuccessArgs) -> BoltResponse:
    """The page that says that it is installed."""
    made = told.installation
    team = "" if made.is_enterprise_install else made.team_id or ""
    name = made.enterprise_name if made.is_enterprise_install else made.team_name
    return BoltResponse(status=200, headers=dict(HTML), body=show_done(name or "", app=made.app_id or "", team=team))


async def tell_failed(told: AsyncFailureArgs) -> BoltResponse:
    """The page that says why it is not."""
    log.warning("An installation ended without a token: %s %s", told.reason, told.error or "")
    body = show_failed(told.reason, INSTALL)
    return BoltResponse(status=told.suggested_status_code, headers=dict(HTML), body=body)


def make_pages(
    page: InstallPage, client: AsyncWebClient, installations: Installations, states: States
) -> Mapping[str, Handler]:
    """The page that begins an installation, and the one that ends it; path -> handler."""
    flow = Flow(
        client=client,
        settings=AsyncOAuthSettings(
            client_id=page.client_id,
            client_secret=page.client_secret,
            scopes=[*SCOPES, *OPTIONAL],
            user_scopes=[],
            redirect_uri=f"https://{page.host}{CALLBACK}",
            install_path=INSTALL,
            redirect_uri_path=CALLBACK,
            callback_options=AsyncCallbackOptions(success=tell_done, failure=tell_failed),
            authorization_url=page.authorize_url,
            installation_store=installations,
            state_store=states,
        ),
    )

    async def begin(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await flow.handle_installation(await to_bolt_request(request)))

    async def end(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await flow.handle_callback(await to_bolt_request(request)))

    return {INSTALL: begin, CALLBACK: end}
