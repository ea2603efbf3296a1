"""Tokens, both ways: those of Teams checked, our own fetched. Part of what keeps botbuilder to itself (see `sdk`)."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Literal

import requests
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import (
    AppCredentials,
    AuthenticationConfiguration,
    AuthenticationConstants,
    ConnectorFactory,
    ServiceClientCredentialsFactory,
)
from botframework.connector.auth._parameterized_bot_framework_authentication import (
    _ParameterizedBotFrameworkAuthentication,
)
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor, _OpenIdMetadata
from urllib3 import Retry

from adapters.teams.reference import CHANNEL
from bot.errors import Unavailable

AUDIENCE = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
SEVERAL = "botframework.com"  # whose login gives tokens to bots of several tenants
SECONDS = 15  # for one call to Teams or to the issuer
KEYS_REST = 300.0  # seconds between two looks for a key that is not known: a forger could ask for any
KEYS_OLD = 86_400.0  # seconds after which known keys are fetched anew, so that withdrawn ones go


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The bot as registered in Azure, and whom its tokens come from. An empty `app_id` switches checking off.
    `tenants`: those that are served, of a bot of one tenant its own. A managed identity has no secret: the machine
    vouches for it."""

    app_id: str
    password: str = ""
    tenants: tuple[str, ...] = ()
    kind: Literal["single-tenant", "multi-tenant", "managed-identity"] = "single-tenant"
    identity_url: str = ""
    identity_header: str = ""
    login_url: str = AuthenticationConstants.TO_CHANNEL_FROM_BOT_LOGIN_URL_PREFIX
    issuer: str = AuthenticationConstants.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER
    keys_url: str = AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL


class Keys(_OpenIdMetadata):  # type: ignore[misc]
    """The issuer's keys, fetched beside everything else, looked for again when one is missing, and only those that are
    endorsed for Teams."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._fetched = float("-inf")
        self._one = asyncio.Lock()

    async def get(self, key_id: str) -> Any:
        """The key of that id. Raises PermissionError where there is none for Teams, Unavailable where the issuer does
        not answer."""
        async with self._one:
            known, age = self._find(key_id), time.monotonic() - self._fetched
            if age > (KEYS_REST if known is None else KEYS_OLD):
                try:
                    await self._refresh()
                except Unavailable:
                    if known is None:
                        raise
        found = self._find(key_id)
        if found is None or CHANNEL not in found.endorsements:
            raise PermissionError("no such key for Teams")
        return found

    async def _refresh(self) -> None:
        try:
            self.keys = await asyncio.to_thread(self._fetch)
        except (requests.RequestException, ValueError, KeyError) as error:
            raise Unavailable(f"The keys of {self.url} cannot be fetched: {type(error).__name__}.") from error
        self._fetched = time.monotonic()

    def _fetch(self) -> list[dict[str, Any]]:
        metadata = requests.get(self.url, timeout=SECONDS)
        metadata.raise_for_status()
        keys = requests.get(metadata.json()["jwks_uri"], timeout=SECONDS)
        keys.raise_for_status()
        found: list[dict[str, Any]] = keys.json()["keys"]
        return found

    def _find(self, key_id: str) -> Any:
        return super()._find(key_id) if any(one.get("kid") == key_id for one in self.keys) else None


class Bearer(AppCredentials):  # type: ignore[misc]
    """A token in hand."""

    def __init__(self, app_id: str) -> None:
        super().__init__(app_id=app_id)
        self.token = ""
        self.ends = float("-inf")

    def get_access_token(self, force_refresh: bool = False) -> str:
        """The token as last fetched."""
        return self.token


class Credentials(ServiceClientCredentialsFactory):  # type: ignore[misc]
    """The bot's own tokens, fetched beside everything else and kept until shortly before they end."""

    def __init__(self, registration: Registration) -> None:
        self._registration = registration
        self._bearer = Bearer(registration.app_id)
        self._one = asyncio.Lock()

    async def is_valid_app_id(self, app_id: str) -> bool:
        return bool(app_id) and app_id == self._registration.app_id

    async def is_authentication_disabled(self) -> bool:
        return not self._registration.app_id

    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> Bearer:
        """The credentials for a call, with a token that still holds for a minute. Raises Unavailable."""
        async with self._one:
            if self._registration.app_id and time.monotonic() > self._bearer.ends - 60:
                await asyncio.to_thread(self._fetch)
        return self._bearer

    def forget(self) -> None:
        """Let go of a token that Teams did not take."""
        self._bearer.ends = float("-inf")

    def _fetch(self) -> None:
        managed = self._registration.kind == "managed-identity"
        where = self._registration.identity_url if managed else self._registration.login_url
        try:
            answer = self._ask_machine() if managed else self._ask_login()
            answer.raise_for_status()
            token = answer.json()
            self._bearer.token, self._bearer.ends = token["access_token"], time.monotonic() + float(token["expires_in"])
        except (requests.RequestException, ValueError, KeyError) as error:
            raise Unavailable(f"No token for Teams from {where}: {type(error).__name__}.") from error

    def _ask_machine(self) -> requests.Response:
        """Ask the machine's identity: of a virtual machine or container, or by App Service's own header."""
        mine = self._registration
        version, headers = "2018-02-01", {"Metadata": "true"}
        if mine.identity_header:
            version, headers = "2019-08-01", {"X-IDENTITY-HEADER": mine.identity_header}
        asked = {"api-version": version, "resource": AUDIENCE, "client_id": mine.app_id}
        return requests.get(mine.identity_url, params=asked, headers=headers, timeout=SECONDS)

    def _ask_login(self) -> requests.Response:
        """Ask Entra ID, by the bot's secret."""
        mine = self._registration
        scope = f"{AUDIENCE}/.default"
        form = {
            "grant_type": "client_credentials",
            "client_id": mine.app_id,
            "client_secret": mine.password,
            "scope": scope,
        }
        path = AuthenticationConstants.TO_CHANNEL_FROM_BOT_TOKEN_ENDPOINT_PATH
        tenant = SEVERAL if mine.kind == "multi-tenant" else mine.tenants[0]
        return requests.post(f"{mine.login_url.rstrip('/')}/{tenant}{path}", data=form, timeout=SECONDS)


