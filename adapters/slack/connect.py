"""Connecting to Slack: one workspace by the token that the settings name, over Socket Mode or signed requests; or every
workspace that installs the app from its page, over signed requests. All of it goes into the same inbox."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.hosts import check_host
from adapters.server import Handler
from adapters.slack.app import Keep
from adapters.slack.installations import Installations, Installed, Welcome
from adapters.slack.intake import Intake
from adapters.slack.manifest import PATH
from adapters.slack.membership import Seat
from adapters.slack.messenger import SlackMessenger
from adapters.slack.oauth import InstallPage, States, make_pages
from adapters.slack.receive import Receiver
from adapters.slack.web import PASSING, make_client
from adapters.slack.workspaces import Workspaces
from bot.errors import Misconfigured, Refused, Unavailable
from bot.ports import Clock, Stores

REMOVED = frozenset({"account_inactive", "token_revoked"})  # what becomes of a token that was good
LEFT = " Where the app was removed for good, `daytwo erase` with the team's id deletes what is still kept."


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackApp:
    """The app as registered with Slack: the address of the Web API, how requests from it are verified, and how many of
    its seconds pass in one of ours."""

    api_url: str
    signing_secret: str = ""
    speed: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Slack as connected: the app in its workspaces, and which those are; where payloads go in, by HTTP or a socket."""

    seat: Seat
    served: Callable[[], Awaitable[Sequence[str]]]
    intake: Intake
    routes: Mapping[str, Handler] = field(default_factory=dict)
    pages: Mapping[str, Handler] = field(default_factory=dict)


async def connect(app: SlackApp, token: str, stores: Stores, clock: Clock) -> Connection:
    """One workspace, by its token. Raises Misconfigured where Slack does not know the token, Unavailable where it
    cannot be reached."""
    try:
        who = await make_client(token, app.api_url).auth_test()
    except SlackApiError as error:
        code = str(error.response.get("error"))
        raise Misconfigured(f"DAYTWO_SLACK_BOT_TOKEN: Slack says {code}.{LEFT if code in REMOVED else ''}") from error
    except (SlackClientError, OSError) as error:
        raise Unavailable(f"Slack cannot be reached at {app.api_url}: {error}.") from error
    installed = Installed(id=str(who["team_id"]), token=token, bot=str(who["user_id"]))

    async def find(workspace: str) -> Installed:
        return installed

    async def served() -> Sequence[str]:
        return (installed.id,)

    seat = Seat(Workspaces(find, make_messengers(app, stores)))
    intake = Intake(stores.inbox, clock, seat.workspaces.hasty_client)
    return Connection(seat=seat, served=served, intake=intake, routes=make_routes(app, intake))


def connect_all(app: SlackApp, page: InstallPage, stores: Stores, clock: Clock, welcome: Welcome) -> Connection:
    """Every workspace and organization that installs the app from its page; `welcome` makes a new one ready. Raises
    Misconfigured."""
    if not app.signing_secret:
        raise Misconfigured("Several Slack workspaces need DAYTWO_SLACK_SIGNING_SECRET: their events come over HTTP.")
    try:
        check_host(page.host)
    except Refused as error:
        raise Misconfigured(f"DAYTWO_SLACK_HOST: {error}") from error
    client = AsyncWebClient(base_url=app.api_url)
    rotator = AsyncTokenRotator(client_id=page.client_id, client_secret=page.client_secret, client=client)
    installations = Installations(stores.vault, page.seal, rotator, clock, welcome)
    seat = Seat(Workspaces(installations.find, make_messengers(app, stores)), installations)
    intake = Intake(stores.inbox, clock, seat.workspaces.hasty_client)
    pages = make_pages(page, client, installations, States(stores.vault, clock))
    return Connection(
        seat=seat, served=installations.workspaces, intake=intake, routes=make_routes(app, intake), pages=pages
    )


def make_messengers(app: SlackApp, stores: Stores) -> Callable[[str], SlackMessenger]:
    """What makes a token's messenger."""

    def make(token: str) -> SlackMessenger:
        hasty = make_client(token, app.api_url, patient=False)
        return SlackMessenger(make_client(token, app.api_url), hasty=hasty, stores=stores, speed=app.speed)

    return make


def make_routes(app: SlackApp, intake: Intake) -> Mapping[str, Handler]:
    """Where signed requests are taken in; nowhere without a secret to verify them by."""
    if not app.signing_secret:
        return {}
    return {PATH: Receiver(SignatureVerifier(app.signing_secret), intake).__call__}  # aiohttp takes functions only


@asynccontextmanager
async def socket_mode(app: SlackApp, token: str, app_token: str, intake: Intake) -> AsyncIterator[None]:
    """Hold a Socket Mode connection open: its messages come over a connection that we opened, and are not signed.
    Raises Misconfigured where Slack refuses the app's token, Unavailable where it cannot be reached."""
    client = make_client(token, app.api_url)
    address = await find_socket(client, app_token)
    bolt = AsyncApp(client=client, signing_secret=app.signing_secret or None, request_verification_enabled=False)
    bolt.use(Keep(intake))
    handler = AsyncSocketModeHandler(bolt, app_token, web_client=client)
    handler.client.wss_uri = address
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def find_socket(client: AsyncWebClient, app_token: str) -> str:
    """Where to connect to. Asked for here first, because the SDK tries a token that Slack refuses again for ever."""
    try:
        opened = await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        code = str(error.response.get("error"))
        if code in PASSING:
            raise Unavailable(f"Slack opens no connection just now: {code}.") from error
        raise Misconfigured(f"DAYTWO_SLACK_APP_TOKEN: Slack says {code}.") from error
    except (SlackClientError, OSError) as error:
        raise Unavailable(f"Slack opens no connection: {error}.") from error
    return str(opened["url"])
