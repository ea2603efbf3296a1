"""The one file that names concrete classes: settings in, running parts out; it owns their start and stop.

Platforms are imported where they are opened, so that a command that needs none does not pay for them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot.errors import Misconfigured, Unavailable
from bot.flows.leave import come_back, erase_left
from bot.flows.means import Means
from bot.flows.prove import prove
from bot.flows.purge import purge
from bot.flows.send_digest import send_due_digests
from bot.flows.tell_since import tell_since
from bot.flows.work import Handle, find_depths, work_through
from bot.operations.cost import read_prices
from bot.ports import Clock, Directory, Engine, Messenger, Observer
from bot.settings import Settings

if TYPE_CHECKING:
    from adapters.claude_access import Access
    from adapters.slack.installations import Welcome
    from adapters.slack.oauth import InstallPage

log = logging.getLogger(__name__)

MINUTE, HOUR = 60.0, 3600.0  # seconds
Ready = Callable[[str], None]
Prepare = Callable[[Means, str], Awaitable[None]]


@asynccontextmanager
async def open_means(settings: Settings) -> AsyncIterator[Means]:
    """The stores and engines that the settings name, closed again at the end. Raises Misconfigured, Unavailable."""
    from adapters.embedder import load_embedder
    from adapters.slack import limits as slack
    from adapters.teams import limits as teams
    from storage.linked import link_people
    from storage.sql import open_sql

    paces = {**slack.make_paces(settings.slack_speed), **teams.PACES}
    async with (
        open_sql(settings.database_url, paces=paces, embedder=load_embedder(settings.embeddings)) as stores,
        AsyncExitStack() as stack,
    ):
        engine, observer = make_engine(settings), make_observer(settings)
        for model in (engine, observer):
            if model:
                stack.push_async_callback(model.close)
        yield Means(
            stores=link_people(stores) if settings.link_people else stores,
            engine=engine,
            observer=observer,
            owner=settings.owner,
            links_people=settings.link_people,
            admins=frozenset(one.strip() for one in settings.admins.split(",") if one.strip()),
            model=settings.answer_model,
            prices=read_prices(settings.prices),
            budget_person_day=settings.budget_person_day,
            budget_pilot_day=settings.budget_pilot_day,
        )


def make_engine(settings: Settings) -> Engine | None:
    """Claude where it is wanted and a key or a cloud is set, else None: the offline engine."""
    is_set = settings.anthropic_api_key is not None or settings.claude_through != "anthropic"
    if settings.engine == "offline" or (settings.engine == "auto" and not is_set):
        return None
    from adapters.claude import ClaudeEngine

    return ClaudeEngine(make_access(settings), model=settings.answer_model, seconds=settings.model_seconds)


def make_observer(settings: Settings) -> Observer | None:
    """The model that helps observe, where that is on."""
    if not settings.observe_with_claude or settings.engine == "offline":
        return None
    from adapters.claude_observer import ClaudeObserver

    return ClaudeObserver(make_access(settings), model=settings.observe_model)


def make_access(settings: Settings) -> Access:
    """How the settings say that Claude is reached."""
    from adapters.claude_access import Access

    return Access(
        through=settings.claude_through,
        api_key=reveal(settings.anthropic_api_key),
        base_url=settings.anthropic_base_url,
        region=settings.claude_region,
        project=settings.vertex_project,
    )


async def serve(settings: Settings, stop: asyncio.Event, clock: Clock, ready: Ready, prepare: Prepare) -> None:
    """Serve every platform that the settings connect, until told to stop; `prepare` is called with each workspace
    first, and again as often as the documents are to be looked at. Raises Misconfigured where there is no platform."""
    from adapters.scheduler import ticking
    from adapters.server import serving

    async with open_means(settings) as means, AsyncExitStack() as stack:
        welcomed = partial(welcome, means, prepare, clock)
        parts = [await open_slack(means, settings, stack, clock, welcomed)] if settings.has_slack else []
        parts += [open_teams(means, settings, clock)] if settings.has_teams else []
        if not parts:
            raise Misconfigured(
                "No platform is set up: set DAYTWO_SLACK_BOT_TOKEN (see docs/install-slack.md) or DAYTWO_TEAMS_APP_ID "
                "(see docs/install-teams.md)."
            )
        sync = partial(sync_all, parts, welcomed)
        await sync()
        routes = {path: handler for part in parts for path, handler in part.routes.items()}
        pages = {path: handler for part in parts for path, handler in part.pages.items()}
        served = serving(settings.host, settings.port, routes, partial(find_depths, means.stores), pages=pages)
        port = await stack.enter_async_context(served)
        directories = {part.messenger.platform: part.directory for part in parts}
        proof = partial(prove, means)
        await stack.enter_async_context(ticking(lambda: send_due_digests(means.stores, clock(), directories, proof)))
        await stack.enter_async_context(ticking(lambda: tell_since(means, clock(), directories), seconds=HOUR))
        await stack.enter_async_context(ticking(lambda: purge_due(means, parts, settings, clock()), seconds=HOUR))
        if settings.sync_minutes:
            await stack.enter_async_context(ticking(sync, seconds=settings.sync_minutes * MINUTE))
        ready(f"Daytwo listens on {settings.host}:{port} for {', '.join(one.messenger.platform for one in parts)}.")
        messengers = {one.messenger.platform: one.messenger for one in parts}
        handlers = {one.messenger.platform: one.handle for one in parts}
        await work_through(means.stores, handlers, messengers, stop, clock)


async def sync_all(parts: Sequence[Part], welcomed: Welcome) -> None:
    """Take in what changed in the documents, for every workspace that is served."""
    for workspace in await find_served(parts):
        await welcomed(workspace)


async def welcome(means: Means, prepare: Prepare, clock: Clock, workspace: str) -> None:
    """Make a workspace ready: nothing of it is deleted, and what changed in the documents is taken in."""
    await come_back(means.stores.vault, workspace)
    await prepare(means, workspace)
    means.synced[workspace] = clock()


async def find_served(parts: Sequence[Part]) -> Sequence[str]:
    """Every workspace that is served just now."""
    return sorted({workspace for part in parts for workspace in await part.served()})


async def purge_due(means: Means, parts: Sequence[Part], settings: Settings, now: datetime) -> None:
    """Wipe the words that have reached their age, all of the workspaces that left, and what is long done."""
    from storage.leave import erase_workspace
    from storage.queue import KEPT, drop_done

    await drop_done(settings.database_url, now - KEPT)
    erase = partial(erase_workspace, settings.database_url)
    for workspace, rows in (await erase_left(means.stores.vault, erase, settings.uninstall_days, now)).items():
        log.info("All that was kept of workspace %s is deleted: %s rows.", workspace, sum(rows.values()))
    for workspace in await find_served(parts):
        await purge(means.stores.journal, workspace, settings.retention_days, now)


@dataclass(frozen=True, slots=True)
class Part:
    """A platform as connected: which workspaces it serves, who delivers there, who knows their people, what handles
    their events; what is served over HTTP by POST and as pages."""

    served: Callable[[], Awaitable[Sequence[str]]]
    messenger: Messenger
    directory: Directory
    handle: Handle
    routes: Mapping[str, Callable[..., Awaitable[Any]]]
    pages: Mapping[str, Callable[..., Awaitable[Any]]] = field(default_factory=dict)


async def open_slack(
    means: Means, settings: Settings, stack: AsyncExitStack, clock: Clock, ready: Welcome | None = None
) -> Part:
    """Connect to Slack: one workspace by Socket Mode where there is an app token, by HTTP where there is a signing
    secret; or all that install the app from its page. Raises Misconfigured, Unavailable."""
    from adapters.filled import as_asked
    from adapters.slack.connect import SlackApp, connect, connect_all, socket_mode
    from adapters.slack.installations import no_welcome
    from adapters.slack.membership import handle_there
    from bot.flows.set_up_pilot import open_form

    app = SlackApp(
        api_url=settings.slack_api_url,
        signing_secret=reveal(settings.slack_signing_secret),
        speed=settings.slack_speed,
    )
    token, app_token = reveal(settings.slack_bot_token), reveal(settings.slack_app_token)
    if settings.slack_client_id:
        connection = connect_all(app, make_install_page(settings), means.stores, clock, ready or no_welcome)
    elif app_token or app.signing_secret:
        connection = await connect(app, token, means.stores, clock)
    else:
        raise Misconfigured("Slack needs DAYTWO_SLACK_APP_TOKEN (Socket Mode) or DAYTWO_SLACK_SIGNING_SECRET (HTTP).")
    if app_token and token:
        await stack.enter_async_context(socket_mode(app, token, app_token, connection.intake))
    workspaces = connection.seat.workspaces
    known = replace(means, directory=workspaces, progress=workspaces)
    connection.intake.offer(
        lambda member, pilot: open_form(means.stores.pilots, as_asked(known, workspaces.platform, member, clock), pilot)
    )
    return Part(
        served=connection.served,
        messenger=workspaces,
        directory=workspaces,
        handle=lambda lease: handle_there(known, connection.seat, lease, clock),
        routes=connection.routes,
        pages=connection.pages,
    )


async def open_directory(means: Means, settings: Settings, platform: str, clock: Clock) -> Directory | None:
    """Who knows a platform's people, for a command that takes in no events; None where the settings do not connect it
    or it cannot be reached just now."""
    if platform == "teams" and settings.has_teams:
        return open_teams(means, settings, clock).directory
    if platform != "slack" or not settings.has_slack:
        return None
    unheard = settings.slack_signing_secret or SecretStr("no request is verified")
    quiet = settings.model_copy(update={"slack_app_token": None, "slack_signing_secret": unheard})
    try:
        async with AsyncExitStack() as stack:
            return (await open_slack(means, quiet, stack, clock)).directory
    except Unavailable as error:
        log.warning("People go by the names that digests called them: %s", error)
        return None


def make_install_page(settings: Settings) -> InstallPage:
    """The page from which the app is installed. Raises Misconfigured."""
    from adapters.sealing import Seal
    from adapters.slack.oauth import InstallPage

    return InstallPage(
        client_id=settings.slack_client_id or "",
        client_secret=reveal(settings.slack_client_secret),
        host=settings.slack_host,
        authorize_url=settings.slack_authorize_url,
        seal=Seal(reveal(settings.secrets_key)),
    )


def open_teams(means: Means, settings: Settings, clock: Clock) -> Part:
    """Connect to Teams, whose activities come by HTTP. Its workspaces are the tenants, or in development the one that
    the settings name."""
    from adapters.filled import as_asked
    from adapters.teams.app import handle
    from adapters.teams.connect import MESSAGES_PATH, connect
    from adapters.teams.messenger import TeamsMessenger
    from adapters.teams.sdk import Registration
    from bot.flows.set_up_pilot import open_form

    endpoint = connect(
        Registration(
            app_id=settings.teams_app_id or "",
            password=reveal(settings.teams_app_password),
            tenants=tuple(one.strip() for one in (settings.teams_tenant_id or "").split(",") if one.strip()),
            kind=settings.teams_registration,
            login_url=settings.teams_login_url,
            issuer=settings.teams_issuer,
            keys_url=settings.teams_keys_url,
            identity_url=settings.teams_identity_url,
            identity_header=reveal(settings.teams_identity_header),
        ),
        stores=means.stores,
        clock=clock,
        workspace=settings.workspace,
        host=settings.host,
        without_authentication=settings.teams_without_authentication,
    )
    messenger = TeamsMessenger(endpoint.connector, means.stores, asides=settings.teams_asides)
    known = replace(means, directory=messenger, progress=messenger)
    endpoint.desk.open_pilot = lambda member, pilot: open_form(
        means.stores.pilots, as_asked(known, messenger.platform, member, clock), pilot
    )
    return Part(
        served=endpoint.served,
        messenger=messenger,
        directory=messenger,
        handle=lambda lease: handle(known, messenger, lease, clock),
        routes={MESSAGES_PATH: endpoint.route()},
    )


def reveal(secret: SecretStr | None) -> str:
    """A secret's words; "" where it is not set."""
    return secret.get_secret_value() if secret else ""
