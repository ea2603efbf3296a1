"""Connecting to Teams: the HTTP endpoint, which trusts nothing that is not signed, and never answers 500.

Requests are parsed and answered here and not by the SDK, which answers 500 to what is forged or garbled, and to any
dict given to an invoke. Every activity whose token holds is kept before it is acknowledged.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

from adapters.payload import Payload, make_storable, word
from adapters.server import Handler
from adapters.teams.invokes import TAKEN, Desk, changes
from adapters.teams.reference import read_reference, read_tenant
from adapters.teams.sdk import Connector, Registration
from adapters.teams.translate import identify
from bot.errors import Garbled, Misconfigured, Refused, Unavailable
from bot.ports import Clock, Stores

MESSAGES_PATH = "/teams/messages"
NOISE = frozenset({"typing"})  # activities that tell nothing worth keeping
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where Teams' activities come in. `tenants`: those that are served, each a workspace of its own. In development
    (`open`) there is no token, all is one `workspace`, and only addresses on this machine are spoken to."""

    connector: Connector
    stores: Stores
    clock: Clock
    desk: Desk
    tenants: tuple[str, ...]
    workspace: str = ""
    open: bool = False

    async def served(self) -> Sequence[str]:
        """The workspaces."""
        return (self.workspace,) if self.open else self.tenants

    async def serves(self, workspace: str) -> bool:
        """Whether it is one of them: Teams tells of conversations that the app is removed from, never of a tenant."""
        return workspace in await self.served()

    def workspace_of(self, body: Payload) -> str:
        """The workspace that an activity belongs to."""
        return self.workspace if self.open else read_tenant(body)

    def route(self) -> Handler:
        """The handler of Teams' requests."""

        async def receive(request: web.Request) -> web.StreamResponse:
            try:
                body = parse(await request.read())
                await self.check(request.headers.get("Authorization", ""), body)
                await self.keep(body)
                return await self.answer(body)
            except Garbled as error:
                return web.json_response({"error": str(error)}, status=400)
            except Refused as error:
                return web.json_response({"error": str(error)}, status=401)
            except Unavailable as error:
                return web.json_response({"error": str(error)}, status=503)

        return receive

    async def keep(self, body: Payload) -> None:
        """Keep what something has to be done about, before it is acknowledged."""
        if word(body, "type") not in NOISE and changes(body):
            await self.stores.inbox.receive(identify(body, self.workspace_of(body), self.clock()))

    async def answer(self, body: Payload) -> web.Response:
        """The acknowledgement; an invoke's has a body. A fault of ours in making one is logged, and never Teams'."""
        if word(body, "type") != "invoke":
            return web.Response(status=200)
        try:
            return web.json_response(await self.desk.answer(body, self.workspace_of(body)))
        except Unavailable:
            raise
        except Exception:
            log.exception("an invoke could not be answered")
        return web.json_response(TAKEN if word(body, "name") == "adaptiveCard/action" else {})

    async def check(self, authorization: str, body: Payload) -> None:
        """Check where an activity comes from; raises Refused where that is not Teams, or another tenant."""
        if self.open:
            reference = read_reference(body)
            if reference and not is_loopback(urlsplit(reference.service).hostname or ""):
                raise Refused("Without authentication only addresses on this machine are spoken to.")
            return
        await self.connector.verify(authorization, body)
        if read_tenant(body) not in self.tenants:
            raise Refused("The activity is from a tenant that is not served here.")


def parse(raw: bytes) -> Payload:
    """A request's body as an activity; raises Garbled where it is none."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Garbled("The body is not JSON.") from error
    if not isinstance(body, dict) or not word(body, "type"):
        raise Garbled("The body is not an activity: it has no type.")
    return make_storable(body)


def connect(
    registration: Registration, *, stores: Stores, clock: Clock, workspace: str, host: str, without_authentication: bool
) -> Endpoint:
    """Make the endpoint. Raises Misconfigured where it would be open to anyone who can reach it."""
    if without_authentication:
        if not is_loopback(host):
            raise Misconfigured(
                "DAYTWO_TEAMS_WITHOUT_AUTHENTICATION is for development and needs DAYTWO_HOST to be 127.0.0.1."
            )
        registration = Registration(app_id="")
    else:
        require_whole(registration)
    return Endpoint(
        connector=Connector(registration),
        stores=stores,
        clock=clock,
        desk=Desk(stores, clock),
        tenants=registration.tenants,
        workspace=workspace,
        open=without_authentication,
    )


def require_whole(registration: Registration) -> None:
    """Raise Misconfigured where a registration lacks what it needs, or has what it cannot."""
    managed = registration.kind == "managed-identity"
    if not (registration.app_id and registration.tenants and (registration.password or managed)):
        raise Misconfigured(
            "Teams needs DAYTWO_TEAMS_APP_ID, DAYTWO_TEAMS_TENANT_ID and, unless it is a managed identity, "
            "DAYTWO_TEAMS_APP_PASSWORD (see docs/install-teams.md); without an application id anyone could speak for "
            "Teams."
        )
    if len(registration.tenants) > 1 and registration.kind != "multi-tenant":
        raise Misconfigured("DAYTWO_TEAMS_TENANT_ID names several tenants; DAYTWO_TEAMS_REGISTRATION is for one.")


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