class Connectors(ConnectorFactory):  # type: ignore[misc]
    """One client a service address. It never repeats a call by itself: the SDK would post again after a 5xx, and what
    was posted the first time would stand there twice."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._clients: dict[str, Any] = {}

    async def create(self, service_url: str, audience: str | None = None) -> Any:
        """The client for a service address, its token fresh."""
        bearer = await self._credentials.create_credentials("", "", "", True)
        if service_url not in self._clients:
            client = ConnectorClient(bearer, base_url=service_url)
            client.config.retry_policy = lambda: Retry(0, read=False)
            client.config.connection.timeout = SECONDS
            self._clients[service_url] = client
        return self._clients[service_url]


class Authentication(_ParameterizedBotFrameworkAuthentication):  # type: ignore[misc]
    """The SDK's checks for one registration, with keys, tokens and clients of our own making.

    Only tokens of the one issuer are looked at: the SDK would also take an emulator's, whose service address nobody
    checks.
    """

    def __init__(self, registration: Registration) -> None:
        self.credentials = Credentials(registration)
        self.connectors = Connectors(self.credentials)
        JwtTokenExtractor.metadataCache[registration.keys_url] = Keys(registration.keys_url)
        super().__init__(
            True,
            registration.login_url,
            AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
            registration.issuer,
            AuthenticationConstants.OAUTH_URL,
            registration.keys_url,
            registration.keys_url,
            "",
            self.credentials,
            AuthenticationConfiguration(required_endorsements=[CHANNEL]),
            None,
        )

    def create_connector_factory(self, claims_identity: object) -> Connectors:
        return self.connectors

    async def _jwt_token_validation_authenticate_token(
        self, auth_header: str, channel_id: str, service_url: str
    ) -> Any:
        return await self._government_channel_validation_authenticate_channel_token(
            auth_header, service_url, channel_id
        )
