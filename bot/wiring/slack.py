"""Slack as the settings connect it: one workspace, or all that install the app."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import Misconfigured
from bot.flows.means import Means
from bot.ports import Clock
from bot.settings import Settings, reveal
from bot.wiring.part import Part

if TYPE_CHECKING:
    from adapters.slack.installations import Welcome
    from adapters.slack.oauth import InstallPage


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
        is_there=workspaces.is_there,
        messenger=workspaces,
        directory=workspaces,
        handle=lambda lease: handle_there(known, connection.seat, lease, clock),
        routes=connection.routes,
        pages=connection.pages,
    )


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
