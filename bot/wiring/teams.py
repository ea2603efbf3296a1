"""Teams as the settings connect it."""

from __future__ import annotations

from dataclasses import replace

from bot.flows.means import Means
from bot.ports import Clock
from bot.settings import Settings, reveal
from bot.wiring.part import Part


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
        is_there=endpoint.serves,
        messenger=messenger,
        directory=messenger,
        handle=lambda lease: handle(known, messenger, lease, clock),
        routes={MESSAGES_PATH: endpoint.route()},
    )
